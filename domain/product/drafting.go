package product

import (
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
)

// The inputs of drafting.
type (
	// DraftInput opens a case with the content of a product or service.
	DraftInput struct {
		Content
		Authorization string `json:"authorization" maxLength:"100" doc:"authorisation that it rests on"`
		Operator      string `json:"operator,omitempty" doc:"organisation ID of the operator; needed only by who acts for more than one"`
	}
	// ReasonInput is a command's reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// Nothing is the input of commands that need none.
	Nothing struct{}
)

// OrganizationID implements lifecycle.OnBehalf.
func (in DraftInput) OrganizationID() string { return in.Operator }

// The names of the limits.
const (
	completion = "product-completion"
	trialEnds  = "product-trial"
	result     = "product-trial-result"
	toPrice    = "product-ceiling"
)

// ruled: a profile older than products as cases has no rules for them.
var ruled = guard{
	Words: say("规则方案含产品和服务规则", "the profile has rules of products"),
	Check: func(_ *Product, env lifecycle.Env) refused {
		if env.Policy.Product == nil {
			return refusal.PolicyUnknown.With()
		}
		return nil
	},
}

func draft(_ *Product, in DraftInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(in.Operator != "" || !env.Actor.ForSeveral(identity.Applicant), refusal.Required.At("operator"))
	a := on(&f, in.Authorization, env.By.Organization, env)
	f.Add(in.check(a, env)...)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Drafted{Operator: a.Applicant, Agency: a.Agency, Authorization: a.ID, Policy: env.PolicyRef(), Content: in.Content}}, nil
}

func edit(p *Product, in Content, env lifecycle.Env) (contents, refused) {
	f := in.check(p.rests(env), env)
	in.checkFixed(&f, p.Offer())
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Edited{Content: in}}, nil
}

// rests is the authorisation as it stands.
func (p *Product) rests(env lifecycle.Env) *authorization.Authorization {
	a, _ := env.Facts.Cases[p.Authorization].(*authorization.Authorization)
	return a
}

func deleteDraft(*Product, Nothing, lifecycle.Env) (contents, refused) {
	return contents{DraftDeleted{}}, nil
}

// submit hands a product, or a change of one, in for review. The case goes by its authorisation: one that ended meanwhile takes no product any more.
func submit(p *Product, _ Nothing, env lifecycle.Env) (contents, refused) {
	handed, r := p.hand(env)
	if r != nil {
		return nil, r
	}
	if v := p.Offer(); v != nil && v.Hash == handed.Hash {
		return nil, refusal.ProductSame.With()
	}
	return p.openRound(contents{handed}, env)
}

// resubmit opens a new round of reviews on what was returned.
func resubmit(p *Product, _ Nothing, env lifecycle.Env) (contents, refused) {
	handed, r := p.hand(env)
	if r != nil {
		return nil, r
	}
	return p.openRound(append(contents{handed}, p.EndDeadlines(completion)...), env)
}

// hand checks the content and freezes it.
func (p *Product) hand(env lifecycle.Env) (Handed, refused) {
	var f refusal.Faults
	a := on(&f, p.Authorization, p.Applicant, env)
	f.Add(p.Drafted.check(a, env)...)
	p.Drafted.checkComplete(&f)
	p.Drafted.checkFixed(&f, p.Offer())
	return Handed{Hash: p.Drafted.Hash(), Policy: env.PolicyRef()}, f.Refusal()
}

func (p *Product) openRound(before contents, env lifecycle.Env) (contents, refused) {
	opened, r := p.course(env).OpenRound(env)
	return append(before, opened...), r
}

func (p *Product) course(env lifecycle.Env) review.Course {
	return review.Course{
		Header: &p.Header, Round: p.Round, Stage: p.Stage, Rules: env.Policy.Product.Review, Facts: p.Drafted.facts(), Escalates: p.administrators(),
	}
}

// decideReview records one review; the profile's rule says what those of a stage mean together.
func decideReview(p *Product, in review.Input, env lifecycle.Env) (contents, refused) {
	out, verdict, r := p.course(env).Decide(in, env)
	if r != nil {
		return nil, r
	}
	switch verdict {
	case policy.StageRejected:
		return append(out, p.fail(WasRejected, in.Opinion, *p.Task(in.Task))...), nil
	case policy.StageReturned:
		return append(out, ReviewsReturned{}, p.completionLimit(env)), nil
	case policy.StagePassed:
		tried, err := env.Policy.Product.Trial.Asked(p.Drafted.facts())
		if err != nil {
			return nil, refusal.PolicyFails.With("rule", "trial")
		}
		if tried {
			return append(out, TrialAsked{}), nil
		}
		return append(out, p.admitted(env)...), nil
	}
	return out, nil
}

func (p *Product) completionLimit(env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(completion, env.Policy.Product.Review.Completion, p.operators(), p.administrators())
}

// withdraw ends what is under way: the case, or only the change while a version is on offer.
func withdraw(p *Product, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return p.fail(WasWithdrawn, strings.TrimSpace(in.Reason), lifecycle.Task{}), nil
}

// fail ends what is under way, apart from the task that has just been finished, if any.
func (p *Product) fail(outcome, reason string, finished lifecycle.Task) contents {
	out := contents{}
	for _, t := range p.Tasks {
		if t.Active() && t.ID != finished.ID {
			out = append(out, lifecycle.TaskDropped{Task: t.ID})
		}
	}
	for _, d := range p.Deadlines {
		if d.Open() && d.Name != finished.Deadline {
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
