package seed

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/internal/lives"
	"datacharter/policies"
	"datacharter/workflows"
)

// template is one life, as events: an authorisation with its meetings and its exit.
type template struct {
	name  string // stands in the ID of each case
	kinds map[string]lifecycle.Kind
	cases [][]lifecycle.Event
	tasks int
}

const templateTitle = "公交数据授权运营(虚构)" // of lives.Application

// stop is how far a life goes.
type stop struct {
	name   string
	share  int // of a hundred
	oldest int // days ago that it may have begun
	latest int
	lead   func(a *lives.Authorization, r *rand.Rand)
}

// stops are a plausible mixture: most applications are returned from review once or twice before they pass.
var stops = []stop{
	{"draft", 3, 60, 0, func(*lives.Authorization, *rand.Rand) {}},
	{"submitted", 5, 6, 0, func(a *lives.Authorization, _ *rand.Rand) { a.Submit() }},
	{"returned", 3, 20, 2, func(a *lives.Authorization, _ *rand.Rand) { a.Submit(); a.As(lives.Officer, "return", incomplete) }},
	{"first review", 6, 12, 0, func(a *lives.Authorization, r *rand.Rand) { received(a); partly(a, r) }},
	{"fourth review", 18, 45, 8, func(a *lives.Authorization, r *rand.Rand) { received(a); rounds(a, r, 3); partly(a, r) }},
	{"returned from review", 6, 60, 10, func(a *lives.Authorization, r *rand.Rand) { received(a); rounds(a, r, 1); sentBack(a, r) }},
	{"awaiting decision", 10, 80, 15, func(a *lives.Authorization, r *rand.Rand) { reviewed(a, r, 3) }},
	{"rejected", 8, 690, 60, func(a *lives.Authorization, r *rand.Rand) {
		received(a)
		rounds(a, r, 2)
		decideAll(a, review.Reject)
	}},
	{"withdrawn", 16, 690, 60, func(a *lives.Authorization, r *rand.Rand) {
		received(a)
		rounds(a, r, 4)
		a.As(lives.Applicant, "withdraw", authorization.ReasonInput{Reason: "业务方向调整"})
	}},
	{"agreement", 7, 150, 60, func(a *lives.Authorization, r *rand.Rand) {
		reviewed(a, r, 3)
		a.Decide(meetingOf(a, 1), resolution.For)
	}},
	{"operating", 14, 690, 150, func(a *lives.Authorization, r *rand.Rand) { operating(a, r) }},
	{"exiting", 4, 690, 250, func(a *lives.Authorization, r *rand.Rand) {
		operating(a, r)
		for _, g := range policies.National().Exit.Grounds {
			if g.Trigger == policy.ByOperator {
				x := a.Leave(g)
				// What a workflow does by itself.
				x.As(identity.SystemPerson, "open", exit.OpenInput{Authorization: a.ID})
				x.As(identity.SystemPerson, "note-notice", exit.ResultInput{Result: "notice-in-outbox"})
				x.Decide(exit.Terminate)
				return
			}
		}
	}},
}

func received(a *lives.Authorization) {
	a.Submit()
	a.Wait(24 * time.Hour)
	a.Accept()
}

// rounds has the reviews send the application back and the applicant hand it in again, so many times.
func rounds(a *lives.Authorization, r *rand.Rand, n int) {
	for range n {
		sentBack(a, r)
		a.Wait(24 * time.Hour)
		a.As(lives.Applicant, "resubmit", authorization.Nothing{})
	}
}

// sentBack has one of the open reviews return the application.
func sentBack(a *lives.Authorization, r *rand.Rand) {
	first := true
	for a.Case().State == authorization.Reviewing {
		outcome := review.Approve
		if first {
			outcome, first = review.Return, false
		}
		reviewNext(a, r, outcome)
	}
}

func decideAll(a *lives.Authorization, outcome string) {
	for _, t := range a.Case().Tasks {
		if t.Active() {
			a.Review(t.Name, outcome)
		}
	}
}

// partly has some of the open reviews claimed and some decided.
func partly(a *lives.Authorization, r *rand.Rand) {
	for range r.IntN(5) {
		reviewNext(a, r, review.Approve)
	}
	for _, t := range a.Case().Tasks {
		if t.State == lifecycle.TaskOpen && r.IntN(3) == 0 {
			a.As(holder(t), "claim", lifecycle.TaskInput{Task: t.ID})
		}
	}
}

func reviewNext(a *lives.Authorization, r *rand.Rand, outcome string) {
	a.Wait(time.Duration(r.IntN(30)) * time.Hour)
	for _, t := range a.Case().Tasks {
		if t.Active() {
			a.Review(t.Name, outcome)
			return
		}
	}
}

