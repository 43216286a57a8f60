package authorization_test

import (
	"encoding/json"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// give decides a command and folds what it leads to: whatever the input, it is refused in words, or its events fold. Nothing panics.
func give(t fataler, p place, actor identity.Actor, name string, raw []byte) {
	t.Helper()
	cmd := lifecycle.Command{ID: "c", Name: name, Actor: actor, Data: json.RawMessage(raw)}
	events, no := authorization.Machine.Decide(p.a, cmd, p.env(authorization.Machine.Needs(p.a, cmd)))
	if no != nil && (no.Detail("zh") == no.Code || len(events) > 0) {
		t.Fatalf("%+v with %d events", no, len(events))
	}
	if len(events) == 0 {
		return
	}
	r := p.copy(t)
	for _, e := range events {
		if err := authorization.Machine.Evolve(r.a, stored(e)); err != nil {
			t.Fatalf("%v", err)
		}
		if _, err := authorization.Machine.Effects(r.a, e); err != nil {
			t.Fatalf("%v", err)
		}
	}
}

// FuzzInput sends any JSON with any command, in every state, by everybody who has a part.
func FuzzInput(f *testing.F) {
	names := commands()
	for i, p := range places() {
		for j, name := range names {
			if slices.Contains(rows[name].From, p.a.State) {
				f.Add(uint8(i), uint8(j), uint8(j), []byte(encode(p.input(name, caseID+".1"))))
			}
		}
	}
	all := cast()
	f.Fuzz(func(t *testing.T, where, what, who uint8, raw []byte) {
		give(t, places()[int(where)%len(places())], all[int(who)%len(all)], names[int(what)%len(names)], raw)
	})
}

// No state lacks what a command looks at when its input is empty, another's, or nonsense.
func TestNonsense(t *testing.T) {
	nonsense := [][]byte{
		nil, []byte(`{}`), []byte(`null`), []byte(`[]`), []byte(`{"task":"authorization-1.1"}`), []byte(`{"count":{"quorum":"1/2","threshold":"1/2"}}`),
		[]byte(`{"hash":"","product":"","year":-1,"months":-1,"missing":[{}],"person":"system","access":"open","exit":"","outcome":"closed"}`),
		[]byte(encode(application())), []byte("{\"reason\":\"\xff\"}"), []byte(`{"reason":"\ud800"}`),
	}
	for _, p := range places() {
		for _, name := range append(commands(), "no-such-command") {
			tried := nonsense
			if !slices.Contains(rows[name].From, p.a.State) {
				tried = nonsense[:1] // which nobody looks at
			}
			for _, actor := range []identity.Actor{applicant, signatory, officer, agencySigns, administrator, claimant, system} {
				for _, raw := range tried {
					give(t, p, actor, name, raw)
				}
			}
		}
	}
}
