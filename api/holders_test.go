package api

import (
	"datacharter/domain/lifecycle"
	"datacharter/internal/town"
)

// holder is one person of the world with the one role that he holds.
type holder struct {
	id, organization string
	party            lifecycle.Party // the role alone
}

func holders() []holder {
	var all []holder
	for _, p := range town.Posts {
		all = append(all, holder{p.ID(1), p.Organization, lifecycle.Party{Role: p.Role}})
	}
	return all
}
