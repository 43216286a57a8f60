package demo

import (
	"errors"
	"strings"
	"testing"

	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
)

// TestLeads: every registration, plan and complaint that is led says what it comes to, in a state that its kind has.
func TestLeads(t *testing.T) {
	states := map[string]map[lifecycle.State]bool{}
	for path, kind := range map[string]lifecycle.Kind{registrationsPath: "registration", plansPath: "plan", complaintsPath: "complaint"} {
		states[path] = map[lifecycle.State]bool{}
		for _, s := range kinds.Definition(kind).Table().States {
			states[path][s.Name] = true
		}
	}
	led := map[string]int{}
	for _, l := range Leads() {
		if !l.Words.Complete() || l.way == nil || !states[l.path][l.State] {
			t.Errorf("%+v is not complete", l)
		}
		led[l.path]++
	}
	if led[registrationsPath] < 4 || led[plansPath] < 3 || led[complaintsPath] < 2 {
		t.Errorf("%v", led)
	}
}

func TestWriteLeads(t *testing.T) {
	leads := Leads()[:2]
	leads[0].Case, leads[0].Is = "reg-1", leads[0].State
	var out strings.Builder
	if err := WriteLeads(&out, leads[:1], "en"); err != nil || !strings.Contains(out.String(), "reg-1") {
		t.Errorf("%v: %s", err, out.String())
	}
	leads[1].Err = errors.New("lost")
	if err := WriteLeads(&out, leads, "zh"); err == nil || !strings.Contains(out.String(), "! lost") {
		t.Errorf("%v: %s", err, out.String())
	}
}
