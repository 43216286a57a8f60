package drill

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// ExitCourse is a whole exit as it would go.
type ExitCourse struct {
	Opened    calendar.Date        `json:"opened"`
	Decided   calendar.Date        `json:"decided,omitzero"`
	Effective calendar.Date        `json:"effective,omitzero"`  // on service; zero for an expiry
	NoReturn  calendar.Date        `json:"no_return,omitzero"`  // the point of no return
	WoundDown calendar.Date        `json:"wound_down,omitzero"` // the authorisation is closed
	Steps     []TakenStep          `json:"steps"`
	Limits    []lifecycle.Deadline `json:"limits"` // every one that would run in the exit, those that outlive it too
	Duties    []exit.Duty          `json:"duties"`
	Ban       *exit.Ban            `json:"ban,omitempty"`
	Notices   []ToldNotice         `json:"notices"` // that would be sent
	Sent      []string             `json:"sent"`    // commands to cases of products
	Public    []string             `json:"public"`  // that would be published
}

// TakenStep is a step of the wind-down with the day on which it would be done.
type TakenStep struct {
	Code         string        `json:"code"`
	By           string        `json:"by"`
	Done         calendar.Date `json:"done"`
	Irreversible bool          `json:"irreversible,omitempty"`
}

// ToldNotice is how often a subject would be told to whom.
type ToldNotice struct {
	Subject string               `json:"subject"`
	To      lifecycle.Recipients `json:"to"`
	Times   int                  `json:"times"`
}

// pace is how people act in a dry run.
type pace struct {
	late    bool // every limit is used up
	hearing bool // the operator asks for a hearing
}

var (
	hurry    = pace{}
	patience = pace{late: true, hearing: true}
)

// The attachments of a dry run, which are none.
const (
	ofAgency   = "drill:agency"
	ofOperator = "drill:operator"
)

const turns = 2000 // more no exit can take: every rule of every profile ends it long before

// walk is a dry run under way: copies of both cases and what came of them.
type walk struct {
	a      *authorization.Authorization
	x      *exit.Exit
	env    lifecycle.Env
	pace   pace
	course ExitCourse
	seen   map[string]int // of Notices, by subject and recipient
}

// follow runs an exit to the end of its wind-down on copies. It is refused when it cannot be opened.
func follow(a *authorization.Authorization, g policy.ExitGround, opener identity.Actor, env lifecycle.Env, p pace) (*ExitCourse, *refusal.Refusal) {
	w := &walk{env: env, pace: p, seen: map[string]int{}}
	w.a = copied(authorization.Machine.Decode, a)
	w.env.Facts.Attachments = map[string]lifecycle.Attachment{
		ofAgency: {Digest: ofAgency, Organization: a.Agency}, ofOperator: {Digest: ofOperator, Organization: a.Applicant},
	}
	if refused := w.open(g, opener); refused != nil {
		return nil, refused
	}
	w.x = &exit.Exit{}
	w.x.ID, w.x.Kind = w.a.ExitRequest().Exit, exit.Kind
	w.env.Facts.Cases = map[string]lifecycle.Case{a.ID: w.a}
	w.must(identity.System(), "open", exit.OpenInput{Authorization: a.ID})
	w.course.Opened = calendar.DateOf(w.env.Now)
	for range turns {
		if w.x.State == exit.Surviving || w.x.State == exit.Closed {
			break
		}
		w.turn()
	}
	w.finish()
	return &w.course, nil
}

// copied is a case that shares nothing with the other.
func copied[S lifecycle.Case](decode func([]byte) (lifecycle.Case, error), c S) S {
	raw, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("drill: %v", err)) // the store writes it in the same way
	}
	again, err := decode(raw)
	if err != nil {
		panic(fmt.Sprintf("drill: %v", err))
	}
	return again.(S) //nolint:forcetypeassert // of its own machine
}

