package complaint

import (
	"datacharter/domain/lifecycle"
)

// The events of a complaint, beside those of time limits.
type (
	// WasLodged opens the case.
	WasLodged struct {
		Title         string              `json:"title"`
		Authorization string              `json:"authorization,omitempty"`
		Agency        string              `json:"agency,omitempty"`  // which handles it; empty when supervisors alone do
		Against       string              `json:"against,omitempty"` // the organisation complained of
		Policy        lifecycle.PolicyRef `json:"policy"`
		About         About               `json:"about"`
		Facts         string              `json:"facts"`
		Name          string              `json:"name,omitempty"`
		Contact       string              `json:"contact,omitempty"`
		Secret        Secret              `json:"secret"`
	}
	// WasAccepted takes it up.
	WasAccepted struct{}
	// WasRefused ends it with a reason.
	WasRefused struct {
		Reason string `json:"reason"`
	}
	// WasAnswered ends it with an answer.
	WasAnswered struct {
		Outcome Outcome `json:"outcome"`
		Text    string  `json:"text"`
	}
	// WasChased asks for what is late.
	WasChased struct{}
)

// EventType implements lifecycle.Content.
func (WasLodged) EventType() string { return "complaint-lodged" }

// EventType implements lifecycle.Content.
func (WasAccepted) EventType() string { return "complaint-accepted" }

// EventType implements lifecycle.Content.
func (WasRefused) EventType() string { return "complaint-refused" }

// EventType implements lifecycle.Content.
func (WasAnswered) EventType() string { return "complaint-answered" }

// EventType implements lifecycle.Content.
func (WasChased) EventType() string { return "complaint-chased" }

// folds says how each event changes the case and what it sends out. Notices name the case alone.
func folds() []lifecycle.EventType[*Complaint] {
	type (
		C  = *Complaint
		at = lifecycle.Event
	)
	return []lifecycle.EventType[C]{
		lifecycle.InterestEvent[C](),
		lifecycle.Sending(lifecycle.On(func(c C, e WasLodged, _ at) {
			c.State, c.Title, c.Authorization, c.Agency, c.Against, c.Policy = Received, e.Title, e.Authorization, e.Agency, e.Against, e.Policy
			c.About, c.Facts, c.Name, c.Contact, c.Secret = e.About, e.Facts, e.Name, e.Contact, e.Secret
		}), tellLodged),
		lifecycle.On(func(c C, _ WasAccepted, at at) { c.State, c.Acceptance = Accepted, &Accepting{at.By, at.At} }),
		lifecycle.On(func(c C, e WasRefused, at at) { c.State, c.Refusal = Refused, &Reasoned{e.Reason, at.By, at.At} }),
		lifecycle.On(func(c C, e WasAnswered, at at) {
			c.State, c.Answer = Answered, &Answer{e.Outcome, e.Text, at.By, at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(c C, _ WasChased, _ at) { c.Chased++ }), tellChased),
	}
}

// told sends a notice to the handlers, and to the supervisors where these are others.
func (c *Complaint) told(subject string) effects {
	out := effects{lifecycle.Tell(c.handlers(), subject, "case", c.ID)}
	if c.Agency != "" {
		out = append(out, lifecycle.Tell(supervisors, subject, "case", c.ID))
	}
	return out
}

func tellLodged(c *Complaint, _ WasLodged, _ lifecycle.Event) effects {
	return c.told("complaint-lodged")
}

func tellChased(c *Complaint, _ WasChased, _ lifecycle.Event) effects {
	return c.told("complaint-late")
}
