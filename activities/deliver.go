package activities

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"

	"datacharter/domain/identity"
	"datacharter/store"
	"datacharter/transparency"
	"datacharter/workflows"
)

// Outbox delivers what the cases have put into the outbox: notices to people, publications, and commands to other cases.
type Outbox struct {
	Store    *store.Store
	Temporal client.Client
	Wall     func() time.Time // real time
	Keys     transparency.Keys
	Logger   *slog.Logger
}

const (
	outboxBatch   = 100
	outboxPause   = 100 * time.Millisecond // between looks into an empty outbox
	outboxGather  = 20 * time.Millisecond  // between batches that are not full: a transaction for many messages costs what one for one does
	deliverWithin = 3 * time.Second        // less than a missed heartbeat takes
	firstRetry    = 500 * time.Millisecond
	lastRetry     = 5 * time.Minute
)

// Deliver empties the outbox until its worker stops or its shift is over. Messages of one case go out in order; each at least once, with its ID as key.
// What is published enters the transparency log, whose checkpoints are signed here.
func (o *Outbox) Deliver(ctx context.Context) error {
	over := time.After(workflows.Shift)
	stopping := activity.GetWorkerStopChannel(ctx)
	checkpoints := signing{outbox: o}
	if err := checkpoints.begin(ctx); err != nil {
		return err
	}
	for {
		activity.RecordHeartbeat(ctx)
		delivered, err := o.round(ctx)
		if err != nil {
			return err
		}
		checkpoints.after(ctx, delivered)
		pause := outboxGather
		switch delivered {
		case 0:
			pause = outboxPause
		case outboxBatch:
			pause = 0
		}
		select {
		case <-over:
			return nil
		case <-stopping:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// round delivers one batch, as far as it comes before the worker stops, and says how many messages went out.
// What stays in the database goes out in one transaction; when that fails, message by message, so that one does not hold up the others.
func (o *Outbox) round(ctx context.Context) (int, error) {
	messages, err := o.Store.Outbox(ctx, outboxBatch, o.Wall())
	if err != nil {
		return 0, err
	}
	delivered := 0
	if here := slices.DeleteFunc(slices.Clone(messages), forAnotherCase); len(here) > 0 {
		if err := o.Store.Deliver(ctx, here...); err == nil {
			delivered = len(here)
			messages = slices.DeleteFunc(messages, func(m store.Message) bool { return !forAnotherCase(m) })
		}
	}
	stopping := activity.GetWorkerStopChannel(ctx)
	for _, m := range messages {
		select {
		case <-stopping:
			return delivered, nil
		default:
		}
		activity.RecordHeartbeat(ctx)
		err := o.deliver(ctx, m)
		switch {
		case err == nil:
			delivered++
		case ctx.Err() != nil:
			return delivered, ctx.Err()
		default:
			o.Logger.Warn("delivery failed, to be tried again", "message", m.ID, "attempts", m.Attempts+1, "error", err)
			if err := o.Store.Failed(ctx, m.ID, failure(err), o.Wall().Add(backoff(m.Attempts))); err != nil {
				return delivered, err
			}
		}
	}
	return delivered, nil
}

func forAnotherCase(m store.Message) bool { return m.Effect.Send != nil }

func (o *Outbox) deliver(ctx context.Context, m store.Message) error {
	if forAnotherCase(m) {
		return o.send(ctx, m)
	}
	return o.Store.Deliver(ctx, m)
}

// send gives a command to another case. A refusal is that case's answer, kept with the command: it counts as delivered.
func (o *Outbox) send(ctx context.Context, m store.Message) error {
	within, cancel := context.WithTimeout(ctx, deliverWithin)
	defer cancel()
	s := m.Effect.Send
	out, err := workflows.Give(within, o.Temporal, workflows.Command{
		Kind: s.Kind, Case: s.Case, ID: m.ID, Name: s.Command, Person: identity.SystemPerson, Data: s.Data,
	}, false)
	if err != nil {
		return err
	}
	if out.Refusal != nil {
		o.Logger.Warn("a case refused another case's command", "message", m.ID, "case", s.Case, "command", s.Command, "code", out.Refusal.Code)
	}
	return o.Store.Delivered(ctx, m.ID)
}

// backoff doubles the pause with each attempt that failed.
func backoff(attempts int) time.Duration {
	pause := firstRetry
	for range attempts {
		pause = min(2*pause, lastRetry)
	}
	return pause
}

func failure(err error) string {
	var late *client.WorkflowUpdateServiceTimeoutOrCanceledError
	if errors.As(err, &late) || errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	return "failed"
}
