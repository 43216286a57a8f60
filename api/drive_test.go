package api

import (
	"fmt"
	"net/http"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
)

// The people most often needed.
var (
	theApplicant = personID(operator, identity.Applicant, 1)
	theSignatory = personID(operator, identity.OperatorSignatory, 1)
	theRival     = personID(rival, identity.Applicant, 1)
	theOfficer   = personID(agency, identity.CaseOfficer, 1)
	theAdmin     = personID(agency, identity.Administrator, 1)
	theAgent     = personID(agency, identity.AgencySignatory, 1)
	theDecider   = personID(agency, identity.ExitDecider, 1)
	theAuditor   = personID(supervisor, identity.Auditor, 1)
	theReader    = personID(citizens, identity.Reader, 1)
)

type object = map[string]any

const (
	productName = "气象指数"
	productForm = "API"
)

func application() object {
	return object{
		"title": "气象数据授权运营", "agency": agency, "purpose": "服务农业保险", "mode": "whole", "resources": []string{resource},
		"products":    []object{{"name": productName, "class": "industry", "form": productForm}},
		"term_months": 12, "capabilities": object{"management": "有", "technology": "有", "security": "有"},
	}
}

func (w *world) agreement() object {
	from := w.now.Load().AddDate(0, 0, 1)
	return object{
		"resources": []string{resource},
		"term":      object{"from": from.Format("2006-01-02"), "to": from.AddDate(0, 11, 0).Format("2006-01-02")},
		"products":  []object{{"name": productName, "class": "industry", "form": productForm, "standard": "国标", "security_review": "逐项", "compliance_review": "逐项"}},
		"platform":  "平台", "assets": "归属", "disclosure": object{"requirements": "按年", "no_redevelopment": true},
		"accounting": object{"rules": "单独核算", "shares": []object{{"party": "运营机构", "basis_points": 10000}}},
		"security":   "措施", "evaluation": "按年", "breach": "赔偿", "disputes": object{"ways": []string{"negotiation", "litigation"}, "text": "向法院起诉"},
		"change": "协商", "other": "无",
	}
}

func authorizationsAt(id, command string) string {
	return base + "/authorizations/" + id + "/" + command
}

// drafted opens an authorisation as a draft.
func (w *world) drafted() string {
	w.t.Helper()
	return w.do(theApplicant, base+"/authorizations", application()).ID
}

// review takes every open task of the case to the outcome that decide chooses.
func (w *world) review(id string, decide func(task Task) string) {
	w.t.Helper()
	for range 10 { // stages
		c := into[Case](w.t, w.get(theAuditor, base+"/authorizations/"+id))
		if c.State != authorization.Reviewing {
			return
		}
		for _, task := range c.Tasks {
			if !task.Active() {
				continue
			}
			person := w.reviewer(task)
			w.do(person, tasksPath+task.ID+"/claim", object{})
			w.do(person, tasksPath+task.ID+"/decide", object{"outcome": decide(task), "opinion": "意见"})
		}
	}
	w.t.Fatalf("%s: the reviews do not end", id)
}

func (w *world) reviewer(task Task) string {
	for _, p := range worldPeople {
		kind := map[string]identity.Kind{agency: identity.Agency, government: identity.Government, supplier: identity.DataSupplier, operator: identity.Operator}[p.organization]
		if p.role == task.Role && kind == task.Kind {
			return personID(p.organization, p.role, 1)
		}
	}
	w.t.Fatalf("nobody for the task %s", task.Name)
	return ""
}

func approving(Task) string { return authorization.Approve }

// decided holds a meeting of a body on a case; agree, amend, defer, or refuse by voting against. It returns the meeting in the state called, if upTo says so.
func (w *world) decided(body, decision, id, how string) string {
	w.t.Helper()
	m := w.called(body, decision, id)
	w.opened(m, body)
	w.voted(m, body, how)
	return m
}

func meetingsAt(id, command string) string { return base + "/meetings/" + id + "/" + command }

func (w *world) called(body, decision, id string) string {
	w.t.Helper()
	return w.do(personID(body, identity.Secretary, 1), base+"/meetings", object{
		"body": body, "decision": decision, "title": "常务会议", "time": w.now.Load(), "place": "一号会议室", "items": []string{id},
	}).ID
}

