package plan

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
)

// The inputs of drafting.
type (
	// DraftInput opens a case with a plan.
	DraftInput struct {
		Content
		Agency string `json:"agency,omitempty" doc:"organisation ID of the implementing agency; needed only by who drafts for more than one"`
	}
	// ReasonInput is a command's reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// Nothing is the input of commands that need none.
	Nothing struct{}
)

// OrganizationID implements lifecycle.OnBehalf.
func (in DraftInput) OrganizationID() string { return in.Agency }

// The names of the limits.
const (
	completion   = "plan-completion"
	awaited      = "plan-decision"
	filing       = "plan-filing"
	publication  = "plan-publication"
	commentEnds  = "plan-comment"
	applications = "plan-applications"
)

var editable = from{Draft, ReviewReturned, Amending, Revising}

// ruled: a profile older than plans has no rules for them.
var ruled = guard{
	Words: say("规则方案含实施方案规则", "the profile has rules of plans"),
	Check: func(_ *Plan, env lifecycle.Env) refused {
		if env.Policy.Plan == nil {
			return refusal.PolicyUnknown.With()
		}
		return nil
	},
}

// hasContent: a plan that is to end is decided on as it stands.
var hasContent = guard{
	Words: say("不是终止事项", "it is not about ending the plan"),
	Check: func(p *Plan, _ lifecycle.Env) refused {
		if p.Change != nil && p.Change.Cancels {
			return refusal.NotInState.With()
		}
		return nil
	},
}

func draft(_ *Plan, in DraftInput, env lifecycle.Env) (contents, refused) {
	agency := env.By.Organization
	f := in.check(agency, env)
	f.Unless(in.Agency != "" || !env.Actor.ForSeveral(identity.Planner), refusal.Required.At("agency"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Drafted{Agency: agency, Policy: env.PolicyRef(), Content: in.Content}}, nil
}

func edit(p *Plan, in Content, env lifecycle.Env) (contents, refused) {
	f := in.check(p.Agency, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Edited{Content: in}}, nil
}

func deleteDraft(*Plan, Nothing, lifecycle.Env) (contents, refused) {
	return contents{DraftDeleted{}}, nil
}

// submit hands a plan, or a major change of one, in for the whole route (27号 Art. 11).
func submit(p *Plan, _ Nothing, env lifecycle.Env) (contents, refused) {
	handed, r := p.hand(env)
	if r != nil {
		return nil, r
	}
	if v := p.InForce(); v != nil && !p.Change.Cancels && v.Hash == handed.Hash {
		return nil, refusal.PlanSame.With()
	}
	return p.openRound(append(contents{handed}, p.beginComment(env)...), env)
}

// resubmit opens a new round of reviews. The public is heard again when what it was heard on has changed in substance.
func resubmit(p *Plan, _ Nothing, env lifecycle.Env) (contents, refused) {
	handed, r := p.hand(env)
	if r != nil {
		return nil, r
	}
	out := append(contents{handed}, p.EndDeadlines(completion)...)
	if len(majorChanges(p.Comment.Content, p.Drafted, env.Policy.Plan)) > 0 {
		out = append(append(out, p.EndDeadlines(commentEnds)...), p.beginComment(env)...)
	}
	return p.openRound(out, env)
}

func (p *Plan) openRound(before contents, env lifecycle.Env) (contents, refused) {
	opened, r := p.course(env).OpenRound(env)
	return append(before, opened...), r
}

func (p *Plan) course(env lifecycle.Env) review.Course {
	return review.Course{
		Header: &p.Header, Round: p.Round, Stage: p.Stage, Rules: env.Policy.Plan.Review, Facts: p.Drafted.facts(), Escalates: p.administrators(),
	}
}

// hand checks the plan and freezes it. What is to end needs no papers: it is decided on as it stands.
func (p *Plan) hand(env lifecycle.Env) (Handed, refused) {
	if p.Change == nil || !p.Change.Cancels {
		f := p.Drafted.check(p.Agency, env)
		p.Drafted.checkComplete(&f, env.Policy.Plan)
		p.Drafted.checkGraded(&f, env)
		if r := f.Refusal(); r != nil {
			return Handed{}, r
		}
	}
	return Handed{Hash: p.Drafted.Hash(), Policy: env.PolicyRef()}, nil
}

func withdraw(p *Plan, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return p.fail(WasWithdrawn, in.Reason, lifecycle.Task{}), nil
}

// fail ends what is under way, apart from the task that has just been finished, if any: the case, or only the change while a version is in force.
func (p *Plan) fail(outcome, reason string, finished lifecycle.Task) contents {
	out := contents{}
	for _, t := range p.Tasks {
		if t.Active() && t.ID != finished.ID {
			out = append(out, lifecycle.TaskDropped{Task: t.ID})
		}
	}
	for _, d := range p.Deadlines {
		if d.Open() && d.Name != applications && d.Name != finished.Deadline {
			out = append(out, lifecycle.DeadlineEnded{Name: d.Name})
		}
	}
	return append(out, CameToNothing{Outcome: outcome, Reason: reason})
}

func (in ReasonInput) check() refused {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxText)
	return f.Refusal()
}
