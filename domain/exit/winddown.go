package exit

import (
	"slices"
	"strings"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// finished is the outcome of a task whose step was done.
const finished = "done"

var allStepsDone = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "清退步骤全部完成", EN: "every step of the wind-down is done"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		if len(c.StepsLeft()) > 0 {
			return refusal.ExitStepsLeft.With()
		}
		return nil
	},
}

func beginWindDown(*Exit, Nothing, lifecycle.Env) (contents, refused) {
	return contents{WindDownBegun{}}, nil
}

// next returns the step when it is the one to be taken now: the order is part of the rule, since nothing may be deleted or settled
// while data still flows.
func (c *Exit) next(code string) (Step, refused) {
	if c.InFull() {
		return c.nextInFull(code)
	}
	left := c.StepsLeft()
	if len(left) == 0 || left[0].Code != code {
		return Step{}, refusal.ExitStepOrder.With()
	}
	return left[0], nil
}

// Ready lists the steps that may be taken now: those not done whose predecessors are. In the plain order that is the first one left; while the
// decision's effect is stayed none may start, and those that were begun go on.
func (c *Exit) Ready() []Step {
	var out []Step
	for _, s := range c.StepsLeft() {
		if (!c.Paused() || s.State == StepOpen) && c.follows(s) {
			out = append(out, s)
		}
		if !c.InFull() {
			break
		}
	}
	return out
}

// follows reports whether all steps are done that must be before it.
func (c *Exit) follows(s Step) bool {
	for _, code := range s.After {
		if before := c.find(code); before != nil && before.State != StepDone {
			return false
		}
	}
	return true
}

func (c *Exit) nextInFull(code string) (Step, refused) {
	s := c.find(code)
	if s == nil || s.State == StepDone || !c.follows(*s) {
		return Step{}, refusal.ExitStepOrder.With()
	}
	return *s, nil
}

// openStep opens a task for a step that people take. A step of the system is opened only for its limit to run, so that one that
// keeps failing is escalated.
func openStep(c *Exit, in StepInput, env lifecycle.Env) (contents, refused) {
	s, r := c.next(in.Step)
	if r != nil {
		return nil, r
	}
	if s.State != StepPending {
		return nil, refusal.ExitNoted.With()
	}
	if c.Paused() {
		return nil, refusal.ExitStayed.With()
	}
	if s.By == policy.ByPeople {
		return c.assign(s, s.Kind, s.Role, s.LimitName(), env), nil
	}
	out := contents{StepBegun{Step: s.Code}}
	if s.Limit != nil {
		administrators := c.agency(identity.Administrator)
		out = append(out, env.Limit(s.LimitName(), *s.Limit, administrators, administrators))
	}
	return out, nil
}

// assign gives people a task for a step; the profile sets each such step a limit.
func (c *Exit) assign(s Step, kind identity.Kind, role identity.Role, limit string, env lifecycle.Env) contents {
	holders := lifecycle.Recipients{Kind: kind, Organization: c.organization(kind), Role: role}
	task := c.NewTask(env.Opened, lifecycle.Task{
		Name: s.Code, Title: s.Title, Kind: kind, Organization: holders.Organization, Role: role, Deadline: limit,
	}, env.Now)
	return contents{
		StepBegun{Step: s.Code, Task: task.Task.ID},
		task,
		env.Limit(limit, *s.Limit, holders, c.agency(identity.Administrator)),
	}
}

// takeOver hands a step that the operator let pass to the agency, lest an operator that is gone or unwilling keep the exit from closing.
func (c *Exit) takeOver(limit string, env lifecycle.Env) contents {
	for _, s := range c.Steps {
		if s.LimitName() == limit && c.InFull() && s.By == policy.BySystem && s.State == StepOpen {
			return c.assign(s, identity.Agency, identity.CaseOfficer, "agency-"+limit, env)
		}
		if s.LimitName() == limit && s.Kind == identity.Operator {
			dropped := lifecycle.TaskDropped{Task: s.Task}
			return append(contents{dropped}, c.assign(s, identity.Agency, identity.CaseOfficer, "agency-"+limit, env)...)
		}
	}
	return nil
}

// organization is the one that takes a step: the case's own of its kind; of another kind, any organisation entitled.
func (c *Exit) organization(kind identity.Kind) string {
	switch kind {
	case identity.Operator:
		return c.Applicant
	case identity.Agency:
		return c.Agency
	default:
		return ""
	}
}

func noteStep(c *Exit, in StepResultInput, _ lifecycle.Env) (contents, refused) {
	s, r := c.next(in.Step)
	if r != nil {
		return nil, r
	}
	if s.By != policy.BySystem {
		return nil, refusal.ExitStepDoer.With()
	}
	if s.State == StepPending && (c.Paused() || c.State == Reinstating) { // one under way comes to its end
		return nil, refusal.ExitStayed.With()
	}
	out := append(contents{StepFinished{Step: s.Code, Note: in.Result}}, c.EndDeadlines(s.LimitName(), "agency-"+s.LimitName())...)
	if t := c.Task(s.Task); t != nil && t.Active() { // somebody was to take it over
		out = append(out, lifecycle.TaskDropped{Task: t.ID})
	}
	return result(in.Result, out...)
}

func needFinishFiles(_ *Exit, in FinishInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: in.Proof}
}

func finishStep(c *Exit, in FinishInput, env lifecycle.Env) (contents, refused) {
	s := c.Steps[slices.IndexFunc(c.Steps, func(s Step) bool { return s.Task == in.Task })] // every task belongs to a step
	var f refusal.Faults
	f.Unless(!s.NeedsProof || in.Nothing || len(in.Proof) > 0, refusal.Required.At("proof"))
	f.Unless(!in.Nothing || s.Optional, refusal.ExitNotOptional.At("nothing"))
	byHand := s.By == policy.BySystem // taken over: what was done is said, since nothing else proves it
	f.Unless(!in.Nothing && !byHand || strings.TrimSpace(in.Note) != "", refusal.Required.At("note"))
	env.CheckFiles(&f, "proof", in.Proof, env.By.Organization)
	f.AtMost("certificate", in.Certificate, maxCertificate)
	f.AtMost("note", in.Note, maxText)
	f.Unless(s.Code != SettleAccounts || len(in.Accounts) > 0, refusal.Required.At("accounts"))
	checkAccounts(&f, "accounts", in.Accounts)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{
		lifecycle.TaskFinished{Task: in.Task, Outcome: finished, Opinion: in.Note},
		StepFinished{Step: s.Code, Proof: in.Proof, Certificate: in.Certificate, Accounts: in.Accounts, Note: in.Note, Nothing: in.Nothing},
	}
	return append(out, c.EndDeadlines(c.Task(in.Task).Deadline)...), nil
}

func closeExit(c *Exit, _ Nothing, env lifecycle.Env) (contents, refused) {
	if c.InFull() {
		return closeInFull(c, env), nil
	}
	return contents{ExitEnded{Outcome: OutcomeClosed}}, nil
}
