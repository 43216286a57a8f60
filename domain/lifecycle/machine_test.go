package lifecycle_test

import (
	"encoding/json"
	"testing"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// The organisations of the tests.
const (
	operator = "operator"
	agency   = "agency"
	supplier = "supplier"
)

// job is a small kind of case that uses everything the grammar has.
type job struct {
	lifecycle.Header

	Ready  bool     `json:"ready"`
	Colour string   `json:"colour,omitempty"`
	Log    []string `json:"log,omitempty"`
}

const (
	asked   lifecycle.State = "asked"
	working lifecycle.State = "working"
	paused  lifecycle.State = "paused"
	done    lifecycle.State = "done"
)

type (
	openInput struct {
		For string `json:"for"`
	}
	pickInput struct {
		Colour string `json:"colour"`
	}
	finishInput struct {
		lifecycle.TaskInput
		Words string `json:"words"`
	}
	opened   struct{}
	started  struct{}
	readied  struct{}
	picked   struct{ Colour string }
	held     struct{}
	resumed  struct{}
	rejected struct{}
	over     struct{}
	lapsed   struct{}
)

func (in openInput) OrganizationID() string { return in.For }

func (opened) EventType() string   { return "opened" }
func (started) EventType() string  { return "started" }
func (readied) EventType() string  { return "readied" }
func (picked) EventType() string   { return "picked" }
func (held) EventType() string     { return "held" }
func (resumed) EventType() string  { return "resumed" }
func (rejected) EventType() string { return "rejected" }
func (over) EventType() string     { return "over" }
func (lapsed) EventType() string   { return "lapsed" }

func words(s string) text.Text { return text.Text{ZH: s, EN: s} }

var notReady = refusal.NotInState // what the guard of the tests refuses with is of no matter

func limitOf(span calendar.Span, remind int) policy.Limit {
	return policy.Limit{Source: policy.Source{Article: "test", Mark: policy.Default}, Span: policy.Span{Span: span}, Rule: words("for the test"), RemindBefore: remind}
}

var (
	workLimit = limitOf(calendar.WorkingDays(5), 2)
	yearly    = limitOf(calendar.FixedDate{Month: time.March, Day: 31}, 5)
)

type (
	contents = []lifecycle.Content
	rule     = lifecycle.Rule[*job]
	refused  = *refusal.Refusal
)

func at(states ...lifecycle.State) []lifecycle.State { return states }

func emit(events ...lifecycle.Content) lifecycle.Decider[*job] {
	return lifecycle.Decide(func(*job, struct{}, lifecycle.Env) (contents, refused) { return events, nil })
}

func machine() lifecycle.Machine[*job] {
	applicant := lifecycle.By(lifecycle.In(lifecycle.OfApplicant, identity.Applicant))
	officer := lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer))
	return lifecycle.Machine[*job]{
		Name: "job", Words: words("job"), New: func() *job { return &job{} },
		Phases: []lifecycle.PhaseInfo{{Name: "only", Words: words("only")}},
		States: []lifecycle.StateInfo{
			{Name: asked, Phase: "only", Turn: applicant, Words: words("asked"), Draft: true},
			{Name: working, Phase: "only", Turn: applicant, Words: words("working")},
			{Name: paused, Phase: "only", Turn: applicant, Words: words("paused")},
			{Name: done, Phase: "only", Words: words("done"), Final: true},
		},
		Rules:  append(rules(applicant, officer), lifecycle.Claiming[*job](lifecycle.In(lifecycle.OfAgency, identity.Administrator), working)...),
		Events: events(),
		Due: func(_ *job, d lifecycle.Deadline, env lifecycle.Env) contents {
			if d.Name != "yearly" {
				return nil
			}
			return contents{lapsed{}, env.Limit("yearly", yearly, lifecycle.Recipients{Role: "first"}, lifecycle.Recipients{Role: "next"})}
		},
		DueEmits: lifecycle.Emits(lapsed{}),
	}
}

