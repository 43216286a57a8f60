package town

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/review"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
)

// spec is the plan that applications rest on.
func (w *Town) spec() agreedplan.Spec {
	days, err := w.Cases.Calendar(w.t.Context())
	w.Must(err)
	return agreedplan.Spec{
		ID: Plan, Agency: Agency, Government: Government, Name: "气象数据授权运营实施方案", Mode: "whole", TermMonths: 60, Resources: []string{Resource},
		Products: []plan.Product{agreedplan.Listed(ProductName, agreement.Industry, ProductForm)},
		Grader:   identity.By{Person: PersonID(Supplier, identity.SupplyReviewer, 1), Organization: Supplier, Role: identity.SupplyReviewer},
		Begun:    w.Now().AddDate(0, -6, 0), Policy: policies.National(), Calendar: days,
	}
}

// InForce puts the town's plan on record, unless it is there: applications rest on it.
func (w *Town) InForce() {
	w.t.Helper()
	w.planned.Do(func() { w.Must(agreedplan.Record(w.t.Context(), w.Store, w.spec())) })
}

// PlanContent is a whole plan for the town's resource.
func (w *Town) PlanContent(name string) plan.Content {
	w.t.Helper()
	c := w.spec().Content()
	c.Name = name
	return c
}

// Planned gives a person's command on a plan.
func (w *Town) Planned(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, plan.Kind, id, command, input)
}

// PlanDrafted opens a plan as a draft.
func (w *Town) PlanDrafted(name string) string {
	w.t.Helper()
	w.InForce()
	return w.Do(Planner, plan.Kind, "", "draft", object(w, w.PlanContent(name))).Case
}

// PlanReviewed takes every open task of a plan to the outcome that decide chooses, the public having been heard, until the reviews end.
func (w *Town) PlanReviewed(id string, decide func(lifecycle.Task) string) {
	w.t.Helper()
	for range 10 { // stages
		c := w.Case(plan.Kind, id).(*plan.Plan) //nolint:forcetypeassert // its own kind
		if c.State != plan.Reviewing {
			return
		}
		for !c.Comment.Over { // holidays may move its end
			w.Later(5, plan.Kind, id)
			c = w.Case(plan.Kind, id).(*plan.Plan) //nolint:forcetypeassert // its own kind
		}
		for _, task := range c.Tasks {
			if !task.Active() {
				continue
			}
			person := w.Reviewer(task)
			w.onTask(person, c, plan.Kind, task.ID, "claim", Object{})
			input := Object{"outcome": decide(task), "opinion": "意见"}
			switch policies.National().Plan.Review.Finding(task.Name) {
			case policy.RiskFinding:
				input["risk"] = plan.Controllable
			case policy.CompetitionFinding:
				input["conclusion"] = plan.Compliant
			case policy.CommentsFinding:
				var answers []Object
				for _, o := range c.Comment.Opinions {
					answers = append(answers, Object{"no": o.No, "summary": "归纳", "adopted": true, "text": "采纳"})
				}
				input["answers"] = answers
			}
			w.onTask(person, c, plan.Kind, task.ID, "decide", input)
		}
	}
	w.t.Fatalf("%s: the reviews do not end", id)
}

// PlanIn makes a plan in the state and returns its ID.
func (w *Town) PlanIn(state lifecycle.State) string {
	w.t.Helper()
	id := w.PlanDrafted("交通数据授权运营实施方案")
	reason := Object{"reason": "理由"}
	reviewing := func() { w.Planned(Planner, id, "submit", Object{}) }
	awaiting := func() { reviewing(); w.PlanReviewed(id, deciding(review.Approve)) }
	agreed := func() { awaiting(); w.Minuted(w.Decided(Government, "plan", id, "agree"), Government) }
	filed := func() {
		agreed()
		w.Planned(Planner, id, "file", Object{"on": w.Now().Format(time.DateOnly), "with": "省数据局", "receipt": "示例1号"})
	}
	published := func() {
		filed()
		w.Planned(Planner, id, "publish", Object{})
		w.Planned(Planner, id, "open-applications", Object{"notice": "请通过本系统提交申请"})
	}
	revising := func() { published(); w.Planned(Planner, id, "propose-change", reason) }
	switch state {
	case plan.Draft:
	case plan.Deleted:
		w.Planned(Planner, id, "delete-draft", Object{})
	case plan.Reviewing:
		reviewing()
	case plan.ReviewReturned:
		reviewing()
		w.PlanReviewed(id, deciding(review.Return))
	case plan.Rejected:
		reviewing()
		w.PlanReviewed(id, deciding(review.Reject))
	case plan.Withdrawn:
		reviewing()
		w.Planned(Planner, id, "withdraw", reason)
	case plan.AwaitingDecision:
		awaiting()
	case plan.Amending:
		awaiting()
		w.Minuted(w.Decided(Government, "plan", id, "amend"), Government)
	case plan.Refused:
		awaiting()
		w.Minuted(w.Decided(Government, "plan", id, "refuse"), Government)
	case plan.ToBeFiled:
		agreed()
	case plan.ToBePublished:
		filed()
	case plan.Published:
		published()
	case plan.Revising:
		revising()
	case plan.Ended:
		published()
		w.Planned(Planner, id, "propose-end", reason)
		w.Planned(Planner, id, "submit", Object{})
		w.PlanReviewed(id, deciding(review.Approve))
		w.Minuted(w.Decided(Government, "plan", id, "agree"), Government)
	}
	return w.Stands(plan.Kind, id, state)
}
