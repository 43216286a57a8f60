package calendar

import "time"

// Due says when a limit ends, and by which calendar that was worked out.
type Due struct {
	On          Date      `json:"on"`          // the last day
	At          time.Time `json:"at"`          // the end of that day in China, in UTC; what is done before it is in time
	Provisional bool      `json:"provisional"` // a day that matters lies in a year not loaded: only weekends were counted there
	Calendar    string    `json:"calendar"`    // version of the calendar used
}

// Due returns when a limit of span s ends whose event is on the day from, which is not counted.
// A limit that would end on a day off ends on the next working day (Civil Code Art. 203 [known]).
func (c Calendar) Due(from Date, s Span) Due {
	on, known := s.end(c, from)
	for {
		working, k := c.IsWorkingDay(on)
		known = known && k
		if working {
			return c.due(on, known)
		}
		on = on.AddDays(1)
	}
}

// Term returns when a term of span s ends that runs from the day after from, to the exact date, day off or not:
// a term of operation or of validity ends on its date. A term whose first day counts runs from the day before it.
func (c Calendar) Term(from Date, s Span) Due {
	on, known := s.end(c, from)
	return c.due(on, known)
}

func (c Calendar) due(on Date, known bool) Due {
	return Due{On: on, At: on.End(), Provisional: !known, Calendar: c.Version()}
}

// Remaining returns what is left of a limit when its clock stops on a day; that day is used up, the day of resumption is not counted,
// so a clock stopped and resumed on one day ends when it would have ended. Nothing is left once the limit has ended.
//
// Working days stay working days. What is left of Months, once begun, is CalendarDays, since part of a month has no fixed length.
// A FixedDate does not depend on any clock: it is left as it is until it has come.
//
// A count over a year not loaded is provisional; Known(from, stopped) tells.
func (c Calendar) Remaining(from Date, s Span, stopped Date) Span {
	if !stopped.After(from) {
		return s
	}
	return s.left(c, from, stopped)
}
