package disclosure

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

type (
	rule  = lifecycle.Rule[*Disclosure]
	guard = lifecycle.Guard[*Disclosure]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

// table is the state table of a disclosure: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Disclosure] {
	return lifecycle.Machine[*Disclosure]{
		Name: Kind, Words: say("年度授权运营信息披露", "yearly disclosure"),
		New:    func() *Disclosure { return &Disclosure{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents, Recounts: lifecycle.By(administrator),
		Rules:  slices.Concat(preparing(), publishing()),
		Events: folds(),
	}
}

func preparing() []rule {
	prepares := lifecycle.By(officer, applicant)
	return []rule{
		{
			Command: authorization.CallForDisclosure, Words: say("列入披露范围", "add an authorisation to what is disclosed"), Opens: true, From: open, To: open, By: lifecycle.By(system),
			Emits: lifecycle.Emits(WasCalledFor{}), Decide: lifecycle.Decide(callFor),
		},
		{
			Command: "compile", Words: say("从记录汇编", "compile from the records"), From: from{Due, Drafting, Withdrawn}, To: to{Drafting}, By: prepares,
			Emits:  lifecycle.Emits(Compiled{}),
			Decide: lifecycle.Needing(lifecycle.Decide(compile), func(d *Disclosure, _ Nothing) lifecycle.Needs { return d.needs() }),
		},
		{
			Command: "edit", Words: say("填写披露信息", "complete the disclosure"), From: from{Drafting}, To: to{Drafting}, By: prepares,
			Emits: lifecycle.Emits(Edited{}), Decide: lifecycle.Decide(edit),
		},
		{
			Command: "submit", Words: say("提交核对", "hand in for the check"), From: from{Drafting}, To: to{Checking}, By: prepares,
			Emits: lifecycle.Emits(Handed{}), Decide: lifecycle.Decide(submit),
		},
	}
}

func publishing() []rule {
	checks := lifecycle.By(administrator, officer, signatory, applicant)
	return []rule{
		{
			Command: "return", Words: say("退回修改", "return for change"), From: from{Checking}, To: to{Drafting}, By: checks, Guards: []guard{notPrepared},
			Emits: lifecycle.Emits(WasReturned{}), Decide: lifecycle.Decide(returnIt),
		},
		{
			Command: "publish", Words: say("核对无误并公布", "check and publish"), From: from{Checking}, To: to{Published}, By: checks, Guards: []guard{notPrepared},
			Emits:  lifecycle.Emits(WasPublished{}),
			Decide: lifecycle.Needing(lifecycle.Decide(publish), func(d *Disclosure, _ Nothing) lifecycle.Needs { return d.needs() }),
		},
		{
			Command: "correct", Words: say("更正", "correct it"), From: from{Published}, To: to{Drafting}, By: lifecycle.By(officer, applicant),
			Emits: lifecycle.Emits(CorrectionBegun{}), Decide: lifecycle.Decide(correct),
		},
		{
			Command: "drop-correction", Words: say("放弃更正", "drop the correction"), From: from{Drafting}, To: to{Published}, By: lifecycle.By(officer, applicant), Guards: []guard{correcting},
			Emits: lifecycle.Emits(CorrectionDropped{}), Decide: lifecycle.Decide(dropCorrection),
		},
		{
			Command: "withdraw", Words: say("撤下", "withdraw it"), From: from{Published}, To: to{Withdrawn}, By: lifecycle.By(administrator, signatory),
			Emits: lifecycle.Emits(WasWithdrawn{}), Decide: lifecycle.Decide(withdraw),
		},
	}
}
