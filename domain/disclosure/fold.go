package disclosure

import (
	"fmt"
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Disclosure] {
	type (
		D  = *Disclosure
		at = lifecycle.Event
	)
	return []lifecycle.EventType[D]{
		lifecycle.On(func(d D, e WasCalledFor, _ at) { d.take(e) }),
		lifecycle.Sending(lifecycle.On(func(d D, _ YearEnded, _ at) { d.State = Due }), tellDue),
		lifecycle.On(func(d D, e Compiled, at at) {
			d.State, d.Drafted = Drafting, &e.Content
			d.prepared(at.By.Person)
		}),
		lifecycle.On(func(d D, e Edited, at at) {
			d.Drafted.Entered = e.Entered
			d.prepared(at.By.Person)
		}),
		lifecycle.Sending(lifecycle.On(func(d D, e Handed, at at) {
			d.State, d.Submitted, d.Returned = Checking, &Submission{Hash: e.Hash, By: at.By, At: at.At}, nil
			d.prepared(at.By.Person)
		}), tellChecker),
		lifecycle.Sending(lifecycle.On(func(d D, e WasReturned, at at) {
			d.State, d.Submitted, d.Returned = Drafting, nil, &Reasoned{Reason: e.Reason, By: at.By, At: at.At}
		}), tellReturned),
		lifecycle.Sending(lifecycle.On(func(d D, e WasPublished, at at) {
			d.Versions = append(d.Versions, Version{
				No: len(d.Versions) + 1, Content: e.Content, Hash: e.Hash, Reason: e.Reason, Prepared: e.By, Checked: at.By, At: at.At,
			})
			d.State, d.Submitted, d.Correction, d.Withdrawn, d.Preparers = Published, nil, nil, nil, nil
		}), tellPublished),
		lifecycle.On(func(d D, e CorrectionBegun, at at) {
			d.State, d.Correction = Drafting, &Reasoned{Reason: e.Reason, By: at.By, At: at.At}
			d.prepared(at.By.Person)
		}),
		lifecycle.On(func(d D, _ CorrectionDropped, _ at) {
			published := d.Published().Content
			d.State, d.Correction, d.Returned, d.Preparers, d.Drafted = Published, nil, nil, nil, &published
		}),
		lifecycle.Sending(lifecycle.On(func(d D, e WasWithdrawn, at at) {
			d.State, d.Withdrawn = Withdrawn, &Reasoned{Reason: e.Reason, By: at.By, At: at.At}
			d.Versions[len(d.Versions)-1].Withdrawn = d.Withdrawn
		}), tellWithdrawn),
		lifecycle.Sending(lifecycle.On(func(d D, _ WasChased, _ at) { d.Chased++ }), tellChased),
	}
}

// take adds an authorisation; the first one opens the case.
func (d *Disclosure) take(e WasCalledFor) {
	if d.Version == 0 {
		d.State, d.Side, d.Year, d.Policy = Running, e.Side, e.Year, e.Policy
		if e.Side == authorization.AgencySide {
			d.Agency, d.Title = e.Called.Agency, fmt.Sprintf("%d年度授权运营信息披露（实施机构）", e.Year)
		} else {
			d.Applicant, d.Title = e.Called.Operator, fmt.Sprintf("%d年度授权运营信息披露（运营机构）", e.Year)
		}
	}
	d.Authorizations = append(d.Authorizations, e.Called)
}

func (d *Disclosure) prepared(person string) {
	if !slices.Contains(d.Preparers, person) {
		d.Preparers = append(d.Preparers, person)
	}
}
