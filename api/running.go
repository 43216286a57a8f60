package api

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datacharter/workflows"
)

// Running says that a command has not been completed yet.
type Running struct {
	Command string `json:"command"`
	State   string `json:"state" enum:"running"`
	Href    string `json:"href" doc:"where to ask for the outcome"`
}

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

var errStillRunning = errors.New("the command is still running")

// give hands a command to its workflow and waits for its completion, but not longer than a caller's patience; then the error is errStillRunning.
// The command itself goes on when the caller does not wait, or goes away.
func (s *server) give(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
	going := context.WithoutCancel(ctx)
	patient, cancel := context.WithTimeout(going, s.Patience)
	defer cancel()
	out, err := s.Give(patient, cmd, starts)
	if err == nil || patient.Err() == nil {
		return out, transport(err)
	}
	if err := s.reachable(ctx); err != nil {
		return workflows.Outcome{}, unavailable(err) // it has not even been handed over, or a repeat will find it done
	}
	s.running.await(cmd, func() error {
		ctx, cancel := context.WithTimeout(going, maxRunning)
		defer cancel()
		_, err := s.Give(ctx, cmd, starts) // the same command once more: it joins the one under way
		return err
	})
	return workflows.Outcome{}, errStillRunning
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

// transport tells a workflow service that cannot be reached, which may be back soon, from every other error.
func transport(err error) error {
	var service serviceerror.ServiceError
	if errors.As(err, &service) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return unavailable(err)
	}
	return err
}

// reachable returns why the workflow service does not answer, or nil.
func (s *server) reachable(ctx context.Context) error {
	if s.Temporal == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := s.Temporal.CheckHealth(ctx, &client.CheckHealthRequest{})
	return err
}

func stillRunning(command string) *caseOutput {
	at := commandsPath + command
	return &caseOutput{Status: http.StatusAccepted, Location: at, RetryAfter: "1", Body: Running{Command: command, State: "running", Href: at}}
}

var commandIDs = regexp.MustCompile(`^cmd-[0-9a-f]{64}$`)

// getCommand answers what became of a command, to whoever gave it.
func (s *server) getCommand(ctx context.Context, in *idInput) (*caseOutput, error) {
	person := callOf(ctx).actor.Person
	if !commandIDs.MatchString(in.ID) {
		return nil, notFound()
	}
	done, known, err := s.recorded(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if known && done.Person == person {
		cmd := workflows.Command{ID: done.ID, Case: done.Case}
		return s.answer(ctx, s.collectionOf(done.Kind), cmd, workflows.Outcome{Version: done.Version, Refusal: done.Refusal})
	}
	switch w, ok := s.running.find(in.ID, person); {
	case known || !ok:
		return nil, notFound()
	case w.failed:
		return nil, unavailable(errors.New("the command was handed over and not completed"))
	}
	return stillRunning(in.ID), nil
}
