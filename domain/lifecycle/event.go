package lifecycle

import (
	"encoding/json"
	"fmt"
	"time"

	"datacharter/domain/identity"
)

// Content is what one type of event says beside who and when. Event types are stored data: never rename one.
type Content interface{ EventType() string }

// Event is a fact in the life of one case.
type Event struct {
	Case      string          `json:"case"`
	Seq       int64           `json:"seq"` // 1, 2, 3 … within the case; the case's version after it
	Type      string          `json:"type"`
	Schema    int             `json:"schema"`
	At        time.Time       `json:"at"`
	By        identity.By     `json:"by"`
	CommandID string          `json:"command_id"`
	Data      json.RawMessage `json:"data"`
}

// EventType says how one type of event changes a case and what it sends out.
type EventType[S Case] struct {
	name    string
	upcasts []Upcast
	apply   func(c S, e Event, data json.RawMessage) error
	effects func(c S, e Event, data json.RawMessage) ([]Effect, error)
}

// Upcast lifts the content of an event from one schema number to the next.
type Upcast func(json.RawMessage) (json.RawMessage, error)

// On describes events with content E: apply changes the case, which it may modify in place.
func On[S Case, E Content](apply func(c S, content E, e Event)) EventType[S] {
	var zero E
	return EventType[S]{
		name: zero.EventType(),
		apply: func(c S, e Event, data json.RawMessage) error {
			content, err := decodeContent[E](data)
			if err != nil {
				return err
			}
			apply(c, content, e)
			return nil
		},
	}
}

// Sending adds what goes out when such an event is recorded. c is the case after the whole command.
func Sending[S Case, E Content](t EventType[S], effects func(c S, content E, e Event) []Effect) EventType[S] {
	t.effects = func(c S, e Event, data json.RawMessage) ([]Effect, error) {
		content, err := decodeContent[E](data)
		if err != nil {
			return nil, err
		}
		return effects(c, content, e), nil
	}
	return t
}

// Since adds upcasts: the first lifts schema 1 to 2, and so on. New events are written with the newest schema.
func (t EventType[S]) Since(upcasts ...Upcast) EventType[S] {
	t.upcasts = upcasts
	return t
}

func (t EventType[S]) schema() int { return len(t.upcasts) + 1 }

func (t EventType[S]) lift(e Event) (json.RawMessage, error) {
	if e.Schema < 1 || e.Schema > t.schema() {
		return nil, fmt.Errorf("event %s/%d: schema %d of %q is not known to this program", e.Case, e.Seq, e.Schema, e.Type)
	}
	data := e.Data
	for _, up := range t.upcasts[e.Schema-1:] {
		lifted, err := up(data)
		if err != nil {
			return nil, fmt.Errorf("event %s/%d: lift %q: %w", e.Case, e.Seq, e.Type, err)
		}
		data = lifted
	}
	return data, nil
}

func decodeContent[E Content](data json.RawMessage) (E, error) {
	var content E
	if err := json.Unmarshal(data, &content); err != nil {
		return content, fmt.Errorf("content of event %q: %w", content.EventType(), err)
	}
	return content, nil
}
