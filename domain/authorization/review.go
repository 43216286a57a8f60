package authorization

import (
	"fmt"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The outcomes of one review.
const (
	Approve = "approve"
	Return  = "return"
	Reject  = "reject"
)

// ReviewInput is one reviewer's decision on his task.
type ReviewInput struct {
	Task       string   `json:"task"`
	Outcome    string   `json:"outcome" enum:"approve,return,reject"`
	Opinion    string   `json:"opinion" maxLength:"4000"`
	Conditions []string `json:"conditions,omitempty" maxItems:"50" doc:"conditions attached to an approval"`
}

const maxConditions = 50 // of one review

// TaskID implements lifecycle.OnTask.
func (in ReviewInput) TaskID() string { return in.Task }

// The events of the review phase.
type (
	// StageOpened opens one stage of a round of reviews.
	StageOpened struct {
		Round int `json:"round"`
		Stage int `json:"stage"`
	}
	// ReviewsPassed says that all stages passed: the case is ready for the major decision on exactly this content.
	ReviewsPassed struct {
		Pending lifecycle.Pending `json:"pending"`
	}
	// ReviewsReturned sends the application back to the applicant.
	ReviewsReturned struct{}
	// ReviewsRejected ends the case.
	ReviewsRejected struct{}
)

// EventType implements lifecycle.Content.
func (StageOpened) EventType() string { return "review-stage-opened" }

// EventType implements lifecycle.Content.
func (ReviewsPassed) EventType() string { return "reviews-passed" }

// EventType implements lifecycle.Content.
func (ReviewsReturned) EventType() string { return "reviews-returned" }

// EventType implements lifecycle.Content.
func (ReviewsRejected) EventType() string { return "reviews-rejected" }

// awaited is the limit until which the major decision should be taken.
const awaited = "major-decision"

// openRound opens a round of reviews. Nothing goes to decision without review (713号令 Art. 25): a profile that has none for the
// application fails.
func openRound(a *Authorization, env lifecycle.Env) (contents, refused) {
	out, r := openStage(a, a.Round+1, 1, env)
	if r == nil && len(out) == 0 {
		r = refusal.PolicyFails.With("rule", "review")
	}
	return out, r
}

// openStage opens the tasks of the first stage from the given one on that has a review to be done, with their time limits;
// nothing when no stage has any.
func openStage(a *Authorization, round, stage int, env lifecycle.Env) (contents, refused) {
	for ; stage <= lastStage(env.Policy); stage++ {
		reviews, r := due(a, stage, env)
		if r != nil {
			return nil, r
		}
		if len(reviews) == 0 {
			continue
		}
		out := contents{StageOpened{Round: round, Stage: stage}}
		for i, review := range reviews {
			out = append(out, a.openReview(i, review, round, env)...)
		}
		return out, nil
	}
	return nil, nil
}

// openReview opens one review as a task. Within the agency it is for the case's own: another agency's people have no part in it.
func (a *Authorization) openReview(n int, review policy.Review, round int, env lifecycle.Env) contents {
	holders := lifecycle.Recipients{Kind: review.Kind, Role: review.Role}
	if review.Kind == identity.Agency {
		holders.Organization = a.Agency
	}
	limit := fmt.Sprintf("review:%s:%d", review.Name, round)
	return contents{
		a.NewTask(n, lifecycle.Task{
			Name: review.Name, Title: review.Title, Kind: review.Kind, Organization: holders.Organization, Role: review.Role,
			Step: "review:" + review.Name, Round: round, Stage: review.Stage, Deadline: limit,
		}, env.Now),
		env.Limit(limit, review.Limit, holders, a.administrators()),
	}
}

func majorLimit(a *Authorization, env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(awaited, env.Policy.Decisions.Major.Limit, a.officers(), a.administrators())
}

// due lists the reviews of a stage whose condition holds for the application as handed in.
func due(a *Authorization, stage int, env lifecycle.Env) ([]policy.Review, refused) {
	var out []policy.Review
	for _, review := range env.Policy.Review.Reviews {
		if review.Stage != stage {
			continue
		}
		applies, err := review.Applies(a.Application.facts())
		if err != nil {
			return nil, refusal.PolicyFails.With("rule", review.Name)
		}
		if applies {
			out = append(out, review)
		}
	}
	return out, nil
}

func lastStage(p *policy.Profile) int {
	last := 0
	for _, r := range p.Review.Reviews {
		last = max(last, r.Stage)
	}
	return last
}

// decideReview records one review. When it was the last of its stage, the profile's rule – not this click – says what the reviews together mean.
func decideReview(a *Authorization, in ReviewInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	out := append(contents{
		lifecycle.TaskFinished{Task: in.Task, Outcome: in.Outcome, Opinion: in.Opinion, Conditions: in.Conditions},
	}, a.EndDeadlines(a.Task(in.Task).Deadline)...)
	after := a.with(in)
	outcomes, complete := after.outcomes()
	if !complete {
		return out, nil
	}
	follows, r := concludeStage(after, outcomes, env)
	return append(out, follows...), r
}

func (in ReviewInput) check() refused {
	var f refusal.Faults
	refusal.Choice(&f, "outcome", in.Outcome, Approve, Return, Reject)
	f.Text("opinion", in.Opinion, maxStatement)
	f.Unless(in.Outcome == Approve || len(in.Conditions) == 0, refusal.ConditionsNeedApproval.At("conditions"))
	if f.Count("conditions", len(in.Conditions), maxConditions) {
		at := func(i int) string { return refusal.In("conditions", i) }
		for i, c := range in.Conditions {
			f.Text(at(i), c, maxStatement)
		}
		f.Distinct(in.Conditions, at)
	}
	return f.Refusal()
}

// with is the case as it will stand once the review is recorded: what follows from the stage includes this last opinion.
func (a *Authorization) with(in ReviewInput) *Authorization {
	after := *a
	after.Tasks = slices.Clone(a.Tasks)
	t := after.Task(in.Task)
	t.State, t.Outcome, t.Opinion, t.Conditions = lifecycle.TaskDone, in.Outcome, in.Opinion, in.Conditions
	return &after
}

// outcomes counts what the reviews of the present stage came to, and says whether none is still open.
func (a *Authorization) outcomes() (counts policy.Outcomes, complete bool) {
	for _, t := range a.Tasks {
		if t.Round != a.Round || t.Stage != a.Stage {
			continue
		}
		if t.Active() {
			return counts, false
		}
		counts.Total++
		switch t.Outcome {
		case Approve:
			counts.Approved++
		case Return:
			counts.Returned++
		case Reject:
			counts.Rejected++
		}
	}
	return counts, true
}

func concludeStage(a *Authorization, outcomes policy.Outcomes, env lifecycle.Env) (contents, refused) {
	verdict, err := env.Policy.Review.Verdict(outcomes)
	if err != nil {
		return nil, refusal.PolicyFails.With("rule", "review")
	}
	switch verdict {
	case policy.StageRejected:
		return contents{ReviewsRejected{}}, nil
	case policy.StageReturned:
		return contents{ReviewsReturned{}, env.Limit(completion, env.Policy.Review.Completion, a.applicants(), a.officers())}, nil
	default:
		return afterStage(a, env)
	}
}

// afterStage opens the next stage, or says that the reviews have passed.
func afterStage(a *Authorization, env lifecycle.Env) (contents, refused) {
	opened, r := openStage(a, a.Round, a.Stage+1, env)
	if r != nil || len(opened) > 0 {
		return opened, r
	}
	return contents{ReviewsPassed{Pending: pendingDecision(a, env)}, majorLimit(a, env)}, nil
}

func reviewEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.On(func(a A, e StageOpened, _ lifecycle.Event) { a.Round, a.Stage = e.Round, e.Stage }),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ReviewsPassed, _ lifecycle.Event) { a.State, a.Pending = AwaitingDecision, &e.Pending }),
			func(a A, e ReviewsPassed, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "reviews-passed"),
					lifecycle.Tell(lifecycle.Recipients{Kind: e.Pending.BodyKind, Role: identity.Secretary}, "decision-awaited", "case", a.ID))
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ ReviewsReturned, _ lifecycle.Event) { a.State = ReviewReturned }),
			func(a A, _ ReviewsReturned, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "application-returned")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ ReviewsRejected, _ lifecycle.Event) { a.State, a.Outcome = Rejected, "rejected-in-review" }),
			func(a A, _ ReviewsRejected, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "application-rejected")
			}),
	}
}
