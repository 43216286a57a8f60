package authorization

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The names of the limits of operation.
const (
	report  = "operation-report"
	expiry  = "expiry"
	warning = "expiry-warning"
	renewal = "renewal-window"
)

// Report is one yearly operation report.
type Report struct {
	Year        int       `json:"year"`
	Summary     string    `json:"summary"`
	Attachments []string  `json:"attachments,omitempty"`
	At          time.Time `json:"at"`
}

// final reports whether the year was over when the report was handed in; one on the running year is an interim one.
func (r Report) final() bool { return calendar.DateOf(r.At).Year() > r.Year }

// ReportInput hands in the report on one year's operation.
type ReportInput struct {
	Year        int      `json:"year" minimum:"2000" maximum:"2200" doc:"a year of operation; a report on the running year is an interim one"`
	Summary     string   `json:"summary" maxLength:"4000"`
	Attachments []string `json:"attachments,omitempty"`
}

// The events of operation.
type (
	// OperationStarted opens access at the agreed date.
	OperationStarted struct{}
	// Reported records an operation report.
	Reported struct {
		Report Report `json:"report"`
	}
	// ExpiryWarned says that the end of the term is near.
	ExpiryWarned struct{}
)

// EventType implements lifecycle.Content.
func (OperationStarted) EventType() string { return "operation-started" }

// EventType implements lifecycle.Content.
func (Reported) EventType() string { return "operation-reported" }

// EventType implements lifecycle.Content.
func (ExpiryWarned) EventType() string { return "expiry-warned" }

// startOperation opens operation with its clocks: the yearly report, the warning, the renewal window and the end of the term.
func startOperation(a *Authorization, env lifecycle.Env) contents {
	rules := env.Policy.Operation
	today, end := calendar.DateOf(env.Now), a.version().Content.Term.To
	out := append(a.heldBack(contents{OperationStarted{}}), a.reportOn(today.Year(), env))
	if on := env.Before(end, rules.ExpiryWarning.Span.Span); on.After(today) {
		out = append(out, env.LimitOn(warning, rules.ExpiryWarning, on, lifecycle.Recipients{}, lifecycle.Recipients{}))
	}
	if on := env.Before(end, rules.RenewalWindow.Span.Span); on.After(today) {
		out = append(out, env.LimitOn(renewal, rules.RenewalWindow, on, lifecycle.Recipients{}, lifecycle.Recipients{}))
	} else {
		out = append(out, RenewalOpened{})
	}
	// What ends a term is told by what follows: the exit opens.
	out = append(out, env.LimitOn(expiry, rules.Expiry, end, lifecycle.Recipients{}, lifecycle.Recipients{}))
	return slices.Concat(out, a.toRegisterResources(env), a.callForDisclosure(env), a.superviseYearly(env), a.openAccounts(env))
}

// reportOn is the limit of the report on a year: it counts from the last day of that year (65号 part 5: by the end of March after it).
func (a *Authorization) reportOn(year int, env lifecycle.Env) lifecycle.DeadlineStarted {
	env.Now = calendar.NewDate(year, time.December, 31).Start()
	return env.Limit(report, env.Policy.Operation.Report, a.applicants(), a.administrators())
}

// reportDue is the year whose report is asked for now.
func (a *Authorization) reportDue() int { return a.Deadline(report).From.Year() }

// reportOperation takes an interim report on the running year and the report on a year that is over, each once.
// The latter meets its limit and lets the next year's run.
func reportOperation(a *Authorization, in ReportInput, env lifecycle.Env) (contents, refused) {
	handed := Report{Year: in.Year, Summary: in.Summary, Attachments: in.Attachments, At: env.Now}
	var f refusal.Faults
	f.Unless(in.Year <= calendar.DateOf(env.Now).Year() && in.Year >= calendar.DateOf(*a.Started).Year(), refusal.NotAReportYear.At("year"))
	same := func(r Report) bool { return r.Year == in.Year && r.final() == handed.final() }
	f.Unless(!slices.ContainsFunc(a.Reports, same), refusal.Repeated.At("year"))
	f.Text("summary", in.Summary, maxStatement)
	env.CheckFiles(&f, "attachments", in.Attachments, a.Applicant)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{Reported{Report: handed}}
	if handed.final() && in.Year == a.reportDue() {
		out = append(append(out, lifecycle.DeadlineEnded{Name: report}, a.reportOn(in.Year+1, env)), a.callForDisclosure(env)...)
	}
	return out, nil
}

func operationEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, _ OperationStarted, e lifecycle.Event) {
				a.State, a.Started, a.Access = Operating, &e.At, AccessOpen
			}),
			func(a A, _ OperationStarted, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "operation-started"), tell(a, a.officers(), "operation-started")...)
			}),
		lifecycle.On(func(a A, e Reported, _ lifecycle.Event) { a.Reports = append(a.Reports, e.Report) }),
		lifecycle.Sending(
			lifecycle.On(func(A, ExpiryWarned, lifecycle.Event) {}),
			func(a A, _ ExpiryWarned, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "expiry-near"), tell(a, a.officers(), "expiry-near")...)
			}),
	}
}
