package authorization

import (
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Incident is an emergency suspension (紧急暂停): one person suspended at once, without those who decide on a suspension otherwise. It stays on the authorisation
// for good, whatever its review came to.
type Incident struct {
	No       int             `json:"no"` // 1, 2 …
	Ground   string          `json:"ground"`
	Reason   string          `json:"reason"`
	Evidence []string        `json:"evidence,omitempty"`
	By       identity.By     `json:"by"`
	At       time.Time       `json:"at"`
	Review   *IncidentReview `json:"review,omitempty"` // nil while it is due
}

// IncidentReview is what somebody else made of it afterwards.
type IncidentReview struct {
	Result  IncidentResult `json:"result"`
	Opinion string         `json:"opinion"`
	By      identity.By    `json:"by"`
	At      time.Time      `json:"at"`
}

// IncidentResult is what the review of an emergency suspension came to. It is stored: never rename one.
type IncidentResult string

// The results.
const (
	IncidentConfirmed IncidentResult = "confirmed" // it stays suspended, as if the administrator had ordered it
	IncidentLifted    IncidentResult = "lifted"
)

// The inputs.
type (
	// IncidentInput suspends at once.
	IncidentInput struct {
		Ground   string   `json:"ground" maxLength:"100" doc:"a suspension ground of the policy profile"`
		Reason   string   `json:"reason" maxLength:"4000" doc:"what happened, and why it cannot wait"`
		Evidence []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// ReviewInput reviews an emergency suspension.
	ReviewInput struct {
		Opinion string `json:"opinion" maxLength:"4000"`
	}
)

// The events.
type (
	// SuspendedAtOnce suspends operation in an emergency.
	SuspendedAtOnce struct {
		Suspension Suspension `json:"suspension"`
	}
	// IncidentReviewed records the review.
	IncidentReviewed struct {
		Result  IncidentResult `json:"result"`
		Opinion string         `json:"opinion"`
	}
)

// EventType implements lifecycle.Content.
func (SuspendedAtOnce) EventType() string { return "suspended-at-once" }

// EventType implements lifecycle.Content.
func (IncidentReviewed) EventType() string { return "incident-reviewed" }

const incidentReview = "incident-review"

// Incident returns the emergency suspension whose review is due, or nil.
func (a *Authorization) Incident() *Incident {
	if n := len(a.Incidents); n > 0 && a.Incidents[n-1].Review == nil {
		return &a.Incidents[n-1]
	}
	return nil
}

// breaksGlass lets those alone suspend at once whom the profile names.
var breaksGlass = guard{
	Words: words("规则方案允许其紧急暂停", "the profile lets the role suspend at once"),
	Check: func(_ *Authorization, env lifecycle.Env) refused {
		if rules := env.Policy.Supervision; rules == nil || !slices.Contains(rules.Incident.SuspendedBy, env.By.Role) {
			return refusal.IncidentNotRuled.With()
		}
		return nil
	},
}

// underReview: there is an emergency suspension to review, and the reviewer is another person, whom the profile lets review.
var underReview = guard{
	Words: words("有待复核的紧急暂停，由另一人复核", "an emergency suspension is to be reviewed, by another person"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		i := a.Incident()
		switch {
		case i == nil:
			return refusal.NoIncident.With()
		case i.By.Person == env.By.Person:
			return refusal.OwnIncident.With()
		case env.Policy.Supervision == nil || !slices.Contains(env.Policy.Supervision.Incident.ReviewedBy, env.By.Role):
			return refusal.IncidentNotRuled.With()
		default:
			return nil
		}
	},
}

// reviewed: no emergency suspension waits for its review, by which alone it is lifted.
var reviewed = guard{
	Words: words("没有待复核的紧急暂停", "no emergency suspension is to be reviewed"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if a.Incident() != nil {
			return refusal.IncidentOpen.With()
		}
		return nil
	},
}

func suspendAtOnce(a *Authorization, in IncidentInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(slices.ContainsFunc(env.Policy.Operation.SuspensionGrounds, func(g policy.Ground) bool { return g.Code == in.Ground }), refusal.NotAGround.At("ground"))
	f.Text("reason", in.Reason, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	s := Suspension{Ground: in.Ground, Reason: in.Reason, Evidence: in.Evidence, At: env.Now, By: env.By, Incident: len(a.Incidents) + 1}
	out := append(contents{SuspendedAtOnce{Suspension: s}}, a.hold(env)...)
	return append(out, env.Limit(incidentReview, env.Policy.Supervision.Incident.Review, a.administrators(), supervisors)), nil
}

func confirmIncident(a *Authorization, in ReviewInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("opinion", in.Opinion, maxStatement)
	return append(contents{IncidentReviewed{IncidentConfirmed, in.Opinion}}, a.EndDeadlines(incidentReview)...), f.Refusal()
}

func liftIncident(a *Authorization, in ReviewInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("opinion", in.Opinion, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(a.heldBack(contents{IncidentReviewed{IncidentLifted, in.Opinion}}), a.EndDeadlines(termCap, incidentReview)...)
	return append(out, a.restart(env)...), nil
}

// supervisors are those of every supervising organisation.
var supervisors = lifecycle.Recipients{Kind: identity.Supervisor, Role: identity.Auditor}

// tellIncident tells everybody who would have been asked or told before a suspension in the ordinary way.
func tellIncident(a *Authorization, _ SuspendedAtOnce, _ lifecycle.Event) []lifecycle.Effect {
	out := tell(a, a.applicants(), "suspended-at-once")
	for _, to := range []lifecycle.Recipients{
		{Organization: a.Applicant, Role: identity.OperatorSignatory},
		a.administrators(), a.officers(),
		{Organization: a.Agency, Role: identity.AgencySignatory},
		{Organization: a.Agency, Role: identity.ExitDecider},
		supervisors,
	} {
		out = append(out, tell(a, to, "suspended-at-once")...)
	}
	return slices.Concat(out, a.tellProducts(StandsSuspended), a.tellFindings(ConsequenceInput{}))
}

func tellReviewed(a *Authorization, e IncidentReviewed, _ lifecycle.Event) []lifecycle.Effect {
	out := slices.Concat(tell(a, a.applicants(), "incident-reviewed"), tell(a, lifecycle.Recipients{Person: a.Incidents[len(a.Incidents)-1].By.Person}, "incident-reviewed"))
	if e.Result == IncidentLifted {
		out = append(out, a.tellProducts(StandsOperating)...)
	}
	return out
}

func incidentRules() []rule {
	reviewers := lifecycle.By(administrator, auditor)
	return []rule{
		{
			Command: "suspend-at-once", Words: words("紧急暂停", "suspend at once"), From: from{Operating}, To: to{Suspended}, By: lifecycle.By(officer, administrator, auditor),
			Guards: []guard{breaksGlass}, Emits: lifecycle.Emits(SuspendedAtOnce{}),
			Decide: lifecycle.Needing(lifecycle.Decide(suspendAtOnce), func(_ *Authorization, in IncidentInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		},
		{
			Command: "confirm-incident", Words: words("复核并维持紧急暂停", "confirm the emergency suspension"), From: from{Suspended, Exiting}, To: to{Suspended, Exiting}, By: reviewers,
			Guards: []guard{underReview}, Emits: lifecycle.Emits(IncidentReviewed{}), Decide: lifecycle.Decide(confirmIncident),
		},
		{
			Command: "lift-incident", Words: words("复核并解除紧急暂停", "lift the emergency suspension"), From: from{Suspended}, To: to{Operating}, By: reviewers,
			Guards: []guard{underReview}, Emits: lifecycle.Emits(IncidentReviewed{}, AccessSet{}), Decide: lifecycle.Decide(liftIncident),
		},
	}
}

func incidentEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(lifecycle.On(func(a A, e SuspendedAtOnce, at lifecycle.Event) {
			s := e.Suspension
			a.State, a.Suspension, a.Access = Suspended, &s, AccessSuspended
			a.Incidents = append(a.Incidents, Incident{No: s.Incident, Ground: s.Ground, Reason: s.Reason, Evidence: s.Evidence, By: s.By, At: at.At})
		}), tellIncident),
		lifecycle.Sending(lifecycle.On(func(a A, e IncidentReviewed, at lifecycle.Event) {
			a.Incidents[len(a.Incidents)-1].Review = &IncidentReview{Result: e.Result, Opinion: e.Opinion, By: at.By, At: at.At}
			if e.Result == IncidentLifted {
				a.State, a.Suspension, a.Access = Operating, nil, AccessOpen
			}
		}), tellReviewed),
	}
}