func rules(applicant, officer []lifecycle.Party) []rule {
	ready := lifecycle.Guard[*job]{Words: words("ready"), Check: func(j *job, _ lifecycle.Env) refused {
		if !j.Ready {
			return notReady.With()
		}
		return nil
	}}
	return []rule{
		{
			Command: "open", Words: words("open"), To: at(asked), By: applicant, Emits: lifecycle.Emits(opened{}),
			Decide: lifecycle.Decide(func(*job, openInput, lifecycle.Env) (contents, refused) { return contents{opened{}}, nil }),
		},
		{
			Command: "start", Words: words("start"), From: at(asked), To: at(working), By: applicant, Emits: lifecycle.Emits(started{}),
			Decide: lifecycle.Decide(start),
		},
		{Command: "ready", Words: words("ready"), From: at(working), To: at(working), By: applicant, Emits: lifecycle.Emits(readied{}), Decide: emit(readied{})},
		{
			Command: "pick", Words: words("pick"), From: at(working), To: at(working), By: applicant, Emits: lifecycle.Emits(picked{}),
			Offer: func(j *job, _ lifecycle.Env) bool { return j.Colour == "" },
			Decide: lifecycle.Decide(func(j *job, in pickInput, _ lifecycle.Env) (contents, refused) {
				if j.Colour != "" || in.Colour == "" {
					return nil, refusal.InvalidFields([]refusal.Field{refusal.Required.At("colour")})
				}
				return contents{picked(in)}, nil
			}),
		},
		{
			Command: "pause", Words: words("pause"), From: at(working), To: at(paused), By: officer, Emits: lifecycle.Emits(held{}),
			Decide: lifecycle.Decide(func(j *job, _ struct{}, env lifecycle.Env) (contents, refused) {
				return append(contents{held{}}, j.StopClocks(env)...), nil
			}),
		},
		{
			Command: "go-on", Words: words("go on"), From: at(paused), To: at(working), By: officer, Emits: lifecycle.Emits(resumed{}),
			Decide: lifecycle.Decide(func(j *job, _ struct{}, env lifecycle.Env) (contents, refused) {
				return append(contents{resumed{}}, j.RestartClocks(env)...), nil
			}),
		},
		{
			Command: "reject", Words: words("reject"), From: at(working), To: at(done), By: officer, Step: "judgement", Guards: []lifecycle.Guard[*job]{ready},
			Emits: lifecycle.Emits(rejected{}), Decide: lifecycle.Decide(func(j *job, _ struct{}, _ lifecycle.Env) (contents, refused) {
				return append(contents{rejected{}}, j.Drop()...), nil
			}),
		},
		{
			Command: "finish", Words: words("finish"), From: at(working), To: at(working), By: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Task: lifecycle.Held,
			Decide: lifecycle.Decide(func(j *job, in finishInput, _ lifecycle.Env) (contents, refused) {
				if in.Words == "" {
					return nil, refusal.InvalidFields([]refusal.Field{refusal.Required.At("words")})
				}
				return append(contents{lifecycle.TaskFinished{Task: in.Task, Outcome: "done", Opinion: in.Words}}, j.EndDeadlines(j.Task(in.Task).Deadline)...), nil
			}),
		},
		{
			Command: "end", Words: words("end"), From: at(working, paused), To: at(done), By: lifecycle.By(lifecycle.TheSystem), Emits: lifecycle.Emits(over{}),
			Decide: emit(over{}),
		},
	}
}

// start opens a task for each of two steps and one that decides nothing, with limits of every sort.
func start(j *job, _ struct{}, env lifecycle.Env) (contents, refused) {
	first, last := lifecycle.Recipients{Role: "first"}, lifecycle.Recipients{Role: "last"}
	task := func(n int, name, step, deadline string) lifecycle.Content {
		return j.NewTask(n, lifecycle.Task{
			Name: name, Title: words(name), Kind: identity.DataSupplier, Role: identity.SupplyReviewer, Step: step, Deadline: deadline,
		}, env.Now)
	}
	return contents{
		started{},
		task(0, "one", "step-one", "work"), task(1, "two", "step-two", ""), task(2, "chore", "", ""),
		env.Limit("work", workLimit, first, last), env.Limit("yearly", yearly, first, last),
		env.LimitOn("date", limitOf(calendar.CalendarDays(0), 0), calendar.DateOf(env.Now).AddDays(60), first, lifecycle.Recipients{}),
	}, nil
}

