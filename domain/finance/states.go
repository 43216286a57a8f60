package finance

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	words "datacharter/domain/text"
)

// The phases, in order.
const (
	OperationPhase lifecycle.Phase = "operation"
	FinalPhase     lifecycle.Phase = "final"
	ClosedPhase    lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Trial  lifecycle.State = "trial"  // no complete year of operation yet: the trial tariff holds
	Fixing lifecycle.State = "fixing" // an allowance is to be fixed, for the first time or anew
	Ruled  lifecycle.State = "ruled"  // an allowance holds
	Final  lifecycle.State = "final"  // the authorisation has ended; the last settlement is to be drawn up and paid
	Closed lifecycle.State = "closed"
)

func say(zh, en string) words.Text { return words.Text{ZH: zh, EN: en} }

var phases = []lifecycle.PhaseInfo{
	{Name: OperationPhase, Words: say("运营期间", "operation")},
	{Name: FinalPhase, Words: say("终结结算", "final settlement")},
	{Name: ClosedPhase, Words: say("办结", "closed")},
}

// The parties.
var (
	operator      = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
	signatory     = lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory)
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	finance       = lifecycle.In(lifecycle.OfAgency, identity.FinanceReviewer)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
)

// While the trial tariff or an allowance holds the case waits for the year to go by: who is to do something meanwhile is told.
var states = []lifecycle.StateInfo{
	{Name: Trial, Phase: OperationPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: say("试行收费标准期间", "the trial tariff holds")},
	{Name: Fixing, Phase: OperationPhase, Turn: lifecycle.By(operator, officer), Words: say("待核定最高准许收入", "the allowance is to be fixed")},
	{Name: Ruled, Phase: OperationPhase, Turn: lifecycle.By(lifecycle.TheSystem), Words: say("执行最高准许收入", "the allowance holds")},
	{Name: Final, Phase: FinalPhase, Turn: lifecycle.By(operator, officer, administrator), Words: say("授权已终止，待终结结算", "ended, to be settled for good")},
	{Name: Closed, Phase: ClosedPhase, Final: true, Words: say("已结清", "settled for good")},
}

var (
	running = []lifecycle.State{Trial, Fixing, Ruled}
	open    = []lifecycle.State{Trial, Fixing, Ruled, Final}
)
