package revenue

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/pricing"
)

var day = calendar.NewDate(2026, 4, 1)

func posted(t interface{ Fatal(args ...any) }, b *Book, entries ...Entry) {
	for _, e := range entries {
		if err := b.Post(e); err != nil {
			t.Fatal(e.ID, err)
		}
	}
}

func emptyBook(t *testing.T) *Book {
	t.Helper()
	b, err := NewBook()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEntriesThatAreNone(t *testing.T) {
	b := emptyBook(t)
	good := Entry{ID: "1", Kind: Took, On: day, Lines: []Line{{Received, 5, 0}, {Income, 0, 5}}}
	posted(t, b, good, good)
	if n := len(b.Entries()); n != 1 {
		t.Fatalf("posted twice, it is there %d times", n)
	}
	for _, c := range []struct {
		name  string
		entry Entry
		want  error
	}{
		{"no lines", Entry{ID: "2"}, ErrUnbalanced},
		{"sides that differ", Entry{ID: "2", Lines: []Line{{Received, 5, 0}, {Income, 0, 4}}}, ErrUnbalanced},
		{"both sides", Entry{ID: "2", Lines: []Line{{Received, 5, 5}}}, ErrUnbalanced},
		{"no side", Entry{ID: "2", Lines: []Line{{Received, 0, 0}}}, ErrUnbalanced},
		{"negative", Entry{ID: "2", Lines: []Line{{Received, -5, 0}, {Income, 0, -5}}}, ErrUnbalanced},
		{"no account", Entry{ID: "2", Lines: []Line{{"", 5, 0}, {Income, 0, 5}}}, ErrUnbalanced},
		{"the same ID", Entry{ID: "1", Kind: Took, On: day, Lines: []Line{{Received, 6, 0}, {Income, 0, 6}}}, ErrPosted},
		{"a counter of nothing", Entry{ID: "2", Kind: Counter, Counters: "9", Lines: good.Lines}, ErrCounter},
		{"a counter that names none", Entry{ID: "2", Kind: Counter, Lines: good.Lines}, ErrCounter},
		{"a counter of another kind", Entry{ID: "2", Kind: Took, Counters: "1", Lines: turned(good.Lines)}, ErrCounter},
		{"a counter with other lines", Entry{ID: "2", Kind: Counter, Counters: "1", Lines: []Line{{Received, 0, 4}, {Income, 4, 0}}}, ErrCounter},
	} {
		if err := b.Post(c.entry); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	back := TakeBack(good, day)
	posted(t, b, back, back)
	again := back
	again.ID = "another"
	for name, e := range map[string]Entry{"twice": again, "a counter of a counter": TakeBack(back, day)} {
		if err := b.Post(e); !errors.Is(err, ErrCounter) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b.Balance(Received) != 0 || b.Balance(Income) != 0 {
		t.Error("what was taken back is still there")
	}
	if _, err := NewBook(good, good, back); err != nil {
		t.Error(err)
	}
	if _, err := NewBook(back, good); !errors.Is(err, ErrCounter) {
		t.Error(err)
	}
}

// TestSettlement: settled, paid, corrected and paid again, by hand.
func TestSettlement(t *testing.T) {
	b := emptyBook(t)
	rule := Rule{Parties: []Party{{"agency", 2_000, 0, nil}, {"operator", 8_000, 0, nil}, {"fund", 0, 0, nil}}}
	settle := func(income pricing.Amount) (ids []string) {
		entries, err := b.Settle(Settlement{"2026Q1", day, income, rule})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			ids = append(ids, e.ID)
		}
		posted(t, b, entries...)
		return ids
	}
	pay := func(party string) pricing.Amount {
		e, any := b.Pay(party, day)
		if !any {
			return 0
		}
		posted(t, b, e)
		return e.Lines[0].Debit
	}
	for _, c := range []struct {
		income           pricing.Amount
		ids              []string
		agency, operator pricing.Amount // paid then
	}{
		{10_001, []string{"2026Q1/took/1", "2026Q1/shared/1"}, 2_000, 8_001},
		{10_001, nil, 0, 0},
		{15_000, []string{"2026Q1/took/1/counter", "2026Q1/took/2", "2026Q1/shared/1/counter", "2026Q1/shared/2"}, 1_000, 3_999},
		{5_000, []string{"2026Q1/took/2/counter", "2026Q1/took/3", "2026Q1/shared/2/counter", "2026Q1/shared/3"}, 0, 0},
		{0, []string{"2026Q1/took/3/counter", "2026Q1/shared/3/counter"}, 0, 0},
		{15_000, []string{"2026Q1/took/4", "2026Q1/shared/4"}, 0, 0},
	} {
		if got := settle(c.income); !slices.Equal(got, c.ids) {
			t.Fatalf("%d: %v, want %v", c.income, got, c.ids)
		}
		if a, o := pay("agency"), pay("operator"); a != c.agency || o != c.operator {
			t.Fatalf("%d: paid %d and %d", c.income, a, o)
		}
	}
	if got := b.Parties(); !slices.Equal(got, []string{"agency", "operator"}) {
		t.Error(got)
	}
}

// TestTheBookBalances: whatever is settled, corrected and paid, in whatever order and however often, all accounts together are nothing, each party has got
// and is owed together just what the last settlements share out to it, and nobody is paid twice.
func TestTheBookBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, err := NewBook()
		if err != nil {
			t.Fatal(err)
		}
		rule := rules().Draw(t, "rule")
		last := map[string]pricing.Amount{}
		for range rapid.IntRange(1, 20).Draw(t, "acts") {
			if rapid.Bool().Draw(t, "pays") {
				party := rapid.SampledFrom(rule.Parties).Draw(t, "party").Name
				owed := b.Owed(party)
				e, any := b.Pay(party, day)
				if any != (owed > 0) {
					t.Fatalf("%d is owed: %t", owed, any)
				}
				if any {
					posted(t, b, e, e)
					if b.Owed(party) != 0 {
						t.Fatalf("after payment %d is owed", b.Owed(party))
					}
				}
				continue
			}
			s := Settlement{fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "period")), day, pricing.Amount(rapid.Int64Range(0, 20_000).Draw(t, "income")), rule}
			entries, err := b.Settle(s)
			if err != nil {
				t.Fatal(err)
			}
			posted(t, b, entries...)
			posted(t, b, entries...)
			if again, err := b.Settle(s); err != nil || len(again) != 0 {
				t.Fatalf("settled once more it gives %v, %v", again, err)
			}
			last[s.Period] = s.Income
		}
		check(t, b, rule, last)
	})
}

func check(t *rapid.T, b *Book, rule Rule, last map[string]pricing.Amount) {
	all := b.Balance(Received) + b.Balance(Income)
	if b.Balance(Income) != 0 {
		t.Fatalf("%d was not shared", b.Balance(Income))
	}
	for i, p := range rule.Parties {
		var due, paid pricing.Amount
		for _, income := range last {
			parts, err := rule.Distribute(income)
			if err != nil {
				t.Fatal(err)
			}
			due += parts[i]
		}
		for _, e := range b.Entries() {
			if e.Kind == Paid && e.Lines[0].Account == Payable(p.Name) {
				paid += e.Lines[0].Debit
			}
		}
		if paid+b.Owed(p.Name) != due {
			t.Fatalf("%s got %d and is owed %d, due is %d", p.Name, paid, b.Owed(p.Name), due)
		}
		all += b.Owed(p.Name)
	}
	if all != 0 {
		t.Fatalf("all accounts together are %d", all)
	}
}
