// Package activities holds what workflows have done outside themselves: the one transaction that decides a command, deliveries, and wind-down steps.
package activities

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/sdk/temporal"

	"datacharter/clock"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/workflows"
)

// Cases loads cases and applies commands to them.
type Cases struct {
	Store     *store.Store
	Policies  *policies.Library
	Calendars *policies.Calendars
	Clock     clock.Clock
}

// errNoSuchCase answers commands to an ID that belongs to a case of another kind: no repeat can change that.
var errNoSuchCase = temporal.NewNonRetryableApplicationError("there is no case of this kind with this ID", "no-such-case", nil)

// DefaultPolicy is the profile under which new cases start.
const DefaultPolicy = "national"

// Load tells a workflow where its case stands; a case that does not exist has version 0.
func (c *Cases) Load(ctx context.Context, kind lifecycle.Kind, id string) (workflows.Header, error) {
	var header workflows.Header
	def, err := kinds.Of(kind)
	if err != nil {
		return header, err
	}
	err = c.Store.InTx(ctx, func(tx *store.Tx) error {
		found, err := loadCase(tx, def, id)
		if err == nil {
			header = c.header(def, found)
		}
		return err
	})
	return header, err
}

func loadCase(tx *store.Tx, def lifecycle.Definition, id string) (lifecycle.Case, error) {
	found, err := tx.Case(def, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errNoSuchCase
	}
	return found, err
}

// Apply decides one command in one transaction: repeat? → who, now? → decide → events, read models, outbox.
// It is idempotent by the command's ID. A refusal is an outcome, not an error; errors are of the database and are worth a retry.
func (c *Cases) Apply(ctx context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	out, err := c.apply(ctx, cmd)
	if errors.Is(err, store.ErrDuplicateCommand) || errors.Is(err, store.ErrVersionConflict) {
		// Another process recorded the same command, or changed the case, while this one was deciding: decide on what is there now.
		out, err = c.apply(ctx, cmd)
	}
	return out, err
}

func (c *Cases) apply(ctx context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	var out workflows.Outcome
	def, err := kinds.Of(cmd.Kind)
	if err != nil {
		return out, err
	}
	err = c.Store.InTx(ctx, func(tx *store.Tx) error {
		found, err := loadCase(tx, def, cmd.Case)
		if err != nil {
			return err
		}
		if done, known, err := tx.Command(cmd.ID); err != nil {
			return err
		} else if known {
			out = c.repeat(def, found, done, cmd)
			return nil
		}
		if cmd.IfVersion != 0 && cmd.IfVersion != found.Head().Version {
			out = workflows.Outcome{Version: found.Head().Version, Refusal: refusal.StaleVersion.With(), Header: c.header(def, found)}
			return nil
		}
		out, err = c.decide(tx, def, found, cmd)
		return err
	})
	return out, err
}

// repeat answers a command that was decided before with what was answered then. Who asks for something else under the same ID, or is somebody else, is refused.
func (c *Cases) repeat(def lifecycle.Definition, found lifecycle.Case, done store.CommandRecord, cmd workflows.Command) workflows.Outcome {
	out := workflows.Outcome{Version: done.Version, Refusal: done.Refusal, Header: c.header(def, found)}
	if done.Fingerprint != cmd.Fingerprint || done.Case != cmd.Case || done.Name != cmd.Name || done.Person != cmd.Person {
		out.Refusal = refusal.KeyReused.With()
	}
	return out
}

