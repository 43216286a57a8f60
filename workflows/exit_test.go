package workflows_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/internal/lives"
	"datacharter/policies"
	"datacharter/workflows"
)

// ground finds a ground of the national profile.
func ground(t *testing.T, code string) policy.ExitGround {
	t.Helper()
	for _, g := range policies.National().Exit.Grounds {
		if g.Code == code {
			return g
		}
	}
	t.Fatalf("no ground %q", code)
	return policy.ExitGround{}
}

// breach is an adverse ground on which access is suspended while the exit is pending.
func breach(t *testing.T) policy.ExitGround {
	t.Helper()
	g := ground(t, "beyond-scope")
	if !g.Interim || !g.Adverse {
		t.Fatalf("ground %+v", g)
	}
	return g
}

// leaving is an authorisation whose exit on the ground has been opened, and not begun.
func leaving(t *testing.T, g policy.ExitGround, before ...func(*lives.Authorization)) (*lifetime, *lives.Authorization, workflows.CaseInput) {
	t.Helper()
	l := newLifetime(t)
	months := 12
	if g.Trigger == policy.ByExpiry {
		months = 1
	}
	var a *lives.Authorization
	l.before(func(d *lives.Director) {
		a = d.Operating("a-1", months, 7)
		for _, f := range before {
			f(a)
		}
		a.Leave(g)
	})
	return l, a, workflows.CaseInput{Case: a.Exit().ID, Parent: "a-1"}
}

// exit runs the workflow of the exit.
func (l *lifetime) exit(in workflows.CaseInput, script func(*lives.Exit)) {
	l.t.Helper()
	l.restart(exit.Kind, in, func(d *lives.Director) {
		x := &lives.Exit{Director: d, ID: in.Case}
		x.Until("the opening", time.Minute, func() bool { return x.Case().Version > 0 })
		script(x)
	})
	var goesOn *workflow.ContinueAsNewError
	surviving := errors.As(l.ended, &goesOn) && l.World.Case(exit.Machine, in.Case).Head().State == exit.Surviving // for years
	if l.ended != nil && !surviving || len(l.refused) > 0 {
		l.t.Errorf("ended with %v, refused %v", l.ended, l.refused)
	}
	l.punctual(exit.Machine, in.Case)
}

func (l *lifetime) types(id string) []string {
	var out []string
	for _, e := range l.Events(id) {
		out = append(out, e.Type)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\ngot  %q\nwant %q", what, got, want)
	}
}

// Each ground of the national profile has its own way to the wind-down, which is the same for all.
func TestEveryGround(t *testing.T) {
	for _, g := range policies.National().Exit.Grounds {
		t.Run(g.Code, func(t *testing.T) {
			l, a, in := leaving(t, g)
			l.exit(in, func(x *lives.Exit) {
				if g.Trigger != policy.ByExpiry {
					x.Decide(exit.Terminate)
					x.Serve()
				}
				x.WindDown()
			})
			want := []string{workflows.CloseAccess, workflows.Delist, workflows.PublicNotice}
			if g.Interim {
				want = slices.Insert(want, 0, workflows.SuspendAccess)
			}
			same(t, "steps", l.steps, want)
			types := l.types(in.Case)
			heard, decided := slices.Contains(types, "defence-stated"), slices.Contains(types, "decision-served")
			if heard != g.Adverse || decided != (g.Trigger != policy.ByExpiry) {
				t.Errorf("heard %t, decided %t: %q", heard, decided, types)
			}
			if c := a.Case(); c.State != authorization.Closed || c.Access != authorization.AccessClosed || slices.ContainsFunc(c.Products, func(p authorization.Product) bool { return p.Listed }) {
				t.Errorf("the authorisation is %s, access %s, products %+v", c.State, c.Access, c.Products)
			}
		})
	}
}

