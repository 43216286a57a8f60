package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// caseIDs names the cases of a list.
func (f *fixture) caseIDs(actor identity.Actor, filter store.CaseFilter) string {
	f.t.Helper()
	var ids []string
	for _, c := range must[store.Page[store.CaseSummary]](f.t)(f.ListCases(f.t.Context(), actor, filter)).Items {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

func testCaseListsForPeople(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	applicant := f.person("applicant", "operator", "applicant")
	officer := f.person("officer", "agency", "case-officer")
	f.person("colleague", "agency", "case-officer")
	day := 24 * time.Hour
	for _, in := range []struct {
		id string
		opening
		days int
	}{
		{"a", opening{Title: "公交", Applicant: "operator", Agency: "agency"}, 3},
		{"b", opening{Title: "停车", Applicant: "operator2", Agency: "agency"}, 1},
		{"c", opening{Title: "气象", Applicant: "operator", Agency: "agency2"}, 0},
		{"d", opening{Title: "草稿", Applicant: "operator", Agency: "agency", Draft: true}, 2},
		{"e", opening{Title: "水质", Applicant: "operator", Agency: "agency"}, 2},
	} {
		f.open(in.id, in.opening)
		if in.days > 0 {
			f.do(in.id, "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Organization: "agency", Days: in.days, Also: 2})
		}
		f.pass(day)
	}
	f.do("b", "colleague", "claim", lifecycle.TaskInput{Task: "b.1"})
	f.do("e", "", "finish", nil)
	for _, id := range []string{"b", "a"} {
		check(t, f.Follow(t.Context(), officer, id))
	}
	for _, test := range []struct {
		name   string
		actor  identity.Actor
		filter store.CaseFilter
		want   string
	}{
		{"states", identity.System(), store.CaseFilter{States: []lifecycle.State{drafted, done}}, "e d"},
		{"states of a kind", identity.System(), store.CaseFilter{Kind: errandKind, State: drafted, States: []lifecycle.State{running, running}}, "b d c a"},
		{"states by opening", identity.System(), store.CaseFilter{States: []lifecycle.State{running, done}, Sort: store.ByOpening}, "e c b a"},
		{"states and text", identity.System(), store.CaseFilter{States: []lifecycle.State{running, done}, Text: "公交"}, "a"},
		{"own", applicant, store.CaseFilter{Own: true}, "e d c a"},
		{"own of others", officer, store.CaseFilter{Own: true}, ""},
		{"waiting", officer, store.CaseFilter{Waiting: true}, "a"},
		{"waiting for nobody", applicant, store.CaseFilter{Waiting: true}, ""},
		{"turn of an agency", officer, store.CaseFilter{Turns: []store.Turned{{Kind: errandKind, States: []lifecycle.State{running}, Side: lifecycle.OfAgency, Organization: "agency"}}}, "b a"},
		{"turn of another agency", officer, store.CaseFilter{Turns: []store.Turned{{Kind: errandKind, States: []lifecycle.State{running}, Side: lifecycle.OfAgency, Organization: "agency2"}}}, ""},
		{"turn of either side", identity.System(), store.CaseFilter{Turns: []store.Turned{
			{Kind: errandKind, States: []lifecycle.State{done}, Side: lifecycle.OfAgency, Organization: "agency"},
			{Kind: errandKind, States: []lifecycle.State{drafted}, Side: lifecycle.OfApplicant, Organization: "operator"},
		}}, "e d"},
		{"turn of whoever sees it", applicant, store.CaseFilter{Turns: []store.Turned{{Kind: errandKind, States: []lifecycle.State{running, drafted}}}}, "d c a"},
		{"turn in another kind", identity.System(), store.CaseFilter{Turns: []store.Turned{{Kind: gatheringKind, States: []lifecycle.State{running}}}}, ""},
		{"waiting or turn", officer, store.CaseFilter{Waiting: true, Turns: []store.Turned{{Kind: errandKind, States: []lifecycle.State{done}, Side: lifecycle.OfAgency, Organization: "agency"}}}, "e a"},
		{"followed", officer, store.CaseFilter{Followed: true}, "b a"},
		{"opened", identity.System(), store.CaseFilter{OpenedFrom: start.Add(day), OpenedBefore: start.Add(3 * day)}, "b c"},
		{"changed", identity.System(), store.CaseFilter{ChangedFrom: start.Add(2 * day), ChangedBefore: start.Add(4 * day)}, "d c"},
		{"by due time", officer, store.CaseFilter{Sort: store.ByNextDue}, "b a"},
		{"by due time of the applicant", applicant, store.CaseFilter{Sort: store.ByNextDue}, "a d"},
		{"by due time and state", identity.System(), store.CaseFilter{Sort: store.ByNextDue, States: []lifecycle.State{running, drafted}}, "b a d"},
		{"by due time and text", identity.System(), store.CaseFilter{Sort: store.ByNextDue, Text: "公交"}, "a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := f.caseIDs(test.actor, test.filter); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// testLongLists checks the lists of those who see so much that the database walks through them, against those of who sees everything.
func testLongLists(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	auditor := f.person("auditor", "supervisor", "supervisor")
	rival := f.person("rival", "operator2", "applicant")
	const many = 1010 // more than the store reads at once
	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		def := find(errandKind)
		for i := range many {
			id := fmt.Sprintf("long-%04d", i)
			c := must[lifecycle.Case](t)(tx.Case(def, id))
			in := opening{Title: fmt.Sprintf("数据事项 %d", i), Applicant: []string{"operator", "operator2"}[min(i%100, 1)], Agency: "agency"}
			raw := []byte(fmt.Sprintf(`{"title":%q,"applicant":%q,"agency":%q}`, in.Title, in.Applicant, in.Agency))
			events := []lifecycle.Event{{Case: id, Seq: 1, Type: "opened", Schema: 1, At: start.Add(time.Duration(i%500) * time.Second), By: identity.By{Person: "system"}, CommandID: "k-" + id, Data: raw}}
			effects, err := def.Apply(c, events)
			if err != nil {
				return err
			}
			record := store.CommandRecord{ID: "k-" + id, Case: id, Kind: errandKind, Name: "open", Person: "system", Fingerprint: "f"}
			if err := tx.Record(store.Change{Definition: def, Case: c, Events: events, Effects: effects, Command: record}); err != nil {
				return err
			}
		}
		return nil
	}))
	for i := range 20 {
		f.do(fmt.Sprintf("long-%04d", i*50), "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Days: i%5 + 1})
	}
	f.do("long-0007", "", "finish", nil)
	for _, filter := range []store.CaseFilter{
		{},
		{Sort: store.ByOpening},
		{Sort: store.ByNextDue},
		{Text: "数据"},
		{Text: "数据 77"},
		{Text: "事项", Sort: store.ByNextDue},
		{Text: "数据", Sort: store.ByOpening},
		{Text: "事项 数据 77", Sort: store.ByOpening},
		{States: []lifecycle.State{done}, Text: "数据", Sort: store.ByOpening},
		{Applicant: "operator2"},
		{Applicant: "operator"},
		{States: []lifecycle.State{running, done}},
		{States: []lifecycle.State{done}, Text: "数据"},
		{Kind: errandKind, Applicant: "operator2"},
		{Waiting: false, Agency: "agency"},
		{OpenedFrom: start.Add(100 * time.Second), OpenedBefore: start.Add(101 * time.Second)},
	} {
		filter.Limit = store.MaxLimit
		want := f.caseIDs(auditor, filter)
		if got := f.caseIDs(officer, filter); got != want || want == "" {
			t.Errorf("%+v:\n%s\nand not\n%s", filter, got, want)
		}
		seen := f.caseIDs(rival, filter)
		for id := range strings.FieldsSeq(seen) {
			if i := id[len("long-"):]; strings.HasSuffix(i, "00") {
				t.Errorf("%+v: the rival sees %s", filter, id)
			}
		}
	}
	plain, worded := store.CaseFilter{Sort: store.ByOpening, Limit: store.MaxLimit}, store.CaseFilter{Sort: store.ByOpening, Text: "数据", Limit: store.MaxLimit}
	for n := 1; n == 1 || plain.Cursor != ""; n++ { // every title has the word
		all := must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), officer, plain))
		found := must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), officer, worded))
		if diff := cmp.Diff(all.Items, found.Items); diff != "" {
			t.Fatalf("page %d (-all +found):\n%s", n, diff)
		}
		plain.Cursor, worded.Cursor = all.Next, found.Next
	}
	limits := func(actor identity.Actor) (out []string) {
		for _, l := range must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), actor, store.DeadlineFilter{Open: true})).Items {
			out = append(out, l.Case)
		}
		return out
	}
	if diff := cmp.Diff(limits(auditor), limits(officer)); diff != "" || len(limits(officer)) != 20 {
		t.Errorf("limits (-auditor +officer):\n%s", diff)
	}
}