func (w *world) opened(m, body string) {
	w.t.Helper()
	secretary := personID(body, identity.Secretary, 1)
	w.do(secretary, meetingsAt(m, "open"), object{})
	for _, person := range []string{personID(body, identity.Chair, 1), personID(body, identity.Member, 1), personID(body, identity.Member, 2)} {
		w.do(secretary, meetingsAt(m, "mark-present"), object{"person": person})
	}
}

func (w *world) voted(m, body, how string) {
	w.t.Helper()
	chair := personID(body, identity.Chair, 1)
	question, voice := object{"item": 1, "proposal": how}, "for"
	switch how {
	case "amend":
		question["directions"] = "补充材料"
	case "defer":
		question["reason"] = "待论证"
	case "refuse":
		question["proposal"], voice = "agree", "against"
	}
	w.do(chair, meetingsAt(m, "put-question"), question)
	for _, person := range []string{personID(body, identity.Member, 1), personID(body, identity.Member, 2), chair} {
		w.do(person, meetingsAt(m, "vote"), object{"item": 1, "vote": voice, "words": "意见"})
	}
	w.do(chair, meetingsAt(m, "conclude"), object{"item": 1, "reason": "按表决结果"})
}

func (w *world) minuted(m, body string) {
	w.t.Helper()
	w.do(personID(body, identity.Chair, 1), meetingsAt(m, "close"), object{})
	w.do(personID(body, identity.Secretary, 1), meetingsAt(m, "sign-minutes"), object{})
	w.do(personID(body, identity.Chair, 1), meetingsAt(m, "sign-minutes"), object{})
}

// mainline lists the states in which an authorisation stands one after the other, with what leads to each from the one before.
func (w *world) mainline() []step {
	hash := func(id string) object {
		c := into[struct {
			Content struct {
				Versions []struct {
					Hash string `json:"hash"`
				} `json:"agreement_versions"`
			} `json:"content"`
		}](w.t, w.get(theOfficer, base+"/authorizations/"+id))
		return object{"hash": c.Content.Versions[len(c.Content.Versions)-1].Hash}
	}
	return []step{
		{authorization.Submitted, func(id string) { w.do(theApplicant, authorizationsAt(id, "submit"), object{}) }},
		{authorization.Reviewing, func(id string) { w.do(theOfficer, authorizationsAt(id, "accept"), object{}) }},
		{authorization.AwaitingDecision, func(id string) { w.review(id, approving) }},
		{authorization.AgreementDrafting, func(id string) { w.minuted(w.decided(government, "major-decision", id, "agree"), government) }},
		{authorization.AgreementPending, func(id string) {
			w.do(theOfficer, authorizationsAt(id, "propose-agreement"), w.agreement())
			w.do(theApplicant, authorizationsAt(id, "agree-text"), hash(id))
		}},
		{authorization.Signing, func(id string) { w.minuted(w.decided(agency, "agreement", id, "agree"), agency) }},
		{authorization.ToBeFiled, func(id string) {
			w.do(theAgent, authorizationsAt(id, "sign"), hash(id))
			w.do(theSignatory, authorizationsAt(id, "sign"), hash(id))
		}},
		{authorization.Filed, func(id string) {
			w.do(theOfficer, authorizationsAt(id, "file"), object{"on": w.now.Load().Format("2006-01-02"), "with": "省数据局", "receipt": "示例1号"})
		}},
		{authorization.Operating, func(id string) { w.later(2, authorization.Kind, id) }},
	}
}

type step struct {
	state lifecycle.State
	take  func(id string)
}

