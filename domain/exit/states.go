package exit

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// The phases, in order.
const (
	NoticePhase   lifecycle.Phase = "notice"
	DecisionPhase lifecycle.Phase = "decision"
	WindDownPhase lifecycle.Phase = "wind-down"
	StopPhase     lifecycle.Phase = "stop"
	AfterPhase    lifecycle.Phase = "afterwards"
)

// The states. They are stored data: never rename one.
const (
	Opened      lifecycle.State = "opened"
	Hearing     lifecycle.State = "statement"
	Deciding    lifecycle.State = "deciding"
	Decided     lifecycle.State = "decided"
	Served      lifecycle.State = "served"
	WindingDown lifecycle.State = "winding-down"
	Closed      lifecycle.State = "closed"
	Stopping    lifecycle.State = "stopping"
	Stopped     lifecycle.State = "stopped"

	// Of an exit in full alone.
	Curing      lifecycle.State = "curing"
	InHearing   lifecycle.State = "hearing" // statement and defence are over, the hearing is not
	Resolving   lifecycle.State = "awaiting-resolution"
	Reinstating lifecycle.State = "reinstating"
	Surviving   lifecycle.State = "surviving" // wound down; duties, a ban or a review go on
)

var phases = []lifecycle.PhaseInfo{
	{Name: NoticePhase, Words: text.Text{ZH: "告知与陈述申辩", EN: "notice and defence"}},
	{Name: DecisionPhase, Words: text.Text{ZH: "决定与送达", EN: "decision and service"}},
	{Name: WindDownPhase, Words: text.Text{ZH: "清退", EN: "wind-down"}},
	{Name: StopPhase, Words: text.Text{ZH: "停止与恢复", EN: "stop and restoration"}},
	{Name: AfterPhase, Words: text.Text{ZH: "退出之后", EN: "afterwards"}},
}

var states = []lifecycle.StateInfo{
	{Name: Opened, Phase: NoticePhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: text.Text{ZH: "已启动，待告知", EN: "opened, notice to be served"}},
	{Name: Curing, Phase: NoticePhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfApplicant, identity.Applicant)), Words: text.Text{ZH: "改正期", EN: "time to put it right"}},
	{Name: Hearing, Phase: NoticePhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfApplicant, identity.Applicant)), Words: text.Text{ZH: "陈述申辩期", EN: "open for statement and defence"}},
	{Name: InHearing, Phase: NoticePhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.LegalReviewer)), Words: text.Text{ZH: "待听证", EN: "hearing to be closed"}},
	{Name: Resolving, Phase: DecisionPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.Secretary)), Words: text.Text{ZH: "待集体讨论决定", EN: "awaiting a collective decision"}},
	{Name: Deciding, Phase: DecisionPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.ExitDecider)), Words: text.Text{ZH: "待决定", EN: "awaiting the decision"}},
	{Name: Decided, Phase: DecisionPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)), Words: text.Text{ZH: "已决定，待送达", EN: "decided, to be served"}},
	{Name: Served, Phase: DecisionPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: text.Text{ZH: "决定已送达", EN: "decision served"}},
	{Name: WindingDown, Phase: WindDownPhase, Turn: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Words: text.Text{ZH: "清退办理中", EN: "winding down"}},
	{Name: Reinstating, Phase: StopPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: text.Text{ZH: "正在恢复授权", EN: "being reinstated"}},
	{Name: Surviving, Phase: AfterPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfApplicant, identity.Applicant)), Words: text.Text{ZH: "清退完毕，后续义务存续", EN: "wound down, duties go on"}},
	{Name: Closed, Phase: WindDownPhase, Final: true, Words: text.Text{ZH: "退出办结", EN: "closed"}},
	{Name: Stopping, Phase: StopPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: text.Text{ZH: "正在恢复原状", EN: "being undone"}},
	{Name: Stopped, Phase: StopPhase, Final: true, Words: text.Text{ZH: "未退出，继续运营", EN: "ended without exit"}},
}
