package grading

import "time"

// LastRaised is when the grade was last raised, or first set above general; false when it never was. Nothing that began later rests on a lower grade.
func LastRaised(history []Grading) (at time.Time, raised bool) {
	before := General
	for _, g := range history {
		if g.Grade.Above(before) {
			at, raised = g.At, true
		}
		before = g.Grade
	}
	return at, raised
}

// RaisedSince reports whether a resource is protected more now than it was then, by its history in the order of time: its grade was raised, or it was
// first graded, and not as general data (动态更新, Annex J). What rests on the former grade must be looked at again.
func RaisedSince(history []Grading, then time.Time) bool {
	if len(history) == 0 {
		return false
	}
	before := General
	for _, g := range history {
		if !g.At.After(then) {
			before = g.Grade
		}
	}
	return history[len(history)-1].Grade.Above(before)
}
