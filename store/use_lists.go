package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/use"
)

// UseFilter narrows a list of events or batches of an authorisation; empty fields do not.
type UseFilter struct {
	Authorization string
	Platform      string
	Stage         use.Stage
	Product       string
	Beyond        bool // only what lies beyond the scope
	Cursor        string
	Limit         int // DefaultLimit when 0, at most MaxLimit
}

// RecordedUse is an event of the ledger.
type RecordedUse struct {
	use.Judged
	Platform string
	Position int64 // of its batch
}

func (r useEventRow) recorded() (RecordedUse, error) {
	out := RecordedUse{Platform: r.Platform, Position: r.Position, Judged: use.Judged{Event: use.Event{ID: r.Event, Use: use.Use{
		At: fromMicros(r.At), Stage: use.Stage(r.Stage), Product: r.Product, Scenario: r.Scenario, Volume: r.Volume, Unit: use.Unit(r.Unit),
	}}}}
	out.Purpose = agreement.Class(r.Purpose)
	if r.Taker != "" || r.TakerCode != "" {
		out.Taker = &use.Taker{Name: r.Taker, Code: r.TakerCode}
	}
	if err := json.Unmarshal([]byte(r.Resources), &out.Resources); err != nil {
		return out, fmt.Errorf("store: event %s of %s: %w", r.Event, r.Platform, err)
	}
	if r.Reasons == "" {
		return out, nil
	}
	if err := json.Unmarshal([]byte(r.Reasons), &out.Reasons); err != nil {
		return out, fmt.Errorf("store: event %s of %s: %w", r.Event, r.Platform, err)
	}
	return out, nil
}

// ListUses lists the events under an authorisation, the last first. It asks nobody's right.
func (s *Store) ListUses(ctx context.Context, f UseFilter) (Page[RecordedUse], error) {
	const list = "uses"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[RecordedUse]{}, err
	}
	q := s.read.WithContext(ctx).Where("case_id = ?", storable(f.Authorization))
	q = where(where(where(q, "platform", storable(f.Platform)), "stage", storable(string(f.Stage))), "product", storable(f.Product))
	if f.Beyond {
		q = q.Where("beyond")
	}
	if more {
		platform, event, _ := strings.Cut(at.ID, " ")
		q = q.Where("(at, platform, event) < (?, ?, ?)", at.Num, platform, event)
	}
	limit := pageSize(f.Limit)
	var rows []useEventRow
	if err := q.Order("at DESC, platform DESC, event DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[RecordedUse]{}, err
	}
	return page(rows, limit, useEventRow.recorded, func(r useEventRow) place { return place{List: list, Num: r.At, ID: r.Platform + " " + r.Event} })
}

// ListUseBatches lists the batches under an authorisation, the last first, without their bodies. It asks nobody's right.
func (s *Store) ListUseBatches(ctx context.Context, f UseFilter) (Page[use.Received], error) {
	const list = "use-batches"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[use.Received]{}, err
	}
	q := where(s.read.WithContext(ctx).Omit("body").Where("case_id = ?", storable(f.Authorization)), "platform", storable(f.Platform))
	if f.Beyond {
		q = q.Where("beyond > 0")
	}
	if more {
		q = q.Where("(at, platform, position) < (?, ?, ?)", at.Num, at.ID, at.N)
	}
	limit := pageSize(f.Limit)
	var rows []useBatchRow
	if err := q.Order("at DESC, platform DESC, position DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[use.Received]{}, err
	}
	return page(rows, limit, sure(useBatchRow.received), func(r useBatchRow) place {
		return place{List: list, Num: r.At, ID: r.Platform, N: int(r.Position)}
	})
}
