package product

import (
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/regrading"
	"datacharter/domain/review"
)

type (
	rule  = lifecycle.Rule[*Product]
	guard = lifecycle.Guard[*Product]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

// trialStep is the deciding step of saying what came of a trial: who reviewed the product does not.
const trialStep = "trial"

// table is the state table of a product: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Product] {
	return lifecycle.Machine[*Product]{
		Name: Kind, Words: say("数据产品和服务", "data product or service"),
		New:    func() *Product { return &Product{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents, Recounts: lifecycle.By(administrator),
		Rules:  slices.Concat(drafting(), reviewing(), trying(), pricingRules(), offering(), following()),
		Events: folds(),
	}
}

func drafting() []rule {
	content := func(p *Product, in Content) lifecycle.Needs { return in.needs(p.Authorization) }
	handed := func(p *Product, _ Nothing) lifecycle.Needs { return p.Drafted.needs(p.Authorization) }
	return []rule{
		{
			Command: "draft", Words: say("起草产品和服务", "draft a product or service"), To: to{Draft}, By: lifecycle.By(operator), Guards: []guard{ruled},
			Emits:  lifecycle.Emits(Drafted{}),
			Decide: lifecycle.Needing(lifecycle.Decide(draft), func(_ *Product, in DraftInput) lifecycle.Needs { return in.needs(in.Authorization) }),
		},
		{
			Command: "edit", Words: say("修改内容", "edit the content"), From: editable, To: editable, By: lifecycle.By(operator),
			Emits: lifecycle.Emits(Edited{}), Decide: lifecycle.Needing(lifecycle.Decide(edit), content),
		},
		{
			Command: "delete-draft", Words: say("删除草稿", "delete the draft"), From: from{Draft}, To: to{Deleted}, By: lifecycle.By(operator),
			Emits: lifecycle.Emits(DraftDeleted{}), Decide: lifecycle.Decide(deleteDraft),
		},
		{
			Command: "submit", Words: say("提交审核", "submit for review"), From: from{Draft, Revising}, To: to{Reviewing}, By: lifecycle.By(operator), Guards: []guard{ruled},
			Emits: lifecycle.Emits(Handed{}, review.StageOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(submit), handed),
		},
		{
			Command: "resubmit", Words: say("修改后重新提交", "resubmit"), From: from{ReviewReturned}, To: to{Reviewing}, By: lifecycle.By(operator),
			Emits: lifecycle.Emits(Handed{}, review.StageOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(resubmit), handed),
		},
		{
			Command: "withdraw", Words: say("撤回", "withdraw"), From: append(from{Revising}, underWay...), To: to{Withdrawn, Listed}, By: lifecycle.By(operator),
			Emits: lifecycle.Emits(CameToNothing{}), Decide: lifecycle.Decide(withdraw),
		},
	}
}

func reviewing() []rule {
	return append(lifecycle.Claiming[*Product](administrator, Reviewing),
		rule{
			Command: "decide", Words: say("提交审核意见", "decide the review"), From: from{Reviewing},
			To: to{Reviewing, ReviewReturned, ToBeTried, ToBePriced, ToBeListed, Rejected, Listed},
			By: lifecycle.By(tasked), Task: lifecycle.Held,
			Emits:  lifecycle.Emits(review.StageOpened{}, ReviewsReturned{}, TrialAsked{}, Admitted{}, ChargeSet{}, CameToNothing{}),
			Decide: lifecycle.Decide(decideReview),
		},
		lifecycle.Interests[*Product](open...))
}

// on is what looks at the authorisation to be decided.
func resting[In any](d lifecycle.Decider[*Product], files func(In) []string) lifecycle.Decider[*Product] {
	return lifecycle.Needing(d, func(p *Product, in In) lifecycle.Needs {
		return lifecycle.Needs{Cases: []string{p.Authorization}, Attachments: files(in)}
	})
}

func noFiles[In any](In) []string { return nil }

func trying() []rule {
	return []rule{
		{
			Command: "start-trial", Words: say("开始试运行", "begin the trial"), From: from{ToBeTried}, To: to{OnTrial}, By: lifecycle.By(operator), Guards: []guard{notHeld},
			Emits: lifecycle.Emits(TrialBegun{}), Decide: resting(lifecycle.Decide(startTrial), noFiles[TrialInput]),
		},
		{
			Command: "conclude-trial", Words: say("认定试运行结果", "say what came of the trial"), From: from{OnTrial}, To: to{ReviewReturned, ToBePriced, ToBeListed},
			By: lifecycle.By(officer, administrator), Step: trialStep,
			Emits:  lifecycle.Emits(TrialEnded{}, Admitted{}, ChargeSet{}),
			Decide: resting(lifecycle.Decide(concludeTrial), func(in ResultInput) []string { return in.Evidence }),
		},
	}
}

func pricingRules() []rule {
	priced := append(from{Listed, Revising}, underWay...)
	return []rule{
		{
			Command: "set-ceiling", Words: say("设定上限收费标准", "set the ceiling"), From: priced, To: priced, By: lifecycle.By(officer, administrator),
			Guards: []guard{priceable, chargeable},
			Emits:  lifecycle.Emits(CeilingSet{}, ChargeSet{}), Decide: resting(lifecycle.Decide(setCeiling), noFiles[CeilingInput]),
		},
		{
			Command: "set-charge", Words: say("确定收费标准", "set the charge"), From: priced, To: priced, By: lifecycle.By(operator),
			Guards: []guard{priceable, chargeable, ceilinged},
			Emits:  lifecycle.Emits(ChargeSet{}), Decide: lifecycle.Decide(setCharge),
		},
	}
}

func offering() []rule {
	listed := append(from{Listed, Revising}, underWay...)
	return []rule{
		{
			Command: "list", Words: say("上架", "put on offer"), From: from{ToBeListed}, To: to{Listed}, By: lifecycle.By(operator),
			Guards: []guard{notHeld, regrading.Unless(policy.StopListing, func(p *Product) []regrading.Flag { return p.Regraded })},
			Emits:  lifecycle.Emits(PutOnOffer{}), Decide: resting(lifecycle.Decide(list), noFiles[Nothing]),
		},
		{
			Command: "propose-change", Words: say("提出内容变更", "propose a change of content"), From: from{Listed}, To: to{Revising}, By: lifecycle.By(operator),
			Emits: lifecycle.Emits(ChangeProposed{}), Decide: lifecycle.Decide(proposeChange),
		},
		{
			Command: "delist", Words: say("下架", "take off offer"), From: listed, To: to{Delisted}, By: lifecycle.By(operator), Guards: []guard{offered},
			Emits: lifecycle.Emits(TakenOff{}), Decide: lifecycle.Decide(delist),
		},
		{
			Command: "order-delisting", Words: say("责令下架", "order it off offer"), From: listed, To: to{Delisted}, By: lifecycle.By(officer, administrator), Guards: []guard{offered},
			Emits: lifecycle.Emits(TakenOff{}), Decide: lifecycle.Decide(orderDelisting),
		},
	}
}

func following() []rule {
	return []rule{
		{
			Command: "follow-authorization", Words: say("随授权运营状态变化", "follow the authorisation"), From: open, To: append(to{Delisted, Lapsed}, open...), By: lifecycle.By(system),
			Emits: lifecycle.Emits(StandingNoted{}, TakenOff{}, WentWithIt{}), Decide: lifecycle.Decide(follow),
		},
		regrading.Rule(open, (*Product).ResourceIDs, func(p *Product) []regrading.Flag { return p.Regraded },
			func(*Product, regrading.Recorded, lifecycle.Env) []lifecycle.Content { return nil }),
	}
}
