package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/search"
	"datacharter/store"
)

// directory puts a catalogue of many alike resources into the store: every combination of conditions has some or none.
func (f *fixture) directory(n int) []catalogue.Resource {
	f.t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	of := func(values ...string) string { return values[r.IntN(len(values))] }
	all := make([]catalogue.Resource, n)
	for i := range all {
		x := someResource(fmt.Sprint(i), of("公共", "公交", "交通")+of("线路", "车站")+of("", "数据", " Bus Stops", " bus stations 12", " 120"))
		x.Source, x.Provider, x.Theme = of(catalogue.Shanghai, catalogue.Jiangsu), of("甲局", "乙局", "丙局"), of("", "交通", "气象")
		x.Access, x.Frequency, x.Updated = catalogue.Accesses()[r.IntN(3)], catalogue.Frequencies()[r.IntN(2)], of("", "2026-01-01", "2026-01-02", "2025-12-31")
		x.ID = catalogue.ResourceID(x.Source, x.SourceKey)
		all[i] = x
	}
	for part := range slices.Chunk(all, 100) {
		must[[]catalogue.Stored](f.t)(f.PutResources(f.t.Context(), part))
	}
	return all
}

// directoryFilters are filters of all sorts for the directory.
func directoryFilters() []store.ResourceFilter {
	var out []store.ResourceFilter
	for _, text := range []string{"", "公交", "公", "公共 数据", "bus", "b 12", "12 交通", "线路数据", "没有", "zebra", "公交 没有"} {
		for _, f := range []store.ResourceFilter{
			{},
			{Theme: "交通"},
			{Theme: "无"},
			{Access: catalogue.Open, Provider: "甲局"},
			{Source: catalogue.Jiangsu, Frequency: catalogue.Realtime, Theme: "气象"},
			{Source: "=", Provider: "\x7f"},
		} {
			f.Text = text
			out = append(out, f)
		}
	}
	return out
}

// fits reports whether a resource belongs to the list of a filter.
func fits(f store.ResourceFilter, r catalogue.Resource) bool {
	for _, pair := range [][2]string{
		{f.Source, r.Source}, {f.Provider, r.Provider}, {f.Theme, r.Theme}, {string(f.Access), string(r.Access)}, {string(f.Frequency), string(r.Frequency)},
	} {
		if pair[0] != "" && pair[0] != pair[1] {
			return false
		}
	}
	terms := search.Terms(strings.Join([]string{r.Title, r.Provider, r.Theme}, "\n"))
	for _, asked := range search.QueryTerms(f.Text) {
		if !slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, asked) }) {
			return false
		}
	}
	return true
}

// testCatalogueLists compares lists of every filter, in both orders and read in parts, with what is left of the whole catalogue.
func testCatalogueLists(t *testing.T, d Database) {
	f := setup(t, d)
	all := f.directory(300)
	for _, sort := range []store.ResourceSort{store.ByUpdate, store.ByTitle} {
		slices.SortFunc(all, func(a, b catalogue.Resource) int {
			if sort == store.ByTitle {
				return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
			}
			return cmp.Or(cmp.Compare(b.Updated, a.Updated), cmp.Compare(b.ID, a.ID))
		})
		for _, filter := range directoryFilters() {
			filter.Sort = sort
			var want []string
			for _, r := range all {
				if fits(filter, r) {
					want = append(want, r.ID)
				}
			}
			got := walk(t, func(cursor string, limit int) ([]string, string, error) {
				filter.Cursor, filter.Limit = cursor, limit
				return names(func(r catalogue.Resource) string { return r.ID })(f.ListResources(t.Context(), filter))
			}, 7, func(int) {})
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%+v (-want +got):\n%s", filter, diff)
			}
		}
	}
}

// testCatalogueCounts compares the counts with those of the lists, before and after resources change.
func testCatalogueCounts(t *testing.T, d Database) {
	f := setup(t, d)
	all := f.directory(150)
	compare := func() {
		t.Helper()
		for _, filter := range directoryFilters() {
			want, n := map[store.ResourceFacet]map[string]int{}, 0
			for _, r := range all {
				if !fits(filter, r) {
					continue
				}
				n++
				for facet, value := range map[store.ResourceFacet]string{
					store.BySource: r.Source, store.ByProvider: r.Provider, store.ByTheme: r.Theme, store.ByAccess: string(r.Access), store.ByFrequency: string(r.Frequency),
				} {
					if want[facet] == nil {
						want[facet] = map[string]int{}
					}
					if value != "" {
						want[facet][value]++
					}
				}
			}
			counts := must[store.ResourceCounts](t)(f.CountResources(t.Context(), filter))
			got := map[store.ResourceFacet]map[string]int{}
			for facet, values := range counts.Facets {
				got[facet] = map[string]int{}
				for i, v := range values {
					if i > 0 && v.N > values[i-1].N {
						t.Errorf("%s: %+v", facet, values)
					}
					got[facet][v.Value] = v.N
				}
			}
			for facet, values := range want {
				if len(values) == 0 {
					delete(want, facet)
				}
			}
			if diff := gocmp.Diff(want, got); diff != "" || counts.All != n || counts.More {
				t.Errorf("%+v: %d of %d, more %v (-want +got):\n%s", filter, counts.All, n, counts.More, diff)
			}
		}
	}
	compare()
	for i := range all[:40] {
		all[i].Theme, all[i].Title, all[i].Updated = "水务", "水质", "2026-02-01"
	}
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), all))
	compare()
	comparisons := must[[]catalogue.Comparison](t)(f.CompareResources(t.Context(), []catalogue.Resource{all[0], someResource("new", "新"), {ID: all[1].ID, Title: "x"}}))
	if comparisons[0].Stored != catalogue.Unchanged || comparisons[1].Stored != catalogue.Created || comparisons[2].Stored != catalogue.Changed || len(comparisons[2].Differences) == 0 {
		t.Errorf("%+v", comparisons)
	}
	f.directory(300) // others and the first of them once more
	if counts := must[store.ResourceCounts](t)(f.CountResources(t.Context(), store.ResourceFilter{})); counts.All < 300 {
		t.Errorf("%+v", counts)
	}
	if counts := must[store.ResourceCounts](t)(f.CountResources(t.Context(), store.ResourceFilter{Text: "局"})); counts.All != 200 || !counts.More {
		t.Errorf("counted %+v", counts)
	}
}

func testMappings(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	_, err := f.GetMapping(ctx, "宁波")
	wantErr(t, err, store.ErrNotFound)
	for _, content := range []string{`{"form":"csv"}`, `{"form":"xlsx"}`} {
		check(t, f.PutMapping(ctx, "宁波", []byte(content)))
		if got := must[[]byte](t)(f.GetMapping(ctx, "宁波")); string(got) != content {
			t.Errorf("got %s", got)
		}
	}
}
