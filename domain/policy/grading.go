package policy

import (
	"slices"

	"datacharter/domain/text"
)

// Grading holds what follows when a resource is graded higher while plans and authorisations rest on it.
type Grading struct {
	Regraded []Regrading `yaml:"regraded" json:"regraded"`
}

// Regrading says what stops where a resource is now of a grade.
type Regrading struct {
	Source `yaml:",inline"`
	Grade  string    `yaml:"grade" json:"grade"` // core or important
	Stops  []Stop    `yaml:"stops" json:"stops"`
	Rule   text.Text `yaml:"rule" json:"rule"`
}

// Stop is something that stops.
type Stop string

// What can stop.
const (
	StopApplications Stop = "applications" // a plan takes no applications
	StopProgress     Stop = "progress"     // applications and agreements go no further
	StopListing      Stop = "listing"      // no product is listed
	StopAccess       Stop = "access"       // the operator's access is suspended
)

// Stops lists what can stop.
var Stops = []Stop{StopApplications, StopProgress, StopListing, StopAccess}

// Stops lists what stops at a grade; nothing in a profile older than these rules.
func (g *Grading) Stops(grade string) []Stop {
	if g == nil {
		return nil
	}
	for _, r := range g.Regraded {
		if r.Grade == grade {
			return slices.Clone(r.Stops)
		}
	}
	return nil
}
