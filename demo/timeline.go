package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Timeline prints the record of one authorisation together with its exits, in order of time: every event with its business date and who
// acted, and every time limit with its due date, its rule and the article that it comes from.
func (d Demonstration) Timeline(ctx context.Context, out io.Writer, authorization, language string) error {
	w := &walk{city: &city{client: d.Client}, seen: &Case{ID: authorization}}
	var err error
	if w.seen, err = d.Client.read(ctx, officer, w.path()); err != nil {
		return err
	}
	a, err := w.content()
	if err != nil {
		return err
	}
	t := &timeline{out: out, language: language, tasks: map[string]text.Text{}}
	t.print("%s  %s\n", authorization, w.seen.Title)
	for _, id := range a.Application.Resources {
		var r resource
		if err := d.Client.get(ctx, officer, base+"resources/"+id, &r); err != nil {
			return err
		}
		t.print("  %s  %s (%s)\n", r.ID, r.Title, r.SourceName.In(language))
	}
	all, err := d.Client.record(ctx, authorization, a.Exits)
	if err != nil {
		return err
	}
	for _, e := range all {
		if err := t.tell(e); err != nil {
			return fmt.Errorf("event %d %s of %s: %w", e.Seq, e.Type, authorization+e.exit, err)
		}
	}
	return t.err
}

// entry is an event of an authorisation, or of the exit named by the end of its ID.
type entry struct {
	Event
	exit string // such as .exit-1
}

// record reads the events of an authorisation and its exits, in order of time.
func (c *Client) record(ctx context.Context, id string, exits []exit.Request) ([]entry, error) {
	var all []entry
	add := func(path, of string) error {
		events, err := c.Events(ctx, officer, path)
		for _, e := range events {
			all = append(all, entry{e, of})
		}
		return err
	}
	if err := add("authorizations/"+id, ""); err != nil {
		return nil, err
	}
	for _, r := range exits {
		if err := add("exits/"+r.Exit, strings.TrimPrefix(r.Exit, id)); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.At.Compare(b.At) })
	return all, nil
}

// timeline prints events. After the first error of its output it prints nothing more.
type timeline struct {
	out      io.Writer
	language string
	tasks    map[string]text.Text // titles, by ID
	err      error
}

func (t *timeline) print(format string, values ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, format, values...)
	}
}

func (t *timeline) words(zh, en string) string { return text.Text{ZH: zh, EN: en}.In(t.language) }

// tell prints one event.
func (t *timeline) tell(e entry) error {
	var data happened
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return err
	}
	on := calendar.DateOf(e.At)
	if strings.HasPrefix(e.Type, "deadline-") {
		return t.limit(on, e.Type, data)
	}
	detail, err := t.detail(e.Type, data)
	if err != nil {
		return err
	}
	of := ""
	if e.exit != "" {
		of = e.exit[1:] + "  "
	}
	t.print("%s  %s%s%s  [%s]\n", on, of, eventWords[e.Type].In(t.language), detail, t.who(e.By))
	return nil
}

// who names the person by his ID, with the role in which he acted.
func (t *timeline) who(by identity.By) string {
	for _, r := range identity.Roles {
		if r.Role == by.Role {
			return by.Person + ", " + r.Words.In(t.language)
		}
	}
	return by.Person
}

// happened holds what the timeline shows of an event's content; which fields are there depends on its type.
type happened struct {
	Task    json.RawMessage         `json:"task"` // a whole task or an ID
	Outcome string                  `json:"outcome"`
	Opinion string                  `json:"opinion"`
	Step    string                  `json:"step"`
	Product name                    `json:"product"`
	Price   json.RawMessage         `json:"price"`
	Access  string                  `json:"access"`
	Reason  string                  `json:"reason"`
	Reasons string                  `json:"reasons"`
	Points  []string                `json:"points"`
	Missing []struct{ Text string } `json:"missing"`
	Request struct {
		Exit, Ground string
	} `json:"request"`
	Version struct {
		No   int
		Side string
	} `json:"version"`
	Resolution struct {
		ID, Decision, Outcome string
		Count                 struct{ For, Against, Abstain, Needed int }
	} `json:"resolution"`
	Deadline lifecycle.Deadline `json:"deadline"`
	Name     string             `json:"name"` // of a limit
	Due      json.RawMessage    `json:"due"`
	Left     string             `json:"left"`
}

// name is how something is called, in events that have its name and in those that have the whole of it.
type name string

// UnmarshalJSON implements json.Unmarshaler.
func (n *name) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(n))
	}
	var whole struct {
		Name string `json:"name"`
	}
	err := json.Unmarshal(raw, &whole)
	*n = name(whole.Name)
	return err
}

// detail is what is said of an event beside its kind.
func (t *timeline) detail(kind string, d happened) (string, error) {
	switch kind {
	case "task-opened":
		var task lifecycle.Task
		if err := json.Unmarshal(d.Task, &task); err != nil {
			return "", err
		}
		t.tasks[task.ID] = task.Title
		return ": " + task.Title.In(t.language), nil
	case "task-claimed", "task-released", "task-dropped", "task-finished":
		var id string
		if err := json.Unmarshal(d.Task, &id); err != nil {
			return "", err
		}
		return joined(t.tasks[id].In(t.language), d.Outcome, d.Opinion), nil
	case "resolution-recorded":
		r := d.Resolution
		votes := fmt.Sprintf(t.words("同意%d 反对%d 弃权%d（须%d）", "for %d, against %d, abstained %d (needed %d)"),
			r.Count.For, r.Count.Against, r.Count.Abstain, r.Count.Needed)
		return joined(r.ID, r.Decision, r.Outcome, votes), nil
	case "agreement-proposed":
		return joined(fmt.Sprintf("%d", d.Version.No), d.Version.Side), nil
	case "exit-opened":
		return joined(d.Request.Exit, d.Request.Ground), nil
	case "product-listed", "price-changed":
		return joined(string(d.Product), strings.Trim(string(d.Price), `"`)), nil
	default:
		all := []string{string(d.Product), d.Step, d.Access, d.Outcome, d.Reason, d.Reasons}
		all = append(all, d.Points...)
		for _, m := range d.Missing {
			all = append(all, m.Text)
		}
		return joined(all...), nil
	}
}

// joined puts what there is behind a colon.
func joined(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, " · ")
}

// limit prints what happened to a time limit. Where it starts, its rule and article are told.
func (t *timeline) limit(on calendar.Date, kind string, d happened) error {
	switch kind {
	case "deadline-started":
		l := d.Deadline
		provisional := ""
		if l.Due.Provisional {
			provisional = t.words("（暂定）", " (provisional)")
		}
		t.print("            %s %s %s%s  %s  %s [%s]\n", l.Name, t.words("截止", "due"), l.Due.On, provisional, l.Rule.In(t.language), l.Article, l.Mark)
	case "deadline-resumed":
		var due calendar.Due
		if err := json.Unmarshal(d.Due, &due); err != nil {
			return err
		}
		t.print("%s  %s %s %s\n", on, d.Name, t.words("恢复计时，截止", "runs on, due"), due.On)
	case "deadline-held":
		t.print("%s  %s %s %s\n", on, d.Name, t.words("停止计时，剩余", "is held, left"), d.Left)
	case "deadline-reminded":
		t.print("%s  %s %s\n", on, d.Name, t.words("已提醒", "reminded of"))
	case "deadline-passed":
		t.print("%s  %s %s\n", on, d.Name, t.words("期限届满", "has come"))
	}
	return nil // a limit that was met has its event beside it
}
