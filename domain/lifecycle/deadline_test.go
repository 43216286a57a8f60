package lifecycle_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// tick lets the next due time come and returns what the tick led to.
func (r *run) tick(t *testing.T) []string {
	t.Helper()
	at, ok := r.j.WakeAt()
	if !ok {
		t.Fatal("nothing is due")
	}
	r.env.Now = at
	return r.ticked(t)
}

func (r *run) ticked(t *testing.T) []string {
	t.Helper()
	before := len(r.events)
	r.do(t, identity.System(), lifecycle.Tick, nil)
	var types []string
	for _, e := range r.events[before:] {
		types = append(types, e.Type)
	}
	return types
}

func (r *run) due(name string) string { return r.j.Deadline(name).Due.On.String() }

func TestLimitRemindsAndPasses(t *testing.T) {
	r := newWork(t) // Monday 2026-03-02, 5 working days, reminder 2 before
	if d := r.j.Deadline("work"); r.due("work") != "2026-03-09" || d.Article != "test" || d.Mark != "default" || d.Span != "5 working_days" ||
		d.From.String() != "2026-03-02" || !d.Due.Provisional || d.Due.Calendar != "none" {
		t.Fatalf("%+v", d)
	}
	if at, _ := r.j.WakeAt(); calendar.DateOf(at).String() != "2026-03-06" { // leaves Friday and Monday whole
		t.Errorf("reminder at %s", at)
	}
	r.env.Now = r.env.Now.Add(time.Hour)
	if got := r.ticked(t); got != nil {
		t.Errorf("too early: %v", got)
	}
	if got := r.tick(t); !slices.Equal(got, []string{"deadline-reminded"}) {
		t.Errorf("first: %v", got)
	}
	if at, _ := r.j.WakeAt(); at != calendar.NewDate(2026, 3, 9).End() {
		t.Errorf("passes at %s", at)
	}
	if got := r.tick(t); !slices.Equal(got, []string{"deadline-passed"}) || r.j.Deadline("work").Open() {
		t.Errorf("second: %v", got)
	}
	if got := r.ticked(t); got != nil {
		t.Errorf("again: %v", got)
	}
}

// After a while without ticks all that was missed is said, in one go.
func TestLateTick(t *testing.T) {
	r := newWork(t)
	r.pass("2026-03-20")
	if got := r.ticked(t); !slices.Equal(got, []string{"deadline-reminded", "deadline-passed"}) {
		t.Error(got)
	}
}

