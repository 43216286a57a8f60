package drill

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
)

// cases tells the operator's open cases that go with the authorisation from all others; its products are listed as such.
func (d *Drill) cases(a *authorization.Authorization, records Records, open []lifecycle.Header) {
	for _, h := range open {
		if h.ID == a.ID || slices.ContainsFunc(records.Products, func(p lifecycle.Header) bool { return p.ID == h.ID }) {
			continue
		}
		c := OtherCase{ID: h.ID, Title: records.Cases[h.ID], Kind: h.Kind, State: h.State, Agency: h.Agency}
		if goesWith(a, h) {
			d.Own = append(d.Own, c)
		} else {
			d.Cases = append(d.Cases, c)
		}
	}
}

// goesWith reports whether a case is there because of the authorisation.
func goesWith(a *authorization.Authorization, h lifecycle.Header) bool {
	switch h.Kind {
	case authorization.FinanceKind:
		return h.ID == authorization.FinanceID(a.ID)
	case authorization.FindingKind:
		return slices.ContainsFunc(a.Findings, func(f authorization.FindingKnown) bool { return f.Case == h.ID })
	case exit.Kind:
		return slices.ContainsFunc(a.Exits, func(r exit.Request) bool { return r.Exit == h.ID })
	case authorization.DisclosureKind:
		return disclosedIn(a, h.ID)
	default:
		return false
	}
}

// disclosedIn reports whether a yearly disclosure of the operator's is of a year in which the authorisation called for it.
func disclosedIn(a *authorization.Authorization, disclosure string) bool {
	if a.Started == nil {
		return false
	}
	for year := calendar.DateOf(*a.Started).Year(); year <= a.DisclosureYear; year++ {
		if authorization.DisclosureID(authorization.OperatorSide, a.Applicant, year) == disclosure {
			return true
		}
	}
	return false
}
