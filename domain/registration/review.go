package registration

import (
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// OpinionInput ends the formal review in the registrant's favour.
type OpinionInput struct {
	lifecycle.TaskInput
	Opinion string `json:"opinion,omitempty" maxLength:"4000"`
}

// heldOf refuses a task that the actor has not claimed, or that belongs to another step.
func heldOf(step string, t lifecycle.Task, env lifecycle.Env) refused {
	if t.Name != step {
		return refusal.NotFoundHere.With()
	}
	return lifecycle.Held(t, env)
}

// explained: a review that is overdue is explained to the registrant before it ends (26号 Art. 11).
var explained = guard{
	Words: words("审核超期的已向登记主体说明", "an overdue review was explained to the registrant"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		if r.reviewOverdue(env) && r.underWay().Delay == nil {
			return refusal.RegistrationUnexplained.With()
		}
		return nil
	},
}

func (r *Registration) reviewOverdue(env lifecycle.Env) bool {
	d := r.Deadline(review)
	return d != nil && !env.Now.Before(d.Due.At)
}

// proved: what somebody else asks to be corrected needs proof, or the registrant's consent (26号 Art. 9(3)).
var proved = guard{
	Words: words("更正有证明材料或者登记主体书面同意", "a correction has proof or the registrant's consent"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		p := r.underWay()
		if p.Type == Correction && !r.byRegistrant(p) && p.Consent == nil && len(p.Request.Attachments) == 0 {
			return refusal.RegistrationUnproved.With()
		}
		return nil
	},
}

func explainDelay(r *Registration, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if !r.reviewOverdue(env) {
		return nil, refusal.RegistrationInTime.With()
	}
	if refused := checkReason(in.Reason); refused != nil {
		return nil, refused
	}
	return contents{DelayExplained(in)}, nil
}

// passReview ends the formal review; a first or change registration is put before the public for exactly the time of the notice (26号 Art. 12).
func passReview(r *Registration, in OpinionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.AtMost("opinion", in.Opinion, maxText)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	p := r.underWay()
	out := append(contents{finished(in.Task, "passed", in.Opinion)}, r.EndDeadlines(review)...)
	out = append(out, ReviewPassed{Opinion: in.Opinion})
	rules := env.Policy.Registration
	if !rules.Type(string(p.Type)).Notice {
		return append(out, r.grant(env)...), nil
	}
	limit := env.Limit(notice, rules.Notice, lifecycle.Recipients{}, lifecycle.Recipients{})
	content := p.Submitted[len(p.Submitted)-1].Content
	return append(out, limit, NoticeBegun{Notice: Notice{
		Registrant: r.Applicant, Type: p.Type, Name: content.Name, Brief: content.Brief, From: calendar.DateOf(env.Now), Until: limit.Deadline.Due.On,
	}}), nil
}

func failReview(r *Registration, in TaskReasonInput, env lifecycle.Env) (contents, refused) {
	if refused := checkReason(in.Reason); refused != nil {
		return nil, refused
	}
	return r.fail(NotPassed, in.Reason, env, finished(in.Task, string(NotPassed), in.Reason)), nil
}
