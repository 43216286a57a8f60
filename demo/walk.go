package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

const base = "/api/v1/"

// The people of the agency, who deal with every authorisation.
const (
	officer       = "officer"
	administrator = "administrator"
	agencySigns   = "agency-signatory"
	exitDecider   = "exit-decider"
)

// The pauses between two looks at a case that is waited for.
const (
	firstLook = 40 * time.Millisecond
	lastLook  = 500 * time.Millisecond
)

// company is one fictitious company with its people.
type company struct{ organization, applies, signs string }

var companies = []company{
	{Spruce, "spruce-applicant", "spruce-signatory"},
	{Qinghe, "qinghe-applicant", "qinghe-signatory"},
	{Yuanlan, "yuanlan-applicant", "yuanlan-signatory"},
}

// city is what all authorisations of one demonstration share.
type city struct {
	client     *Client
	resources  []resource
	government *chamber // takes the major decisions
	agency     *chamber // decides on the agreements
	term       int      // days that the agreements run which are to expire while one watches
}

// walk is one authorisation on its way to its end.
type walk struct {
	*city
	no          int // of the authorisation, 0, 1, 2 …
	by          company
	resources   []resource
	application authorization.Application
	seen        *Case // the authorisation as last seen
}

// step is one stretch of the way.
type step func(ctx context.Context, w *walk) error

// steps are stretches one after the other.
func steps(all ...step) step {
	return func(ctx context.Context, w *walk) error {
		for _, next := range all {
			if err := next(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}
}

func (w *walk) path() string { return base + "authorizations/" + w.seen.ID }

// give gives a command to the authorisation.
func (w *walk) give(ctx context.Context, person, command string, input any) error {
	seen, err := w.client.give(ctx, person, w.path()+"/"+command, input)
	if err == nil {
		w.seen = seen
	}
	return err
}

// until waits for the authorisation to come to one of the states.
func (w *walk) until(ctx context.Context, states ...lifecycle.State) error {
	seen, err := w.client.await(ctx, officer, w.path(), fmt.Sprintf("to be %v", states), func(c *Case) bool { return slices.Contains(states, c.State) })
	if err == nil {
		w.seen = seen
	}
	return err
}

// content is what the authorisation consists of.
func (w *walk) content() (authorization.Authorization, error) {
	var a authorization.Authorization
	err := w.seen.into(&a)
	return a, err
}

// file uploads a text as an attachment and returns its digest. No two are alike, since each names its case.
func (w *walk) file(ctx context.Context, person, title string) (string, error) {
	return w.client.upload(ctx, person, title+".txt", fmt.Sprintf("%s（演示用，虚构）\n授权运营：%s\n编号：%s\n", title, w.seen.Title, w.seen.ID))
}

// await reads a case, which may not be there yet, until it is as wanted. What says what is waited for.
func (c *Client) await(ctx context.Context, person, path, what string, wanted func(*Case) bool) (*Case, error) {
	stands := "not there"
	for pause := firstLook; ; pause = min(pause*3/2, lastLook) {
		seen, err := c.read(ctx, person, path)
		switch {
		case err == nil && wanted(seen):
			return seen, nil
		case err == nil:
			stands = string(seen.State)
		case ctx.Err() == nil && !refusedWith(err, "not-found"):
			return nil, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, fmt.Errorf("waited for %s %s, which is %s: %w", path, what, stands, context.Cause(ctx))
		}
	}
}

// onTask gives a command on a task and returns its case.
func (c *Client) onTask(ctx context.Context, person string, t lifecycle.Task, command string, input any) (*Case, error) {
	return c.give(ctx, person, base+"tasks/"+t.ID+"/"+command, input)
}

// claim has a task claimed by somebody for whose role it is, and names him.
func (c *Client) claim(ctx context.Context, t lifecycle.Task) (string, error) {
	person, err := holder(t)
	if err != nil {
		return "", err
	}
	_, err = c.onTask(ctx, person, t, "claim", nil)
	return person, err
}

// holder finds somebody in the fictitious city for whose role a task is.
func holder(t lifecycle.Task) (string, error) {
	for _, p := range people {
		at := slices.IndexFunc(organizations, func(o lifecycle.Organization) bool { return o.ID == p.organization })
		for _, role := range p.roles {
			if t.For(identity.Grant{Organization: p.organization, Kind: organizations[at].Kind, Role: role}) {
				return p.id, nil
			}
		}
	}
	return "", fmt.Errorf("nobody in the fictitious city holds the role of task %s, %s", t.ID, t.Role)
}

var errNoTrainingClock = errors.New("the demonstration needs a system with a training clock: start it with --demo, --day-length and --start-date")

// now is the business time.
func (c *Client) now() (time.Time, error) {
	now, ok := c.clock.now()
	if !ok {
		return now, errNoTrainingClock
	}
	return now, nil
}
