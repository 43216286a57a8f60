package exit

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

type (
	rule      = lifecycle.Rule[*Exit]
	stateList = []lifecycle.State
	guards    = []lifecycle.Guard[*Exit]
)

var (
	operates = lifecycle.By(lifecycle.In(lifecycle.OfApplicant, identity.Applicant), lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory))
	officer  = lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer))
	lawyer   = lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.LegalReviewer))
	decider  = lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.ExitDecider))
	manager  = lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.Administrator))
)

// served are the states in which the decision has reached the operator.
var served = []lifecycle.State{Served, WindingDown, Surviving}

func say(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

func cureRules() []rule {
	at := stateList{Curing}
	return []rule{
		{
			Command: "report-cure", Words: say("报告改正情况", "report the cure"), From: at, To: at, By: operates, Guards: guards{noCureToAssess},
			Emits: lifecycle.Emits(CureReported{}), Decide: lifecycle.Needing(lifecycle.Decide(reportCure), func(_ *Exit, in CureInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Attachments}
			}),
		},
		{
			Command: "accept-cure", Words: say("认可改正，终结退出", "accept the cure and end the exit"), From: at, To: stateList{Stopping}, By: officer, Step: investigation,
			Guards: guards{cureToAssess}, Emits: lifecycle.Emits(CureAssessed{}), Decide: lifecycle.Decide(acceptCure),
		},
		{
			Command: "reject-cure", Words: say("不认可改正", "reject the cure"), From: at, To: stateList{Curing, Hearing}, By: officer, Step: investigation,
			Guards: guards{cureToAssess}, Emits: lifecycle.Emits(CureAssessed{}, IntentionNotified{}), Decide: lifecycle.Decide(rejectCure),
		},
	}
}

func hearingRules() []rule {
	at := stateList{Hearing, InHearing}
	after := stateList{Hearing, InHearing, Resolving, Deciding}
	return []rule{
		{
			Command: "request-hearing", Words: say("申请听证", "ask for a hearing"), From: stateList{Hearing}, To: stateList{Hearing}, By: operates,
			Guards: guards{mayAskForHearing}, Emits: lifecycle.Emits(HearingRequested{}), Decide: lifecycle.Decide(requestHearing),
		},
		{
			Command: "call-hearing", Words: say("主持并通知听证", "call the hearing and chair it"), From: at, To: at, By: lawyer, Step: chairing,
			Guards: guards{hearingToCall}, Emits: lifecycle.Emits(HearingCalled{}), Decide: lifecycle.Decide(callHearing),
		},
		{
			Command: "object-to-chair", Words: say("申请主持人回避", "object to the chair"), From: at, To: at, By: operates,
			Guards: guards{hearingCalled}, Emits: lifecycle.Emits(ChairObjected{}), Decide: lifecycle.Decide(objectToChair),
		},
		{
			Command: "answer-objection", Words: say("答复回避申请", "answer the objection to the chair"), From: at, To: at, By: manager,
			Guards: guards{chairObjected}, Emits: lifecycle.Emits(ChairAnswered{}), Decide: lifecycle.Decide(answerObjection),
		},
		{
			Command: "record-hearing", Words: say("提交听证笔录", "record the hearing"), From: at, To: at, By: lawyer, Step: chairing,
			Guards: guards{hearingCalled, isChair, hearingDay}, Emits: lifecycle.Emits(HearingRecorded{}),
			Decide: lifecycle.Needing(lifecycle.Decide(recordHearing), needRecord),
		},
		{
			Command: "sign-record", Words: say("确认听证笔录", "sign the record of the hearing"), From: at, To: after, By: operates,
			Guards: guards{hearingToSign}, Emits: lifecycle.Emits(HearingClosed{}), Decide: lifecycle.Decide(signRecord),
		},
		{
			Command: "close-unsigned", Words: say("注明未签字原因并结束听证", "close the hearing without the operator's signature"), From: at, To: after, By: lawyer, Step: chairing,
			Guards: guards{hearingToSign, isChair}, Emits: lifecycle.Emits(HearingClosed{}), Decide: lifecycle.Decide(closeUnsigned),
		},
		{
			Command: "record-resolution", Words: say("记录会议决议", "record the meeting's resolution"), From: stateList{Resolving}, To: stateList{Resolving, Deciding},
			By: lifecycle.By(lifecycle.TheSystem), Emits: lifecycle.Emits(ResolutionRecorded{}), Decide: lifecycle.Decide(recordResolution),
		},
	}
}

