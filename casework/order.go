package casework

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
	"datacharter/store"
	"datacharter/workflows"
)

// Order is one command as a person asked for it.
type Order struct {
	Of          lifecycle.Definition
	Case        string // empty when the command opens the case
	Command     string
	Key         string          // the person's own name for this request: a repeat with the same key changes nothing
	Fingerprint string          // of all that he sent, from Fingerprint: the same key with something else is refused
	IfVersion   int64           // refuse unless the case is at this version; 0 for any
	Data        json.RawMessage // the input in one fixed form
	Opens       bool            // the command opens the case
	Running     bool            // the case has a workflow: a task of its is still to be done
}

// CommandID is the ID of the command that a person gives under a key.
func CommandID(person, key string) string {
	sum := sha256.Sum256([]byte(person + "\n" + key))
	return "cmd-" + hex.EncodeToString(sum[:])
}

// Fingerprint tells requests apart that use the same key.
func Fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// prefixes begin the IDs of the cases that people open.
var prefixes = map[lifecycle.Kind]string{
	authorization.Kind: "aut-", meeting.Kind: "mtg-", registration.Kind: "reg-", plan.Kind: "pln-", product.Kind: "prd-", finding.Kind: finding.Prefix,
}

// NewID derives the ID of what a person's request makes from its key, so that a repeat makes the same.
func NewID(prefix, person, key string) string {
	sum := sha256.Sum256([]byte(CommandID(person, key)))
	return prefix + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// command is the order as the case gets it.
func (o Order) command(person string) workflows.Command {
	cmd := workflows.Command{
		Kind: o.Of.Kind(), Case: o.Case, ID: CommandID(person, o.Key), Name: o.Command, Person: person,
		Data: o.Data, Fingerprint: o.Fingerprint, IfVersion: o.IfVersion,
	}
	if o.Opens {
		cmd.Case = NewID(prefixes[o.Of.Kind()], person, o.Key)
	}
	return cmd
}

// Done is what became of an order that was carried out: Outcome.Refusal is nil when it was accepted.
type Done struct {
	Command string // its ID
	Name    string // of the command
	Case    string
	workflows.Outcome
}

// CarryOut gives the command and waits for its outcome. The error is store.ErrNotFound when the case is not there for the actor,
// ErrStillRunning with Done's IDs set, Unavailable, or the database's.
func (d *Desk) CarryOut(ctx context.Context, actor identity.Actor, o Order) (Done, error) {
	cmd := o.command(actor.Person)
	out, err := d.dispatch(ctx, actor, o, cmd)
	return Done{Command: cmd.ID, Name: cmd.Name, Case: cmd.Case, Outcome: out}, err
}

// dispatch brings a command to where it is decided: to its case's workflow, or, for drafts and closed cases, which have none, straight to the record.
func (d *Desk) dispatch(ctx context.Context, actor identity.Actor, o Order, cmd workflows.Command) (workflows.Outcome, error) {
	starts := leavesDrafts(o.Of, o.Command)
	if o.Opens {
		if starts {
			return d.give(ctx, cmd, starts)
		}
		return d.Cases.Apply(ctx, cmd)
	}
	if o.Running {
		return d.give(ctx, cmd, false)
	}
	if row, _ := o.Of.Row(o.Command); row.Outside {
		return d.fromOutside(ctx, row, cmd)
	}
	for range maxAttempts {
		found, err := d.Store.GetCaseSummary(ctx, actor, o.Of.Kind(), o.Case)
		if errors.Is(err, store.ErrNotFound) {
			return d.repeated(ctx, cmd)
		}
		if err != nil {
			return workflows.Outcome{}, err
		}
		state := o.Of.State(found.State)
		switch {
		case state.Final:
			return d.Cases.Apply(ctx, cmd)
		case !state.Draft || starts:
			return d.give(ctx, cmd, starts)
		}
		draft := cmd
		if draft.IfVersion == 0 {
			draft.IfVersion = found.Version // should the draft be submitted meanwhile, the command is for its workflow
		}
		out, err := d.Cases.Apply(ctx, draft)
		if err != nil || cmd.IfVersion != 0 || out.Refusal == nil || out.Refusal.Code != refusal.StaleVersion.Name {
			return out, err
		}
	}
	return workflows.Outcome{}, Unavailable{errors.New("a draft that others keep changing")}
}

// fromOutside brings a command of somebody who is no party to a case to it, where the case is before the public at all. Whatever else there is of the case
// he does not learn.
func (d *Desk) fromOutside(ctx context.Context, row lifecycle.Row, cmd workflows.Command) (workflows.Outcome, error) {
	found, err := d.Store.GetCaseSummary(ctx, identity.System(), cmd.Kind, cmd.Case)
	if err != nil {
		return workflows.Outcome{}, err
	}
	if !slices.Contains(row.From, found.State) {
		return d.repeated(ctx, cmd)
	}
	return d.give(ctx, cmd, false)
}

// maxAttempts bounds how often something is tried that others keep changing, such as a command to a draft.
const maxAttempts = 30

// leavesDrafts reports whether a command is the one with which a case's workflow begins: it leads out of the drafts, or opens a case that is none.
// It may be given later on as well, when the workflow runs already.
func leavesDrafts(def lifecycle.Definition, command string) bool {
	row, _ := def.Row(command)
	if len(row.From) > 0 && !slices.ContainsFunc(row.From, func(s lifecycle.State) bool { return def.State(s).Draft }) {
		return false
	}
	for _, s := range row.To {
		if info := def.State(s); info.Draft || info.Final {
			return false
		}
	}
	return true
}

// repeated looks for what became of a command to a case that the person does not see, or does not see any more: it may have closed the case to him.
func (d *Desk) repeated(ctx context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	done, known, err := d.recorded(ctx, cmd.ID)
	switch {
	case err != nil:
		return workflows.Outcome{}, err
	case !known || done.Case != cmd.Case || done.Person != cmd.Person:
		return workflows.Outcome{}, store.ErrNotFound
	case done.Fingerprint != cmd.Fingerprint:
		return workflows.Outcome{Refusal: refusal.KeyReused.With()}, nil
	}
	return workflows.Outcome{Version: done.Version, Refusal: done.Refusal}, nil
}

func (d *Desk) recorded(ctx context.Context, id string) (done store.CommandRecord, known bool, err error) {
	err = d.Store.InTx(ctx, func(tx *store.Tx) error {
		done, known, err = tx.Command(id)
		return err
	})
	return done, known, err
}
