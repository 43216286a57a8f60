package exit

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

func table() lifecycle.Machine[*Exit] {
	return lifecycle.Machine[*Exit]{
		Name:     Kind,
		Words:    text.Text{ZH: "退出", EN: "exit"},
		New:      func() *Exit { return &Exit{} },
		Phases:   phases,
		States:   states,
		Rules:    rules(),
		Events:   events(),
		Due:      due,
		DueEmits: lifecycle.Emits(DefenceClosed{}, StepBegun{}, IntentionNotified{}, DutyEnded{}, ExitConcluded{}),
		DueTo:    []lifecycle.State{Closed}, // with the last duty
		Recounts: lifecycle.By(lifecycle.In(lifecycle.OfAgency, identity.Administrator)),
	}
}

func rules() []lifecycle.Rule[*Exit] {
	type (
		rule   = lifecycle.Rule[*Exit]
		states = []lifecycle.State
		guards = []lifecycle.Guard[*Exit]
	)
	system := lifecycle.By(lifecycle.TheSystem)
	operator := lifecycle.By(
		lifecycle.In(lifecycle.OfApplicant, identity.Applicant), lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory),
	)
	agency := func(role identity.Role) []lifecycle.Party {
		return lifecycle.By(lifecycle.In(lifecycle.OfAgency, role))
	}
	return append([]rule{
		{
			Command: "open", Words: text.Text{ZH: "启动退出", EN: "open the exit"},
			To: states{Opened}, By: system,
			Emits:  lifecycle.Emits(ExitOpened{}),
			Decide: lifecycle.Needing(lifecycle.Decide(open), needAuthorization),
		},
		{
			Command: "note-interim", Words: text.Text{ZH: "记录暂停访问", EN: "note that access was suspended"},
			From: states{Opened, Stopping}, To: states{Opened, Stopping}, By: system,
			Emits:  lifecycle.Emits(InterimNoted{}),
			Decide: lifecycle.Decide(noteInterim),
		},
		{
			Command: "note-notice", Words: text.Text{ZH: "记录告知", EN: "note that notice was given"},
			From: states{Opened}, To: states{Curing, Hearing, Resolving, Deciding, WindingDown}, By: system,
			Emits:  lifecycle.Emits(NoticeServed{}, WindDownBegun{}),
			Decide: lifecycle.Needing(lifecycle.Decide(noteNotice), needOthers),
		},
		{
			Command: "state-defence", Words: text.Text{ZH: "陈述申辩", EN: "state a defence"},
			From: states{Hearing}, To: states{Hearing}, By: operator,
			Emits:  lifecycle.Emits(DefenceStated{}),
			Decide: lifecycle.Needing(lifecycle.Decide(stateDefence), needDefenceFiles),
		},
		{
			Command: "waive-defence", Words: text.Text{ZH: "放弃剩余陈述申辩期", EN: "waive the rest of the period for defence"},
			From: states{Hearing}, To: states{InHearing, Resolving, Deciding}, By: operator,
			Emits:  lifecycle.Emits(DefenceClosed{}),
			Decide: lifecycle.Decide(waiveDefence),
		},
		{
			Command: "decide", Words: text.Text{ZH: "作出退出决定", EN: "decide on the exit"},
			From: states{Deciding}, To: states{Decided, Stopping}, By: agency(identity.ExitDecider),
			Step: decisionStep, Guards: guards{notOwnRequest},
			Emits:  lifecycle.Emits(DecisionTaken{}),
			Decide: lifecycle.Decide(decide),
		},
		{
			Command: "serve-decision", Words: text.Text{ZH: "登记决定送达", EN: "record service of the decision"},
			From: states{Decided}, To: states{Served}, By: agency(identity.CaseOfficer),
			Emits:  lifecycle.Emits(DecisionServed{}),
			Decide: lifecycle.Needing(lifecycle.Decide(serveDecision), needServiceProof),
		},
		{
			Command: "begin-wind-down", Words: text.Text{ZH: "开始清退", EN: "begin the wind-down"},
			From: states{Served}, To: states{WindingDown}, By: system,
			Emits:  lifecycle.Emits(WindDownBegun{}),
			Decide: lifecycle.Decide(beginWindDown),
		},
		{
			Command: "open-step", Words: text.Text{ZH: "启动清退步骤", EN: "open a step of the wind-down"},
			From: states{WindingDown}, To: states{WindingDown}, By: system,
			Emits:  lifecycle.Emits(StepBegun{}),
			Decide: lifecycle.Decide(openStep),
		},
		{
			Command: "note-step", Words: text.Text{ZH: "记录系统清退步骤", EN: "note a step that the system took"},
			From: states{WindingDown, Reinstating}, To: states{WindingDown, Reinstating}, By: system,
			Emits:  lifecycle.Emits(StepFinished{}),
			Decide: lifecycle.Decide(noteStep),
		},
		{
			Command: "finish-step", Words: text.Text{ZH: "完成清退步骤", EN: "finish a step of the wind-down"},
			From: states{WindingDown}, To: states{WindingDown}, By: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Task: lifecycle.Held, Guards: guards{running},
			Emits:  lifecycle.Emits(StepFinished{}),
			Decide: lifecycle.Needing(lifecycle.Decide(finishStep), needFinishFiles),
		},
		{
			Command: "close", Words: text.Text{ZH: "办结退出", EN: "close the exit"},
			From: states{WindingDown}, To: states{Closed, Surviving}, By: system, Guards: guards{allStepsDone, running},
			Emits:  lifecycle.Emits(ExitEnded{}, WoundDown{}, ExitConcluded{}),
			Decide: lifecycle.Decide(closeExit),
		},
		{
			Command: "stop", Words: text.Text{ZH: "停止退出", EN: "stop the exit"},
			From: states{Opened, Curing, Hearing, InHearing, Resolving, Deciding}, To: states{Stopping}, By: agency(identity.Administrator), Guards: guards{notExpired},
			Emits:  lifecycle.Emits(StopOrdered{}),
			Decide: lifecycle.Decide(stop),
		},
		{
			Command: "note-undone", Words: text.Text{ZH: "记录恢复", EN: "note that a measure was undone"},
			From: states{Stopping, Reinstating}, To: states{Stopping, Reinstating}, By: system,
			Emits:  lifecycle.Emits(MeasureUndone{}),
			Decide: lifecycle.Decide(noteUndone),
		},
		{
			Command: "conclude-stop", Words: text.Text{ZH: "完成停止", EN: "conclude the stop"},
			From: states{Stopping, Reinstating}, To: states{Stopped}, By: system, Guards: guards{allUndone},
			Emits:  lifecycle.Emits(ExitEnded{}),
			Decide: lifecycle.Decide(concludeStop),
		},
	}, slices.Concat(
		lifecycle.Claiming[*Exit](lifecycle.In(lifecycle.OfAgency, identity.Administrator), WindingDown),
		cureRules(), hearingRules(), reviewRules(), afterRules(),
		[]rule{lifecycle.Interests[*Exit](InHearing, Resolving)},
	)...)
}
