package authorization

import (
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
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
	// InterestNoted closes the case to a person who declared an interest.
	InterestNoted struct {
		Person string `json:"person"`
	}
)

// EventType implements lifecycle.Content.
func (StageOpened) EventType() string { return "review-stage-opened" }

// EventType implements lifecycle.Content.
func (ReviewsPassed) EventType() string { return "reviews-passed" }

// EventType implements lifecycle.Content.
func (ReviewsReturned) EventType() string { return "reviews-returned" }

// EventType implements lifecycle.Content.
func (ReviewsRejected) EventType() string { return "reviews-rejected" }

// EventType implements lifecycle.Content.
func (InterestNoted) EventType() string { return "interest-declared" }

// awaited is the limit until which the major decision should be taken.
const awaited = "major-decision"

// openStage opens the tasks of the first stage from the given one on that has a review to be done, with their time limits.
// When no stage has any, the reviews have passed.
func openStage(a *Authorization, stage int, env lifecycle.Env) (contents, refused) {
	round := a.Round
	if stage == 1 {
		round++
	}
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
			limit := fmt.Sprintf("review:%s:%d", review.Name, round)
			out = append(out,
				a.NewTask(i, lifecycle.Task{
					Name: review.Name, Title: review.Title, Kind: review.Kind, Role: review.Role,
					Step: "review:" + review.Name, Stage: stage, Deadline: limit,
				}, env.Now),
				env.Limit(limit, review.Limit, lifecycle.Recipients{Kind: review.Kind, Role: review.Role}, administratorsOf(a.Application.Agency)))
		}
		return out, nil
	}
	return contents{ReviewsPassed{Pending: pendingDecision(a, env)}, majorLimit(a, env)}, nil
}

func majorLimit(a *Authorization, env lifecycle.Env) lifecycle.DeadlineStarted {
	rules := env.Policy.Decisions.Major
	return env.Limit(awaited, rules.Limit, a.officers(), a.administrators())
}

