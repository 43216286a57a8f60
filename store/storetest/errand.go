package storetest

import (
	"cmp"
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
	"datacharter/domain/text"
)

// errand is a kind of case made for these tests: it does what the store must be able to keep, and means nothing.
type errand struct {
	lifecycle.Header
	Notes []string `json:"notes,omitempty"`
	Files []string `json:"files,omitempty"`
}

// AttachmentDigests implements store.Attaching.
func (e *errand) AttachmentDigests() []string { return e.Files }

// ResourceIDs implements store.NamingResources: files stand for resources too.
func (e *errand) ResourceIDs() []string { return e.Files }

// RegisteredIDs implements store.RegisteringResources: an errand keeps its resources registered from its first note to its end.
func (e *errand) RegisteredIDs() []string {
	if len(e.Notes) == 0 || e.State == done {
		return nil
	}
	return e.Files
}

// RegisterEntry implements store.Registered: the notes are what is on offer, the last one free of charge. Who has noted nothing is not public.
func (e *errand) RegisterEntry() (register.Entry, bool) {
	if len(e.Notes) == 0 {
		return register.Entry{}, false
	}
	entry := register.Entry{
		ID: e.ID, Title: e.Title, Grantee: e.Applicant, Agency: e.Agency, State: register.Operating, Mode: []string{"field", "whole"}[len(e.Title)%2],
		Term: register.Term{From: calendar.NewDate(2026, 1, 1), To: calendar.NewDate(2027, 1, 1).AddDays(len(e.Notes))}, Filed: calendar.NewDate(2026, 1, 1),
	}
	if e.State == done {
		entry.State = register.Closed
	}
	price, ceiling := yuan("0.5"), yuan("1")
	for i, note := range e.Notes {
		p := register.Product{Name: note, Class: agreement.Industry, Form: "接口", Unit: "calls", Price: &price, Ceiling: &ceiling, Listed: e.State != done}
		p.Since = calendar.NewDate(2026, 1, 1).AddDays(i)
		if i == len(e.Notes)-1 {
			free := yuan("0")
			p.Class, p.Unit, p.Price, p.Ceiling = agreement.PublicBenefit, "", &free, nil
		}
		entry.Products = append(entry.Products, p)
	}
	return entry, true
}

func yuan(s string) pricing.Price {
	p, err := pricing.ParsePrice(s)
	if err != nil {
		panic(err)
	}
	return p
}

// The kinds of case of these tests. Both work alike.
const (
	errandKind    lifecycle.Kind = "errand"
	gatheringKind lifecycle.Kind = "gathering"
)

const (
	drafted lifecycle.State = "drafted"
	running lifecycle.State = "running"
	done    lifecycle.State = "done"
)

type (
	opening struct {
		Title     string   `json:"title"`
		Applicant string   `json:"applicant"`
		Agency    string   `json:"agency"`
		Body      string   `json:"body"`
		Agent     string   `json:"agent"`
		Joint     []string `json:"joint"`
		Files     []string `json:"files"`
		Draft     bool     `json:"draft"`
	}
	asking struct {
		Name         string        `json:"name"`
		Kind         identity.Kind `json:"kind"`
		Role         identity.Role `json:"role"`
		Organization string        `json:"organization"`
		Days         int           `json:"days"`  // working days; 0 for no limit
		Also         int           `json:"also"`  // further limits that run beside it
		Notes        int           `json:"notes"` // notes taken with it
		Step         string        `json:"step"`  // "answering" when empty, none when "-"
	}
	noting struct {
		Notes   []string `json:"notes"`
		Publish bool     `json:"publish"`
		SendTo  string   `json:"send_to"`
		Tell    *lifecycle.Recipients
	}
	changing struct {
		Title  string `json:"title"`
		Agency string `json:"agency"`
		Body   string `json:"body"`
	}
	empty struct{}
)

