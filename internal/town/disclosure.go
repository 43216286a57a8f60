package town

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/lifecycle"
)

// Disclosed is what people enter into a yearly disclosure.
func Disclosed() Object {
	return Object{
		"address": "某市某路1号", "postcode": "000000", "email": "office@example.org", "phone": "000-00000000", "note": "本年度新增一项产品。",
		"departments": []Object{{"unit": "某市数据局", "contact": "公共数据科", "phone": "000-00000000"}},
	}
}

// Disclosing gives a person's command on a disclosure, which must not be refused.
func (w *Town) Disclosing(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, disclosure.Kind, id, command, input)
}

// DisclosureIn brings a disclosure of the agency into the state and returns its ID.
func (w *Town) DisclosureIn(state lifecycle.State) string {
	w.t.Helper()
	return w.DisclosedBy(authorization.AgencySide, state)
}

// DisclosedBy brings a disclosure of a side into the state and returns its ID: each time that of another year, which passes for it alone. The town's time is
// the same afterwards.
func (w *Town) DisclosedBy(side authorization.Side, state lifecycle.State) string {
	w.t.Helper()
	of := w.AuthorizationIn(authorization.Operating)
	w.Offered(of, "0.5", "0.25")
	prepares, checks := Officer, Administrator
	if side == authorization.OperatorSide {
		prepares, checks = Applicant, Signatory
	}
	now := w.Now()
	call := authorization.DisclosureCall{Side: side, Year: now.Year() + int(w.disclosed.Add(1)), Authorization: of, Agency: Agency, Operator: Operator}
	id := authorization.DisclosureID(side, call.Organization(), call.Year)
	w.System(disclosure.Kind, id, authorization.CallForDisclosure, call)
	steps := []struct {
		state lifecycle.State
		take  func()
	}{
		{disclosure.Running, func() {}},
		{disclosure.Due, func() {
			w.System(disclosure.Kind, id, lifecycle.Tick, struct{}{})
		}},
		{disclosure.Drafting, func() {
			w.Disclosing(prepares, id, "compile", Object{})
			w.Disclosing(prepares, id, "edit", Disclosed())
		}},
		{disclosure.Checking, func() { w.Disclosing(prepares, id, "submit", Object{}) }},
		{disclosure.Published, func() { w.Disclosing(checks, id, "publish", Object{}) }},
		{disclosure.Withdrawn, func() {
			w.Disclosing(checks, id, "withdraw", Object{"public_reason": "内容有误，正在核实。", "records": "电话误填"})
		}},
	}
	w.AfterYear(call.Year, func() {
		for _, s := range steps {
			s.take()
			if s.state == state {
				return
			}
		}
	})
	return w.Stands(disclosure.Kind, id, state)
}

// AfterYear does something at the beginning of the year after, and lets the town's time be the same afterwards.
func (w *Town) AfterYear(year int, do func()) {
	now := w.Now()
	defer w.SetNow(now)
	w.SetNow(time.Date(year+1, 1, 4, 1, 0, 0, 0, time.UTC))
	do()
}
