package api

import (
	"slices"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

func exitsAt(id, command string) string { return base + "/exits/" + id + "/" + command }

// exitIn brings the exit of an authorisation to a state, as its workflow would where it is the system's turn; without an authorisation
// it opens one on a ground that goes against the operator. It returns the exit's ID.
func (w *world) exitIn(state lifecycle.State, of ...string) string {
	w.t.Helper()
	if len(of) == 0 {
		id := w.authorizationIn(authorization.Operating)
		w.do(theAdmin, authorizationsAt(id, "open-exit"), object{
			"ground": "beyond-scope", "statement": "超范围使用", "evidence": []string{w.evidence(theAdmin, "evidence of "+id)},
		})
		of = []string{id}
	}
	a := into[Case](w.t, w.get(theAuditor, base+"/authorizations/"+of[0]))
	exits := a.Content.(object)["exits"].([]any)
	id := exits[len(exits)-1].(object)["exit"].(string)
	w.system(exit.Kind, id, "open", exit.OpenInput{Authorization: of[0]})
	adverse := exits[0].(object)["trigger"] == "administrator"
	steps := []step{
		{exit.Opened, func(string) {}},
		{exit.Hearing, func(id string) {
			if adverse {
				w.system(exit.Kind, id, "note-interim", exit.ResultInput{Result: "suspended"})
				w.system(authorization.Kind, of[0], "set-access", authorization.AccessInput{Access: authorization.AccessSuspended})
			}
			w.system(exit.Kind, id, "note-notice", exit.ResultInput{Result: "told"})
		}},
		{exit.Deciding, func(id string) {
			if adverse {
				w.do(theApplicant, exitsAt(id, "state-defence"), object{"points": []string{"并未超范围"}})
				w.do(theApplicant, exitsAt(id, "waive-defence"), object{})
			}
		}},
		{exit.Decided, func(id string) {
			decision := object{"outcome": "terminate", "reasons": "查明属实"}
			if adverse {
				decision["answers"] = []object{{"accepted": false, "text": "与日志不符"}}
			}
			w.do(theDecider, exitsAt(id, "decide"), decision)
		}},
		{exit.Served, func(id string) {
			w.do(theOfficer, exitsAt(id, "serve-decision"), object{
				"date": w.now.Load().Format("2006-01-02"), "how": "直接送达", "proof": w.evidence(theOfficer, "receipt of "+id),
			})
		}},
		{exit.WindingDown, func(id string) { w.system(exit.Kind, id, "begin-wind-down", exit.Nothing{}) }},
		{exit.Closed, func(id string) { w.windDown(id, of[0]) }},
	}
	if state == exit.Stopping || state == exit.Stopped {
		w.do(theAdmin, exitsAt(id, "stop"), object{"reason": "撤销"})
		if state == exit.Stopped {
			w.system(exit.Kind, id, "conclude-stop", exit.Nothing{})
		}
		return w.stands(exit.Kind, id, state)
	}
	for _, s := range steps {
		s.take(id)
		if s.state == state {
			return w.stands(exit.Kind, id, state)
		}
	}
	w.t.Fatalf("no way leads to %s", state)
	return ""
}

// windDown takes every step of an exit.
func (w *world) windDown(id, authorizationID string) {
	w.t.Helper()
	view, err := w.store.GetCase(w.t.Context(), identity.System(), exit.Kind, id)
	w.must(err)
	subject, err := exit.Machine.Decode(view.Data)
	w.must(err)
	for _, s := range subject.(*exit.Exit).StepsLeft() {
		w.system(exit.Kind, id, "open-step", exit.StepInput{Step: s.Code})
		if s.By == "system" {
			switch s.Code {
			case "close-access":
				w.system(authorization.Kind, authorizationID, "set-access", authorization.AccessInput{Access: authorization.AccessClosed})
			case "delist-products":
				w.system(authorization.Kind, authorizationID, "delist-all", authorization.Nothing{})
			}
			w.system(exit.Kind, id, "note-step", exit.StepResultInput{Step: s.Code, Result: "done"})
			continue
		}
		c := into[Case](w.t, w.get(theAuditor, base+"/exits/"+id))
		task := c.Tasks[slices.IndexFunc(c.Tasks, func(t Task) bool { return t.Active() })]
		person := w.reviewer(task)
		w.do(person, tasksPath+task.ID+"/claim", object{})
		finish := object{"proof": []string{w.evidence(person, "proof of "+task.ID)}, "note": "完成"}
		if strings.Contains(s.Code, "delete") {
			finish["certificate"] = "示例证明1号"
		}
		if s.Code == "settle-accounts" {
			finish["accounts"] = []object{
				{"side": "received", "party": "public", "item": "收入", "fen": 100}, {"side": "paid", "party": "agency", "item": "分成", "fen": 100},
			}
		}
		w.do(person, tasksPath+task.ID+"/finish-step", finish)
	}
	w.system(exit.Kind, id, "close", exit.Nothing{})
}
