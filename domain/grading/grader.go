package grading

import "datacharter/domain/identity"

// graders are who may grade: those who hold the data and those who answer for its security and for the authorisation. The standard leaves it to the
// holder of the data; whose resource it is, published catalogues do not say in this system's terms, so any supplier's reviewer may.
var graders = []identity.Grant{
	{Kind: identity.DataSupplier, Role: identity.SupplyReviewer},
	{Kind: identity.Agency, Role: identity.SecurityReviewer},
	{Kind: identity.Agency, Role: identity.CaseOfficer},
}

// Roles lists the roles that may grade.
func Roles() []identity.Role {
	all := make([]identity.Role, len(graders))
	for i, g := range graders {
		all[i] = g.Role
	}
	return all
}

// Capacities lists in what capacities an actor may grade, each organisation once: the first of its roles counts.
func Capacities(actor identity.Actor) []identity.By { return actor.Capacities(graders) }
