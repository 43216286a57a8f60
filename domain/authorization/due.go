package authorization

import "datacharter/domain/lifecycle"

// whenDue says what follows a time limit beside its reminder and escalation: operation starts, its clocks turn, and the end of the term opens the exit.
func whenDue(a *Authorization, d lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	switch {
	case d.Name == start && a.State == Filed:
		return startOperation(a, env)
	case d.Name == warning:
		return contents{ExpiryWarned{}}
	case d.Name == renewal:
		return contents{RenewalOpened{}}
	case d.Name == report:
		return contents{nextReport(a, env.Policy, env)}
	case d.Name == expiry && (a.State == Operating || a.State == Suspended):
		return a.expire(env)
	default:
		return nil
	}
}
