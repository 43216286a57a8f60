package calendars

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/activity"
	"golang.org/x/sync/errgroup"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/workflows"
)

const (
	partOfRecount = 50               // cases between two notes of how far it is
	givenAtOnce   = 8                // commands under way
	answerWithin  = 10 * time.Second // of one case; then the next ones go on
)

// Progress says how far a recount is.
type Progress struct {
	store.Recount
	Superseded bool // another calendar is in force by now: what is left is not counted with this one any more
}

// StartRecount has every open case count its limits anew with the calendar in force, which must be of the version named: what a person has looked at
// is what he confirms. One that is under way goes on; what was counted already stays as it is.
func (k *Keeper) StartRecount(ctx context.Context, person, version string) (Progress, *refusal.Refusal, error) {
	days, err := k.Cases.Calendar(ctx)
	if err != nil {
		return Progress{}, nil, err
	}
	if days.Version() != version {
		return Progress{}, refusal.CalendarSuperseded.With(), nil
	}
	r, err := k.Cases.Store.BeginRecount(ctx, version, person)
	if err != nil {
		return Progress{}, nil, err
	}
	start := k.Start
	if start == nil {
		start = func(ctx context.Context, in workflows.RecountInput) error {
			return workflows.StartRecount(ctx, k.Temporal, in)
		}
	}
	if err := start(ctx, workflows.RecountInput{Calendar: r.Calendar, Round: r.Round}); err != nil {
		return Progress{}, nil, fmt.Errorf("start the recount: %w", err)
	}
	return Progress{Recount: r}, nil, nil
}

// Progress says how far the recount is that was started last; false when none was.
func (k *Keeper) Progress(ctx context.Context) (Progress, bool, error) {
	r, known, err := k.Cases.Store.LastRecount(ctx)
	if err != nil || !known {
		return Progress{}, false, err
	}
	days, err := k.Cases.Calendar(ctx)
	return Progress{Recount: r, Superseded: days.Version() != r.Calendar}, true, err
}

// Recount walks the open cases for a round, part by part, and notes after each how far it is, so that it goes on there after a crash.
// It ends early when another calendar has come into force or another round has begun.
func (k *Keeper) Recount(ctx context.Context, in workflows.RecountInput) error {
	stopping := activity.GetWorkerStopChannel(ctx)
	for {
		r, err := k.Cases.Store.GetRecount(ctx, in.Calendar)
		if err != nil {
			return err
		}
		if r.Round != in.Round || r.FinishedAt != nil {
			return nil
		}
		select {
		case <-stopping:
			return errors.New("the worker stops; another goes on")
		default:
		}
		over, err := k.part(ctx, &r)
		if err != nil {
			return err
		}
		if over {
			now := k.Cases.Clock.Now()
			r.FinishedAt = &now
		}
		if err := k.Cases.Store.NoteRecount(ctx, r); err != nil && !errors.Is(err, store.ErrVersionConflict) {
			return err
		}
	}
}

// part deals with the next cases and says whether it is over.
func (k *Keeper) part(ctx context.Context, r *store.Recount) (over bool, err error) {
	activity.RecordHeartbeat(ctx)
	days, err := k.Cases.Calendar(ctx)
	if err != nil || days.Version() != r.Calendar {
		return err == nil, err
	}
	cases, err := k.Cases.Store.LimitedCases(ctx, r.Reached, partOfRecount)
	if err != nil || len(cases) == 0 {
		return err == nil, err
	}
	var recounted, failed atomic.Int64
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(givenAtOnce)
	for _, c := range cases {
		group.Go(func() error {
			activity.RecordHeartbeat(within)
			done, err := k.one(within, c, days)
			switch {
			case err != nil && ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				k.logger().WarnContext(ctx, "a case was not counted anew", "case", c.ID, "error", err)
				failed.Add(1)
			case done:
				recounted.Add(1)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return false, err
	}
	r.Checked += len(cases)
	r.Recounted += int(recounted.Load())
	r.Failed += int(failed.Load())
	r.Reached = cases[len(cases)-1].ID
	return false, nil
}

// one has one case count its limits anew, if any changes, and says whether one did. The command's ID is made of calendar, case and version, so that a
// repeat changes nothing.
func (k *Keeper) one(ctx context.Context, c store.CaseView, days calendar.Calendar) (bool, error) {
	h, err := head(c)
	if err != nil {
		return false, err
	}
	if len(h.Recount(lifecycle.Env{Now: k.Cases.Clock.Now(), Calendar: days})) == 0 {
		return false, nil
	}
	data, err := json.Marshal(lifecycle.RecountInput{Calendar: days.Version()})
	if err != nil {
		return false, fmt.Errorf("input of %s: %w", lifecycle.Recount, err)
	}
	within, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	out, err := k.give(within, workflows.Command{
		Kind: c.Kind, Case: c.ID, ID: fmt.Sprintf("recount/%s/%s/%d", days.Version(), c.ID, c.Version), Name: lifecycle.Recount,
		Person: identity.SystemPerson, Data: data,
	})
	if err != nil {
		return false, err
	}
	if r := out.Refusal; r != nil {
		switch r.Code {
		case refusal.NothingToRecount.Name, refusal.CaseClosed.Name, refusal.CalendarSuperseded.Name: // the case, or the calendar, has changed meanwhile
			return false, nil
		default:
			return false, fmt.Errorf("refused: %s", r.Code)
		}
	}
	return true, nil
}

func (k *Keeper) give(ctx context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	if k.Give != nil {
		return k.Give(ctx, cmd, false)
	}
	return workflows.Give(ctx, k.Temporal, cmd, false)
}
