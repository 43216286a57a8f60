package finance

import (
	"reflect"
	"slices"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The inputs of statements.
type (
	// StatementInput states what a period took in. What is not named was billed as the use ledger and the charges make it.
	StatementInput struct {
		Period   Period      `json:"period" maxLength:"10" doc:"2026, 2026Q1 or 2026-01, as agreed"`
		Lines    []LineInput `json:"lines,omitempty" maxItems:"200" doc:"what was billed otherwise than the use ledger and the charges make it"`
		Note     string      `json:"note,omitempty" maxLength:"4000" doc:"needed when it takes the place of one that was checked"`
		Evidence []string    `json:"evidence,omitempty"`
	}
	// LineInput is what was billed for one product or service.
	LineInput struct {
		Product   string   `json:"product" maxLength:"200"`
		Billed    string   `json:"billed" maxLength:"20" doc:"by the contracts, yuan"`
		Contracts []string `json:"contracts,omitempty" maxItems:"200" doc:"numbers of the contracts"`
		Reason    string   `json:"reason" maxLength:"4000" doc:"why it differs"`
	}
	// PeriodInput names a period.
	PeriodInput struct {
		Period Period `json:"period" maxLength:"10"`
	}
	// ReturnInput sends the statement of a period back.
	ReturnInput struct {
		Period Period `json:"period" maxLength:"10"`
		Reason string `json:"reason" maxLength:"4000"`
	}
)

var ruleAgreed = guard{
	Words: say("收入分配规则已由双方确认", "both sides have agreed on the distribution rule"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if len(f.Rules) == 0 {
			return refusal.FinanceNoRule.With()
		}
		return nil
	},
}

var handed = guard{
	Words: say("有收入报表待核对", "a statement waits to be checked"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if len(f.Handed) == 0 {
			return refusal.FinanceNothing.With()
		}
		return nil
	},
}

// within checks that a period is one of operation and over.
func (f *Finance) within(faults *refusal.Faults, path string, p Period, env lifecycle.Env) {
	_, last, ok := p.span(f.per())
	faults.Unless(ok && slices.Contains(f.Periods(later(f.lastDay(env), f.Started)), p), refusal.NotAPeriod.At(path))
	faults.Unless(!ok || f.Ended != nil || !last.After(f.lastDay(env)), refusal.PeriodNotOver.At(path))
}

func later(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

// compileStatement reads the use ledger and the charges, and what was billed beside them. One that was checked is corrected by another one.
func compileStatement(c *Finance, in StatementInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	c.within(&f, "period", in.Period, env)
	f.Unless(find(c.Handed, in.Period) == nil, refusal.Repeated.At("period"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	lines, err := c.reckoned(in.Period, env)
	f.Unless(err == nil, refusal.AmountTooLarge.At("period"))
	before := c.statementOf(in.Period)
	f.AtMost("note", in.Note, maxText)
	f.Unless(before == nil || strings.TrimSpace(in.Note) != "", refusal.Required.At("note"))
	env.CheckFiles(&f, "evidence", in.Evidence, c.Applicant)
	billed(&f, lines, in.Lines)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	amounts := make([]pricing.Amount, len(lines))
	for i, l := range lines {
		amounts[i] = l.Billed
	}
	income, err := pricing.Sum(amounts...)
	if err != nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.AmountTooLarge.At("lines")})
	}
	if before != nil && reflect.DeepEqual(before.Lines, lines) {
		return nil, refusal.FinanceSame.With()
	}
	return contents{StatementHanded{Statement: Statement{
		Period: in.Period, Lines: lines, Income: income, Note: strings.TrimSpace(in.Note), Evidence: in.Evidence, By: env.By, At: env.Now,
	}}}, nil
}

// billed takes what was billed into the lines.
func billed(f *refusal.Faults, lines []Line, in []LineInput) {
	if !f.Count("lines", len(in), maxVolumes) {
		return
	}
	names := make([]string, len(in))
	for i, l := range in {
		at := func(field string) string { return refusal.In("lines", i, field) }
		names[i] = l.Product
		sum := amount(f, at("billed"), l.Billed)
		f.AtMost(at("reason"), l.Reason, maxText)
		if f.Count(at("contracts"), len(l.Contracts), maxVolumes) {
			for k, number := range l.Contracts {
				f.Text(refusal.In(at("contracts"), k), number, maxTitle)
			}
		}
		n := slices.IndexFunc(lines, func(known Line) bool { return known.Product == l.Product })
		if n < 0 {
			f.Add(refusal.UnknownReference.At(at("product")))
			continue
		}
		line := &lines[n]
		f.Unless(line.Class == agreement.Industry || sum == 0, refusal.PublicBenefitIsFree.At(at("billed")))
		f.Unless(sum == line.Reckoned || strings.TrimSpace(l.Reason) != "", refusal.Required.At(at("reason")))
		line.Billed, line.Contracts, line.Reason = sum, l.Contracts, strings.TrimSpace(l.Reason)
	}
	f.Distinct(names, func(i int) string { return refusal.In("lines", i, "product") })
}

// checkStatement accepts what still agrees with the use ledger and the charges.
func checkStatement(c *Finance, in PeriodInput, env lifecycle.Env) (contents, refused) {
	s := find(c.Handed, in.Period)
	if s == nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("period")})
	}
	now, err := c.reckoned(in.Period, env)
	same := func(a, b Line) bool {
		return a.Product == b.Product && a.Volume == b.Volume && a.Reckoned == b.Reckoned
	}
	if err != nil || !slices.EqualFunc(s.Lines, now, same) {
		return nil, refusal.FinanceStale.With()
	}
	return contents{StatementChecked(in)}, nil
}

func returnStatement(c *Finance, in ReturnInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(find(c.Handed, in.Period) != nil, refusal.UnknownReference.At("period"))
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{SentBack{What: AStatement, Period: in.Period, Reason: strings.TrimSpace(in.Reason)}}, nil
}
