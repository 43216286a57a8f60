package meeting

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// The states. They are stored data: never rename one.
const (
	Called    lifecycle.State = "called"
	Open      lifecycle.State = "open"
	Closed    lifecycle.State = "closed"
	Signed    lifecycle.State = "signed"
	Cancelled lifecycle.State = "cancelled"
	Inquorate lifecycle.State = "inquorate"
)

// The phases, in order.
const (
	PreparationPhase  lifecycle.Phase = "preparation"
	DeliberationPhase lifecycle.Phase = "deliberation"
	MinutesPhase      lifecycle.Phase = "minutes"
	OverPhase         lifecycle.Phase = "over"
)

// step is the deciding step that voting is.
const step = "vote"

type (
	contents = []lifecycle.Content
	refused  = *refusal.Refusal
)

// Machine is the state table made ready for use.
var Machine = lifecycle.Machine[*Meeting]{
	Name:  Kind,
	Words: text.Text{ZH: "集体决策会议", EN: "collective decision meeting"},
	New:   func() *Meeting { return &Meeting{} },
	Phases: []lifecycle.PhaseInfo{
		{Name: PreparationPhase, Words: text.Text{ZH: "会前准备", EN: "preparation"}},
		{Name: DeliberationPhase, Words: text.Text{ZH: "审议表决", EN: "deliberation"}},
		{Name: MinutesPhase, Words: text.Text{ZH: "会议记录", EN: "minutes"}},
		{Name: OverPhase, Words: text.Text{ZH: "已结束", EN: "over"}},
	},
	States: []lifecycle.StateInfo{
		{Name: Called, Phase: PreparationPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfBody, identity.Secretary)), Words: text.Text{ZH: "已通知开会", EN: "called"}},
		{Name: Open, Phase: DeliberationPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfBody, identity.Chair), lifecycle.In(lifecycle.OfBody, identity.Member)), Words: text.Text{ZH: "会议中", EN: "open"}},
		{Name: Closed, Phase: MinutesPhase, Turn: lifecycle.By(lifecycle.In(lifecycle.OfBody, identity.Chair), lifecycle.In(lifecycle.OfBody, identity.Secretary)), Words: text.Text{ZH: "已散会，待签署会议记录", EN: "closed, minutes to be signed"}},
		{Name: Signed, Phase: OverPhase, Final: true, Words: text.Text{ZH: "会议记录已签署", EN: "minutes signed"}},
		{Name: Cancelled, Phase: OverPhase, Final: true, Words: text.Text{ZH: "已取消", EN: "cancelled"}},
		{Name: Inquorate, Phase: OverPhase, Final: true, Words: text.Text{ZH: "未达法定人数", EN: "quorum missed"}},
	},
	Rules:    rules(),
	Events:   events(),
	Recounts: lifecycle.By(lifecycle.In(lifecycle.OfBody, identity.Administrator)),
}.Compile()