func reviewRules() []rule {
	return []rule{
		{
			Command: "note-review", Words: say("登记复议或者诉讼", "note a reconsideration or suit"), From: served, To: served, By: officer,
			Guards: guards{inFull}, Emits: lifecycle.Emits(ReviewNoted{}), Decide: lifecycle.Decide(noteReview),
		},
		{
			Command: "stay-effect", Words: say("登记暂缓执行", "note that the effect is stayed"), From: served, To: served, By: officer,
			Guards: guards{pending, notStayed}, Emits: lifecycle.Emits(EffectStayed{}), Decide: lifecycle.Needing(lifecycle.Decide(stay), needStayProof),
		},
		{
			Command: "lift-stay", Words: say("登记恢复执行", "note that the stay is lifted"), From: served, To: served, By: officer,
			Guards: guards{stayed}, Emits: lifecycle.Emits(StayLifted{}), Decide: lifecycle.Decide(liftStay),
		},
		{
			Command: "note-review-result", Words: say("登记复议或者诉讼结果", "note the result of a reconsideration or suit"), From: served,
			To: append(stateList{Closed}, served...), By: officer, Guards: guards{pending},
			Emits:  lifecycle.Emits(ReviewDecided{}, StayLifted{}, MoneyOwed{}, ExitConcluded{}),
			Decide: lifecycle.Needing(lifecycle.Decide(noteResult), needReviewProof),
		},
		{
			Command: "reinstate", Words: say("决定恢复授权", "decide to reinstate the authorisation"), From: stateList{WindingDown}, To: stateList{Reinstating},
			By: decider, Step: decisionStep, Guards: guards{toCarry}, Emits: lifecycle.Emits(WasReinstated{}), Decide: lifecycle.Decide(reinstate),
		},
		{
			Command: "proceed", Words: say("按变更后的决定继续执行", "go on as the decision was changed"), From: stateList{WindingDown}, To: stateList{WindingDown},
			By: decider, Step: decisionStep, Guards: guards{toCarry, changed}, Emits: lifecycle.Emits(ExitProceeds{}, StayLifted{}), Decide: lifecycle.Decide(proceed),
		},
	}
}

func afterRules() []rule {
	late := stateList{WindingDown, Surviving}
	closing := stateList{WindingDown, Surviving, Closed}
	return []rule{
		{
			Command: "discharge-duty", Words: say("登记义务履行", "record that what is owed was settled"), From: late, To: closing, By: officer,
			Guards: guards{owes}, Emits: lifecycle.Emits(DutyEnded{}, ExitConcluded{}), Decide: lifecycle.Needing(lifecycle.Decide(discharge), needDischarge),
		},
		{
			Command: "blacklist", Words: say("列入失信名单", "enter into the blacklist"), From: late, To: late, By: officer,
			Guards: guards{adverse}, Emits: lifecycle.Emits(Blacklisted{}), Decide: lifecycle.Decide(blacklist),
		},
		{
			Command: "appeal-listing", Words: say("对列入提出申诉", "appeal against the blacklist"), From: late, To: late, By: operates,
			Guards: guards{listed}, Emits: lifecycle.Emits(ListingAppealed{}), Decide: lifecycle.Decide(appeal),
		},
		{
			Command: "answer-appeal", Words: say("答复申诉", "answer the appeal"), From: late, To: closing, By: decider, Step: decisionStep,
			Guards: guards{appealing, notLister}, Emits: lifecycle.Emits(AppealAnswered{}, ExitConcluded{}), Decide: lifecycle.Decide(answerAppeal),
		},
	}
}
