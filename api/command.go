package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"datacharter/casework"
	"datacharter/domain/refusal"
)

// caseOutput answers a command, or shows a case.
type caseOutput struct {
	Status     int
	ETag       string `header:"ETag" doc:"the case's version, for If-Match"`
	Location   string `header:"Location" doc:"where the new case is, or where to ask after a command that is still running"`
	RetryAfter string `header:"Retry-After" doc:"seconds, when the command is still running"`
	Body       any
}

// asked is one command as it was asked for over HTTP.
type asked struct {
	of      *collection
	caseID  string // empty when the command opens the case
	name    string
	path    string // of the request
	key     string // its Idempotency-Key
	ifMatch string // its If-Match; empty, * or the version in quotes
	data    []byte // the input in one fixed form, so that spacing and the order of fields make no other command
	opens   bool
	running bool // the case has a workflow: a task of its is still to be done
}

// canonical is an input in its one form; nil is the input of zero values.
func canonical[T any](in *T) []byte {
	if in == nil {
		in = new(T)
	}
	raw, err := json.Marshal(in)
	if err != nil {
		panic("an input that was read as JSON: " + err.Error())
	}
	return raw
}

func (a asked) order() casework.Order {
	o := casework.Order{
		Of: a.of.def, Case: a.caseID, Command: a.name, Key: a.key, Data: a.data, Opens: a.opens, Running: a.running,
		Fingerprint: casework.Fingerprint(http.MethodPost, a.path, a.ifMatch, string(a.data)),
	}
	if version, err := strconv.ParseInt(strings.Trim(a.ifMatch, `"`), 10, 64); err == nil {
		o.IfVersion = version
	}
	return o
}

// carryOut gives the command and answers it.
func (s *server) carryOut(ctx context.Context, a asked) (*caseOutput, error) {
	done, err := s.CarryOut(ctx, callOf(ctx).actor, a.order())
	switch {
	case errors.Is(err, casework.ErrStillRunning):
		return stillRunning(done.Command), nil
	case err != nil:
		return nil, untilLater(err)
	}
	answer, err := s.answer(ctx, a.of, done)
	if err == nil && a.opens {
		answer.Status, answer.Location = http.StatusCreated, a.of.href(done.Case)
	}
	return answer, err
}

// answer puts the outcome of a command into HTTP.
func (s *server) answer(ctx context.Context, c *collection, done casework.Done) (*caseOutput, error) {
	if r := done.Refusal; r != nil {
		f := &failure{refusal: r, instance: commandsPath + done.Command}
		switch r.Code { // what is not kept cannot be asked after
		case refusal.StaleVersion.Name:
			f.instance, f.header = "", http.Header{"ETag": {etag(done.Version)}}
		case refusal.KeyReused.Name:
			f.instance = ""
		}
		return nil, f
	}
	if row, _ := c.def.Row(done.Name); row.Outside {
		return &caseOutput{Status: http.StatusOK, Body: Received{Command: done.Command, Case: done.Case}}, nil
	}
	view, err := s.CaseAfter(ctx, callOf(ctx).actor, c.def, done.Case, done.Version)
	if err != nil {
		return nil, err
	}
	return &caseOutput{Status: http.StatusOK, ETag: etag(done.Version), Body: c.shown(view)}, nil
}

// Received says that a command was carried out on a case that its giver is not shown.
type Received struct {
	Command string `json:"command"`
	Case    string `json:"case"`
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Running says that a command has not been completed yet.
type Running struct {
	Command string `json:"command"`
	State   string `json:"state" enum:"running"`
	Href    string `json:"href" doc:"where to ask for the outcome"`
}

func stillRunning(command string) *caseOutput {
	at := commandsPath + command
	return &caseOutput{Status: http.StatusAccepted, Location: at, RetryAfter: "1", Body: Running{Command: command, State: "running", Href: at}}
}

// getCommand answers what became of a command, to whoever gave it.
func (s *server) getCommand(ctx context.Context, in *idInput) (*caseOutput, error) {
	done, kind, err := s.Find(ctx, callOf(ctx).actor.Person, in.ID)
	switch {
	case errors.Is(err, casework.ErrStillRunning):
		return stillRunning(in.ID), nil
	case err != nil:
		return nil, untilLater(err)
	}
	return s.answer(ctx, s.collectionOf(kind), done)
}
