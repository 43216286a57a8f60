package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/store"
)

func testAccounts(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.person("anna")
	f.person("bert")
	wantErr(t, f.SetPassword(ctx, "anna", "h", ""), store.ErrNotFound)
	wantErr(t, f.SetTemporaryPassword(ctx, "anna", "", "h"), store.ErrNotFound)
	wantErr(t, f.SetTemporaryPassword(ctx, "none", "none", "h"), store.ErrNotFound)
	check(t, f.SetTemporaryPassword(ctx, "anna", "安娜", "h1"))
	wantErr(t, f.SetTemporaryPassword(ctx, "bert", "安娜", "h"), store.ErrTaken)
	check(t, f.SetTemporaryPassword(ctx, "bert", "bert", "h"))
	wantErr(t, f.SetTemporaryPassword(ctx, "bert", "安娜", "h"), store.ErrTaken)

	want := store.Account{Person: "anna", Username: "安娜", Hash: "h1", MustChange: true, PasswordChangedAt: start}
	expect := func() {
		t.Helper()
		if diff := cmp.Diff(want, must[store.Account](t)(f.GetAccount(ctx, "anna"))); diff != "" {
			t.Errorf("by person (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, must[store.Account](t)(f.AccountNamed(ctx, want.Username))); diff != "" {
			t.Errorf("by name (-want +got):\n%s", diff)
		}
	}
	expect()
	_, err := f.AccountNamed(ctx, "nobody")
	wantErr(t, err, store.ErrNotFound)
	_, err = f.AccountNamed(ctx, "nobody\x00")
	wantErr(t, err, store.ErrNotFound)

	locked := f.now().Add(time.Hour)
	want.Failures, want.LockedUntil, want.CodeSecret, want.CodeConfirmed, want.CodeStep = 5, &locked, "SECRET", true, 1<<40
	change := func(a *store.Account) error { *a = want; return nil }
	if diff := cmp.Diff(want, must[store.Account](t)(f.ChangeAccount(ctx, "anna", change))); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	expect()
	never := errors.New("no")
	_, err = f.ChangeAccount(ctx, "anna", func(a *store.Account) error { a.Failures = 9; return never })
	wantErr(t, err, never)
	expect()
	_, err = f.ChangeAccount(ctx, "none", change)
	wantErr(t, err, store.ErrNotFound)

	f.pass(time.Minute)
	check(t, f.SetPassword(ctx, "anna", "h2", ""))
	want.Hash, want.MustChange, want.Failures, want.LockedUntil, want.PasswordChangedAt = "h2", false, 0, nil, f.now()
	expect()
	check(t, f.SetTemporaryPassword(ctx, "anna", "anna", "h3"))
	want.Hash, want.MustChange, want.Username = "h3", true, "anna"
	expect()

	check(t, f.ClosePerson(ctx, "anna"))
	_, err = f.GetAccount(ctx, "anna")
	wantErr(t, err, store.ErrNotFound)
	_, err = f.ChangeAccount(ctx, "anna", change)
	wantErr(t, err, store.ErrClosed)
	wantErr(t, f.SetPassword(ctx, "anna", "h", ""), store.ErrClosed)
	wantErr(t, f.SetTemporaryPassword(ctx, "bert", "anna", "h"), store.ErrTaken) // names are not given twice
}

// testRacingAttempts counts attempts from many sides at once: none is lost.
func testRacingAttempts(t *testing.T, d Database) {
	f := setup(t, d)
	f.person("anna")
	check(t, f.SetTemporaryPassword(t.Context(), "anna", "anna", "h"))
	together(12, func(int) {
		if _, err := f.ChangeAccount(t.Context(), "anna", func(a *store.Account) error { a.Failures++; return nil }); err != nil {
			t.Error(err)
		}
	})
	if a := must[store.Account](t)(f.GetAccount(t.Context(), "anna")); a.Failures != 12 {
		t.Errorf("%d attempts were counted", a.Failures)
	}
}

func testSessions(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.person("anna")
	f.person("bert")
	find := func(hash string) store.Session {
		t.Helper()
		return must[store.Session](t)(f.FindSession(ctx, hash))
	}
	gone := func(hash string) {
		t.Helper()
		_, err := f.FindSession(ctx, hash)
		wantErr(t, err, store.ErrNotFound)
	}
	gone("h1")
	s := store.Session{Hash: "h1", Data: []byte("nobody yet"), ExpiresAt: start.Add(time.Hour)}
	check(t, f.CommitSession(ctx, s))
	s.Person, s.Agent, s.Data = "anna", "Firefox, Linux", []byte{0, 1, 255}
	check(t, f.CommitSession(ctx, s))
	got := find("h1")
	if len(got.ID) != 16 {
		t.Errorf("ID %q", got.ID)
	}
	s.ID, s.CreatedAt, s.LastSeen = got.ID, start, start
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// What hardly moved is not written.
	f.pass(59 * time.Second)
	moved := s
	moved.ExpiresAt = s.ExpiresAt.Add(59 * time.Second)
	check(t, f.CommitSession(ctx, moved))
	if diff := cmp.Diff(s, find("h1")); diff != "" {
		t.Errorf("written too early (-want +got):\n%s", diff)
	}
	f.pass(time.Second)
	s.ExpiresAt, s.LastSeen = s.ExpiresAt.Add(time.Minute), f.now()
	check(t, f.CommitSession(ctx, s))
	if diff := cmp.Diff(s, find("h1")); diff != "" {
		t.Errorf("after a minute (-want +got):\n%s", diff)
	}

	for _, more := range []store.Session{
		{Hash: "h2", Person: "anna", Data: []byte("2")},
		{Hash: "h3", Person: "anna", Data: []byte("3")},
		{Hash: "b1", Person: "bert", Data: []byte("b")},
		{Hash: "n1", Data: []byte("n")},
	} {
		f.pass(time.Second)
		more.ExpiresAt = f.now().Add(time.Hour)
		check(t, f.CommitSession(ctx, more))
	}
	list := func(person string) string {
		var hashes []string
		for _, s := range must[[]store.Session](t)(f.ListSessions(ctx, person)) {
			hashes = append(hashes, s.Hash)
		}
		return strings.Join(hashes, " ")
	}
	if got := list("anna"); got != "h3 h2 h1" {
		t.Errorf("anna's sessions: %s", got)
	}
	wantErr(t, f.EndSession(ctx, "bert", s.ID), store.ErrNotFound)
	check(t, f.EndSession(ctx, "anna", s.ID))
	wantErr(t, f.EndSession(ctx, "anna", s.ID), store.ErrNotFound)
	gone("h1")
	check(t, f.CommitSession(ctx, s)) // by a request that was under way
	gone("h1")
	check(t, f.DeleteSession(ctx, "n1"))
	check(t, f.DeleteSession(ctx, "none"))
	gone("n1")
	check(t, f.EndSessions(ctx, "anna", "h2"))
	if list("anna") != "h2" || list("bert") != "b1" {
		t.Errorf("left: %s and %s", list("anna"), list("bert"))
	}
	if got := f.dump("sessions"); slices.ContainsFunc(got, func(row string) bool { return strings.Contains(row, "Firefox") }) {
		t.Errorf("an ended session keeps its data: %v", got)
	}
}

// testSessionsEnd ends sessions with what they rest on.
func testSessionsEnd(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.person("anna")
	f.person("bert")
	check(t, f.SetTemporaryPassword(ctx, "anna", "anna", "h"))
	begin := func(hash, person string, life time.Duration) {
		check(t, f.CommitSession(ctx, store.Session{Hash: hash, Person: person, Data: []byte(hash), ExpiresAt: f.now().Add(life)}))
	}
	live := func(hashes ...string) string {
		var out []string
		for _, hash := range hashes {
			if _, err := f.FindSession(ctx, hash); err == nil {
				out = append(out, hash)
			}
		}
		return strings.Join(out, " ")
	}
	begin("a1", "anna", time.Hour)
	begin("a2", "anna", time.Hour)
	begin("b1", "bert", time.Hour)
	check(t, f.SetPassword(ctx, "anna", "h2", "a2"))
	if got := live("a1", "a2", "b1"); got != "a2 b1" {
		t.Errorf("after a change of password: %s", got)
	}
	check(t, f.SetTemporaryPassword(ctx, "anna", "", "h3"))
	if got := live("a2", "b1"); got != "b1" {
		t.Errorf("after a reset: %s", got)
	}
	check(t, f.ClosePerson(ctx, "bert"))
	begin("b2", "bert", time.Hour) // by a request that was under way
	if got := live("b1", "b2"); got != "" {
		t.Errorf("after closing: %s", got)
	}

	begin("a3", "anna", time.Minute)
	f.pass(time.Minute)
	if got := live("a3"); got != "" || len(must[[]store.Session](t)(f.ListSessions(ctx, "anna"))) > 0 {
		t.Error("an expired session counts")
	}
	f.pass(time.Hour)
	begin("a4", "anna", time.Hour)
	if rows := f.dump("sessions"); len(rows) != 1 {
		t.Errorf("expired rows stay: %v", rows)
	}
}

func testLogins(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.person("local")
	_, err := f.Login(ctx, "https://id", "s1")
	wantErr(t, err, store.ErrNotFound)
	check(t, f.CreateLogin(ctx, "https://id", "s1", "id-1", "安娜"))
	check(t, f.CreateLogin(ctx, "https://id", "s1", "id-1", "another name"))
	if p := must[store.Person](t)(f.GetPerson(ctx, "id-1")); p.Name != "安娜" {
		t.Errorf("person: %+v", p)
	}
	if got := must[string](t)(f.Login(ctx, "https://id", "s1")); got != "id-1" {
		t.Errorf("logged in as %s", got)
	}
	_, err = f.Login(ctx, "https://other", "s1")
	wantErr(t, err, store.ErrNotFound)
	wantErr(t, f.CreateLogin(ctx, "https://id", "s2", "local", "x"), store.ErrTaken)
	wantErr(t, f.CreateLogin(ctx, "https://id", "s1", "id-2", "x"), store.ErrTaken)
	_, err = f.GetPerson(ctx, "id-2")
	wantErr(t, err, store.ErrNotFound)
}

func testClaims(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	f.person("anna", "agency", "case-officer")
	const id = "https://id"
	sync := func(source string, claims ...store.RoleClaim) []store.Unfulfilled {
		t.Helper()
		return must[[]store.Unfulfilled](t)(f.SyncGrants(ctx, "anna", source, claims))
	}
	held := func() string {
		var out []string
		for _, g := range must[[]identity.Grant](t)(f.Grants(ctx, "anna")) {
			out = append(out, g.Organization+"/"+string(g.Role))
		}
		return strings.Join(out, " ")
	}
	expect := func(want string) {
		t.Helper()
		if got := held(); got != want {
			t.Errorf("held: %s, want %s", got, want)
		}
	}
	officer, chair := store.RoleClaim{Organization: "agency", Role: identity.CaseOfficer}, store.RoleClaim{Organization: "agency2", Role: identity.Chair}
	member := store.RoleClaim{Organization: "government", Role: identity.Member}
	applicant := store.RoleClaim{Organization: "operator", Role: identity.Applicant}
	emperor, nowhere := store.RoleClaim{Organization: "agency", Role: "emperor"}, store.RoleClaim{Organization: "nowhere", Role: identity.Chair}

	got := sync(id, officer, chair, applicant, emperor, nowhere, member, chair)
	want := []store.Unfulfilled{{RoleClaim: applicant, Reason: store.ErrSeparation}, {RoleClaim: emperor, Reason: store.ErrRoleNotPossible}, {RoleClaim: nowhere, Reason: store.ErrNotFound}}
	if diff := cmp.Diff(want, got, cmp.Comparer(errors.Is)); diff != "" {
		t.Errorf("unfulfilled (-want +got):\n%s", diff)
	}
	expect("agency/case-officer agency2/chair government/member")
	sync(id, chair)
	expect("agency/case-officer agency2/chair") // what an administrator gave stays, claimed or not
	sync("https://other")
	expect("agency/case-officer agency2/chair")
	check(t, f.Grant(ctx, "anna", "agency2", identity.Chair)) // now an administrator's too
	sync(id, member)
	sync(id)
	expect("agency/case-officer agency2/chair")

	// A person who changes sides loses the old side's claims first.
	check(t, f.Revoke(ctx, "anna", "agency", identity.CaseOfficer))
	check(t, f.Revoke(ctx, "anna", "agency2", identity.Chair))
	sync(id, chair)
	if left := sync(id, applicant); len(left) > 0 {
		t.Errorf("unfulfilled: %+v", left)
	}
	expect("operator/applicant")
	check(t, f.ClosePerson(ctx, "anna"))
	_, err := f.SyncGrants(ctx, "anna", id, nil)
	wantErr(t, err, store.ErrClosed)
}

func testPreferences(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	f.person("anna", "agency", "case-officer")
	f.person("bert", "agency", "case-officer")
	expect := func(want store.Preferences) {
		t.Helper()
		if diff := cmp.Diff(want, must[store.Preferences](t)(f.GetPreferences(ctx, "anna")), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	expect(store.Preferences{})
	check(t, f.PutPreferences(ctx, "anna", store.Preferences{Language: "zh"}))
	expect(store.Preferences{Language: "zh"})
	unwanted := store.Preferences{Language: "en", Unwanted: []notice.Group{notice.Exits, notice.Tasks}}
	check(t, f.PutPreferences(ctx, "anna", unwanted))
	check(t, f.PutPreferences(ctx, "anna", unwanted))
	expect(unwanted)
	wantErr(t, f.PutPreferences(ctx, "none", unwanted), store.ErrNotFound)

	officers := lifecycle.Recipients{Role: identity.CaseOfficer}
	var messages []store.Message
	for _, subject := range []string{"task-opened", "exit-wind-down", "meeting-called", "noted"} {
		messages = append(messages, store.Message{ID: "e1/1/" + subject, Case: "e1", Kind: errandKind, At: f.now(), Effect: lifecycle.Tell(officers, subject)})
	}
	check(t, f.Deliver(ctx, messages...))
	for person, want := range map[string]string{"anna": "exit-wind-down meeting-called noted", "bert": "exit-wind-down meeting-called noted task-opened"} {
		var got []string
		for _, n := range must[store.Page[store.NoticeView]](t)(f.ListNotices(ctx, person, store.NoticeFilter{})).Items {
			got = append(got, n.Subject)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s is told %v, want %s", person, got, want)
		}
	}
}

// testGrantsKeptByMigration takes the migration of accounts back and applies it again: grants that were there stay.
func testGrantsKeptByMigration(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("anna", "agency", "case-officer")
	check(t, f.Close())
	must[[]store.Migration](t)(store.MigrateDown(t.Context(), f.url, 1))
	must[[]store.Migration](t)(store.MigrateUp(t.Context(), f.url))
	f = reopen(t, d, f.url)
	must[[]store.Unfulfilled](t)(f.SyncGrants(t.Context(), "anna", "https://id", nil))
	if grants := must[[]identity.Grant](t)(f.Grants(t.Context(), "anna")); len(grants) != 1 {
		t.Errorf("grants: %+v", grants)
	}
}
