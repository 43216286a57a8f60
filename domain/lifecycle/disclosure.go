package lifecycle

import (
	"bytes"
	"encoding/json"
	"time"
)

// Disclosure says what the public may know of the cases of one kind.
type Disclosure[S Case] struct {
	// Entry is what the public may know of a case now, a value that marshals to JSON; nil while that is nothing. Once it is something, it stays so.
	Entry func(c S) any
	// Release publishes that the entry is no longer the known one – nil when there was none – since the events of one command.
	Release func(c S, known json.RawMessage, events []Event) Effect
}

// PublicState is when the public last learned something new of a case, and how often it has.
type PublicState struct {
	No        int       `json:"no"` // 1, 2 … with each change
	ChangedAt time.Time `json:"changed_at"`
	Command   string    `json:"command"` // that led to it
}

// of is the entry as JSON, nil for none.
func (d Disclosure[S]) of(c S) json.RawMessage {
	if d.Entry == nil {
		return nil
	}
	entry := d.Entry(c)
	if entry == nil {
		return nil
	}
	return mustJSON(entry)
}

// note marks the case when an event changed its entry from the known one. Several events of one command are one change.
func (d Disclosure[S]) note(c S, known json.RawMessage, e Event) {
	now := d.of(c)
	if now == nil || bytes.Equal(known, now) {
		return
	}
	h := c.Head()
	no := 1
	if h.Public != nil {
		no = h.Public.No
		if e.CommandID != h.Public.Command {
			no++
		}
	}
	h.Public = &PublicState{No: no, ChangedAt: e.At, Command: e.CommandID}
}
