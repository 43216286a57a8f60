package web

import (
	"strconv"

	"github.com/a-h/templ"

	"datacharter/domain/exit"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// stepOf is the step of the wind-down that a task is for; nil when it is for none any more.
func stepOf(c *exit.Exit, task string) *exit.Step {
	for i := range c.Steps {
		if c.Steps[i].Task == task {
			return &c.Steps[i]
		}
	}
	return nil
}

// stepRule is what a step of the wind-down demands.
func stepRule(p *taskPage, c *exit.Exit) *taskRule {
	step := stepOf(c, p.task.ID)
	if step == nil {
		return nil
	}
	words := step.Title
	needs := func(zh, en string) { words = text.Text{ZH: words.ZH + zh, EN: words.EN + en} }
	if step.NeedsProof {
		needs("。须提交证明材料", ". Proof must be attached")
	}
	if step.Code == exit.SettleAccounts {
		needs("。须逐项列明收支，收入合计应当等于支出合计", ". Every receipt and payment is listed; what was received equals what was paid out")
	}
	if step.Irreversible {
		needs("。本步骤完成后不可恢复", ". Once done, this step cannot be undone")
	}
	return &taskRule{words: text.Text{ZH: words.ZH + "。", EN: words.EN + "."}, article: source(step.Source)}
}

// shapeStep asks for what the step demands.
func shapeStep(a *act, c *exit.Exit) {
	var step *exit.Step
	if a.task != nil {
		step = stepOf(c, a.task.ID)
	}
	if step == nil || step.Code != exit.SettleAccounts {
		a.shapes["accounts"] = form.Shape{Omit: true}
	} else {
		a.shapes["accounts"] = form.Shape{Needed: true}
		a.shapes["accounts[].side"] = form.Shape{Kind: form.Select}
		a.shapes["accounts[].party"] = form.Shape{Kind: form.Select}
	}
	optional := step != nil && step.Optional
	a.shapes["nothing"] = form.Shape{Omit: !optional}
	if step != nil && step.NeedsProof && !optional {
		a.shapes["proof"] = form.Shape{Needed: true}
	}
}

// settlement is a settlement as it was filled in, with what each line leaves.
type settlement struct {
	lines      []settled
	difference int64 // fen; what was received less what was paid out
}

// settled is a line of a settlement with the balance after it, in fen.
type settled struct {
	exit.Line
	balance int64
}

// formCheck is the button that has a settlement checked; nothing is carried out.
const formCheck = "check"

// checkedAccounts adds up a settlement as it was filled in; nil when the visitor did not ask for that.
func checkedAccounts(a *act) *settlement {
	if !a.sent.Has(formCheck) {
		return nil
	}
	in, _ := form.Read(a.input, a.filled, a.shapes) // what cannot be read is said when the form is sent
	finish, ok := in.(*exit.FinishInput)
	if !ok {
		return nil
	}
	return settle(finish.Accounts)
}

func settle(lines []exit.Line) *settlement {
	out := &settlement{}
	for i, l := range lines {
		out.lines = append(out.lines, settled{Line: l, balance: exit.Balance(lines[:i+1])})
	}
	out.difference = exit.Balance(lines)
	return out
}

// yuanOf writes an amount of fen in yuan.
func yuanOf(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "−", -fen
	}
	const hundred = 100
	whole, rest := strconv.FormatInt(fen/hundred, 10), strconv.FormatInt(fen%hundred, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if len(rest) == 1 {
		rest = "0" + rest
	}
	return sign + whole + "." + rest
}

// stepMaterial is the exit: on which ground, how it was decided, and how far the wind-down is.
func (s *server) stepMaterial(p *taskPage, c *exit.Exit) (templ.Component, error) {
	var people, organizations, proofs []string
	for _, step := range c.Steps {
		proofs = append(proofs, step.Proof...)
		if step.DoneBy != nil {
			people, organizations = append(people, step.DoneBy.Person), append(organizations, step.DoneBy.Organization)
		}
	}
	if err := s.alsoName(p.casePage, people, organizations); err != nil {
		return nil, err
	}
	titles, err := s.Store.CaseTitles(p.ctx, p.actor, []string{c.Authorization})
	if err != nil {
		return nil, err
	}
	proof, err := s.Store.Attachments(p.ctx, p.actor, unique(proofs))
	return exitMaterial(p, c, titles[c.Authorization].Title, known{files: proof}), err
}
