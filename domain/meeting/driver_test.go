package meeting

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// fakeCase is a case as a meeting knows it, of whatever kind.
type fakeCase struct{ lifecycle.Header }

const (
	body  = "gov-demo"
	case1 = "a-1"
	case2 = "a-2"
)

// monday is a Monday morning in China.
var monday = time.Date(2026, 3, 16, 1, 0, 0, 0, time.UTC)

// failer is what testing.T and rapid.T have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// world is one meeting with all that surrounds it. It plays the part of the transaction in which commands are decided.
type world struct {
	t       failer
	now     time.Time
	profile *policy.Profile
	facts   lifecycle.Facts
	m       *Meeting
	events  []lifecycle.Event
	effects []lifecycle.Effect // of the last command
}

func rulesOf(kind identity.Kind) policy.Decision {
	half := policy.Fraction{Num: 1, Den: 2}
	return policy.Decision{BodyKind: kind, Quorum: half, Threshold: half, MoreThan: true, Base: policy.OfMembers, ChairLast: true}
}

// newWorld has a body with a chair and members m1 … m4, and two cases that wait for its major decision.
func newWorld(t failer) *world {
	w := &world{t: t, now: monday, profile: &policy.Profile{Name: "national", Version: 1, Hash: "sha256:policy"}}
	w.profile.Decisions.Major, w.profile.Decisions.Agreement = rulesOf(identity.Government), rulesOf(identity.Agency)
	w.facts = lifecycle.Facts{
		Organizations: map[string]lifecycle.Organization{
			body:          {ID: body, Kind: identity.Government},
			"agency-demo": {ID: "agency-demo", Kind: identity.Agency},
			"gone":        {ID: "gone", Kind: identity.Government, Closed: true},
		},
		Cases:   map[string]lifecycle.Case{},
		Rosters: map[string][]lifecycle.Seat{body: {{Person: "chair", Role: identity.Chair}}},
	}
	for _, m := range []string{"m1", "m2", "m3", "m4"} {
		w.facts.Rosters[body] = append(w.facts.Rosters[body], lifecycle.Seat{Person: m, Role: identity.Member})
	}
	for _, id := range []string{case1, case2} {
		w.facts.Cases[id] = &fakeCase{lifecycle.Header{
			ID: id, Kind: "authorization", Version: 9, Title: "示例授权 " + id, Applicant: "operator-demo",
			Policy:  lifecycle.PolicyRef{Name: "national", Version: 1, Hash: "sha256:policy"},
			Pending: &lifecycle.Pending{Decision: resolution.MajorDecision, ContentHash: lifecycle.ContentHash(id), BodyKind: identity.Government},
		}}
	}
	w.m = Machine.Blank("m-1").(*Meeting)
	return w
}

func (w *world) head(id string) *lifecycle.Header { return w.facts.Cases[id].Head() }

// person holds a role in the body; the roles follow from the names used in these tests.
func person(name string) identity.Actor {
	role := identity.Member
	switch name {
	case "sec", "sec2":
		role = identity.Secretary
	case "chair":
		role = identity.Chair
	}
	return holding(name, body, role)
}

func holding(name, organization string, roles ...identity.Role) identity.Actor {
	a := identity.Actor{Person: name}
	for _, r := range roles {
		a.Grants = append(a.Grants, identity.Grant{Organization: organization, Kind: identity.Government, Role: r})
	}
	return a
}

// try gives a command and checks what holds for every command: nothing beyond what was asked for is known, deciding changes nothing,
// the version grows by one with each event, the table names events and state, and the folded state can be stored.
func (w *world) try(a identity.Actor, command string, input any) *refusal.Refusal {
	w.t.Helper()
	raw, err := json.Marshal(input)
	if err != nil {
		w.t.Fatalf("%s: %v", command, err)
	}
	return w.tryRaw(a, command, raw)
}

func (w *world) tryRaw(a identity.Actor, command string, raw json.RawMessage) *refusal.Refusal {
	w.t.Helper()
	cmd := lifecycle.Command{ID: fmt.Sprintf("c-%d", w.m.Version), Name: command, Actor: a, Data: raw}
	env := lifecycle.Env{Now: w.now, Policy: w.profile, Calendar: calendar.Calendar{}, Facts: w.known(Machine.Needs(w.m, cmd))}
	before, offered := w.stored(), Machine.Allowed(w.m, a, lifecycle.Env{Now: w.now, Policy: w.profile})
	events, refused := Machine.Decide(w.m, cmd, env)
	if got := w.stored(); got != before {
		w.t.Fatalf("%s: deciding changed the case", command)
	}
	if refused != nil {
		if len(events) > 0 || !known(refused) {
			w.t.Fatalf("%s: refused with %+v and %d events", command, refused, len(events))
		}
		return refused
	}
	if w.m.Version > 0 && !a.IsSystem() && !slices.Contains(offered, lifecycle.Allowed{Command: command}) {
		w.t.Fatalf("%s was possible in %q but not offered", command, w.m.State)
	}
	w.effects = nil
	for _, e := range events {
		version := w.m.Version
		if err := Machine.Evolve(w.m, e); err != nil {
			w.t.Fatalf("%s: %v", command, err)
		}
		if w.m.Version != version+1 {
			w.t.Fatalf("%s: version %d after %d", command, w.m.Version, version)
		}
	}
	w.inTable(command, events)
	for _, e := range events {
		effects, err := Machine.Effects(w.m, e)
		if err != nil {
			w.t.Fatalf("%s: %v", command, err)
		}
		w.effects = append(w.effects, effects...)
	}
	w.deliver()
	w.events = append(w.events, events...)
	back, err := Machine.Decode([]byte(w.stored()))
	if err != nil {
		w.t.Fatalf("%s: %v", command, err)
	}
	w.m = back.(*Meeting) // what is not stored is lost
	return nil
}

// known are the facts that a decision asked for, and no others.
func (w *world) known(needs lifecycle.Needs) lifecycle.Facts {
	f := lifecycle.Facts{
		Organizations: map[string]lifecycle.Organization{}, Cases: map[string]lifecycle.Case{}, Rosters: map[string][]lifecycle.Seat{},
	}
	for _, id := range needs.Organizations {
		if o, ok := w.facts.Organizations[id]; ok {
			f.Organizations[id] = o
		}
	}
	for _, id := range needs.Cases {
		if c, ok := w.facts.Cases[id]; ok {
			f.Cases[id] = c
		}
	}
	for _, id := range needs.Rosters {
		f.Rosters[id] = w.facts.Rosters[id]
	}
	return f
}

func (w *world) stored() string {
	raw, err := json.Marshal(w.m)
	if err != nil {
		w.t.Fatalf("%v", err)
	}
	return string(raw)
}

// known reports whether all codes of a refusal have words.
func known(r *refusal.Refusal) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(refusal.Codes(), func(c refusal.Code) bool { return c.Name == name && c.Words.Complete() })
	}
	return has(r.Code) && !slices.ContainsFunc(r.Fields, func(f refusal.Field) bool { return !has(f.Code) })
}

// inTable checks that the state table names the events and the state that a command led to.
func (w *world) inTable(command string, events []lifecycle.Event) {
	w.t.Helper()
	for _, row := range Machine.Table().Rows {
		if row.Command != command {
			continue
		}
		if !slices.Contains(row.To, w.m.State) {
			w.t.Fatalf("%s led to %q, which the table does not name", command, w.m.State)
		}
		for _, e := range events {
			if e.Type != "deadline-started" && e.Type != "deadline-ended" && e.Type != "deadline-reminded" && e.Type != "deadline-passed" &&
				!slices.Contains(row.Events, e.Type) {
				w.t.Fatalf("%s led to %q, which the table does not name", command, e.Type)
			}
		}
		return
	}
	w.t.Fatalf("%s is not in the table", command)
}

