package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// lists are all lists that page, each as a function that reads one part and names its items.
func (f *fixture) lists() map[string]func(cursor string, limit int) ([]string, string, error) {
	ctx, system := f.t.Context(), identity.System()
	return map[string]func(cursor string, limit int) ([]string, string, error){
		"cases by change": func(cursor string, limit int) ([]string, string, error) {
			return names(func(c store.CaseSummary) string { return c.ID })(f.ListCases(ctx, system, store.CaseFilter{Cursor: cursor, Limit: limit}))
		},
		"cases by opening": func(cursor string, limit int) ([]string, string, error) {
			return names(func(c store.CaseSummary) string { return c.ID })(f.ListCases(ctx, system, store.CaseFilter{Sort: store.ByOpening, Cursor: cursor, Limit: limit}))
		},
		"tasks by due time": func(cursor string, limit int) ([]string, string, error) {
			return names(func(t store.TaskView) string { return t.ID })(f.ListTasks(ctx, system, store.TaskFilter{Cursor: cursor, Limit: limit}))
		},
		"tasks by opening": func(cursor string, limit int) ([]string, string, error) {
			return names(func(t store.TaskView) string { return t.ID })(f.ListTasks(ctx, system, store.TaskFilter{Sort: store.ByTurn, Cursor: cursor, Limit: limit}))
		},
		"cases by due time": func(cursor string, limit int) ([]string, string, error) {
			return names(func(c store.CaseSummary) string { return c.ID })(f.ListCases(ctx, system, store.CaseFilter{Sort: store.ByNextDue, Cursor: cursor, Limit: limit}))
		},
		"tasks by end": func(cursor string, limit int) ([]string, string, error) {
			return names(func(t store.TaskView) string { return t.ID })(f.ListTasks(ctx, system, store.TaskFilter{Sort: store.ByEnd, Cursor: cursor, Limit: limit}))
		},
		"deadlines": func(cursor string, limit int) ([]string, string, error) {
			return names(func(l store.DeadlineView) string { return l.Case + "/" + l.Name })(f.ListDeadlines(ctx, system, store.DeadlineFilter{Cursor: cursor, Limit: limit}))
		},
		"notices": func(cursor string, limit int) ([]string, string, error) {
			return names(func(n store.NoticeView) string { return n.ID })(f.ListNotices(ctx, "officer", store.NoticeFilter{Cursor: cursor, Limit: limit}))
		},
		"publications": func(cursor string, limit int) ([]string, string, error) {
			return names(func(p store.PublicationView) string { return p.ID })(f.ListPublications(ctx, store.PublicationFilter{Cursor: cursor, Limit: limit}))
		},
		"register by change": func(cursor string, limit int) ([]string, string, error) {
			return names(func(e store.RegisterEntry) string { return e.ID })(f.ListRegister(ctx, store.RegisterFilter{Cursor: cursor, Limit: limit}))
		},
		"register by end": func(cursor string, limit int) ([]string, string, error) {
			return names(func(e store.RegisterEntry) string { return e.ID })(f.ListRegister(ctx, store.RegisterFilter{Sort: store.ByTermEnd, Cursor: cursor, Limit: limit}))
		},
		"products": func(cursor string, limit int) ([]string, string, error) {
			return names(func(p store.RegisterProduct) string { return fmt.Sprint(p.Entry.ID, "/", p.N) })(
				f.ListRegisterProducts(ctx, store.RegisterProductFilter{Cursor: cursor, Limit: limit}))
		},
		"organizations": func(cursor string, limit int) ([]string, string, error) {
			return names(func(o lifecycle.Organization) string { return o.ID })(f.ListOrganizations(ctx, store.OrganizationFilter{Cursor: cursor, Limit: limit}))
		},
		"people": func(cursor string, limit int) ([]string, string, error) {
			return names(func(p store.Person) string { return p.ID })(f.ListPeople(ctx, cursor, limit))
		},
		"resources": func(cursor string, limit int) ([]string, string, error) {
			return names(func(r catalogue.Resource) string { return r.ID })(f.ListResources(ctx, store.ResourceFilter{Cursor: cursor, Limit: limit}))
		},
		"resources by title": func(cursor string, limit int) ([]string, string, error) {
			return names(func(r catalogue.Resource) string { return r.ID })(f.ListResources(ctx, store.ResourceFilter{Sort: store.ByTitle, Cursor: cursor, Limit: limit}))
		},
	}
}

func names[T any](name func(T) string) func(store.Page[T], error) ([]string, string, error) {
	return func(p store.Page[T], err error) ([]string, string, error) {
		var out []string
		for _, item := range p.Items {
			out = append(out, name(item))
		}
		return out, p.Next, err
	}
}

