package lives

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// Finding is one finding of supervision being led through its life.
type Finding struct {
	*Director
	ID   string
	Rest *Authorization
}

// Raise has the agency raise a finding on the authorisation.
func (a *Authorization) Raise(id string) *Finding {
	a.T.Helper()
	f := &Finding{Director: a.Director, ID: id, Rest: a}
	f.As(Officer, "raise", finding.RaiseInput{Authorization: a.ID, Subject: "security", Found: finding.ByPlannedInspection, Facts: "检查发现(虚构)", Evidence: []string{Evidence.Digest}})
	return f
}

// As has a person give a command, which must be accepted.
func (f *Finding) As(person, command string, input any) {
	f.T.Helper()
	f.Do(person, finding.Machine, f.ID, command, input)
}

// Stands is the finding as it stands.
func (f *Finding) Stands() *finding.Finding {
	return f.Case(finding.Machine, f.ID).(*finding.Finding) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the finding is in a state.
func (f *Finding) Reaches(state lifecycle.State, step time.Duration) {
	f.T.Helper()
	f.Until("the finding in "+string(state), step, func() bool { return f.Stands().State == state })
}

// LiveFinding leads a finding through rectification that comes too late, a suspension, rectification and its end.
func (a *Authorization) LiveFinding(id string) *Finding {
	a.T.Helper()
	f := a.Raise(id)
	f.As(Officer, "order", finding.OrderInput{Measures: "补齐日志(虚构)"})
	f.Until("rectification overdue", 24*time.Hour, func() bool { return f.Stands().Deadline("rectification").Passed })
	f.As(Officer, "extend", finding.OpinionInput{Opinion: "尚在整改(虚构)"})
	f.handIn()
	f.As(Officer, "suspend-operation", finding.ConsequenceInput{Ground: "security-risk", Opinion: "未改好(虚构)"})
	f.Until("the authorisation knowing what is asked for", time.Hour, func() bool { return len(a.Case().Asking(authorization.AskedSuspension)) == 1 })
	a.As(Administrator, "suspend", authorization.SuspendInput{Ground: "security-risk", Authority: "监督问题(虚构)", Reason: "整改"})
	f.Until("the finding knowing of the suspension", time.Hour, func() bool { return f.Stands().Taken != nil })
	f.handIn()
	f.As(Officer, "lift", finding.OpinionInput{Opinion: "已改好(虚构)"})
	a.Until("the authorisation knowing of the end", time.Hour, func() bool { return a.Case().Findings[0].Over })
	a.As(Administrator, "resume", authorization.ReasonInput{Reason: "整改完成(虚构)"})
	return f
}

func (f *Finding) handIn() {
	f.T.Helper()
	f.As(Applicant, "hand-in", finding.HandInInput{Statement: "已整改(虚构)", Evidence: []string{Proof.Digest}})
}

// LiveLedgerFinding has the ledger raise a finding, closes it, and has it pass further uses on to the next.
func (a *Authorization) LiveLedgerFinding() (first, second *Finding) {
	a.T.Helper()
	at := func(n int) *Finding {
		return &Finding{Director: a.Director, ID: finding.LedgerID(a.ID, "suspended", "", n), Rest: a}
	}
	first, second = at(1), at(2)
	tell := func() {
		in := finding.UsesInput{Authorization: a.ID, Reason: "suspended", Events: 2, First: a.Now().Add(-time.Hour), Last: a.Now()}
		first.As(identity.SystemPerson, finding.GatherUses, in)
	}
	tell()
	tell()
	first.As(Officer, "dismiss", finding.ReasonInput{Reason: "系统时钟误差(虚构)"})
	tell()
	second.Until("the next finding", time.Hour, func() bool { return second.Stands().Uses != nil })
	return first, second
}
