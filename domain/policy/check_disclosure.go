package policy

import "datacharter/domain/calendar"

// disclosure checks the rules of yearly disclosures, where a profile has them: one is due on a day of the year.
func (c *checker) disclosure(d *Disclosure) {
	if d == nil {
		return
	}
	_, fixed := d.Due.Span.Span.(calendar.FixedDate)
	c.unless(fixed, "disclosure.due.span", "must be a day of the year")
}
