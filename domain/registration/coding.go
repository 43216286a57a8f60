package registration

import (
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// CodeInput records the code that the registration platform assigned.
type CodeInput struct {
	lifecycle.TaskInput
	Code         string `json:"code" maxLength:"100" doc:"登记结果查询码, as the registration platform assigned it; kept as it is"`
	Confirmation string `json:"confirmation" maxLength:"100" doc:"登记确认单编号"`
	On           string `json:"on" format:"date" doc:"day of the assignment"`
}

const maxCode = 100

// undisputed: there is no code while an objection is open (26号 Art. 13).
var undisputed = guard{
	Words: words("公示期满且无未结异议", "the notice is over and no objection is open"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		if len(r.underWay().open()) > 0 {
			return refusal.RegistrationDisputed.With()
		}
		return nil
	},
}

func recordCode(r *Registration, in CodeInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("code", in.Code, maxCode)
	f.Text("confirmation", in.Confirmation, maxCode)
	on, err := calendar.ParseDate(in.On)
	f.Unless(err == nil, refusal.NotADate.At("on"))
	f.Unless(err != nil || !on.After(calendar.DateOf(env.Now)), refusal.DateInFuture.At("on"))
	f.Unless(err != nil || on.After(r.underWay().Notice.Until), refusal.RegistrationTooEarly.At("on"))
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	valid := Validity{From: on, To: r.lastDay(on, env)}
	out := append(contents{finished(in.Task, "coded", "")}, r.EndDeadlines(coding)...)
	out = append(out, Coded{Code: in.Code, Confirmation: in.Confirmation, On: on, Valid: valid})
	return append(out, r.clocks(valid.To, env)...), nil
}

// lastDay is three years from the code; of a product or service whose agreement runs no longer than that, the end of the operation (26号 Art. 15).
func (r *Registration) lastDay(on calendar.Date, env lifecycle.Env) calendar.Date {
	rules := env.Policy.Registration
	last := env.Calendar.Term(on, rules.Validity.Span.Span).On
	of, ok := env.Facts.Cases[r.Drafted.Authorization].(*authorization.Authorization)
	if r.Drafted.Object != Product || !ok {
		return last
	}
	grant, filed := of.Granted()
	if filed && !grant.Ends.After(env.Calendar.Term(grant.From.AddDays(-1), rules.Validity.Span.Span).On) {
		return grant.Ends
	}
	return last
}
