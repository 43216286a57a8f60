package demo

import (
	"cmp"
	"context"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
)

const (
	planner   = "planner"
	anybody   = "reader" // who is no party to anything
	plansPath = base + "plans"
)

// PlanHeard has a plan drafted and handed in, and somebody comment on it. It returns the case.
func (c *Client) PlanHeard(ctx context.Context, name string) (string, error) {
	drafted, err := c.give(ctx, planner, plansPath, plan.DraftInput{Content: planContent(name, 36)})
	if err != nil {
		return "", err
	}
	at := plansPath + "/" + drafted.ID
	if _, err := c.give(ctx, planner, at+"/submit", nil); err != nil {
		return drafted.ID, err
	}
	_, err = c.fromOutside(ctx, at+"/comment", plan.CommentInput{Text: "建议按月公布接口用量（虚构）"})
	return drafted.ID, err
}

// planContent is a plan of the name and term on one of the city's resources.
func planContent(name string, months int) plan.Content {
	return agreedplan.Spec{
		Name: name, Mode: "whole", TermMonths: months, Resources: Resources()[:1],
		Products: []plan.Product{agreedplan.Listed(industryProduct, agreement.Industry, "接口")}, Policy: policies.National(),
	}.Content()
}

// Plan leads a plan from its draft to the day when it takes applications.
func (d Demonstration) Plan(ctx context.Context, name string) error {
	government := newChamber(d.Client, Government, resolution.Plan, "government-")
	sitting, adjourn := context.WithCancel(ctx)
	defer adjourn()
	go government.sit(sitting)
	_, err := d.Client.planOpened(ctx, government, name)
	return err
}

// planOpened leads a plan from its draft to the day when it takes applications. It returns the case.
func (c *Client) planOpened(ctx context.Context, government *chamber, name string) (string, error) {
	id, err := c.PlanHeard(ctx, name)
	if err != nil {
		return id, err
	}
	if err := c.planDecided(ctx, government, id); err != nil {
		return id, err
	}
	_, err = c.give(ctx, planner, plansPath+"/"+id+"/open-applications", plan.OpeningInput{Notice: "请通过本系统提交申请。"})
	return id, err
}

// planDecided has what was handed in of a plan argued, agreed by the government, filed and published.
func (c *Client) planDecided(ctx context.Context, government *chamber, id string) error {
	at := plansPath + "/" + id
	if err := c.argued(ctx, at); err != nil {
		return err
	}
	if err := government.decide(ctx, motion{}, id); err != nil {
		return err
	}
	if _, err := c.await(ctx, planner, at, "to be filed", in(plan.ToBeFiled)); err != nil {
		return err
	}
	now, err := c.now()
	if err != nil {
		return err
	}
	filing := plan.FilingInput{On: calendar.DateOf(now).String(), With: "示范省数据局（虚构）", Receipt: "备字001号（虚构）"}
	if _, err := c.give(ctx, planner, at+"/file", filing); err != nil {
		return err
	}
	_, err = c.give(ctx, planner, at+"/publish", nil)
	return err
}

func in(state lifecycle.State) func(*Case) bool {
	return func(c *Case) bool { return c.State == state }
}

// argued has every review approve, what the public said being answered once it has been heard.
func (c *Client) argued(ctx context.Context, at string) error {
	for {
		seen, err := c.read(ctx, planner, at)
		if err != nil || seen.State != plan.Reviewing {
			return err
		}
		for _, t := range seen.Tasks {
			if !t.Active() {
				continue
			}
			if err := c.found(ctx, at, t); err != nil {
				return err
			}
		}
	}
}

// found has one review decided.
func (c *Client) found(ctx context.Context, at string, t lifecycle.Task) error {
	decision := map[string]any{"outcome": review.Approve, "opinion": "经审查，同意。"}
	switch t.Name {
	case "risk":
		decision["risk"] = plan.Controllable
	case "fair-competition":
		decision["conclusion"] = plan.Compliant
	case "participation":
		answers, err := c.heard(ctx, at)
		if err != nil {
			return err
		}
		decision["answers"] = answers
	}
	reviewer, err := c.claim(ctx, t)
	if err != nil {
		return err
	}
	_, err = c.onTask(ctx, reviewer, t, "decide", decision)
	return err
}

// heard waits until the public has been heard, and answers each opinion.
func (c *Client) heard(ctx context.Context, at string) ([]plan.Answer, error) {
	var p plan.Plan
	var unread error
	_, err := c.await(ctx, planner, at, "to have been heard on", func(seen *Case) bool {
		unread = seen.into(&p)
		return unread != nil || p.Comment != nil && p.Comment.Over
	})
	if err := cmp.Or(err, unread); err != nil {
		return nil, err
	}
	answers := make([]plan.Answer, len(p.Comment.Opinions))
	for i, o := range p.Comment.Opinions {
		answers[i] = plan.Answer{No: o.No, Summary: "建议完善有关内容。", Adopted: true, Text: "采纳。"}
	}
	return answers, nil
}

// fromOutside gives a command of somebody who is no party to a case, and reports whether it came in time: the public may be heard no more.
func (c *Client) fromOutside(ctx context.Context, path string, input any) (bool, error) {
	err := c.tell(ctx, anybody, path, input)
	if refusedWith(err, "not-found") {
		return false, nil
	}
	return err == nil, err
}
