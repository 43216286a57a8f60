package town

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/review"
)

// The one product of the town.
const (
	ProductName = "气象指数"
	ProductForm = "API"
)

// Application is an application that may be handed in, once the plan is in force.
func Application() Object {
	return Object{
		"title": "气象数据授权运营", "agency": Agency, "plan": Plan, "purpose": "服务农业保险", "mode": "whole", "resources": []string{Resource},
		"products":    []Object{{"name": ProductName, "class": "industry", "form": ProductForm}},
		"term_months": 12, "capabilities": Object{"management": "有", "technology": "有", "security": "有"},
	}
}

// Agreement is an agreement that may be proposed; its term begins tomorrow.
func (w *Town) Agreement() Object {
	from := w.Now().AddDate(0, 0, 1)
	return Object{
		"resources": []string{Resource},
		"term":      Object{"from": from.Format(time.DateOnly), "to": from.AddDate(0, 11, 0).Format(time.DateOnly)},
		"products":  []Object{{"name": ProductName, "class": "industry", "form": ProductForm, "standard": "国标", "security_review": "逐项", "compliance_review": "逐项"}},
		"platform":  "平台", "assets": "归属", "disclosure": Object{"requirements": "按年", "no_redevelopment": true},
		"accounting": Object{"rules": "单独核算", "shares": []Object{{"party": "运营机构", "basis_points": 10000}}},
		"security":   "措施", "evaluation": "按年", "breach": "赔偿", "disputes": Object{"ways": []string{"negotiation", "litigation"}, "text": "向法院起诉"},
		"change": "协商", "other": "无",
	}
}

// Authorization gives a person's command on an authorisation, which must not be refused.
func (w *Town) Authorization(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, authorization.Kind, id, command, input)
}

// Drafted opens an authorisation as a draft.
func (w *Town) Drafted() string {
	w.t.Helper()
	w.InForce()
	return w.Do(Applicant, authorization.Kind, "", "draft", Application()).Case
}

// Review takes every open task of an authorisation to the outcome that decide chooses, until the reviews end.
func (w *Town) Review(id string, decide func(lifecycle.Task) string) {
	w.t.Helper()
	for range 10 { // stages
		c := w.Case(authorization.Kind, id)
		if c.Head().State != authorization.Reviewing {
			return
		}
		for _, task := range c.Head().Tasks {
			if !task.Active() {
				continue
			}
			person := w.Reviewer(task)
			w.onTask(person, c, authorization.Kind, task.ID, "claim", Object{})
			w.onTask(person, c, authorization.Kind, task.ID, "decide", Object{"outcome": decide(task), "opinion": "意见"})
		}
	}
	w.t.Fatalf("%s: the reviews do not end", id)
}

// deciding takes every task to one outcome.
func deciding(outcome string) func(lifecycle.Task) string {
	return func(lifecycle.Task) string { return outcome }
}

type step struct {
	state lifecycle.State
	take  func(id string)
}

// mainline lists the states in which an authorisation stands one after the other, with what leads to each from the one before.
func (w *Town) mainline() []step {
	hash := func(id string) Object {
		versions := w.Case(authorization.Kind, id).(*authorization.Authorization).Versions
		return Object{"hash": versions[len(versions)-1].Hash}
	}
	return []step{
		{authorization.Submitted, func(id string) { w.Authorization(Applicant, id, "submit", Object{}) }},
		{authorization.Reviewing, func(id string) { w.Authorization(Officer, id, "accept", Object{}) }},
		{authorization.AwaitingDecision, func(id string) { w.Review(id, deciding(review.Approve)) }},
		{authorization.AgreementDrafting, func(id string) { w.Minuted(w.Decided(Government, "major-decision", id, "agree"), Government) }},
		{authorization.AgreementPending, func(id string) {
			w.Authorization(Officer, id, "propose-agreement", w.Agreement())
			w.Authorization(Applicant, id, "agree-text", hash(id))
		}},
		{authorization.Signing, func(id string) { w.Minuted(w.Decided(Agency, "agreement", id, "agree"), Agency) }},
		{authorization.ToBeFiled, func(id string) {
			w.Authorization(AgencySignatory, id, "sign", hash(id))
			w.Authorization(Signatory, id, "sign", hash(id))
		}},
		{authorization.Filed, func(id string) {
			w.Authorization(Officer, id, "file", Object{"on": w.Now().Format(time.DateOnly), "with": "省数据局", "receipt": "示例1号"})
		}},
		{authorization.Operating, func(id string) { w.Later(2, authorization.Kind, id) }},
	}
}

// branch leads from a state of the mainline to one beside it.
type branch struct {
	from lifecycle.State
	take func(id string)
}

func (w *Town) branches() map[lifecycle.State]branch {
	reason := Object{"reason": "理由"}
	return map[lifecycle.State]branch{
		authorization.Deleted: {authorization.Draft, func(id string) { w.Authorization(Applicant, id, "delete-draft", Object{}) }},
		authorization.Returned: {authorization.Submitted, func(id string) {
			w.Authorization(Officer, id, "return", Object{"missing": []Object{{"path": "purpose", "text": "请补充"}}})
		}},
		authorization.Refused:        {authorization.Submitted, func(id string) { w.Authorization(Officer, id, "refuse", reason) }},
		authorization.Withdrawn:      {authorization.Submitted, func(id string) { w.Authorization(Applicant, id, "withdraw", reason) }},
		authorization.ReviewReturned: {authorization.Reviewing, func(id string) { w.Review(id, deciding(review.Return)) }},
		authorization.Rejected:       {authorization.Reviewing, func(id string) { w.Review(id, deciding(review.Reject)) }},
		authorization.Amending:       {authorization.AwaitingDecision, func(id string) { w.Decided(Government, "major-decision", id, "amend") }},
		authorization.Suspended: {authorization.Operating, func(id string) {
			w.Authorization(Administrator, id, "suspend", Object{"ground": "price", "authority": "局长办公会", "reason": "调查"})
		}},
		authorization.Exiting: {authorization.Operating, func(id string) {
			w.Authorization(Signatory, id, "waive", Object{"ground": "waiver", "statement": "不再经营"})
		}},
		authorization.Closed: {authorization.Exiting, func(id string) { w.ExitOf(id, exit.Closed) }},
	}
}

// AuthorizationIn makes an authorisation in the state and returns its ID.
func (w *Town) AuthorizationIn(state lifecycle.State) string {
	w.t.Helper()
	if b, ok := w.branches()[state]; ok {
		id := w.AuthorizationIn(b.from)
		b.take(id)
		return w.Stands(authorization.Kind, id, state)
	}
	id := w.Drafted()
	if state == authorization.Draft {
		return id
	}
	for _, s := range w.mainline() {
		s.take(id)
		w.Stands(authorization.Kind, id, s.state)
		if s.state == state {
			return id
		}
	}
	w.t.Fatalf("no way leads to %s", state)
	return ""
}
