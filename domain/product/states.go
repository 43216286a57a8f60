package product

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	words "datacharter/domain/text"
)

// The phases, in order.
const (
	DraftingPhase lifecycle.Phase = "drafting"
	ReviewPhase   lifecycle.Phase = "review"
	TrialPhase    lifecycle.Phase = "trial"
	PricingPhase  lifecycle.Phase = "pricing"
	OfferPhase    lifecycle.Phase = "on-offer"
	ClosedPhase   lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Draft          lifecycle.State = "draft"
	Deleted        lifecycle.State = "deleted"
	Reviewing      lifecycle.State = "reviewing"
	ReviewReturned lifecycle.State = "review-returned"
	ToBeTried      lifecycle.State = "to-be-tried"
	OnTrial        lifecycle.State = "on-trial"
	ToBePriced     lifecycle.State = "to-be-priced"
	ToBeListed     lifecycle.State = "to-be-listed"
	Listed         lifecycle.State = "listed"
	Revising       lifecycle.State = "revising"
	Withdrawn      lifecycle.State = "withdrawn"
	Rejected       lifecycle.State = "rejected"
	Lapsed         lifecycle.State = "lapsed"
	Delisted       lifecycle.State = "delisted"
)

func say(zh, en string) words.Text { return words.Text{ZH: zh, EN: en} }

var phases = []lifecycle.PhaseInfo{
	{Name: DraftingPhase, Words: say("起草", "drafting")},
	{Name: ReviewPhase, Words: say("审核", "reviews")},
	{Name: TrialPhase, Words: say("试运行", "trial")},
	{Name: PricingPhase, Words: say("定价", "pricing")},
	{Name: OfferPhase, Words: say("在架", "on offer")},
	{Name: ClosedPhase, Words: say("办结", "closed")},
}

var (
	operator      = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	tasked        = lifecycle.Party{Where: lifecycle.OfTask}
	system        = lifecycle.TheSystem
)

var states = []lifecycle.StateInfo{
	{Name: Draft, Phase: DraftingPhase, Draft: true, Turn: lifecycle.By(operator), Words: say("草稿", "draft")},
	{Name: Reviewing, Phase: ReviewPhase, Turn: lifecycle.By(tasked), Words: say("审核中", "under review")},
	{Name: ReviewReturned, Phase: ReviewPhase, Turn: lifecycle.By(operator), Words: say("退回修改", "returned for change")},
	{Name: ToBeTried, Phase: TrialPhase, Turn: lifecycle.By(operator), Words: say("待试运行", "trial to begin")},
	{Name: OnTrial, Phase: TrialPhase, Turn: lifecycle.By(officer, administrator), Words: say("试运行中", "on trial")},
	{Name: ToBePriced, Phase: PricingPhase, Turn: lifecycle.By(officer, operator), Words: say("待定价", "to be priced")},
	{Name: ToBeListed, Phase: PricingPhase, Turn: lifecycle.By(operator), Words: say("待上架", "to be listed")},
	{Name: Listed, Phase: OfferPhase, Turn: lifecycle.By(operator), Words: say("在架", "on offer")},
	{Name: Revising, Phase: OfferPhase, Turn: lifecycle.By(operator), Words: say("内容变更起草中", "change being drafted")},
	{Name: Deleted, Phase: ClosedPhase, Final: true, Words: say("草稿已删除", "draft deleted")},
	{Name: Withdrawn, Phase: ClosedPhase, Final: true, Words: say("已撤回", "withdrawn")},
	{Name: Rejected, Phase: ClosedPhase, Final: true, Words: say("审核不通过", "rejected in review")},
	{Name: Lapsed, Phase: ClosedPhase, Final: true, Words: say("因授权终止失效", "lapsed")},
	{Name: Delisted, Phase: ClosedPhase, Final: true, Words: say("已下架", "delisted")},
}

var (
	// underWay are the states in which a product, or a change of it, is on its way to being offered.
	underWay = []lifecycle.State{Reviewing, ReviewReturned, ToBeTried, OnTrial, ToBePriced, ToBeListed}
	// open are the states in which the case goes on.
	open = append([]lifecycle.State{Listed, Revising}, underWay...)
	// editable are the states in which the operator may edit the content.
	editable = []lifecycle.State{Draft, ReviewReturned, Revising}
)
