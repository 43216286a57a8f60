package authorization

import (
	"slices"
	"time"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// How an authorisation and the findings of supervision on it speak: these tell it how they stand with RecordFinding, and it tells those that ask for a suspension
// or an exit with RecordConsequence that it came. When it has ended it concludes those that are open with ConcludeFinding: the operator may be gone, and there is
// nothing left to suspend or to leave.
const (
	RecordFinding     = "record-finding"
	RecordConsequence = "record-consequence"
	ConcludeFinding   = "conclude-with-authorization"
)

// FindingKind is the kind of those cases.
const FindingKind lifecycle.Kind = "finding"

// Asked is what a finding asks of the agency's administrator. It is stored: never rename one.
type Asked string

// What can be asked for.
const (
	AskedSuspension Asked = "suspension"
	AskedExit       Asked = "exit"
)

// The inputs between an authorisation and its findings.
type (
	// FindingState says how a finding stands.
	FindingState struct {
		Case    string          `json:"case"`
		Subject policy.Ground   `json:"subject"`
		State   lifecycle.State `json:"state"`            // of the finding
		Asks    Asked           `json:"asks,omitempty"`   // what waits to be carried out
		Ground  string          `json:"ground,omitempty"` // on which it is asked for
		Over    bool            `json:"over,omitempty"`   // closed
		Origin  string          `json:"origin,omitempty"` // what it follows from, such as inspection/3
	}
	// ConsequenceInput tells a finding what came of what it asked for.
	ConsequenceInput struct {
		Exit string `json:"exit,omitempty"` // the exit that was opened; empty for a suspension
	}
	// EndInput tells a finding that the authorisation has ended.
	EndInput struct {
		Exit string    `json:"exit"` // by which it ended
		At   time.Time `json:"at"`
	}
)

// FindingKnown is a finding as the authorisation knows it.
type FindingKnown struct {
	FindingState

	Since   time.Time `json:"since"`   // first told
	Changed time.Time `json:"changed"` // last told
}

// FindingRecorded records how a finding stands.
type FindingRecorded struct {
	Finding FindingState `json:"finding"`
}

// EventType implements lifecycle.Content.
func (FindingRecorded) EventType() string { return "finding-recorded" }

// recordFinding takes note of a finding.
func recordFinding(a *Authorization, in FindingState, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("case", in.Case, maxTitle)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if i := a.findingAt(in.Case); i >= 0 && a.Findings[i].FindingState == in {
		return nil, nil
	}
	return contents{FindingRecorded{in}}, nil
}

func (a *Authorization) findingAt(id string) int {
	return slices.IndexFunc(a.Findings, func(f FindingKnown) bool { return f.Case == id })
}

func (a *Authorization) recordFinding(in FindingState, at time.Time) {
	i := a.findingAt(in.Case)
	if i < 0 {
		i = len(a.Findings)
		a.Findings = append(a.Findings, FindingKnown{Since: at})
	}
	a.Findings[i].FindingState, a.Findings[i].Changed = in, at
}

// Asking lists the findings that ask for something which was not carried out yet.
func (a *Authorization) Asking(what Asked) []FindingKnown {
	var out []FindingKnown
	for _, f := range a.Findings {
		if f.Asks == what {
			out = append(out, f)
		}
	}
	return out
}

// proposing lists the findings that propose an exit.
func (a *Authorization) proposing() []string {
	var out []string
	for _, f := range a.Asking(AskedExit) {
		out = append(out, f.Case)
	}
	return out
}

// answerFinding tells a finding that what it asks for has come already, and one that was under way meanwhile that the authorisation has ended.
func answerFinding(a *Authorization, e FindingRecorded, _ lifecycle.Event) []lifecycle.Effect {
	out := a.answerAsked(e)
	if !e.Finding.Over {
		out = append(out, a.endFinding(e.Finding.Case)...)
	}
	return out
}

func (a *Authorization) answerAsked(e FindingRecorded) []lifecycle.Effect {
	request := a.ExitRequest()
	switch {
	case e.Finding.Asks == "":
		return nil
	case (a.State == Exiting || a.State == Closed) && request != nil:
		return []lifecycle.Effect{lifecycle.SendTo(FindingKind, e.Finding.Case, RecordConsequence, ConsequenceInput{Exit: request.Exit})}
	case a.State == Suspended && e.Finding.Asks == AskedSuspension:
		return []lifecycle.Effect{lifecycle.SendTo(FindingKind, e.Finding.Case, RecordConsequence, ConsequenceInput{})}
	default:
		return nil
	}
}

// tellFindings tells those that ask for a suspension that it came, or all that ask for anything of the exit.
func (a *Authorization) tellFindings(in ConsequenceInput) []lifecycle.Effect {
	var out []lifecycle.Effect
	for _, f := range a.Findings {
		if f.Asks == AskedSuspension || f.Asks == AskedExit && in.Exit != "" {
			out = append(out, lifecycle.SendTo(FindingKind, f.Case, RecordConsequence, in))
		}
	}
	return out
}

// endFindings tells those that are open that the authorisation has ended.
func (a *Authorization) endFindings() []lifecycle.Effect {
	var out []lifecycle.Effect
	for _, f := range a.Findings {
		if !f.Over {
			out = append(out, a.endFinding(f.Case)...)
		}
	}
	return out
}

// endFinding tells one of them, once the authorisation has ended.
func (a *Authorization) endFinding(id string) []lifecycle.Effect {
	if a.State != Closed || a.Ended == nil {
		return nil
	}
	return []lifecycle.Effect{lifecycle.SendTo(FindingKind, id, ConcludeFinding, EndInput{Exit: a.ExitRequest().Exit, At: a.Ended.At})}
}

func findingRules() []rule {
	granted := from{Filed, Operating, Suspended, Exiting, Closed}
	return []rule{{
		Command: RecordFinding, Words: words("记录监督问题", "record how a finding stands"), From: granted, To: granted, By: lifecycle.By(system),
		Emits: lifecycle.Emits(FindingRecorded{}), Decide: lifecycle.Decide(recordFinding),
	}}
}

func findingEvents() []lifecycle.EventType[*Authorization] {
	return []lifecycle.EventType[*Authorization]{
		lifecycle.Sending(lifecycle.On(func(a *Authorization, e FindingRecorded, at lifecycle.Event) { a.recordFinding(e.Finding, at.At) }), answerFinding),
	}
}
