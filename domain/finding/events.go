package finding

import (
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// The events of a finding, beside those of time limits.
type (
	// WasRaised opens the case.
	WasRaised struct {
		Authorization string              `json:"authorization"`
		Title         string              `json:"title"`
		Applicant     string              `json:"applicant"`
		Agency        string              `json:"agency"`
		Policy        lifecycle.PolicyRef `json:"policy"`
		Subject       policy.Ground       `json:"subject"`
		Found         Found               `json:"found_by"`
		Facts         string              `json:"facts,omitempty"`
		Evidence      []string            `json:"evidence,omitempty"`
		Uses          *Uses               `json:"uses,omitempty"`
		Origin        Origin              `json:"origin,omitempty"`
	}
	// UsesGathered adds uses of the same sort.
	UsesGathered struct {
		Uses Uses `json:"uses"` // all so far
	}
	// UsesPassedOn hands uses that came after the finding was closed on to the one that follows it.
	UsesPassedOn struct {
		Successor string    `json:"successor"`
		Uses      UsesInput `json:"uses"`
	}
	// WasDismissed ends it without an order.
	WasDismissed struct {
		Reason string `json:"reason"`
	}
	// RectificationOrdered orders the operator to mend it.
	RectificationOrdered struct {
		Measures string `json:"measures"`
	}
	// EvidenceHandedIn says what the operator did.
	EvidenceHandedIn struct {
		Statement string   `json:"statement"`
		Evidence  []string `json:"evidence"`
	}
	// WasInspected records the inspection after it, and what follows.
	WasInspected struct {
		Result  Result `json:"result"`
		Opinion string `json:"opinion"`
		Ground  string `json:"ground,omitempty"`
	}
	// ConsequenceTook says that the authorisation was suspended as asked, or that its exit was opened.
	ConsequenceTook struct {
		Exit string `json:"exit,omitempty"` // empty for a suspension
	}
	// ConsequenceDeclined sends what was asked for back to be inspected again.
	ConsequenceDeclined struct {
		Reason string `json:"reason"`
	}
	// WasConcluded ends it with its authorisation.
	WasConcluded struct {
		End End `json:"end"`
	}
)

// EventType implements lifecycle.Content.
func (WasRaised) EventType() string { return "finding-raised" }

// EventType implements lifecycle.Content.
func (UsesGathered) EventType() string { return "finding-uses-gathered" }

// EventType implements lifecycle.Content.
func (UsesPassedOn) EventType() string { return "finding-uses-passed-on" }

// EventType implements lifecycle.Content.
func (WasDismissed) EventType() string { return "finding-dismissed" }

// EventType implements lifecycle.Content.
func (RectificationOrdered) EventType() string { return "rectification-ordered" }

// EventType implements lifecycle.Content.
func (EvidenceHandedIn) EventType() string { return "rectification-handed-in" }

// EventType implements lifecycle.Content.
func (WasInspected) EventType() string { return "rectification-inspected" }

// EventType implements lifecycle.Content.
func (ConsequenceTook) EventType() string { return "finding-consequence-taken" }

// EventType implements lifecycle.Content.
func (ConsequenceDeclined) EventType() string { return "finding-consequence-declined" }

// EventType implements lifecycle.Content.
func (WasConcluded) EventType() string { return "finding-concluded" }

// after is where each result of an inspection leads.
var after = map[Result]lifecycle.State{ResultLifted: Lifted, ResultExtended: Rectifying, ResultSuspended: Suspended, ResultExit: ExitProposed}

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Finding] {
	type (
		F  = *Finding
		at = lifecycle.Event
	)
	return []lifecycle.EventType[F]{
		lifecycle.InterestEvent[F](),
		lifecycle.Sending(lifecycle.On(func(f F, e WasRaised, at at) {
			f.State, f.Title, f.Applicant, f.Agency, f.Policy = Raised, e.Title, e.Applicant, e.Agency, e.Policy
			f.Authorization, f.Subject, f.Found, f.Facts, f.Evidence, f.Uses, f.Origin, f.RaisedBy = e.Authorization, e.Subject, e.Found, e.Facts, e.Evidence, e.Uses, e.Origin, at.By
		}), tellRaised),
		lifecycle.On(func(f F, e UsesGathered, _ at) { f.Uses = &e.Uses }),
		lifecycle.Sending(lifecycle.On(func(f F, e UsesPassedOn, _ at) { f.Successor = e.Successor }), passUses),
		lifecycle.Sending(lifecycle.On(func(f F, e WasDismissed, at at) {
			f.State, f.Dismissal = Dismissed, &Reasoned{e.Reason, at.By, at.At}
		}), report[WasDismissed]),
		lifecycle.Sending(lifecycle.On(func(f F, e RectificationOrdered, at at) {
			f.State, f.Order = Rectifying, &Order{e.Measures, at.By, at.At}
		}), tellOrdered),
		lifecycle.Sending(lifecycle.On(func(f F, e EvidenceHandedIn, at at) {
			f.State, f.Handed = Reinspecting, append(f.Handed, HandedIn{e.Statement, e.Evidence, at.By, at.At})
		}), tellHandedIn),
		lifecycle.Sending(lifecycle.On(func(f F, e WasInspected, at at) {
			f.State, f.Taken = after[e.Result], nil
			f.Inspections = append(f.Inspections, Inspection{e.Result, e.Opinion, e.Ground, at.By, at.At})
			f.Acted(reinspection, at.By.Person)
			if e.Result == ResultExtended {
				f.Extended = &Reasoned{e.Opinion, at.By, at.At}
			}
		}), tellInspected),
		lifecycle.Sending(lifecycle.On(func(f F, e ConsequenceTook, at at) {
			f.Taken = &Taken{e.Exit, at.At}
			if f.State == ExitProposed {
				f.State = Exited
			}
		}), report[ConsequenceTook]),
		lifecycle.Sending(lifecycle.On(func(f F, e ConsequenceDeclined, at at) {
			f.State, f.Declined = Reinspecting, append(f.Declined, Reasoned{e.Reason, at.By, at.At})
		}), tellDeclined),
		lifecycle.Sending(lifecycle.On(func(f F, e WasConcluded, _ at) { f.State, f.End = Ended, &e.End }), tellConcluded),
	}
}

