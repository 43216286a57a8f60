package policy

import (
	"fmt"
	"slices"
)

func (c *checker) exit(e ExitRules) {
	c.codes("exit.grounds", "code", codesOf(e.Grounds, func(g ExitGround) string { return g.Code }))
	started := map[Trigger]int{}
	for i, g := range e.Grounds {
		path := fmt.Sprintf("exit.grounds[%d]", i)
		c.ground(path, g)
		started[g.Trigger]++
		c.unless(g.Trigger != ByExpiry || started[ByExpiry] == 1, path+".trigger", "two grounds cannot both start by themselves at expiry")
	}
	for _, t := range []Trigger{ByAdministrator, ByOperator, ByBoth, ByExpiry} {
		c.unless(started[t] > 0, "exit.grounds", "no ground has the trigger %q", t)
	}
	c.codes("exit.steps", "code", codesOf(e.Steps, func(s ExitStep) string { return s.Code }))
	for i, s := range e.Steps {
		c.step(fmt.Sprintf("exit.steps[%d]", i), s)
	}
}

func (c *checker) ground(path string, g ExitGround) {
	known := false
	for _, way := range Ways {
		known = known || way.Code == g.Way
	}
	c.unless(known, path+".way", "%q is not a way of ending an authorisation", g.Way)
	switch g.Trigger {
	case ByAdministrator, ByOperator, ByBoth:
	case ByExpiry:
		c.unless(!g.Evidence, path+".evidence", "what starts by itself at expiry cannot be evidenced")
	default:
		c.add(path+".trigger", "must be administrator, operator, agreement or expiry")
	}
	c.unless(!g.Adverse || g.Trigger == ByAdministrator, path+".adverse", "only an exit that an administrator starts goes against the operator")
}

func (c *checker) step(path string, s ExitStep) {
	switch s.By {
	case BySystem:
		c.unless(slices.Contains(SystemSteps, s.Code), path+".code", "the system has no step %q", s.Code)
		c.unless(s.Kind == "" && s.Role == "" && !s.Proof, path+".by", "a step of the system takes no kind, role or proof")
	case ByPeople:
		c.given(path, s.Kind, s.Role)
		c.unless(s.Limit != nil, path, "a step of people needs a limit")
	default:
		c.add(path+".by", "must be system or people")
	}
}
