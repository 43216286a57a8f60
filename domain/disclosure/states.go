package disclosure

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	words "datacharter/domain/text"
)

// The phases, in order.
const (
	YearPhase      lifecycle.Phase = "year"
	PreparingPhase lifecycle.Phase = "preparing"
	PublishedPhase lifecycle.Phase = "published"
)

// The states. They are stored data: never rename one.
const (
	Running   lifecycle.State = "running"   // the year that is disclosed is not over
	Due       lifecycle.State = "due"       // nothing is compiled yet
	Drafting  lifecycle.State = "drafting"  // compiled, to be completed and handed in
	Checking  lifecycle.State = "checking"  // waits for somebody who did not prepare it
	Published lifecycle.State = "published" // the public reads it
	Withdrawn lifecycle.State = "withdrawn" // the public reads that it was withdrawn; the duty stands
)

func say(zh, en string) words.Text { return words.Text{ZH: zh, EN: en} }

var phases = []lifecycle.PhaseInfo{
	{Name: YearPhase, Words: say("年度进行中", "the year")},
	{Name: PreparingPhase, Words: say("编制核对", "preparing")},
	{Name: PublishedPhase, Words: say("公布", "published")},
}

// The parties. Of the two sides only one has an organisation in a case.
var (
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	applicant     = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
	signatory     = lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory)
	system        = lifecycle.TheSystem
)

var states = []lifecycle.StateInfo{
	{Name: Running, Phase: YearPhase, Turn: lifecycle.By(system), Words: say("年度未结束", "the year is not over")},
	{Name: Due, Phase: PreparingPhase, Turn: lifecycle.By(officer, applicant), Words: say("待编制", "to be compiled")},
	{Name: Drafting, Phase: PreparingPhase, Turn: lifecycle.By(officer, applicant), Words: say("编制中", "being drafted")},
	{Name: Checking, Phase: PreparingPhase, Turn: lifecycle.By(administrator, officer, signatory, applicant), Words: say("待核对", "to be checked")},
	{Name: Published, Phase: PublishedPhase, Turn: lifecycle.By(system), Words: say("已公布", "published")},
	{Name: Withdrawn, Phase: PublishedPhase, Turn: lifecycle.By(officer, applicant), Words: say("已撤下，待重新公布", "withdrawn, to be published anew")},
}

var open = []lifecycle.State{Running, Due, Drafting, Checking, Published, Withdrawn}
