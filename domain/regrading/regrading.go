// Package regrading is what reaches a case when a resource that it rests on is classified and graded anew: what is lacking by the new grade, and what the
// profile says stops until it is there.
package regrading

import (
	"slices"
	"time"

	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Command is the command by which the system tells a case.
const Command = "record-regrading"

// Input says how a resource is graded now and what it lacks by that to be provided.
type Input struct {
	Resource string        `json:"resource"`
	Number   int64         `json:"number"` // of the grading
	Grade    grading.Grade `json:"grade"`
	Lacks    []string      `json:"lacks,omitempty"` // codes of grading.Requirements
}

// Recorded is the event: Stops is what stops while the resource is so graded and lacks what it does.
type Recorded struct {
	Input
	Stops []policy.Stop `json:"stops,omitempty"`
}

// EventType implements lifecycle.Content.
func (Recorded) EventType() string { return "regrading-recorded" }

// Flag marks a case for a resource that lacks something by its present grade.
type Flag struct {
	Recorded
	At time.Time `json:"at"`
}

// Rule is the rule by which a case takes note, in the states in which a kind can rest on resources. What becomes of a resource on which the case does not
// rest any more is nothing to it.
func Rule[S lifecycle.Case](states []lifecycle.State, rests func(S) []string, flags func(S) []Flag, follows func(S, Recorded, lifecycle.Env) []lifecycle.Content, emits ...lifecycle.Content) lifecycle.Rule[S] {
	return lifecycle.Rule[S]{
		Command: Command, Words: text.Text{ZH: "记录资源重新定级", EN: "record the regrading of a resource"}, From: states, To: states,
		By: lifecycle.By(lifecycle.TheSystem), Emits: lifecycle.Emits(append([]lifecycle.Content{Recorded{}}, emits...)...),
		Decide: lifecycle.Decide(func(c S, in Input, env lifecycle.Env) ([]lifecycle.Content, *refusal.Refusal) {
			known := slices.ContainsFunc(flags(c), func(f Flag) bool { return f.Resource == in.Resource })
			if !slices.Contains(rests(c), in.Resource) || len(in.Lacks) == 0 && !known {
				return nil, nil
			}
			e := Recorded{Input: in}
			if len(in.Lacks) > 0 {
				e.Stops = env.Policy.Grading.Stops(string(in.Grade))
			}
			return append([]lifecycle.Content{e}, follows(c, e, env)...), nil
		}),
	}
}

// Note brings the flags of a case in line with the event: a resource that lacks nothing any more has none.
func Note(flags []Flag, e Recorded, at time.Time) []Flag {
	out := slices.DeleteFunc(slices.Clone(flags), func(f Flag) bool { return f.Resource == e.Resource })
	if len(e.Lacks) > 0 {
		out = append(out, Flag{Recorded: e, At: at})
	}
	return out
}

// Keep leaves the flags of the resources that a case still rests on.
func Keep(flags []Flag, resources []string) []Flag {
	return slices.DeleteFunc(slices.Clone(flags), func(f Flag) bool { return !slices.Contains(resources, f.Resource) })
}

// Stopped reports whether something stops by one of the flags.
func Stopped(flags []Flag, stop policy.Stop) bool {
	return slices.ContainsFunc(flags, func(f Flag) bool { return slices.Contains(f.Stops, stop) })
}

// Unless is the guard that lets a command pass unless what it does stops.
func Unless[S lifecycle.Case](stop policy.Stop, flags func(S) []Flag) lifecycle.Guard[S] {
	return lifecycle.Guard[S]{
		Words: text.Text{ZH: "未因资源重新定级而停止", EN: "not stopped by the regrading of a resource"},
		Check: func(c S, _ lifecycle.Env) *refusal.Refusal {
			if Stopped(flags(c), stop) {
				return refusal.StoppedByGrade.With()
			}
			return nil
		},
	}
}
