package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"datacharter/calendars"
	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/domain/kinds"
	"datacharter/reconcile"
	"datacharter/serve"
	"datacharter/workflows"
)

// inside is the whole system in the test's own process, so that a test can do what nobody is meant to.
type inside struct {
	t *testing.T
	*serve.System
	cluster *cluster
}

func startInside(t *testing.T) *inside {
	t.Helper()
	ctx, o := t.Context(), options{Data: t.TempDir(), Demo: true}
	quiet := slog.New(slog.DiscardHandler)
	c, err := o.cluster(ctx, quiet)
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	system, err := o.open(ctx, quiet)
	must(t, err)
	t.Cleanup(func() { must(t, system.Close()) })
	_, err = demo.Seed(ctx, system.Store, o.Data)
	must(t, err)
	workers, err := system.Workers(c.client, filepath.Join(o.Data, "log-keys"))
	must(t, err)
	must(t, workers.Start())
	t.Cleanup(workers.Stop)
	must(t, c.settle(ctx, system))
	return &inside{t: t, System: system, cluster: c}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// give gives a command of the case, by its workflow or behind its back.
func (s *inside) give(behind bool, name, person string, input any) {
	s.t.Helper()
	data, err := json.Marshal(input)
	must(s.t, err)
	cmd := workflows.Command{Kind: authorization.Kind, Case: "aut-test", ID: "test/" + name, Name: name, Person: person, Data: data}
	var out workflows.Outcome
	if behind {
		out, err = s.Cases.Apply(s.t.Context(), cmd)
	} else {
		out, err = workflows.Give(s.t.Context(), s.cluster.client, cmd, name == "submit")
	}
	must(s.t, err)
	if out.Refusal != nil {
		s.t.Fatalf("%s: %+v", name, out.Refusal)
	}
}

// disagrees checks that the case, and no other, is named with the problem, and repairs it; an empty problem is none.
func (s *inside) disagrees(r *reconcile.Reconciler, open bool, problem reconcile.Problem) {
	s.t.Helper()
	part, err := r.Disagreements(s.t.Context(), open, "", 0)
	must(s.t, err)
	if len(part.Found) != 1 || part.Found[0].ID != "aut-test" || part.Found[0].Problem != problem {
		s.t.Fatalf("%+v, want %s", part.Found, problem)
	}
	for range 2 {
		left, err := r.Repair(s.t.Context(), "aut-test")
		must(s.t, err)
		if left != nil {
			s.t.Fatalf("%s is left of %s", left.Problem, problem)
		}
	}
}

// A workflow that is terminated, left behind or left over behind the system's back is found and brought in line with the record; and a calendar
// has the case count its limits anew through it.
func TestRepairsWhatHappenedBehindItsBack(t *testing.T) {
	s := startInside(t)
	ctx := t.Context()
	r := s.Reconciler(s.cluster.client)
	s.give(true, "draft", "spruce-applicant", demo.Application("公交到站预测"))
	s.give(false, "submit", "spruce-applicant", struct{}{})
	if part, err := r.Disagreements(ctx, true, "", 0); err != nil || part.Checked != 4 || len(part.Found) > 0 {
		t.Fatalf("%+v, %v", part, err)
	}

	must(t, s.cluster.client.TerminateWorkflow(ctx, "aut-test", "", "the test does what nobody is meant to"))
	s.disagrees(r, true, reconcile.Missing)
	s.recount()
	s.give(true, "accept", "officer", struct{}{})
	s.disagrees(r, true, reconcile.Differs)
	s.give(true, "withdraw", "spruce-applicant", authorization.ReasonInput{Reason: "不再需要"})
	s.disagrees(r, false, reconcile.Left)
	if part, err := r.Disagreements(ctx, false, "", 0); err != nil || len(part.Found) > 0 {
		t.Errorf("%+v, %v", part, err)
	}
}

// recount uploads a calendar by which the case's limit would end on a day off, and waits for the recount.
func (s *inside) recount() {
	s.t.Helper()
	ctx, k := s.t.Context(), s.Keeper(s.cluster.client)
	def, err := kinds.Of(authorization.Kind)
	must(s.t, err)
	due := func() string {
		c, err := s.Store.Case(ctx, def, "aut-test")
		must(s.t, err)
		return c.Head().Deadline("completeness").Due.On.String()
	}
	before := due()
	content, err := json.Marshal(map[string]any{"year": json.Number(before[:4]), "notice": "（测试）更正通知", "days": []map[string]any{{"date": before, "isOffDay": true}}})
	must(s.t, err)
	_, refused, err := k.Put(ctx, "administrator", "test", content)
	if err != nil || refused != nil {
		s.t.Fatalf("%+v, %v", refused, err)
	}
	p, refused, err := k.Preview(ctx, nil, "", 0)
	if err != nil || refused != nil || len(p.Moves) != 1 || due() != before {
		s.t.Fatalf("%+v, %+v, %v", p, refused, err)
	}
	if _, refused, err := k.StartRecount(ctx, "administrator", p.Calendar); err != nil || refused != nil {
		s.t.Fatalf("%+v, %v", refused, err)
	}
	waited, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	var progress calendars.Progress
	for progress.FinishedAt == nil {
		select {
		case <-waited.Done():
			s.t.Fatalf("not finished: %+v", progress)
		case <-time.After(50 * time.Millisecond):
		}
		progress, _, err = k.Progress(ctx)
		must(s.t, err)
	}
	if progress.Recounted != 1 || progress.Failed != 0 || due() != p.Moves[0].To.On.String() || due() == before {
		s.t.Errorf("%+v, due %s", progress, due())
	}
}
