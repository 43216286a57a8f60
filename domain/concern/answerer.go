package concern

import "datacharter/domain/identity"

// answerers are who may answer: the reviewers of the supplier. Published catalogues name providers in words, so that a resource's supplier may be no
// organisation of the system: then every supplier's reviewers may, and for data of nobody here the case officers of agencies.
var answerers = []identity.Grant{
	{Kind: identity.DataSupplier, Role: identity.SupplyReviewer},
	{Kind: identity.Agency, Role: identity.CaseOfficer},
}

// Answerers are those who may answer a concern of a supplier; of whatever organisation where they name none.
func Answerers(supplier string) []identity.Grant {
	if supplier == "" {
		return answerers
	}
	return []identity.Grant{{Organization: supplier, Kind: identity.DataSupplier, Role: identity.SupplyReviewer}}
}

// Roles lists the roles that may answer some concern.
func Roles() []identity.Role {
	all := make([]identity.Role, len(answerers))
	for i, g := range answerers {
		all[i] = g.Role
	}
	return all
}

// Capacities lists in what capacities an actor may answer the concern.
func (c Concern) Capacities(actor identity.Actor) []identity.By {
	if c.Person == actor.Person {
		return nil // nobody answers himself
	}
	return actor.Capacities(Answerers(c.Supplier))
}

// NamesPeople reports whether the actor is told who raised the concern and who answered it: he himself, who may answer, and supervisors. To others nobody is
// named.
func (c Concern) NamesPeople(actor identity.Actor) bool {
	return c.Person == actor.Person || actor.SeesEverything() || len(c.Capacities(actor)) > 0
}

// For is an entry of the concern as the actor is shown it: without the people whom he is not told. An answer is given for an organisation, which everybody may
// know.
func (c Concern) For(actor identity.Actor, e Entry) Entry {
	if !c.NamesPeople(actor) {
		e.By.Person = ""
	}
	return e
}
