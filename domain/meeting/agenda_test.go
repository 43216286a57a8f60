package meeting

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

func TestCall(t *testing.T) {
	w := newWorld(t).call(case1, case2)
	same(t, w.m.State, Called)
	same(t, w.m.Body, body)
	same(t, w.m.Policy, w.head(case1).Policy)
	same(t, w.m.Items[1].AgendaItem, AgendaItem{No: 2, Case: case2, Kind: "authorization", Title: "示例授权 a-2", ContentHash: w.head(case2).Pending.ContentHash})
	same(t, w.notices(), []string{"meeting-called member", "meeting-called chair"})
	same(t, w.effects[0].Notice.Params, map[string]string{"case": "m-1", "title": "示例市政府常务会议", "time": "2026-03-16 11:00", "place": "一号会议室"})
}

func TestCallIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(w *world, in *CallInput)
		want   refusal.Code
	}{
		"no title":                {func(_ *world, in *CallInput) { in.Title = "  " }, refusal.Required},
		"too long a title":        {func(_ *world, in *CallInput) { in.Title = strings.Repeat("题", 201) }, refusal.TooLong},
		"no place":                {func(_ *world, in *CallInput) { in.Place = "" }, refusal.Required},
		"no time":                 {func(_ *world, in *CallInput) { in.Time = time.Time{} }, refusal.Required},
		"yesterday":               {func(_ *world, in *CallInput) { in.Time = monday.AddDate(0, 0, -1) }, refusal.MeetingDay},
		"in more than a year":     {func(_ *world, in *CallInput) { in.Time = monday.AddDate(1, 0, 1) }, refusal.MeetingDay},
		"no items":                {func(_ *world, in *CallInput) { in.Items = nil }, refusal.Required},
		"too many items":          {func(_ *world, in *CallInput) { in.Items = slices.Repeat([]string{case1}, 51) }, refusal.TooMany},
		"an item twice":           {func(_ *world, in *CallInput) { in.Items = []string{case1, case1} }, refusal.Repeated},
		"an unknown item":         {func(_ *world, in *CallInput) { in.Items = []string{case1, "a-9"} }, refusal.UnknownReference},
		"an unknown decision":     {func(_ *world, in *CallInput) { in.Decision = "lunch" }, refusal.NotAChoice},
		"another decision":        {func(_ *world, in *CallInput) { in.Decision, in.Items = resolution.Agreement, in.Items[:1] }, refusal.ItemNotPending},
		"an item that waits not":  {func(w *world, _ *CallInput) { w.head(case2).Pending = nil }, refusal.ItemNotPending},
		"another kind of body":    {func(w *world, _ *CallInput) { w.head(case2).Pending.BodyKind = identity.Agency }, refusal.ItemOtherBody},
		"the body decided before": {func(w *world, _ *CallInput) { w.head(case2).Pending.NotBody = body }, refusal.ItemOtherBody},
		"for another body alone":  {func(w *world, _ *CallInput) { w.head(case2).Pending.Body = "gov-other" }, refusal.ItemOtherBody},
		"another policy":          {func(w *world, _ *CallInput) { w.head(case2).Policy.Hash = "sha256:newer" }, refusal.ItemOtherPolicy},
		"the secretary's interest": {func(w *world, _ *CallInput) {
			w.head(case2).Interests = []string{"sec"}
		}, refusal.InterestDeclared},
		"a body of others": {func(_ *world, in *CallInput) { in.Body = "agency-demo" }, refusal.NotEntitled},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			in := CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(case1, case2)}
			tc.change(w, &in)
			w.not(person("sec"), "call", in, tc.want)
			if w.m.Version != 0 {
				t.Fatal("a refused call left something behind")
			}
		})
	}
	w := newWorld(t)
	in := CallInput{Body: "gone", Decision: resolution.MajorDecision, AgendaInput: agenda(case1)}
	w.not(holding("sec", "gone", identity.Secretary), "call", in, refusal.UnknownReference)
}

// A secretary of two bodies calls a meeting in the capacity that he holds in the one named.
func TestCallOnBehalf(t *testing.T) {
	w := newWorld(t)
	two := holding("sec", "another-body", identity.Secretary)
	two.Grants = append(two.Grants, person("sec").Grants...)
	w.do(two, "call", CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(case1)})
	same(t, w.events[0].By, identity.By{Person: "sec", Organization: body, Role: identity.Secretary})
}

func TestAmendAgenda(t *testing.T) {
	w := newWorld(t).call(case1)
	in := agenda(case2, case1)
	in.Time, in.Place = in.Time.Add(time.Hour), "二号会议室"
	w.do(person("sec"), "amend-agenda", in)
	same(t, []string{w.m.Items[0].Case, w.m.Items[1].Case}, []string{case2, case1})
	same(t, w.notices(), []string{"meeting-agenda-amended member", "meeting-agenda-amended chair"})
	same(t, len(w.m.Deadlines), 1) // of the same day
	in.Items = nil
	w.not(person("sec"), "amend-agenda", in, refusal.Required)
	in.Items = []string{case1}
	w.head(case1).Pending.NotBody = body
	w.not(person("sec"), "amend-agenda", in, refusal.ItemOtherBody)
	w.head(case1).Pending.NotBody = ""
	in.Time = in.Time.AddDate(0, 0, 7)
	w.do(person("sec"), "amend-agenda", in)
	if len(w.m.Deadlines) != 2 || w.m.Deadlines[0].Open() || !w.m.Deadlines[1].Running() {
		t.Fatalf("%+v", w.m.Deadlines)
	}
}

func TestCancel(t *testing.T) {
	w := newWorld(t).call(case1)
	w.not(person("sec"), "cancel", ReasonInput{}, refusal.Required)
	w.do(person("sec"), "cancel", ReasonInput{Reason: "主持人公务冲突"})
	same(t, w.m.State, Cancelled)
	same(t, w.notices(), []string{"meeting-cancelled member", "meeting-cancelled chair"})
	if _, wakes := w.m.WakeAt(); wakes || w.m.ClosedAt == nil {
		t.Fatal("a cancelled meeting still waits for something")
	}
}

// The members are reminded a working day before; the secretary is told when the day has passed without a meeting.
func TestReminder(t *testing.T) {
	w := newWorld(t)
	in := CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(case1)}
	in.Time = monday.AddDate(0, 0, 4)
	w.do(person("sec"), "call", in)
	var told []string
	for range 5 {
		at, ok := w.m.WakeAt()
		if !ok {
			break
		}
		w.now = at
		w.do(identity.System(), lifecycle.Tick, Nothing{})
		for _, n := range w.notices() {
			told = append(told, fmt.Sprintf("%s %s", at.In(time.UTC).Format(time.DateOnly), n))
		}
	}
	same(t, told, []string{"2026-03-19 deadline-reminder member", "2026-03-20 deadline-passed secretary"})
	w.do(person("sec"), "open", Nothing{}) // late, but held
	if _, wakes := w.m.WakeAt(); wakes {
		t.Fatal("an open meeting waits for no day")
	}
}