type (
	opened    struct{ opening }
	submitted struct{}
	noted     struct {
		Note    string                `json:"note"`
		Publish bool                  `json:"publish,omitempty"`
		SendTo  string                `json:"send_to,omitempty"`
		Tell    *lifecycle.Recipients `json:"tell,omitempty"`
	}
	changed  struct{ changing }
	declared struct{}
	finished struct{}
)

func (opened) EventType() string    { return "opened" }
func (submitted) EventType() string { return "submitted" }
func (noted) EventType() string     { return "noted" }
func (changed) EventType() string   { return "changed" }
func (declared) EventType() string  { return "declared" }
func (finished) EventType() string  { return "finished" }

func words(s string) text.Text { return text.Text{ZH: "测试 " + s, EN: s} }

var anyone = lifecycle.By(lifecycle.Party{Where: lifecycle.Anywhere}, lifecycle.TheSystem)

// definitions are the kinds compiled.
var definitions = map[lifecycle.Kind]lifecycle.Definition{errandKind: machine(errandKind), gatheringKind: machine(gatheringKind)}

func find(kind lifecycle.Kind) lifecycle.Definition { return definitions[kind] }

func machine(kind lifecycle.Kind) lifecycle.Definition {
	m := lifecycle.Machine[*errand]{
		Name: kind, Words: words(string(kind)),
		New:    func() *errand { return &errand{} },
		Phases: []lifecycle.PhaseInfo{{Name: "before", Words: words("before")}, {Name: "during", Words: words("during")}, {Name: "after", Words: words("after")}},
		States: []lifecycle.StateInfo{
			{Name: drafted, Phase: "before", Turn: anyone, Words: words("drafted"), Draft: true},
			{Name: running, Phase: "during", Turn: anyone, Words: words("running")},
			{Name: done, Phase: "after", Words: words("done"), Final: true},
		},
		Rules: append(rules(), lifecycle.Claiming[*errand](lifecycle.In(lifecycle.OfAgency, identity.Administrator), running)...),
		Events: []lifecycle.EventType[*errand]{
			lifecycle.On(func(c *errand, e opened, _ lifecycle.Event) {
				c.Title, c.Applicant, c.Agency, c.Body, c.Files = e.Title, e.Applicant, e.Agency, e.Body, e.Files
				c.Agent, c.Joint = e.Agent, e.Joint
				c.Policy = lifecycle.PolicyRef{Name: "testing", Version: 1, Hash: "sha256:testing"}
				c.State = running
				if e.Draft {
					c.State = drafted
				}
			}),
			lifecycle.On(func(c *errand, _ submitted, _ lifecycle.Event) { c.State = running }),
			lifecycle.Sending(
				lifecycle.On(func(c *errand, e noted, _ lifecycle.Event) { c.Notes = append(c.Notes, e.Note) }),
				func(c *errand, e noted, _ lifecycle.Event) []lifecycle.Effect { return effects(c, e) }),
			lifecycle.On(func(c *errand, e changed, _ lifecycle.Event) { c.Title, c.Agency, c.Body = e.Title, e.Agency, e.Body }),
			lifecycle.On(func(c *errand, _ declared, e lifecycle.Event) { c.Interests = append(c.Interests, e.By.Person) }),
			lifecycle.On(func(c *errand, _ finished, _ lifecycle.Event) { c.State = done }),
		},
	}
	return m.Compile()
}

func effects(c *errand, e noted) []lifecycle.Effect {
	var out []lifecycle.Effect
	if e.Tell != nil {
		out = append(out, lifecycle.Tell(*e.Tell, "noted", "case", c.ID))
	}
	if e.Publish {
		out = append(out, lifecycle.Publish("noted", map[string]string{"note": e.Note}))
	}
	if e.SendTo != "" {
		out = append(out, lifecycle.SendTo(errandKind, e.SendTo, "note", noting{Notes: []string{e.Note}}))
	}
	return out
}