// side lists how to reach the other states from one of the mainline.
func (w *world) side() map[lifecycle.State]struct {
	from lifecycle.State
	take func(id string)
} {
	type branch = struct {
		from lifecycle.State
		take func(id string)
	}
	reason := object{"reason": "理由"}
	return map[lifecycle.State]branch{
		authorization.Deleted: {authorization.Draft, func(id string) { w.do(theApplicant, authorizationsAt(id, "delete-draft"), object{}) }},
		authorization.Returned: {authorization.Submitted, func(id string) {
			w.do(theOfficer, authorizationsAt(id, "return"), object{"missing": []object{{"path": "purpose", "text": "请补充"}}})
		}},
		authorization.Refused:        {authorization.Submitted, func(id string) { w.do(theOfficer, authorizationsAt(id, "refuse"), reason) }},
		authorization.Withdrawn:      {authorization.Submitted, func(id string) { w.do(theApplicant, authorizationsAt(id, "withdraw"), reason) }},
		authorization.ReviewReturned: {authorization.Reviewing, func(id string) { w.review(id, func(Task) string { return authorization.Return }) }},
		authorization.Rejected:       {authorization.Reviewing, func(id string) { w.review(id, func(Task) string { return authorization.Reject }) }},
		authorization.Amending:       {authorization.AwaitingDecision, func(id string) { w.decided(government, "major-decision", id, "amend") }},
		authorization.Suspended: {authorization.Operating, func(id string) {
			w.do(theAdmin, authorizationsAt(id, "suspend"), object{"ground": "price", "authority": "局长办公会", "reason": "调查"})
		}},
		authorization.Exiting: {authorization.Operating, func(id string) {
			w.do(theSignatory, authorizationsAt(id, "waive"), object{"ground": "waiver", "statement": "不再经营"})
		}},
		authorization.Closed: {authorization.Exiting, func(id string) { w.exitIn(exit.Closed, id) }},
	}
}

// authorizationIn makes an authorisation in the state.
func (w *world) authorizationIn(state lifecycle.State) string {
	w.t.Helper()
	if b, ok := w.side()[state]; ok {
		id := w.authorizationIn(b.from)
		b.take(id)
		return w.stands(authorization.Kind, id, state)
	}
	id := w.drafted()
	if state == authorization.Draft {
		return id
	}
	for _, s := range w.mainline() {
		s.take(id)
		w.stands(authorization.Kind, id, s.state)
		if s.state == state {
			return id
		}
	}
	w.t.Fatalf("no way leads to %s", state)
	return ""
}

// stands checks the state of a case and returns its ID.
func (w *world) stands(kind lifecycle.Kind, id string, state lifecycle.State) string {
	w.t.Helper()
	view, err := w.store.GetCase(w.t.Context(), identity.System(), kind, id)
	w.must(err)
	if view.State != state {
		w.t.Fatalf("%s is in %s, not %s", id, view.State, state)
	}
	return id
}

// evidence uploads a file for who holds the person's token.
func (w *world) evidence(person, text string) string {
	w.t.Helper()
	w.keys++
	r := w.send(person, http.MethodPost, base+"/attachments?name=evidence.txt", []byte(text), "Content-Type", "text/plain", "Idempotency-Key", fmt.Sprint("evidence-", w.keys))
	if r.status != http.StatusCreated {
		w.t.Fatalf("upload: %d %s", r.status, r.body)
	}
	return into[Attachment](w.t, r).Digest
}

// meetingIn makes a meeting in the state.
func (w *world) meetingIn(state lifecycle.State) string {
	w.t.Helper()
	a := w.authorizationIn(authorization.AwaitingDecision)
	m := w.called(government, "major-decision", a)
	secretary := personID(government, identity.Secretary, 1)
	switch state {
	case meeting.Called:
	case meeting.Cancelled:
		w.do(secretary, meetingsAt(m, "cancel"), object{"reason": "改期"})
	case meeting.Inquorate:
		w.do(secretary, meetingsAt(m, "open"), object{})
		w.do(secretary, meetingsAt(m, "close"), object{})
	default:
		w.opened(m, government)
		if state == meeting.Open {
			break
		}
		w.voted(m, government, "agree")
		w.do(secretary, meetingsAt(m, "close"), object{})
		if state == meeting.Signed {
			w.do(secretary, meetingsAt(m, "sign-minutes"), object{})
			w.do(personID(government, identity.Chair, 1), meetingsAt(m, "sign-minutes"), object{})
		}
	}
	return w.stands(meeting.Kind, m, state)
}
