package web

import (
	"slices"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/refusal"
	"datacharter/web/content"
)

// checkAnswers shows all answers before the application is handed in.
func (s *server) checkAnswers(v *visit) {
	place := s.placeOf(authorization.Kind)
	a := s.actOn(v, place, v.Param("id"), "", "submit")
	if a == nil {
		return
	}
	if hand := handing(a.view); hand != a.command {
		row, _ := place.def.Row(hand)
		a.command, a.words, a.input = hand, row.Words, place.def.Input(hand)
	}
	s.ask(a)
}

// checkedAnswers is the application as it would be handed in.
type checkedAnswers struct {
	*applying
	answers     []content.Part // field by field, groups taken apart
	differences []content.Difference
}

// checkPage is the page of the commands with which an application is handed in.
func (s *server) checkPage(a *act) (templ.Component, error) {
	c := &checkedAnswers{applying: &applying{act: a, at: len(topics)}}
	if err := s.outlook(c.applying); err != nil {
		return nil, err
	}
	now := applied(a).Application
	last := now
	if n := len(applied(a).Submissions); n > 0 {
		last = applied(a).Submissions[n-1].Content
	}
	k, err := s.knownOf(a.visit, a.view.Policy, []authorization.Application{now, last})
	if err != nil {
		return nil, err
	}
	parts := content.Of(now, k.names)
	c.differences = content.Changes(content.Compare(content.Of(last, k.names), parts))
	for _, part := range parts {
		if part.Parts == nil {
			c.answers = append(c.answers, part)
		}
		for _, below := range part.Parts {
			below.Name = part.Name + "." + below.Name
			c.answers = append(c.answers, below)
		}
	}
	return checkPage(c), nil
}

// of are the answers of a step. Which authorisation this one follows is asked of few.
func (c *checkedAnswers) of(t *topic) []content.Part {
	return slices.DeleteFunc(slices.Clone(c.answers), func(part content.Part) bool {
		return topicOf(part.Name) != t || part.Name == "renews" && part.Empty()
	})
}

// open reports whether an answer can still be changed: to whom the application was handed in stays.
func (c *checkedAnswers) open(part content.Part) bool {
	return part.Name != "agency" || c.view.Head.State == authorization.Draft
}

// because is why the application cannot be handed in, apart from its fields; nil when only fields are in the way, or nothing.
func (p *applying) because() *refusal.Refusal {
	if p.refused == nil || len(p.refused.Fields) > 0 {
		return nil
	}
	return p.refused
}
