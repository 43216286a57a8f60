package registration

import (
	"cmp"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

type (
	rule  = lifecycle.Rule[*Registration]
	guard = lifecycle.Guard[*Registration]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

var (
	editable = from{Draft, Returned}
	noticed  = from{Noticed}
	settled  = from{Registered}
	named    = from{Draft, Submitted, Returned, Reviewing, Noticed, Rechecking, Coding, Registered, Deregistering}
	valid    = from{Registered, Submitted, Returned, Reviewing, Noticed, Rechecking, Deregistering}
)

// registrants are those who act for the registrant.
var registrants = lifecycle.By(registrant, agent)

// table is the state table of a registration. Acceptance, formal review, re-check, code and revocation are steps apart: one person acts in one of them.
func table() lifecycle.Machine[*Registration] {
	return lifecycle.Machine[*Registration]{
		Name: Kind, Words: words("公共数据资源登记", "registration"),
		New:    func() *Registration { return &Registration{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents,
		Recounts: lifecycle.By(registrar),
		Rules:    slices.Concat(applying(), together(), deciding(), public(), later(), conduct(), []rule{lifecycle.Interests[*Registration](Submitted, Returned, Reviewing, Noticed, Rechecking, Coding, Registered, Deregistering)}, lifecycle.Claiming[*Registration](registrar, Submitted, Reviewing, Noticed, Rechecking, Coding, Deregistering)),
		Events:   folds(),
	}
}

func applying() []rule {
	drafted := func(_ *Registration, in DraftInput) lifecycle.Needs {
		return in.needs(cmp.Or(in.For, in.Registrant))
	}
	edited := func(r *Registration, in Application) lifecycle.Needs { return in.needs(r.Applicant) }
	handed := func(r *Registration, _ Nothing) lifecycle.Needs { return r.Drafted.needs(r.Applicant) }
	resubmitted := func(r *Registration, in ResubmitInput) lifecycle.Needs {
		n := r.Drafted.needs(r.Applicant)
		n.Attachments = append(n.Attachments, in.Attachments...)
		return n
	}
	return []rule{
		{
			Command: "draft", Words: words("起草登记申请", "draft an application for registration"), To: to{Draft}, By: lifecycle.By(registrant), Guards: []guard{ruled},
			Emits: lifecycle.Emits(Drafted{}), Decide: lifecycle.Needing(lifecycle.Decide(draft), drafted),
		},
		{
			Command: "edit", Words: words("修改登记申请", "edit the application"), From: editable, To: editable, By: registrants, Guards: []guard{within(PowerApplication), withContent},
			Emits: lifecycle.Emits(Edited{}), Decide: lifecycle.Needing(lifecycle.Decide(edit), edited),
		},
		{
			Command: "delete-draft", Words: words("删除草稿", "delete the draft"), From: from{Draft}, To: to{Deleted}, By: registrants, Guards: []guard{within(PowerApplication)},
			Emits: lifecycle.Emits(DraftDeleted{}), Decide: lifecycle.Decide(deleteDraft),
		},
		{
			Command: "submit", Words: words("提交首次登记申请", "submit the application for a first registration"), From: from{Draft}, To: to{Submitted}, By: registrants,
			Guards: []guard{within(PowerApplication), agreed, ruled},
			Emits:  lifecycle.Emits(Applied{}), Decide: lifecycle.Needing(lifecycle.Decide(submit), handed),
		},
		{
			Command: "resubmit", Words: words("重新提交", "resubmit"), From: from{Returned}, To: to{Submitted}, By: registrants, Guards: []guard{within(PowerApplication), agreed},
			Emits: lifecycle.Emits(Resubmitted{}), Decide: lifecycle.Needing(lifecycle.Decide(resubmit), resubmitted),
		},
		{
			Command: "withdraw", Words: words("撤回登记申请", "withdraw the application"), From: from{Submitted, Returned, Reviewing, Noticed, Rechecking, Coding, Deregistering},
			To: to{Withdrew, Registered, Deregistered}, By: registrants, Guards: []guard{within(PowerEnding), own},
			Emits: lifecycle.Emits(Failed{}, WasClosed{}), Decide: lifecycle.Decide(withdraw),
		},
	}
}

// together is what those do who apply for one registration beside each other: the registrant, its agent and joint registrants.
func together() []rule {
	return []rule{
		{
			Command: "confirm", Words: words("联合登记主体签认", "confirm the application as a joint registrant"), From: from{Draft, Submitted, Returned}, To: to{Draft, Submitted, Returned},
			By: lifecycle.By(joint), Guards: []guard{toConfirm},
			Emits: lifecycle.Emits(JointConfirmed{}), Decide: lifecycle.Decide(confirm),
		},
		{
			Command: "withdraw-mandate", Words: words("撤销委托", "withdraw the agent's mandate"), From: named, To: named, By: lifecycle.By(registrant), Guards: []guard{mandated},
			Emits: lifecycle.Emits(MandateWithdrawn{}), Decide: lifecycle.Decide(withdrawMandate),
		},
	}
}

func deciding() []rule {
	tasked := lifecycle.By(onTask)
	step := func(name string) func(lifecycle.Task, lifecycle.Env) refused {
		return func(t lifecycle.Task, env lifecycle.Env) refused { return heldOf(name, t, env) }
	}
	afterFailure := to{Refused, Registered, Deregistered}
	return []rule{
		{
			Command: "accept", Words: words("受理", "accept the application"), From: from{Submitted}, To: to{Reviewing, Deregistering}, By: tasked, Task: step(acceptance), Guards: []guard{agreed},
			Emits: lifecycle.Emits(Accepted{}),
			Decide: lifecycle.Needing(lifecycle.Decide(accept), func(r *Registration, _ lifecycle.TaskInput) lifecycle.Needs {
				return lifecycle.Needs{Organizations: r.Drafted.Joint}
			}),
		},
		{
			Command: "return", Words: words("退回补正", "return for completion"), From: from{Submitted}, To: to{Returned}, By: tasked, Task: step(acceptance), Guards: []guard{returnable},
			Emits: lifecycle.Emits(ReturnedIncomplete{}), Decide: lifecycle.Decide(returnIncomplete),
		},
		{
			Command: "refuse", Words: words("不予受理", "refuse to accept"), From: from{Submitted}, To: afterFailure, By: tasked, Task: step(acceptance),
			Emits: lifecycle.Emits(Failed{}, WasClosed{}), Decide: lifecycle.Decide(refuse),
		},
		{
			Command: "explain-delay", Words: words("说明审核超期原因", "explain why the review takes longer"), From: from{Reviewing}, To: to{Reviewing}, By: lifecycle.By(registrar),
			Offer: (*Registration).reviewOverdue,
			Emits: lifecycle.Emits(DelayExplained{}), Decide: lifecycle.Decide(explainDelay),
		},
		{
			Command: "pass-review", Words: words("形式审核通过", "pass the formal review"), From: from{Reviewing}, To: to{Noticed, Registered}, By: tasked, Task: step(review),
			Guards: []guard{explained, proved},
			Emits:  lifecycle.Emits(ReviewPassed{}, NoticeBegun{}, Done{}), Decide: lifecycle.Decide(passReview),
		},
		{
			Command: "fail-review", Words: words("形式审核不通过", "fail the formal review"), From: from{Reviewing}, To: afterFailure, By: tasked, Task: step(review), Guards: []guard{explained},
			Emits: lifecycle.Emits(Failed{}, WasClosed{}), Decide: lifecycle.Decide(failReview),
		},
		{
			Command: "uphold", Words: words("异议成立，终止登记", "uphold the objection and end the registration"), From: from{Noticed, Rechecking}, To: to{Terminated, Registered}, By: tasked,
			Task:  step(recheck),
			Emits: lifecycle.Emits(ObjectionAnswered{}, Failed{}, WasClosed{}), Decide: lifecycle.Decide(uphold),
		},
		{
			Command: "dismiss", Words: words("异议不成立", "dismiss the objection"), From: from{Noticed, Rechecking}, To: to{Noticed, Rechecking, Coding, Registered}, By: tasked,
			Task:  step(recheck),
			Emits: lifecycle.Emits(ObjectionAnswered{}, NoticeOver{}, Done{}), Decide: lifecycle.Decide(dismiss),
		},
		{
			Command: "record-code", Words: words("登记赋码", "record the code"), From: from{Coding}, To: to{Registered}, By: tasked, Task: step(coding), Guards: []guard{undisputed},
			Emits: lifecycle.Emits(Coded{}),
			Decide: lifecycle.Needing(lifecycle.Decide(recordCode), func(r *Registration, _ CodeInput) lifecycle.Needs {
				if r.Drafted.Authorization == "" {
					return lifecycle.Needs{}
				}
				return lifecycle.Needs{Cases: []string{r.Drafted.Authorization}}
			}),
		},
		{
			Command: "deregister", Words: words("办理注销", "deregister"), From: from{Deregistering}, To: to{Deregistered}, By: tasked, Task: step(deregistration),
			Emits: lifecycle.Emits(Done{}, WasClosed{}), Decide: lifecycle.Decide(deregisterNow),
		},
		{
			Command: "decline-deregistration", Words: words("不予注销", "decline to deregister"), From: from{Deregistering}, To: to{Registered, Deregistered}, By: tasked, Task: step(deregistration),
			Emits: lifecycle.Emits(Failed{}, WasClosed{}), Decide: lifecycle.Decide(declineDeregistration),
		},
	}
}

// public is what those may do who are no party to the case, while it is before the public. They do it from the notice, not from the case.
func public() []rule {
	return []rule{
		{
			Command: "object", Words: words("提出异议", "object to the registration"), From: noticed, To: noticed, By: lifecycle.By(lifecycle.Party{Where: lifecycle.Anywhere}), Step: objecting,
			Outside: true,
			Emits:   lifecycle.Emits(Objected{}), Decide: lifecycle.Needing(lifecycle.Decide(object), needEvidence),
		},
		{
			Command: "lodge-objection", Words: words("登记书面异议", "enter an objection made on paper"), From: noticed, To: noticed, By: lifecycle.By(registrar),
			Emits: lifecycle.Emits(Objected{}), Decide: lifecycle.Needing(lifecycle.Decide(lodgeObjection), needEvidence),
		},
		{
			Command: "request-correction", Words: words("利害关系人申请更正", "ask for a correction as an interested party"), From: settled, To: to{Submitted},
			By:      lifecycle.By(lifecycle.Party{Where: lifecycle.Anywhere}),
			Outside: true,
			Emits:   lifecycle.Emits(Applied{}), Decide: lifecycle.Needing(lifecycle.Decide(requestCorrection), needFiles[CorrectionInput]),
		},
	}
}

// later is what the registrant applies for once the registration is valid, one thing at a time.
func later() []rule {
	applied := to{Submitted}
	return []rule{
		{
			Command: "apply-change", Words: words("申请变更登记", "apply for a change registration"), From: settled, To: applied, By: registrants, Guards: []guard{within(PowerLater)},
			Emits: lifecycle.Emits(Applied{}),
			Decide: lifecycle.Needing(lifecycle.Decide(applyChange), func(r *Registration, in Application) lifecycle.Needs {
				return in.needs(r.Applicant)
			}),
		},
		{
			Command: "apply-correction", Words: words("申请更正登记", "apply for a correction"), From: settled, To: applied, By: registrants, Guards: []guard{within(PowerLater)},
			Emits: lifecycle.Emits(Applied{}), Decide: lifecycle.Needing(lifecycle.Decide(applyCorrection), needFiles[CorrectionInput]),
		},
		{
			Command: "consent-correction", Words: words("同意他人提出的更正", "consent to the correction that somebody else asked for"), From: from{Submitted, Returned, Reviewing},
			To: to{Submitted, Returned, Reviewing}, By: registrants, Guards: []guard{within(PowerLater), toConsent},
			Emits: lifecycle.Emits(CorrectionConsented{}), Decide: lifecycle.Decide(consentCorrection),
		},
		{
			Command: "apply-renewal", Words: words("申请续展", "apply for renewal"), From: settled, To: applied, By: registrants, Guards: []guard{within(PowerLater), windowOpen},
			Emits: lifecycle.Emits(Applied{}), Decide: lifecycle.Needing(lifecycle.Decide(applyRenewal), needFiles[RenewalInput]),
		},
		{
			Command: "apply-deregistration", Words: words("申请注销登记", "apply for deregistration"), From: settled, To: applied, By: registrants, Guards: []guard{within(PowerEnding)},
			Emits: lifecycle.Emits(Applied{}), Decide: lifecycle.Needing(lifecycle.Decide(applyDeregistration), needFiles[DeregistrationInput]),
		},
		{
			Command: "open-deregistration", Words: words("依职权启动注销", "open a deregistration ex officio"), From: settled, To: to{Deregistering}, By: lifecycle.By(registrar),
			Emits: lifecycle.Emits(Applied{}, Accepted{}), Decide: lifecycle.Needing(lifecycle.Decide(openDeregistration), needFiles[DeregistrationInput]),
		},
	}
}

func conduct() []rule {
	known := from{Submitted, Returned, Reviewing, Noticed, Rechecking, Coding, Registered, Deregistering}
	return []rule{
		{
			Command: "report-misconduct", Words: words("记录登记主体违规行为", "record misconduct of the registrant"), From: known, To: known, By: lifecycle.By(registrar),
			Emits: lifecycle.Emits(MisconductFound{}), Decide: lifecycle.Needing(lifecycle.Decide(reportMisconduct), needFiles[MisconductInput]),
		},
		{
			Command: "revoke", Words: words("撤销登记", "revoke the registration"), From: valid, To: to{Revoked}, By: lifecycle.By(registrar), Step: revocation,
			Guards: []guard{isRegistered, foundBefore},
			Emits:  lifecycle.Emits(WasClosed{}), Decide: lifecycle.Decide(revoke),
		},
		{
			Command: "report-registry", Words: words("记录登记机构违规行为", "record misconduct of the registry"), From: known, To: known,
			By:    lifecycle.By(lifecycle.In(lifecycle.Anywhere, identity.Auditor)),
			Emits: lifecycle.Emits(MisconductFound{}), Decide: lifecycle.Needing(lifecycle.Decide(reportRegistry), needFiles[RegistryInput]),
		},
	}
}
