package policy

import (
	"fmt"
	"slices"
)

// evaluation checks that criteria make 100 points together, and that every number of points has one grade.
func (c *checker) evaluation(e *Evaluation) {
	if e == nil {
		return
	}
	const criteria, grades = "supervision.evaluation.criteria", "supervision.evaluation.grades"
	c.codes(criteria, "code", codesOf(e.Criteria, func(v Criterion) string { return v.Code }))
	sum := 0
	for i, v := range e.Criteria {
		c.unless(v.Points > 0, fmt.Sprintf("%s[%d].points", criteria, i), "must be more than 0")
		sum += v.Points
	}
	c.unless(sum == 100, criteria, "make %d points together, not 100", sum)
	c.codes(grades, "code", codesOf(e.Grades, func(g Grade) string { return g.Code }))
	for i, g := range e.Grades {
		at := fmt.Sprintf("%s[%d].at_least", grades, i)
		c.unless(g.AtLeast >= 0 && g.AtLeast <= 100, at, "must be 0 to 100")
		c.unless(i == 0 || g.AtLeast < e.Grades[i-1].AtLeast, at, "must be less than that of the grade before")
		c.unless(i < len(e.Grades)-1 || g.AtLeast == 0, at, "of the last grade must be 0: every number of points has a grade")
	}
}

func (c *checker) renewalRules(rules []RenewalRule) {
	for i, r := range rules {
		path := fmt.Sprintf("supervision.renewal[%d]", i)
		c.unless(slices.Contains(RenewalFlags, r.On), path+".on", "%q is none of %v", r.On, RenewalFlags)
		c.unless(slices.IndexFunc(rules, func(o RenewalRule) bool { return o.On == r.On }) == i, path+".on", "%q is there twice", r.On)
		c.unless(r.Then == Refuse || r.Then == Flag, path+".then", "must be %s or %s", Refuse, Flag)
	}
}