func testOverviews(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	f.open("a", opening{Title: "一", Agency: "agency"})
	f.do("a", "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Organization: "agency", Days: 4, Also: 1})
	f.do("a", "", "ask", asking{Name: "u", Kind: identity.Agency, Role: identity.SecurityReviewer, Days: 2})
	f.do("a", "officer", "claim", lifecycle.TaskInput{Task: "a.1"})
	f.open("b", opening{Agency: "agency"})
	listed := func() []store.CaseSummary {
		return must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), officer, store.CaseFilter{})).Items
	}
	got := must[map[string]store.CaseOverview](t)(f.Overviews(t.Context(), listed()))
	if ids := slices.Sorted(maps.Keys(got)); !slices.Equal(ids, []string{"a", "b"}) {
		t.Fatalf("overviews of %v", ids)
	}
	if got["b"].Next != nil || got["b"].Turns != nil {
		t.Errorf("b: %+v", got["b"])
	}
	if next := got["a"].Next; next == nil || next.Name != "ua" || next.CaseTitle != "一" || next.Due.On.String() != "2026-01-07" {
		t.Errorf("next limit of a: %+v", next)
	}
	want := []store.Turn{
		{Task: "a.1", Title: words("t"), Kind: identity.Agency, Organization: "agency", Role: identity.CaseOfficer, Claimed: true},
		{Task: "a.2", Title: words("u"), Kind: identity.Agency, Role: identity.SecurityReviewer},
	}
	if diff := cmp.Diff(want, got["a"].Turns); diff != "" {
		t.Errorf("turns (-want +got):\n%s", diff)
	}
	f.do("a", "", "hold", nil)
	if got := must[map[string]store.CaseOverview](t)(f.Overviews(t.Context(), listed())); got["a"].Next != nil {
		t.Errorf("a stopped limit: %+v", got["a"].Next)
	}
	if got := must[map[string]store.CaseOverview](t)(f.Overviews(t.Context(), nil)); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func testFollows(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	officer := f.person("officer", "agency", "case-officer")
	f.open("a", opening{Agency: "agency"})
	f.open("b", opening{Agency: "agency2"})
	follows := func(id string) bool { return must[bool](t)(f.Follows(ctx, "officer", id)) }
	check(t, f.Follow(ctx, officer, "a"))
	check(t, f.Follow(ctx, officer, "a"))
	for _, id := range []string{"b", "none", "\x00"} {
		wantErr(t, f.Follow(ctx, officer, id), store.ErrNotFound)
	}
	wantErr(t, f.Follow(ctx, identity.System(), "a"), store.ErrNotFound)
	if !follows("a") || follows("b") || follows("\x00") {
		t.Error("what is followed is wrong")
	}
	f.do("a", "officer", "declare", nil)
	if got := f.caseIDs(officer, store.CaseFilter{Followed: true}); got != "" {
		t.Errorf("followed and closed to him: %s", got)
	}
	for _, id := range []string{"a", "a", "none", "\x00"} {
		check(t, f.Unfollow(ctx, "officer", id))
	}
	if follows("a") {
		t.Error("it is followed still")
	}
}

