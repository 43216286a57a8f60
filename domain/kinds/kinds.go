// Package kinds lists every kind of case.
package kinds

//go:generate go run ../../docs/generate ../../docs

import (
	"fmt"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/disclosure"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/registration"
)

// All are the kinds of case, in the order in which documentation shows them.
var All = []lifecycle.Definition{authorization.Machine, meeting.Machine, exit.Machine, registration.Machine, plan.Machine, product.Machine, disclosure.Machine, finding.Machine, finance.Machine, complaint.Machine}

// Of returns the definition of a kind, or an error for a kind that this program does not know.
func Of(kind lifecycle.Kind) (lifecycle.Definition, error) {
	if def := Definition(kind); def != nil {
		return def, nil
	}
	return nil, fmt.Errorf("there is no kind of case %q", kind)
}

// Definition returns the definition of a kind, or nil.
func Definition(kind lifecycle.Kind) lifecycle.Definition {
	for _, def := range All {
		if def.Kind() == kind {
			return def
		}
	}
	return nil
}
