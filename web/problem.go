package web

import (
	"context"
	"errors"
	"net/http"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// refuse answers with a page that says why not.
func (v *visit) refuse(r *refusal.Refusal) {
	v.show(casework.Status(r.Code, r.Class()), v.T("未能办理", "Not done"), problemPage(v.page, r, v.id))
}

// refusalOf tells what an error means to a visitor; nil for an error of the program or the machine.
func refusalOf(err error) *refusal.Refusal {
	var known refused
	switch {
	case errors.As(err, &known):
		return known.Refusal
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrBadCursor):
		return refusal.NotFoundHere.With()
	case errors.As(err, &casework.Unavailable{}):
		return refusal.NotAvailable.With()
	case errors.Is(err, casework.ErrKeyReused):
		return refusal.KeyReused.With()
	case errors.Is(err, store.ErrTaken):
		return refusal.Taken.With()
	case errors.Is(err, store.ErrClosed):
		return refusal.PartyClosed.With()
	case errors.Is(err, store.ErrRoleNotPossible):
		return refusal.RoleNotPossible.With()
	case errors.Is(err, store.ErrSeparation):
		return refusal.TwoSides.With()
	case errors.Is(err, context.Canceled):
		return refusal.RequestCancelled.With()
	default:
		return nil
	}
}

// fail answers for an error. Of one that is nobody's doing the visitor learns its number alone, the log the rest.
func (v *visit) fail(err error) {
	r := refusalOf(err)
	if r == nil {
		r = refusal.InternalError.With()
		v.fault = err
	}
	v.refuse(r)
}

// foreign answers a request that another site's page sent.
func (s *server) foreign(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "cross-origin request refused", http.StatusForbidden)
}
