package lives

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/workflows"
)

// Director has people give commands. Its functions say in which world.
type Director struct {
	T      testing.TB
	Give   func(cmd workflows.Command) workflows.Outcome            // and wait for the answer
	Case   func(def lifecycle.Definition, id string) lifecycle.Case // as it stands now; blank when there is none
	Now    func() time.Time                                         // business time
	Wait   func(d time.Duration)                                    // of business time
	Prefix string                                                   // of the IDs of its commands
	n      int
}

// Do has a person give a command, which must be accepted.
func (d *Director) Do(person string, def lifecycle.Definition, id, command string, input any) workflows.Outcome {
	d.T.Helper()
	out := d.Try(person, def, id, command, input)
	if out.Refusal != nil {
		d.T.Fatalf("%s by %s on %s is refused: %+v", command, person, id, *out.Refusal)
	}
	return out
}

// Refused has a person give a command, which must be refused with the code.
func (d *Director) Refused(code refusal.Code, person string, def lifecycle.Definition, id, command string, input any) {
	d.T.Helper()
	if out := d.Try(person, def, id, command, input); out.Refusal == nil || out.Refusal.Code != code.Name {
		d.T.Fatalf("%s by %s on %s: want the refusal %s, got %+v", command, person, id, code.Name, out)
	}
}

// Try has a person give a command.
func (d *Director) Try(person string, def lifecycle.Definition, id, command string, input any) workflows.Outcome {
	d.T.Helper()
	data, err := json.Marshal(input)
	if err != nil {
		d.T.Fatalf("input of %s: %v", command, err)
	}
	d.n++
	return d.Give(workflows.Command{
		Kind: def.Kind(), Case: id, ID: fmt.Sprintf("%scmd-%d", d.Prefix, d.n), Name: command, Person: person, Data: data, Fingerprint: "fingerprint",
	})
}

// Until waits, step by step of business time, until the condition holds.
func (d *Director) Until(what string, step time.Duration, holds func() bool) {
	d.T.Helper()
	for range 10_000 {
		if holds() {
			return
		}
		d.Wait(step)
	}
	d.T.Fatalf("%s did not come about", what)
}
