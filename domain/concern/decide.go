package concern

import (
	"fmt"
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// Command is what somebody wants to do about a concern.
type Command struct {
	Action Action
	By     identity.By  // with the capacity of an answer
	Report *ReportInput // of raising a report
	Demand *DemandInput // of raising a demand
	Answer *AnswerInput
}

// Facts are what must be known to decide, besides what is stated.
type Facts struct {
	Today     calendar.Date
	Resources map[string]bool // of those named, which the catalogue has
	Files     map[string]bool // of the evidence, what an organisation of the person's uploaded
	Open      int             // concerns of the kind that the person raised and that wait for their last answer
	Supported bool            // the person supported the demand before
}

// Decide decides a command on a concern, or on a blank one of its kind to raise it; the entry's time is the caller's to fill in. The refusal names the
// fields at fault.
func Decide(c Concern, cmd Command, facts Facts) (Entry, *refusal.Refusal) {
	e := Entry{Number: c.Number + 1, Action: cmd.Action, State: c.State, Supports: c.Supports, By: cmd.By}
	var refused *refusal.Refusal
	switch cmd.Action {
	case Raise:
		e.State, refused = Open, raise(c, cmd, facts)
	case Answer:
		e.State, e.Answer, refused = cmd.Answer.Outcome, cmd.Answer, answer(c, cmd, facts)
	case Support:
		e.Supports, refused = e.Supports+1, support(c, cmd, facts)
	case Withdraw:
		e.State, refused = Withdrawn, withdraw(c, cmd)
	default:
		refused = refusal.UnknownCommand.With()
	}
	if refused != nil {
		return Entry{}, refused
	}
	return e, nil
}

func raise(c Concern, cmd Command, facts Facts) *refusal.Refusal {
	var f refusal.Faults
	if c.Kind == Report {
		cmd.Report.check(&f, facts)
	} else {
		cmd.Demand.check(&f, facts)
	}
	if r := f.Refusal(); r != nil {
		return r
	}
	if facts.Open >= MaxOpen {
		return refusal.TooManyOpen.With("max", fmt.Sprint(MaxOpen))
	}
	return nil
}

func answer(c Concern, cmd Command, facts Facts) *refusal.Refusal {
	var f refusal.Faults
	switch {
	case cmd.By.Person == c.Person:
		return refusal.OwnConcern.With()
	case len(c.Answers()) == 0:
		return refusal.NotInState.With()
	case !slices.Contains(c.Answers(), cmd.Answer.Outcome):
		refusal.Choice(&f, "outcome", cmd.Answer.Outcome, c.Answers()...)
	default:
		cmd.Answer.check(&f, facts)
	}
	return f.Refusal()
}

func support(c Concern, cmd Command, facts Facts) *refusal.Refusal {
	switch {
	case c.Kind != Demand:
		return refusal.UnknownCommand.With()
	case cmd.By.Person == c.Person:
		return refusal.OwnConcern.With()
	case len(c.Answers()) == 0:
		return refusal.NotInState.With()
	case facts.Supported:
		return refusal.SupportedBefore.With()
	default:
		return nil
	}
}

// withdraw refuses for a report that was confirmed: that the data is wrong stays true.
func withdraw(c Concern, cmd Command) *refusal.Refusal {
	switch {
	case cmd.By.Person != c.Person:
		return refusal.NotEntitled.With()
	case !c.MayWithdraw():
		return refusal.NotInState.With()
	default:
		return nil
	}
}

// MayWithdraw reports whether who raised the concern can take it back now.
func (c Concern) MayWithdraw() bool {
	return c.State == Open || c.Kind == Demand && c.State == Promised
}

// MaySupport reports whether somebody who did not before could support the concern now.
func (c Concern) MaySupport(person string) bool {
	return c.Kind == Demand && len(c.Answers()) > 0 && c.Person != person
}
