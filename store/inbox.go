package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// TaskScope is a part of somebody's inbox. Every scope is of tasks for a grant of the actor's own.
type TaskScope string

// The scopes.
const (
	Waiting   TaskScope = "waiting"   // claimed by the actor, or claimable
	Claimed   TaskScope = "mine"      // claimed by the actor
	Claimable TaskScope = "claimable" // open, and separation of duty lets the actor claim it
	Elsewhere TaskScope = "taken"     // claimed by somebody else
	Finished  TaskScope = "finished"  // done by the actor
)

// everyState are the states of a task.
var everyState = []lifecycle.TaskState{lifecycle.TaskOpen, lifecycle.TaskClaimed, lifecycle.TaskDone, lifecycle.TaskCancelled}

// inState is the condition on a row of tasks, called t, that the task is in the state. A known one stands in the statement itself: there are indexes of the
// tasks in one state, and SQLite would prepare a statement with a parameter there anew at every use, to see whether it may take one of them.
func inState(state lifecycle.TaskState) condition {
	if slices.Contains(everyState, state) {
		return condition{sql: "t.state = '" + string(state) + "'"}
	}
	return nothing
}

// lanesOf parts what a list of tasks asks for, conditions on rows of tasks, called t, and of their cases, called c, that exclude each other:
// each is a piece of an index in which the tasks lie in the order of the list.
func lanesOf(actor identity.Actor, f TaskFilter) []condition {
	switch f.Scope {
	case Waiting:
		return slices.Concat(claimedBy(actor, lifecycle.TaskClaimed), meantIn(actor, []lifecycle.TaskState{lifecycle.TaskOpen}))
	case Claimed:
		return claimedBy(actor, lifecycle.TaskClaimed)
	case Claimable:
		return meantIn(actor, []lifecycle.TaskState{lifecycle.TaskOpen})
	case Elsewhere:
		return meantIn(actor, []lifecycle.TaskState{lifecycle.TaskClaimed})
	case Finished:
		return claimedBy(actor, lifecycle.TaskDone)
	}
	states := f.States
	if len(states) == 0 {
		states = everyState
	}
	states = distinctStates(states, actor.SeesEverything())
	all := actor.SeesEverything() && !f.Inbox
	switch {
	case f.Case != "":
		each := make([]condition, len(states))
		for i, state := range states {
			each[i] = inState(state)
		}
		of := condition{"t.case_id = ?", []any{f.Case}}.and(either(each))
		if !all {
			of = of.and(taskFor(actor))
		}
		if f.Mine {
			of = of.and(condition{"t.claimant = ?", []any{actor.Person}})
		}
		return []condition{of}
	case f.Mine && all:
		return held(actor, states, anything)
	case f.Mine:
		return held(actor, states, taskFor(actor))
	case all:
		lanes := make([]condition, len(states))
		for i, state := range states {
			lanes[i] = inState(state)
		}
		return lanes
	default:
		return meantIn(actor, states)
	}
}

// distinctStates are the states, each once; cancelled tasks are shown only to those who see everything.
func distinctStates(states []lifecycle.TaskState, all bool) []lifecycle.TaskState {
	return slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(states))), func(s lifecycle.TaskState) bool {
		return s == lifecycle.TaskCancelled && !all
	})
}

// held are the tasks in the states that the actor claimed.
func held(actor identity.Actor, states []lifecycle.TaskState, and condition) []condition {
	lanes := make([]condition, len(states))
	for i, state := range states {
		lanes[i] = condition{"t.claimant <> '' AND t.claimant = ?", []any{actor.Person}}.and(inState(state)).and(and)
	}
	return lanes
}

func claimedBy(actor identity.Actor, state lifecycle.TaskState) []condition {
	return held(actor, []lifecycle.TaskState{state}, taskFor(actor))
}

// meantIn are the tasks in the states that are meant for the actor's grants.
func meantIn(actor identity.Actor, states []lifecycle.TaskState) []condition {
	var lanes []condition
	for _, d := range dutiesOf(actor) {
		for _, organization := range slices.Concat([]string{""}, d.organizations) {
			for _, state := range states {
				meant := condition{"t.role = ? AND t.kind = ? AND t.organization = ?", []any{string(d.role), string(d.kind), organization}}
				lanes = append(lanes, meant.and(inState(state)))
			}
		}
	}
	return lanes
}

