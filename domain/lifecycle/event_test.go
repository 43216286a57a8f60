package lifecycle_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"datacharter/domain/lifecycle"
)

// noted is an event that has changed its shape twice: {"s"} became {"text"}, and that {"text", "by"}.
type noted struct {
	Text string `json:"text"`
	By   string `json:"by"`
}

func (noted) EventType() string { return "noted" }

type note struct {
	lifecycle.Header
	Text string `json:"text"`
	By   string `json:"by"`
}

var notes = lifecycle.Machine[*note]{
	Name: "note", Words: words("note"), New: func() *note { return &note{} },
	Phases: []lifecycle.PhaseInfo{{Name: "only", Words: words("only")}},
	States: []lifecycle.StateInfo{{Name: "there", Phase: "only", Turn: lifecycle.By(lifecycle.TheSystem), Words: words("there")}},
	Rules: []lifecycle.Rule[*note]{{
		Command: "note", Words: words("note"), To: at("there"), By: lifecycle.By(lifecycle.Party{Where: lifecycle.Anywhere}), Emits: lifecycle.Emits(noted{}),
		Decide: lifecycle.Decide(func(_ *note, in noted, _ lifecycle.Env) (contents, refused) { return contents{in}, nil }),
	}},
	Events: []lifecycle.EventType[*note]{
		lifecycle.Sending(
			lifecycle.On(func(n *note, e noted, _ lifecycle.Event) { n.State, n.Text, n.By = "there", e.Text, e.By }),
			func(_ *note, e noted, _ lifecycle.Event) []lifecycle.Effect {
				return []lifecycle.Effect{lifecycle.Tell(lifecycle.Recipients{Person: e.By}, "noted", "text", e.Text)}
			},
		).Since(renamed, signed),
	},
}.Compile()

func renamed(raw json.RawMessage) (json.RawMessage, error) {
	var old struct{ S string }
	if err := json.Unmarshal(raw, &old); err != nil {
		return nil, err
	}
	return json.Marshal(map[string]string{"text": old.S})
}

func signed(raw json.RawMessage) (json.RawMessage, error) {
	var old struct{ Text string }
	if err := json.Unmarshal(raw, &old); err != nil {
		return nil, err
	}
	if old.Text == "" {
		return nil, errors.New("nothing to sign")
	}
	return json.Marshal(noted{Text: old.Text, By: "unknown"})
}

func TestOldEventsAreLifted(t *testing.T) {
	for _, c := range []struct {
		schema int
		data   string
		by     string
	}{
		{1, `{"s":"x"}`, "unknown"}, {2, `{"text":"x"}`, "unknown"}, {3, `{"text":"x","by":"somebody"}`, "somebody"},
	} {
		n, ok := notes.Blank("n").(*note)
		if !ok {
			t.Fatal("not a note")
		}
		e := lifecycle.Event{Case: "n", Seq: 1, Type: "noted", Schema: c.schema, Data: json.RawMessage(c.data)}
		if err := notes.Evolve(n, e); err != nil || n.Text != "x" || n.By != c.by {
			t.Errorf("schema %d: %+v, %v", c.schema, n, err)
		}
		effects, err := notes.Effects(n, e)
		if err != nil || len(effects) != 1 || effects[0].Notice.To.Person != c.by {
			t.Errorf("schema %d: %+v, %v", c.schema, effects, err)
		}
	}
}

func TestNewEventsHaveTheNewestSchema(t *testing.T) {
	cmd := lifecycle.Command{Name: "note", Actor: applicant, Data: json.RawMessage(`{"text":"x","by":"me"}`)}
	events, no := notes.Decide(notes.Blank("n"), cmd, lifecycle.Env{})
	if no != nil || len(events) != 1 || events[0].Schema != 3 {
		t.Errorf("%+v, %v", events, no)
	}
}

// An event that a newer program wrote is an error, and so is one that cannot be lifted or read: nothing is guessed.
func TestEventsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		schema    int
		data, why string
	}{
		{4, `{}`, "not known to this program"}, {0, `{}`, "not known"}, {1, `[]`, "lift"}, {2, `{}`, "nothing to sign"}, {3, `[]`, `content of event "noted"`},
	} {
		n := notes.Blank("n")
		e := lifecycle.Event{Case: "n", Seq: 1, Type: "noted", Schema: c.schema, Data: json.RawMessage(c.data)}
		if err := notes.Evolve(n, e); err == nil || !strings.Contains(err.Error(), c.why) || n.Head().Version != 0 {
			t.Errorf("schema %d %s: %v", c.schema, c.data, err)
		}
		if _, err := notes.Effects(n, e); err == nil {
			t.Errorf("schema %d %s: has effects", c.schema, c.data)
		}
	}
}

func TestStateSurvivesJSON(t *testing.T) {
	r := newWork(t)
	r.do(t, reviewer, "claim", task("1"))
	r.do(t, reviewer, "finish", finish("1"))
	raw, err := json.Marshal(r.j)
	if err != nil {
		t.Fatal(err)
	}
	again, err := compiled.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(again)
	if err != nil || string(second) != string(raw) {
		t.Errorf("%s\nbecomes\n%s (%v)", raw, second, err)
	}
	if _, err := compiled.Decode([]byte(`[]`)); err == nil {
		t.Error("decoded an array")
	}
}
