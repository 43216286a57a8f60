package web

import (
	"context"
	"slices"

	"datacharter/domain/identity"
	"datacharter/web/ui"
)

// namesOf looks up the names of people and organisations.
func (s *server) namesOf(ctx context.Context, people, organizations []string) (names, error) {
	found, err := s.Store.Names(ctx, unique(people), unique(organizations))
	return names{found.People, found.Organizations}, err
}

func unique(ids []string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// names are the names of people and organisations by ID.
type names struct{ people, organizations map[string]string }

// person names a person; the system has a name of its own, and of who is not known the ID is shown.
func (n names) person(p *ui.Page, id string) string {
	if id == identity.SystemPerson {
		return p.T("系统", "the system")
	}
	if name, ok := n.people[id]; ok {
		return name
	}
	return id
}

func (n names) organization(id string) string {
	if name, ok := n.organizations[id]; ok {
		return name
	}
	return id
}
