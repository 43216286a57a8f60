package api

import (
	"context"
	"errors"
	"net/http"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// failure is a refusal on its way to the caller, as the error of a handler.
type failure struct {
	refusal  *refusal.Refusal
	instance string // URI of the occurrence; empty for the request itself
	header   http.Header
	cause    error // for the log
}

func (f *failure) Error() string { return f.refusal.Code }

// GetHeaders implements huma.HeadersError.
func (f *failure) GetHeaders() http.Header { return f.header }

func refuse(r *refusal.Refusal) error { return &failure{refusal: r} }

// refuseField refuses for one field, with the code's own words as the detail of the whole.
func refuseField(f refusal.Field) error {
	return refuse(&refusal.Refusal{Code: refusal.InvalidInput.Name, Fields: []refusal.Field{f}})
}

func notFound() error { return refuse(refusal.NotFoundHere.With()) }

// untilLater lets an error pass, and refuses for something that is not there now but will be.
func untilLater(err error) error {
	if errors.As(err, &casework.Unavailable{}) {
		return &failure{refusal: refusal.NotAvailable.With(), header: http.Header{"Retry-After": {"5"}}, cause: err}
	}
	return err
}

// problemOf classifies the error of a handler. What it does not know is an internal error, of which the caller learns nothing.
func (c *call) problemOf(err error) *Problem {
	var f *failure
	switch {
	case errors.As(err, &f):
		c.fault = f.cause
		return c.problem(f.refusal, f.instance)
	case errors.Is(err, casework.ErrKeyReused):
		return c.problem(refusal.KeyReused.With(), "")
	case errors.Is(err, store.ErrNotFound):
		return c.problem(refusal.NotFoundHere.With(), "")
	case errors.Is(err, store.ErrBadCursor):
		return c.problem(refusal.InvalidFields([]refusal.Field{refusal.BadCursor.At("query.cursor")}), "")
	case errors.Is(err, store.ErrTaken):
		return c.problem(refusal.Taken.With(), "")
	case errors.Is(err, store.ErrClosed):
		return c.problem(refusal.PartyClosed.With(), "")
	case errors.Is(err, store.ErrRoleNotPossible):
		return c.problem(refusal.InvalidFields([]refusal.Field{refusal.RoleNotPossible.At("role")}), "")
	case errors.Is(err, store.ErrSeparation):
		return c.problem(refusal.TwoSides.With(), "")
	case errors.Is(err, context.Canceled):
		return c.problem(refusal.RequestCancelled.With(), "")
	default:
		c.fault = err
		return c.problem(refusal.InternalError.With(), "")
	}
}
