package web

import (
	"errors"
	"net/url"
	"slices"

	"datacharter/casework"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
	"datacharter/store"
)

// publicURL is where the public is told of a case of the kind.
func publicURL(kind lifecycle.Kind, id string) string {
	if kind == plan.Kind {
		return plansPath + "/" + url.PathEscape(id)
	}
	return registrationsPath + "/" + url.PathEscape(id)
}

// askOutside, takeOutside: a command that anybody may give who is signed in, without being shown the case.
func (s *server) askOutside(kind lifecycle.Kind) func(*visit) {
	return func(v *visit) {
		if a := s.outside(v, kind); a != nil {
			s.ask(a)
		}
	}
}

func (s *server) takeOutside(kind lifecycle.Kind) func(*visit) {
	return func(v *visit) {
		if a := s.outside(v, kind); a != nil {
			s.take(a, func(casework.Done) string { return publicURL(kind, a.outside) })
		}
	}
}

func (s *server) outside(v *visit, kind lifecycle.Kind) *act {
	p := s.placeOf(kind)
	row, ok := p.def.Row(v.Param("command"))
	found, err := s.Store.GetCaseSummary(v.ctx, identity.System(), kind, v.Param("id"))
	open := err == nil && ok && row.Outside && slices.Contains(row.From, found.State)
	if open && kind == plan.Kind {
		open, err = s.heard(v, found.ID)
	}
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && !open:
		v.refuse(refusal.NotFoundHere.With())
		return nil
	case err != nil:
		v.fail(err)
		return nil
	}
	return &act{visit: v, place: p, command: row.Command, words: row.Words, input: p.def.Input(row.Command), outside: found.ID}
}

// filledOnCase are the kinds whose content is filled in on the case, in one form.
var filledOnCase = []lifecycle.Kind{registration.Kind, plan.Kind, product.Kind, finding.Kind}
