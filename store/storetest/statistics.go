package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

func testStatistics(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	auditor := f.person("auditor", "supervisor", "supervisor")
	officer := f.person("officer", "agency", "case-officer")
	const day = 24 * time.Hour
	ask := func(id, name string) {
		f.do(id, "", "ask", asking{Name: name, Kind: identity.Agency, Role: identity.CaseOfficer, Days: 3})
	}
	answer := func(id, task string) {
		f.do(id, "officer", "claim", lifecycle.TaskInput{Task: task})
		f.do(id, "officer", "answer", lifecycle.TaskInput{Task: task})
	}
	for _, id := range []string{"a", "b", "c", "d", "e", "closed-to-the-auditor"} {
		f.open(id, opening{Agency: "agency"})
		ask(id, "t:1:") // its limit is t:1:a, which is no number of a round
	}
	f.open("draft", opening{Draft: true})
	ask("draft", "t:1:")
	f.order(order{kind: gatheringKind, caseID: "g", name: "open", in: opening{Title: "会议"}})
	f.do("closed-to-the-auditor", "auditor", "declare", nil)
	answer("a", "a.1") // at once
	f.pass(day)
	f.do("b", "", "hold", nil) // used: 1 day
	f.pass(10 * day)
	f.do("b", "", "resume", nil)
	f.pass(day)
	answer("b", "b.1") // 2 days, 10 not counted
	f.do("c", "", "tick", nil)
	f.do("d", "", "tick", nil)
	f.do("d", "", "finish", nil)
	f.do("e", "", "tick", nil)
	answer("e", "e.1") // too late; the limit was missed all the same
	f.pass(day)
	ask("a", "t:1:")

	got := must[store.Statistics](t)(f.Statistics(ctx, auditor, "", f.now()))
	want := store.Statistics{
		States: []store.StateCount{
			{Kind: errandKind, Phase: "after", State: done, Closed: true, Cases: 1},
			{Kind: errandKind, Phase: "during", State: running, Cases: 4},
			{Kind: gatheringKind, Phase: "during", State: running, Cases: 1},
		},
		// a used 0 days of 3, b 2 of 12 – of 1 and then, over a weekend, of 4 – and three missed theirs of 3.
		Limits: []store.LimitUse{{
			Kind: errandKind, Name: "t:1:a", Met: 2, Missed: 3, Running: 1, Known: 5, MedianDays: 3, NinetiethDay: 3, MedianLength: 3,
		}},
		OverdueTasks: 1, OverdueCases: 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must[store.Statistics](t)(f.Statistics(ctx, auditor, gatheringKind, f.now())); len(got.States) != 1 || got.Limits == nil || len(got.Limits) != 0 || got.OverdueCases != 0 {
		t.Errorf("of gatherings: %+v", got)
	}
	if got := must[store.Statistics](t)(f.Statistics(ctx, identity.System(), errandKind, f.now())); got.States[1].Cases != 5 || got.OverdueTasks != 2 {
		t.Errorf("for the system: %+v", got)
	}
	if got := must[store.Statistics](t)(f.Statistics(ctx, auditor, "", f.now(), "t:1:a")); got.OverdueCases != 0 || len(got.Limits) != 1 {
		t.Errorf("a day that has come was missed: %+v", got)
	}
	_, err := f.Statistics(ctx, officer, "", f.now())
	wantErr(t, err, store.ErrNotFound)

	limits := map[string]store.DeadlineView{}
	for l, err := range f.ExportDeadlines(ctx, identity.System(), store.DeadlineFilter{}) {
		check(t, err)
		limits[l.Case] = l
	}
	if b := limits["b"]; b.Over == nil || b.Used == nil || *b.Used != 2 || b.Length != 5 {
		t.Errorf("limit of b: %+v", b)
	}
	if c := limits["c"]; !c.Passed || c.Over == nil {
		t.Errorf("limit of c: %+v", c)
	}
}
