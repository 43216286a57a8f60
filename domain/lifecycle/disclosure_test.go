package lifecycle

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"datacharter/domain/text"
)

// billboard is a case of which the public knows the last line, once there is one.
type billboard struct {
	Header
	Line string `json:"line"`
}

type lineSet struct{ Line string }

func (lineSet) EventType() string { return "line-set" }

func billboards(d Disclosure[*billboard]) Machine[*billboard] {
	return Machine[*billboard]{
		Name: "billboard", Words: text.Text{ZH: "牌", EN: "billboard"}, New: func() *billboard { return &billboard{} },
		Phases: []PhaseInfo{{"p", text.Text{ZH: "段", EN: "p"}}}, States: []StateInfo{{Name: "s", Phase: "p", Words: text.Text{ZH: "态", EN: "s"}, Turn: By(TheSystem)}},
		Events:   []EventType[*billboard]{On(func(c *billboard, e lineSet, _ Event) { c.State, c.Line = "s", e.Line })},
		Disclose: d,
	}
}

// What the public may know is published once a command and numbered, when it is something new, and with the last event.
func TestDisclosure(t *testing.T) {
	m := billboards(Disclosure[*billboard]{
		Entry: func(c *billboard) any {
			if c.Line == "" {
				return nil
			}
			return c.Line
		},
		Release: func(c *billboard, known json.RawMessage, events []Event) Effect {
			return Publish("line", fmt.Sprintf("%d %s>%s %d", c.Public.No, known, c.Line, len(events)))
		},
	}).Compile()
	c := m.Blank("b")
	at := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	for i, step := range []struct {
		lines []string
		want  string
	}{
		{[]string{""}, ""},
		{[]string{"", "a"}, `"1 \u003ea 2"`},
		{[]string{"a"}, ""},
		{[]string{"b", "c"}, `"2 \"a\"\u003ec 2"`},
		{[]string{"d", "c"}, ""}, // there and back is no news
		{[]string{"e"}, `"4 \"c\"\u003ee 1"`},
		{nil, ""},
	} {
		var events []Event
		for n, line := range step.lines {
			events = append(events, Event{
				Case: "b", Seq: c.Head().Version + int64(n) + 1, Type: "line-set", Schema: 1, At: at.Add(time.Duration(i) * time.Hour),
				CommandID: fmt.Sprint(i), Data: mustJSON(lineSet{line}),
			})
		}
		effects, err := m.Apply(c, events)
		if err != nil || len(effects) != len(events) {
			t.Fatalf("step %d: %v, %d effects", i, err, len(effects))
		}
		got := ""
		for n, list := range effects {
			for _, e := range list {
				if n != len(events)-1 {
					t.Errorf("step %d: published with event %d", i, n)
				}
				got += string(e.Publication.Content)
			}
		}
		if got != step.want {
			t.Errorf("step %d: published %s, want %s", i, got, step.want)
		}
	}
	if p := c.Head().Public; !p.ChangedAt.Equal(at.Add(5 * time.Hour)) {
		t.Errorf("%+v", p)
	}
	broken := []Event{{Case: "b", Seq: c.Head().Version + 1, Type: "line-set", Schema: 1, Data: json.RawMessage("[")}}
	if _, err := m.Apply(c, broken); err == nil {
		t.Error("rubbish applies")
	}
}

func TestHalfADisclosure(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an entry that nobody publishes compiles")
		}
	}()
	billboards(Disclosure[*billboard]{Entry: func(*billboard) any { return nil }}).Compile()
}