func rules() []lifecycle.Rule[*errand] {
	staying := func(command string, decide lifecycle.Decider[*errand]) lifecycle.Rule[*errand] {
		return lifecycle.Rule[*errand]{
			Command: command, Words: words(command), From: []lifecycle.State{drafted, running}, To: []lifecycle.State{drafted, running}, By: anyone, Decide: decide,
		}
	}
	return []lifecycle.Rule[*errand]{
		{
			Command: "open", Words: words("open"), To: []lifecycle.State{drafted, running}, By: anyone,
			Decide: just(func(_ *errand, in opening) []lifecycle.Content { return []lifecycle.Content{opened{in}} }),
		},
		{
			Command: "submit", Words: words("submit"), From: []lifecycle.State{drafted}, To: []lifecycle.State{running}, By: anyone,
			Decide: just(func(*errand, empty) []lifecycle.Content { return []lifecycle.Content{submitted{}} }),
		},
		staying("ask", lifecycle.Decide(ask)),
		staying("note", just(func(_ *errand, in noting) []lifecycle.Content {
			var out []lifecycle.Content
			for _, n := range in.Notes {
				out = append(out, noted{Note: n, Publish: in.Publish, SendTo: in.SendTo, Tell: in.Tell})
			}
			return out
		})),
		staying("change", just(func(_ *errand, in changing) []lifecycle.Content { return []lifecycle.Content{changed{in}} })),
		staying("declare", just(func(*errand, empty) []lifecycle.Content { return []lifecycle.Content{declared{}} })),
		staying("drop", just(func(c *errand, _ empty) []lifecycle.Content { return c.Drop() })),
		staying("hold", lifecycle.Decide(func(c *errand, _ empty, env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
			return c.StopClocks(env), nil
		})),
		staying("resume", lifecycle.Decide(func(c *errand, _ empty, env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
			return c.RestartClocks(env), nil
		})),
		staying("refuse", lifecycle.Decide(func(*errand, empty, lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
			return nil, refusal.InvalidFields([]refusal.Field{refusal.TooLong.At("notes[0]", "max", "3")})
		})),
		{
			Command: "answer", Words: words("answer"), From: []lifecycle.State{running}, To: []lifecycle.State{running},
			By: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Task: lifecycle.Held,
			Decide: just(func(c *errand, in lifecycle.TaskInput) []lifecycle.Content {
				return append(c.EndDeadlines(c.Task(in.Task).Deadline), lifecycle.TaskFinished{Task: in.Task, Outcome: "fine", Opinion: "没有意见"})
			}),
		},
		{
			Command: "finish", Words: words("finish"), From: []lifecycle.State{running}, To: []lifecycle.State{done}, By: anyone,
			Decide: just(func(c *errand, _ empty) []lifecycle.Content { return append(c.Drop(), finished{}) }),
		},
	}
}

func just[In any](f func(c *errand, in In) []lifecycle.Content) lifecycle.Decider[*errand] {
	return lifecycle.Decide(func(c *errand, in In, _ lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) { return f(c, in), nil })
}

// ask opens a task and lets the limits run that were asked for.
func ask(c *errand, in asking, env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
	task := lifecycle.Task{Name: in.Name, Title: words(in.Name), Kind: in.Kind, Role: in.Role, Organization: in.Organization, Step: cmp.Or(in.Step, "answering")}
	if in.Step == "-" {
		task.Step = ""
	}
	var limits []lifecycle.Content
	to := lifecycle.Recipients{Kind: in.Kind, Role: in.Role}
	for i := range in.Also + 1 {
		if in.Days == 0 {
			break
		}
		l := policy.Limit{
			Source: policy.Source{Article: "test Art. 1", Mark: policy.Default}, Rule: words("within some days"),
			Span: policy.Span{Span: calendar.WorkingDays(in.Days + i)}, RemindBefore: 1,
		}
		limits = append(limits, env.Limit(in.Name+string(rune('a'+i)), l, to, to))
	}
	if len(limits) > 0 {
		task.Deadline = in.Name + "a"
	}
	out := slices.Concat(limits, []lifecycle.Content{c.NewTask(0, task, env.Now)})
	for range in.Notes {
		out = append(out, noted{Note: "请于规定期限内办理。", Tell: &to})
	}
	return out, nil
}
