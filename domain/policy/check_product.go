package policy

import (
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
)

// product checks the rules of products, where a profile has them: without security and business-compliance review nothing is offered (27号 Art. 14(3)).
func (c *checker) product(p *Product) {
	if p == nil {
		return
	}
	c.review("product.review", p.Review)
	for _, role := range []identity.Role{identity.SecurityReviewer, identity.BusinessReviewer} {
		always := func(r Review) bool { return r.Role == role && r.When == nil }
		c.unless(slices.ContainsFunc(p.Review.Reviews, always), "product.review.reviews", "has none by a %s for every product (27号 Art. 14(3))", role)
	}
	if p.Trial != nil {
		_, fixed := p.Trial.Longest.Span.Span.(calendar.FixedDate)
		c.unless(!fixed, "product.trial.longest.span", "must be a length of time")
	}
}
