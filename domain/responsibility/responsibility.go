// Package responsibility says who answers for what under one authorisation: the profile's duties by stage, held by the organisations that are its parties, with
// management and operation kept apart (管运适度分离; 中办发〔2024〕67号 (11)).
package responsibility

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Party is an organisation in the part that it has in an authorisation. A data supplier is known by the name that the catalogue gives it, without an ID.
type Party struct {
	Kind identity.Kind `json:"kind"`
	ID   string        `json:"id,omitempty"`
	Name string        `json:"name"`
}

// Matrix is who answers for what, by stage.
type Matrix []Stage

// Stage is one stage with its duties.
type Stage struct {
	Code   string    `json:"code"`
	Title  text.Text `json:"title"`
	Duties []Duty    `json:"duties"`
}

// Duty is a duty of the profile with the organisations that answer for it.
type Duty struct {
	policy.AssignedDuty

	Held []Party `json:"held"` // empty where no organisation of the kinds is known
}

// Of is the matrix of an authorisation with these parties.
func Of(rules *policy.Responsibility, parties []Party) Matrix {
	var out Matrix
	for _, s := range rules.Stages {
		stage := Stage{Code: s.Code, Title: s.Title}
		for _, d := range s.Duties {
			duty := Duty{AssignedDuty: d, Held: []Party{}}
			for _, k := range d.Parties {
				for _, p := range parties {
					if p.Kind == k {
						duty.Held = append(duty.Held, p)
					}
				}
			}
			stage.Duties = append(stage.Duties, duty)
		}
		out = append(out, stage)
	}
	return out
}

// Clashing lists the places, among the parties, of those that manage under the authorisation and are the very organisation that operates. A profile has management
// duties for every kind but the operator, so that the part alone tells.
func Clashing(parties []Party) []int {
	var out []int
	for i, p := range parties {
		operates := func(o Party) bool { return o.Kind == identity.Operator && o.same(p) }
		if p.Kind != identity.Operator && slices.ContainsFunc(parties, operates) {
			out = append(out, i)
		}
	}
	return out
}

// same reports whether both are one organisation: by ID, or by name where one is known by its name alone.
func (p Party) same(o Party) bool {
	if p.ID != "" && o.ID != "" {
		return p.ID == o.ID
	}
	return p.Name != "" && p.Name == o.Name
}
