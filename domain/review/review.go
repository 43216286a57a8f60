// Package review runs the reviews of a case: in rounds, in each round by stages, in each stage as tasks for roles. The profile says which reviews there are
// and what those of a stage mean together; what follows for the case is its own kind's.
package review

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

// Course is the reviews of one case: where they stand and by what they go.
type Course struct {
	*lifecycle.Header
	Round     int // of reviews: 1, 2 … after each return
	Stage     int // of the present round
	Rules     policy.ReviewPhase
	Facts     policy.ApplicationFacts // on which the conditions of reviews look
	Escalates lifecycle.Recipients    // who is told of a review that is late
}

// OpenRound opens a round of reviews. Nothing goes to decision without review (713号令 Art. 25): a profile that has none for the case fails.
func (c Course) OpenRound(env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
	c.Round++
	out, r := c.openStage(1, env)
	if r == nil && len(out) == 0 {
		r = refusal.PolicyFails.With("rule", "review")
	}
	return out, r
}

// openStage opens the tasks of the first stage from the given one on that has a review to be done, with their time limits;
// nothing when no stage has any.
func (c Course) openStage(stage int, env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
	for ; stage <= c.lastStage(); stage++ {
		reviews, r := c.due(stage)
		if r != nil {
			return nil, r
		}
		if len(reviews) == 0 {
			continue
		}
		out := []lifecycle.Content{StageOpened{Round: c.Round, Stage: stage}}
		for i, review := range reviews {
			out = append(out, c.open(i, review, env)...)
		}
		return out, nil
	}
	return nil, nil
}

// open opens one review as a task. Within the agency it is for the case's own: another agency's people have no part in it.
func (c Course) open(n int, review policy.Review, env lifecycle.Env) []lifecycle.Content {
	holders := lifecycle.Recipients{Kind: review.Kind, Role: review.Role}
	if review.Kind == identity.Agency {
		holders.Organization = c.Agency
	}
	limit := fmt.Sprintf("review:%s:%d", review.Name, c.Round)
	return []lifecycle.Content{
		c.NewTask(n, lifecycle.Task{
			Name: review.Name, Title: review.Title, Kind: review.Kind, Organization: holders.Organization, Role: review.Role,
			Step: "review:" + review.Name, Round: c.Round, Stage: review.Stage, Deadline: limit,
		}, env.Now),
		env.Limit(limit, review.Limit, holders, c.Escalates),
	}
}

// due lists the reviews of a stage whose condition holds.
func (c Course) due(stage int) ([]policy.Review, *refusal.Refusal) {
	var out []policy.Review
	for _, review := range c.Rules.Reviews {
		if review.Stage != stage {
			continue
		}
		applies, err := review.Applies(c.Facts)
		if err != nil {
			return nil, refusal.PolicyFails.With("rule", review.Name)
		}
		if applies {
			out = append(out, review)
		}
	}
	return out, nil
}

func (c Course) lastStage() int {
	last := 0
	for _, r := range c.Rules.Reviews {
		last = max(last, r.Stage)
	}
	return last
}

// Decide records one review. When it was the last of its stage, the profile's rule – not this click – says what the reviews together mean: the verdict is
// empty while reviews go on, in this stage or in the next one that it opens.
func (c Course) Decide(in Input, env lifecycle.Env) ([]lifecycle.Content, policy.StageVerdict, *refusal.Refusal) {
	if r := in.check(); r != nil {
		return nil, "", r
	}
	out := append([]lifecycle.Content{
		lifecycle.TaskFinished{Task: in.Task, Outcome: in.Outcome, Opinion: in.Opinion, Conditions: in.Conditions},
	}, c.EndDeadlines(c.Task(in.Task).Deadline)...)
	outcomes, complete := c.With(in).outcomes()
	if !complete {
		return out, "", nil
	}
	verdict, err := c.Rules.Verdict(outcomes)
	if err != nil {
		return nil, "", refusal.PolicyFails.With("rule", "review")
	}
	if verdict != policy.StagePassed {
		return out, verdict, nil
	}
	opened, r := c.openStage(c.Stage+1, env)
	if r != nil || len(opened) > 0 {
		return append(out, opened...), "", r
	}
	return out, verdict, nil
}

// With is the course as it will stand once a review is recorded: what follows from it includes this last opinion.
func (c Course) With(in Input) Course {
	header := *c.Header
	header.Tasks = slices.Clone(c.Tasks)
	c.Header = &header
	t := c.Task(in.Task)
	t.State, t.Outcome, t.Opinion, t.Conditions = lifecycle.TaskDone, in.Outcome, in.Opinion, in.Conditions
	return c
}

// outcomes counts what the reviews of the present stage came to, and says whether none is still open.
func (c Course) outcomes() (counts policy.Outcomes, complete bool) {
	for _, t := range c.Tasks {
		if t.Round != c.Round || t.Stage != c.Stage {
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

// Opinion is what one review came to, as it is laid before the body that decides.
type Opinion struct {
	Review     string   `json:"review"`
	Outcome    string   `json:"outcome"`
	Opinion    string   `json:"opinion"`
	Conditions []string `json:"conditions,omitempty"`
}

// Opinions are those of the present round, in the order of the tasks.
func (c Course) Opinions() []Opinion {
	var out []Opinion
	for _, t := range c.Tasks {
		if t.State == lifecycle.TaskDone && t.Round == c.Round {
			out = append(out, Opinion{Review: t.Name, Outcome: t.Outcome, Opinion: t.Opinion, Conditions: t.Conditions})
		}
	}
	return out
}

// Conditions are those attached to the approvals of the present round, without repeats.
func (c Course) Conditions() []string {
	var out []string
	for _, o := range c.Opinions() {
		for _, condition := range o.Conditions {
			if !slices.Contains(out, condition) {
				out = append(out, condition)
			}
		}
	}
	return out
}
