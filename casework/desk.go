// Package casework brings people and cases together, for the API and the pages alike: it shows a case with what somebody may do about it now,
// and brings his commands to where they are decided.
package casework

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.temporal.io/sdk/client"

	"datacharter/activities"
	"datacharter/clock"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/workflows"
)

// Options are what a Desk works with. All are needed unless they say otherwise.
type Options struct {
	Store    *store.Store
	Cases    *activities.Cases // applies commands to drafts and closed cases, which have no workflow
	Temporal client.Client     // may be nil when Give is set
	Policies *policies.Library
	Clock    clock.Clock

	// Give hands a command to its case's workflow; workflows.Give when nil.
	Give func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error)
	// Patience is how long a caller waits for a command before he is told where to ask; 5 seconds when 0.
	Patience time.Duration
}

// Desk is where cases are looked up and commands handed in. It is safe for concurrent use.
type Desk struct {
	Options
	running  running
	profiles sync.Map // policy profiles that the library does not have, by hash
}

// New makes a desk.
func New(options Options) *Desk {
	d := &Desk{Options: options, running: running{commands: map[string]waiting{}}}
	if d.Patience == 0 {
		d.Patience = 5 * time.Second
	}
	if d.Give == nil {
		d.Give = func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
			return workflows.Give(ctx, d.Temporal, cmd, starts)
		}
	}
	return d
}

// ErrStillRunning answers a command whose outcome nobody knows yet: Find tells it later.
var ErrStillRunning = errors.New("the command is still running")

// Unavailable is the error of something that is not there now but will be.
type Unavailable struct{ Cause error }

func (u Unavailable) Error() string { return "not available now: " + u.Cause.Error() }

// Unwrap returns the cause.
func (u Unavailable) Unwrap() error { return u.Cause }

// Profile finds the policy profile by which a case goes: a draft follows the newest version, any other case the one that it is pinned to.
// store.ErrNotFound when there is none.
func (d *Desk) Profile(ctx context.Context, h *lifecycle.Header, state lifecycle.StateInfo) (*policy.Profile, error) {
	if state.Draft {
		if p, ok := d.Policies.Newest(h.Policy.Name); ok {
			return p, nil
		}
	}
	return d.ProfileByHash(ctx, h.Policy.Hash)
}

// ProfileByHash finds a policy profile: in the library, or in the database when the program no longer ships it. store.ErrNotFound when there is none.
func (d *Desk) ProfileByHash(ctx context.Context, hash string) (*policy.Profile, error) {
	if p, ok := d.Policies.ByHash(hash); ok {
		return p, nil
	}
	if p, ok := d.profiles.Load(hash); ok {
		return p.(*policy.Profile), nil
	}
	kept, err := d.Store.GetPolicy(ctx, hash)
	if err != nil {
		return nil, err
	}
	p, err := policies.Parse(kept.Name, kept.Content)
	if err != nil {
		return nil, err
	}
	d.profiles.Store(hash, p)
	return p, nil
}