func reviewed(a *lives.Authorization, r *rand.Rand, returns int) {
	received(a)
	rounds(a, r, returns)
	for a.Case().State == authorization.Reviewing {
		reviewNext(a, r, review.Approve)
	}
}

func operating(a *lives.Authorization, r *rand.Rand) {
	reviewed(a, r, 4)
	a.Decide(meetingOf(a, 1), resolution.For)
	a.Contract(meetingOf(a, 2), 20)
	a.Reaches(authorization.Operating, 24*time.Hour)
}

func meetingOf(a *lives.Authorization, n int) string {
	return fmt.Sprintf("mee-%s-%d", a.ID[len("aut-"):], n)
}

func holder(t lifecycle.Task) string {
	for _, p := range lives.People {
		if t.For(identity.Grant{Organization: p.Organization, Kind: p.Kind, Role: p.Role}) {
			return p.ID
		}
	}
	return ""
}

var incomplete = authorization.ReturnInput{Missing: []authorization.Missing{{Path: "capabilities.finance", Text: "请补充近三年财务情况。"}}}

// livesOfHundredth is how many lives are led for each hundredth of the mixture.
const livesOfHundredth = 2

// leadLives leads the lives of every stop, so that each has come where it is by now.
func leadLives(r *rand.Rand, now time.Time) ([]template, error) {
	var all []template
	for _, s := range stops {
		for range s.share * livesOfHundredth {
			days := s.latest + r.IntN(s.oldest-s.latest)
			t, err := leadLife(s, fmt.Sprintf("template%04d", len(all)), now.Add(-time.Duration(days*24+r.IntN(24))*time.Hour), now, r)
			if err != nil {
				return nil, fmt.Errorf("a life until %q: %w", s.name, err)
			}
			all = append(all, t)
		}
	}
	return all, nil
}

// conductor ends a script that fails: the scripts of the lives report to a test.
type conductor struct{ testing.TB }

func (conductor) Helper() {}

func (conductor) Fatalf(format string, args ...any) { panic(fmt.Errorf(format, args...)) }

// leadLife leads one life from a moment until now, in memory.
func leadLife(s stop, name string, from, now time.Time, r *rand.Rand) (t template, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = errors.Join(err, fmt.Errorf("%v", failed))
		}
	}()
	w, err := lives.NewWorld()
	if err != nil {
		return template{}, err
	}
	l := &life{world: w, cases: map[string]lifecycle.Kind{}, now: from.UTC().Truncate(time.Microsecond)}
	w.Now = func() time.Time { return l.now }
	a := (&lives.Director{T: conductor{}, Now: w.Now, Wait: l.wait, Case: w.Case, Give: l.give}).Draft("aut-"+name, 60)
	s.lead(a, r)
	l.wait(now.Sub(l.now))
	return l.template(name), nil
}

// life is a world on a clock that is moved, in which due times come and messages arrive.
type life struct {
	world *lives.World
	cases map[string]lifecycle.Kind
	now   time.Time
	ticks int
}

func (l *life) give(cmd workflows.Command) workflows.Outcome {
	out, err := l.world.Apply(context.Background(), cmd)
	if err != nil {
		panic(err)
	}
	if out.Version > 0 {
		l.cases[cmd.Case] = cmd.Kind
	}
	for _, sent := range l.world.Undelivered() {
		l.give(workflows.Command{Kind: sent.Kind, Case: sent.Case, ID: sent.ID, Name: sent.Command, Person: identity.SystemPerson, Data: sent.Data})
	}
	return out
}

func (l *life) wait(d time.Duration) {
	until := l.now.Add(d)
	for {
		next, due := l.world.Due(until)
		if !due {
			break
		}
		l.now = next.WakeAt.UTC()
		l.ticks++
		l.give(workflows.Command{Kind: next.Kind, Case: next.Case, ID: fmt.Sprintf("tick-%d", l.ticks), Name: lifecycle.Tick, Person: identity.SystemPerson})
	}
	l.now = until
}

// template takes down what has happened.
func (l *life) template(name string) template {
	t := template{name: name, kinds: map[string]lifecycle.Kind{}}
	for _, id := range slices.Sorted(maps.Keys(l.cases)) {
		events := l.world.Events(id)
		t.cases, t.kinds[id] = append(t.cases, events), l.cases[id]
		for _, e := range events {
			if e.Type == (lifecycle.TaskOpened{}).EventType() {
				t.tasks++
			}
		}
	}
	return t
}
