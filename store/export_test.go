package store

// Models are the rows of every table.
var Models = []any{
	&eventRow{}, &commandRow{}, &caseRow{}, &taskRow{}, &deadlineRow{}, &partyRow{}, &interestRow{}, &actRow{}, &caseAttachmentRow{}, &caseTermRow{},
	&outboxRow{}, &noticeRow{}, &publicationRow{}, &organizationRow{}, &organizationTermRow{}, &personRow{}, &grantRow{}, &tokenRow{},
	&resourceRow{}, &resourceTermRow{}, &resourceTitleTermRow{}, &resourceCountRow{}, &mappingRow{}, &attachmentRow{}, &policyRow{}, &settingRow{}, &followRow{}, &viewRow{},
	&accountRow{}, &loginRow{}, &sessionRow{}, &preferencesRow{}, &unwantedRow{},
	&registerRow{}, &registerProductRow{}, &registerTermRow{}, &productTermRow{},
	&calendarRow{}, &recountRow{},
	&gradingRow{}, &gradingSourceRow{}, &caseResourceRow{}, &versionRow{}, &heldRow{}, &decisionRow{},
	&concernRow{}, &concernEntryRow{}, &concernAttachmentRow{},
	&usePlatformRow{}, &useBatchRow{}, &useEventRow{}, &useTotalRow{}, &useTakerRow{}, &useRefusalRow{},
	&logEntryRow{}, &logHashRow{}, &logCheckpointRow{},
}

// Migrations are the migration files of every database.
var Migrations = migrations