// within is what a scope asks of the tasks in its lanes.
func (scope TaskScope) within(actor identity.Actor) condition {
	switch scope {
	case Claimable:
		return mayAct(actor)
	case Waiting:
		return either([]condition{{sql: "t.state = 'claimed'"}, mayAct(actor)})
	case Elsewhere:
		return condition{"t.claimant <> ?", []any{actor.Person}}
	case Claimed, Finished:
	}
	return anything
}

// mayAct is lifecycle's separation of duty in SQL, for acting on a task t of a case c: what the state table would refuse. Interests are left out already.
func mayAct(actor identity.Actor) condition {
	own := organizationsOf(actor)
	// Who belongs to the applicant acts for it alone – in the capacity of the first grant that fits –, decides nothing on its case,
	// and does nothing when he belongs to the agency too.
	forIt := []condition{{sql: "c.applicant = t.organization"}}
	for _, d := range dutiesOf(actor) {
		forIt = append(forIt, condition{
			"t.organization = '' AND t.role = ? AND t.kind = ? AND c.applicant = ?", []any{string(d.role), string(d.kind), d.organizations[0]},
		})
	}
	sides := either([]condition{
		{"c.applicant NOT IN ?", []any{own}},
		condition{"t.step = '' AND c.agency NOT IN ?", []any{own}}.and(either(forIt)),
	})
	return sides.and(condition{
		"t.step = '' OR NOT EXISTS (SELECT 1 FROM case_acts a WHERE a.person = ? AND a.case_id = t.case_id AND a.step <> t.step) AND " +
			"NOT EXISTS (SELECT 1 FROM tasks h WHERE h.case_id = t.case_id AND h.claimant = ? AND h.state = 'claimed' AND h.step NOT IN ('', t.step))",
		[]any{actor.Person, actor.Person},
	})
}

// MostCounted is how far InboxCounts counts: one more means "more than that".
const MostCounted = 99

// InboxCounts are numbers of tasks, none greater than MostCounted+1. The last three are of the scope Waiting.
type InboxCounts struct {
	Mine      int // Claimed
	Claimable int
	Overdue   int // due by now
	Today     int // due after now and by the end of today
	Week      int // due after now and by the end of the week
}

// InboxTimes are the instants up to which InboxCounts counts; what is due at one counts. The end of a day is calendar.Date.End.
type InboxTimes struct{ Now, Today, Week time.Time }

// InboxCounts counts what waits for the actor, exactly as ListTasks would list it, with DueAfter and DueUntil for the times.
func (s *Store) InboxCounts(ctx context.Context, actor identity.Actor, at InboxTimes) (InboxCounts, error) {
	var selects []string
	var args []any
	count := func(column string, f TaskFilter) {
		selects = append(selects, "(SELECT count(*) FROM (?) AS some_rows) AS "+column)
		args = append(args, s.countable(ctx, actor, f))
	}
	count("mine", TaskFilter{Scope: Claimed})
	count("claimable", TaskFilter{Scope: Claimable})
	count("overdue", TaskFilter{Scope: Waiting, DueUntil: at.Now})
	count("today", TaskFilter{Scope: Waiting, DueAfter: at.Now, DueUntil: at.Today})
	count("week", TaskFilter{Scope: Waiting, DueAfter: at.Now, DueUntil: at.Week})
	var counts InboxCounts
	err := s.read.WithContext(ctx).Raw("SELECT "+strings.Join(selects, ", "), args...).Scan(&counts).Error
	return counts, err
}

// ClaimedCount is InboxCounts.Mine alone.
func (s *Store) ClaimedCount(ctx context.Context, actor identity.Actor) (int, error) {
	var n int
	err := s.read.WithContext(ctx).Raw("SELECT count(*) FROM (?) AS some_rows", s.countable(ctx, actor, TaskFilter{Scope: Claimed})).Scan(&n).Error
	return n, err
}

// countable has a row for each task that the filter lists, up to one more than MostCounted.
func (s *Store) countable(ctx context.Context, actor identity.Actor, f TaskFilter) *gorm.DB {
	return counted(s.read.WithContext(ctx), lanesOf(actor, f), func(lane condition) *gorm.DB {
		return f.narrow(actor, s.tasks(ctx, actor, approach{}).Select("1 AS one").Where(lane.sql, lane.args...))
	}, MostCounted+1)
}
