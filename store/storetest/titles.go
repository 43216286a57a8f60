package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
)

func testTitles(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	officer, auditor := f.person("officer", "agency", "case-officer"), f.person("auditor", "supervisor", "supervisor")
	f.open("a", opening{Title: "一", Agency: "agency"})
	f.open("hidden", opening{Title: "二", Agency: "agency2"})
	f.do("a", "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Organization: "agency"})
	f.do("a", "", "ask", asking{Name: "u", Kind: identity.Agency, Role: identity.SecurityReviewer})
	cases, tasks := []string{"a", "hidden", "none", "\x00", "a"}, []string{"a.1", "a.2", "a.9", "\x00"}
	for _, c := range []struct {
		actor identity.Actor
		cases map[string]store.CaseTitle
		tasks map[string]text.Text
	}{
		{officer, map[string]store.CaseTitle{"a": {Kind: errandKind, Title: "一"}}, map[string]text.Text{"a.1": words("t")}},
		{auditor, map[string]store.CaseTitle{"a": {Kind: errandKind, Title: "一"}, "hidden": {Kind: errandKind, Title: "二"}}, map[string]text.Text{"a.1": words("t"), "a.2": words("u")}},
		{identity.Actor{Person: "nobody"}, map[string]store.CaseTitle{}, map[string]text.Text{}},
	} {
		if diff := cmp.Diff(c.cases, must[map[string]store.CaseTitle](t)(f.CaseTitles(ctx, c.actor, cases))); diff != "" {
			t.Errorf("%s: cases (-want +got):\n%s", c.actor.Person, diff)
		}
		if diff := cmp.Diff(c.tasks, must[map[string]text.Text](t)(f.TaskTitles(ctx, c.actor, tasks))); diff != "" {
			t.Errorf("%s: tasks (-want +got):\n%s", c.actor.Person, diff)
		}
	}
}
