package web

import (
	"slices"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// basket is the application into which an applicant puts resources from the catalogue, among those that he may edit.
type basket struct {
	open []store.CaseSummary // those that he may choose from, last changed first
	into *casework.View      // nil when there is none
}

// maxBaskets bounds from how many applications one chooses.
const maxBaskets = 50

// basket finds the visitor's applications that can be edited, and the one that the address names: else the last changed. Nil for who does not apply.
func (s *server) basket(v *visit) (*basket, error) {
	if !v.applies() {
		return nil, nil
	}
	place := s.placeOf(authorization.Kind)
	edit, _ := place.def.Row("edit")
	page, err := s.Store.ListCases(v.ctx, v.actor, store.CaseFilter{Kind: authorization.Kind, States: edit.From, Own: true, Limit: maxBaskets})
	if err != nil {
		return nil, err
	}
	b := &basket{open: page.Items}
	id := v.Query("to")
	if !slices.ContainsFunc(b.open, func(c store.CaseSummary) bool { return c.ID == id }) {
		if len(b.open) == 0 {
			return b, nil
		}
		id = b.open[0].ID
	}
	b.into, err = s.Case(v.ctx, v.actor, place.def, id)
	if err == nil && !b.into.May("edit") {
		b.into = nil
	}
	return b, err
}

// chosen are the resources in the application.
func (b *basket) chosen() []string {
	if c, ok := b.into.Subject.(*authorization.Authorization); ok {
		return c.Application.Resources
	}
	return nil
}

// putResource puts a resource into an application. One that is there already stays, so that a repeat changes nothing.
func (s *server) putResource(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	r, err := s.Store.GetResource(v.ctx, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	back := local(sent.Get("return"), resourceURL(r))
	if sent.Has(formResumed) {
		v.goOn(back, v.T("您已重新登录，资源尚未加入，请再点一次。", "You are signed in again. Nothing was added: please choose it once more."))
		return
	}
	a := s.actOn(v, s.placeOf(authorization.Kind), sent.Get("to"), "", "edit")
	if a == nil {
		return
	}
	told := v.T("该资源已在申请中。", "The application has this resource already.")
	done, err := s.chooseResources(a, func(ids []string) []string {
		if slices.Contains(ids, r.ID) {
			return ids
		}
		told = v.T("已加入申请：", "Added to the application: ") + r.Title
		return append(ids, r.ID)
	})
	s.settle(v, done, err, back, told, func(r *refusal.Refusal) { v.refuse(r) })
}

// maxChoices bounds how often a choice is tried while others change the application.
const maxChoices = 5

// chooseResources changes which resources an application has. It holds for any list, so another's change in between is no hindrance,
// and a repeat changes nothing.
func (s *server) chooseResources(a *act, change func([]string) []string) (done casework.Done, err error) {
	for range maxChoices {
		content := applied(a).Application
		content.Resources = change(slices.Clone(content.Resources))
		if slices.Equal(content.Resources, applied(a).Application.Resources) {
			return casework.Done{}, nil
		}
		done, err = s.CarryOut(a.ctx, a.actor, editing(a, content, newKey(), a.view.Head.Version))
		if err != nil || done.Refusal == nil || done.Refusal.Code != refusal.StaleVersion.Name {
			return done, err
		}
		if a.view, err = s.Case(a.ctx, a.actor, a.place.def, a.view.Head.ID); err != nil {
			return done, err
		}
	}
	return done, err
}

func resourceURL(r catalogue.Resource) string { return "/resources/" + r.ID }