// someone is a person of an organisation who is not there, with a name of his own for each role: duties are kept apart.
func someone(organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: "drill:" + string(role), Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

func (w *walk) agency(role identity.Role) identity.Actor {
	return someone(w.a.Agency, identity.Agency, role)
}

func (w *walk) operator(role identity.Role) identity.Actor {
	return someone(w.a.Applicant, identity.Operator, role)
}

// open asks for the exit in the way that the ground asks for.
func (w *walk) open(g policy.ExitGround, opener identity.Actor) *refusal.Refusal {
	in := authorization.ExitInput{Ground: g.Code, Statement: g.Title.ZH}
	if g.Evidence {
		in.Evidence = []string{ofAgency}
	}
	switch g.Trigger {
	case policy.ByOperator:
		return w.authorize(w.operator(identity.OperatorSignatory), "waive", in)
	case policy.ByBoth:
		if refused := w.authorize(w.operator(identity.Applicant), "propose-exit", in); refused != nil {
			return refused
		}
		return w.authorize(w.agency(identity.AgencySignatory), "consent-exit", authorization.Nothing{})
	case policy.ByExpiry:
		for range turns {
			at, due := w.a.WakeAt()
			if w.a.State == authorization.Exiting || !due {
				break
			}
			w.wait(at)
			if refused := w.authorize(identity.System(), lifecycle.Tick, struct{}{}); refused != nil {
				return refused
			}
		}
		if w.a.State != authorization.Exiting {
			return refusal.NotInState.With()
		}
		return nil
	default:
		return w.authorize(opener, "open-exit", in)
	}
}

func (w *walk) wait(at time.Time) {
	if at.After(w.env.Now) {
		w.env.Now = at
	}
}

// authorize gives the authorisation's copy a command.
func (w *walk) authorize(actor identity.Actor, command string, input any) *refusal.Refusal {
	return give(w, authorization.Machine, w.a, actor, command, input)
}

// must gives the exit's copy a command that cannot be refused: the dry run knows what is due.
func (w *walk) must(actor identity.Actor, command string, input any) {
	if refused := give(w, exit.Machine, w.x, actor, command, input); refused != nil {
		panic(fmt.Sprintf("drill: %s in %s is refused: %+v", command, w.x.State, *refused))
	}
}

// follows gives the authorisation's copy a step of the wind-down, which it cannot refuse while it is in exit.
func (w *walk) follows(command string, input any) {
	if refused := w.authorize(identity.System(), command, input); refused != nil {
		panic(fmt.Sprintf("drill: %s in %s is refused: %+v", command, w.a.State, *refused))
	}
}

func give[S lifecycle.Case](w *walk, m *lifecycle.Compiled[S], c S, actor identity.Actor, command string, input any) *refusal.Refusal {
	raw, err := json.Marshal(input)
	if err != nil {
		panic(fmt.Sprintf("drill: input of %s: %v", command, err))
	}
	env := w.env
	env.Actor = actor
	cmd := lifecycle.Command{ID: "drill", Name: command, Actor: actor, Data: raw}
	events, refused := m.Decide(c, cmd, env)
	if refused != nil {
		return refused
	}
	for _, e := range events {
		if err := m.Evolve(c, e); err != nil {
			panic(fmt.Sprintf("drill: %v", err))
		}
	}
	for _, e := range events {
		effects, err := m.Effects(c, e)
		if err != nil {
			panic(fmt.Sprintf("drill: %v", err))
		}
		w.note(effects)
	}
	return nil
}

func (w *walk) note(effects []lifecycle.Effect) {
	for _, e := range effects {
		switch {
		case e.Notice != nil:
			key := e.Notice.Subject + " " + e.Notice.To.Organization + " " + string(e.Notice.To.Role) + " " + e.Notice.To.Person
			if at, known := w.seen[key]; known {
				w.course.Notices[at].Times++
				continue
			}
			w.seen[key] = len(w.course.Notices)
			w.course.Notices = append(w.course.Notices, ToldNotice{Subject: e.Notice.Subject, To: e.Notice.To, Times: 1})
		case e.Send != nil && e.Send.Kind == authorization.ProductKind && !slices.Contains(w.course.Sent, e.Send.Case):
			w.course.Sent = append(w.course.Sent, e.Send.Case)
		case e.Publication != nil && !slices.Contains(w.course.Public, e.Publication.Subject):
			w.course.Public = append(w.course.Public, e.Publication.Subject)
		}
	}
}

// turn takes one step of the exit: the system's, the next of people, or what falls due.
func (w *walk) turn() {
	done := exit.ResultInput{Result: "drill"}
	switch w.x.State {
	case exit.Opened:
		if w.x.Ground.Interim && len(w.x.Measures) == 0 {
			w.must(identity.System(), "note-interim", done)
			return
		}
		w.must(identity.System(), "note-notice", done)
	case exit.Curing:
		w.tick() // nothing is put right
	case exit.Hearing:
		w.defend()
	case exit.InHearing:
		w.hear()
	case exit.Resolving:
		w.until("resolution")
		w.must(identity.System(), "record-resolution", w.resolution())
	case exit.Deciding:
		w.until("decision")
		in := exit.DecisionInput{Outcome: exit.Terminate, Reasons: "drill"}
		if w.x.Intended != nil {
			in.BanMonths = w.x.Intended.BanMonths
		}
		w.must(w.agency(identity.ExitDecider), "decide", in)
		w.course.Decided = calendar.DateOf(w.env.Now)
	case exit.Decided:
		w.until("service")
		w.course.Effective = calendar.DateOf(w.env.Now)
		in := exit.ServiceInput{Date: w.course.Effective.String(), How: "drill", Proof: ofAgency}
		w.must(w.agency(identity.CaseOfficer), "serve-decision", in)
	case exit.Served:
		w.must(identity.System(), "begin-wind-down", exit.Nothing{})
	case exit.WindingDown:
		w.windDown()
	default:
		panic(fmt.Sprintf("drill: an exit that is ended came to %s", w.x.State))
	}
}

// tick lets the next due time come.
func (w *walk) tick() {
	at, due := w.x.WakeAt()
	if !due {
		panic("drill: nothing is due in " + string(w.x.State))
	}
	w.wait(at)
	w.must(identity.System(), lifecycle.Tick, struct{}{})
}

// until waits for the last moment of a limit in a run that uses limits up, with what else falls due before it.
func (w *walk) until(limit string) {
	d := w.x.Deadline(limit)
	for w.pace.late && d != nil && d.Open() {
		last := d.Due.At.Add(-time.Minute)
		at, due := w.x.WakeAt()
		if !due || !at.Before(last) {
			w.wait(last)
			return
		}
		w.wait(at)
		w.must(identity.System(), lifecycle.Tick, struct{}{})
		d = w.x.Deadline(limit)
	}
}

// defend waives the defence, or uses its time up after asking for a hearing.
func (w *walk) defend() {
	asks := w.pace.hearing && w.x.InFull() && w.x.Way.Hearing && w.x.Oral == nil
	switch d := w.x.Deadline("hearing-request"); {
	case asks && d != nil && d.Open():
		w.until("hearing-request")
		w.must(w.operator(identity.Applicant), "request-hearing", exit.HearingInput{})
	case !w.pace.late:
		w.must(w.operator(identity.Applicant), "waive-defence", exit.Nothing{})
	case w.x.Oral != nil && w.x.Oral.ClosedAt == nil:
		w.hear() // it does not wait for the end of the defence
	default:
		w.tick()
	}
}

// hear holds the hearing on the last day on which it can be held in its limit, and has its record signed.
func (w *walk) hear() {
	lawyer := w.agency(identity.LegalReviewer)
	on := w.env.Calendar.Due(calendar.DateOf(w.env.Now), w.env.Policy.Exit.Procedure.HearingNotice.Span.Span).On
	if d := w.x.Deadline("hearing"); w.pace.late && d != nil && on.Before(d.Due.On) {
		on = d.Due.On
	}
	w.must(lawyer, "call-hearing", exit.CallInput{Date: on.String(), Time: "9:00", Place: "drill"})
	for day := on.End().Add(-time.Minute); ; {
		at, due := w.x.WakeAt()
		if !due || !at.Before(day) {
			w.wait(day)
			break
		}
		w.tick()
	}
	w.must(lawyer, "record-hearing", exit.RecordInput{Record: ofAgency, Attended: []string{"drill"}, Summary: "drill"})
	w.must(w.operator(identity.Applicant), "sign-record", exit.Nothing{})
}

// resolution is one of a meeting of people who are not there, who all agree.
func (w *walk) resolution() resolution.Resolution {
	p := w.x.Pending
	out := resolution.Resolution{
		Meeting: "drill", Item: 1, ID: resolution.ID("drill", 1), Body: p.Body, BodyKind: p.BodyKind, Decision: p.Decision, Case: w.x.ID, ContentHash: p.ContentHash,
		Proposal: resolution.ToAgree, DecidedOn: w.env.Now,
	}
	for i := range 3 {
		person, role := fmt.Sprintf("drill:member-%d", i), identity.Member
		if i == 2 {
			role = identity.Chair
		}
		out.Members, out.Present = append(out.Members, lifecycle.Seat{Person: person, Role: role}), append(out.Present, person)
		out.Votes = append(out.Votes, resolution.Vote{Person: person, Role: role, Vote: resolution.For, Words: "drill"})
	}
	rules, _ := resolution.Rules(w.env.Policy, p.Decision)
	out.Outcome, out.Count = resolution.Tally(rules, out.Proposal, out.Roll)
	return out
}

// windDown opens what is ready and takes the step that is due first.
func (w *walk) windDown() {
	ready := w.x.Ready()
	if len(ready) == 0 {
		w.must(identity.System(), "close", exit.Nothing{})
		w.course.WoundDown = calendar.DateOf(w.env.Now)
		return
	}
	for _, s := range ready {
		if s.State == exit.StepPending {
			w.must(identity.System(), "open-step", exit.StepInput{Step: s.Code})
			return
		}
	}
	next := slices.MinFunc(ready, func(a, b exit.Step) int { return w.dueOf(a).Compare(w.dueOf(b)) })
	w.until(next.LimitName())
	switch {
	case next.By == policy.BySystem:
		switch next.Code {
		case "close-access":
			w.follows("set-access", authorization.AccessInput{Access: authorization.AccessClosed})
		case "delist-products":
			w.follows("delist-all", authorization.Nothing{})
		}
		w.must(identity.System(), "note-step", exit.StepResultInput{Step: next.Code, Result: "drill"})
	default:
		w.person(next)
	}
	w.course.Steps = append(w.course.Steps, TakenStep{Code: next.Code, By: next.By, Done: calendar.DateOf(w.env.Now), Irreversible: next.Irreversible})
}

func (w *walk) dueOf(s exit.Step) time.Time {
	if d := w.x.Deadline(s.LimitName()); d != nil && d.Open() {
		return d.Due.At
	}
	return w.env.Now
}

// person has somebody finish a step.
func (w *walk) person(s exit.Step) {
	task := w.x.Task(s.Task)
	organization, file := w.a.Agency, ofAgency
	if s.Kind == identity.Operator {
		organization, file = w.a.Applicant, ofOperator
	}
	who := someone(organization, s.Kind, s.Role)
	w.must(who, "claim", lifecycle.TaskInput{Task: task.ID})
	in := exit.FinishInput{TaskInput: lifecycle.TaskInput{Task: task.ID}, Proof: []string{file}, Note: "drill"}
	if s.Code == exit.SettleAccounts {
		in.Accounts = []exit.Line{{Side: exit.Received, Party: identity.Public, Item: "drill"}, {Side: exit.Paid, Party: identity.Operator, Item: "drill"}}
	}
	w.must(who, "finish-step", in)
}

// finish reads off the exit what is left of it.
func (w *walk) finish() {
	w.course.Limits, w.course.Duties, w.course.Ban = w.x.Deadlines, w.x.Duties, w.x.Ban
	if s := w.x.NoReturn(); s != nil {
		w.course.NoReturn = calendar.DateOf(*s.DoneAt)
	}
}
