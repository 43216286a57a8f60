package authorization_test

import (
	"encoding/json"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// Whatever JSON arrives with whatever command, in every state and by anybody: it is refused, or it leads to events that fold. Nothing panics.
func FuzzInput(f *testing.F) {
	all := append(cast(), everybody()...)
	names := append(commands(), "no-such-command")
	for i, p := range places() {
		for j, name := range names {
			f.Add(uint8(i), uint8(j), uint8(i+j), []byte(encode(p.input(name, caseID+".1"))))
		}
	}
	for i := range places() {
		for j := range names {
			f.Add(uint8(i), uint8(j), uint8(6), []byte(`{"task":"authorization-1.1"}`)) // by the system
			f.Add(uint8(i), uint8(j), uint8(2), []byte(`null`))
			f.Add(uint8(i), uint8(j), uint8(0), []byte(`{"hash":"","product":"flow","year":2026,"months":1}`))
		}
	}
	f.Fuzz(func(t *testing.T, where, what, who uint8, raw []byte) {
		p := places()[int(where)%len(places())]
		actor := all[int(who)%len(all)]
		cmd := lifecycle.Command{ID: "c", Name: names[int(what)%len(names)], Actor: actor, Data: json.RawMessage(raw)}
		r := p.copy(t)
		events, no := authorization.Machine.Decide(r.a, cmd, r.env(authorization.Machine.Needs(r.a, cmd)))
		if no != nil {
			if no.Detail("zh") == no.Code || len(events) > 0 {
				t.Fatalf("%+v with %d events", no, len(events))
			}
			return
		}
		for _, e := range events {
			if err := authorization.Machine.Evolve(r.a, stored(e)); err != nil {
				t.Fatal(err)
			}
			if _, err := authorization.Machine.Effects(r.a, e); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The system's own commands with empty inputs too: no state lacks what they look at.
func TestEmptyInputs(t *testing.T) {
	for _, p := range places() {
		for _, name := range commands() {
			for _, input := range []any{nil, struct{}{}, json.RawMessage(`{"count":{"quorum":"1/2","threshold":"1/2"}}`), resolution.Roll{}} {
				for _, actor := range cast() {
					_, _ = p.decide(actor, name, input)
				}
			}
		}
	}
}
