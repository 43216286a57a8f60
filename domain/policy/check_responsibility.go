package policy

import (
	"fmt"
	"slices"

	"datacharter/domain/identity"
)

// responsibility checks that every stage is there, and that operation and management are duties of different kinds of organisation.
func (c *checker) responsibility(r *Responsibility) {
	if r == nil {
		return
	}
	stages := codesOf(r.Stages, func(s ResponsibilityStage) string { return s.Code })
	c.unless(slices.Equal(stages, ResponsibilityStages), "responsibility.stages", "must be %v in this order", ResponsibilityStages)
	for i, s := range r.Stages {
		path := fmt.Sprintf("responsibility.stages[%d].duties", i)
		c.codes(path, "code", codesOf(s.Duties, func(d AssignedDuty) string { return d.Code }))
		for j, d := range s.Duties {
			c.assigned(fmt.Sprintf("%s[%d]", path, j), d)
		}
	}
}

func (c *checker) assigned(path string, d AssignedDuty) {
	known := func(k identity.Kind) bool {
		return k != identity.Public && slices.ContainsFunc(identity.Kinds, func(i identity.KindInfo) bool { return i.Kind == k })
	}
	c.unless(d.Side == ManagementSide || d.Side == OperationSide, path+".side", "must be %s or %s", ManagementSide, OperationSide)
	c.unless(len(d.Parties) > 0, path+".parties", "is empty")
	for i, k := range d.Parties {
		at := fmt.Sprintf("%s.parties[%d]", path, i)
		c.unless(known(k), at, "%q answers for nothing", k)
		c.unless(slices.Index(d.Parties, k) == i, at, "%q is there twice", k)
		c.unless((k == identity.Operator) == (d.Side == OperationSide), at, "the operator operates and does not manage; all others manage and do not operate (管运适度分离)")
	}
}