func (c *Cases) decide(tx *store.Tx, def lifecycle.Definition, subject lifecycle.Case, cmd workflows.Command) (workflows.Outcome, error) {
	record := store.CommandRecord{
		ID: cmd.ID, Case: cmd.Case, Kind: cmd.Kind, Name: cmd.Name, Person: cmd.Person, Fingerprint: cmd.Fingerprint, Version: subject.Head().Version,
	}
	actor := identity.System()
	if cmd.Person != identity.SystemPerson {
		var err error
		if actor, err = tx.Actor(cmd.Person); err != nil {
			return workflows.Outcome{}, err
		}
	}
	command := lifecycle.Command{ID: cmd.ID, Name: cmd.Name, Actor: actor, Data: cmd.Data}
	needs := def.Needs(subject, command)
	facts, err := tx.Facts(actor, needs, kinds.Definition)
	if err != nil {
		return workflows.Outcome{}, err
	}
	profile, err := c.policy(tx, def, subject, cmd.Name, needs, facts)
	if err != nil {
		return workflows.Outcome{}, err
	}
	days, err := c.calendar(tx)
	if err != nil {
		return workflows.Outcome{}, err
	}
	env := lifecycle.Env{Now: tx.Now(), Policy: profile, Calendar: days, Facts: facts, Compile: policies.ApplicantCondition}
	events, refused := def.Decide(subject, command, env)
	if refused != nil {
		record.Refusal = refused
		return workflows.Outcome{Version: record.Version, Refusal: refused, Header: c.header(def, subject)}, tx.RecordRefusal(record)
	}
	if cmd.Name == lifecycle.Tick && len(events) == 0 {
		return workflows.Outcome{Version: record.Version, Header: c.header(def, subject)}, nil // too early by a clock's breath: nothing to record
	}
	effects, err := def.Apply(subject, events)
	if err != nil {
		return workflows.Outcome{}, err
	}
	err = tx.Record(store.Change{Definition: def, Case: subject, Events: events, Effects: effects, Command: record})
	return workflows.Outcome{Version: subject.Head().Version, Header: c.header(def, subject)}, err
}

// policy finds the profile the case is pinned to. A case not yet handed in follows the newest version of its profile;
// one that is created from another case, and not as a draft, follows that one's.
func (c *Cases) policy(tx *store.Tx, def lifecycle.Definition, subject lifecycle.Case, command string, needs lifecycle.Needs, facts lifecycle.Facts) (*policy.Profile, error) {
	h := subject.Head()
	hash := h.Policy.Hash
	if h.Version == 0 && !drafts(def, command) {
		for _, id := range needs.Cases {
			if other, ok := facts.Cases[id]; ok && hash == "" && other.Head().Kind != h.Kind {
				hash = other.Head().Policy.Hash
			}
		}
	}
	if hash != "" && !def.State(h.State).Draft {
		return c.pinned(tx, hash)
	}
	name := h.Policy.Name
	if name == "" {
		name = DefaultPolicy
	}
	if p, ok := c.Policies.Newest(name); ok {
		return p, nil
	}
	return nil, fmt.Errorf("there is no policy profile %q", name)
}

// drafts reports whether a command opens a case as a draft.
func drafts(def lifecycle.Definition, command string) bool {
	row, _ := def.Row(command)
	return len(row.To) == 1 && def.State(row.To[0]).Draft
}

// pinned finds a profile by its hash: in the library, or, for a version that is no longer shipped, in the database where its text is kept.
func (c *Cases) pinned(tx *store.Tx, hash string) (*policy.Profile, error) {
	if p, ok := c.Policies.ByHash(hash); ok {
		return p, nil
	}
	kept, err := tx.Policy(hash)
	if err != nil {
		return nil, err
	}
	return policies.Restore(kept.Name, kept.Content)
}

// calendar is the one in force in the transaction: what was uploaded before a command is what its limits are counted with, in whichever process.
func (c *Cases) calendar(tx *store.Tx) (calendar.Calendar, error) {
	version, err := tx.CalendarVersion()
	if err != nil {
		return calendar.Calendar{}, err
	}
	return c.Calendars.At(version, func() ([][]byte, error) {
		uploads, err := tx.Calendars()
		return contents(uploads), err
	})
}

// Calendar is the one in force now, for those who only look.
func (c *Cases) Calendar(ctx context.Context) (calendar.Calendar, error) {
	version, err := c.Store.CalendarVersion(ctx)
	if err != nil {
		return calendar.Calendar{}, err
	}
	return c.Calendars.At(version, func() ([][]byte, error) {
		uploads, err := c.Store.Calendars(ctx)
		return contents(uploads), err
	})
}

func contents(uploads []store.Calendar) [][]byte {
	out := make([][]byte, len(uploads))
	for i, u := range uploads {
		out[i] = u.Content
	}
	return out
}

func (c *Cases) header(def lifecycle.Definition, subject lifecycle.Case) workflows.Header {
	return workflows.HeaderOf(def, subject, c.Clock.Real)
}
