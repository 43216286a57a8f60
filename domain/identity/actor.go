// Package identity says who people and organisations are: kinds, roles, grants and the unified social credit code.
package identity

// SystemPerson is the name under which the system itself acts, for due times and wind-down steps.
const SystemPerson = "system"

// Grant is one role that a person holds for one organisation.
type Grant struct {
	Organization string `json:"organization"`
	Kind         Kind   `json:"kind"`
	Role         Role   `json:"role"`
}

// Actor is the person acting, with all grants held at this moment.
type Actor struct {
	Person string
	Grants []Grant
}

// System is the actor of ticks and of what workflows do by themselves.
func System() Actor { return Actor{Person: SystemPerson} }

// IsSystem reports whether the system itself acts.
func (a Actor) IsSystem() bool { return a.Person == SystemPerson }

// Has reports whether the actor holds the role anywhere.
func (a Actor) Has(role Role) bool {
	for _, g := range a.Grants {
		if g.Role == role {
			return true
		}
	}
	return false
}

// ForSeveral reports whether the actor holds the role in more than one organisation.
func (a Actor) ForSeveral(role Role) bool {
	first := ""
	for _, g := range a.Grants {
		switch {
		case g.Role != role:
		case first == "":
			first = g.Organization
		case g.Organization != first:
			return true
		}
	}
	return false
}

// In reports whether the actor holds any role in the organisation.
func (a Actor) In(organization string) bool {
	for _, g := range a.Grants {
		if g.Organization == organization {
			return true
		}
	}
	return false
}

// SeesEverything reports whether the actor may read every case: supervisors and administrators.
func (a Actor) SeesEverything() bool {
	return a.IsSystem() || a.Has(Auditor) || a.Has(Administrator)
}

// By is an actor as an event records him: the person and the capacity in which he acted.
type By struct {
	Person       string `json:"person"`
	Organization string `json:"organization,omitempty"`
	Role         Role   `json:"role,omitempty"`
}

// Capacities lists in what capacities the actor may do what those may who hold one of the grants, each organisation once: the first of its roles counts.
// A grant without an organisation stands for every organisation of its kind.
func (a Actor) Capacities(may []Grant) []By {
	var all []By
	seen := map[string]bool{}
	for _, m := range may {
		for _, g := range a.Grants {
			of := m.Organization == "" || m.Organization == g.Organization
			if of && g.Kind == m.Kind && g.Role == m.Role && !seen[g.Organization] {
				seen[g.Organization] = true
				all = append(all, By{Person: a.Person, Organization: g.Organization, Role: g.Role})
			}
		}
	}
	return all
}
