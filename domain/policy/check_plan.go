package policy

import (
	"fmt"
	"slices"
)

// plan checks the rules of plans, where a profile has them.
func (c *checker) plan(p *Plan) {
	if p == nil {
		return
	}
	code := func(g Ground) string { return g.Code }
	keys := codesOf(p.Items, func(i PlanItem) string { return i.Key })
	c.unless(slices.Equal(keys, PlanItems), "plan.items", "must be the 12 items of 27号 Art. 10 in their order: %v", PlanItems)
	for i, item := range p.Items {
		c.unless(item.No == i+1, fmt.Sprintf("plan.items[%d].no", i), "must be %d", i+1)
	}
	c.unless(slices.Equal(codesOf(p.Capabilities, code), PlanCapabilities), "plan.capabilities", "must be %v", PlanCapabilities)
	c.codes("plan.methods", "code", codesOf(p.Methods, code))
	c.codes("plan.exceptions", "code", codesOf(p.Exceptions, code))
	c.unless(len(p.MajorFields) > 0, "plan.major_fields", "is empty")
	c.review("plan.review", p.Review)
	for i, r := range p.Review.Reviews {
		known := r.Finding == "" || slices.Contains([]string{RiskFinding, CommentsFinding, CompetitionFinding}, r.Finding)
		c.unless(known, fmt.Sprintf("plan.review.reviews[%d].finding", i), "must be risk, comments or competition")
	}
	c.decision("plan.decision", p.Decision)
}

// grading checks what stops after a regrading, where a profile says so.
func (c *checker) grading(g *Grading) {
	if g == nil {
		return
	}
	grades := codesOf(g.Regraded, func(r Regrading) string { return r.Grade })
	c.codes("grading.regraded", "grade", grades)
	for i, r := range g.Regraded {
		path := fmt.Sprintf("grading.regraded[%d]", i)
		c.unless(r.Grade == "core" || r.Grade == "important", path+".grade", "must be core or important")
		for j, stop := range r.Stops {
			c.unless(slices.Contains(Stops, stop) && slices.Index(r.Stops, stop) == j, fmt.Sprintf("%s.stops[%d]", path, j), "must be one of %v, once", Stops)
		}
	}
}
