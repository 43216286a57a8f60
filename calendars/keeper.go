// Package calendars keeps the calendars of working days: it takes the notice of a year, says beforehand which due dates it would move, and has the
// open cases counted anew when an administrator asks for it. A new calendar moves nothing by itself.
package calendars

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"

	"go.temporal.io/sdk/client"

	"datacharter/activities"
	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/workflows"
)

// Keeper keeps the calendars. Cases is needed; Temporal or Give, and Start, for what they are used for.
type Keeper struct {
	Cases    *activities.Cases
	Temporal client.Client
	Logger   *slog.Logger // slog.Default() when nil

	// Give hands a command to its case's workflow; workflows.Give when nil.
	Give func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error)
	// Start starts a round's workflow; workflows.StartRecount when nil.
	Start func(ctx context.Context, in workflows.RecountInput) error
}

// InForce is the calendar in force.
type InForce struct {
	Version string // of the whole, as time limits name it
	Years   []Year
}

// Year is one year of the calendar in force.
type Year struct {
	calendar.Year
	Upload int64 // the version of the upload it comes from; 0 for one shipped with the program or put into its directory
}

// InForce returns the calendar in force.
func (k *Keeper) InForce(ctx context.Context) (InForce, error) {
	days, err := k.Cases.Calendar(ctx)
	if err != nil {
		return InForce{}, err
	}
	uploads, err := k.Cases.Store.Calendars(ctx)
	if err != nil {
		return InForce{}, err
	}
	of := map[int]int64{}
	for _, u := range uploads {
		of[u.Year] = u.Version
	}
	out := InForce{Version: days.Version()}
	for _, y := range days.Years() {
		out.Years = append(out.Years, Year{Year: y, Upload: of[y.Year]})
	}
	return out, nil
}

// Uploads lists every upload without content, newest first.
func (k *Keeper) Uploads(ctx context.Context) ([]store.Calendar, error) {
	return k.Cases.Store.ListCalendars(ctx)
}

// refusedUpload carries a refusal out of the transaction.
type refusedUpload struct{ refusal *refusal.Refusal }

func (r refusedUpload) Error() string { return "the upload was refused: " + r.refusal.Code }

// Put takes a person's upload of a year's notice, in the shape of the files under policies/calendars. It is in force at once, in every process, for
// what is counted from then on. request names the request: a repeat changes nothing, one with other content is refused. One that would change nothing in the calendar is refused.
func (k *Keeper) Put(ctx context.Context, person, request string, content []byte) (store.Calendar, *refusal.Refusal, error) {
	sum := sha256.Sum256(content)
	digest := "sha256:" + hex.EncodeToString(sum[:])
	put, err := k.Cases.Store.PutCalendar(ctx, request, func(newest []store.Calendar) (store.Calendar, error) {
		before := contents(newest)
		now, err := k.Cases.Calendars.With(before...)
		if err != nil {
			return store.Calendar{}, err
		}
		year, then, refused, err := k.Cases.Calendars.Try(content, before...)
		switch {
		case err != nil:
			return store.Calendar{}, err
		case refused != nil:
			return store.Calendar{}, refusedUpload{refused}
		case then.Version() == now.Version():
			return store.Calendar{}, refusedUpload{refusal.CalendarUnchanged.With()}
		}
		return store.Calendar{
			Year: year.Year, Notice: year.Notice, Issued: year.Issued.String(), Digest: digest, Content: content, AddedBy: person,
		}, nil
	})
	var refused refusedUpload
	if errors.As(err, &refused) {
		return store.Calendar{}, refused.refusal, nil
	}
	if err != nil {
		return store.Calendar{}, nil, fmt.Errorf("keep the calendar: %w", err)
	}
	if put.Digest != digest {
		return store.Calendar{}, refusal.KeyReused.With(), nil
	}
	return put, nil, nil
}

func contents(uploads []store.Calendar) [][]byte {
	out := make([][]byte, len(uploads))
	for i, u := range uploads {
		out[i] = u.Content
	}
	return out
}

func (k *Keeper) logger() *slog.Logger {
	if k.Logger == nil {
		return slog.Default()
	}
	return k.Logger
}
