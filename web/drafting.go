package web

import (
	"net/url"
	"reflect"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/web/form"
)

// drafting is the command with which an applicant begins an application.
func (s *server) drafting(v *visit) *act {
	place := s.placeOf(authorization.Kind)
	row, _ := place.def.Row("draft")
	parts := []string{"title", "agency"}
	if len(v.appliesFor()) > 1 {
		parts = append(parts, "applicant")
	}
	return &act{visit: v, place: place, command: "draft", words: row.Words, input: reflect.TypeFor[authorization.DraftInput](), parts: parts}
}

// appliesFor lists the organisations for which the visitor may apply.
func (v *visit) appliesFor() []string {
	var out []string
	for _, g := range v.actor.Grants {
		if g.Role == identity.Applicant {
			out = append(out, g.Organization)
		}
	}
	return unique(out)
}

func (s *server) askDraft(v *visit) { s.ask(s.drafting(v)) }

// takeDraft opens the application and leads to its first step.
func (s *server) takeDraft(v *visit) {
	a := s.drafting(v)
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) + "/apply/" + topics[0].name })
}

// shapeDraft offers agencies, whom one applies for, and the plan that is chosen already.
func (s *server) shapeDraft(a *act, suggested url.Values) error {
	agencies, err := s.organizationsOf(a.visit, identity.Agency)
	if err != nil {
		return err
	}
	a.shapes["agency"] = form.Shape{Kind: form.Select, Choices: agencies}
	if len(agencies) == 1 {
		suggested.Set("agency", agencies[0].Value)
	}
	if err := s.shapeDraftOnPlan(a, suggested); err != nil {
		return err
	}
	organizations := a.appliesFor()
	names, err := s.namesOf(a.ctx, nil, organizations)
	if err != nil {
		return err
	}
	var choices []form.Choice
	for _, id := range organizations {
		choices = append(choices, form.Choice{Value: id, Words: both(names.organization(id))})
	}
	a.shapes["applicant"] = form.Shape{Kind: form.Radios, Choices: choices}
	return nil
}

// shapeDraftOnPlan chooses the plan from whose page the visitor comes, and its agency. Another ID in the address changes nothing.
func (s *server) shapeDraftOnPlan(a *act, suggested url.Values) error {
	var err error
	if a.onPlan, err = s.planToApplyOn(a.visit, a.Query("plan")); err != nil || a.onPlan == nil {
		return err
	}
	a.parts = append(a.parts, "plan")
	suggested.Set("plan", a.onPlan.id)
	suggested.Set("agency", a.onPlan.Agency)
	a.shapes["plan"] = pickPlan
	return nil
}
