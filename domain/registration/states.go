package registration

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// The phases, in order.
const (
	ApplicationPhase lifecycle.Phase = "application"
	ReviewPhase      lifecycle.Phase = "review"
	NoticePhase      lifecycle.Phase = "notice"
	CodePhase        lifecycle.Phase = "code"
	ValidPhase       lifecycle.Phase = "valid"
)

// The states. They are stored data: never rename one.
const (
	Draft         lifecycle.State = "draft"
	Deleted       lifecycle.State = "deleted"
	Submitted     lifecycle.State = "submitted"
	Returned      lifecycle.State = "returned"
	Withdrew      lifecycle.State = "withdrawn"
	Refused       lifecycle.State = "refused"
	Reviewing     lifecycle.State = "formal-review"
	Noticed       lifecycle.State = "public-notice"
	Rechecking    lifecycle.State = "rechecking"
	Terminated    lifecycle.State = "terminated"
	Coding        lifecycle.State = "coding"
	Registered    lifecycle.State = "registered"
	Deregistering lifecycle.State = "deregistering"
	Deregistered  lifecycle.State = "deregistered"
	Revoked       lifecycle.State = "revoked"
)

func words(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

var phases = []lifecycle.PhaseInfo{
	{Name: ApplicationPhase, Words: words("申请与受理", "application and acceptance")},
	{Name: ReviewPhase, Words: words("形式审核", "formal review")},
	{Name: NoticePhase, Words: words("公示", "public notice")},
	{Name: CodePhase, Words: words("赋码", "assignment of the code")},
	{Name: ValidPhase, Words: words("登记有效期", "validity of the registration")},
}

var (
	registrant = lifecycle.In(lifecycle.OfApplicant, identity.Registrant)
	agent      = lifecycle.In(lifecycle.OfAgent, identity.Registrant)
	joint      = lifecycle.In(lifecycle.OfJoint, identity.Registrant)
	registrar  = lifecycle.In(lifecycle.OfRegistry, identity.Registrar)
	onTask     = lifecycle.Party{Where: lifecycle.OfTask}
)

var states = []lifecycle.StateInfo{
	{Name: Draft, Phase: ApplicationPhase, Draft: true, Turn: lifecycle.By(registrant, agent), Words: words("草稿", "draft")},
	{Name: Deleted, Phase: ApplicationPhase, Draft: true, Final: true, Words: words("草稿已删除", "draft deleted")},
	{Name: Submitted, Phase: ApplicationPhase, Turn: lifecycle.By(onTask), Words: words("待受理", "to be accepted")},
	{Name: Returned, Phase: ApplicationPhase, Turn: lifecycle.By(registrant, agent), Words: words("退回补正", "returned for completion")},
	{Name: Withdrew, Phase: ApplicationPhase, Final: true, Words: words("登记申请已撤回", "application withdrawn")},
	{Name: Refused, Phase: ApplicationPhase, Final: true, Words: words("不予登记", "refused")},
	{Name: Reviewing, Phase: ReviewPhase, Turn: lifecycle.By(onTask), Words: words("形式审核中", "under formal review")},
	{Name: Noticed, Phase: NoticePhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: words("公示中", "under public notice")},
	{Name: Rechecking, Phase: NoticePhase, Turn: lifecycle.By(onTask), Words: words("异议核验中", "objections being re-checked")},
	{Name: Terminated, Phase: NoticePhase, Final: true, Words: words("终止登记", "registration ended upon an objection")},
	{Name: Coding, Phase: CodePhase, Turn: lifecycle.By(onTask), Words: words("待赋码", "awaiting its code")},
	{Name: Registered, Phase: ValidPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: words("已登记", "registered")},
	{Name: Deregistering, Phase: ValidPhase, Turn: lifecycle.By(onTask), Words: words("注销办理中", "being deregistered")},
	{Name: Deregistered, Phase: ValidPhase, Final: true, Words: words("已注销", "deregistered")},
	{Name: Revoked, Phase: ValidPhase, Final: true, Words: words("登记已撤销", "registration revoked")},
}
