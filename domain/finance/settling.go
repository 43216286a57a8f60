package finance

import (
	"reflect"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
)

// The inputs of settlements and of the book.
type (
	// PaymentInput records that all that is owed to a party was paid.
	PaymentInput struct {
		Party     string `json:"party" maxLength:"200"`
		On        string `json:"on" format:"date"`
		Reference string `json:"reference" maxLength:"200" doc:"of the bank's receipt"`
	}
	// TakeBackInput takes a payment back that did not happen, or was recorded wrongly.
	TakeBackInput struct {
		Entry  string `json:"entry" maxLength:"300" doc:"ID of the entry"`
		Reason string `json:"reason" maxLength:"4000"`
	}
	// ClosingInput closes the accounts.
	ClosingInput struct {
		Text string `json:"text" maxLength:"4000" doc:"how the accounts were settled for good"`
	}
)

var notRunning = guard{
	Words: say("没有待批准的结算", "no settlement waits to be approved"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.Run != nil {
			return refusal.FinanceWaits.With()
		}
		return nil
	},
}

// wasRun: what is approved was run by somebody else.
var wasRun = guard{
	Words: say("有他人编制的结算待批准", "a settlement that somebody else ran waits to be approved"),
	Check: func(f *Finance, env lifecycle.Env) refused {
		switch {
		case f.Run == nil:
			return refusal.FinanceNothing.With()
		case f.Run.By.Person == env.Actor.Person:
			return refusal.FinancePrepared.With()
		default:
			return nil
		}
	},
}

// runSettlement computes what a period's statement leads to. Run again it gives nothing; after a corrected statement it gives counter-entries and the difference.
func runSettlement(c *Finance, in PeriodInput, env lifecycle.Env) (contents, refused) {
	if c.statementOf(in.Period) == nil || c.ruleFor(in.Period) == nil || find(c.Handed, in.Period) != nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("period")})
	}
	run, err := c.settle(in.Period, calendar.DateOf(env.Now))
	if err != nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.AmountTooLarge.At("period")})
	}
	if len(run.Entries) == 0 {
		return nil, refusal.FinanceSettled.With()
	}
	run.By, run.At = env.By, env.Now
	return contents{SettlementRun{Run: run}}, nil
}

// approveSettlement posts what was run, unless the statement changed since.
func approveSettlement(f *Finance, _ Nothing, _ lifecycle.Env) (contents, refused) {
	now, err := f.settle(f.Run.Period, calendar.DateOf(f.Run.At))
	if err != nil || !reflect.DeepEqual(now.Entries, f.Run.Entries) {
		return nil, refusal.FinanceStale.With()
	}
	return contents{SettlementApproved{}}, nil
}

var isOwed = guard{
	Words: say("有应付款项", "something is owed"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.owed() == 0 {
			return refusal.FinanceNothing.With()
		}
		return nil
	},
}

// recordPayment pays what is owed, and never more: after it nothing is owed, so that nobody is paid twice.
func recordPayment(c *Finance, in PaymentInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	on := day(&f, "on", in.On, env)
	f.Text("reference", in.Reference, maxTitle)
	entry, owed := c.Book().Pay(in.Party, on)
	f.Unless(owed, refusal.NothingOwed.At("party"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{WasPosted{Posting: Posting{Entry: entry, Reference: strings.TrimSpace(in.Reference), Prepared: env.By, By: env.By, At: env.Now}}}, nil
}

// Payments are the payments that were not taken back, in their order.
func (f *Finance) Payments() []Posting {
	return slices.DeleteFunc(slices.Clone(f.Postings), func(p Posting) bool {
		return p.Entry.Kind != revenue.Paid || slices.ContainsFunc(f.Postings, func(q Posting) bool { return q.Entry.Counters == p.Entry.ID })
	})
}

var paid = guard{
	Words: say("有未冲销的付款", "there is a payment that was not taken back"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if len(f.Payments()) == 0 {
			return refusal.FinanceNothing.With()
		}
		return nil
	},
}

// takeBack posts the counter-entry of a payment that somebody else recorded.
func takeBack(c *Finance, in TakeBackInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	payments := c.Payments()
	i := slices.IndexFunc(payments, func(p Posting) bool { return p.Entry.ID == in.Entry })
	f.Unless(i >= 0, refusal.EntryStays.At("entry"))
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if payments[i].By.Person == env.Actor.Person {
		return nil, refusal.FinancePrepared.With()
	}
	return contents{WasPosted{Posting: Posting{
		Entry: revenue.TakeBack(payments[i].Entry, calendar.DateOf(env.Now)), Reason: strings.TrimSpace(in.Reason), Prepared: env.By, By: env.By, At: env.Now,
	}}}, nil
}

// done: every period is stated, settled and paid, and nothing waits.
var done = guard{
	Words: say("各结算期均已核对、结算和支付，没有待处理内容", "every period is checked, settled and paid, and nothing waits"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.Run != nil || f.Rule != nil || len(f.Handed) > 0 || f.owed() > 0 || len(f.Rules) > 0 && slices.ContainsFunc(f.Periods(*f.Ended), func(p Period) bool { return !f.Settled(p) }) {
			return refusal.FinanceNotSettled.With()
		}
		return nil
	},
}

func closeAccounts(c *Finance, in ClosingInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("text", in.Text, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{AccountsClosed{Text: strings.TrimSpace(in.Text)}}, c.Drop()...), nil
}
