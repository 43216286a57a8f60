package policy

import "fmt"

// conditions tries every condition on facts that occur, so that no case meets an expression that fails or a rule that none can meet.
func (c *checker) conditions(p *Profile) {
	c.phase("review", p.Review, samples(p))
	if p.Plan != nil {
		c.phase("plan.review", p.Plan.Review, samples(p))
	}
	if p.Product != nil {
		c.phase("product.review", p.Product.Review, samples(p))
		for _, facts := range samples(p) {
			if _, err := p.Product.Trial.Asked(facts); err != nil {
				c.add("product.trial.when", "%v", err)
				break
			}
		}
	}
}

func (c *checker) phase(path string, phase ReviewPhase, samples []ApplicationFacts) {
	c.stageRules(path, phase)
	for i, review := range phase.Reviews {
		for _, facts := range samples {
			if _, err := review.Applies(facts); err != nil {
				c.add(fmt.Sprintf("%s.reviews[%d].when", path, i), "%v", err)
				break
			}
		}
	}
}

func (c *checker) stageRules(path string, r ReviewPhase) {
	all := outcomes(r)
	rules := []struct {
		path string
		rule Condition
	}{{path + ".rejected", r.Rejected}, {path + ".returned", r.Returned}, {path + ".passed", r.Passed}}
	for _, rule := range rules {
		for _, o := range all {
			if _, err := rule.rule.Holds(o.facts()); err != nil {
				c.add(rule.path, "%v", err)
				break
			}
		}
	}
	for _, o := range all {
		if verdict, err := r.Verdict(o); err == nil && verdict != StagePassed && o.Approved == o.Total {
			c.add(path+".passed", "a stage of %d that everybody approved is %s", o.Total, verdict)
			break
		}
	}
}

// outcomes lists every outcome that a stage of the phase can have, from one review up to all of the largest stage.
func outcomes(r ReviewPhase) []Outcomes {
	size, largest := map[int]int{}, 0
	for _, review := range r.Reviews {
		size[review.Stage]++
		largest = max(largest, size[review.Stage])
	}
	var out []Outcomes
	for total := 1; total <= min(largest, maxReviews); total++ {
		for rejected := 0; rejected <= total; rejected++ {
			for returned := 0; returned <= total-rejected; returned++ {
				out = append(out, Outcomes{total, total - rejected - returned, returned, rejected})
			}
		}
	}
	return out
}

// samples are the smallest applications in every mode: one product of either class on one resource.
func samples(p *Profile) []ApplicationFacts {
	var out []ApplicationFacts
	for _, mode := range p.Application.Modes {
		for _, class := range []string{"public-benefit", "industry"} {
			product := ProductFact{Name: "name", Class: class, Form: "form"}
			out = append(out, ApplicationFacts{Mode: mode.Code, TermMonths: 1, Products: []ProductFact{product}, Resources: 1})
		}
	}
	return out
}