// Whatever was done before the decision is undone newest first, however often a step fails.
func TestStop(t *testing.T) {
	for name, wait := range map[string]func(*lives.Exit){
		"during the hearing":  func(x *lives.Exit) { x.Reaches(exit.Hearing, hour) },
		"before the decision": func(x *lives.Exit) { x.Reaches(exit.Deciding, day) },
	} {
		t.Run(name, func(t *testing.T) {
			l, a, in := leaving(t, breach(t))
			tries := map[string]int{}
			l.windDown = func(in workflows.WindDownInput) error {
				if tries[in.Step]++; tries[in.Step] < 5 {
					return errors.New("the authorisation does not answer")
				}
				return nil
			}
			l.exit(in, func(x *lives.Exit) {
				wait(x)
				x.As(lives.Administrator, "stop", exit.ReasonInput{Reason: "整改完成"})
				x.Reaches(exit.Stopped, hour)
			})
			same(t, "steps", l.steps, []string{workflows.SuspendAccess, workflows.RestoreAccess})
			types := l.types(in.Case)
			same(t, "events", types[slices.Index(types, "stop-ordered"):], undone(types, "measure-undone", "measure-undone", "exit-ended"))
			measures := a.Exit().Case().Measures
			if len(measures) != 2 || measures[0].Name != exit.Interim || measures[0].UndoneAt.Before(*measures[1].UndoneAt) {
				t.Errorf("measures %+v", measures)
			}
			goesOn(t, a, authorization.Operating, authorization.AccessOpen)
		})
	}
}

// undone are the events from the stop on: the clocks that still ran end with it.
func undone(types []string, rest ...string) []string {
	want, running := []string{"stop-ordered"}, 0
	for _, name := range types[:slices.Index(types, "stop-ordered")] {
		switch name {
		case "deadline-started":
			running++
		case "deadline-passed", "deadline-ended":
			running--
		}
	}
	return append(append(want, slices.Repeat([]string{"deadline-ended"}, running)...), rest...)
}

func goesOn(t *testing.T, a *lives.Authorization, state lifecycle.State, access authorization.Access) {
	t.Helper()
	if c := a.Case(); c.State != state || c.Access != access {
		t.Errorf("the authorisation is %s, access %s", c.State, c.Access)
	}
}

// An administrator stops the exit while access is being suspended: what was ordered takes effect before it is undone, never after.
func TestStopDuringInterimMeasure(t *testing.T) {
	l, a, in := leaving(t, breach(t))
	l.windDown = func(in workflows.WindDownInput) error {
		if in.Step == workflows.SuspendAccess && a.Exit().Case().State == exit.Opened {
			return temporal.NewApplicationErrorWithOptions("not yet", "", temporal.ApplicationErrorOptions{NextRetryDelay: hour})
		}
		return nil
	}
	l.exit(in, func(x *lives.Exit) {
		x.Until("the order", time.Minute, func() bool { return len(x.Case().Measures) == 1 })
		d := x.Now()
		x.As(lives.Administrator, "stop", exit.ReasonInput{Reason: "误启动"})
		if x.Now().After(d.Add(time.Minute)) {
			t.Error("the stop waited for the step")
		}
		x.Reaches(exit.Stopped, hour)
	})
	same(t, "steps", l.steps, []string{workflows.SuspendAccess, workflows.RestoreAccess})
	if slices.Contains(l.types(in.Case), "notice-served") {
		t.Error("notice was given though the exit was being stopped")
	}
	goesOn(t, a, authorization.Operating, authorization.AccessOpen)
}

// The stop gets in before the measure is registered: nothing is suspended, and undoing it does nothing.
func TestStopBeforeInterimMeasure(t *testing.T) {
	l, a, in := leaving(t, breach(t))
	l.Fail = func(command string) error {
		if command != "note-interim" {
			return nil
		}
		l.Fail = nil
		_, err := l.Apply(t.Context(), workflows.Command{
			Kind: exit.Kind, Case: in.Case, ID: "stop", Name: "stop", Person: lives.Administrator, Data: []byte(`{"reason":"误启动"}`),
		})
		return err
	}
	l.exit(in, func(x *lives.Exit) { x.Reaches(exit.Stopped, time.Minute) })
	same(t, "steps", l.steps, []string{workflows.RestoreAccess})
	goesOn(t, a, authorization.Operating, authorization.AccessOpen)
}

// The same between notice and its record: the notice is not given any more.
func TestStopBeforeNotice(t *testing.T) {
	l, a, in := leaving(t, ground(t, "breach"))
	l.Fail = func(command string) error {
		if command != "note-notice" {
			return nil
		}
		l.Fail = nil
		_, err := l.Apply(t.Context(), workflows.Command{
			Kind: exit.Kind, Case: in.Case, ID: "stop", Name: "stop", Person: lives.Administrator, Data: []byte(`{"reason":"误启动"}`),
		})
		return err
	}
	l.exit(in, func(x *lives.Exit) { x.Reaches(exit.Stopped, time.Minute) })
	same(t, "events", l.types(in.Case), []string{"exit-opened", "stop-ordered", "exit-ended"})
	goesOn(t, a, authorization.Operating, authorization.AccessOpen)
}

