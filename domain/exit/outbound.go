package exit

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// authorization is the kind that an exit reports to.
const authorization lifecycle.Kind = "authorization"

// Result is the input of the authorisation's command record-exit-outcome.
type Result struct {
	Exit      string         `json:"exit"`
	Outcome   Outcome        `json:"outcome"`
	Ground    string         `json:"ground"`
	Way       string         `json:"way"`
	Effective *calendar.Date `json:"effective,omitempty"` // day of service of a decision to terminate; nil on expiry and without exit
	At        time.Time      `json:"at"`
}

// PublicEntry is what the public record says of an exit: nothing of persons, evidence, reasons or defence.
type PublicEntry struct {
	Authorization string        `json:"authorization"`
	Operator      string        `json:"operator"` // organisation
	Agency        string        `json:"agency"`
	Ground        text.Text     `json:"ground"`
	Way           string        `json:"way"`
	Notified      calendar.Date `json:"notified"`
	Decided       calendar.Date `json:"decided,omitzero"`
	Served        calendar.Date `json:"served,omitzero"`
}

type effects = []lifecycle.Effect

// tell makes a notice with the parameters that all notices of an exit have.
func (c *Exit) tell(to lifecycle.Recipients, subject string, pairs ...string) lifecycle.Effect {
	common := []string{"case", c.ID, "authorization", c.Authorization, "ground_zh", c.Ground.Title.ZH, "ground_en", c.Ground.Title.EN}
	return lifecycle.Tell(to, subject, append(common, pairs...)...)
}

// due is the last day of a time limit that was started.
func (c *Exit) due(limit string) string { return c.Deadline(limit).Due.On.String() }

func (c *Exit) tellDeciders() lifecycle.Effect {
	return c.tell(c.agency(identity.ExitDecider), "exit-decision-due", "due", c.due(decisionLimit))
}

func tellSuspended(c *Exit, _ InterimNoted, _ lifecycle.Event) effects {
	return effects{c.tell(c.operator(), "exit-access-suspended")}
}

func tellNotice(c *Exit, e NoticeServed, _ lifecycle.Event) effects {
	switch e.State {
	case Hearing:
		return effects{c.tell(c.operator(), "exit-notice-adverse", "due", c.due(statementLimit))}
	case Curing:
		return effects{c.tell(c.operator(), "exit-notice-cure", "due", c.due(cureLimit))}
	case Resolving:
		return effects{c.tell(c.operator(), "exit-notice")}
	case Deciding:
		return effects{c.tell(c.operator(), "exit-notice"), c.tellDeciders()}
	default:
		return effects{c.tell(c.operator(), "exit-notice-expiry")}
	}
}

func tellDefence(c *Exit, _ DefenceStated, _ lifecycle.Event) effects {
	return effects{c.tell(c.agency(identity.CaseOfficer), "exit-defence-stated")}
}

func tellDefenceClosed(c *Exit, _ DefenceClosed, _ lifecycle.Event) effects {
	out := effects{c.tell(c.operator(), "exit-defence-closed")}
	if c.State == Deciding { // a hearing or a meeting comes first in an exit in full
		out = append(out, c.tellDeciders())
	}
	return out
}

func tellDecision(c *Exit, e DecisionTaken, _ lifecycle.Event) effects {
	if e.Verdict == Continue {
		return effects{c.tell(c.operator(), "exit-decided-continue"), c.tell(c.agency(identity.CaseOfficer), "exit-decided-continue")}
	}
	return effects{c.tell(c.agency(identity.CaseOfficer), "exit-decision-to-serve", "due", c.due(serviceLimit))}
}

// tellServed goes out once the decision was served: until then the operator has not received it.
func tellServed(c *Exit, e DecisionServed, _ lifecycle.Event) effects {
	return effects{c.tell(c.operator(), "exit-decision-served", "served", e.Service.Date.String(),
		"remedies_zh", c.Decision.Remedies.Rule.ZH, "remedies_en", c.Decision.Remedies.Rule.EN)}
}

func tellWindDown(c *Exit, _ WindDownBegun, _ lifecycle.Event) effects {
	return effects{c.tell(c.operator(), "exit-wind-down"), c.tell(c.agency(identity.CaseOfficer), "exit-wind-down")}
}

func publishStep(c *Exit, e StepFinished, _ lifecycle.Event) effects {
	if e.Step != PublicNotice {
		return nil
	}
	entry := PublicEntry{
		Authorization: c.Authorization, Operator: c.Applicant, Agency: c.Agency, Ground: c.Ground.Title, Way: c.Ground.Way,
		Notified: calendar.DateOf(c.measure(Notice).At),
	}
	if c.Decision != nil {
		entry.Decided, entry.Served = calendar.DateOf(c.Decision.At), c.Service.Date
	}
	return effects{lifecycle.Publish("exit-public-notice", entry)}
}

func tellStop(c *Exit, _ StopOrdered, _ lifecycle.Event) effects {
	return effects{c.tell(c.agency(identity.CaseOfficer), "exit-stop-ordered")}
}

func tellUndone(c *Exit, e MeasureUndone, _ lifecycle.Event) effects {
	if e.Measure == Interim {
		return effects{c.tell(c.operator(), "exit-access-restored")}
	}
	return effects{c.tell(c.operator(), "exit-notice-withdrawn")}
}

// report brings the outcome back to the authorisation, which tells people of an exit's opening and its end.
func report(c *Exit, e ExitEnded, at lifecycle.Event) effects {
	result := Result{Exit: c.ID, Outcome: e.Outcome, Ground: c.Ground.Code, Way: c.Ground.Way, At: at.At}
	if c.Service != nil {
		result.Effective = &c.Service.Date
	}
	return effects{lifecycle.SendTo(authorization, c.Authorization, "record-exit-outcome", result)}
}
