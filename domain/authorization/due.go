package authorization

import "datacharter/domain/lifecycle"

// whenDue says what follows a time limit beside its reminder and escalation: operation starts, its clocks turn, and the end of the term opens the exit.
func whenDue(a *Authorization, d lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	switch d.Name {
	case start:
		return startOperation(a, env)
	case warning:
		return contents{ExpiryWarned{}}
	case renewal:
		return contents{RenewalOpened{}}
	case report:
		return append(contents{a.reportOn(d.From.Year()+1, env)}, a.callForDisclosure(env)...)
	case evaluationDue, auditDue:
		return a.yearlyOn(d.Name, d.From.Year()+1, env)
	case evaluationView:
		if a.OpenEvaluation() == nil {
			return nil
		}
		return contents{a.toConclude(env)}
	case expiry, termCap:
		if a.State == Exiting { // looked at again when that exit has ended
			return nil
		}
		return a.expire(env)
	default:
		return nil
	}
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(OperationStarted{}, AccessSet{}, ExpiryWarned{}, RenewalOpened{}, ExitOpened{}, DisclosureCalled{}, AccountsOpened{})
