package finance

import (
	"strconv"

	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
)

func (f *Finance) tell(to lifecycle.Recipients, subject string, pairs ...string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, append([]string{"case", f.ID}, pairs...)...)
}

func tellToBeFixed[E lifecycle.Content](f *Finance, _ E, _ lifecycle.Event) effects {
	return effects{f.tell(f.operators(), "finance-allowance-due"), f.tell(f.officers(), "finance-allowance-due")}
}

func tellCosts(f *Finance, e CostsHanded, _ lifecycle.Event) effects {
	return effects{f.tell(f.officers(), "finance-costs", "year", strconv.Itoa(e.Costs.Year))}
}

func tellProposed(f *Finance, _ AllowanceProposed, _ lifecycle.Event) effects {
	return effects{f.tell(f.administrators(), "finance-allowance-to-confirm")}
}

func tellFixed(f *Finance, _ AllowanceConfirmed, _ lifecycle.Event) effects {
	return effects{f.tell(f.operators(), "finance-allowance-fixed"), f.tell(f.officers(), "finance-allowance-fixed")}
}

func tellBeyond(f *Finance, e CeilingsChecked, _ lifecycle.Event) effects {
	if e.Check.Within {
		return nil
	}
	return effects{f.tell(f.officers(), "finance-ceilings-beyond", "year", strconv.Itoa(e.Check.Year)), f.tell(f.administrators(), "finance-ceilings-beyond", "year", strconv.Itoa(e.Check.Year))}
}

func tellHanded(f *Finance, e StatementHanded, _ lifecycle.Event) effects {
	return effects{f.tell(f.officers(), "finance-statement-to-check", "period", string(e.Statement.Period))}
}

// tellReckoned says what a year's deviation asks for (65号 part 4).
func tellReckoned(f *Finance, e YearReckoned, _ lifecycle.Event) effects {
	if e.Year.Deviation == nil || e.Year.Deviation.Task == pricing.NoTask {
		return nil
	}
	subject, year := "finance-adjust-charges", strconv.Itoa(e.Year.Year)
	if e.Year.Deviation.Task == pricing.AdjustCeilings {
		subject = "finance-adjust-ceilings"
	}
	return effects{f.tell(f.officers(), subject, "year", year), f.tell(f.operators(), subject, "year", year)}
}

func tellReported(f *Finance, e YearReported, _ lifecycle.Event) effects {
	return effects{f.tell(f.administrators(), "finance-reported", "year", strconv.Itoa(e.Report.Year))}
}

func tellRule(f *Finance, _ RuleProposed, _ lifecycle.Event) effects {
	return effects{f.tell(f.signatories(), "finance-rule-proposed")}
}

func tellAgreed(f *Finance, _ RuleAgreed, _ lifecycle.Event) effects {
	return effects{f.tell(f.officers(), "finance-rule-agreed")}
}

func tellRun(f *Finance, e SettlementRun, _ lifecycle.Event) effects {
	return effects{f.tell(f.administrators(), "finance-settlement-to-approve", "period", string(e.Run.Period))}
}

// tellSettled tells the operator and those who share and read.
func tellSettled(f *Finance, _ SettlementApproved, _ lifecycle.Event) effects {
	out := effects{f.tell(f.operators(), "finance-settled"), f.tell(f.officers(), "finance-settled")}
	for _, id := range f.Readers {
		out = append(out, f.tell(lifecycle.Recipients{Organization: id}, "finance-settled"))
	}
	return out
}

func tellPosted(f *Finance, _ WasPosted, _ lifecycle.Event) effects {
	return effects{f.tell(f.operators(), "finance-posted"), f.tell(f.officers(), "finance-posted")}
}

func tellSentBack(f *Finance, e SentBack, _ lifecycle.Event) effects {
	to := f.officers()
	if e.What == AStatement {
		to = f.operators()
	}
	return effects{f.tell(to, "finance-sent-back")}
}

func tellEnded(f *Finance, _ AuthorizationEnded, _ lifecycle.Event) effects {
	return effects{f.tell(f.operators(), "finance-final"), f.tell(f.officers(), "finance-final")}
}

func tellClosed(f *Finance, _ AccountsClosed, _ lifecycle.Event) effects {
	return effects{f.tell(f.operators(), "finance-closed"), f.tell(f.officers(), "finance-closed")}
}
