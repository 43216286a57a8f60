package authorization

import (
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// dossier is exactly what the major decision is taken on: the application as reviewed, and the reviews' opinions.
type dossier struct {
	Case        string    `json:"case"`
	Application string    `json:"application"` // hash of the submission
	Opinions    []opinion `json:"opinions"`
}

type opinion struct {
	Review     string   `json:"review"`
	Outcome    string   `json:"outcome"`
	Opinion    string   `json:"opinion"`
	Conditions []string `json:"conditions,omitempty"`
}

func pendingDecision(a *Authorization, env lifecycle.Env) lifecycle.Pending {
	d := dossier{Case: a.ID, Application: a.latest().Hash}
	for _, t := range a.roundTasks() {
		d.Opinions = append(d.Opinions, opinion{Review: t.Name, Outcome: t.Outcome, Opinion: t.Opinion, Conditions: t.Conditions})
	}
	return lifecycle.Pending{Decision: resolution.MajorDecision, ContentHash: lifecycle.ContentHash(d), BodyKind: env.Policy.Decisions.Major.BodyKind}
}

// roundTasks are the finished reviews of the present round.
func (a *Authorization) roundTasks() []lifecycle.Task {
	var out []lifecycle.Task
	for _, t := range a.Tasks {
		if t.State == lifecycle.TaskDone && t.Round == a.Round {
			out = append(out, t)
		}
	}
	return out
}

// conditions are those attached to the approvals of the present round, without repeats.
func (a *Authorization) conditions() []string {
	var out []string
	for _, t := range a.roundTasks() {
		for _, c := range t.Conditions {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}
