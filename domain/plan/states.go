package plan

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	words "datacharter/domain/text"
)

// The phases, in order.
const (
	DraftingPhase lifecycle.Phase = "drafting"
	ReviewPhase   lifecycle.Phase = "review"
	DecisionPhase lifecycle.Phase = "decision"
	FilingPhase   lifecycle.Phase = "filing"
	InForcePhase  lifecycle.Phase = "in-force"
	ClosedPhase   lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Draft            lifecycle.State = "draft"
	Deleted          lifecycle.State = "deleted"
	Reviewing        lifecycle.State = "reviewing"
	ReviewReturned   lifecycle.State = "review-returned"
	AwaitingDecision lifecycle.State = "awaiting-decision"
	Amending         lifecycle.State = "amending"
	ToBeFiled        lifecycle.State = "to-be-filed"
	ToBePublished    lifecycle.State = "to-be-published"
	Published        lifecycle.State = "published"
	Revising         lifecycle.State = "revising"
	Withdrawn        lifecycle.State = "withdrawn"
	Rejected         lifecycle.State = "rejected"
	Refused          lifecycle.State = "refused"
	Ended            lifecycle.State = "ended"
)

func say(zh, en string) words.Text { return words.Text{ZH: zh, EN: en} }

var phases = []lifecycle.PhaseInfo{
	{Name: DraftingPhase, Words: say("编制", "drafting")},
	{Name: ReviewPhase, Words: say("论证审查", "reviews")},
	{Name: DecisionPhase, Words: say("政府决策", "government's decision")},
	{Name: FilingPhase, Words: say("备案公布", "filing and publication")},
	{Name: InForcePhase, Words: say("实施", "in force")},
	{Name: ClosedPhase, Words: say("办结", "closed")},
}

var (
	planner       = lifecycle.In(lifecycle.OfAgency, identity.Planner)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	tasked        = lifecycle.Party{Where: lifecycle.OfTask}
	body          = lifecycle.In(lifecycle.Anywhere, identity.Secretary)
)

var states = []lifecycle.StateInfo{
	{Name: Draft, Phase: DraftingPhase, Draft: true, Turn: lifecycle.By(planner), Words: say("草稿", "draft")},
	{Name: Reviewing, Phase: ReviewPhase, Turn: lifecycle.By(tasked), Words: say("论证审查中", "under review")},
	{Name: ReviewReturned, Phase: ReviewPhase, Turn: lifecycle.By(planner), Words: say("审查退回修改", "returned by review")},
	{Name: AwaitingDecision, Phase: DecisionPhase, Turn: lifecycle.By(body), Words: say("待政府集体决策", "awaiting the government's decision")},
	{Name: Amending, Phase: DecisionPhase, Turn: lifecycle.By(planner), Words: say("按决议修改", "being amended as resolved")},
	{Name: ToBeFiled, Phase: FilingPhase, Turn: lifecycle.By(planner), Words: say("已通过待备案", "agreed, to be filed")},
	{Name: ToBePublished, Phase: FilingPhase, Turn: lifecycle.By(planner), Words: say("已备案待公布", "filed, to be published")},
	{Name: Published, Phase: InForcePhase, Turn: lifecycle.By(planner), Words: say("已公布实施", "in force")},
	{Name: Revising, Phase: InForcePhase, Turn: lifecycle.By(planner), Words: say("重大变更起草中", "major change being drafted")},
	{Name: Deleted, Phase: ClosedPhase, Final: true, Words: say("草稿已删除", "draft deleted")},
	{Name: Withdrawn, Phase: ClosedPhase, Final: true, Words: say("已撤回", "withdrawn")},
	{Name: Rejected, Phase: ClosedPhase, Final: true, Words: say("审查不通过", "rejected in review")},
	{Name: Refused, Phase: ClosedPhase, Final: true, Words: say("不予同意", "refused")},
	{Name: Ended, Phase: ClosedPhase, Final: true, Words: say("已终止", "ended")},
}

// underWay are the states in which a plan, or a change of it, is on its way to a decision.
var underWay = []lifecycle.State{Reviewing, ReviewReturned, AwaitingDecision, Amending}

// open are the states in which the case goes on.
var open = []lifecycle.State{Reviewing, ReviewReturned, AwaitingDecision, Amending, ToBeFiled, ToBePublished, Published, Revising}
