package meeting

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// may is written down a second time here, so that no slip in the state table goes unnoticed.
var may = []struct {
	command string
	from    []lifecycle.State // empty: creates the case
	roles   []identity.Role   // of the body
	input   any
}{
	{"call", nil, []identity.Role{identity.Secretary}, CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(case1)}},
	{"amend-agenda", []lifecycle.State{Called}, []identity.Role{identity.Secretary}, agenda(case1)},
	{"cancel", []lifecycle.State{Called}, []identity.Role{identity.Secretary}, ReasonInput{Reason: "改期"}},
	{"open", []lifecycle.State{Called}, []identity.Role{identity.Secretary}, Nothing{}},
	{"mark-present", []lifecycle.State{Open}, []identity.Role{identity.Secretary, identity.Chair, identity.Member}, PersonInput{}},
	{"mark-absent", []lifecycle.State{Open}, []identity.Role{identity.Secretary}, PersonInput{Person: "m2"}},
	{"hear", []lifecycle.State{Open}, []identity.Role{identity.Secretary}, HearInput{Name: "示例专家", Office: "示例大学", Capacity: Expert}},
	{"recuse", []lifecycle.State{Open}, []identity.Role{identity.Chair, identity.Member}, RecuseInput{Item: 1, Nature: "利害关系"}},
	{"put-question", []lifecycle.State{Open}, []identity.Role{identity.Secretary, identity.Chair}, PutInput{Item: 1}},
	{"vote", []lifecycle.State{Open}, []identity.Role{identity.Chair, identity.Member}, VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}},
	{"conclude", []lifecycle.State{Open}, []identity.Role{identity.Secretary, identity.Chair}, ConcludeInput{Item: 1}},
	{"close", []lifecycle.State{Open}, []identity.Role{identity.Secretary, identity.Chair}, Nothing{}},
	{"sign-minutes", []lifecycle.State{Closed}, []identity.Role{identity.Secretary, identity.Chair, identity.Member}, Nothing{}},
}

// at brings a new meeting to a state, in which the command can be given by the person where the table lets it.
func at(t *testing.T, state lifecycle.State, command, by string) *world {
	w := newWorld(t)
	if state == "" {
		return w
	}
	if w.call(case1); state == Called {
		return w
	}
	if state == Cancelled {
		w.do(person("sec"), "cancel", ReasonInput{Reason: "改期"})
		return w
	}
	switch state {
	case Open:
		switch command {
		case "mark-present":
			w.open()
		case "vote":
			w.open("chair", "m1", "m2").put(1, "").votes(1, "m2+")
			if by == "chair" {
				w.votes(1, "m1+")
			}
		case "conclude":
			w.open("chair", "m1", "m2").put(1, "").votes(1, "m1+", "m2+", "chair+")
		default:
			w.open("chair", "m1", "m2")
		}
	case Inquorate:
		w.open("m1").do(person("sec"), "close", Nothing{})
	default:
		w.open("m1", "m2", "m3").put(1, "").votes(1, "m1+", "m2+", "m3+").conclude(1, "")
		w.do(person("sec"), "close", Nothing{})
		if state == Signed {
			w.do(person("chair"), "sign-minutes", Nothing{})
			w.do(person("sec"), "sign-minutes", Nothing{})
		}
	}
	if w.m.State != state {
		t.Fatalf("in %q, want %q", w.m.State, state)
	}
	return w
}

// somebody holds the role: the person known by it in these tests, or somebody else.
func somebody(role identity.Role, organization string) identity.Actor {
	name := map[identity.Role]string{identity.Secretary: "sec", identity.Chair: "chair", identity.Member: "m1"}[role]
	if name == "" {
		name = "holder-of-" + string(role)
	}
	return holding(name, organization, role)
}

func TestTableIsAsWrittenDown(t *testing.T) {
	rows := Machine.Table().Rows
	for n, row := range may {
		var by []lifecycle.Party
		for _, r := range row.roles {
			by = append(by, lifecycle.In(lifecycle.OfBody, r))
		}
		got := rows[n]
		byRole := func(a, b lifecycle.Party) int { return strings.Compare(string(a.Role), string(b.Role)) }
		if got.Command != row.command || !slices.Equal(got.From, row.from) ||
			!slices.Equal(slices.SortedFunc(slices.Values(got.By), byRole), slices.SortedFunc(slices.Values(by), byRole)) {
			t.Errorf("row %d is %s by %v from %v", n, got.Command, got.By, got.From)
		}
		if (got.Step != "") != (got.Command == "vote") {
			t.Errorf("%s counts as the step %q", got.Command, got.Step)
		}
	}
	if len(rows) != len(may)+2 || rows[len(may)].Command != lifecycle.Tick || rows[len(may)+1].Command != lifecycle.Recount {
		t.Errorf("%d rows, %d written down", len(rows), len(may))
	}
}

