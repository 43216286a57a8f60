package casework

import (
	"context"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/policies"
)

// View is a case at one version as an actor sees it.
type View struct {
	Of       lifecycle.Definition
	Subject  lifecycle.Case
	Head     *lifecycle.Header
	State    lifecycle.StateInfo
	Closed   bool              // to this actor, who declared an interest: he is shown only that the case is there
	Policy   *policy.Profile   // by which it goes; nil when Closed
	Calendar calendar.Calendar // in force; knows nothing when Closed
	Allowed  []string          // commands on the case that he may give now, in the order of the table
	OnTasks  map[string][]string
	Now      time.Time // the business time for which that holds
}

// May reports whether the actor may give a command on the case now.
func (v *View) May(command string) bool { return slices.Contains(v.Allowed, command) }

// MayOn reports whether the actor may give a command on a task now.
func (v *View) MayOn(task, command string) bool { return slices.Contains(v.OnTasks[task], command) }

// View shows a case to an actor, with what he may do at the business time now.
func (d *Desk) View(ctx context.Context, def lifecycle.Definition, subject lifecycle.Case, actor identity.Actor, now time.Time) (*View, error) {
	h := subject.Head()
	v := &View{Of: def, Subject: subject, Head: h, State: def.State(h.State), Now: now, OnTasks: map[string][]string{}}
	if v.Closed = slices.Contains(h.Interests, actor.Person); v.Closed {
		return v, nil
	}
	profile, err := d.Profile(ctx, h, v.State)
	if err != nil {
		return nil, err
	}
	v.Policy = profile
	if v.Calendar, err = d.Cases.Calendar(ctx); err != nil {
		return nil, err
	}
	for _, a := range def.Allowed(subject, actor, lifecycle.Env{Now: now, Policy: profile, Calendar: v.Calendar, Compile: policies.ApplicantCondition}) {
		if a.Task == "" {
			v.Allowed = append(v.Allowed, a.Command)
		} else {
			v.OnTasks[a.Task] = append(v.OnTasks[a.Task], a.Command)
		}
	}
	return v, nil
}

// Case shows a case to an actor as it stands. store.ErrNotFound when it is not there for him.
func (d *Desk) Case(ctx context.Context, actor identity.Actor, def lifecycle.Definition, id string) (*View, error) {
	found, err := d.Store.GetCase(ctx, actor, def.Kind(), id)
	if err != nil {
		return nil, err
	}
	subject, err := def.Decode(found.Data)
	if err != nil {
		return nil, err
	}
	return d.View(ctx, def, subject, actor, d.Clock.Now())
}

// CaseAfter shows an actor the case at the version that a command of his led to, whether he still sees it or not. What he may do is worked out
// for that very moment, so that a repeat of the command is answered alike.
func (d *Desk) CaseAfter(ctx context.Context, actor identity.Actor, def lifecycle.Definition, id string, version int64) (*View, error) {
	subject, err := d.Store.Case(ctx, def, id)
	if err == nil && subject.Head().Version != version {
		subject, err = d.Store.CaseAt(ctx, def, id, version) // it has moved on
	}
	if err != nil {
		return nil, err
	}
	return d.View(ctx, def, subject, actor, subject.Head().ChangedAt)
}