func TestNoReminderThatWouldLieInThePast(t *testing.T) {
	env := lifecycle.Env{Now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
	for remind, want := range map[int]bool{0: false, 4: true, 5: true, 6: false} {
		d := env.Limit("x", limitOf(calendar.WorkingDays(5), remind), lifecycle.Recipients{}, lifecycle.Recipients{}).Deadline
		if (d.RemindAt != nil) != want {
			t.Errorf("%d days before: %v", remind, d.RemindAt)
		}
	}
}

func TestStoppedClock(t *testing.T) {
	r := newWork(t)
	r.pass("2026-03-04") // Tuesday and Wednesday are used up
	r.do(t, officer, "pause", nil)
	if d := r.j.Deadline("work"); d.Left != "3 working_days" || d.Running() || !d.Open() {
		t.Fatalf("%+v", d)
	}
	r.pass("2026-03-20")
	if got := r.ticked(t); got != nil {
		t.Errorf("a held limit moved: %v", got)
	}
	r.do(t, officer, "go-on", nil)
	d := r.j.Deadline("work")
	if r.due("work") != "2026-03-25" || d.Left != "" || d.Span != "3 working_days" || d.From.String() != "2026-03-20" || d.RemindAt == nil {
		t.Fatalf("%+v", d)
	}
	if got := r.tick(t); !slices.Equal(got, []string{"deadline-reminded"}) {
		t.Errorf("no new reminder: %v", got)
	}
}

// The reminder of a limit that was stopped after it comes again for the new due date, when there is still time for it.
func TestRemindedAgainAfterRestart(t *testing.T) {
	r := newWork(t)
	r.tick(t) // the reminder, 2026-03-06 00:00
	r.do(t, officer, "pause", nil)
	if left := r.j.Deadline("work").Left; left != "1 working_days" {
		t.Fatal(left)
	}
	r.pass("2026-03-16")
	r.do(t, officer, "go-on", nil)
	if d := r.j.Deadline("work"); d.Reminded || d.RemindAt != nil || r.due("work") != "2026-03-17" {
		t.Fatalf("%+v", d)
	}
}

// The law's date comes whatever happens to the case; a date agreed on is held, and moves to the day exactly.
func TestWhatIsHeld(t *testing.T) {
	r := newWork(t) // "date" is 60 days on: 2026-05-01
	r.pass("2026-03-12")
	r.ticked(t)
	r.do(t, officer, "pause", nil)
	if d := r.j.Deadline("yearly"); !d.Running() || r.due("yearly") != "2026-03-31" {
		t.Errorf("yearly: %+v", d)
	}
	if d := r.j.Deadline("date"); d.Left != "50 calendar_days" {
		t.Errorf("date: %+v", d)
	}
	if got := r.tick(t); !slices.Equal(got, []string{"deadline-reminded"}) {
		t.Errorf("yearly while paused: %v", got)
	}
	r.pass("2026-04-02")
	if got := r.ticked(t); !slices.Equal(got, []string{"deadline-passed", "lapsed", "deadline-started"}) || r.due("yearly") != "2027-03-31" {
		t.Errorf("yearly while paused: %v, %s", got, r.due("yearly"))
	}
	r.do(t, officer, "go-on", nil)
	if r.due("date") != "2026-05-22" {
		t.Errorf("date: %s", r.due("date"))
	}
}

// A limit whose time has come is missed, not held: the tick that is late by a moment still says so.
func TestLimitThatRanOutIsNotHeld(t *testing.T) {
	r := newWork(t)
	r.pass("2026-03-10")
	r.do(t, officer, "pause", nil)
	if d := r.j.Deadline("work"); d.Left != "" {
		t.Fatalf("%+v", d)
	}
	if got := r.ticked(t); !slices.Equal(got, []string{"deadline-reminded", "deadline-passed"}) {
		t.Error(got)
	}
	r.do(t, officer, "go-on", nil)
	if !r.j.Deadline("work").Passed {
		t.Error("it runs again")
	}
}

func TestStopOnTheLastDay(t *testing.T) {
	r := newWork(t)
	r.pass("2026-03-09")
	r.do(t, officer, "pause", nil)
	r.do(t, officer, "go-on", nil)
	if r.due("work") != "2026-03-09" {
		t.Errorf("stopped and resumed on the last day it ends on %s", r.due("work"))
	}
}

func TestBefore(t *testing.T) {
	var env lifecycle.Env
	monday := calendar.NewDate(2026, 3, 9)
	for span, want := range map[calendar.Span]string{
		calendar.WorkingDays(1): "2026-03-08", calendar.WorkingDays(2): "2026-03-05", calendar.CalendarDays(30): "2026-02-07",
		calendar.Months(1): "2026-02-09", calendar.FixedDate{Month: 3, Day: 31}: "2026-03-09",
	} {
		on := env.Before(monday, span)
		if on.String() != want {
			t.Errorf("%s before: %s, want %s", span, on, want)
		}
		if days, ok := span.(calendar.WorkingDays); ok && env.Calendar.WorkingDaysAfter(on, monday) != int(days) {
			t.Errorf("%s before leaves another number", span)
		}
	}
}

func TestRecipients(t *testing.T) {
	told := func(r *run) []lifecycle.Notice {
		t.Helper()
		before := len(r.events)
		r.tick(t)
		var out []lifecycle.Notice
		for _, e := range r.events[before:] {
			effects, err := compiled.Effects(r.j, e)
			if err != nil {
				t.Fatal(err)
			}
			for _, effect := range effects {
				out = append(out, *effect.Notice)
			}
		}
		return out
	}
	r := newWork(t)
	if n := told(r); len(n) != 1 || n[0].To.Role != "first" || n[0].Subject != "deadline-reminder" || n[0].Params["due"] != "2026-03-09" {
		t.Errorf("reminder: %+v", n)
	}
	if n := told(r); len(n) != 1 || n[0].To.Role != "last" || n[0].Subject != "deadline-passed" || n[0].Params["deadline"] != "work" {
		t.Errorf("escalation: %+v", n)
	}
	claimed := newWork(t)
	claimed.do(t, reviewer, "claim", task("1"))
	if n := told(claimed); len(n) != 1 || n[0].To != (lifecycle.Recipients{Person: "reviewer"}) {
		t.Errorf("reminder of a claimed task: %+v", n)
	}
	r.pass("2026-04-01")
	told(r)
	if n := told(r); len(n) != 1 || n[0].Params["due"] != "2026-03-31" || n[0].To.Role != "last" {
		t.Errorf("the escalation is of the limit that started after it: %+v", n)
	}
}

// Stopping and restarting, however often, never loses a limit and never lets it end before it would have ended.
func TestClocksProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newWork(t)
		start := r.env.Now
		r.do(t, identity.System(), lifecycle.Tick, nil)
		for range rapid.IntRange(1, 6).Draw(rt, "stops") {
			r.env.Now = r.env.Now.Add(time.Duration(rapid.IntRange(0, 60).Draw(rt, "running")) * time.Hour)
			r.do(t, officer, "pause", nil)
			r.env.Now = r.env.Now.Add(time.Duration(rapid.IntRange(0, 600).Draw(rt, "held")) * time.Hour)
			r.do(t, officer, "go-on", nil)
			for _, d := range r.j.Deadlines {
				if d.Left != "" || d.Open() && d.Name != "yearly" && d.Due.On.Before(calendar.DateOf(start).AddDays(7)) {
					rt.Fatalf("%+v", d)
				}
			}
			r.do(t, identity.System(), lifecycle.Tick, nil)
			if at, ok := r.j.WakeAt(); !ok || !at.After(r.env.Now) {
				rt.Fatalf("after the tick something is due already: %v", at)
			}
		}
	})
}