// Every state × command × role, in the body and in another of its kind: who is not named is refused, whatever state it is; what a state
// does not know is refused, whoever asks; and everything else is possible.
func TestMatrix(t *testing.T) {
	states := []lifecycle.State{"", Called, Open, Closed, Signed, Cancelled, Inquorate}
	tried, possible := 0, 0
	for _, row := range may {
		for _, state := range states {
			for _, role := range identity.Roles {
				for _, organization := range []string{body, "gov-other"} {
					tried++
					a := somebody(role.Role, organization)
					w := at(t, state, row.command, a.Person)
					got := w.try(a, row.command, row.input)
					want := expected(row.command, row.from, row.roles, state, role.Role, organization)
					if row.command == "mark-present" && role.Role == identity.Secretary && want == "" {
						want = refusal.InvalidInput.Name // he has to say whom
					}
					if code := code(got); code != want {
						t.Errorf("%s by %s of %s in %q: %q, want %q", row.command, role.Role, organization, state, code, want)
					}
					if want == "" {
						possible++
					}
				}
			}
			for _, a := range []identity.Actor{{}, {Person: "anonymous"}, identity.System()} {
				if code := code(at(t, state, row.command, "").try(a, row.command, row.input)); code != refusal.NotEntitled.Name {
					t.Errorf("%s by %q in %q: %q", row.command, a.Person, state, code)
				}
			}
		}
	}
	if possible != 21 {
		t.Errorf("%d of %d were possible", possible, tried)
	}
}

func expected(command string, from []lifecycle.State, roles []identity.Role, state lifecycle.State, role identity.Role, organization string) string {
	named := slices.Contains(roles, role) && (organization == body || state == "" && command != "call")
	switch {
	case !named:
		return refusal.NotEntitled.Name
	case slices.Contains(from, state) || state == "" && len(from) == 0:
		return ""
	case state == Signed || state == Cancelled || state == Inquorate:
		return refusal.CaseClosed.Name
	default:
		return refusal.NotInState.Name
	}
}

func code(r *refusal.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

// Only the system says that a due time has come, and only to a meeting that is not over.
func TestTickMatrix(t *testing.T) {
	for state, want := range map[lifecycle.State]string{
		Called: "", Open: "", Closed: "", Signed: refusal.CaseClosed.Name, Cancelled: refusal.CaseClosed.Name, Inquorate: refusal.CaseClosed.Name,
	} {
		w := at(t, state, lifecycle.Tick, "")
		w.now = w.now.Add(24 * time.Hour)
		for _, role := range identity.Roles {
			w.not(somebody(role.Role, body), lifecycle.Tick, Nothing{}, refusal.NotEntitled)
		}
		if got := code(w.try(identity.System(), lifecycle.Tick, Nothing{})); got != want {
			t.Errorf("tick in %q: %q", state, got)
		}
	}
}

// The system and the body's own administrators have the limits counted anew, of a meeting that is not over, when another calendar changes something.
func TestRecountMatrix(t *testing.T) {
	for _, state := range []lifecycle.State{Called, Open, Closed, Signed, Cancelled, Inquorate} {
		want := refusal.NothingToRecount
		if Machine.State(state).Final {
			want = refusal.CaseClosed
		}
		w := at(t, state, lifecycle.Recount, "")
		w.not(identity.System(), lifecycle.Recount, Nothing{}, want)
		for _, role := range identity.Roles {
			code := refusal.NotEntitled
			if role.Role == identity.Administrator {
				code = want
			}
			w.not(somebody(role.Role, body), lifecycle.Recount, Nothing{}, code)
			w.not(somebody(role.Role, "gov-other"), lifecycle.Recount, Nothing{}, refusal.NotEntitled)
		}
	}
}

func TestUnknownCommand(t *testing.T) {
	w := newWorld(t).call(case1)
	raw := w.tryRaw(person("sec"), "adjourn", nil)
	if code(raw) != refusal.UnknownCommand.Name {
		t.Fatalf("%+v", raw)
	}
	for _, command := range may {
		t.Run(fmt.Sprintf("%s with broken input", command.command), func(t *testing.T) {
			if got := code(w.tryRaw(person("sec"), command.command, []byte(`{"item":`))); got != refusal.InvalidInput.Name {
				t.Errorf("%q", got)
			}
		})
	}
}

// Types of events are stored data: none may be renamed.
func TestEventTypesAreGolden(t *testing.T) {
	var got []string
	for _, row := range Machine.Table().Rows {
		got = append(got, row.Events...)
	}
	slices.Sort(got)
	same(t, slices.Compact(got), []string{
		"agenda-amended", "item-dropped", "meeting-called", "meeting-cancelled", "meeting-closed", "meeting-inquorate", "meeting-opened",
		"member-absent", "member-present", "member-recused", "minutes-signed", "motion-lost", "question-put", "resolution-adopted",
		"statement-heard", "vote-cast",
	})
}