func rules() []lifecycle.Rule[*Meeting] {
	type M = *Meeting
	secretary := lifecycle.In(lifecycle.OfBody, identity.Secretary)
	member := lifecycle.In(lifecycle.OfBody, identity.Member)
	chair := lifecycle.In(lifecycle.OfBody, identity.Chair)
	at := func(s ...lifecycle.State) []lifecycle.State { return s }
	return []lifecycle.Rule[M]{
		{
			Command: "call", Words: text.Text{ZH: "召集会议", EN: "call a meeting"},
			To: at(Called), By: lifecycle.By(secretary), Emits: lifecycle.Emits(Convened{}),
			Decide: lifecycle.Needing(lifecycle.Decide(call), func(_ M, in CallInput) lifecycle.Needs {
				return lifecycle.Needs{Organizations: []string{in.Body}, Cases: in.cases()}
			}),
		},
		{
			Command: "amend-agenda", Words: text.Text{ZH: "调整议程", EN: "amend the agenda"},
			From: at(Called), To: at(Called), By: lifecycle.By(secretary), Emits: lifecycle.Emits(AgendaAmended{}),
			Decide: lifecycle.Needing(lifecycle.Decide(amendAgenda), func(_ M, in AgendaInput) lifecycle.Needs {
				return lifecycle.Needs{Cases: in.cases()}
			}),
		},
		{
			Command: "cancel", Words: text.Text{ZH: "取消会议", EN: "cancel the meeting"},
			From: at(Called), To: at(Cancelled), By: lifecycle.By(secretary), Emits: lifecycle.Emits(CalledOff{}),
			Decide: lifecycle.Decide(cancel),
		},
		{
			Command: "open", Words: text.Text{ZH: "开会", EN: "open the meeting"},
			From: at(Called), To: at(Open), By: lifecycle.By(secretary), Emits: lifecycle.Emits(Begun{}),
			Guards: []lifecycle.Guard[M]{dayHasCome},
			Decide: lifecycle.Needing(lifecycle.Decide(open), func(m M, in Nothing) lifecycle.Needs {
				needs := needsOpenItems(m, in)
				needs.Rosters = []string{m.Body}
				return needs
			}),
		},
		{
			Command: "mark-present", Words: text.Text{ZH: "登记到会", EN: "record presence"},
			From: at(Open), To: at(Open), By: lifecycle.By(secretary, chair, member), Emits: lifecycle.Emits(MemberPresent{}),
			Guards: []lifecycle.Guard[M]{onRollOrSecretary}, Offer: mayMark,
			Decide: lifecycle.Decide(markPresent),
		},
		{
			Command: "mark-absent", Words: text.Text{ZH: "登记离会", EN: "record absence"},
			From: at(Open), To: at(Open), By: lifecycle.By(secretary), Emits: lifecycle.Emits(MemberAbsent{}),
			Offer:  anyPresent,
			Decide: lifecycle.Decide(markAbsent),
		},
		{
			Command: "hear", Words: text.Text{ZH: "记录列席人员及其意见", EN: "record an observer and his opinion"},
			From: at(Open), To: at(Open), By: lifecycle.By(secretary), Emits: lifecycle.Emits(Heard{}),
			Decide: lifecycle.Decide(hear),
		},
		{
			Command: "recuse", Words: text.Text{ZH: "回避议题", EN: "recuse a member from an item"},
			From: at(Open), To: at(Open), By: lifecycle.By(chair, member), Emits: lifecycle.Emits(MemberRecused{}),
			Guards: []lifecycle.Guard[M]{seated}, Offer: mayRecuse,
			Decide: lifecycle.Decide(recuse),
		},
		{
			Command: "put-question", Words: text.Text{ZH: "提请表决", EN: "put a question to the vote"},
			From: at(Open), To: at(Open), By: lifecycle.By(chair, secretary), Emits: lifecycle.Emits(QuestionPut{}),
			Guards: []lifecycle.Guard[M]{conducts}, Offer: mayPutAny,
			Decide: lifecycle.Needing(lifecycle.Decide(putQuestion), func(m M, in PutInput) lifecycle.Needs { return m.needsItem(in.Item) }),
		},
		{
			Command: "vote", Words: text.Text{ZH: "发表意见并表决", EN: "give an opinion and vote"},
			From: at(Open), To: at(Open), By: lifecycle.By(chair, member), Step: step, Emits: lifecycle.Emits(VoteCast{}),
			Guards: []lifecycle.Guard[M]{seated, present}, Offer: mayVoteAny,
			Decide: lifecycle.Needing(lifecycle.Decide(vote), func(m M, in VoteInput) lifecycle.Needs { return m.needsItem(in.Item) }),
		},
		{
			Command: "conclude", Words: text.Text{ZH: "宣布表决结果", EN: "announce the result of an item"},
			From: at(Open), To: at(Open), By: lifecycle.By(chair, secretary),
			Emits:  lifecycle.Emits(ResolutionAdopted{}, MotionLost{}, ItemDropped{}),
			Guards: []lifecycle.Guard[M]{conducts}, Offer: mayConcludeAny,
			Decide: lifecycle.Needing(lifecycle.Decide(conclude), func(m M, in ConcludeInput) lifecycle.Needs { return m.needsItem(in.Item) }),
		},
		{
			Command: "close", Words: text.Text{ZH: "散会", EN: "close the meeting"},
			From: at(Open), To: at(Closed, Inquorate), By: lifecycle.By(chair, secretary),
			Emits:  lifecycle.Emits(ItemDropped{}, Ended{}, QuorumMissed{}),
			Guards: []lifecycle.Guard[M]{conducts, nothingComplete},
			Decide: lifecycle.Needing(lifecycle.Decide(end), needsOpenItems),
		},
		{
			Command: "sign-minutes", Words: text.Text{ZH: "签署会议记录", EN: "sign the minutes"},
			From: at(Closed), To: at(Closed, Signed), By: lifecycle.By(chair, secretary, member), Emits: lifecycle.Emits(MinutesSigned{}),
			Offer:  mayMinute,
			Decide: lifecycle.Decide(signMinutes),
		},
	}
}
