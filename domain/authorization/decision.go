package authorization

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
)

// ResolutionRecorded is the only event that moves a case past a collective decision.
type ResolutionRecorded struct {
	Resolution resolution.Resolution `json:"resolution"`
	Hash       string                `json:"hash"`
	State      lifecycle.State       `json:"state"`
	Pending    *lifecycle.Pending    `json:"pending,omitempty"`
}

// EventType implements lifecycle.Content.
func (ResolutionRecorded) EventType() string { return "resolution-recorded" }

// recordResolution takes a resolution of a meeting after checking it as if nobody were to be trusted: its votes are counted anew
// against the profile's threshold, it must have decided exactly the content that this case waits with, it counts once,
// and nobody may have voted who acted in another step of this case.
func recordResolution(a *Authorization, in resolution.Resolution, env lifecycle.Env) (contents, refused) {
	taken := make([]string, len(a.Resolutions))
	for i, r := range a.Resolutions {
		taken[i] = r.Resolution.ID
	}
	if r := resolution.Receive(in, &a.Header, taken, env.Policy); r != nil {
		return nil, r
	}
	if in.Decision == resolution.Agreement {
		return agreementResolved(a, in, env), nil
	}
	return majorResolved(a, in, env), nil
}

func majorResolved(a *Authorization, in resolution.Resolution, env lifecycle.Env) contents {
	recorded := ResolutionRecorded{Resolution: in, Hash: in.Hash()}
	out := a.EndDeadlines(awaited)
	switch in.Outcome {
	case resolution.Agreed:
		recorded.State = AgreementDrafting
		out = append(out, env.Limit(drafting, env.Policy.Agreement.Drafting, a.officers(), a.administrators()))
	case resolution.Amended:
		recorded.State = Amending
		out = append(out, env.Limit(completion, env.Policy.Review.Completion, a.applicants(), a.officers()))
	case resolution.Deferred:
		recorded.State, recorded.Pending = AwaitingDecision, a.Pending
		out = append(out, majorLimit(a, env))
	case resolution.Refused:
		recorded.State = Refused
	}
	return append(contents{recorded}, out...)
}

func agreementResolved(a *Authorization, in resolution.Resolution, env lifecycle.Env) contents {
	recorded := ResolutionRecorded{Resolution: in, Hash: in.Hash()}
	out := a.EndDeadlines(agreementAwaited)
	switch in.Outcome {
	case resolution.Agreed:
		recorded.State = Signing
		out = append(out, env.Limit(signing, env.Policy.Agreement.Signing, a.applicants(), a.administrators()))
	case resolution.Amended:
		recorded.State = AgreementDrafting
		out = append(out, env.Limit(drafting, env.Policy.Agreement.Drafting, a.officers(), a.administrators()))
	case resolution.Deferred:
		recorded.State, recorded.Pending = AgreementPending, a.Pending
		out = append(out, agreementLimit(a, env))
	case resolution.Refused:
		recorded.State = Refused
	}
	return append(contents{recorded}, out...)
}

// firstBody is the organisation that took the major decision; it may not decide on the agreement too (27号 Art. 13).
func (a *Authorization) firstBody(rules policy.Decision) string {
	if !rules.AnotherBody {
		return ""
	}
	for _, r := range a.Resolutions {
		if r.Resolution.Decision == resolution.MajorDecision && r.Resolution.Outcome == resolution.Agreed {
			return r.Resolution.Body
		}
	}
	return ""
}

func decisionEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e ResolutionRecorded, _ lifecycle.Event) {
				a.State, a.Pending = e.State, e.Pending
				a.Resolutions = append(a.Resolutions, Resolved{Hash: e.Hash, Resolution: e.Resolution})
				a.Deciders = append(a.Deciders, e.Resolution.Body)
				for _, v := range e.Resolution.Votes {
					a.Acted(resolution.Step(e.Resolution.Decision), v.Person)
				}
				if e.State == Refused {
					a.Outcome = "refused-by-vote"
				}
			}),
			func(a A, _ ResolutionRecorded, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "resolution-recorded"), tell(a, a.officers(), "resolution-recorded")...)
			}),
	}
}
