package lifecycle

import (
	"encoding/json"

	"datacharter/domain/identity"
)

// Effect is one thing that leaves the case when an event is recorded: exactly one of its fields is set.
// It is written to the outbox in the same transaction and delivered at least once, with "<case>/<seq>/<n>" as its key.
type Effect struct {
	Notice      *Notice      `json:"notice,omitempty"`
	Send        *Send        `json:"send,omitempty"`
	Publication *Publication `json:"publication,omitempty"`
}

// Notice tells people something. Every field of To that is set narrows who gets it.
type Notice struct {
	To      Recipients        `json:"to"`
	Subject string            `json:"subject"` // a key of package notice
	Params  map[string]string `json:"params,omitempty"`
}

// Recipients names one person, or those who hold a role in one organisation – and in another one beside it – or in any organisation of a kind.
type Recipients struct {
	Person       string        `json:"person,omitempty"`
	Organization string        `json:"organization,omitempty"`
	Also         string        `json:"also,omitempty"` // another organisation
	Kind         identity.Kind `json:"kind,omitempty"`
	Role         identity.Role `json:"role,omitempty"`
}

// Send gives a command to another case, as the system.
type Send struct {
	Kind    Kind            `json:"kind"`
	Case    string          `json:"case"`
	Command string          `json:"command"`
	Data    json.RawMessage `json:"data"`
}

// Publication puts an entry into the public record.
type Publication struct {
	Subject string          `json:"subject"` // a key of package notice
	Content json.RawMessage `json:"content"`
}

// SendTo makes the effect of giving another case a command; input must marshal to JSON.
func SendTo(kind Kind, id, command string, input any) Effect {
	return Effect{Send: &Send{Kind: kind, Case: id, Command: command, Data: mustJSON(input)}}
}

// Publish makes the effect of a public entry; content must marshal to JSON.
func Publish(subject string, content any) Effect {
	return Effect{Publication: &Publication{Subject: subject, Content: mustJSON(content)}}
}

// Tell makes the effect of a notice. Params come as name, value pairs.
func Tell(to Recipients, subject string, pairs ...string) Effect {
	params := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i]] = pairs[i+1]
	}
	return Effect{Notice: &Notice{To: to, Subject: subject, Params: params}}
}

func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("value that JSON cannot hold: " + err.Error())
	}
	return raw
}
