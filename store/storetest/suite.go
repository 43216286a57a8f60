package storetest

import "testing"

// Suite tests everything the store does on one database.
func Suite(t *testing.T, d Database) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, d Database)
	}{
		{"record", testRecord},
		{"record times", testRecordTimes},
		{"record misuse", testRecordMisuse},
		{"refusal", testRefusal},
		{"duplicate command", testDuplicateCommand},
		{"version conflict", testVersionConflict},
		{"racing writers", testRacingWriters},
		{"racing creators", testRacingCreators},
		{"rollback", testRollback},
		{"append-only", testAppendOnly},
		{"facts", testFacts},
		{"case at version", testCaseAt},
		{"events", testEvents},
		{"read models", testReadModels},
		{"clocks in tasks and limits", testClocks},
		{"odd text", testOddText},
		{"scopes", testScopes},
		{"scopes agree", testScopesAgree},
		{"list cases", testListCases},
		{"list tasks", testListTasks},
		{"list deadlines", testListDeadlines},
		{"inbox", testInbox},
		{"inbox agrees with the rules", testInboxAgrees},
		{"inbox counts", testInboxCounts},
		{"case lists for people", testCaseListsForPeople},
		{"long lists", testLongLists},
		{"overviews", testOverviews},
		{"follows", testFollows},
		{"views", testViews},
		{"search everything", testSearchEverything},
		{"names", testNames},
		{"statistics", testStatistics},
		{"exports", testExports},
		{"paging", testPaging},
		{"paging while writing", testPagingWhileWriting},
		{"cursors", testCursors},
		{"open cases", testOpenCases},
		{"outbox order", testOutboxOrder},
		{"outbox retries", testOutboxRetries},
		{"notices", testNotices},
		{"recipients", testRecipients},
		{"deliver together", testDeliverTogether},
		{"publications", testPublications},
		{"register", testRegister},
		{"register search", testRegisterSearch},
		{"register releases", testReleases},
		{"organizations", testOrganizations},
		{"people", testPeople},
		{"grants", testGrants},
		{"racing grants", testRacingGrants},
		{"tokens", testTokens},
		{"accounts", testAccounts},
		{"racing attempts", testRacingAttempts},
		{"sessions", testSessions},
		{"sessions end", testSessionsEnd},
		{"logins", testLogins},
		{"claims", testClaims},
		{"preferences", testPreferences},
		{"resources", testResources},
		{"search", testSearch},
		{"attachments", testAttachments},
		{"policies", testPolicies},
		{"settings", testSettings},
		{"rebuild", testRebuild},
		{"rebuild fails", testRebuildFails},
		{"rebuild while writing", testRebuildWhileWriting},
		{"verify sound", testVerifySound},
		{"verify tampering", testVerifyTampering},
		{"migrations", testMigrations},
		{"grants kept by migration", testGrantsKeptByMigration},
		{"opening", testOpening},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, d)
		})
	}
}
