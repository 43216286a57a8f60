package complaint

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

type (
	rule  = lifecycle.Rule[*Complaint]
	guard = lifecycle.Guard[*Complaint]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

var phases = []lifecycle.PhaseInfo{
	{Name: ReceivedPhase, Words: say("收到", "received")},
	{Name: HandlingPhase, Words: say("办理", "handling")},
	{Name: ClosedPhase, Words: say("办结", "closed")},
}

// The parties. Administrators are none: who runs the system or an agency has no part in complaints.
var (
	officer = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	auditor = lifecycle.In(lifecycle.Anywhere, identity.Auditor)
)

var states = []lifecycle.StateInfo{
	{Name: Received, Phase: ReceivedPhase, Turn: lifecycle.By(officer, auditor), Words: say("待受理", "to be accepted")},
	{Name: Accepted, Phase: HandlingPhase, Turn: lifecycle.By(officer, auditor), Words: say("办理中", "being handled")},
	{Name: Refused, Phase: ClosedPhase, Final: true, Words: say("不予受理", "refused")},
	{Name: Answered, Phase: ClosedPhase, Final: true, Words: say("已答复", "answered")},
}

// table is the state table of a complaint: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Complaint] {
	handlers, apart := lifecycle.By(officer, auditor), []guard{notAgainst}
	return lifecycle.Machine[*Complaint]{
		Name: Kind, Words: say("投诉举报", "complaint or report"),
		New:    func() *Complaint { return &Complaint{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: lifecycle.Emits(WasChased{}), Recounts: lifecycle.By(auditor),
		Rules: []rule{
			{
				Command: Lodge, Words: say("提出投诉举报", "lodge a complaint"), To: to{Received}, By: lifecycle.By(lifecycle.TheSystem), Emits: lifecycle.Emits(WasLodged{}),
				Decide: lifecycle.Needing(lifecycle.Decide(lodge), func(_ *Complaint, in Lodging) lifecycle.Needs {
					if in.Authorization == "" {
						return lifecycle.Needs{}
					}
					return lifecycle.Needs{Cases: []string{in.Authorization}}
				}),
			},
			{
				Command: "accept", Words: say("受理", "accept"), From: from{Received}, To: to{Accepted}, By: handlers, Guards: apart,
				Emits: lifecycle.Emits(WasAccepted{}), Decide: lifecycle.Decide(accept),
			},
			{
				Command: "refuse", Words: say("不予受理", "refuse"), From: from{Received}, To: to{Refused}, By: handlers, Guards: apart,
				Emits: lifecycle.Emits(WasRefused{}), Decide: lifecycle.Decide(refuse),
			},
			{
				Command: "answer", Words: say("答复", "answer"), From: from{Accepted}, To: to{Answered}, By: handlers, Guards: apart,
				Emits: lifecycle.Emits(WasAnswered{}), Decide: lifecycle.Decide(answer),
			},
			lifecycle.Interests[*Complaint](Received, Accepted),
		},
		Events: folds(),
	}
}

// Lodge is the command by which a complaint is lodged: by the system, for whoever has no account or does not want to be known by it.
const Lodge = "lodge"

// notAgainst keeps the organisation that is complained of away, whatever else its people are.
var notAgainst = guard{
	Words: say("不属于被投诉举报的机构", "not of the organisation that is complained of"),
	Check: func(c *Complaint, env lifecycle.Env) *refusal.Refusal {
		if !env.Actor.IsSystem() && env.Actor.In(c.Against) {
			return refusal.OwnOrganization.With()
		}
		return nil
	},
}
