package registration

import (
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

type textOf = text.Text

// limit is the profile's limit of a step.
func (r *Registration) limit(step string, env lifecycle.Env) policy.Limit {
	rules := env.Policy.Registration
	switch step {
	case acceptance:
		return rules.Acceptance
	case review:
		return rules.Review
	case deregistration:
		return rules.Deregistration
	default:
		return rules.Coding
	}
}

// working are the limits of the procedure under way: when it ends, they end; those of the registration's validity run on.
func (r *Registration) working() []string {
	var names []string
	for _, d := range r.Deadlines {
		if d.Open() && d.Name != expiry && d.Name != window {
			names = append(names, d.Name)
		}
	}
	return names
}

// stopWork ends the tasks and limits of the procedure under way, but for the tasks that the same command finishes.
func (r *Registration) stopWork(done ...lifecycle.Content) contents {
	out := append(contents{}, done...)
	for _, t := range r.Tasks {
		over := false
		for _, d := range done {
			if f, ok := d.(lifecycle.TaskFinished); ok && f.Task == t.ID {
				over = true
			}
		}
		if t.Active() && !over {
			out = append(out, lifecycle.TaskDropped{Task: t.ID})
		}
	}
	if names := r.working(); len(names) > 0 {
		out = append(out, r.EndDeadlines(names...)...)
	}
	return out
}

// fail ends the procedure under way without what was asked for. Of a first registration nothing is left; any other leaves the registration as it was –
// unless its validity has ended while a renewal was being decided.
func (r *Registration) fail(result Result, reasons string, env lifecycle.Env, done ...lifecycle.Content) contents {
	out := append(r.stopWork(done...), Failed{For: r.acting(env), Result: result, Reasons: reasons})
	if r.Valid != nil && r.over(env) {
		out = append(append(out, r.EndDeadlines(expiry, window)...), WasClosed{Outcome: WasDeregistered, Ground: GroundExpired})
	}
	return out
}

// over reports whether the last day of validity has passed.
func (r *Registration) over(env lifecycle.Env) bool { return !env.Now.Before(r.Valid.To.End()) }

// grant ends the procedure under way with what was asked for.
func (r *Registration) grant(env lifecycle.Env) contents {
	p := r.underWay()
	switch p.Type {
	case First:
		return append(contents{NoticeOver{State: Coding}}, r.assign(coding, words("登记赋码", "assignment of the code"), env)...)
	case Renewal:
		to := r.Valid.To.AddMonths(p.Request.Months)
		out := append(contents{Done{Valid: &Validity{From: r.Valid.From, To: to}}}, r.EndDeadlines(expiry, window)...)
		return append(out, r.clocks(to, env)...)
	default:
		return contents{Done{}}
	}
}

// clocks are the limits of a registration's validity: its last day, and the day from which renewal can be applied for (26号 Art. 15).
func (r *Registration) clocks(to calendar.Date, env lifecycle.Env) contents {
	rules := env.Policy.Registration
	opens := env.Before(to, rules.RenewalWindow.Span.Span)
	return contents{
		env.LimitOn(window, rules.RenewalWindow, opens.AddDays(-1), lifecycle.Recipients{}, lifecycle.Recipients{}),
		env.LimitOn(expiry, rules.Validity, to, r.registrants(), r.registrars()),
	}
}
