package web

import (
	"net/url"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// shapeCall offers a secretary his bodies and the cases that wait for their decisions.
func (s *server) shapeCall(a *act, suggested url.Values) error {
	var bodies []string
	kinds := map[string]identity.Kind{}
	for _, g := range a.actor.Grants {
		if g.Role == identity.Secretary {
			bodies = append(bodies, g.Organization)
			kinds[g.Organization] = g.Kind
		}
	}
	found, err := s.namesOf(a.ctx, nil, bodies)
	if err != nil {
		return err
	}
	var choices []form.Choice
	for _, id := range bodies {
		choices = append(choices, form.Choice{Value: id, Words: both(found.organization(id))})
	}
	a.shapes["body"] = form.Shape{Kind: form.Radios, Choices: choices}
	if len(bodies) == 1 {
		suggested.Set("body", bodies[0])
		if kinds[bodies[0]] == identity.Government { // only the agency's own mechanism decides on the agreement (27号 Art. 13)
			suggested.Set("decision", "major-decision")
		}
	}
	waiting := map[string]bool{}
	err = s.shapeAgenda(a, func(p lifecycle.Pending) bool {
		for body, kind := range kinds {
			if p.MayBeDecidedBy(body, kind) {
				waiting[p.Decision] = true
				return true
			}
		}
		return false
	})
	if len(bodies) == 1 && len(waiting) == 1 {
		for decision := range waiting {
			suggested.Set("decision", decision)
		}
	}
	return err
}

func (s *server) shapeMeeting(a *act, m *meeting.Meeting, suggested url.Values) error {
	var items, members []form.Choice
	for _, i := range m.Items {
		items = append(items, form.Choice{Value: strconv.Itoa(i.No), Words: both(strconv.Itoa(i.No) + ". " + i.Title)})
	}
	var people []string
	for _, seat := range m.Roster {
		people = append(people, seat.Person)
	}
	found, err := s.namesOf(a.ctx, people, nil)
	if err != nil {
		return err
	}
	for _, id := range people {
		members = append(members, form.Choice{Value: id, Words: both(found.person(a.page, id))})
	}
	a.shapes["item"] = form.Shape{Kind: form.Select, Choices: items}
	a.shapes["person"] = form.Shape{Kind: form.Select, Choices: members}
	if a.command == "amend-agenda" {
		in := meeting.AgendaInput{Title: m.Title, Time: m.Time, Place: m.Place}
		for _, i := range m.Items {
			in.Items = append(in.Items, i.Case)
		}
		for name, values := range form.Values(in) {
			suggested[name] = values
		}
		return s.shapeAgenda(a, func(p lifecycle.Pending) bool {
			return p.Decision == m.Decision && p.MayBeDecidedBy(m.Body, m.BodyKind)
		})
	}
	if len(m.Items) == 1 {
		suggested.Set("item", "1")
	}
	if a.command == "put-question" {
		a.shapes["proposal"] = form.Shape{Needed: true}
		suggested.Set("proposal", string(resolution.ToAgree))
	}
	return nil
}

// shapeAgenda offers the cases that wait for a collective decision which the body may take.
func (s *server) shapeAgenda(a *act, may func(lifecycle.Pending) bool) error {
	var choices []form.Choice
	for _, of := range []struct {
		kind  lifecycle.Kind
		state lifecycle.State
	}{
		{plan.Kind, plan.AwaitingDecision},
		{authorization.Kind, authorization.AwaitingDecision},
		{authorization.Kind, authorization.AgreementPending},
		{exit.Kind, exit.Resolving},
	} {
		def := s.placeOf(of.kind).def
		page, err := s.Store.ListCases(a.ctx, a.actor, store.CaseFilter{Kind: of.kind, State: of.state, Limit: store.MaxLimit})
		if err != nil {
			return err
		}
		for _, found := range page.Items {
			subject, err := s.Store.Case(a.ctx, def, found.ID)
			if err != nil {
				return err
			}
			if p := subject.Head().Pending; p == nil || !may(*p) {
				continue
			}
			choices = append(choices, form.Choice{Value: found.ID, Words: both(found.Title), Hint: pendingHint(subject.Head(), def.State(found.State))})
		}
	}
	a.shapes["items"] = form.Shape{Kind: form.Checks, Choices: choices}
	return nil
}

func pendingHint(h *lifecycle.Header, state lifecycle.StateInfo) text.Text {
	hash := ui.Short(h.Pending.ContentHash)
	return text.Text{ZH: state.Words.ZH + "，内容指纹 " + hash, EN: state.Words.EN + ", content " + hash}
}
