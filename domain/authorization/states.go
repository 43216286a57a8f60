package authorization

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// The phases, in order.
const (
	ApplicationPhase lifecycle.Phase = "application"
	ReviewPhase      lifecycle.Phase = "review"
	DecisionPhase    lifecycle.Phase = "major-decision"
	ContractPhase    lifecycle.Phase = "contract"
	OperationPhase   lifecycle.Phase = "operation"
	ExitPhase        lifecycle.Phase = "exit"
	ClosedPhase      lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Draft             lifecycle.State = "draft"
	Deleted           lifecycle.State = "deleted"
	Submitted         lifecycle.State = "submitted"
	Returned          lifecycle.State = "returned"
	Reviewing         lifecycle.State = "reviewing"
	ReviewReturned    lifecycle.State = "review-returned"
	AwaitingDecision  lifecycle.State = "awaiting-decision"
	Amending          lifecycle.State = "amending"
	AgreementDrafting lifecycle.State = "agreement-drafting"
	AgreementPending  lifecycle.State = "agreement-awaiting-decision"
	Signing           lifecycle.State = "signing"
	ToBeFiled         lifecycle.State = "filing"
	Filed             lifecycle.State = "filed"
	Operating         lifecycle.State = "operating"
	Suspended         lifecycle.State = "suspended"
	Exiting           lifecycle.State = "exiting"
	Refused           lifecycle.State = "refused"
	Rejected          lifecycle.State = "rejected"
	Withdrawn         lifecycle.State = "withdrawn"
	Closed            lifecycle.State = "closed"
)

var phases = []lifecycle.PhaseInfo{
	{Name: ApplicationPhase, Words: text.Text{ZH: "申请", EN: "application"}},
	{Name: ReviewPhase, Words: text.Text{ZH: "审查", EN: "review"}},
	{Name: DecisionPhase, Words: text.Text{ZH: "“三重一大”决策", EN: "major decision"}},
	{Name: ContractPhase, Words: text.Text{ZH: "协议", EN: "contract"}},
	{Name: OperationPhase, Words: text.Text{ZH: "运营", EN: "operation"}},
	{Name: ExitPhase, Words: text.Text{ZH: "退出", EN: "exit"}},
	{Name: ClosedPhase, Words: text.Text{ZH: "办结", EN: "closed"}},
}

// The parties on whom alone a case waits without their giving it a command themselves: reviewers with their tasks, and the bodies whose meetings decide.
var (
	tasked     = lifecycle.Party{Where: lifecycle.OfTask}
	majorBody  = lifecycle.In(lifecycle.Anywhere, identity.Secretary)
	agencyBody = lifecycle.In(lifecycle.OfAgency, identity.Secretary)
)

var states = []lifecycle.StateInfo{
	{Name: Draft, Phase: ApplicationPhase, Draft: true, Turn: lifecycle.By(applicant), Words: text.Text{ZH: "草稿", EN: "draft"}},
	{Name: Submitted, Phase: ApplicationPhase, Turn: lifecycle.By(officer), Words: text.Text{ZH: "待完整性审核", EN: "awaiting completeness check"}},
	{Name: Returned, Phase: ApplicationPhase, Turn: lifecycle.By(applicant), Words: text.Text{ZH: "退回补正", EN: "returned for completion"}},
	{Name: Reviewing, Phase: ReviewPhase, Turn: lifecycle.By(tasked), Words: text.Text{ZH: "审查中", EN: "under review"}},
	{Name: ReviewReturned, Phase: ReviewPhase, Turn: lifecycle.By(applicant), Words: text.Text{ZH: "审查退回修改", EN: "returned by review"}},
	{Name: AwaitingDecision, Phase: DecisionPhase, Turn: lifecycle.By(majorBody), Words: text.Text{ZH: "待集体决策", EN: "awaiting the major decision"}},
	{Name: Amending, Phase: DecisionPhase, Turn: lifecycle.By(applicant), Words: text.Text{ZH: "按决议修改", EN: "being amended as resolved"}},
	{Name: AgreementDrafting, Phase: ContractPhase, Turn: lifecycle.By(officer, applicant), Words: text.Text{ZH: "协议起草", EN: "agreement being drafted"}},
	{Name: AgreementPending, Phase: ContractPhase, Turn: lifecycle.By(agencyBody), Words: text.Text{ZH: "协议待实施机构集体决策", EN: "agreement awaiting the agency's decision"}},
	{Name: Signing, Phase: ContractPhase, Turn: lifecycle.By(agencySigns, operatorSigns), Words: text.Text{ZH: "待签署", EN: "being signed"}},
	{Name: ToBeFiled, Phase: ContractPhase, Turn: lifecycle.By(officer), Words: text.Text{ZH: "待备案", EN: "to be filed"}},
	{Name: Filed, Phase: ContractPhase, Turn: lifecycle.By(system), Words: text.Text{ZH: "已备案待运营", EN: "filed, not yet started"}},
	{Name: Operating, Phase: OperationPhase, Turn: lifecycle.By(applicant), Words: text.Text{ZH: "运营中", EN: "in operation"}},
	{Name: Suspended, Phase: OperationPhase, Turn: lifecycle.By(administrator), Words: text.Text{ZH: "已暂停", EN: "suspended"}},
	{Name: Exiting, Phase: ExitPhase, Turn: lifecycle.By(system), Words: text.Text{ZH: "退出办理中", EN: "exit under way"}},
	{Name: Deleted, Phase: ClosedPhase, Final: true, Words: text.Text{ZH: "草稿已删除", EN: "draft deleted"}},
	{Name: Refused, Phase: ClosedPhase, Final: true, Words: text.Text{ZH: "不予同意", EN: "refused"}},
	{Name: Rejected, Phase: ClosedPhase, Final: true, Words: text.Text{ZH: "审查不通过", EN: "rejected in review"}},
	{Name: Withdrawn, Phase: ClosedPhase, Final: true, Words: text.Text{ZH: "已撤回", EN: "withdrawn"}},
	{Name: Closed, Phase: ClosedPhase, Final: true, Words: text.Text{ZH: "已退出办结", EN: "closed after exit"}},
}

// beforeDecision are the states in which the applicant may still withdraw.
var beforeDecision = []lifecycle.State{Submitted, Returned, Reviewing, ReviewReturned, AwaitingDecision, Amending}

// editable are the states in which the applicant may edit the application.
var editable = []lifecycle.State{Draft, Returned, ReviewReturned, Amending}
