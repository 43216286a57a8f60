package finding

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

type (
	rule  = lifecycle.Rule[*Finding]
	guard = lifecycle.Guard[*Finding]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

var open = from{Raised, Rectifying, Reinspecting, Suspended, ExitProposed}

func openState(s lifecycle.State) bool { return slices.Contains(open, s) }

// all are the open states and the closed ones: what the system tells a finding may come after its end.
func all() from { return append(from{Dismissed, Lifted, Exited, Ended}, open...) }

// table is the state table of a finding: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Finding] {
	return lifecycle.Machine[*Finding]{
		Name: Kind, Words: say("监督发现问题", "finding of supervision"),
		New:    func() *Finding { return &Finding{} },
		Phases: phases, States: states, Recounts: lifecycle.By(administrator),
		Rules:  slices.Concat(raising(), rectifying(), concluding()),
		Events: folds(),
	}
}

// raisingSide lets those alone deal with a finding who raised it: the supervisor's organisation, or the agency, which also deals with what the ledger raised.
var raisingSide = guard{
	Words: say("由提出问题的一方处理", "the side that raised it deals with it"),
	Check: func(f *Finding, env lifecycle.Env) refused {
		mine := env.By.Organization == f.Agency
		if f.bySupervisor() {
			mine = env.By.Organization == f.RaisedBy.Organization
		}
		if !mine {
			return refusal.OtherSideRaised.With()
		}
		return nil
	},
}

// notHandedIn keeps people from inspecting what they handed in, whatever roles they have come to hold.
var notHandedIn = guard{
	Words: say("复查人没有提交过整改材料", "who inspects has handed nothing in"),
	Check: func(f *Finding, env lifecycle.Env) refused {
		if slices.ContainsFunc(f.Handed, func(h HandedIn) bool { return h.By.Person == env.By.Person }) {
			return refusal.HandedInByHim.With()
		}
		return nil
	},
}

// ripe lets an inspection take place once evidence was handed in, or the limit for it has run out.
var ripe = guard{
	Words: say("已提交整改材料，或者整改期限已过", "evidence was handed in, or the limit for it has run out"),
	Check: func(f *Finding, env lifecycle.Env) refused {
		if d := f.Deadline(rectification); f.State == Rectifying && d != nil && !d.Passed && env.Now.Before(d.Due.At) {
			return refusal.NotOverdue.With()
		}
		return nil
	},
}

func raising() []rule {
	raisers := lifecycle.By(officer, auditor)
	return []rule{
		{
			Command: "raise", Words: say("提出监督问题", "raise a finding"), To: to{Raised}, By: raisers, Emits: lifecycle.Emits(WasRaised{}),
			Decide: lifecycle.Needing(lifecycle.Decide(raise), func(_ *Finding, in RaiseInput) lifecycle.Needs {
				needs := lifecycle.Needs{Cases: []string{in.Authorization}, Attachments: in.Evidence}
				if id := in.Origin.complaint(); id != "" {
					needs.Cases = append(needs.Cases, id)
				}
				return needs
			}),
		},
		{
			Command: GatherUses, Words: say("归集超范围使用", "gather uses beyond the scope"), From: all(), Opens: true, To: all(), By: lifecycle.By(lifecycle.TheSystem),
			Emits: lifecycle.Emits(WasRaised{}, UsesGathered{}, UsesPassedOn{}),
			Decide: lifecycle.Needing(lifecycle.Decide(gather), func(_ *Finding, in UsesInput) lifecycle.Needs {
				return lifecycle.Needs{Cases: []string{in.Authorization}}
			}),
		},
		{
			Command: "dismiss", Words: say("不予处理", "dismiss"), From: from{Raised}, To: to{Dismissed}, By: raisers, Guards: []guard{raisingSide},
			Emits: lifecycle.Emits(WasDismissed{}), Decide: lifecycle.Decide(dismiss),
		},
		{
			Command: "order", Words: say("责令整改", "order rectification"), From: from{Raised}, To: to{Rectifying}, By: raisers, Guards: []guard{raisingSide},
			Emits: lifecycle.Emits(RectificationOrdered{}), Decide: lifecycle.Decide(order),
		},
	}
}

func rectifying() []rule {
	inspect := func(command string, words [2]string, goes lifecycle.State, starts from, decide lifecycle.Decider[*Finding]) rule {
		return rule{
			Command: command, Words: say(words[0], words[1]), From: starts, To: to{goes}, By: lifecycle.By(officer, auditor), Step: reinspection,
			Guards: []guard{raisingSide, notHandedIn, ripe}, Emits: lifecycle.Emits(WasInspected{}), Decide: decide,
		}
	}
	ripened := from{Rectifying, Reinspecting}
	return []rule{
		{
			Command: "hand-in", Words: say("提交整改材料", "hand in evidence of rectification"), From: from{Rectifying, Suspended}, To: to{Reinspecting},
			By: lifecycle.By(applicant), Emits: lifecycle.Emits(EvidenceHandedIn{}),
			Decide: lifecycle.Needing(lifecycle.Decide(handIn), func(_ *Finding, in HandInInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		},
		inspect("lift", [2]string{"复查合格销号", "lift after inspection"}, Lifted, from{Reinspecting}, lifecycle.Decide(lift)),
		inspect("extend", [2]string{"延长整改期限", "extend the limit"}, Rectifying, ripened, lifecycle.Decide(extend)),
		inspect("suspend-operation", [2]string{"要求暂停运营", "have operation suspended"}, Suspended, ripened, lifecycle.Decide(suspend)),
		inspect("propose-exit", [2]string{"建议退出", "propose an exit"}, ExitProposed, from{Rectifying, Reinspecting, Suspended}, lifecycle.Decide(proposeExit)),
	}
}

// pending: what was asked for has not been carried out.
var pending = guard{
	Words: say("要求尚未办理", "what was asked for has not been carried out"),
	Check: func(f *Finding, _ lifecycle.Env) refused {
		if f.Asks() == "" {
			return refusal.ConsequenceTaken.With()
		}
		return nil
	},
}

func concluding() []rule {
	return []rule{
		{
			Command: authorization.RecordConsequence, Words: say("记录暂停或者退出", "note the suspension or the exit"), From: all(), To: all(), By: lifecycle.By(lifecycle.TheSystem),
			Emits: lifecycle.Emits(ConsequenceTook{}), Decide: lifecycle.Decide(take),
		},
		{
			Command: "decline-consequence", Words: say("退回要求", "send back what was asked for"), From: from{Suspended, ExitProposed}, To: to{Reinspecting}, By: lifecycle.By(administrator),
			Guards: []guard{pending}, Emits: lifecycle.Emits(ConsequenceDeclined{}), Decide: lifecycle.Decide(decline),
		},
		{
			Command: authorization.ConcludeFinding, Words: say("随授权终止办结", "conclude with the end of the authorisation"), From: all(), To: all(), By: lifecycle.By(lifecycle.TheSystem),
			Emits: lifecycle.Emits(WasConcluded{}), Decide: lifecycle.Decide(conclude),
		},
		lifecycle.Interests[*Finding](open...),
	}
}