// fill puts at least 23 items into every list, many of them with equal sort keys.
func (f *fixture) fill() {
	f.t.Helper()
	f.city()
	f.person("officer", "agency", "case-officer")
	var resources []catalogue.Resource
	for i := range 23 {
		f.organization(fmt.Sprintf("o%02d", i), identity.Operator)
		f.person(fmt.Sprintf("p%02d", i))
		r := someResource(fmt.Sprintf("r%02d", i), "资源")
		r.Updated = []string{"", "2026-01-01", "2026-01-02"}[i%3]
		resources = append(resources, r)
		id := fmt.Sprintf("e%02d", (i*7)%23)
		f.open(id, opening{})
		f.do(id, "", "ask", asking{Name: "n", Kind: identity.Agency, Role: identity.CaseOfficer, Days: i % 4, Also: i % 2})
		f.do(id, "", "ask", asking{Name: "m", Kind: identity.Agency, Role: identity.CaseOfficer, Days: 30 + i%2})
		f.do(id, "officer", "claim", lifecycle.TaskInput{Task: id + ".1"})
		f.do(id, "officer", "answer", lifecycle.TaskInput{Task: id + ".1"})
		f.do(id, "", "note", noting{Notes: []string{"n"}, Publish: true, Tell: &lifecycle.Recipients{Person: "officer"}})
		if i%5 == 0 {
			f.pass(time.Hour)
		}
	}
	must[[]catalogue.Stored](f.t)(f.PutResources(f.t.Context(), resources))
	f.deliverAll()
}

// deliverAll delivers what waits in the outbox until nothing is left; commands to other cases count as delivered.
func (f *fixture) deliverAll() (order []string) {
	f.t.Helper()
	for {
		messages := must[[]store.Message](f.t)(f.Outbox(f.t.Context(), 100, f.now()))
		if len(messages) == 0 {
			return order
		}
		for _, m := range messages {
			if m.Effect.Send != nil {
				check(f.t, f.Delivered(f.t.Context(), m.ID))
			} else {
				check(f.t, f.Deliver(f.t.Context(), m))
			}
			order = append(order, m.ID)
		}
	}
}

func testPaging(t *testing.T, d Database) {
	f := setup(t, d)
	f.fill()
	for name, list := range f.lists() {
		whole, next, err := list("", store.MaxLimit)
		check(t, err)
		if next != "" || len(whole) < 23 {
			t.Fatalf("%s: %d items in one part, next %q", name, len(whole), next)
		}
		if unique := slices.Compact(slices.Sorted(slices.Values(whole))); len(unique) != len(whole) {
			t.Errorf("%s: items are there twice", name)
		}
		for _, limit := range []int{1, 7, len(whole) - 1, len(whole)} {
			if diff := cmp.Diff(whole, walk(t, list, limit, func(int) {})); diff != "" {
				t.Errorf("%s in parts of %d (-whole +parts):\n%s", name, limit, diff)
			}
		}
		some, _, err := list("", 0)
		check(t, err)
		if want := min(len(whole), store.DefaultLimit); len(some) != want {
			t.Errorf("%s: %d items by default, want %d", name, len(some), want)
		}
		if _, _, err := list("", store.MaxLimit+1); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// walk reads a list part by part, with a call between two parts.
func walk(t *testing.T, list func(string, int) ([]string, string, error), limit int, between func(part int)) []string {
	t.Helper()
	var all []string
	cursor := ""
	for part := range 1000 {
		items, next, err := list(cursor, limit)
		check(t, err)
		if len(items) > limit {
			t.Fatalf("%d items in a part of %d", len(items), limit)
		}
		all = append(all, items...)
		if next == "" {
			return all
		}
		cursor = next
		between(part)
	}
	t.Fatal("the list does not end")
	return nil
}

// testPagingWhileWriting checks that what stays in its place is listed exactly once, whatever comes and goes around it.
func testPagingWhileWriting(t *testing.T, d Database) {
	f := setup(t, d)
	f.fill()
	list := f.lists()["cases by change"]
	whole, _, err := list("", store.MaxLimit)
	check(t, err)
	got := walk(t, list, 5, func(part int) {
		f.pass(time.Second)
		f.open(fmt.Sprintf("new%d", part), opening{})
		f.do(whole[0], "", "note", noting{Notes: []string{"n"}})
	})
	if diff := cmp.Diff(whole, got); diff != "" {
		t.Errorf("(-before +parts):\n%s", diff)
	}
}

func testCursors(t *testing.T, d Database) {
	f := setup(t, d)
	f.fill()
	lists := f.lists()
	cursors := map[string]string{}
	for name, list := range lists {
		_, next, err := list("", 2)
		check(t, err)
		cursors[name] = next
	}
	for name, list := range lists {
		for other, cursor := range cursors {
			_, _, err := list(cursor, 2)
			if name == other {
				check(t, err)
				continue
			}
			if err == nil {
				t.Errorf("%s takes a cursor of %s", name, other)
			}
		}
		for _, broken := range []string{"x", "!", cursors[name][1:], "bnVsbA", "e30"} {
			_, _, err := list(broken, 2)
			wantErr(t, err, store.ErrBadCursor)
		}
	}
}
