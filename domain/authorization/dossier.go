package authorization

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// dossier is exactly what the major decision is taken on: the application as reviewed, and the reviews' opinions.
type dossier struct {
	Case        string           `json:"case"`
	Application string           `json:"application"` // hash of the submission
	Opinions    []review.Opinion `json:"opinions"`
}

func pendingDecision(a *Authorization, opinions []review.Opinion, env lifecycle.Env) lifecycle.Pending {
	d := dossier{Case: a.ID, Application: a.latest().Hash, Opinions: opinions}
	return lifecycle.Pending{Decision: resolution.MajorDecision, ContentHash: lifecycle.ContentHash(d), BodyKind: env.Policy.Decisions.Major.BodyKind}
}
