package registration

import "datacharter/domain/lifecycle"

// whenDue says what follows a time limit beside its escalation: the notice is over, renewal can be applied for, the validity has ended.
func whenDue(r *Registration, d lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	switch d.Name {
	case notice:
		if r.Valid != nil && r.over(env) {
			return nil // the registration itself ends at the same instant
		}
		return r.noticeOver(env)
	case window:
		return contents{WindowOpened{}}
	case expiry:
		return r.expire(env)
	default:
		return nil
	}
}

// expire deregisters what nobody renewed (26号 Art. 15). A renewal that is being decided is waited for; anything else under way comes to nothing.
func (r *Registration) expire(env lifecycle.Env) contents {
	p := r.underWay()
	if p != nil && p.Type == Renewal {
		return nil
	}
	var out contents
	if p != nil {
		for _, t := range r.Tasks {
			if t.Active() {
				out = append(out, lifecycle.TaskDropped{Task: t.ID})
			}
		}
		out = append(out, Failed{Result: Dropped})
	}
	for _, d := range r.Deadlines {
		if due := d.Running() && !env.Now.Before(d.Due.At); d.Open() && !due { // what is due passes by itself
			out = append(out, lifecycle.DeadlineEnded{Name: d.Name})
		}
	}
	return append(out, WasClosed{Outcome: WasDeregistered, Ground: GroundExpired})
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(NoticeOver{}, Done{}, Failed{}, WindowOpened{}, WasClosed{})
