package authorization

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/review"
)

// The events of the review phase, beside the opening of its stages.
type (
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
func (ReviewsPassed) EventType() string { return "reviews-passed" }

// EventType implements lifecycle.Content.
func (ReviewsReturned) EventType() string { return "reviews-returned" }

// EventType implements lifecycle.Content.
func (ReviewsRejected) EventType() string { return "reviews-rejected" }

// awaited is the limit until which the major decision should be taken.
const awaited = "major-decision"

// course is the reviews of the application as it stands.
func (a *Authorization) course(env lifecycle.Env) review.Course {
	return review.Course{Header: &a.Header, Round: a.Round, Stage: a.Stage, Rules: env.Policy.Review, Facts: a.Application.facts(), Escalates: a.administrators()}
}

func majorLimit(a *Authorization, env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(awaited, env.Policy.Decisions.Major.Limit, a.officers(), a.administrators())
}

// decideReview records one review, and what follows for the case when it was the last.
func decideReview(a *Authorization, in review.Input, env lifecycle.Env) (contents, refused) {
	course := a.course(env)
	out, verdict, r := course.Decide(in, env)
	switch verdict {
	case policy.StageRejected:
		out = append(out, ReviewsRejected{})
	case policy.StageReturned:
		out = append(out, ReviewsReturned{}, env.Limit(completion, env.Policy.Review.Completion, a.applicants(), a.officers()))
	case policy.StagePassed:
		out = append(out, ReviewsPassed{Pending: pendingDecision(a, course.With(in).Opinions(), env)}, majorLimit(a, env))
	}
	return out, r
}

func reviewEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.On(func(a A, e review.StageOpened, _ lifecycle.Event) { a.Round, a.Stage = e.Round, e.Stage }),
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
