package casework

import (
	"context"
	"errors"
	"regexp"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datacharter/domain/lifecycle"
	"datacharter/store"
	"datacharter/workflows"
)

// running knows the commands that callers were told to ask after: of these alone does this process say that they are under way.
// After a restart, or at another process, a caller learns the outcome by repeating his request with the same key.
type running struct {
	mu       sync.Mutex
	commands map[string]waiting
}

type waiting struct {
	person string
	failed bool // nothing came of it, as far as is known here
}

const (
	maxRunning = time.Minute      // that a command is waited for behind a caller's back
	keepFailed = 10 * time.Minute // that a failure is remembered
)

// give hands a command to its workflow and waits for its completion, but not longer than a caller's patience; then the error is ErrStillRunning.
// The command itself goes on when the caller does not wait, or goes away.
func (d *Desk) give(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
	going := context.WithoutCancel(ctx)
	patient, cancel := context.WithTimeout(going, d.Patience)
	defer cancel()
	out, err := d.Give(patient, cmd, starts)
	if err == nil || patient.Err() == nil {
		return out, Transport(err)
	}
	if err := d.Reachable(ctx); err != nil {
		return workflows.Outcome{}, Unavailable{err} // it has not even been handed over, or a repeat will find it done
	}
	d.running.await(cmd, func() error {
		ctx, cancel := context.WithTimeout(going, maxRunning)
		defer cancel()
		_, err := d.Give(ctx, cmd, starts) // the same command once more: it joins the one under way
		return err
	})
	return workflows.Outcome{}, ErrStillRunning
}

// await remembers a command until it is done.
func (r *running) await(cmd workflows.Command, done func() error) {
	r.put(cmd.ID, waiting{person: cmd.Person})
	go func() {
		failed := true
		defer func() {
			if recover() == nil && !failed {
				r.drop(cmd.ID)
				return
			}
			r.put(cmd.ID, waiting{person: cmd.Person, failed: true})
			time.AfterFunc(keepFailed, func() { r.drop(cmd.ID) })
		}()
		failed = done() != nil
	}()
}

func (r *running) put(id string, w waiting) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.commands[id] = w
}

func (r *running) drop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.commands, id)
}

func (r *running) find(id, person string) (waiting, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, ok := r.commands[id]
	return w, ok && w.person == person
}

// Transport tells a workflow service that cannot be reached, which may be back soon, from every other error.
func Transport(err error) error {
	var service serviceerror.ServiceError
	if errors.As(err, &service) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return Unavailable{err}
	}
	return err
}

// Reachable returns why the workflow service does not answer, or nil.
func (d *Desk) Reachable(ctx context.Context) error {
	if d.Temporal == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := d.Temporal.CheckHealth(ctx, &client.CheckHealthRequest{})
	return err
}

var commandIDs = regexp.MustCompile(`^cmd-[0-9a-f]{64}$`)

// Find tells a person what became of a command of his own: Done with its kind of case, ErrStillRunning, store.ErrNotFound when nothing is known of it,
// or Unavailable when it was handed over and not completed.
func (d *Desk) Find(ctx context.Context, person, command string) (Done, lifecycle.Kind, error) {
	if !commandIDs.MatchString(command) {
		return Done{}, "", store.ErrNotFound
	}
	record, known, err := d.recorded(ctx, command)
	if err != nil {
		return Done{}, "", err
	}
	if known && record.Person == person {
		return Done{Command: command, Name: record.Name, Case: record.Case, Outcome: workflows.Outcome{Version: record.Version, Refusal: record.Refusal}}, record.Kind, nil
	}
	switch w, ok := d.running.find(command, person); {
	case known || !ok:
		return Done{}, "", store.ErrNotFound
	case w.failed:
		return Done{}, "", Unavailable{errors.New("the command was handed over and not completed")}
	}
	return Done{Command: command}, "", ErrStillRunning
}
