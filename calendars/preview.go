package calendars

import (
	"context"
	"encoding/json"
	"fmt"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// The sizes of a part of a preview, in due dates.
const (
	DefaultMoves = 50
	MaxMoves     = 200
)

// casesAtOnce bounds how many folded cases are read at a time.
const casesAtOnce = 100

// Move is one due date that would become another.
type Move struct {
	Case    string
	Kind    lifecycle.Kind
	Title   string
	Name    string // of the limit
	Rule    text.Text
	Article string
	From    calendar.Due
	To      calendar.Due
	Days    int // calendar days; negative when it comes earlier
}

// Totals count over all open cases.
type Totals struct {
	Cases   int // with a running limit
	Earlier int // due dates that come earlier
	Later   int // due dates that come later
	Settled int // due dates that stay and are provisional no longer
}

// Preview is what a calendar would move.
type Preview struct {
	Calendar string  // version of the calendar that would be in force
	Totals   *Totals // with the first part alone
	Moves    []Move  // in the order of the cases' IDs; all of one case are in one part
	Next     string  // cursor of the part that follows; empty when none does
}

// Preview says which due dates a recount would move if content were uploaded, or with the calendar in force when content is empty. It changes nothing.
// cursor is Next of the part before. The first part looks at every open case, the others only at what they show.
func (k *Keeper) Preview(ctx context.Context, content []byte, cursor string, limit int) (Preview, *refusal.Refusal, error) {
	days, refused, err := k.would(ctx, content)
	if refused != nil || err != nil {
		return Preview{}, refused, err
	}
	if limit <= 0 {
		limit = DefaultMoves
	}
	limit = min(limit, MaxMoves)
	out := Preview{Calendar: days.Version()}
	if cursor == "" {
		out.Totals = &Totals{}
	}
	env := lifecycle.Env{Now: k.Cases.Clock.Now(), Calendar: days}
	err = k.walk(ctx, cursor, func(c store.CaseView) (bool, error) {
		h, err := head(c)
		if err != nil {
			return false, err
		}
		changes := h.Recount(env)
		out.Totals.count(changes)
		switch moves := moves(h, changes); {
		case len(moves) == 0:
		case len(out.Moves) >= limit && out.Next == "":
			out.Next = out.last()
		case out.Next == "":
			out.Moves = append(out.Moves, moves...)
		}
		return out.Totals != nil || out.Next == "", nil
	})
	return out, nil, err
}

// last is the case of the last due date shown.
func (p *Preview) last() string { return p.Moves[len(p.Moves)-1].Case }

// would is the calendar that would be in force.
func (k *Keeper) would(ctx context.Context, content []byte) (calendar.Calendar, *refusal.Refusal, error) {
	if len(content) == 0 {
		days, err := k.Cases.Calendar(ctx)
		return days, nil, err
	}
	uploads, err := k.Cases.Store.Calendars(ctx)
	if err != nil {
		return calendar.Calendar{}, nil, err
	}
	_, days, refused, err := k.Cases.Calendars.Try(content, contents(uploads)...)
	return days, refused, err
}

// walk looks at every open case with a running limit, from the one that follows after on, until look says that it is enough.
func (k *Keeper) walk(ctx context.Context, after string, look func(store.CaseView) (more bool, err error)) error {
	for {
		part, err := k.Cases.Store.LimitedCases(ctx, after, casesAtOnce)
		if err != nil || len(part) == 0 {
			return err
		}
		for _, c := range part {
			if more, err := look(c); err != nil || !more {
				return err
			}
		}
		after = part[len(part)-1].ID
	}
}

// head reads the part of a folded case that all kinds share, and in which its limits are.
func head(c store.CaseView) (*lifecycle.Header, error) {
	h := &lifecycle.Header{}
	if err := json.Unmarshal(c.Data, h); err != nil {
		return nil, fmt.Errorf("read %s: %w", c.ID, err)
	}
	return h, nil
}

func (t *Totals) count(changes []lifecycle.DeadlineRecounted) {
	if t == nil {
		return
	}
	t.Cases++
	for _, e := range changes {
		switch days := e.Days(); {
		case days < 0:
			t.Earlier++
		case days > 0:
			t.Later++
		case e.From.Provisional && !e.To.Provisional:
			t.Settled++
		}
	}
}

func moves(h *lifecycle.Header, changes []lifecycle.DeadlineRecounted) (out []Move) {
	for _, e := range changes {
		if d := h.Deadline(e.Name); e.Moves() {
			out = append(out, Move{
				Case: h.ID, Kind: h.Kind, Title: h.Title, Name: e.Name, Rule: d.Rule, Article: d.Article, From: e.From, To: e.To, Days: e.Days(),
			})
		}
	}
	return out
}
