package authorization

import (
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
	"datacharter/domain/text"
)

type rule = lifecycle.Rule[*Authorization]

type guard = lifecycle.Guard[*Authorization]

var (
	applicant     = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
	operatorSigns = lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory)
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	agencySigns   = lifecycle.In(lifecycle.OfAgency, identity.AgencySignatory)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	auditor       = lifecycle.In(lifecycle.Anywhere, identity.Auditor)
	system        = lifecycle.TheSystem
)

type (
	from = []lifecycle.State
	to   = []lifecycle.State
)

func words(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

// table is the state table of the authorisation: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Authorization] {
	return lifecycle.Machine[*Authorization]{
		Name: Kind, Words: words("授权运营", "authorisation"),
		New:    func() *Authorization { return &Authorization{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents, Disclose: disclosure, Recounts: lifecycle.By(administrator),
		Rules: slices.Concat(applicationRules(), reviewRules(), questionRules(), contractRules(), operationRules(), productRules(), findingRules(), incidentRules(), inspectionRules(), evaluationRules(), auditRules(), affiliateRules(), registeringRules(), exitRules(), []rule{regradingRule()}),
		Events: slices.Concat(
			applicationEvents(), reviewEvents(), []lifecycle.EventType[*Authorization]{lifecycle.InterestEvent[*Authorization]()}, questionEvents(), decisionEvents(), contractEvents(),
			operationEvents(), yearlyEvents(), productEvents(), findingEvents(), incidentEvents(), inspectionEvents(), evaluationEvents(), auditEvents(), affiliateEvents(), registeringEvents(), []lifecycle.EventType[*Authorization]{regradingEvent()}, suspensionEvents(), renewalEvents(), exitEvents()),
	}
}

func applicationRules() []rule {
	drafted := func(_ *Authorization, in DraftInput) lifecycle.Needs { return in.needs("") }
	edited := func(a *Authorization, in Application) lifecycle.Needs { return in.needs(a.Applicant) }
	handed := func(a *Authorization, _ Nothing) lifecycle.Needs {
		needs := a.Application.needs(a.Applicant)
		needs.ExitsOf = []string{a.Applicant}
		return needs
	}
	return []rule{
		{
			Command: "draft", Words: words("起草申请", "draft an application"), To: to{Draft}, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(Drafted{}), Decide: lifecycle.Needing(lifecycle.Decide(draft), drafted),
		},
		{
			Command: "edit", Words: words("修改申请", "edit the application"), From: editable, To: editable, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(Edited{}), Decide: lifecycle.Needing(lifecycle.Decide(edit), edited),
		},
		{
			Command: "delete-draft", Words: words("删除草稿", "delete the draft"), From: from{Draft}, To: to{Deleted}, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(DraftDeleted{}), Decide: lifecycle.Decide(deleteDraft),
		},
		{
			Command: "submit", Words: words("提交申请", "submit the application"), From: from{Draft}, To: to{Submitted}, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(Handed{}), Decide: lifecycle.Needing(lifecycle.Decide(submit), handed),
		},
		{
			Command: "accept", Words: words("受理", "accept as complete"), From: from{Submitted}, To: to{Reviewing}, By: lifecycle.By(officer),
			Step: completenessStep, Guards: []guard{notStopped(policy.StopProgress)},
			Emits: lifecycle.Emits(Accepted{}, review.StageOpened{}), Decide: lifecycle.Decide(accept),
		},
		{
			Command: "return", Words: words("退回补正", "return for completion"), From: from{Submitted}, To: to{Returned}, By: lifecycle.By(officer),
			Step: completenessStep, Guards: []guard{returnable},
			Emits: lifecycle.Emits(ReturnedIncomplete{}), Decide: lifecycle.Decide(returnIncomplete),
		},
		{
			Command: "refuse", Words: words("不予受理", "refuse"), From: from{Submitted}, To: to{Refused}, By: lifecycle.By(officer),
			Step:  completenessStep,
			Emits: lifecycle.Emits(RefusedIncomplete{}), Decide: lifecycle.Decide(refuseIncomplete),
		},
		{
			Command: "resubmit", Words: words("重新提交", "resubmit"), From: from{Returned, ReviewReturned, Amending}, To: to{Submitted, Reviewing},
			By:    lifecycle.By(applicant),
			Emits: lifecycle.Emits(Handed{}, review.StageOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(resubmit), handed),
		},
		{
			Command: "withdraw", Words: words("撤回申请", "withdraw the application"), From: beforeDecision, To: to{Withdrawn}, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(ApplicationWithdrawn{}), Decide: lifecycle.Decide(withdraw),
		},
	}
}

// returnable: all that is missing is named at once (一次性告知), so that an application is returned no more often than the profile says.
var returnable = guard{
	Words: words("尚未退回过（一次性告知）", "not returned before: all that is missing is named at once"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if a.Returns >= env.Policy.Application.MaxReturns {
			return refusal.ReturnedBefore.With()
		}
		return nil
	},
}

func reviewRules() []rule {
	open := from{}
	for _, s := range states {
		if !s.Final && !s.Draft {
			open = append(open, s.Name)
		}
	}
	return append(lifecycle.Claiming[*Authorization](administrator, Reviewing),
		rule{
			Command: "decide", Words: words("提交审查意见", "decide the review"), From: from{Reviewing}, To: to{Reviewing, ReviewReturned, Rejected, AwaitingDecision},
			By: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Task: lifecycle.Held,
			Emits: lifecycle.Emits(review.StageOpened{}, ReviewsPassed{}, ReviewsReturned{}, ReviewsRejected{}), Decide: lifecycle.Decide(decideReview),
		},
		lifecycle.Interests[*Authorization](open...),
		rule{
			Command: "record-resolution", Words: words("记录会议决议", "record the meeting's resolution"), From: from{AwaitingDecision, AgreementPending},
			To: to{AgreementDrafting, Amending, AwaitingDecision, Refused, Signing, AgreementPending}, By: lifecycle.By(system),
			Emits: lifecycle.Emits(ResolutionRecorded{}), Decide: lifecycle.Decide(recordResolution),
		})
}

func contractRules() []rule {
	evidence := func(_ *Authorization, in FilingInput) lifecycle.Needs {
		return lifecycle.Needs{Attachments: in.Evidence}
	}
	return []rule{
		{
			Command: "propose-agreement", Words: words("提出协议文本", "propose a version of the agreement"), From: from{AgreementDrafting}, To: to{AgreementDrafting},
			By:    lifecycle.By(officer, applicant),
			Emits: lifecycle.Emits(AgreementProposed{}), Decide: lifecycle.Decide[*Authorization, agreement.Agreement](proposeAgreement),
		},
		{
			Command: "agree-text", Words: words("同意协议文本", "agree to the other side's version"), From: from{AgreementDrafting}, To: to{AgreementPending},
			By: lifecycle.By(officer, applicant), Guards: []guard{otherProposed, notStopped(policy.StopProgress)},
			Emits: lifecycle.Emits(TextAgreed{}), Decide: lifecycle.Decide(agreeText),
		},
		{
			Command: "sign", Words: words("签署协议", "sign the agreement"), From: from{Signing}, To: to{Signing, ToBeFiled}, By: lifecycle.By(agencySigns, operatorSigns),
			Guards: []guard{unsigned, notStopped(policy.StopProgress)},
			Emits:  lifecycle.Emits(Signed{}, BothSigned{}), Decide: lifecycle.Decide(sign),
		},
		{
			Command: "file", Words: words("登记备案", "record the filing"), From: from{ToBeFiled}, To: to{Filed}, By: lifecycle.By(officer), Guards: []guard{notStopped(policy.StopProgress)},
			Emits: lifecycle.Emits(AgreementFiled{}), Decide: lifecycle.Needing(lifecycle.Decide(file), evidence),
		},
	}
}

func operationRules() []rule {
	running := from{Operating}
	operated := from{Operating, Suspended, Exiting} // the report on a year falls due whatever has come since
	return []rule{
		{
			Command: "set-ceiling", Words: words("设定上限收费标准", "set a product's ceiling"), From: running, To: running, By: lifecycle.By(officer), Guards: []guard{itself},
			Emits: lifecycle.Emits(CeilingSet{}, PriceChanged{}), Decide: lifecycle.Decide(setCeiling),
		},
		{
			Command: "list-product", Words: words("上架产品和服务", "list a product"), From: running, To: running, By: lifecycle.By(applicant), Guards: []guard{itself, notStopped(policy.StopListing)},
			Emits: lifecycle.Emits(ProductListed{}), Decide: lifecycle.Decide(listProduct),
		},
		{
			Command: "change-price", Words: words("调整收费", "change a product's price"), From: running, To: running, By: lifecycle.By(applicant), Guards: []guard{itself},
			Emits: lifecycle.Emits(PriceChanged{}), Decide: lifecycle.Decide(changePrice),
		},
		{
			Command: "delist-product", Words: words("下架产品和服务", "delist a product"), From: from{Operating, Suspended}, To: to{Operating, Suspended}, By: lifecycle.By(applicant), Guards: []guard{itself},
			Emits: lifecycle.Emits(ProductDelisted{}), Decide: lifecycle.Decide(delistProduct),
		},
		{
			Command: "report-operation", Words: words("报送运营报告", "report on operation"), From: operated, To: operated, By: lifecycle.By(applicant),
			Emits: lifecycle.Emits(Reported{}, DisclosureCalled{}),
			Decide: lifecycle.Needing(lifecycle.Decide(reportOperation), func(_ *Authorization, in ReportInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Attachments}
			}),
		},
		{
			Command: "suspend", Words: words("暂停运营", "suspend operation"), From: running, To: to{Suspended}, By: lifecycle.By(administrator),
			Emits: lifecycle.Emits(OperationSuspended{}),
			Decide: lifecycle.Needing(lifecycle.Decide(suspend), func(_ *Authorization, in SuspendInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		},
		{
			Command: "resume", Words: words("恢复运营", "resume operation"), From: from{Suspended}, To: running, By: lifecycle.By(administrator),
			Guards: []guard{reviewed}, Emits: lifecycle.Emits(OperationResumed{}, AccessSet{}), Decide: lifecycle.Decide(resume),
		},
		{
			Command: "request-renewal", Words: words("申请续约", "request renewal"), From: running, To: running, By: lifecycle.By(applicant),
			Guards: []guard{windowOpen},
			Emits:  lifecycle.Emits(RenewalRequested{}), Decide: lifecycle.Decide(requestRenewal),
		},
		{
			Command: "answer-renewal", Words: words("答复续约申请", "answer the renewal request"), From: running, To: running, By: lifecycle.By(officer),
			Guards: []guard{renewalRequested},
			Emits:  lifecycle.Emits(RenewalAnswered{}), Decide: lifecycle.Decide(answerRenewal),
		},
	}
}

func exitRules() []rule {
	running := from{Operating, Suspended}
	evidence := func(_ *Authorization, in ExitInput) lifecycle.Needs { return lifecycle.Needs{Attachments: in.Evidence} }
	return []rule{
		{
			Command: "open-exit", Words: words("启动退出", "open an exit"), From: running, To: to{Exiting}, By: lifecycle.By(administrator),
			Emits: lifecycle.Emits(ExitOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(openExit), evidence),
		},
		{
			Command: "waive", Words: words("放弃授权", "waive the authorisation"), From: running, To: to{Exiting}, By: lifecycle.By(operatorSigns),
			Emits: lifecycle.Emits(ExitOpened{}), Decide: lifecycle.Needing(lifecycle.Decide(waive), evidence),
		},
		{
			Command: "propose-exit", Words: words("提议协商退出", "propose to end by agreement"), From: running, To: running, By: lifecycle.By(officer, applicant),
			Guards: []guard{nothingProposed},
			Emits:  lifecycle.Emits(ExitProposed{}), Decide: lifecycle.Needing(lifecycle.Decide(proposeExit), evidence),
		},
		{
			Command: "consent-exit", Words: words("同意协商退出", "consent to end by agreement"), From: running, To: to{Exiting}, By: lifecycle.By(agencySigns, operatorSigns),
			Guards: []guard{proposed, otherProposedExit},
			Emits:  lifecycle.Emits(ExitOpened{}), Decide: lifecycle.Decide(consentExit),
		},
		{
			Command: "decline-exit", Words: words("不同意协商退出", "decline to end by agreement"), From: running, To: running, By: lifecycle.By(officer, applicant),
			Guards: []guard{proposed},
			Emits:  lifecycle.Emits(ExitDeclined{}), Decide: lifecycle.Decide(declineExit),
		},
		{
			Command: "set-access", Words: words("变更数据访问状态", "set the operator's access"), From: from{Exiting}, To: to{Exiting}, By: lifecycle.By(system),
			Emits: lifecycle.Emits(AccessSet{}), Decide: lifecycle.Decide(setAccess),
		},
		{
			Command: "delist-all", Words: words("全部产品下架", "delist every product"), From: from{Exiting}, To: to{Exiting}, By: lifecycle.By(system),
			Emits: lifecycle.Emits(ProductDelisted{}), Decide: lifecycle.Decide(delistAll),
		},
		{
			Command: "relist", Words: words("恢复产品上架", "list the products again"), From: from{Exiting}, To: to{Exiting}, By: lifecycle.By(system),
			Emits: lifecycle.Emits(ProductsRelisted{}), Decide: lifecycle.Decide(relist),
		},
		{
			Command: "record-exit-outcome", Words: words("记录退出结果", "record the exit's outcome"), From: from{Exiting}, To: to{Operating, Suspended, Exiting, Closed}, By: lifecycle.By(system),
			Emits: lifecycle.Emits(ExitEnded{}, ExitOpened{}, DisclosureCalled{}, ProductDelisted{}), Decide: lifecycle.Decide(recordExitOutcome),
		},
	}
}
