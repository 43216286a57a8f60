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

type given struct {
	out   workflows.Outcome
	err   error
	panic any
}

// give hands a command to its workflow and waits for its completion, but not longer than a caller's patience; then the error is errStillRunning.
// The command itself goes on when the caller does not wait, or goes away.
func (s *server) give(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
	going, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxRunning)
	done := make(chan given, 1)
	go func() {
		defer cancel()
		var g given
		defer func() {
			g.panic = recover()
			done <- g
		}()
		g.out, g.err = s.Give(going, cmd, starts)
	}()
	patience := time.NewTimer(s.Patience)
	defer patience.Stop()
	select {
	case g := <-done:
		if g.panic != nil {
			panic(g.panic)
		}
		return g.out, transport(g.err)
	case <-patience.C:
		if err := s.reachable(ctx); err != nil {
			return workflows.Outcome{}, unavailable(err) // it has not even been handed over, or a repeat will find it done
		}
		s.running.await(cmd, done)
		return workflows.Outcome{}, errStillRunning
	}
}

// await remembers a command until it is done.
func (r *running) await(cmd workflows.Command, done <-chan given) {
	r.put(cmd.ID, waiting{person: cmd.Person})
	go func() {
		if g := <-done; g.err == nil && g.panic == nil {
			r.drop(cmd.ID)
			return
		}
		r.put(cmd.ID, waiting{person: cmd.Person, failed: true})
		time.AfterFunc(keepFailed, func() { r.drop(cmd.ID) })
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