// The days that a limit took are those on which its clock was running.
func TestDaysUsed(t *testing.T) {
	r := newWork(t) // Monday 2026-03-02, due on the 9th
	started := r.j.Deadline("work")
	if started.Days() != 7 || started.DaysUsed(r.env.Now) != 0 || started.OverAt != nil {
		t.Errorf("at first: %+v", started)
	}
	r.pass("2026-03-04")
	r.do(t, officer, "pause", nil)
	r.pass("2026-03-20")
	if held := r.j.Deadline("work"); held.Days() != 7 || held.DaysUsed(r.env.Now) != 2 || held.HeldAt == nil {
		t.Errorf("held: %+v", held)
	}
	r.do(t, officer, "go-on", nil) // three working days more, over a weekend: the 25th
	r.pass("2026-03-24")
	if d := r.j.Deadline("work"); d.Days() != 7 || d.DaysUsed(r.env.Now) != 6 || d.HeldAt != nil || d.Ran != 2 {
		t.Errorf("running again: %+v", d)
	}
	r.pass("2026-03-27")
	r.ticked(t)
	if d := r.j.Deadline("work"); d.OverAt == nil || !d.OverAt.Equal(r.env.Now) || !d.Passed {
		t.Errorf("missed: %+v", d)
	}
	// A limit that was stopped in a case folded before HeldAt was kept runs on, counted from its new beginning.
	old := newWork(t)
	old.do(t, officer, "pause", nil)
	old.j.Deadline("work").HeldAt = nil
	old.pass("2026-03-20")
	old.do(t, officer, "go-on", nil)
	if d := old.j.Deadline("work"); d.Ran != 0 || d.DaysUsed(old.env.Now) != 0 {
		t.Errorf("old: %+v", d)
	}
}