// due lists the reviews of a stage whose condition holds for this application.
func due(a *Authorization, stage int, env lifecycle.Env) ([]policy.Review, refused) {
	var out []policy.Review
	for _, review := range env.Policy.Review.Reviews {
		if review.Stage != stage {
			continue
		}
		if review.When != nil {
			holds, err := review.When.Holds(a.Application.facts())
			if err != nil {
				return nil, refusal.PolicyFails.With("rule", review.Name)
			}
			if !holds {
				continue
			}
		}
		out = append(out, review)
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

// facts is the application as the profile's conditions see it.
func (a Application) facts() map[string]any {
	products := make([]any, len(a.Products))
	for i, p := range a.Products {
		products[i] = map[string]any{"name": p.Name, "class": string(p.Class), "form": p.Form}
	}
	return map[string]any{
		"mode": a.Mode, "term_months": int64(a.TermMonths), "products": products, "resources": int64(len(a.Resources)),
	}
}

// decideReview records one review. When it was the last of its stage, the profile's rule – not this click – says what the reviews together mean.
func decideReview(a *Authorization, in ReviewInput, env lifecycle.Env) (contents, refused) {
	if r := refusal.InvalidFields(checkReview(in)); r != nil {
		return nil, r
	}
	task := a.Task(in.Task)
	out := contents{
		lifecycle.TaskFinished{Task: in.Task, Outcome: in.Outcome, Opinion: in.Opinion, Conditions: in.Conditions},
		lifecycle.DeadlineEnded{Name: task.Deadline},
	}
	if d := a.Deadline(task.Deadline); d != nil && !d.Open() {
		out = out[:1]
	}
	tally, complete := a.tally(in)
	if !complete {
		return out, nil
	}
	return concludeStage(a, tally, out, in, env)
}

func checkReview(in ReviewInput) []refusal.Field {
	var out []refusal.Field
	if in.Outcome != Approve && in.Outcome != Return && in.Outcome != Reject {
		out = append(out, refusal.NotAChoice.At("outcome", "choices", "approve, return, reject"))
	}
	out = append(out, required("opinion", in.Opinion)...)
	out = append(out, atMost("opinion", in.Opinion, maxStatement)...)
	if in.Outcome != Approve && len(in.Conditions) > 0 {
		out = append(out, refusal.ConditionsNeedApproval.At("conditions"))
	}
	for i, c := range in.Conditions {
		path := fmt.Sprintf("conditions[%d]", i)
		out = append(out, required(path, c)...)
		out = append(out, atMost(path, c, maxStatement)...)
		if slices.Index(in.Conditions, c) != i {
			out = append(out, refusal.Repeated.At(path))
		}
	}
	return out
}

// tally counts the outcomes of the present stage as if the input were recorded, and says whether nothing is still open.
func (a *Authorization) tally(in ReviewInput) (map[string]any, bool) {
	counts := map[string]int64{}
	total := int64(0)
	for _, t := range a.Tasks {
		if t.Stage != a.Stage || t.State == lifecycle.TaskCancelled || !strings.HasSuffix(t.Deadline, fmt.Sprintf(":%d", a.Round)) {
			continue
		}
		outcome := t.Outcome
		if t.ID == in.Task {
			outcome = in.Outcome
		} else if t.Active() {
			return nil, false
		}
		counts[outcome]++
		total++
	}
	return map[string]any{"total": total, "approved": counts[Approve], "returned": counts[Return], "rejected": counts[Reject]}, true
}

func concludeStage(a *Authorization, tally map[string]any, out contents, in ReviewInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Review
	rejected, err1 := rules.Rejected.Holds(tally)
	returned, err2 := rules.Returned.Holds(tally)
	passed, err3 := rules.Passed.Holds(tally)
	switch {
	case err1 != nil || err2 != nil || err3 != nil:
		return nil, refusal.PolicyFails.With("rule", "review")
	case rejected:
		return append(out, ReviewsRejected{}), nil
	case returned || !passed:
		return append(out, ReviewsReturned{}, env.Limit(completion, rules.Completion, a.applicants(), a.officers())), nil
	}
	// The content that goes to the decision includes this last opinion, so the tasks are taken as they will stand.
	after := *a
	after.Tasks = slices.Clone(a.Tasks)
	t := after.Task(in.Task)
	t.State, t.Outcome, t.Opinion, t.Conditions = lifecycle.TaskDone, in.Outcome, in.Opinion, in.Conditions
	opened, r := openStage(&after, a.Stage+1, env)
	return append(out, opened...), r
}

// dossier is exactly what the major decision is taken on: the application as reviewed, and the reviews' opinions.
type dossier struct {
	Case        string    `json:"case"`
	Application string    `json:"application"` // hash of the submission
	Opinions    []opinion `json:"opinions"`
}

type opinion struct {
	Review     string   `json:"review"`
	Outcome    string   `json:"outcome"`
	Opinion    string   `json:"opinion"`
	Conditions []string `json:"conditions,omitempty"`
}

func pendingDecision(a *Authorization, env lifecycle.Env) lifecycle.Pending {
	d := dossier{Case: a.ID, Application: a.latest().Hash}
	for _, t := range a.roundTasks() {
		d.Opinions = append(d.Opinions, opinion{Review: t.Name, Outcome: t.Outcome, Opinion: t.Opinion, Conditions: t.Conditions})
	}
	return lifecycle.Pending{Decision: resolution.MajorDecision, ContentHash: lifecycle.ContentHash(d), BodyKind: env.Policy.Decisions.Major.BodyKind}
}

// roundTasks are the finished reviews of the present round.
func (a *Authorization) roundTasks() []lifecycle.Task {
	var out []lifecycle.Task
	for _, t := range a.Tasks {
		if t.State == lifecycle.TaskDone && strings.HasPrefix(t.Step, "review:") && strings.HasSuffix(t.Deadline, fmt.Sprintf(":%d", a.Round)) {
			out = append(out, t)
		}
	}
	return out
}

// conditions are those attached to the approvals of the present round, without repeats.
func (a *Authorization) conditions() []string {
	var out []string
	for _, t := range a.roundTasks() {
		for _, c := range t.Conditions {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// InterestInput names who declares an interest: oneself, or for the system whoever recused himself in a meeting.
type InterestInput struct {
	Person string `json:"person,omitempty" doc:"left empty: oneself"`
}

func declareInterest(a *Authorization, in InterestInput, env lifecycle.Env) (contents, refused) {
	person := in.Person
	if person == "" {
		person = env.Actor.Person
	}
	if person != env.Actor.Person && !env.Actor.IsSystem() {
		return nil, refusal.NotEntitled.With()
	}
	if slices.Contains(a.Interests, person) {
		return nil, nil
	}
	out := contents{InterestNoted{Person: person}}
	for _, t := range a.Tasks {
		if t.State == lifecycle.TaskClaimed && t.Claimant == person {
			out = append(out, lifecycle.TaskReleased{Task: t.ID})
		}
	}
	return out, nil
}

func reviewEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.On(func(a A, e StageOpened, _ lifecycle.Event) { a.Round, a.Stage = e.Round, e.Stage }),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ReviewsPassed, _ lifecycle.Event) { a.State, a.Pending = AwaitingDecision, &e.Pending }),
			func(a A, e ReviewsPassed, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "reviews-passed"),
					lifecycle.Tell(lifecycle.Recipients{Kind: e.Pending.BodyKind, Role: "secretary"}, "decision-awaited", "case", a.ID))
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
		lifecycle.On(func(a A, e InterestNoted, _ lifecycle.Event) { a.Interests = append(a.Interests, e.Person) }),
	}
}
