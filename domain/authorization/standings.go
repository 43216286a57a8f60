package authorization

import (
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// RenewalFlag is something of evaluations or audits that speaks against a renewal, with the rule by which it does.
type RenewalFlag struct {
	policy.RenewalRule

	Year int `json:"year"`
}

// RenewalFlags lists what speaks against a renewal on a day, by the rules of the profile.
func (a *Authorization) RenewalFlags(rules *policy.Profile, cal calendar.Calendar, today calendar.Date) []RenewalFlag {
	if rules.Supervision == nil || a.Started == nil {
		return nil
	}
	var out []RenewalFlag
	for _, r := range rules.Supervision.Renewal {
		if year := a.flagged(r.On, rules.Supervision, cal, today); year > 0 {
			out = append(out, RenewalFlag{r, year})
		}
	}
	return out
}

// flagged is the latest year of which something holds; 0 for none.
func (a *Authorization) flagged(on policy.RenewalFlag, rules *policy.Supervision, cal calendar.Calendar, today calendar.Date) int {
	switch on {
	case policy.EvaluationFailed:
		if e := a.LastEvaluation(); e != nil && e.Conclusion.Grade.Failed {
			return e.Year
		}
	case policy.AuditDefects:
		if d := a.LastAudit(); d != nil && d.Outcome == AuditDefects {
			return d.Year
		}
	case policy.EvaluationMissing:
		if rules.Evaluation == nil {
			return 0
		}
		if year := a.dueYear(rules.Evaluation.Due, cal, today); year > 0 && (a.LastEvaluation() == nil || a.LastEvaluation().Year < year) {
			return year
		}
	case policy.AuditMissing:
		if rules.Audit == nil {
			return 0
		}
		if year := a.dueYear(rules.Audit.Due, cal, today); year > 0 && (a.LastAudit() == nil || a.LastAudit().Year < year) {
			return year
		}
	}
	return 0
}

// dueYear is the latest year of operation whose yearly limit has gone by; 0 for none.
func (a *Authorization) dueYear(l policy.Limit, cal calendar.Calendar, today calendar.Date) int {
	for year := today.Year() - 1; year >= calendar.DateOf(*a.Started).Year(); year-- {
		if cal.Due(calendar.NewDate(year, 12, 31), l.Span.Span).On.Before(today) {
			return year
		}
	}
	return 0
}

// against refuses to invite to a renewal against which something speaks by which the profile refuses.
func (a *Authorization) against(flags []RenewalFlag) refused {
	for _, f := range flags {
		if f.Then == policy.Refuse {
			return refusal.RenewalBarred.With("rule_zh", f.Rule.ZH, "rule_en", f.Rule.EN)
		}
	}
	return nil
}

func (a *Authorization) flagsNow(env lifecycle.Env) []RenewalFlag {
	return a.RenewalFlags(env.Policy, env.Calendar, calendar.DateOf(env.Now))
}

// Judgements are the evaluations and audits that an exit names: failed evaluations, and audits that found defects.
func (a *Authorization) Judgements() []exit.Judgement {
	var out []exit.Judgement
	for _, e := range a.Evaluations {
		if e.Conclusion != nil && e.Conclusion.Grade.Failed {
			out = append(out, exit.Judgement{Of: exit.Evaluated, Year: e.Year, Points: e.Points, Grade: e.Conclusion.Grade.Title, Evidence: e.Evidence})
		}
	}
	for _, d := range a.Audits {
		if d.Outcome == AuditDefects {
			out = append(out, exit.Judgement{Of: exit.Audited, Year: d.Year, Evidence: d.Attachments})
		}
	}
	return out
}
