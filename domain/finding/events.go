package finding

import (
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
		Facts         string              `json:"facts"`
		Evidence      []string            `json:"evidence,omitempty"`
		Uses          *Uses               `json:"uses,omitempty"`
	}
	// UsesGathered adds uses of the same sort.
	UsesGathered struct {
		Uses Uses `json:"uses"` // all so far
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
	// ExitNoted closes the case with the exit that an administrator opened.
	ExitNoted struct {
		Exit string `json:"exit"`
	}
)

// EventType implements lifecycle.Content.
func (WasRaised) EventType() string { return "finding-raised" }

// EventType implements lifecycle.Content.
func (UsesGathered) EventType() string { return "finding-uses-gathered" }

// EventType implements lifecycle.Content.
func (WasDismissed) EventType() string { return "finding-dismissed" }

// EventType implements lifecycle.Content.
func (RectificationOrdered) EventType() string { return "rectification-ordered" }

// EventType implements lifecycle.Content.
func (EvidenceHandedIn) EventType() string { return "rectification-handed-in" }

// EventType implements lifecycle.Content.
func (WasInspected) EventType() string { return "rectification-inspected" }

// EventType implements lifecycle.Content.
func (ExitNoted) EventType() string { return "finding-exit-noted" }

// after is where each result of an inspection leads.
var after = map[Result]lifecycle.State{ResultLifted: Lifted, ResultExtended: Rectifying, ResultSuspended: Suspended, ResultExit: ExitProposed}

func folds() []lifecycle.EventType[*Finding] {
	type F = *Finding
	tell := func(to lifecycle.Recipients, subject string, f F) lifecycle.Effect {
		return lifecycle.Tell(to, subject, "case", f.ID)
	}
	return []lifecycle.EventType[F]{
		lifecycle.InterestEvent[F](),
		lifecycle.Sending(lifecycle.On(func(f F, e WasRaised, at lifecycle.Event) {
			f.State, f.Title, f.Applicant, f.Agency, f.Policy = Raised, e.Title, e.Applicant, e.Agency, e.Policy
			f.Authorization, f.Subject, f.Facts, f.Evidence, f.Uses, f.RaisedBy = e.Authorization, e.Subject, e.Facts, e.Evidence, e.Uses, at.By
		}), func(f F, _ WasRaised, _ lifecycle.Event) []lifecycle.Effect {
			return []lifecycle.Effect{tell(f.raisers(), "finding-raised", f)}
		}),
		lifecycle.On(func(f F, e UsesGathered, _ lifecycle.Event) { f.Uses = &e.Uses }),
		lifecycle.On(func(f F, e WasDismissed, at lifecycle.Event) {
			f.State, f.Dismissal = Dismissed, &Reasoned{e.Reason, at.By, at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(f F, e RectificationOrdered, at lifecycle.Event) {
			f.State, f.Order = Rectifying, &Order{e.Measures, at.By, at.At}
		}), func(f F, _ RectificationOrdered, _ lifecycle.Event) []lifecycle.Effect {
			return []lifecycle.Effect{tell(f.operators(), "rectification-ordered", f)}
		}),
		lifecycle.Sending(lifecycle.On(func(f F, e EvidenceHandedIn, at lifecycle.Event) {
			f.State, f.Handed = Reinspecting, append(f.Handed, HandedIn{e.Statement, e.Evidence, at.By, at.At})
		}), func(f F, _ EvidenceHandedIn, _ lifecycle.Event) []lifecycle.Effect {
			return []lifecycle.Effect{tell(f.raisers(), "rectification-handed-in", f)}
		}),
		lifecycle.Sending(lifecycle.On(func(f F, e WasInspected, at lifecycle.Event) {
			f.State = after[e.Result]
			f.Inspections = append(f.Inspections, Inspection{e.Result, e.Opinion, e.Ground, at.By, at.At})
			f.Acted(reinspection, at.By.Person)
			if e.Result == ResultExtended {
				f.Extended = &Reasoned{e.Opinion, at.By, at.At}
			}
		}), func(f F, e WasInspected, _ lifecycle.Event) []lifecycle.Effect {
			out := []lifecycle.Effect{tell(f.operators(), "rectification-inspected", f)}
			if e.Result == ResultSuspended || e.Result == ResultExit {
				out = append(out, tell(f.administrators(), "finding-consequence", f))
			}
			return out
		}),
		lifecycle.On(func(f F, e ExitNoted, _ lifecycle.Event) { f.State, f.Exit = Exited, e.Exit }),
	}
}
