package web

import (
	"net/url"
	"strconv"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/registration"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// registrationParts are the parts of an application that can be named as incomplete.
var registrationParts = []string{
	"name", "brief", "resource", "authorization", "product", "supplied", "agent", "materials.registrant", "materials.source", "materials.resource", "materials.preservation",
	"materials.product", "materials.scenario", "materials.risk", "reviewed", "commitment",
}

// shapeRegistrationDraft asks for what an application begins with; the rest is filled in on the case. Who comes from the page of a resource begins with that.
func (s *server) shapeRegistrationDraft(a *act, suggested url.Values) error {
	if id := a.Query("resource"); id != "" {
		r, err := s.Store.GetResource(a.ctx, id)
		if err != nil {
			return err
		}
		suggested.Set("object", string(registration.Resource))
		suggested.Set("resource", r.ID)
		suggested.Set("name", r.Title)
	}
	a.shapes["resource"] = pickResource
	a.parts = []string{"object", "name", "brief", "registry", "resource", "authorization", "product", "supplied", "agent", "registrant", "for"}
	a.shapes["registrant"] = s.mineOf(a.visit, identity.Registrant)
	return s.shapeRegistries(a)
}

// pickResource lets one find a resource in the catalogue instead of its ID.
var pickResource = form.Shape{Pick: form.PickResource}

// mineOf offers the organisations for which the visitor holds a role; nothing when that is one alone.
func (s *server) mineOf(v *visit, role identity.Role) form.Shape {
	var choices []form.Choice
	for _, g := range v.actor.Grants {
		if g.Role == role {
			choices = append(choices, form.Choice{Value: g.Organization, Words: both(g.Organization)})
		}
	}
	return form.Shape{Kind: form.Select, Choices: choices, Omit: len(choices) < 2} //nolint:mnd // two to choose from
}

func (s *server) shapeRegistries(a *act) error {
	registries, err := s.organizationsOf(a.visit, identity.Registry)
	a.shapes["registry"] = form.Shape{Kind: form.Select, Choices: registries}
	return err
}

func (s *server) shapeRegistration(a *act, r *registration.Registration, suggested url.Values) error {
	rules := a.view.Policy.Registration
	ground := func(path string, grounds []policy.Ground) {
		a.shapes[path] = form.Shape{Kind: form.Radios, Choices: sourcedChoices(grounds)}
	}
	switch a.command {
	case "edit", "apply-change":
		for name, values := range form.Values(r.Drafted) {
			suggested[name] = values
		}
		a.shapes["resource"] = pickResource
		return s.shapeRegistries(a)
	case "return":
		choices := make([]form.Choice, len(registrationParts))
		for i, path := range registrationParts {
			choices[i] = form.Choice{Value: path, Words: registrationField(path)}
		}
		a.shapes["missing[].path"] = form.Shape{Kind: form.Select, Choices: choices}
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	case "record-code":
		suggested.Set("on", calendar.DateOf(a.view.Now).String())
	case "apply-deregistration":
		ground("ground", rules.Grounds)
	case "open-deregistration":
		ground("ground", rules.Grounds)
		a.shapes["attachments"] = form.Shape{Needed: true}
	case "report-misconduct":
		ground("ground", rules.Misconduct)
	case "report-registry":
		ground("ground", rules.RegistryFaults)
		ground("measure", rules.Measures)
	case "revoke":
		a.shapes["finding"] = form.Shape{Kind: form.Radios, Choices: findingChoices(a, r)}
	}
	return nil
}

// sourcedChoices are grounds with their articles.
func sourcedChoices(grounds []policy.Ground) []form.Choice {
	out := make([]form.Choice, len(grounds))
	for i, g := range grounds {
		out[i] = form.Choice{Value: g.Code, Words: g.Title, Hint: source(g.Source)}
	}
	return out
}

// findingChoices are the findings for which the visitor may revoke: those that somebody else put on record.
func findingChoices(a *act, r *registration.Registration) []form.Choice {
	var out []form.Choice
	for _, c := range r.Conduct {
		if c.Of == registration.OfRegistrant && c.By.Person != a.actor.Person {
			out = append(out, form.Choice{Value: strconv.Itoa(c.No), Words: groundTitle(a.view.Policy.Registration.Misconduct, c.Ground), Hint: both(c.Facts)})
		}
	}
	return out
}

// groundTitle names a ground; one that the profile does not know is named by its code.
func groundTitle(grounds []policy.Ground, code string) text.Text {
	for _, g := range grounds {
		if g.Code == code {
			return g.Title
		}
	}
	return both(code)
}

// registrationField names a part of an application for registration by its path.
func registrationField(path string) text.Text { return fieldName(registrationType, path) }
