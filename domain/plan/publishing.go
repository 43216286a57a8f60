package plan

import (
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The inputs of filing, publication and applications.
type (
	// FilingInput records the filing (27号 Art. 11).
	FilingInput struct {
		On       string   `json:"on" format:"date"`
		With     string   `json:"with" maxLength:"200" doc:"where it was filed"`
		Receipt  string   `json:"receipt" maxLength:"200"`
		Evidence []string `json:"evidence,omitempty"`
	}
	// OpeningInput opens a plan to applications.
	OpeningInput struct {
		Notice string `json:"notice" maxLength:"4000" doc:"what applicants are told: how, where and what to hand in"`
		Until  string `json:"until,omitempty" format:"date" doc:"last day on which applications are taken; left out: until it is closed"`
	}
)

func file(p *Plan, in FilingInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	on, err := calendar.ParseDate(in.On)
	switch {
	case err != nil:
		f.Add(refusal.NotADate.At("on"))
	case on.After(calendar.DateOf(env.Now)):
		f.Add(refusal.DateInFuture.At("on"))
	case on.Before(calendar.DateOf(p.InForce().From)):
		f.Add(refusal.DateBeforeDecision.At("on"))
	}
	f.Text("with", in.With, maxTitle)
	f.Text("receipt", in.Receipt, maxTitle)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	filed := WasFiled{Filing: Filing{On: on, With: in.With, Receipt: in.Receipt, Evidence: in.Evidence, By: env.By}}
	return append(contents{filed}, p.EndDeadlines(filing)...), nil
}

func publish(p *Plan, _ Nothing, env lifecycle.Env) (contents, refused) {
	return append(contents{WasPublished{On: calendar.DateOf(env.Now)}}, p.EndDeadlines(publication)...), nil
}

var hasForce = guard{
	Words: say("有现行有效版本", "a version is in force"),
	Check: func(p *Plan, _ lifecycle.Env) refused {
		if v := p.InForce(); v == nil || v.Published == nil {
			return refusal.NotInState.With()
		}
		return nil
	},
}

var closed = guard{
	Words: say("尚未受理申请", "it takes no applications yet"),
	Check: func(p *Plan, _ lifecycle.Env) refused {
		if p.Open != nil {
			return refusal.PlanOpened.With()
		}
		return nil
	},
}

var opened = guard{
	Words: say("正在受理申请", "it takes applications"),
	Check: func(p *Plan, _ lifecycle.Env) refused {
		if p.Open == nil {
			return refusal.PlanClosed.With()
		}
		return nil
	},
}

// until explains the last day on which applications are taken.
var until = policy.Limit{
	Source: policy.Source{Article: "受理公告", Mark: policy.Default},
	Rule:   say("在公告的期限内受理申请", "Applications are taken until the day announced"),
	Span:   policy.Span{Span: calendar.CalendarDays(0)}, RemindBefore: 3,
}

func openApplications(p *Plan, in OpeningInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("notice", in.Notice, maxText)
	out := Opened{Notice: strings.TrimSpace(in.Notice)}
	if in.Until != "" {
		on, err := calendar.ParseDate(in.Until)
		switch {
		case err != nil:
			f.Add(refusal.NotADate.At("until"))
		case on.Before(calendar.DateOf(env.Now)):
			f.Add(refusal.DatePast.At("until"))
		default:
			out.Until = &on
		}
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	events := contents{out}
	if out.Until != nil {
		events = append(events, env.LimitOn(applications, until, *out.Until, p.planners(), lifecycle.Recipients{}))
	}
	return events, nil
}

func closeApplications(p *Plan, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(contents{Closed{Reason: strings.TrimSpace(in.Reason)}}, p.EndDeadlines(applications)...), nil
}