func testViews(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.person("officer")
	f.person("colleague")
	save := func(place, name, query string) error {
		return f.SaveView(ctx, "officer", place, store.View{Name: name, Query: query})
	}
	names := func(person, place string) (out []string) {
		for _, v := range must[[]store.View](t)(f.Views(ctx, person, place)) {
			out = append(out, v.Name+" "+v.Query)
		}
		return out
	}
	check(t, save("inbox", "今日", "due=today"))
	check(t, save("inbox", "今日", "due=today&sort=opened"))
	check(t, save("inbox", "a\x00b", "x\x00"))
	check(t, save("cases", "我的", "own=true"))
	if diff := cmp.Diff([]string{"ab x", "今日 due=today&sort=opened"}, names("officer", "inbox")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must[[]store.View](t)(f.Views(ctx, "officer", "cases")); len(got) != 1 || !got[0].SavedAt.Equal(f.now()) {
		t.Errorf("views of cases: %+v", got)
	}
	if got := names("colleague", "inbox"); got != nil {
		t.Errorf("the colleague's: %v", got)
	}
	wantErr(t, f.SaveView(ctx, "nobody", "inbox", store.View{Name: "n"}), store.ErrNotFound)
	full := make(chan error, store.MaxViews)
	together(store.MaxViews, func(i int) { full <- save("inbox", fmt.Sprint("n", i), "q") })
	refused := 0
	for range store.MaxViews {
		if err := <-full; errors.Is(err, store.ErrTooMany) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if got := len(names("officer", "inbox")); got != store.MaxViews || refused != 2 {
		t.Errorf("%d views, %d refused", got, refused)
	}
	check(t, save("inbox", "今日", "again"))
	check(t, f.DeleteView(ctx, "officer", "inbox", "今日"))
	check(t, f.DeleteView(ctx, "officer", "inbox", "今日"))
	check(t, save("inbox", "另一个", "q"))
	if got := len(names("officer", "inbox")); got != store.MaxViews {
		t.Errorf("%d views", got)
	}
}

func testSearchEverything(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	nobody := f.person("nobody")
	create := func(id, name, code string) {
		check(t, f.CreateOrganization(t.Context(), lifecycle.Organization{ID: id, Name: name, Kind: identity.Operator, CreditCode: code}))
	}
	create("bus", "公交数据有限公司", "91010000000000001X")
	create("gone", "公交旧公司", "")
	check(t, f.CloseOrganization(t.Context(), "gone"))
	for i := range 3 {
		f.open(fmt.Sprintf("seen%d", i), opening{Title: "公交到站", Agency: "agency"})
		f.pass(time.Second)
	}
	f.open("unseen", opening{Title: "公交线路", Agency: "agency2"})
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), []catalogue.Resource{someResource("r", "公交班次")}))
	summary := func(actor identity.Actor, text string, limit int) string {
		r := must[store.SearchResult](t)(f.Search(t.Context(), actor, text, limit))
		var b strings.Builder
		for _, c := range r.Cases.Items {
			fmt.Fprint(&b, c.ID, " ")
		}
		fmt.Fprint(&b, r.Cases.More, " / ")
		for _, x := range r.Resources.Items {
			fmt.Fprint(&b, x.SourceKey, " ")
		}
		fmt.Fprint(&b, r.Resources.More, " / ")
		for _, o := range r.Organizations.Items {
			fmt.Fprint(&b, o.ID, " ")
		}
		fmt.Fprint(&b, r.Organizations.More)
		return b.String()
	}
	for _, test := range []struct {
		actor identity.Actor
		text  string
		limit int
		want  string
	}{
		{officer, "公交", 2, "seen2 seen1 true / r false / bus false"},
		{officer, "公交", 3, "seen2 seen1 seen0 false / r false / bus false"},
		{nobody, "公交", 3, "false / r false / bus false"},
		{officer, "91010000000000001x", 3, "false / false / bus false"},
		{officer, "机构", 2, "false / false / agency agency2 true"},
		{officer, "seen1", 3, "seen1 false / false / false"},
		{officer, "，。", 3, "false / false / false"},
		{officer, "水利", 3, "false / false / false"},
		{officer, "a\x00b", 3, "false / false / false"},
	} {
		if got := summary(test.actor, test.text, test.limit); got != test.want {
			t.Errorf("%s searches %q: %s, want %s", test.actor.Person, test.text, got, test.want)
		}
	}
}

