package store

import (
	"encoding/base64"
	"encoding/json"
)

// The sizes of list parts.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Page is a part of a list. Next is the cursor of the part that follows, empty when none does.
type Page[T any] struct {
	Items []T
	Next  string
}

func pageSize(limit int) int {
	if limit <= 0 {
		return DefaultLimit
	}
	return min(limit, MaxLimit)
}

// place is where a part of a list ended: the sort key of its last item, as number or text, and what tells equal keys apart.
// Lists are ordered by all of it, so parts neither overlap nor leave out an item that stays where it is.
type place struct {
	List string `json:"l"`
	Num  int64  `json:"k,omitempty"`
	Text string `json:"t,omitempty"`
	ID   string `json:"i"`
	N    int    `json:"n,omitempty"` // of several items with one ID
}

func (p place) cursor() string {
	raw, err := json.Marshal(p)
	if err != nil {
		panic("strings and a number: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// placeOf reads the cursor of a list; false when there is none.
func placeOf(list, cursor string) (p place, ok bool, err error) {
	if cursor == "" {
		return place{}, false, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(raw, &p) != nil || p.List != list {
		return place{}, false, ErrBadCursor
	}
	return p, true, nil
}

// page makes a Page of rows that were read one beyond the limit, to see whether more follow.
func page[R, T any](rows []R, limit int, item func(R) (T, error), end func(R) place) (Page[T], error) {
	var p Page[T]
	if len(rows) > limit {
		rows = rows[:limit]
		p.Next = end(rows[limit-1]).cursor()
	}
	p.Items = make([]T, len(rows))
	for i, row := range rows {
		var err error
		if p.Items[i], err = item(row); err != nil {
			return Page[T]{}, err
		}
	}
	return p, nil
}

// sure makes a conversion that cannot fail fit page.
func sure[R, T any](item func(R) T) func(R) (T, error) {
	return func(row R) (T, error) { return item(row), nil }
}
