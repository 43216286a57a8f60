package drill

import (
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
)

// TouchedAccounts is what the authorisation's prices and revenue still hold and would have to be settled for good after the exit (27号 Art. 14(7)).
type TouchedAccounts struct {
	Case      string             `json:"case"`
	State     lifecycle.State    `json:"state"`
	Agreed    bool               `json:"agreed"`    // both sides agreed on a distribution rule: without one no period is stated or settled
	Until     calendar.Date      `json:"until"`     // the end that is reckoned with: of the longest course, or today where no exit can be opened
	Unsettled []TouchedStatement `json:"unsettled"` // income that was stated and is not settled yet
	Unstated  []finance.Period   `json:"unstated"`  // periods up to Until that would have to be stated, and settled, as well
	Owed      []OwedParty        `json:"owed"`      // by the book, of what was settled and not paid
}

// TouchedStatement is a period's income as it was stated.
type TouchedStatement struct {
	Period  finance.Period `json:"period"`
	Income  pricing.Amount `json:"income"`
	Checked bool           `json:"checked"` // else it waits to be checked
	Settled bool           `json:"settled"` // the period was settled before, by other figures: what differs is settled anew
}

// OwedParty is what one party is to get; negative when it got more than is due to it and gives back.
type OwedParty struct {
	Party string         `json:"party"`
	Owed  pricing.Amount `json:"owed"`
}

// accounts reads off the accounts what would be left to settle, as of the end of the longest course.
func (d *Drill) accounts(f *finance.Finance, today calendar.Date) {
	if f == nil {
		return
	}
	out := &TouchedAccounts{Case: f.ID, State: f.State, Agreed: len(f.Rules) > 0, Until: today}
	switch {
	case f.Ended != nil:
		out.Until = *f.Ended
	case d.Longest != nil:
		out.Until = d.Longest.WoundDown
	}
	book := f.Book()
	for _, s := range f.Unsettled() {
		out.Unsettled = append(out.Unsettled, TouchedStatement{Period: s.Period, Income: s.Income, Checked: s.Checked != nil, Settled: book.Has(string(s.Period))})
	}
	if out.Agreed {
		out.Unstated = f.Unstated(out.Until)
	}
	for _, party := range book.Parties() {
		if owed := book.Owed(party); owed != 0 {
			out.Owed = append(out.Owed, OwedParty{Party: party, Owed: owed})
		}
	}
	d.Accounts = out
}
