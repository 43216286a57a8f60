package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/store"
)

// derive grades a resource as derived from others, by the officer.
func (f *fixture) derive(resource, request string, sources ...string) {
	f.t.Helper()
	check(f.t, f.InTx(f.t.Context(), func(tx *store.Tx) error {
		g := graded(resource, grading.Important)
		g.Sources = nil
		for i, id := range sources {
			g.Sources = append(g.Sources, grading.Source{Resource: id, Number: int64(i + 1), Grade: grading.Core})
		}
		_, err := tx.AddGrading(store.Request{ID: request, Fingerprint: request}, g)
		return err
	}))
}

// lineage writes a lineage in one line: sources > derivations, the cases with their states, and products.
func (f *fixture) lineage(actor identity.Actor, resource string) string {
	f.t.Helper()
	l := must[store.Lineage](f.t)(f.Lineage(f.t.Context(), actor, resource))
	var from, to, cases, products []string
	for _, r := range l.From {
		from = append(from, r.Title+" "+string(r.Grade))
	}
	for _, r := range l.To {
		to = append(to, r.Title+" "+string(r.Grade))
	}
	for _, c := range l.Cases {
		cases = append(cases, c.ID+" "+string(c.State))
	}
	for _, p := range l.Products {
		products = append(products, p.Entry.ID+" "+p.Name)
	}
	out := strings.Join(from, ",") + " > " + strings.Join(to, ",") + "; " + strings.Join(cases, ",") + "; " + strings.Join(products, ",")
	if l.Unseen {
		out += "; others"
	}
	return out
}

func testLineage(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	stranger := f.person("stranger", "agency2", "case-officer")
	a, b, c := someResource("a", "甲"), someResource("b", "乙"), someResource("c", "丙")
	f.put("1.csv", a, b, c)
	say := func(when string, actor identity.Actor, resource, want string) {
		t.Helper()
		if diff := cmp.Diff(want, f.lineage(actor, resource)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	say("nothing known", officer, a.ID, " > ; ; ")
	f.derive(b.ID, "r1", a.ID, "res-gone", a.ID)
	f.derive(c.ID, "r2", a.ID)
	say("source", officer, b.ID, "甲 core, core,甲 core > ; ; ")
	want := []string{"乙 important", "丙 important"}
	if b.ID > c.ID {
		want[0], want[1] = want[1], want[0]
	}
	say("derived from", officer, a.ID, " > "+strings.Join(want, ",")+"; ; ")
	f.derive(c.ID, "r3", b.ID) // what counts is the last grading
	say("derived anew", officer, a.ID, " > 乙 important; ; ")
	say("between", officer, b.ID, "甲 core, core,甲 core > 丙 important; ; ")

	f.open("mine", opening{Agency: "agency", Files: []string{a.ID}})
	f.open("drafted", opening{Agency: "agency", Applicant: "operator", Files: []string{b.ID}, Draft: true})
	say("a case of his own", officer, a.ID, " > 乙 important; mine running; ")
	say("a case of others", stranger, a.ID, " > 乙 important; ; ; others")
	say("a draft of others", stranger, b.ID, "甲 core, core,甲 core > 丙 important; ; ")
	f.do("mine", "", "finish", nil)
	say("closed", officer, a.ID, " > 乙 important; mine done; ")
	f.do("mine2", "", "open", opening{Title: "有利害", Agency: "agency", Files: []string{c.ID}})
	f.do("mine2", "officer", "declare", nil)
	say("of interest", officer, c.ID, "乙 core > ; ; ; others")

	var many []string
	for i := range 60 {
		r := someResource(fmt.Sprint("m", i), "多")
		f.put("2.csv", r)
		f.derive(r.ID, fmt.Sprint("m", i), c.ID)
		many = append(many, r.ID)
	}
	if l := must[store.Lineage](t)(f.Lineage(t.Context(), officer, c.ID)); len(l.To) >= len(many) || len(l.To) == 0 || !l.MoreTo {
		t.Errorf("%d of %d, more %v", len(l.To), len(many), l.MoreTo)
	}
}
