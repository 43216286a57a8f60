package demo

import (
	"context"
	"fmt"
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// openedFor has an administrator open the exit on a ground, with evidence.
func openedFor(ground string) step {
	return func(ctx context.Context, w *walk) error {
		evidence, err := w.file(ctx, administrator, "违约情况调查记录")
		if err != nil {
			return err
		}
		return w.give(ctx, administrator, "open-exit", authorization.ExitInput{
			Ground: ground, Statement: "经查，运营机构未履行协议约定的义务。", Evidence: []string{evidence},
		})
	}
}

// waived has the operator give the authorisation up.
func waived(ctx context.Context, w *walk) error {
	return w.give(ctx, w.by.signs, "waive", authorization.ExitInput{Ground: "waiver", Statement: "经营方向调整，放弃授权。"})
}

var consensual = authorization.ExitInput{Ground: "consent", Statement: "建议双方协商终止协议。"}

// endedByAgency has the agency propose to end by agreement, and the operator consent.
func endedByAgency(ctx context.Context, w *walk) error {
	if err := w.give(ctx, officer, "propose-exit", consensual); err != nil {
		return err
	}
	return w.give(ctx, w.by.signs, "consent-exit", nil)
}

// endedByOperator has the operator propose to end by agreement; the agency declines at first and then consents.
func endedByOperator(ctx context.Context, w *walk) error {
	if err := w.give(ctx, w.by.applies, "propose-exit", consensual); err != nil {
		return err
	}
	if err := w.give(ctx, officer, "decline-exit", authorization.ReasonInput{Reason: "本年度运营报告尚未报送。"}); err != nil {
		return err
	}
	if err := reported(ctx, w); err != nil {
		return err
	}
	if err := w.give(ctx, w.by.applies, "propose-exit", consensual); err != nil {
		return err
	}
	return w.give(ctx, agencySigns, "consent-exit", nil)
}

// expired waits for the end of the term, which opens the exit by itself.
func expired(ctx context.Context, w *walk) error { return w.until(ctx, authorization.Exiting) }

// exitPath is where the exit under way is found.
func (w *walk) exitPath() (string, error) {
	a, err := w.content()
	if err != nil {
		return "", err
	}
	request := a.ExitRequest()
	if request == nil {
		return "", fmt.Errorf("%s has no exit", w.seen.ID)
	}
	return base + "exits/" + request.Exit, nil
}

// untilExit waits for the exit to come to a state.
func (w *walk) untilExit(ctx context.Context, state lifecycle.State) (string, *Case, error) {
	path, err := w.exitPath()
	if err != nil {
		return "", nil, err
	}
	seen, err := w.client.await(ctx, officer, path, "to be "+string(state), func(c *Case) bool { return c.State == state })
	return path, seen, err
}

// defended has the operator state its defence, with evidence, and waive the rest of the period.
func defended(ctx context.Context, w *walk) error {
	path, _, err := w.untilExit(ctx, exit.Hearing)
	if err != nil {
		return err
	}
	evidence, err := w.file(ctx, w.by.signs, "整改情况说明")
	if err != nil {
		return err
	}
	defence := exit.DefenceInput{
		Points: []string{"所称情形发生于平台升级期间，已于当日整改。", "未造成数据泄露。"}, Attachments: []string{evidence},
	}
	if _, err := w.client.give(ctx, w.by.signs, path+"/state-defence", defence); err != nil {
		return err
	}
	_, err = w.client.give(ctx, w.by.applies, path+"/waive-defence", nil)
	return err
}

// terminated has the exit decided, and the decision served.
func terminated(ctx context.Context, w *walk) error {
	path, seen, err := w.judged(ctx, exit.Terminate, "事实清楚，证据充分，决定终止授权。", false)
	if err != nil {
		return err
	}
	var e exit.Exit
	if err := seen.into(&e); err != nil {
		return err
	}
	proof, err := w.file(ctx, officer, "送达回证")
	if err != nil {
		return err
	}
	service := exit.ServiceInput{Date: calendar.DateOf(e.Decision.At).String(), How: "直接送达", Proof: proof}
	_, err = w.client.give(ctx, officer, path+"/serve-decision", service)
	return err
}

// continued has the exit decided so that the authorisation goes on, once all is undone.
func continued(ctx context.Context, w *walk) error {
	if _, _, err := w.judged(ctx, exit.Continue, "运营机构已整改，不予终止。", true); err != nil {
		return err
	}
	return w.until(ctx, authorization.Operating)
}

// judged has the exit decided by somebody who neither asked for it nor agreed to it.
func (w *walk) judged(ctx context.Context, verdict exit.Verdict, reasons string, accepted bool) (string, *Case, error) {
	path, seen, err := w.untilExit(ctx, exit.Deciding)
	if err != nil {
		return path, seen, err
	}
	var e exit.Exit
	if err := seen.into(&e); err != nil {
		return path, seen, err
	}
	decision := exit.DecisionInput{Outcome: verdict, Reasons: reasons}
	for _, s := range e.Defence.Statements {
		for range s.Points {
			decision.Answers = append(decision.Answers, exit.Answer{Accepted: accepted, Text: "已核实，详见理由。"})
		}
	}
	seen, err = w.client.give(ctx, exitDecider, path+"/decide", decision)
	return path, seen, err
}

// stopped has an administrator stop the exit while the operator may still be heard; operation goes on, once all is undone.
func stopped(ctx context.Context, w *walk) error {
	path, _, err := w.untilExit(ctx, exit.Hearing)
	if err != nil {
		return err
	}
	if _, err := w.client.give(ctx, administrator, path+"/stop", exit.ReasonInput{Reason: "启动依据有误，停止退出。"}); err != nil {
		return err
	}
	return w.until(ctx, authorization.Operating)
}

// woundDown has every step of the wind-down taken that people take, until the authorisation is closed.
func woundDown(ctx context.Context, w *walk) error {
	return w.windDown(ctx, func(lifecycle.Task) bool { return true })
}

// woundDownAlone has the agency take the operator's steps too, once they have fallen to it.
func woundDownAlone(ctx context.Context, w *walk) error {
	return w.windDown(ctx, func(t lifecycle.Task) bool { return t.Kind == identity.Agency })
}

func (w *walk) windDown(ctx context.Context, taken func(lifecycle.Task) bool) error {
	path, err := w.exitPath()
	if err != nil {
		return err
	}
	due := func(t lifecycle.Task) bool { return t.Active() && taken(t) }
	for {
		over := func(c *Case) bool { return c.State == exit.Surviving || c.State == exit.Closed }
		turn := func(c *Case) bool { return over(c) || slices.ContainsFunc(c.Tasks, due) }
		seen, err := w.client.await(ctx, officer, path, "to be closed, or to have a task", turn)
		if err != nil {
			return err
		}
		if over(seen) {
			return w.until(ctx, authorization.Closed)
		}
		task := seen.Tasks[slices.IndexFunc(seen.Tasks, due)]
		// Meanwhile it may fall to the agency, or the system come to its end with a step that fell to it, the last one even.
		if err := w.finish(ctx, task); err != nil && !refusedWith(err, "task-over", "not-in-state") {
			return err
		}
	}
}

// finish takes one step of the wind-down with its proof.
func (w *walk) finish(ctx context.Context, task lifecycle.Task) error {
	person, err := w.client.claim(ctx, task)
	if err != nil {
		return err
	}
	proof, err := w.file(ctx, person, "清退证明("+task.Title.ZH+")")
	if err != nil {
		return err
	}
	done := finish{Proof: []string{proof}, Note: "已完成。"}
	if task.Name == exit.SettleAccounts {
		done.Accounts = settlement
	} else {
		done.Certificate = fmt.Sprintf("删字%03d号", w.no+1)
	}
	_, err = w.client.onTask(ctx, person, task, "finish-step", done)
	return err
}

// finish is the input of the command finish-step.
type finish struct {
	Proof       []string    `json:"proof"`
	Certificate string      `json:"certificate,omitempty"`
	Accounts    []exit.Line `json:"accounts,omitempty"`
	Note        string      `json:"note"`
}

// settlement balances: what was received was paid out.
var settlement = []exit.Line{
	{Side: exit.Received, Party: identity.Public, Item: "运营收入", Fen: 900_000},
	{Side: exit.Paid, Party: identity.Operator, Item: "运营机构分成", Fen: 720_000},
	{Side: exit.Paid, Party: identity.Agency, Item: "实施机构分成", Fen: 180_000},
}
