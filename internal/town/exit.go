package town

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// ExitIn makes an exit in the state, on a ground that goes against the operator, and returns its ID.
func (w *Town) ExitIn(state lifecycle.State) string {
	w.t.Helper()
	id := w.AuthorizationIn(authorization.Operating)
	ground := map[lifecycle.State]string{exit.Curing: "breach", exit.Resolving: "public-interest"}[state]
	w.Authorization(Administrator, id, "open-exit", Object{
		"ground": cmp.Or(ground, "beyond-scope"), "statement": "超范围使用", "evidence": []string{w.Evidence(Administrator, "evidence of "+id)},
	})
	return w.ExitOf(id, state)
}

// ExitOf brings the exit of an authorisation, which has just been asked for, to the state – as its workflow would where it is the system's turn – and
// returns its ID.
func (w *Town) ExitOf(of string, state lifecycle.State) string {
	w.t.Helper()
	request := w.Case(authorization.Kind, of).(*authorization.Authorization).ExitRequest()
	id := request.Exit
	w.System(exit.Kind, id, "open", exit.OpenInput{Authorization: of})
	if state == exit.Stopping || state == exit.Stopped {
		w.Do(Administrator, exit.Kind, id, "stop", Object{"reason": "撤销"})
		if state == exit.Stopped {
			w.System(exit.Kind, id, "conclude-stop", exit.Nothing{})
		}
		return w.Stands(exit.Kind, id, state)
	}
	if steps := w.exitBranch(state); steps != nil {
		steps(id)
		return w.Stands(exit.Kind, id, state)
	}
	for _, s := range w.exitSteps(of, request.Trigger == policy.ByAdministrator) {
		s.take(id)
		if s.state == state {
			return w.Stands(exit.Kind, id, state)
		}
	}
	w.t.Fatalf("no way leads to %s", state)
	return ""
}

// exitSteps lists the states in which an exit stands one after the other, with what leads to each; one that goes against the operator hears him.
func (w *Town) exitSteps(of string, adverse bool) []step {
	return []step{
		{exit.Opened, func(string) {}},
		{exit.Hearing, func(id string) {
			if adverse {
				w.System(exit.Kind, id, "note-interim", exit.ResultInput{Result: string(exit.SuspensionOrdered)})
				w.System(authorization.Kind, of, "set-access", authorization.AccessInput{Access: authorization.AccessSuspended})
			}
			w.System(exit.Kind, id, "note-notice", exit.ResultInput{Result: string(exit.NoticeSent)})
		}},
		{exit.Deciding, func(id string) {
			if adverse {
				w.Do(Applicant, exit.Kind, id, "state-defence", Object{"points": []string{"并未超范围"}})
				w.Do(Applicant, exit.Kind, id, "waive-defence", Object{})
			}
		}},
		{exit.Decided, func(id string) {
			decision := Object{"outcome": "terminate", "reasons": "查明属实"}
			if adverse {
				decision["answers"] = []Object{{"accepted": false, "text": "与日志不符"}}
			}
			w.Do(Decider, exit.Kind, id, "decide", decision)
		}},
		{exit.Served, func(id string) {
			w.Do(Officer, exit.Kind, id, "serve-decision", Object{
				"date": w.Now().Format(time.DateOnly), "how": "直接送达", "proof": w.Evidence(Officer, "receipt of "+id),
			})
		}},
		{exit.WindingDown, func(id string) { w.System(exit.Kind, id, "begin-wind-down", exit.Nothing{}) }},
		{exit.Surviving, func(id string) { w.windDown(id, of) }},
		{exit.Closed, func(id string) { w.outlive(id) }},
	}
}

// exitBranch leads an exit that was opened to a state off the main way; nil when it is on it.
func (w *Town) exitBranch(state lifecycle.State) func(id string) {
	notice := func(id string) {
		w.System(exit.Kind, id, "note-notice", exit.ResultInput{Result: string(exit.NoticeSent)})
	}
	switch state {
	case exit.Curing:
		return notice
	case exit.InHearing:
		return func(id string) {
			notice(id)
			w.Do(Applicant, exit.Kind, id, "request-hearing", Object{"reason": "要求听证"})
			w.Do(Applicant, exit.Kind, id, "waive-defence", Object{})
		}
	case exit.Resolving:
		return func(id string) {
			notice(id)
			w.Do(Applicant, exit.Kind, id, "waive-defence", Object{})
		}
	case exit.Reinstating:
		return func(id string) {
			notice(id)
			w.Do(Applicant, exit.Kind, id, "waive-defence", Object{})
			w.Do(Decider, exit.Kind, id, "decide", Object{"outcome": "terminate", "reasons": "查明属实", "ban_months": 12})
			today := w.Now().Format(time.DateOnly)
			w.Do(Officer, exit.Kind, id, "serve-decision", Object{"date": today, "how": "直接送达", "proof": w.Evidence(Officer, "receipt of "+id)})
			w.System(exit.Kind, id, "begin-wind-down", exit.Nothing{})
			w.Do(Officer, exit.Kind, id, "note-review", Object{"kind": "suit", "body": "示例市人民法院", "number": "（2026）示行初1号", "date": today})
			w.Do(Officer, exit.Kind, id, "note-review-result", Object{
				"review": 1, "result": "annulled", "date": today, "document": "（2026）示行初1号", "proof": w.Evidence(Officer, "judgment of "+id),
			})
			w.Do(Decider, exit.Kind, id, "reinstate", Object{"review": 1, "reference": "示数〔2026〕9号", "reasons": "执行判决"})
		}
	default:
		return nil
	}
}

// outlive lets every duty come to its end, years later; the town's clock then goes on where it was.
func (w *Town) outlive(id string) {
	w.t.Helper()
	defer w.SetNow(w.Now())
	for w.Case(exit.Kind, id).Head().State == exit.Surviving {
		at, _ := w.Case(exit.Kind, id).Head().WakeAt()
		w.SetNow(at)
		w.System(exit.Kind, id, lifecycle.Tick, exit.Nothing{})
	}
}

// windDown takes every step of an exit.
func (w *Town) windDown(id, of string) {
	w.t.Helper()
	for _, s := range w.Case(exit.Kind, id).(*exit.Exit).StepsLeft() {
		w.System(exit.Kind, id, "open-step", exit.StepInput{Step: s.Code})
		if s.By == "system" {
			switch s.Code {
			case "close-access":
				w.System(authorization.Kind, of, "set-access", authorization.AccessInput{Access: authorization.AccessClosed})
			case "delist-products":
				w.System(authorization.Kind, of, "delist-all", authorization.Nothing{})
			}
			w.System(exit.Kind, id, "note-step", exit.StepResultInput{Step: s.Code, Result: string(exit.StepTaken)})
			continue
		}
		c := w.Case(exit.Kind, id)
		tasks := c.Head().Tasks
		task := tasks[slices.IndexFunc(tasks, lifecycle.Task.Active)]
		person := w.Reviewer(task)
		w.onTask(person, c, exit.Kind, task.ID, "claim", Object{})
		finish := Object{"proof": []string{w.Evidence(person, "proof of "+task.ID)}, "note": "完成"}
		if strings.Contains(s.Code, "delete") {
			finish["certificate"] = "示例证明1号"
		}
		if s.Code == "settle-accounts" {
			finish["accounts"] = []Object{
				{"side": "received", "party": "public", "item": "收入", "fen": 100}, {"side": "paid", "party": "agency", "item": "分成", "fen": 100},
			}
		}
		w.onTask(person, c, exit.Kind, task.ID, "finish-step", finish)
	}
	w.System(exit.Kind, id, "close", exit.Nothing{})
}
