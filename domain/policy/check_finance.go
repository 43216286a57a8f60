package policy

import "datacharter/domain/calendar"

// finance checks the rules of prices and revenue, where a profile has them.
func (c *checker) finance(f *Finance) {
	if f == nil {
		return
	}
	_, fixed := f.Report.Span.Span.(calendar.FixedDate)
	c.unless(fixed, "finance.report.span", "must be a day of the year")
	c.unless(f.Smoothing.Most >= 1, "finance.smoothing.most", "must be at least a year")
}
