package web

import (
	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/product"
	"datacharter/domain/regrading"
	"datacharter/domain/text"
)

// flagged is a resource of a case that was graded anew and lacks something by that.
type flagged struct {
	regrading.Flag
	title string
	lacks []text.Text
	rule  *policy.Regrading // nil when nothing stops by the profile
}

// flagsOf are the flags of a case, of whatever kind.
func flagsOf(subject lifecycle.Case) []regrading.Flag {
	switch c := subject.(type) {
	case *authorization.Authorization:
		return c.Regraded
	case *plan.Plan:
		return c.Regraded
	case *product.Product:
		return c.Regraded
	default:
		return nil
	}
}

// flagged puts the flags of a case into words.
func (s *server) flagged(c *casePage) error {
	flags := flagsOf(c.view.Subject)
	if len(flags) == 0 {
		return nil
	}
	ids := make([]string, len(flags))
	for i, f := range flags {
		ids[i] = f.Resource
	}
	titles, err := s.Store.ResourceTitles(c.ctx, ids)
	for _, f := range flags {
		one := flagged{Flag: f, title: titles[f.Resource]}
		if one.title == "" {
			one.title = f.Resource
		}
		for _, code := range f.Lacks {
			one.lacks = append(one.lacks, requirementWords(code))
		}
		if rules := c.view.Policy.Grading; rules != nil {
			for i := range rules.Regraded {
				if rules.Regraded[i].Grade == string(f.Grade) && len(f.Stops) > 0 {
					one.rule = &rules.Regraded[i]
				}
			}
		}
		c.flags = append(c.flags, one)
	}
	return err
}

// requirementWords names what a resource lacks.
func requirementWords(code string) text.Text {
	for _, r := range grading.Requirements() {
		if r.Code == code {
			return r.Title
		}
	}
	return both(code)
}