// The decision is the pivot: after it there is only forward.
func TestNothingUndoneAfterPivot(t *testing.T) {
	l, a, in := leaving(t, breach(t))
	stop := func(x *lives.Exit) {
		t.Helper()
		x.Refused(refusal.NotInState, lives.Administrator, exit.Machine, x.ID, "stop", exit.ReasonInput{Reason: "太迟"})
	}
	l.exit(in, func(x *lives.Exit) {
		x.Decide(exit.Terminate)
		stop(x)
		x.Serve()
		x.Reaches(exit.WindingDown, time.Minute)
		stop(x)
		x.WindDown()
		x.Refused(refusal.NotInState, lives.Administrator, exit.Machine, x.ID, "stop", exit.ReasonInput{Reason: "太迟"})
	})
	if slices.Contains(l.steps, workflows.RestoreAccess) || slices.Contains(l.types(in.Case), "measure-undone") {
		t.Errorf("undone: steps %q", l.steps)
	}
	goesOn(t, a, authorization.Closed, authorization.AccessClosed)
}

// A decision that the authorisation goes on undoes the measures too; a suspension that came before the exit stays in force.
func TestDecisionToContinue(t *testing.T) {
	l, a, in := leaving(t, breach(t), func(a *lives.Authorization) {
		a.As(lives.Administrator, "suspend", authorization.SuspendInput{Ground: "security-risk", Authority: "网安函〔2026〕1号", Reason: "整改"})
	})
	l.exit(in, func(x *lives.Exit) {
		x.Decide(exit.Continue)
		x.Reaches(exit.Stopped, time.Minute)
	})
	if c := a.Exit().Case(); c.Outcome != exit.OutcomeContinued {
		t.Errorf("outcome %s", c.Outcome)
	}
	goesOn(t, a, authorization.Suspended, authorization.AccessSuspended)
}

// A step of the system that keeps failing is escalated when its limit passes, and done when it can be.
func TestFailingStepIsEscalated(t *testing.T) {
	profile := *policies.National()
	profile.Exit.Steps = slices.Clone(profile.Exit.Steps)
	profile.Exit.Steps[0].Limit = &policy.Limit{
		Source: policy.Source{Article: "none", Mark: policy.Default}, Span: policy.Span{Span: calendar.CalendarDays(3)}, Rule: text.Text{ZH: "3日内", EN: "within 3 days"},
	}
	l := newLifetime(t)
	l.Profile = &profile
	var a *lives.Authorization
	l.before(func(d *lives.Director) {
		a = d.Operating("a-1", 1, 7)
		a.Leave(ground(t, "waiver"))
	})
	failures := 0
	l.windDown = func(in workflows.WindDownInput) error {
		if in.Step == workflows.CloseAccess && failures < 5 {
			failures++
			return temporal.NewApplicationErrorWithOptions("not yet", "", temporal.ApplicationErrorOptions{NextRetryDelay: 2 * day})
		}
		return nil
	}
	l.exit(workflows.CaseInput{Case: a.Exit().ID, Parent: "a-1"}, func(x *lives.Exit) {
		x.Decide(exit.Terminate)
		x.Serve()
		x.WindDown()
	})
	same(t, "clock events", l.clockEvents(a.Exit().ID), []string{"2026-03-16T16:00:00 passed step-close-access"}) // three days, and a Sunday
}

// The term ends while an exit is pending that is then stopped: the exit of expiry opens at once, as the next child.
func TestExpiryDuringExit(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Operating("a-1", 1, 7)
		x := a.Leave(breach(t))
		d.Wait(40 * day)
		x.As(lives.Administrator, "stop", exit.ReasonInput{Reason: "证据不足"})
		a.Until("the next exit", time.Minute, func() bool { return a.Exit().ID != x.ID })
		a.Exit().WindDown()
		a.Reaches(authorization.Closed, time.Minute)
	})
	if l.ended != nil || len(l.refused) > 0 {
		t.Errorf("ended with %v, refused %v", l.ended, l.refused)
	}
	l.punctual(authorization.Machine, "a-1")
}

// A workflow for an exit that nobody asked for ends.
func TestUnknownExit(t *testing.T) {
	l := newLifetime(t)
	l.restart(exit.Kind, workflows.CaseInput{Case: "nowhere"}, func(d *lives.Director) { d.Wait(hour) })
	if l.ended != nil || len(l.inputs) != 1 || len(l.Events("nowhere")) > 0 {
		t.Errorf("ended with %v after %d runs", l.ended, len(l.inputs))
	}
}
