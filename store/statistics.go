package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// Statistics are what supervision looks at: how many cases stand where, how those closed ended, what is late, and how long each step takes.
type Statistics struct {
	States []StateCount // open and closed, by kind, phase and state; drafts are left out
	Limits []LimitUse   // by kind and name

	OverdueTasks int64 // tasks that wait though their limit has run out
	OverdueCases int64 // open cases that have missed a limit
}

// StateCount is the number of cases in one state. Of a closed state it is an outcome.
type StateCount struct {
	Kind   lifecycle.Kind
	Phase  lifecycle.Phase
	State  lifecycle.State
	Closed bool
	Cases  int64
}

// LimitUse is how the limits of one name were kept; of reviews and the like those of every round are taken together.
// Days are calendar days without those on which the clock was stopped, as working days differ in length.
type LimitUse struct {
	Kind    lifecycle.Kind
	Name    string
	Met     int64 // or no longer needed
	Missed  int64
	Running int64 // or stopped

	// Of those met and missed, when it is known how long they took. One that was missed counts with its whole length: it took at least that.
	Known        int64
	MedianDays   int
	NinetiethDay int // nine of ten took no longer
	MedianLength int // days allowed
}

// Statistics counts the cases of a kind, or of all when it is empty, that a supervisor or administrator may see at a time; ErrNotFound for anybody else.
// Limits of the names given are dates that were agreed on: no case is overdue because such a day has come.
func (s *Store) Statistics(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, now time.Time, agreed ...string) (Statistics, error) {
	var all Statistics
	if !actor.SeesEverything() {
		return all, ErrNotFound
	}
	err := s.read.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		c := counting{db: db, kind: string(kind), person: actor.Person}
		return inTurn(
			func() (err error) { all.States, err = c.states(); return err },
			func() (err error) { all.Limits, err = c.limits(); return err },
			func() error { return c.overdue(&all, micros(now), agreed) },
		)
	}, s.dialect.snapshot())
	return all, err
}

// counting counts what one person may see.
type counting struct {
	db     *gorm.DB
	kind   string
	person string
}

// of keeps rows to those of cases that count, the ID of the case being in the column.
func (c counting) of(q *gorm.DB, kind, id string) *gorm.DB {
	return where(q, kind, c.kind).Where(id+" NOT IN (SELECT case_id FROM case_interests WHERE person = ?)", c.person)
}

func (c counting) states() ([]StateCount, error) {
	var counts []StateCount
	err := c.of(c.db.Table("cases AS c"), "c.kind", "c.id").Where("NOT c.draft").Select("c.kind, c.phase, c.state, c.closed, count(*) AS cases").
		Group("c.kind, c.phase, c.state, c.closed").Order("c.kind, c.phase, c.state").Find(&counts).Error
	return counts, err
}

func (c counting) overdue(all *Statistics, now int64, agreed []string) error {
	tasks := c.db.Table("tasks AS t").Joins("JOIN cases c ON c.id = t.case_id").Where("t.state IN ('open', 'claimed') AND t.due_at <= ?", now)
	err := c.of(tasks, "c.kind", "t.case_id").Where("NOT c.draft").Count(&all.OverdueTasks).Error
	if err != nil {
		return err
	}
	missed := c.db.Table("deadlines AS d").Joins("JOIN cases c ON c.id = d.case_id").Where("d.passed").Where("NOT c.closed AND NOT c.draft")
	if len(agreed) > 0 {
		missed = missed.Where("d.name NOT IN ?", agreed)
	}
	return c.of(missed, "c.kind", "d.case_id").Distinct("d.case_id").Count(&all.OverdueCases).Error
}

// limitGroup is how many limits of a name ended alike, with the same days.
type limitGroup struct {
	Kind       string
	Name       string
	Passed     bool
	Ended      bool
	LengthDays int
	UsedDays   *int
	Limits     int64
}

func (c counting) limits() ([]LimitUse, error) {
	all, err := c.limitGroups(func(q *gorm.DB) *gorm.DB { return q })
	if err != nil {
		return nil, err
	}
	// What does not count is few and is taken off again: to ask it of every limit would take three times as long.
	off, err := c.limitGroups(func(q *gorm.DB) *gorm.DB {
		return q.Where("d.case_id IN (SELECT case_id FROM case_interests WHERE person = ? UNION SELECT id FROM cases WHERE draft)", c.person)
	})
	if err != nil {
		return nil, err
	}
	type key struct{ kind, name string }
	byName := map[key]*limitDays{}
	add := func(groups []limitGroup, sign int64) {
		for _, g := range groups {
			k := key{g.Kind, withoutRound(g.Name)}
			if byName[k] == nil {
				byName[k] = &limitDays{use: LimitUse{Kind: lifecycle.Kind(k.kind), Name: k.name}, used: map[int]int64{}, length: map[int]int64{}}
			}
			byName[k].add(g, sign*g.Limits)
		}
	}
	add(all, 1)
	add(off, -1)
	uses := make([]LimitUse, 0, len(byName))
	for _, d := range byName {
		if d.use.Met+d.use.Missed+d.use.Running > 0 {
			uses = append(uses, d.summary())
		}
	}
	slices.SortFunc(uses, func(a, b LimitUse) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name)) })
	return uses, nil
}

func (c counting) limitGroups(of func(*gorm.DB) *gorm.DB) (groups []limitGroup, err error) {
	err = of(where(c.db.Table("deadlines AS d"), "d.kind", c.kind)).
		Select("d.kind, d.name, d.passed, d.ended, d.length_days, d.used_days, count(*) AS limits").
		Group("d.kind, d.name, d.passed, d.ended, d.length_days, d.used_days").Find(&groups).Error
	return groups, err
}

// withoutRound is the name of a limit without the number of its round, which stands after the last colon.
func withoutRound(name string) string {
	i := strings.LastIndexByte(name, ':')
	if i < 0 || strings.Trim(name[i+1:], "0123456789") != "" {
		return name
	}
	return name[:i]
}

// limitDays gathers the limits of one name: how many took, and how many had, so many days.
type limitDays struct {
	use          LimitUse
	used, length map[int]int64
}

func (d *limitDays) add(g limitGroup, limits int64) {
	switch {
	case g.Passed:
		d.use.Missed += limits
	case g.Ended:
		d.use.Met += limits
	default:
		d.use.Running += limits
		return
	}
	if g.UsedDays == nil {
		return
	}
	used := *g.UsedDays
	if g.Passed {
		used = g.LengthDays
	}
	d.use.Known += limits
	d.used[used] += limits
	d.length[g.LengthDays] += limits
}

func (d *limitDays) summary() LimitUse {
	d.use.MedianDays, d.use.NinetiethDay = quantile(d.used, d.use.Known, 50), quantile(d.used, d.use.Known, 90)
	d.use.MedianLength = quantile(d.length, d.use.Known, 50)
	return d.use
}

// quantile is the least number of days that so many per cent do not exceed; 0 of none. times says how often each number occurs.
func quantile(times map[int]int64, total, percent int64) int {
	if total == 0 {
		return 0
	}
	days := slices.Sorted(maps.Keys(times))
	var below int64
	for _, n := range days {
		if below += times[n]; below*100 >= total*percent {
			return n
		}
	}
	return days[len(days)-1]
}
