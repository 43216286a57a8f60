package lifecycle

import (
	"encoding/json"
	"reflect"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Rule is one row of a state table: who may give a command in which states, what must hold, and where it leads.
type Rule[S Case] struct {
	Command string
	Words   text.Text
	From    []State // empty for a command that creates the case
	To      []State // the states it may lead to, itself among them when the state stays
	By      []Party
	Step    string                                 // the reviewing, voting or deciding step it counts as; empty when it decides nothing
	Opens   bool                                   // creates the case where it is not there, beside what From says
	Outside bool                                   // given by people who are no party to the case and are shown nothing of it; not among what is Allowed on its page
	GivesUp bool                                   // gives a task back: it does not count as acting in the task's step
	Guards  []Guard[S]                             // what must hold before the input is looked at
	Offer   func(c S, env Env) bool                // whether any input could pass now, for inputs that choose; only Allowed asks
	Task    func(t Task, env Env) *refusal.Refusal // for commands on a task: what must hold of it
	Emits   []Content                              // the events it may lead to, beside those of tasks and time limits
	Decide  Decider[S]
}

// Guard is one condition of a rule, in words and as a check.
type Guard[S Case] struct {
	Words text.Text
	Check func(c S, env Env) *refusal.Refusal
}

// Emits lists events by their zero values.
func Emits(events ...Content) []Content { return events }

// Party is one answer to "who may": a role, held for an organisation that stands in a relation to the case.
type Party struct {
	Where Where         `json:"where"`
	Role  identity.Role `json:"role,omitempty"`
}

// Where is the relation of an organisation to a case.
type Where string

// The relations.
const (
	OfApplicant Where = "applicant" // the organisation that applies or operates
	OfAgent     Where = "agent"     // the organisation that acts on the applicant's behalf
	OfJoint     Where = "joint"     // an organisation that applies together with the applicant
	OfAgency    Where = "agency"    // the implementing agency of the case
	OfBody      Where = "body"      // the organisation whose members decide
	OfRegistry  Where = "registry"  // the registry that decides on a registration: the case's body
	OfTask      Where = "task"      // whoever the task is for
	Anywhere    Where = "anywhere"
	OfSystem    Where = "system" // the system itself: due times, other cases, wind-down steps
)

// By lists parties; a rule reads By(p, q).
func By(parties ...Party) []Party { return parties }

// In makes a party of a role in organisations of a relation.
func In(where Where, role identity.Role) Party { return Party{Where: where, Role: role} }

// Words names the party.
func (p Party) Words() text.Text {
	switch {
	case p.Where == OfSystem:
		return text.Text{ZH: "系统", EN: "the system"}
	case p.Where == OfTask:
		return text.Text{ZH: "任务所属岗位的人员", EN: "who holds the role that the task is for"}
	case p.Role == "":
		return text.Text{ZH: "任何人员", EN: "anybody"}
	}
	relation := relations[p.Where]
	role := identity.RoleWords(p.Role)
	return text.Text{ZH: relation.ZH + role.ZH, EN: role.EN + relation.EN}
}

var relations = map[Where]text.Text{
	OfApplicant: {ZH: "申请（运营）机构的", EN: " of the applicant or operator"},
	OfAgent:     {ZH: "受托代理机构的", EN: " of the applicant's agent"},
	OfJoint:     {ZH: "联合申请单位的", EN: " of a joint applicant"},
	OfAgency:    {ZH: "实施机构的", EN: " of the implementing agency"},
	OfBody:      {ZH: "决策机构的", EN: " of the deciding body"},
	OfRegistry:  {ZH: "登记机构的", EN: " of the registry"},
}

// TheSystem is the party for commands that people cannot give.
var TheSystem = Party{Where: OfSystem}

// Decider decides one command: it reads its typed input, says which facts it needs, and answers with events or a refusal.
type Decider[S Case] struct {
	input  reflect.Type
	decode func(json.RawMessage) (any, *refusal.Refusal)
	needs  func(c S, in any) Needs
	decide func(c S, in any, env Env) ([]Content, *refusal.Refusal)
}

// Decide makes a decider for inputs of type In.
func Decide[S Case, In any](f func(c S, in In, env Env) ([]Content, *refusal.Refusal)) Decider[S] {
	return Decider[S]{
		input: reflect.TypeFor[In](),
		decode: func(raw json.RawMessage) (any, *refusal.Refusal) {
			var in In
			if len(raw) > 0 && json.Unmarshal(raw, &in) != nil {
				return nil, refusal.InvalidInput.With()
			}
			return in, nil
		},
		needs:  func(S, any) Needs { return Needs{} },
		decide: func(c S, in any, env Env) ([]Content, *refusal.Refusal) { return f(c, as[In](in), env) },
	}
}

// Needing adds what must be looked up before deciding.
func Needing[S Case, In any](d Decider[S], needs func(c S, in In) Needs) Decider[S] {
	d.needs = func(c S, in any) Needs { return needs(c, as[In](in)) }
	return d
}

// OnBehalf is an input that creates a case for one organisation: the actor must hold his role there, not just anywhere.
// When it names none, the first grant that fits counts.
type OnBehalf interface{ OrganizationID() string }

// OnTask is an input that acts on one task of the case.
type OnTask interface{ TaskID() string }
