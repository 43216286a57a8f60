package store

import (
	"cmp"
	"context"
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
func (s *Store) Statistics(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, now time.Time) (Statistics, error) {
	var all Statistics
	if !actor.SeesEverything() {
		return all, ErrNotFound
	}
	err := s.read.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		c := counting{db: db, kind: string(kind), person: actor.Person}
		return inTurn(
			func() (err error) { all.States, err = c.states(); return err },
			func() (err error) { all.Limits, err = c.limits(); return err },
			func() error { return c.overdue(&all, micros(now)) },
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

func (c counting) overdue(all *Statistics, now int64) error {
	tasks := c.db.Table("tasks AS t").Joins("JOIN cases c ON c.id = t.case_id").Where("t.state IN ('open', 'claimed') AND t.due_at <= ?", now)
	err := c.of(tasks, "c.kind", "t.case_id").Where("NOT c.draft").Count(&all.OverdueTasks).Error
	if err != nil {
		return err
	}
	missed := c.db.Table("deadlines AS d").Joins("JOIN cases c ON c.id = d.case_id").Where("d.passed").Where("NOT c.closed AND NOT c.draft")
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
	var groups []limitGroup
	err := c.of(c.db.Table("deadlines AS d"), "d.kind", "d.case_id").Where("d.case_id NOT IN (SELECT id FROM cases WHERE draft)").
		Select("d.kind, d.name, d.passed, d.ended, d.length_days, d.used_days, count(*) AS limits").
		Group("d.kind, d.name, d.passed, d.ended, d.length_days, d.used_days").Find(&groups).Error
	if err != nil {
		return nil, err
	}
	type key struct{ kind, name string }
	byName := map[key]*limitDays{}
	for _, g := range groups {
		k := key{g.Kind, withoutRound(g.Name)}
		if byName[k] == nil {
			byName[k] = &limitDays{use: LimitUse{Kind: lifecycle.Kind(k.kind), Name: k.name}}
		}
		byName[k].add(g)
	}
	uses := make([]LimitUse, 0, len(byName))
	for _, d := range byName {
		uses = append(uses, d.summary())
	}
	slices.SortFunc(uses, func(a, b LimitUse) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name)) })
	return uses, nil
}

// withoutRound is the name of a limit without the number of its round, which stands after the last colon.
func withoutRound(name string) string {
	i := strings.LastIndexByte(name, ':')
	if i < 0 || strings.Trim(name[i+1:], "0123456789") != "" {
		return name
	}
	return name[:i]
}

// limitDays gathers the limits of one name.
type limitDays struct {
	use     LimitUse
	used    []weighed
	allowed []weighed
}

// weighed is a number of days that occurs several times.
type weighed struct {
	days  int
	times int64
}

func (d *limitDays) add(g limitGroup) {
	switch {
	case g.Passed:
		d.use.Missed += g.Limits
	case g.Ended:
		d.use.Met += g.Limits
	default:
		d.use.Running += g.Limits
		return
	}
	if g.UsedDays == nil {
		return
	}
	used := *g.UsedDays
	if g.Passed {
		used = g.LengthDays
	}
	d.use.Known += g.Limits
	d.used = append(d.used, weighed{used, g.Limits})
	d.allowed = append(d.allowed, weighed{g.LengthDays, g.Limits})
}

func (d *limitDays) summary() LimitUse {
	d.use.MedianDays, d.use.NinetiethDay = quantile(d.used, d.use.Known, 50), quantile(d.used, d.use.Known, 90)
	d.use.MedianLength = quantile(d.allowed, d.use.Known, 50)
	return d.use
}

// quantile is the least number of days that so many per cent do not exceed; 0 of none.
func quantile(values []weighed, total, percent int64) int {
	slices.SortFunc(values, func(a, b weighed) int { return cmp.Compare(a.days, b.days) })
	var below int64
	for _, v := range values {
		if below += v.times; below*100 >= total*percent {
			return v.days
		}
	}
	return 0
}
