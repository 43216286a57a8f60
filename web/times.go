package web

import (
	"datacharter/domain/calendar"
	"datacharter/store"
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
