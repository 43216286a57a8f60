package authorization

import (
	"encoding/json"
	"fmt"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/register"
	"datacharter/domain/resolution"
)

// disclosed are the states in which the public knows of an authorisation, by what it is told of them. It is public from the filing on:
// then grantee, content, scope and time limit, which the agency discloses (27号 Art. 18), are settled, and filed with the authority above
// (27号 Art. 13). It stays so when it has ended. What never led to a filed agreement is not an authorisation, and nobody's business.
var disclosed = map[lifecycle.State]register.State{
	Filed: register.Filed, Operating: register.Operating, Suspended: register.Suspended, Exiting: register.Exiting, Closed: register.Closed,
}

// RegisterEntry returns the authorisation's entry in the public register, and false while it has none.
func (a *Authorization) RegisterEntry() (register.Entry, bool) {
	state, public := disclosed[a.State]
	if !public {
		return register.Entry{}, false
	}
	app, agreed := a.latest().Content, a.version().Content
	e := register.Entry{
		ID: a.ID, Title: a.Title, Grantee: a.Applicant, Agency: a.Agency, State: state, Mode: app.Mode, Plan: a.planName(), Purpose: app.Purpose,
		Resources: agreed.Resources, Term: register.Term{From: agreed.Term.From, To: agreed.Term.To, Ends: a.movedEnd()}, Decisions: a.decisions(),
		Filed: a.Filing.On, Products: a.offers(agreed.Products), Exit: a.publicExit(), Renews: app.Renews,
	}
	if on := a.latest().Plan; on != nil {
		e.PlanCase, e.PlanNo = on.Plan, on.Version
	}
	for _, r := range a.Registrations {
		e.Registrations = append(e.Registrations, register.Registration(r))
	}
	if a.Started != nil {
		e.Started = calendar.DateOf(*a.Started)
	}
	if a.Suspension != nil {
		e.Suspended = calendar.DateOf(a.Suspension.At)
	}
	return e, true
}

// planName is the plan that the grant rests on, in words.
func (a *Authorization) planName() string {
	if on := a.latest().Plan; on != nil {
		return on.Name
	}
	return a.latest().Content.Plan
}

// movedEnd is the last day of the term where it is not the one agreed on.
func (a *Authorization) movedEnd() calendar.Date {
	d := a.Deadline(expiry)
	if d == nil || d.Left != "" || d.Due.On == a.version().Content.Term.To {
		return calendar.Date{}
	}
	return d.Due.On
}

// decisions are those by which the case went on.
func (a *Authorization) decisions() []register.Decision {
	var out []register.Decision
	for _, r := range a.Resolutions {
		if r.Resolution.Outcome == resolution.Agreed {
			out = append(out, register.Decision{
				Decision: r.Resolution.Decision, Body: r.Resolution.Body, On: calendar.DateOf(r.Resolution.DecidedOn), Outcome: string(r.Resolution.Outcome),
			})
		}
	}
	return out
}

// offers are the products and services; those that are merely agreed on are not there yet.
func (a *Authorization) offers(agreed []agreement.Product) []register.Product {
	out := make([]register.Product, 0, len(a.Products))
	for _, p := range a.Products {
		offer := register.Product{Name: p.Name, Class: p.Class, Unit: p.Unit, Price: p.Price, Ceiling: p.Ceiling, Listed: p.Listed}
		for _, named := range agreed {
			if named.Name == p.Name {
				offer.Form = named.Form
			}
		}
		if p.ListedAt != nil {
			offer.Since = calendar.DateOf(*p.ListedAt)
		}
		if p.Of != nil {
			p.Of.disclose(&offer)
		}
		out = append(out, offer)
	}
	return out
}

// publicExit is the exit under way, or the one by which the authorisation ended.
func (a *Authorization) publicExit() *register.Exit {
	request := a.ExitRequest()
	switch {
	case a.State == Exiting:
		return &register.Exit{Opened: calendar.DateOf(request.Opened)}
	case a.State == Closed && a.Ended != nil:
		e := &register.Exit{Opened: calendar.DateOf(request.Opened), Kind: a.Ended.Way, Ended: calendar.DateOf(a.Ended.At)}
		if a.Ended.Effective != nil {
			e.Effective = *a.Ended.Effective
		}
		return e
	default:
		return nil
	}
}

var disclosure = lifecycle.Disclosure[*Authorization]{
	Entry: func(a *Authorization) any {
		if e, public := a.RegisterEntry(); public {
			return e
		}
		return nil
	},
	Release: release,
}

// reasons are those of the events that change an entry.
var reasons = map[string]register.Reason{
	AgreementFiled{}.EventType(): register.AgreementFiled, OperationStarted{}.EventType(): register.OperationStarted,
	CeilingSet{}.EventType(): register.CeilingSet, ProductListed{}.EventType(): register.ProductListed,
	PriceChanged{}.EventType(): register.PriceChanged, ProductDelisted{}.EventType(): register.ProductDelisted,
	OperationSuspended{}.EventType(): register.WasSuspended, OperationResumed{}.EventType(): register.Resumed,
	SuspendedAtOnce{}.EventType(): register.WasSuspended, IncidentReviewed{}.EventType(): register.Resumed,
	RegistrationRecorded{}.EventType(): register.Registered,
	ExitOpened{}.EventType():           register.ExitOpened, ExitEnded{}.EventType(): register.ExitStopped,
}

// release publishes the entry as it stands after a command.
func release(a *Authorization, known json.RawMessage, events []lifecycle.Event) lifecycle.Effect {
	var why []register.Reason
	for _, e := range events {
		reason, ok := reasons[e.Type]
		if e.Type == (ProductRecorded{}).EventType() {
			reason, ok = recordedWhy(e)
		}
		switch {
		case !ok:
			continue
		case reason == register.ExitStopped && a.State == Closed:
			reason = register.Ended
		case reason == register.AgreementFiled && a.latest().Content.Renews != "":
			reason = register.Renewed
		}
		why = append(why, reason)
	}
	entry, _ := a.RegisterEntry()
	r, err := register.NewRelease(a.Public.No, known, entry, why...)
	if err != nil {
		panic(fmt.Sprintf("%s was an entry and is none: %v", a.ID, err))
	}
	return lifecycle.Publish(register.Subject, r)
}
