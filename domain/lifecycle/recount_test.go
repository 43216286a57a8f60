package lifecycle_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// march2026 has the days of March 2026 off, beside the weekends, or worked.
func march2026(t testing.TB, off, work []int) calendar.Calendar {
	t.Helper()
	y := calendar.Year{Year: 2026, Notice: "test", Off: []calendar.Date{calendar.NewDate(2026, time.January, 1)}}
	for _, d := range off {
		y.Off = append(y.Off, calendar.NewDate(2026, time.March, d))
	}
	for _, d := range work {
		y.Work = append(y.Work, calendar.NewDate(2026, time.March, d))
	}
	c, err := calendar.New(y)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// recounted counts anew with a calendar and returns what came of "work", which began on Monday 2 March 2026 with 5 working days.
func recounted(t *testing.T, c calendar.Calendar, on string) *lifecycle.Deadline {
	t.Helper()
	r := newWork(t)
	r.pass(on)
	r.env.Calendar = c
	r.do(t, identity.System(), lifecycle.Recount, nil)
	return r.j.Deadline("work")
}

func TestRecount(t *testing.T) {
	for _, tc := range []struct {
		name      string
		off, work []int
		on, want  string
	}{
		{"a holiday before it", []int{5}, nil, "2026-03-03", "2026-03-10"},
		{"a holiday on its day", []int{9}, nil, "2026-03-03", "2026-03-10"},
		{"a holiday that came before it began", []int{1}, nil, "2026-03-03", "2026-03-09"},
		{"a holiday after it", []int{10}, nil, "2026-03-03", "2026-03-09"},
		{"a weekend that is worked", nil, []int{7}, "2026-03-03", "2026-03-07"},
		{"both weekend days worked", nil, []int{7, 8}, "2026-03-03", "2026-03-07"},
		{"into the past: the next working day", nil, []int{7}, "2026-03-08", "2026-03-09"},
		{"to today: the next working day", nil, []int{7}, "2026-03-07", "2026-03-09"},
		{"to tomorrow", nil, []int{7}, "2026-03-06", "2026-03-07"},
		{"on its own day", nil, []int{7}, "2026-03-09", "2026-03-09"},
	} {
		d := recounted(t, march2026(t, tc.off, tc.work), tc.on)
		if d.Due.On.String() != tc.want || d.Due.At != d.Due.On.End() || d.Due.Provisional || d.Due.Calendar == "none" {
			t.Errorf("%s: %+v, want %s", tc.name, d.Due, tc.want)
		}
	}
}

// What no calendar moves, and what has its end already, is left alone.
func TestRecountLeaves(t *testing.T) {
	c := march2026(t, []int{3, 4, 5, 31}, nil)
	r := newWork(t)
	r.env.Calendar = c
	date := r.due("date")
	r.do(t, identity.System(), lifecycle.Recount, nil)
	if r.due("date") != date || r.due("yearly") != "2026-04-01" {
		t.Errorf("a date agreed on became %s, the law's date %s", r.due("date"), r.due("yearly"))
	}
	r.refuse(t, identity.System(), lifecycle.Recount, nil, refusal.NothingToRecount)
	r.refuse(t, identity.System(), lifecycle.Recount, lifecycle.RecountInput{Calendar: "another"}, refusal.CalendarSuperseded)
	r.refuse(t, identity.System(), lifecycle.Recount, lifecycle.RecountInput{Calendar: c.Version()}, refusal.NothingToRecount)

	held := newWork(t)
	held.do(t, officer, "pause", nil)
	left := held.j.Deadline("work").Left
	held.env.Calendar = c
	held.do(t, identity.System(), lifecycle.Recount, nil) // the law's date alone runs
	if d := held.j.Deadline("work"); d.Left != left || d.Due.On.String() != "2026-03-09" {
		t.Errorf("held: %+v", d)
	}

	missed := newWork(t)
	missed.pass("2026-03-10")
	missed.env.Calendar = c
	missed.do(t, identity.System(), lifecycle.Recount, nil)
	if d := missed.j.Deadline("work"); d.Due.On.String() != "2026-03-09" || d.Passed {
		t.Errorf("missed: %+v", d)
	}
}

// The reminder belongs to the new date: it comes again when the date moves, and not twice for one that stays.
func TestRecountReminds(t *testing.T) {
	r := newWork(t)
	r.tick(t)
	r.env.Calendar = march2026(t, nil, nil)
	r.do(t, identity.System(), lifecycle.Recount, nil)
	if d := r.j.Deadline("work"); !d.Reminded || d.Due.Provisional {
		t.Errorf("the same date: %+v", d)
	}
	r.env.Calendar = march2026(t, []int{3, 4}, nil)
	r.do(t, identity.System(), lifecycle.Recount, nil)
	if d := r.j.Deadline("work"); d.Reminded || d.RemindAt == nil || d.Due.On.String() != "2026-03-11" {
		t.Errorf("another date: %+v", d)
	}
	if got := r.tick(t); len(got) != 1 || got[0] != "deadline-reminded" {
		t.Errorf("after the recount: %v", got)
	}
}

func TestRecountTells(t *testing.T) {
	told := func(r *run) (out []lifecycle.Notice) {
		t.Helper()
		before := len(r.events)
		r.do(t, identity.System(), lifecycle.Recount, nil)
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
	r.env.Calendar = march2026(t, nil, nil)
	if n := told(r); len(n) != 0 {
		t.Errorf("a date that stays is no news: %+v", n)
	}
	r.env.Calendar = march2026(t, []int{9}, nil)
	if n := told(r); len(n) != 1 || n[0].Subject != "deadline-recounted" || n[0].To.Role != "first" || n[0].Params["from"] != "2026-03-09" || n[0].Params["due"] != "2026-03-10" {
		t.Errorf("%+v", n)
	}
	r.do(t, reviewer, "claim", task("1"))
	r.env.Calendar = march2026(t, []int{9, 10}, nil)
	if n := told(r); len(n) != 1 || n[0].To != (lifecycle.Recipients{Person: "reviewer"}) {
		t.Errorf("of a claimed task: %+v", n)
	}
}

// Whatever the calendars are: what is worked out beforehand is what the command does, doing it again changes nothing, and no limit comes to end
// before the next working day is over unless it did before.
func TestRecountProperty(t *testing.T) {
	days := rapid.SliceOfNDistinct(rapid.IntRange(2, 31), 0, 12, rapid.ID[int])
	rapid.Check(t, func(rt *rapid.T) {
		r := newWork(t)
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			r.env.Now = r.env.Now.Add(time.Duration(rapid.IntRange(0, 200).Draw(rt, "hours")) * time.Hour)
			var off, work []int
			for _, d := range days.Draw(rt, "days") {
				if w := calendar.NewDate(2026, time.March, d).Weekday(); w == time.Saturday || w == time.Sunday {
					work = append(work, d)
				} else {
					off = append(off, d)
				}
			}
			r.env.Calendar = march2026(t, off, work)
			want := r.j.Recount(r.env)
			if len(want) == 0 {
				r.refuse(t, identity.System(), lifecycle.Recount, nil, refusal.NothingToRecount)
				continue
			}
			r.do(t, identity.System(), lifecycle.Recount, nil)
			soonest := r.env.Calendar.Due(calendar.DateOf(r.env.Now), calendar.WorkingDays(1)).On
			for _, e := range want {
				d := r.j.Deadline(e.Name)
				if d.Due != e.To || !d.Running() || d.Due.On.Before(soonest) && d.Due.On.Before(e.From.On) {
					rt.Fatalf("%+v became %+v", e, d)
				}
			}
			if again := r.j.Recount(r.env); len(again) > 0 {
				rt.Fatalf("again: %+v", again)
			}
		}
	})
}
