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
		for j, code := range s.After {
			before := slices.IndexFunc(e.Steps, func(o ExitStep) bool { return o.Code == code })
			c.unless(before >= 0 && before < i, fmt.Sprintf("exit.steps[%d].after[%d]", i, j), "%q is no step further up", code)
			c.unless(e.Procedure != nil, fmt.Sprintf("exit.steps[%d].after[%d]", i, j), "needs a procedure")
		}
	}
	c.procedure(e)
}

// procedure checks the rules of an exit in full, where a profile has them.
func (c *checker) procedure(e ExitRules) {
	p := e.Procedure
	if p == nil {
		return
	}
	c.codes("exit.procedure.ways", "code", codesOf(p.Ways, func(w ExitWay) string { return w.Code }))
	for i, w := range p.Ways {
		c.unless(slices.Contains([]Money{NoMoney, Compensation, Damages}, w.Money), fmt.Sprintf("exit.procedure.ways[%d].money", i), "must be none, compensation or damages")
	}
	for i, g := range e.Grounds {
		way := e.Way(g.Way)
		c.unless(way != nil, fmt.Sprintf("exit.grounds[%d].way", i), "%q has no rules in exit.procedure.ways", g.Way)
		c.unless(way == nil || !g.Cure || way.Cure, fmt.Sprintf("exit.grounds[%d].cure", i), "its way gives no time for a cure")
	}
	for i, s := range e.Steps {
		c.unless(s.Limit != nil, fmt.Sprintf("exit.steps[%d]", i), "needs a limit, so that it is escalated when it fails")
	}
	c.codes("exit.procedure.duties", "code", codesOf(p.Duties, func(d ExitDuty) string { return d.Code }))
	c.decision("exit.procedure.resolution", p.Resolution)
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