func events() []lifecycle.EventType[*job] {
	to := func(s lifecycle.State) func(j *job) { return func(j *job) { j.State = s } }
	return []lifecycle.EventType[*job]{
		lifecycle.On(func(j *job, _ opened, e lifecycle.Event) {
			j.State, j.Applicant, j.Agency = asked, e.By.Organization, agency
		}),
		moving[started](to(working)),
		moving[readied](func(j *job) { j.Ready = true }),
		lifecycle.On(func(j *job, e picked, _ lifecycle.Event) { j.Colour = e.Colour }),
		moving[held](to(paused)),
		moving[resumed](to(working)),
		lifecycle.On(func(j *job, _ rejected, e lifecycle.Event) {
			j.State = done
			j.Acted("judgement", e.By.Person)
		}),
		moving[over](to(done)),
		moving[lapsed](func(j *job) { j.Log = append(j.Log, "lapsed") }),
	}
}

func moving[E lifecycle.Content](apply func(j *job)) lifecycle.EventType[*job] {
	return lifecycle.On(func(j *job, _ E, _ lifecycle.Event) { apply(j) })
}

var compiled = machine().Compile()

func who(person string, grants ...identity.Grant) identity.Actor {
	return identity.Actor{Person: person, Grants: grants}
}

func grant(organization string, kind identity.Kind, role identity.Role) identity.Grant {
	return identity.Grant{Organization: organization, Kind: kind, Role: role}
}

// The people of the tests.
var (
	asksFor  = grant(operator, identity.Operator, identity.Applicant)
	handles  = grant(agency, identity.Agency, identity.CaseOfficer)
	runs     = grant(agency, identity.Agency, identity.Administrator)
	supplies = grant(supplier, identity.DataSupplier, identity.SupplyReviewer)

	applicant     = who("applicant", asksFor)
	officer       = who("officer", handles)
	administrator = who("administrator", runs)
	reviewer      = who("reviewer", supplies)
	colleague     = who("colleague", supplies)
)

// run is one case being driven.
type run struct {
	j      *job
	env    lifecycle.Env
	events []lifecycle.Event
}

// newRun is a case in the state asked, on Monday 2026-03-02; the calendar knows no year, so that every weekday is worked.
func newRun(t *testing.T) *run {
	t.Helper()
	j, ok := compiled.Blank("job-1").(*job)
	if !ok {
		t.Fatal("not a job")
	}
	r := &run{j: j, env: lifecycle.Env{Now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}}
	r.do(t, applicant, "open", openInput{For: operator})
	return r
}

func (r *run) try(t *testing.T, actor identity.Actor, name string, input any) refused {
	t.Helper()
	raw, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	events, no := compiled.Decide(r.j, lifecycle.Command{ID: "c", Name: name, Actor: actor, Data: raw}, r.env)
	for _, e := range events {
		if err := compiled.Evolve(r.j, e); err != nil {
			t.Fatal(err)
		}
	}
	r.events = append(r.events, events...)
	return no
}

func (r *run) do(t *testing.T, actor identity.Actor, name string, input any) {
	t.Helper()
	if no := r.try(t, actor, name, input); no != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, actor.Person, r.j.State, no.Code, no.Fields)
	}
}

func (r *run) refuse(t *testing.T, actor identity.Actor, name string, input any, code refusal.Code) {
	t.Helper()
	if no := r.try(t, actor, name, input); no == nil || no.Code != code.Name {
		t.Fatalf("%s by %s in %q: want %s, got %v", name, actor.Person, r.j.State, code.Name, no)
	}
}

// pass lets the days go by to nine o'clock in China on a day.
func (r *run) pass(day string) {
	d, err := calendar.ParseDate(day)
	if err != nil {
		panic(err)
	}
	r.env.Now = d.Start().Add(9 * time.Hour)
}

// working is a case in the state working.
func newWork(t *testing.T) *run {
	t.Helper()
	r := newRun(t)
	r.do(t, applicant, "start", nil)
	return r
}

func task(n string) lifecycle.TaskInput { return lifecycle.TaskInput{Task: "job-1." + n} }

func finish(n string) finishInput { return finishInput{TaskInput: task(n), Words: "seen"} }