func testNames(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer")
	f.person("left")
	check(t, f.ClosePerson(t.Context(), "left"))
	got := must[store.Names](t)(f.Names(t.Context(), []string{"officer", "left", "none", "\x00", "officer"}, []string{"agency", "none"}))
	want := store.Names{People: map[string]string{"officer": "某 officer", "left": "某 left"}, Organizations: map[string]string{"agency": "机构 agency"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must[store.Names](t)(f.Names(t.Context(), nil, nil)); got.People != nil || got.Organizations != nil {
		t.Errorf("of nobody: %+v", got)
	}
}

func testExports(t *testing.T, d Database) {
	f := setup(t, d)
	f.fill()
	ctx := t.Context()
	officer := must[identity.Actor](t)(f.Actor(ctx, "officer"))
	for actor, want := range map[*identity.Actor]bool{&officer: true, {Person: "nobody"}: false} {
		cases, tasks, limits := 0, 0, 0
		for c, err := range f.ExportCases(ctx, *actor, store.CaseFilter{Limit: 2, Cursor: "ignored", Sort: store.ByOpening}) {
			check(t, err)
			if c.ID == "" {
				t.Error("an empty case")
			}
			cases++
		}
		for _, err := range f.ExportTasks(ctx, *actor, store.TaskFilter{}) {
			check(t, err)
			tasks++
		}
		for _, err := range f.ExportDeadlines(ctx, *actor, store.DeadlineFilter{}) {
			check(t, err)
			limits++
		}
		if want && (cases != 23 || tasks != 46 || limits < 46) || !want && cases+tasks+limits > 0 {
			t.Errorf("%s exports %d cases, %d tasks, %d limits", actor.Person, cases, tasks, limits)
		}
	}
	for _, err := range f.ExportCases(ctx, officer, store.CaseFilter{}) {
		check(t, err)
		break // and nothing is asked for any more
	}
	check(t, f.Close())
	failed := false
	for _, err := range f.ExportCases(ctx, officer, store.CaseFilter{}) {
		failed = failed || err != nil
	}
	if !failed {
		t.Error("an export from a closed store ends as if it were whole")
	}
}
