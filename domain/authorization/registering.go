package authorization

import (
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
)

// The names of the limits by which resources and products are to be registered, when operation comes first (26号 Art. 9(1)).
const (
	registerResources = "register-resources"
	registerProducts  = "register-products"
)

// OnRecord is a registration of a resource or product within the scope (27号 Art. 16). What has none is still to be registered (拟登记).
type OnRecord struct {
	Registration string `json:"registration"` // case
	Object       string `json:"object"`       // resource or product
	Subject      string `json:"subject"`      // ID of the resource, name of the product
	Code         string `json:"code"`
}

// RegistrationInput says what became of a registration within the scope.
type RegistrationInput struct {
	Registration string `json:"registration"`
	Object       string `json:"object"`
	Subject      string `json:"subject"`
	Code         string `json:"code"`
	Ended        bool   `json:"ended,omitempty"`
}

// RegistrationRecorded puts a registration on record, or takes it off when it has ended.
type RegistrationRecorded struct{ RegistrationInput }

// EventType implements lifecycle.Content.
func (RegistrationRecorded) EventType() string { return "registration-recorded" }

// Grant is what was granted, as agreed and filed.
type Grant struct {
	Resources []string            // of the catalogue, by ID
	Products  []string            // by name
	Offers    []agreement.Product // the same, as agreed on
	From      calendar.Date
	Ends      calendar.Date // last day, suspensions counted
}

// Granted returns what was granted, and false while no agreement is filed.
func (a *Authorization) Granted() (Grant, bool) {
	e, public := a.RegisterEntry()
	if !public {
		return Grant{}, false
	}
	g := Grant{Resources: e.Resources, Offers: a.version().Content.Products, From: e.Term.From, Ends: e.Term.Last()}
	for _, p := range g.Offers {
		g.Products = append(g.Products, p.Name)
	}
	return g, true
}

func recordRegistration(a *Authorization, in RegistrationInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "object", in.Object, register.AResource, register.AProduct)
	f.Text("registration", in.Registration, maxTitle)
	f.Text("subject", in.Subject, maxTitle)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{RegistrationRecorded{in}}
	limit := registerResources
	if in.Object == register.AProduct {
		limit = registerProducts
	}
	if left := slices.DeleteFunc(a.unregistered(in.Object), func(s string) bool { return s == in.Subject }); !in.Ended && len(left) == 0 {
		out = append(out, a.EndDeadlines(limit)...)
	}
	return out, nil
}

// unregistered are the resources in scope, or the products that are or were on offer, that have no registration.
func (a *Authorization) unregistered(object string) []string {
	var all []string
	if object == register.AResource {
		all = slices.Clone(a.version().Content.Resources)
	} else {
		for _, p := range a.Products {
			if p.offeredEver() {
				all = append(all, p.Name)
			}
		}
	}
	return slices.DeleteFunc(all, func(subject string) bool {
		return slices.ContainsFunc(a.Registrations, func(r OnRecord) bool { return r.Object == object && r.Subject == subject })
	})
}

// toRegisterResources is the limit that runs from the start of operation, with which the resources are supplied.
func (a *Authorization) toRegisterResources(env lifecycle.Env) contents {
	return a.toRegister(registerResources, a.unregistered(register.AResource), lifecycle.Recipients{Organization: a.Agency, Role: identity.Registrant}, env)
}

// toRegisterProduct is the limit that runs from the first delivery of a product: when it is put on offer.
func (a *Authorization) toRegisterProduct(name string, env lifecycle.Env) contents {
	if p := a.product(name); p != nil && p.offeredEver() {
		return nil // it was on offer before
	}
	registered := func(r OnRecord) bool { return r.Object == register.AProduct && r.Subject == name }
	if slices.ContainsFunc(a.Registrations, registered) {
		return nil
	}
	return a.toRegister(registerProducts, []string{name}, lifecycle.Recipients{Organization: a.Applicant, Role: identity.Registrant}, env)
}

func (a *Authorization) toRegister(limit string, what []string, who lifecycle.Recipients, env lifecycle.Env) contents {
	rules := env.Policy.Registration
	if rules == nil || len(what) == 0 {
		return nil
	}
	if d := a.Deadline(limit); d != nil && d.Open() {
		return nil
	}
	return contents{env.Limit(limit, rules.AfterOperation, who, a.administrators())}
}

func registeringRules() []rule {
	granted := from{Filed, Operating, Suspended, Exiting}
	return []rule{{
		Command: "record-registration", Words: words("记录登记结果", "record the result of a registration"), From: granted, To: granted, By: lifecycle.By(system),
		Emits: lifecycle.Emits(RegistrationRecorded{}), Decide: lifecycle.Decide(recordRegistration),
	}}
}

func registeringEvents() []lifecycle.EventType[*Authorization] {
	return []lifecycle.EventType[*Authorization]{
		lifecycle.On(func(a *Authorization, e RegistrationRecorded, _ lifecycle.Event) {
			a.Registrations = slices.DeleteFunc(a.Registrations, func(r OnRecord) bool { return r.Registration == e.Registration })
			if !e.Ended {
				a.Registrations = append(a.Registrations, OnRecord{Registration: e.Registration, Object: e.Object, Subject: e.Subject, Code: e.Code})
			}
		}),
	}
}