func (f *Finding) tell(to lifecycle.Recipients, subject string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, "case", f.ID)
}

// report tells the authorisation where the finding stands: its page lists it, and what is asked for is carried out there.
func report[E lifecycle.Content](f *Finding, _ E, _ lifecycle.Event) effects {
	state := authorization.FindingState{Case: f.ID, Subject: f.Subject, State: f.State, Asks: f.Asks(), Over: !openState(f.State), Origin: string(f.Origin)}
	if n := len(f.Inspections); n > 0 && state.Asks != "" {
		state.Ground = f.Inspections[n-1].Ground
	}
	return effects{lifecycle.SendTo(authorization.Kind, f.Authorization, authorization.RecordFinding, state)}
}

func tellRaised(f *Finding, e WasRaised, at lifecycle.Event) effects {
	return append(report(f, e, at), f.tell(f.raisers(), "finding-raised"))
}

// passUses gives the uses to the next finding of their sort.
func passUses(_ *Finding, e UsesPassedOn, _ lifecycle.Event) effects {
	return effects{lifecycle.SendTo(Kind, e.Successor, GatherUses, e.Uses)}
}

func tellOrdered(f *Finding, e RectificationOrdered, at lifecycle.Event) effects {
	return append(report(f, e, at), f.tell(f.operators(), "rectification-ordered"))
}

func tellHandedIn(f *Finding, e EvidenceHandedIn, at lifecycle.Event) effects {
	return append(report(f, e, at), f.tell(f.raisers(), "rectification-handed-in"))
}

func tellInspected(f *Finding, e WasInspected, at lifecycle.Event) effects {
	out := append(report(f, e, at), f.tell(f.operators(), "rectification-inspected"))
	if e.Result == ResultSuspended || e.Result == ResultExit {
		out = append(out, f.tell(f.administrators(), "finding-consequence"))
	}
	return out
}

func tellDeclined(f *Finding, e ConsequenceDeclined, at lifecycle.Event) effects {
	return append(report(f, e, at), f.tell(f.raisers(), "finding-consequence-declined"))
}

func tellConcluded(f *Finding, e WasConcluded, at lifecycle.Event) effects {
	return append(report(f, e, at), f.tell(f.raisers(), "finding-concluded"), f.tell(f.operators(), "finding-concluded"))
}
