package api

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/workflows"
)

// order is one command as it was asked for over HTTP.
type order struct {
	of      *collection
	caseID  string // empty when the command opens the case
	name    string
	path    string // of the request
	key     string // its Idempotency-Key
	ifMatch string // its If-Match; empty, * or the version in quotes
	data    []byte // the input in one fixed form, so that spacing and the order of fields make no other command
	creates bool
	running bool // the case has a workflow: a task of its is still to be done
}

// caseOutput answers a command, or shows a case.
type caseOutput struct {
	Status     int
	ETag       string `header:"ETag" doc:"the case's version, for If-Match"`
	Location   string `header:"Location" doc:"where the new case is, or where to ask after a command that is still running"`
	RetryAfter string `header:"Retry-After" doc:"seconds, when the command is still running"`
	Body       any
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

// commandID is the ID of the command that a person gives under a key.
func commandID(person, key string) string {
	sum := sha256.Sum256([]byte(person + "\n" + key))
	return "cmd-" + hex.EncodeToString(sum[:])
}

// fingerprint tells requests apart that use the same key.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// newID derives the ID of what a command opens from the command's own, so that a repeat opens the same.
func newID(prefix, command string) string {
	sum := sha256.Sum256([]byte(command))
	return prefix + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

func (o order) command(person string) workflows.Command {
	cmd := workflows.Command{
		Kind: o.of.def.Kind(), Case: o.caseID, ID: commandID(person, o.key), Name: o.name, Person: person, Data: o.data,
		Fingerprint: fingerprint(http.MethodPost, o.path, o.ifMatch, string(o.data)),
	}
	if o.creates {
		cmd.Case = newID(o.of.prefix, cmd.ID)
	}
	if version, err := strconv.ParseInt(strings.Trim(o.ifMatch, `"`), 10, 64); err == nil {
		cmd.IfVersion = version
	}
	return cmd
}

// carryOut gives the command and answers it.
func (s *server) carryOut(ctx context.Context, o order) (*caseOutput, error) {
	cmd := o.command(callOf(ctx).actor.Person)
	out, err := s.dispatch(ctx, o, cmd)
	switch {
	case errors.Is(err, errStillRunning):
		return stillRunning(cmd.ID), nil
	case err != nil:
		return nil, err
	}
	answer, err := s.answer(ctx, o.of, cmd, out)
	if err == nil && o.creates {
		answer.Status, answer.Location = http.StatusCreated, o.of.href(cmd.Case)
	}
	return answer, err
}

// dispatch brings a command to where it is decided: to its case's workflow, or, for drafts and closed cases, which have none, straight to the record.
func (s *server) dispatch(ctx context.Context, o order, cmd workflows.Command) (workflows.Outcome, error) {
	starts := o.of.leavesDrafts(o.name)
	if o.creates {
		if starts {
			return s.give(ctx, cmd, starts)
		}
		return s.Cases.Apply(ctx, cmd)
	}
	if o.running {
		return s.give(ctx, cmd, false)
	}
	for range maxAttempts {
		found, err := s.Store.GetCaseSummary(ctx, callOf(ctx).actor, o.of.def.Kind(), o.caseID)
		if errors.Is(err, store.ErrNotFound) {
			return s.repeated(ctx, cmd)
		}
		if err != nil {
			return workflows.Outcome{}, err
		}
		state := o.of.def.State(found.State)
		switch {
		case state.Final:
			return s.Cases.Apply(ctx, cmd)
		case !state.Draft || starts:
			return s.give(ctx, cmd, starts)
		}
		draft := cmd
		if draft.IfVersion == 0 {
			draft.IfVersion = found.Version // should the draft be submitted meanwhile, the command is for its workflow
		}
		out, err := s.Cases.Apply(ctx, draft)
		if err != nil || cmd.IfVersion != 0 || out.Refusal == nil || out.Refusal.Code != refusal.StaleVersion.Name {
			return out, err
		}
	}
	return workflows.Outcome{}, unavailable(errors.New("a draft that others keep changing"))
}

// maxAttempts bounds how often a command to a draft is tried that others keep changing.
const maxAttempts = 30

// repeated looks for what became of a command to a case that the person does not see, or does not see any more: it may have closed the case to him.
func (s *server) repeated(ctx context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	done, known, err := s.recorded(ctx, cmd.ID)
	switch {
	case err != nil:
		return workflows.Outcome{}, err
	case !known || done.Case != cmd.Case || done.Person != cmd.Person:
		return workflows.Outcome{}, notFound()
	case done.Fingerprint != cmd.Fingerprint:
		return workflows.Outcome{}, refuse(refusal.KeyReused.With())
	}
	return workflows.Outcome{Version: done.Version, Refusal: done.Refusal}, nil
}

func (s *server) recorded(ctx context.Context, id string) (done store.CommandRecord, known bool, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Tx) error {
		done, known, err = tx.Command(id)
		return err
	})
	return done, known, err
}

// answer puts the outcome of a command into HTTP.
func (s *server) answer(ctx context.Context, c *collection, cmd workflows.Command, out workflows.Outcome) (*caseOutput, error) {
	if r := out.Refusal; r != nil {
		f := &failure{refusal: r, instance: commandsPath + cmd.ID}
		switch r.Code { // what is not kept cannot be asked after
		case refusal.StaleVersion.Name:
			f.instance, f.header = "", http.Header{"ETag": {etag(out.Version)}}
		case refusal.KeyReused.Name:
			f.instance = ""
		}
		return nil, f
	}
	shown, err := s.caseAt(ctx, c, cmd.Case, out.Version)
	if err != nil {
		return nil, err
	}
	return &caseOutput{Status: http.StatusOK, ETag: etag(out.Version), Body: shown}, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }
