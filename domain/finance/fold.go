package finance

import (
	"cmp"
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/revenue"
)

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Finance] {
	type (
		F  = *Finance
		at = lifecycle.Event
	)
	return []lifecycle.EventType[F]{
		lifecycle.On(func(f F, e Opened, _ at) {
			f.State, f.Policy, f.Authorization, f.Started = Trial, e.Policy, e.Call.Authorization, e.Call.Started
			f.Agency, f.Applicant, f.Title = e.Call.Agency, e.Call.Operator, e.Call.Title+"（价格与收益）"
		}),
		lifecycle.Sending(lifecycle.On(func(f F, _ YearCompleted, _ at) { f.State = Fixing }), tellToBeFixed[YearCompleted]),
		lifecycle.Sending(lifecycle.On(func(f F, _ ReviewDue, _ at) { f.State = Fixing }), tellToBeFixed[ReviewDue]),
		lifecycle.Sending(lifecycle.On(func(f F, e CostsHanded, _ at) {
			f.Costs = append(slices.DeleteFunc(f.Costs, func(c Costs) bool { return c.Year == e.Costs.Year }), e.Costs)
		}), tellCosts),
		lifecycle.Sending(lifecycle.On(func(f F, e AllowanceProposed, _ at) {
			f.Proposed = &e.Fixed
			f.answered(AnAllowance, "")
		}), tellProposed),
		lifecycle.Sending(lifecycle.On(func(f F, _ AllowanceConfirmed, at at) {
			fixed := *f.Proposed
			fixed.Confirmed = &at.By
			f.Allowances, f.Proposed = append(f.Allowances, fixed), nil
			if f.State != Final {
				f.State = Ruled
			}
		}), tellFixed),
		lifecycle.Sending(lifecycle.On(func(f F, e CeilingsChecked, _ at) {
			f.Checks = append(slices.DeleteFunc(f.Checks, func(c Check) bool { return c.Year == e.Check.Year }), e.Check)
		}), tellBeyond),
		lifecycle.Sending(lifecycle.On(func(f F, e StatementHanded, _ at) {
			f.Handed = append(f.Handed, e.Statement)
			f.answered(AStatement, e.Statement.Period)
		}), tellHanded),
		lifecycle.On(func(f F, e StatementChecked, at at) {
			s := *find(f.Handed, e.Period)
			s.Checked = &at.By
			of := func(s Statement) bool { return s.Period == e.Period }
			f.Handed = slices.DeleteFunc(f.Handed, of)
			f.Statements = append(slices.DeleteFunc(f.Statements, of), s)
			slices.SortFunc(f.Statements, func(a, b Statement) int { return cmp.Compare(a.Period, b.Period) })
		}),
		lifecycle.Sending(lifecycle.On(func(f F, e YearReckoned, _ at) {
			f.Years = append(slices.DeleteFunc(f.Years, func(y Year) bool { return y.Year == e.Year.Year }), e.Year)
			slices.SortFunc(f.Years, func(a, b Year) int { return a.Year - b.Year })
			f.Deductions = append(slices.DeleteFunc(f.Deductions, func(d Deduction) bool { return d.Of == e.Year.Year }), e.Deductions...)
		}), tellReckoned),
		lifecycle.On(func(f F, e AdjustmentReported, at at) {
			f.yearOf(e.Year).Adjusted = &Adjusted{What: e.What, By: at.By, At: at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(f F, e YearReported, _ at) {
			f.Reports = append(slices.DeleteFunc(f.Reports, func(r Report) bool { return r.Year == e.Report.Year }), e.Report)
			slices.SortFunc(f.Reports, func(a, b Report) int { return a.Year - b.Year })
		}), tellReported),
		lifecycle.Sending(lifecycle.On(func(f F, e RuleProposed, _ at) {
			f.Rule = &e.Rule
			f.answered(ARule, "")
		}), tellRule),
		lifecycle.Sending(lifecycle.On(func(f F, _ RuleAgreed, at at) { f.agree(at) }), tellAgreed),
		lifecycle.Sending(lifecycle.On(func(f F, e SettlementRun, _ at) {
			f.Run = &e.Run
			f.answered(ASettlement, "")
		}), tellRun),
		lifecycle.Sending(lifecycle.On(func(f F, _ SettlementApproved, at at) { f.post(at) }), tellSettled),
		lifecycle.Sending(lifecycle.On(func(f F, e WasPosted, _ at) { f.Postings = append(f.Postings, e.Posting) }), tellPosted),
		lifecycle.Sending(lifecycle.On(func(f F, e SentBack, at at) { f.sendBack(e, at) }), tellSentBack),
		lifecycle.Sending(lifecycle.On(func(f F, e AuthorizationEnded, _ at) { f.State, f.Ended = Final, &e.On }), tellEnded),
		lifecycle.Sending(lifecycle.On(func(f F, e AccountsClosed, at at) {
			f.State, f.Closing = Closed, &Closing{Text: e.Text, By: at.By, At: at.At}
		}), tellClosed),
	}
}

// agree puts a rule into force, and lets those who share read.
func (f *Finance) agree(at lifecycle.Event) {
	rule := *f.Rule
	rule.Agreed = &at.By
	f.Rules, f.Rule = append(f.Rules, rule), nil
	for _, s := range rule.Sharers {
		if s.Organization != "" && s.Organization != f.Agency && s.Organization != f.Applicant && !slices.Contains(f.Readers, s.Organization) {
			f.Readers = append(f.Readers, s.Organization)
		}
	}
}

// post adds the entries of the settlement that was approved.
func (f *Finance) post(at lifecycle.Event) {
	for _, e := range f.Run.Entries {
		p := Posting{Entry: e, Prepared: f.Run.By, By: at.By, At: at.At}
		if e.Kind == revenue.Counter {
			p.Reason = f.statementOf(f.Run.Period).Note
		}
		f.Postings = append(f.Postings, p)
	}
	f.Run = nil
}

func (f *Finance) sendBack(e SentBack, at lifecycle.Event) {
	switch e.What {
	case AnAllowance:
		f.Proposed = nil
	case ARule:
		f.Rule = nil
	case ASettlement:
		f.Run = nil
	case AStatement:
		f.Handed = slices.DeleteFunc(f.Handed, func(s Statement) bool { return s.Period == e.Period })
	}
	f.answered(e.What, e.Period)
	f.Returned = append(f.Returned, Returned{What: e.What, Period: e.Period, Reason: e.Reason, By: at.By, At: at.At})
}

// answered takes away why the one before was sent back.
func (f *Finance) answered(what What, p Period) {
	f.Returned = slices.DeleteFunc(f.Returned, func(r Returned) bool { return r.What == what && r.Period == p })
}
