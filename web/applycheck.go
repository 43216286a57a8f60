package web

import (
	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/web/form"
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
	content     authorization.Application
	names       names
	resources   []form.Choice
	files       []lifecycle.Attachment
	renews      string // title of the authorisation that it follows
	differences []difference
}

// checkPage is the page of the commands with which an application is handed in.
func (s *server) checkPage(a *act) (templ.Component, error) {
	c := &checkedAnswers{applying: &applying{act: a, at: len(topics)}, content: applied(a).Application}
	if err := s.outlook(c.applying); err != nil {
		return nil, err
	}
	var err error
	if c.names, err = s.namesOf(a.ctx, nil, []string{c.content.Agency, a.view.Head.Applicant}); err != nil {
		return nil, err
	}
	if c.resources, err = s.resourceChoices(a.visit, c.content.Resources); err != nil {
		return nil, err
	}
	if c.files, err = s.filesNamed(a.visit, c.content.Attachments); err != nil {
		return nil, err
	}
	if c.renews, err = s.titleOf(a.visit, c.content.Renews); err != nil {
		return nil, err
	}
	if n := len(applied(a).Submissions); n > 0 {
		c.differences, err = s.differencesOf(a.visit, a.view.Policy, applied(a).Submissions[n-1].Content, c.content)
	}
	return checkPage(c), err
}

// filesNamed finds uploaded files; those that are not the visitor's to see are left out.
func (s *server) filesNamed(v *visit, digests []string) ([]lifecycle.Attachment, error) {
	var out []lifecycle.Attachment
	for _, digest := range digests {
		found, err := s.Store.GetAttachment(v.ctx, v.actor, digest)
		if refusalOf(err) != nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, found.Attachment)
	}
	return out, nil
}

// titleOf names a case, by its ID when the visitor does not see it.
func (s *server) titleOf(v *visit, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	found, err := s.Store.GetCaseSummary(v.ctx, v.actor, authorization.Kind, id)
	switch {
	case refusalOf(err) != nil:
		return id, nil
	case err != nil:
		return "", err
	}
	return found.Title, nil
}

// because is why the application cannot be handed in, apart from its fields; nil when only fields are in the way, or nothing.
func (p *applying) because() *refusal.Refusal {
	if p.refused == nil || len(p.refused.Fields) > 0 {
		return nil
	}
	return p.refused
}
