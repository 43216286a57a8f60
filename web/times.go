package web

import (
	"datacharter/domain/calendar"
	"datacharter/store"
	"datacharter/web/ui"
)

// week are the ends of today and of this week, Sunday its last day, by the business clock.
func (s *server) week() store.InboxTimes {
	now := s.Clock.Now()
	today := calendar.DateOf(now)
	const days = 7
	toSunday := (days - int(today.Weekday())) % days
	return store.InboxTimes{Now: now, Today: today.End(), Week: today.AddDays(toSunday).End()}
}

// today is the business day.
func (s *server) today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }

// trainingClock says in words what a training clock shows, and how fast it runs; empty on the real one.
func (s *server) trainingClock(p *ui.Page) string {
	if !s.Clock.Training() {
		return ""
	}
	return p.T("业务时间 ", "business time ") + p.Moment(s.Clock.Now()) + p.T("，1 个业务日 = ", ", a business day takes ") + s.Clock.DayLength().String()
}
