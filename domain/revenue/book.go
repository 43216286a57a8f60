package revenue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/pricing"
)

// Account is an account of the book.
type Account string

// The accounts. Each party of an agreement has one of its own for what is owed to it.
const (
	Received Account = "received" // 已收运营服务费: what customers paid, less what was paid out
	Income   Account = "income"   // 待分配收入: what came in and is not shared yet
)

const payablePrefix = "payable/"

// Payable is the account of what is owed to a party (应付).
func Payable(party string) Account { return Account(payablePrefix + party) }

// Party is the party to whom the account belongs; empty for others.
func (a Account) Party() string {
	party, is := strings.CutPrefix(string(a), payablePrefix)
	if !is {
		return ""
	}
	return party
}

// Line is one line of an entry: an amount on one side of an account.
type Line struct {
	Account Account        `json:"account"`
	Debit   pricing.Amount `json:"debit,omitempty"`
	Credit  pricing.Amount `json:"credit,omitempty"`
}

// Kind says what an entry is about.
type Kind string

// The kinds of entries.
const (
	Took    Kind = "took"    // income of a period
	Shared  Kind = "shared"  // its distribution
	Paid    Kind = "paid"    // a payment to a party
	Counter Kind = "counter" // takes another entry back (红字冲销): the only way to correct one
)

// Entry is one entry of the book. No entry is changed or removed.
type Entry struct {
	ID       string        `json:"id"` // the same for the same cause, so that none is posted twice
	Kind     Kind          `json:"kind"`
	Period   string        `json:"period,omitempty"`
	On       calendar.Date `json:"on"`
	Lines    []Line        `json:"lines"`
	Counters string        `json:"counters,omitempty"` // of a counter-entry, the entry that it takes back
}

// What is wrong with an entry.
var (
	ErrUnbalanced = errors.New("revenue: an entry has no lines, a line without an amount on just one side, or sides that differ")
	ErrPosted     = errors.New("revenue: another entry has the same ID")
	ErrCounter    = errors.New("revenue: what a counter-entry takes back is not there, is a counter-entry, was taken back before, or has other lines")
)

// Book is a double-entry book, in the order in which its entries were posted.
type Book struct {
	entries []Entry
	at      map[string]int    // entries by ID
	taken   map[string]string // counter-entries by the entry that they take back
}

// NewBook makes a book of entries that were posted before, in their order.
func NewBook(entries ...Entry) (*Book, error) {
	b := &Book{at: map[string]int{}, taken: map[string]string{}}
	for _, e := range entries {
		if err := b.Post(e); err != nil {
			return nil, fmt.Errorf("entry %s: %w", e.ID, err)
		}
	}
	return b, nil
}

// Entries are all entries in their order.
func (b *Book) Entries() []Entry { return slices.Clone(b.entries) }

// Post adds an entry. To post it once more changes nothing.
func (b *Book) Post(e Entry) error {
	if at, there := b.at[e.ID]; there {
		if !b.entries[at].same(e) {
			return ErrPosted
		}
		return nil
	}
	if !e.balanced() {
		return ErrUnbalanced
	}
	if e.Kind == Counter || e.Counters != "" {
		if !b.counters(e) {
			return ErrCounter
		}
		b.taken[e.Counters] = e.ID
	}
	b.at[e.ID] = len(b.entries)
	b.entries = append(b.entries, e)
	return nil
}

func (e Entry) same(other Entry) bool {
	return e.Kind == other.Kind && e.Period == other.Period && e.On == other.On && e.Counters == other.Counters && slices.Equal(e.Lines, other.Lines)
}

func (e Entry) balanced() bool {
	debit, credit := []pricing.Amount{}, []pricing.Amount{}
	for _, l := range e.Lines {
		if l.Account == "" || l.Debit < 0 || l.Credit < 0 || (l.Debit == 0) == (l.Credit == 0) {
			return false
		}
		debit, credit = append(debit, l.Debit), append(credit, l.Credit)
	}
	left, errLeft := pricing.Sum(debit...)
	right, errRight := pricing.Sum(credit...)
	return len(e.Lines) > 0 && errLeft == nil && errRight == nil && left == right
}

func (b *Book) counters(e Entry) bool {
	at, there := b.at[e.Counters]
	return there && e.Kind == Counter && b.entries[at].Kind != Counter && !b.takenBack(e.Counters) && slices.Equal(e.Lines, turned(b.entries[at].Lines))
}

func (b *Book) takenBack(id string) bool { return b.taken[id] != "" }

// turned are the lines with their sides exchanged.
func turned(lines []Line) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{Account: l.Account, Debit: l.Credit, Credit: l.Debit}
	}
	return out
}

// TakeBack is the counter-entry of an entry.
func TakeBack(e Entry, on calendar.Date) Entry {
	return Entry{ID: e.ID + "/counter", Kind: Counter, Period: e.Period, On: on, Lines: turned(e.Lines), Counters: e.ID}
}

// Balance is what an account has on its credit side above its debit side.
func (b *Book) Balance(a Account) pricing.Amount {
	var sum pricing.Amount
	for _, e := range b.entries {
		for _, l := range e.Lines {
			if l.Account == a {
				sum += l.Credit - l.Debit
			}
		}
	}
	return sum
}

// Owed is what is still to be paid to a party; negative when it got more than is due to it by now.
func (b *Book) Owed(party string) pricing.Amount { return b.Balance(Payable(party)) }

// Parties are those to whom anything was ever due, in the order of their first entry.
func (b *Book) Parties() []string {
	var out []string
	for _, e := range b.entries {
		for _, l := range e.Lines {
			if party := l.Account.Party(); party != "" && !slices.Contains(out, party) {
				out = append(out, party)
			}
		}
	}
	return out
}

// Has reports whether a period was settled: its income stands in the book.
func (b *Book) Has(period string) bool { return len(b.standing(Took, period)) > 0 }

// standing are the entries of a kind about a period that were not taken back.
func (b *Book) standing(k Kind, period string) []Entry {
	return slices.DeleteFunc(b.Entries(), func(e Entry) bool { return e.Kind != k || e.Period != period || b.takenBack(e.ID) })
}

// count is how many entries of a kind there ever were about a period.
func (b *Book) count(k Kind, period string) int {
	n := 0
	for _, e := range b.entries {
		if e.Kind == k && e.Period == period {
			n++
		}
	}
	return n
}
