package plan

import (
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/regrading"
	"datacharter/domain/review"
)

type (
	rule  = lifecycle.Rule[*Plan]
	guard = lifecycle.Guard[*Plan]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

// table is the state table of a plan: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Plan] {
	return lifecycle.Machine[*Plan]{
		Name: Kind, Words: say("授权运营实施方案", "implementation plan"),
		New:    func() *Plan { return &Plan{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents, Recounts: lifecycle.By(administrator),
		Rules:  slices.Concat(drafting(), reviewing(), deciding(), inForce()),
		Events: folds(),
	}
}

func drafting() []rule {
	content := func(_ *Plan, in Content) lifecycle.Needs { return in.needs() }
	handed := func(p *Plan, _ Nothing) lifecycle.Needs { return p.Drafted.needs() }
	return []rule{
		{
			Command: "draft", Words: say("起草实施方案", "draft a plan"), To: to{Draft}, By: lifecycle.By(planner), Guards: []guard{ruled},
			Emits:  lifecycle.Emits(Drafted{}),
			Decide: lifecycle.Needing(lifecycle.Decide(draft), func(_ *Plan, in DraftInput) lifecycle.Needs { return in.needs() }),
		},
		{
			Command: "edit", Words: say("修改实施方案", "edit the plan"), From: editable, To: editable, By: lifecycle.By(planner), Guards: []guard{hasContent},
			Emits: lifecycle.Emits(Edited{}), Decide: lifecycle.Needing(lifecycle.Decide(edit), content),
		},
		{
			Command: "delete-draft", Words: say("删除草稿", "delete the draft"), From: from{Draft}, To: to{Deleted}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(DraftDeleted{}), Decide: lifecycle.Decide(deleteDraft),
		},
		{
			Command: "submit", Words: say("提交论证审查", "submit for review"), From: from{Draft, Revising}, To: to{Reviewing}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(Handed{}, CommentBegun{}, review.StageOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(submit), handed),
		},
		{
			Command: "resubmit", Words: say("修改后重新提交", "resubmit"), From: from{ReviewReturned, Amending}, To: to{Reviewing}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(Handed{}, CommentBegun{}, review.StageOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(resubmit), handed),
		},
		{
			Command: "withdraw", Words: say("撤回", "withdraw"), From: append(from{Revising}, underWay...), To: to{Withdrawn, Published}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(CameToNothing{}), Decide: lifecycle.Decide(withdraw),
		},
	}
}

func reviewing() []rule {
	return append(lifecycle.Claiming[*Plan](administrator, Reviewing),
		rule{
			Command: "decide", Words: say("提交审查意见", "decide the review"), From: from{Reviewing}, To: to{Reviewing, ReviewReturned, AwaitingDecision, Rejected, Published},
			By: lifecycle.By(tasked), Task: lifecycle.Held,
			Emits:  lifecycle.Emits(Found{}, review.StageOpened{}, ReviewsPassed{}, ReviewsReturned{}, CameToNothing{}),
			Decide: lifecycle.Decide(decideReview),
		},
		rule{
			Command: "comment", Words: say("提出意见", "comment on the plan"), From: from{Reviewing}, To: to{Reviewing}, By: lifecycle.By(lifecycle.Party{Where: lifecycle.Anywhere}),
			Outside: true, Guards: []guard{commenting}, Emits: lifecycle.Emits(Commented{}), Decide: lifecycle.Decide(comment),
		},
		lifecycle.Interests[*Plan](open...))
}

func deciding() []rule {
	return []rule{{
		Command: "record-resolution", Words: say("记录会议决议", "record the meeting's resolution"), From: from{AwaitingDecision},
		To: to{ToBeFiled, Amending, AwaitingDecision, Refused, Published, Ended}, By: lifecycle.By(lifecycle.TheSystem),
		Emits:  lifecycle.Emits(ResolutionRecorded{}, CameInForce{}, CameToNothing{}, WasEnded{}),
		Decide: lifecycle.Decide(recordResolution),
	}}
}

// inForce are the rules of a plan in force. Applications go on being taken while a change is on its way: the version in force stays until another one is agreed.
func inForce() []rule {
	evidence := func(_ *Plan, in FilingInput) lifecycle.Needs { return lifecycle.Needs{Attachments: in.Evidence} }
	taking := append(from{Published, Revising}, underWay...)
	flags := func(p *Plan) []regrading.Flag { return p.Regraded }
	return []rule{
		{
			Command: "file", Words: say("登记备案", "record the filing"), From: from{ToBeFiled}, To: to{ToBePublished}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(WasFiled{}), Decide: lifecycle.Needing(lifecycle.Decide(file), evidence),
		},
		{
			Command: "publish", Words: say("公布实施方案", "publish the plan"), From: from{ToBePublished}, To: to{Published}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(WasPublished{}), Decide: lifecycle.Decide(publish),
		},
		{
			Command: "open-applications", Words: say("开始受理申请", "open to applications"), From: taking, To: taking, By: lifecycle.By(planner),
			Guards: []guard{hasForce, closed, regrading.Unless(policy.StopApplications, flags)},
			Emits:  lifecycle.Emits(Opened{}), Decide: lifecycle.Decide(openApplications),
		},
		{
			Command: "close-applications", Words: say("停止受理申请", "close to applications"), From: taking, To: taking, By: lifecycle.By(planner),
			Guards: []guard{opened}, Emits: lifecycle.Emits(Closed{}), Decide: lifecycle.Decide(closeApplications),
		},
		{
			Command: "amend", Words: say("非重大变更", "make a minor change"), From: from{Published}, To: to{Published}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(Amended{}), Decide: lifecycle.Needing(lifecycle.Decide(amend), func(_ *Plan, in AmendInput) lifecycle.Needs { return in.needs() }),
		},
		{
			Command: "propose-change", Words: say("提出重大变更", "propose a major change"), From: from{Published}, To: to{Revising}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(ChangeProposed{}), Decide: lifecycle.Decide(proposeChange),
		},
		{
			Command: "propose-end", Words: say("提出终止实施方案", "propose to end the plan"), From: from{Published}, To: to{Revising}, By: lifecycle.By(planner),
			Emits: lifecycle.Emits(ChangeProposed{}), Decide: lifecycle.Decide(proposeEnd),
		},
		regrading.Rule(open, (*Plan).ResourceIDs, flags, func(p *Plan, e regrading.Recorded, _ lifecycle.Env) []lifecycle.Content {
			if p.Open != nil && slices.Contains(e.Stops, policy.StopApplications) {
				return append(contents{Closed{}}, p.EndDeadlines(applications)...)
			}
			return nil
		}, Closed{}),
	}
}
