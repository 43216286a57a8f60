package policy

import (
	"slices"

	"datacharter/domain/calendar"
)

// registration checks the rules of registration, where a profile has them.
func (c *checker) registration(r *Registration) {
	if r == nil {
		return
	}
	code := func(g Ground) string { return g.Code }
	for _, list := range []struct {
		path string
		of   []Ground
	}{
		{"registration.materials", r.Materials},
		{"registration.grounds", r.Grounds},
		{"registration.misconduct", r.Misconduct},
		{"registration.registry_faults", r.RegistryFaults},
		{"registration.measures", r.Measures},
	} {
		c.codes(list.path, "code", codesOf(list.of, code))
	}
	types := codesOf(r.Types, func(t RegistrationType) string { return t.Code })
	c.codes("registration.types", "code", types)
	c.unless(slices.Equal(types, RegistrationTypes), "registration.types", "must be %v", RegistrationTypes)
	c.unless(slices.Equal(codesOf(r.Materials, code), RegistrationMaterials), "registration.materials", "must be %v", RegistrationMaterials)
	for _, t := range r.Types { // acceptance leads to a formal review but where there is nothing to review (26号 Art. 11), and no code comes without a notice (Art. 13)
		c.unless(t.Review == (t.Code != "deregistration"), "registration.types", "%s: every type but deregistration is reviewed", t.Code)
		c.unless(t.Notice || t.Code != "first", "registration.types", "a first registration is put before the public")
		c.unless(t.Review || !t.Notice, "registration.types", "%s: a notice follows a review", t.Code)
	}
	c.unless(r.MaxReturns >= 0, "registration.max_returns", "must not be negative")
	_, months := r.Validity.Span.Span.(calendar.Months)
	c.unless(months, "registration.validity.span", "must be in months")
	_, days := r.RenewalWindow.Span.Span.(calendar.CalendarDays)
	c.unless(days, "registration.renewal_window.span", "must be in calendar days")
}