// deliver does to the items' cases what their own rules would do.
func (w *world) deliver() {
	for _, s := range w.sent("declare-interest") {
		var in InterestInput
		if err := json.Unmarshal(s.Data, &in); err != nil {
			w.t.Fatalf("%v", err)
		}
		h := w.head(s.Case)
		h.Interests = append(h.Interests, in.Person)
	}
	for _, s := range w.sent("record-resolution") {
		var r resolution.Resolution
		if err := json.Unmarshal(s.Data, &r); err != nil {
			w.t.Fatalf("%v", err)
		}
		h := w.head(s.Case)
		rules, _ := resolution.Rules(w.profile, h.Pending.Decision)
		if refused := resolution.Check(r, rules, *h.Pending); refused != nil || r.Case != s.Case || s.Kind != h.Kind {
			w.t.Fatalf("the case does not take the resolution: %+v", refused)
		}
		for _, v := range r.Votes {
			h.Acted(resolution.Step(r.Decision), v.Person)
		}
		if r.Outcome != resolution.Deferred {
			h.Pending = nil
		}
	}
}

func (w *world) sent(command string) []lifecycle.Send {
	var out []lifecycle.Send
	for _, e := range w.effects {
		if e.Send != nil && e.Send.Command == command {
			out = append(out, *e.Send)
		}
	}
	return out
}

// notices lists the subjects told by the last command with the roles told, such as "meeting-called member".
func (w *world) notices() []string {
	var out []string
	for _, e := range w.effects {
		if e.Notice != nil {
			out = append(out, e.Notice.Subject+" "+string(e.Notice.To.Role))
		}
	}
	return out
}

// do gives a command that must succeed.
func (w *world) do(a identity.Actor, command string, input any) {
	w.t.Helper()
	if r := w.try(a, command, input); r != nil {
		w.t.Fatalf("%s by %s in %q: refused with %+v", command, a.Person, w.m.State, r)
	}
}

// not gives a command that must be refused with the code, or for one field with it.
func (w *world) not(a identity.Actor, command string, input any, want refusal.Code) {
	w.t.Helper()
	r := w.try(a, command, input)
	switch {
	case r == nil:
		w.t.Fatalf("%s by %s in %q: not refused, want %s", command, a.Person, w.m.State, want.Name)
	case r.Code == want.Name && len(r.Fields) == 0:
	case len(r.Fields) == 1 && r.Fields[0].Code == want.Name:
	default:
		w.t.Fatalf("%s by %s in %q: refused with %+v, want %s", command, a.Person, w.m.State, r, want.Name)
	}
}

func agenda(items ...string) AgendaInput {
	return AgendaInput{Title: "示例市政府常务会议", Time: monday.Add(2 * time.Hour), Place: "一号会议室", Items: items}
}

func (w *world) call(items ...string) *world {
	w.t.Helper()
	w.do(person("sec"), "call", CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(items...)})
	return w
}

// open opens the meeting with those present.
func (w *world) open(present ...string) *world {
	w.t.Helper()
	w.do(person("sec"), "open", Nothing{})
	for _, p := range present {
		w.do(person("sec"), "mark-present", PersonInput{Person: p})
	}
	return w
}

func (w *world) put(item int, proposal resolution.Proposal) *world {
	w.t.Helper()
	in := PutInput{Item: item, Proposal: proposal}
	switch proposal {
	case resolution.ToAmend:
		in.Directions = "期限缩短为三年"
	case resolution.ToDefer:
		in.Reason = "待风险评估"
	}
	w.do(person("sec"), "put-question", in)
	return w
}

// votes casts votes written "m1+ m2- chair0": for, against, abstaining.
func (w *world) votes(item int, votes ...string) *world {
	w.t.Helper()
	for _, v := range votes {
		choice := map[byte]resolution.Choice{'+': resolution.For, '-': resolution.Against, '0': resolution.Abstain}[v[len(v)-1]]
		w.do(person(v[:len(v)-1]), "vote", VoteInput{Item: item, Vote: choice, Words: "我的意见是" + v})
	}
	return w
}

func (w *world) conclude(item int, reason string) *world {
	w.t.Helper()
	w.do(person("sec"), "conclude", ConcludeInput{Item: item, Reason: reason})
	return w
}

func everybody() []string { return []string{"chair", "m1", "m2", "m3", "m4"} }

func same[T any](t testing.TB, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
