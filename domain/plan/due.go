package plan

import "datacharter/domain/lifecycle"

// whenDue says what follows a time limit beside its escalation: the public has been heard, or the day announced for applications has passed.
func whenDue(p *Plan, d lifecycle.Deadline, _ lifecycle.Env) []lifecycle.Content {
	switch d.Name {
	case commentEnds:
		return contents{CommentOver{}}
	case applications:
		if p.Open != nil {
			return contents{Closed{}}
		}
	}
	return nil
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(CommentOver{}, Closed{})
