package web

import (
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/web/form"
)

// proposedAgreement is what a new version of the agreement begins with: the version before, else what was applied for and decided.
// The reviews' conditions are in it word for word, whatever the version before left out.
func proposedAgreement(c *authorization.Authorization) agreement.Agreement {
	out := agreement.Agreement{Disclosure: agreement.Openness{NoRedevelopment: true}}
	if n := len(c.Versions); n > 0 {
		out = c.Versions[n-1].Content
	} else {
		submitted := c.Submissions[len(c.Submissions)-1].Content
		out.Resources = submitted.Resources
		for _, p := range submitted.Products {
			out.Products = append(out.Products, agreement.Product{Name: p.Name, Class: p.Class, Form: p.Form})
		}
	}
	out.Conditions = slices.Clone(out.Conditions)
	for _, condition := range reviewConditions(c) {
		if !slices.Contains(out.Conditions, condition) {
			out.Conditions = append(out.Conditions, condition)
		}
	}
	return out
}

// reviewConditions are the conditions that the present round of reviews attached, without repeats: the agreement repeats them word for word.
func reviewConditions(c *authorization.Authorization) []string {
	var out []string
	for _, t := range c.Tasks {
		if t.State != lifecycle.TaskDone || t.Round != c.Round {
			continue
		}
		for _, condition := range t.Conditions {
			if !slices.Contains(out, condition) {
				out = append(out, condition)
			}
		}
	}
	return out
}

// faulty reports whether anything in a section of a form is wrong.
func faulty(f form.Field) bool {
	if f.Fault != nil {
		return true
	}
	below := slices.Clone(f.Fields)
	for _, row := range f.Rows {
		below = append(below, row...)
	}
	return slices.ContainsFunc(below, faulty)
}
