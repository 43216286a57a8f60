package exit

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

var notExpired = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "不是期限届满的退出", EN: "the exit is not that of an expired term"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		if c.Ground.Trigger == policy.ByExpiry {
			return refusal.ExitOfExpiry.With()
		}
		return nil
	},
}

var allUndone = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "已采取的措施全部恢复", EN: "every measure taken is undone"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		if len(c.ToUndo()) > 0 {
			return refusal.ExitNotUndone.With()
		}
		return nil
	},
}

func stop(c *Exit, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{StopOrdered(in)}, c.EndDeadlines()...), nil
}

func noteUndone(c *Exit, in UndoneInput, _ lifecycle.Env) (contents, refused) {
	if left := c.ToUndo(); len(left) == 0 || left[0] != in.Measure {
		return nil, refusal.ExitUndoOrder.With()
	}
	return result(in.Result, MeasureUndone(in))
}

func concludeStop(c *Exit, _ Nothing, _ lifecycle.Env) (contents, refused) {
	switch {
	case c.Reinstated != nil:
		return contents{ExitEnded{Outcome: OutcomeReinstated}}, nil
	case c.cured() != nil && c.cured().Accepted:
		return contents{ExitEnded{Outcome: OutcomeCured}}, nil
	}
	if c.Stop == nil { // the way here was a decision that the authorisation goes on
		return contents{ExitEnded{Outcome: OutcomeContinued}}, nil
	}
	return contents{ExitEnded{Outcome: OutcomeStopped}}, nil
}
