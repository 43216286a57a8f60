package lives

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/lifecycle"
)

// Disclosure is the yearly disclosure of an agency or operator being led through its life.
type Disclosure struct {
	*Director
	ID   string
	side authorization.Side
}

// Disclosure is a side's disclosure of a year.
func (a *Authorization) Disclosure(side authorization.Side, year int) *Disclosure {
	a.T.Helper()
	c := a.Case()
	organization := c.Agency
	if side == authorization.OperatorSide {
		organization = c.Applicant
	}
	return &Disclosure{Director: a.Director, ID: authorization.DisclosureID(side, organization, year), side: side}
}

// As has a person give a command, which must be accepted.
func (d *Disclosure) As(person, command string, input any) {
	d.T.Helper()
	d.Do(person, disclosure.Machine, d.ID, command, input)
}

// Stands is the disclosure as it stands.
func (d *Disclosure) Stands() *disclosure.Disclosure {
	return d.Case(disclosure.Machine, d.ID).(*disclosure.Disclosure) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the disclosure is in a state.
func (d *Disclosure) Reaches(state lifecycle.State, step time.Duration) {
	d.T.Helper()
	d.Until("the disclosure in "+string(state), step, func() bool { return d.Stands().State == state })
}

// Publish has the disclosure compiled, completed, checked and published.
func (d *Disclosure) Publish() {
	d.T.Helper()
	prepares, checks := Officer, Administrator
	if d.side == authorization.OperatorSide {
		prepares, checks = Applicant, Signatory
	}
	d.As(prepares, "compile", disclosure.Nothing{})
	d.As(prepares, "edit", disclosure.Entered{Address: "示范市示范路1号(虚构)", Postcode: "000000", Email: "office@example.org", Phone: "000-00000000"})
	d.As(prepares, "submit", disclosure.Nothing{})
	d.As(checks, "publish", disclosure.Nothing{})
}

// Live leads the disclosure through its year, past its limit until it is asked for, and to its publication.
func (d *Disclosure) Live() {
	d.T.Helper()
	d.Reaches(disclosure.Due, 7*24*time.Hour)
	d.Until("the disclosure being asked for", 24*time.Hour, func() bool { return d.Stands().Chased > 0 })
	d.Publish()
	d.Reaches(disclosure.Published, time.Hour)
}

// Years leads an authorisation through so many years of duties: when a year is over its operation is reported, agency and operator disclose it and it is
// accounted for, all in time.
func (a *Authorization) Years(n int) {
	a.T.Helper()
	a.Finance().Share()
	first := a.Case().Started.Year()
	for year := first; year < first+n; year++ {
		agencys, operators := a.Disclosure(authorization.AgencySide, year), a.Disclosure(authorization.OperatorSide, year)
		agencys.Reaches(disclosure.Due, 7*24*time.Hour)
		a.As(Applicant, "report-operation", authorization.ReportInput{Year: year, Summary: "运营平稳(虚构)"})
		agencys.Publish()
		operators.Reaches(disclosure.Due, time.Hour)
		operators.Publish()
		a.Finance().Year(year)
	}
}
