package revenue

import (
	"fmt"

	"datacharter/domain/calendar"
	"datacharter/domain/pricing"
)

// Settlement settles one period: what came in, and how the agreement shares it.
type Settlement struct {
	Period string
	On     calendar.Date
	Income pricing.Amount
	Rule   Rule
}

// Settle returns the entries that settle a period as far as the book does not say so yet, without posting them. The same settlement once more gives none.
// After the income was corrected, the entries of before are taken back by counter-entries and new ones follow. What was paid stays paid: the next payment
// is the larger or smaller for it.
func (b *Book) Settle(s Settlement) ([]Entry, error) {
	parts, err := s.Rule.Distribute(s.Income)
	if err != nil {
		return nil, err
	}
	took := s.entry(b, Took, []Line{{Account: Received, Debit: s.Income}, {Account: Income, Credit: s.Income}})
	shares := []Line{{Account: Income, Debit: s.Income}}
	for i, p := range s.Rule.Parties {
		if parts[i] > 0 {
			shares = append(shares, Line{Account: Payable(p.Name), Credit: parts[i]})
		}
	}
	var out []Entry
	for _, wanted := range []Entry{took, s.entry(b, Shared, shares)} {
		var there bool
		for _, e := range b.standing(wanted.Kind, s.Period) {
			if sameLines(e, wanted) {
				there = true
			} else {
				out = append(out, TakeBack(e, s.On))
			}
		}
		if !there && s.Income > 0 {
			out = append(out, wanted)
		}
	}
	return out, nil
}

func sameLines(a, b Entry) bool {
	a.ID, a.On = b.ID, b.On
	return a.same(b)
}

func (s Settlement) entry(b *Book, k Kind, lines []Line) Entry {
	return Entry{ID: fmt.Sprintf("%s/%s/%d", s.Period, k, b.count(k, s.Period)+1), Kind: k, Period: s.Period, On: s.On, Lines: lines}
}

// Pay is the entry of a payment to a party that pays what is owed to it; false when nothing is. It is not posted.
func (b *Book) Pay(party string, on calendar.Date) (Entry, bool) {
	owed := b.Owed(party)
	if owed <= 0 {
		return Entry{}, false
	}
	n := 0
	for _, e := range b.entries {
		if e.Kind == Paid && e.Lines[0].Account == Payable(party) {
			n++
		}
	}
	return Entry{
		ID: fmt.Sprintf("%s/%s/%d", Paid, party, n+1), Kind: Paid, On: on,
		Lines: []Line{{Account: Payable(party), Debit: owed}, {Account: Received, Credit: owed}},
	}, true
}
