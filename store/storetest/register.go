package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/register"
	"datacharter/store"
)

// entries lists the IDs of the entries that a filter finds.
func (f *fixture) entries(filter store.RegisterFilter) []string {
	f.t.Helper()
	page := must[store.Page[store.RegisterEntry]](f.t)(f.ListRegister(f.t.Context(), filter))
	ids := []string{}
	for _, e := range page.Items {
		ids = append(ids, e.ID)
	}
	return ids
}

// offers lists the products that a filter finds, as "case/n".
func (f *fixture) offers(filter store.RegisterProductFilter) []string {
	f.t.Helper()
	page := must[store.Page[store.RegisterProduct]](f.t)(f.ListRegisterProducts(f.t.Context(), filter))
	found := []string{}
	for _, p := range page.Items {
		found = append(found, fmt.Sprintf("%s/%d", p.Entry.ID, p.N))
	}
	return found
}

func same[T any](t testing.TB, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// market opens three authorisations, the first of which is not public.
func (f *fixture) market() {
	f.t.Helper()
	f.city()
	f.open("e1", opening{Title: "尚未公开的事项", Applicant: "operator", Agency: "agency"})
	f.open("e2", opening{Title: "公交数据授权", Applicant: "operator", Agency: "agency"})
	f.open("e3", opening{Title: "医疗数据授权x", Applicant: "operator2", Agency: "agency2"})
	f.do("e2", "", "note", noting{Notes: []string{"客流接口", "换乘查询"}})
	f.pass(time.Hour)
	f.do("e3", "", "note", noting{Notes: []string{"挂号查询"}})
}

func testRegister(t *testing.T, d Database) {
	f := setup(t, d)
	f.market()
	ctx := t.Context()
	for _, c := range []struct {
		filter store.RegisterFilter
		want   []string
	}{
		{store.RegisterFilter{}, []string{"e3", "e2"}},
		{store.RegisterFilter{Sort: store.ByTermEnd}, []string{"e3", "e2"}},
		{store.RegisterFilter{Agency: "agency"}, []string{"e2"}},
		{store.RegisterFilter{Grantee: "operator2"}, []string{"e3"}},
		{store.RegisterFilter{State: register.Operating}, []string{"e3", "e2"}},
		{store.RegisterFilter{State: register.Closed}, []string{}},
		{store.RegisterFilter{Mode: "whole", Agency: "agency2"}, []string{"e3"}},
		{store.RegisterFilter{Limit: 1}, []string{"e3"}},
	} {
		same(t, fmt.Sprintf("%+v", c.filter), c.want, f.entries(c.filter))
	}
	yes, no := true, false
	for _, c := range []struct {
		filter store.RegisterProductFilter
		want   []string
	}{
		{store.RegisterProductFilter{}, []string{"e2/2", "e3/1", "e2/1"}},
		{store.RegisterProductFilter{Class: agreement.Industry}, []string{"e2/1"}},
		{store.RegisterProductFilter{Charge: register.Free}, []string{"e2/2", "e3/1"}},
		{store.RegisterProductFilter{Charge: register.Charged}, []string{"e2/1"}},
		{store.RegisterProductFilter{Grantee: "operator2"}, []string{"e3/1"}},
		{store.RegisterProductFilter{Listed: &yes}, []string{"e2/2", "e3/1", "e2/1"}},
		{store.RegisterProductFilter{Listed: &no}, []string{}},
	} {
		same(t, fmt.Sprintf("%+v", c.filter), c.want, f.offers(c.filter))
	}

	e := must[store.RegisterRecord](t)(f.GetRegisterEntry(ctx, "e2"))
	whole, _ := f.order(order{caseID: "e2", name: "hold"}).RegisterEntry()
	same(t, "entry", encoded(whole), encoded(e.Entry))
	if e.Names.Of("operator") != "机构 operator" || e.Names.Of("agency") != "机构 agency" || !e.ChangedAt.Equal(start) {
		t.Errorf("%+v", e.RegisterEntry)
	}
	for _, id := range []string{"e1", "nothing", ""} {
		_, err := f.GetRegisterEntry(ctx, id)
		wantErr(t, err, store.ErrNotFound)
	}

	f.do("e3", "", "finish", nil)
	same(t, "closed", []string{"e3"}, f.entries(store.RegisterFilter{State: register.Closed}))
	same(t, "delisted", []string{"e3/1"}, f.offers(store.RegisterProductFilter{Listed: &no}))
	same(t, "counts", store.RegisterCounts{
		States:  []store.RegisterCount{{Value: "operating", N: 1}, {Value: "closed", N: 1}},
		Modes:   []store.RegisterCount{{Value: "field", N: 1}, {Value: "whole", N: 1}},
		Classes: []store.RegisterCount{{Value: "industry", N: 1}, {Value: "public-benefit", N: 2}},
		Charges: []store.RegisterCount{{Value: "charged", N: 1}, {Value: "free", N: 2}},
	}, must[store.RegisterCounts](t)(f.CountRegister(ctx)))
}

func encoded(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// testRegisterSearch looks for words of entries, products and organisations, rare ones and common ones.
func testRegisterSearch(t *testing.T, d Database) {
	f := setup(t, d)
	f.market()
	search := func(when string) {
		t.Helper()
		for text, want := range map[string][]string{
			"数据": {"e3", "e2"}, "公交": {"e2"}, "公交 数据": {"e2"}, "公交 医疗": {}, "机构": {"e3", "e2"}, "operator2": {"e3"}, "Agency2 授权": {"e3"},
			"客流": {"e2"}, "挂号查询": {"e3"}, "e2": {"e2"}, "尚未": {}, " ": {"e3", "e2"}, "'; --": {"e3", "e2"}, "100%": {},
		} {
			got := f.entries(store.RegisterFilter{Text: text})
			if when != "" {
				got = slices.DeleteFunc(got, func(id string) bool { return id > "e3" })
			}
			same(t, text+when, want, got)
		}
		for text, want := range map[string][]string{
			"查询": {"e2/2", "e3/1"}, "接口": {"e2/2", "e3/1", "e2/1"}, "客流": {"e2/1"}, "公交 查询": {"e2/2"}, "机构": {},
		} {
			got := f.offers(store.RegisterProductFilter{Text: text})
			if when != "" {
				got = slices.DeleteFunc(got, func(id string) bool { return id > "e3/9" })
			}
			same(t, "products: "+text+when, want, got)
		}
	}
	search("")
	f.do("e2", "", "change", changing{Title: "地铁数据授权", Agency: "agency2"})
	same(t, "the old title", []string{}, f.entries(store.RegisterFilter{Text: "公交"}))
	same(t, "the new title", []string{"e2"}, f.entries(store.RegisterFilter{Text: "地铁"}))
	same(t, "the new agency", []string{"e3", "e2"}, f.entries(store.RegisterFilter{Text: "agency2", Sort: store.ByTermEnd}))
	f.do("e2", "", "change", changing{Title: "公交数据授权", Agency: "agency"})
	same(t, "the agency of old", []string{"e3"}, f.entries(store.RegisterFilter{Text: "agency2"}))

	// Many more that share the common words make those too common to be looked up at once.
	db := f.raw()
	if _, err := db.ExecContext(t.Context(), "UPDATE register_entries SET changed_at = 99 WHERE case_id = 'e2'"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE register_entries SET changed_at = 100 WHERE case_id = 'e3'"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE register_terms SET changed_at = e.changed_at FROM register_entries e WHERE e.case_id = register_terms.case_id"); err != nil {
		t.Fatal(err)
	}
	const numbers = "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 1100) "
	for _, statement := range []string{
		"INSERT INTO register_terms SELECT t.term, 1, 'x' || n.i FROM register_terms t, numbers n WHERE t.term IN ('数据', '授权', '机构')",
		"INSERT INTO register_product_terms SELECT t.term, 'x' || n.i || '/1' FROM register_product_terms t, numbers n WHERE t.term IN ('接口', '查询')",
		`INSERT INTO register_entries (case_id, title, grantee, agency, mode, state, starts_on, ends_on, changed_at, data)
			SELECT 'x' || n.i, title, grantee, agency, mode, state, starts_on, ends_on, 1, replace(data, '"e3"', '"x' || n.i || '"')
			FROM register_entries e, numbers n WHERE e.case_id = 'e3'`,
	} {
		if _, err := db.ExecContext(t.Context(), numbers+statement+" ON CONFLICT DO NOTHING"); err != nil {
			t.Fatal(err)
		}
	}
	search(", common")

	// Part after part, along a word and along none, the list is the same.
	parts := func(text string) (found []string) {
		for cursor, more := "", true; more; more = cursor != "" {
			p := must[store.Page[store.RegisterEntry]](t)(f.ListRegister(t.Context(), store.RegisterFilter{Text: text, Cursor: cursor, Limit: 199}))
			for _, e := range p.Items {
				found = append(found, e.ID)
			}
			cursor = p.Next
		}
		return found
	}
	all := parts("")
	if len(all) != 1102 || all[0] != "e3" || all[1] != "e2" {
		t.Errorf("%d entries, first %v", len(all), all[:2])
	}
	same(t, "along a word", all, parts("数据"))
	same(t, "along the rarest of the words", []string{"e2"}, parts("数据 授权 公交"))
}

// testReleases publishes changes of entries and reads them back, beside other publications.
func testReleases(t *testing.T, d Database) {
	f := setup(t, d)
	f.market()
	ctx := t.Context()
	f.do("e2", "", "note", noting{Notes: []string{"公示"}, Publish: true})
	f.deliverAll()
	var all []store.Message
	for i := range 3 {
		e := must[store.RegisterRecord](t)(f.GetRegisterEntry(ctx, []string{"e2", "e3"}[i%2]))
		r := must[register.Release](t)(register.NewRelease(i+1, nil, e.Entry, register.ProductListed))
		all = append(all, store.Message{
			ID: fmt.Sprintf("%s/9%d/0", e.ID, i), Case: e.ID, Kind: errandKind, At: start.Add(time.Duration(i) * time.Hour), Effect: lifecycle.Publish(register.Subject, r),
		})
	}
	check(t, f.Deliver(ctx, all...))
	list := func(filter store.ReleaseFilter) (numbers []int) {
		page := must[store.Page[register.Published]](t)(f.ListReleases(ctx, filter))
		for _, p := range page.Items {
			numbers = append(numbers, p.Release.No)
		}
		return numbers
	}
	same(t, "all", []int{3, 2, 1}, list(store.ReleaseFilter{}))
	same(t, "of one", []int{3, 1}, list(store.ReleaseFilter{Case: "e2"}))
	first := must[store.Page[register.Published]](t)(f.ListReleases(ctx, store.ReleaseFilter{Limit: 2}))
	same(t, "the rest", []int{1}, list(store.ReleaseFilter{Limit: 2, Cursor: first.Next}))
	_, err := f.ListReleases(ctx, store.ReleaseFilter{Cursor: "?"})
	wantErr(t, err, store.ErrBadCursor)
	e := must[store.RegisterRecord](t)(f.GetRegisterEntry(ctx, "e2"))
	if len(e.Releases) != 2 || e.Releases[0].Release.No != 3 || e.Releases[0].ID != "e2/92/0" || !e.Releases[0].At.Equal(start.Add(2*time.Hour)) {
		t.Errorf("%+v", e.Releases)
	}
	names := must[register.Names](t)(f.ReleaseNames(ctx, e.Releases))
	if names.Of("operator") != "机构 operator" {
		t.Errorf("%v", names)
	}
	if page := must[store.Page[store.PublicationView]](t)(f.ListPublications(ctx, store.PublicationFilter{})); len(page.Items) != 4 {
		t.Errorf("%d publications", len(page.Items))
	}
	newest := must[store.Page[store.PublicationView]](t)(f.ListPublications(ctx, store.PublicationFilter{Newest: true}))
	seen := map[string]bool{}
	for _, p := range newest.Items {
		if seen[p.Case+p.Subject] {
			t.Errorf("%s of %s comes twice", p.Subject, p.Case)
		}
		seen[p.Case+p.Subject] = true
		if p.Case == "e2" && p.Subject == register.Subject && p.ID != "e2/92/0" {
			t.Errorf("%s is not the newest", p.ID)
		}
	}
	if len(newest.Items) < 2 || len(newest.Items) >= 4 {
		t.Errorf("%d newest publications", len(newest.Items))
	}
	if seen := f.entries(store.RegisterFilter{}); len(seen) != 2 {
		t.Errorf("%v", seen)
	}
	nobody := identity.Actor{Person: "nobody"}
	if page := must[store.Page[store.CaseSummary]](t)(f.ListCases(ctx, nobody, store.CaseFilter{})); len(page.Items) != 0 {
		t.Errorf("the register opens cases: %+v", page.Items)
	}
}
