package policy

import (
	"fmt"
	"slices"
)

// competition tries every indicator on facts that occur, and sees to it that the finding to which it may lead has its subject.
func (c *checker) competition(s *Supervision) {
	if s.Competition == nil {
		return
	}
	const at = "supervision.competition"
	c.codes(at, "code", codesOf(s.Competition, func(i Indicator) string { return i.Code }))
	subjects := codesOf(s.Subjects, func(g Ground) string { return g.Code })
	samples := []CompetitionFacts{{}, {
		Takers: 2, OwnTakers: 1, Texts: []string{"text"}, Pairs: []Pair{{Product: "a", With: "b", Takers: 2, Both: 1}},
		Products: []Offer{{Name: "a", Class: "industry", Listed: true, Takers: 2, Events: 10, LargestShare: 60, Discounts: 1, LargestDiscount: 10}},
	}}
	for i, v := range s.Competition {
		path := fmt.Sprintf("%s[%d]", at, i)
		c.unless(slices.Contains(subjects, v.Subject), path+".subject", "%q is none of supervision.subjects", v.Subject)
		for n, facts := range samples {
			shows, err := v.When.Holds(facts.Map())
			if err != nil {
				c.add(path+".when", "%v", err)
				break
			}
			c.unless(n > 0 || !shows, path+".when", "shows where nothing was ever taken")
		}
	}
}
