package store

// Models are the rows of every table.
var Models = []any{
	&eventRow{}, &commandRow{}, &caseRow{}, &taskRow{}, &deadlineRow{}, &partyRow{}, &interestRow{}, &caseAttachmentRow{}, &caseTermRow{},
	&outboxRow{}, &noticeRow{}, &publicationRow{}, &organizationRow{}, &personRow{}, &grantRow{}, &tokenRow{},
	&resourceRow{}, &resourceTermRow{}, &attachmentRow{}, &policyRow{}, &settingRow{},
}

// Migrations are the migration files of every database.
var Migrations = migrations
