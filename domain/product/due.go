package product

import "datacharter/domain/lifecycle"

// whenDue says what follows a time limit beside its escalation: when the last day of a trial is over, its result is asked for.
func whenDue(p *Product, d lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	if d.Name == trialEnds && p.State == OnTrial {
		return contents{TrialOver{}, env.Limit(result, env.Policy.Product.Trial.Result, p.officers(), p.administrators())}
	}
	return nil
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(TrialOver{})
