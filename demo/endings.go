package demo

import (
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Ending is one way that authorisations go.
type Ending struct {
	Name  string
	Words text.Text
	State lifecycle.State // in which the way leaves them
	Times int             // how many go this way
	way   step
}

// The stretches that many ways have in common.
var (
	examined = steps(accepted, approved)
	passed   = steps(applied, examined)
	granted  = steps(passed, agreed.resolved)
	begun    = steps(agreed.resolvedByAgency, signed, started)
	running  = steps(granted, longText, begun)  // in operation for years
	fleeting = steps(granted, shortText, begun) // in operation for a while
	ended    = steps(terminated, woundDown)
)

// LongWay is the ending whose authorisation sees most of what can happen.
const LongWay = "the-long-way"

// Endings are all the ways there are.
var Endings = []Ending{
	{
		"draft-deleted",
		text.Text{ZH: "草稿删除", EN: "draft deleted"},
		authorization.Deleted, 1,
		steps(drafted, deleted),
	},
	{
		"refused-at-completeness",
		text.Text{ZH: "完整性审核不予受理", EN: "refused at completeness"},
		authorization.Refused, 2,
		steps(applied, refusedIncomplete),
	},
	{
		"withdrawn-early",
		text.Text{ZH: "受理前撤回", EN: "withdrawn before acceptance"},
		authorization.Withdrawn, 1,
		steps(applied, withdrawn),
	},
	{
		"withdrawn-in-review",
		text.Text{ZH: "审查中撤回", EN: "withdrawn in review"},
		authorization.Withdrawn, 1,
		steps(applied, accepted, conditional.reviewedOne, withdrawn),
	},
	{
		"withdrawn-late",
		text.Text{ZH: "决策前撤回", EN: "withdrawn before the decision"},
		authorization.Withdrawn, 1,
		steps(passed, withdrawn),
	},
	{
		"rejected-in-review",
		text.Text{ZH: "审查不通过", EN: "rejected in review"},
		authorization.Rejected, 2,
		steps(applied, accepted, rejecting.reviewed),
	},
	{
		"refused-by-vote",
		text.Text{ZH: "集体决策不同意", EN: "refused by vote"},
		authorization.Refused, 2,
		steps(passed, denial.resolved),
	},
	{
		"agreement-refused-by-vote",
		text.Text{ZH: "协议审议不同意", EN: "agreement refused by vote"},
		authorization.Refused, 1,
		steps(granted, longText, denial.resolvedByAgency),
	},
	{
		"deferred-by-vote",
		text.Text{ZH: "集体决策暂缓", EN: "deferred by vote"},
		authorization.AwaitingDecision, 2,
		steps(passed, deferral.resolved),
	},
	{
		"quorum-missed",
		text.Text{ZH: "未达法定人数", EN: "quorum missed"},
		authorization.AwaitingDecision, 2,
		steps(passed, missed.resolved),
	},
	{
		"expired",
		text.Text{ZH: "期满退出", EN: "closed after operation, by expiry"},
		authorization.Closed, 4,
		steps(fleeting, expired, woundDown),
	},
	{
		"returned-and-expired",
		text.Text{ZH: "补正后受理、期满退出", EN: "returned once, then closed by expiry"},
		authorization.Closed, 2,
		steps(applied, returnedOnce, examined, agreed.resolved, shortText, begun, expired, woundDown),
	},
	{
		"renewal-declined",
		text.Text{ZH: "申请续约未获同意、期满退出", EN: "renewal declined, closed by expiry"},
		authorization.Closed, 1,
		steps(fleeting, renewalAnswered, expired, woundDown),
	},
	{
		"suspended-and-expired",
		text.Text{ZH: "暂停、恢复后期满退出", EN: "suspended and resumed, then closed by expiry"},
		authorization.Closed, 2,
		steps(fleeting, suspended, resumed, expired, woundDown),
	},
	{
		"returned-in-review-and-waived",
		text.Text{ZH: "审查退回修改后通过、放弃授权退出", EN: "returned in review and passed later, closed by waiver"},
		authorization.Closed, 2,
		steps(applied, accepted, returnedByReview, approved, agreed.resolved, longText, begun, waived, ended),
	},
	{
		"deferred-agreed-and-waived",
		text.Text{ZH: "暂缓后同意、放弃授权退出", EN: "deferred, agreed later, closed by waiver"},
		authorization.Closed, 1,
		steps(passed, deferral.resolved, agreed.resolved, longText, begun, waived, ended),
	},
	{
		"quorum-missed-agreed-and-waived",
		text.Text{ZH: "未达法定人数后另行开会同意、放弃授权退出", EN: "quorum missed, agreed later, closed by waiver"},
		authorization.Closed, 1,
		steps(passed, missed.resolved, recusal.resolved, longText, begun, waived, ended),
	},
	{
		"amended-and-ended-by-agreement",
		text.Text{ZH: "按决议修改后同意、协商退出", EN: "amended by vote, closed by agreement"},
		authorization.Closed, 2,
		steps(passed, amendment.resolved, amended, approved, agreed.resolved, longText, begun, endedByAgency, ended),
	},
	{
		"negotiated-and-ended-by-agreement",
		text.Text{ZH: "双方协商文本、协商退出", EN: "agreement in both sides' versions, closed by agreement"},
		authorization.Closed, 2,
		steps(granted, textByBoth, amendment.resolvedByAgency, longText, begun, endedByOperator, ended),
	},
	{
		"exit-by-ground",
		text.Text{ZH: "因故退出（经申辩）", EN: "exit by ground, with defence"},
		authorization.Closed, 2,
		steps(running, openedFor("security-failure"), defended, ended),
	},
	{
		"exit-by-ground-undefended",
		text.Text{ZH: "因故退出（申辩期满未申辩）", EN: "exit by ground, the period of defence let pass"},
		authorization.Closed, 1,
		steps(running, openedFor("breach"), ended),
	},
	{
		"exit-of-operator-gone",
		text.Text{ZH: "运营机构终止、由实施机构清退", EN: "exit of an operator that is gone, wound down by the agency"},
		authorization.Closed, 1,
		steps(running, openedFor("operator-ended"), terminated, woundDownAlone),
	},
	{
		"exit-stopped",
		text.Text{ZH: "退出停止、继续运营", EN: "exit stopped, operation goes on"},
		authorization.Operating, 2,
		steps(running, openedFor("beyond-scope"), stopped),
	},
	{
		"exit-not-upheld",
		text.Text{ZH: "决定不予终止、继续运营", EN: "exit decided against, operation goes on"},
		authorization.Operating, 2,
		steps(running, openedFor("security-failure"), defended, continued),
	},
	{
		"waived",
		text.Text{ZH: "放弃授权退出", EN: "closed by waiver"},
		authorization.Closed, 2,
		steps(running, waived, ended),
	},
	{
		LongWay,
		text.Text{ZH: "曲折全程", EN: "the long way: returned, deferred, suspended, exit with defence"},
		authorization.Closed, 1,
		steps(applied, questioned, returnedOnce, accepted, questionedInReview, returnedByReview, approved, deferral.resolved, agreed.resolved, textByBoth, begun,
			reported, found, suspended, resumed, openedFor("security-failure"), stopped, openedFor("price"), defended, ended),
	},
}
