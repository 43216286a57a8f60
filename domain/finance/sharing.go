package finance

import (
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
)

// The inputs of sharing.
type (
	// RuleInput puts the distribution as agreed to the operator.
	RuleInput struct {
		Per        Per          `json:"per" enum:"month,quarter,year" doc:"length of the periods that are stated and settled"`
		From       Period       `json:"from" maxLength:"10" doc:"first period to which it applies"`
		Parties    []PartyInput `json:"parties" minItems:"1" maxItems:"50"`
		Tiers      []TierInput  `json:"tiers,omitempty" maxItems:"20" doc:"parts of a period's income that are shared otherwise; left out where the parties' shares hold for all of it"`
		Supplement string       `json:"supplement,omitempty" maxLength:"100" doc:"number of an agreement that supplements the signed one, where the shares are others, or floors, caps or tiers are agreed"`
	}
	// PartyInput is one party of the distribution.
	PartyInput struct {
		Name         string `json:"name" maxLength:"200" doc:"as in the signed agreement"`
		Side         Side   `json:"side" enum:"agency,supplier,operator,other"`
		Organization string `json:"organization,omitempty" maxLength:"100" doc:"whose people may read these accounts, by ID"`
		BasisPoints  int    `json:"basis_points" minimum:"0" maximum:"10000"`
		Floor        string `json:"floor,omitempty" maxLength:"20" doc:"yuan a period; left out for none"`
		Cap          string `json:"cap,omitempty" maxLength:"20" doc:"yuan a period; left out for none"`
	}
	// TierInput is one tier.
	TierInput struct {
		UpTo   string   `json:"up_to,omitempty" maxLength:"20" doc:"yuan of a period's income; left out for the last tier, which has no end"`
		Shares []string `json:"shares" minItems:"1" maxItems:"50" doc:"hundredths of a percent, in the order of the parties; together 10000"`
	}
)

const (
	maxParties = 50
	maxTiers   = 20
)

var noRuleProposed = guard{
	Words: say("没有待确认的分配规则", "no distribution rule waits to be agreed on"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.Rule != nil {
			return refusal.FinanceWaits.With()
		}
		return nil
	},
}

var ruleProposed = guard{
	Words: say("有分配规则待确认", "a distribution rule waits to be agreed on"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.Rule == nil {
			return refusal.FinanceNothing.With()
		}
		return nil
	},
}

func (in RuleInput) needs(c *Finance) lifecycle.Needs {
	n := lifecycle.Needs{Cases: []string{c.Authorization}}
	for _, p := range in.Parties {
		if p.Organization != "" {
			n.Organizations = append(n.Organizations, p.Organization)
		}
	}
	return n
}

// proposeRule puts the rule of the signed agreement, or of one that supplements it, into figures (27号 Art. 14(7)).
func proposeRule(c *Finance, in RuleInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "per", in.Per, PerMonth, PerQuarter, PerYear)
	first, _, ok := in.From.span(in.Per)
	f.Unless(ok && !first.AddMonths(in.Per.months()).AddDays(-1).Before(c.Started) && !slices.ContainsFunc(c.Statements, func(s Statement) bool { return s.Period >= in.From }), refusal.NotAPeriod.At("from"))
	f.Unless(len(c.Statements)+len(c.Handed) == 0 || in.Per == c.per(), refusal.FinancePerFixed.At("per"))
	f.Unless(len(c.Rules) > 0 || !ok || in.From == periodOf(in.Per, c.Started.Year(), c.Started.Month()), refusal.NotAPeriod.At("from"))
	f.AtMost("supplement", in.Supplement, maxItems)
	rule := Sharing{Per: in.Per, From: in.From, Supplement: strings.TrimSpace(in.Supplement), By: env.By, At: env.Now}
	if f.Count("parties", len(in.Parties), maxParties) {
		in.parties(&f, c, &rule, env)
	}
	if f.Count("tiers", len(in.Tiers), maxTiers) {
		in.tiers(&f, &rule)
	}
	if len(f) == 0 {
		f.Unless(rule.Rule.Check() == nil, refusal.RuleNotWhole.At("parties"))
		f.Unless(rule.Supplement != "" || rule.agrees(env.Facts.Cases[c.Authorization]), refusal.SharesNotAgreed.At("parties"))
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{RuleProposed{Rule: rule}}, nil
}

func (in RuleInput) parties(f *refusal.Faults, c *Finance, rule *Sharing, env lifecycle.Env) {
	f.Unless(len(in.Parties) > 0, refusal.Required.At("parties"))
	names := make([]string, len(in.Parties))
	for i, p := range in.Parties {
		at := func(field string) string { return refusal.In("parties", i, field) }
		names[i] = strings.TrimSpace(p.Name)
		f.Text(at("name"), p.Name, maxTitle)
		refusal.Choice(f, at("side"), p.Side, OfAgency, OfSupplier, OfOperator, OfOther)
		if p.Organization != "" {
			_, there := env.Facts.Organizations[p.Organization]
			f.Unless(there && (p.Side != OfAgency || p.Organization == c.Agency) && (p.Side != OfOperator || p.Organization == c.Applicant), refusal.UnknownReference.At(at("organization")))
		}
		party := revenue.Party{Name: names[i], BasisPoints: p.BasisPoints}
		if strings.TrimSpace(p.Floor) != "" {
			party.Floor = amount(f, at("floor"), p.Floor)
		}
		if strings.TrimSpace(p.Cap) != "" {
			most := amount(f, at("cap"), p.Cap)
			party.Cap = &most
		}
		rule.Sharers = append(rule.Sharers, Sharer{Name: names[i], Side: p.Side, Organization: p.Organization})
		rule.Rule.Parties = append(rule.Rule.Parties, party)
	}
	f.Distinct(names, func(i int) string { return refusal.In("parties", i, "name") })
}

func (in RuleInput) tiers(f *refusal.Faults, rule *Sharing) {
	for i, t := range in.Tiers {
		tier := revenue.Tier{Shares: make([]int, len(t.Shares))}
		for k, share := range t.Shares {
			points, err := strconv.Atoi(strings.TrimSpace(share))
			f.Unless(err == nil, refusal.NotAShare.At(refusal.In(refusal.In("tiers", i, "shares"), k)))
			tier.Shares[k] = points
		}
		if strings.TrimSpace(t.UpTo) != "" {
			tier.UpTo = amount(f, refusal.In("tiers", i, "up_to"), t.UpTo)
		}
		rule.Rule.Tiers = append(rule.Rule.Tiers, tier)
	}
}

// agrees reports whether the shares are those of the signed agreement, and nothing beside them.
func (s Sharing) agrees(on lifecycle.Case) bool {
	a, ok := on.(*authorization.Authorization)
	if !ok {
		return false
	}
	signed := a.Sharing().Shares
	for _, p := range s.Rule.Parties {
		i := slices.IndexFunc(signed, func(share agreement.Share) bool { return share.Party == p.Name })
		if i < 0 || signed[i].BasisPoints != p.BasisPoints || p.Floor != 0 || p.Cap != nil {
			return false
		}
	}
	return len(signed) == len(s.Rule.Parties) && len(s.Rule.Tiers) == 0
}

func agreeRule(*Finance, Nothing, lifecycle.Env) (contents, refused) {
	return contents{RuleAgreed{}}, nil
}

// ruleFor is the rule by which a period is shared, or nil.
func (f *Finance) ruleFor(p Period) *Sharing {
	for i := range slices.Backward(f.Rules) {
		if f.Rules[i].From <= p {
			return &f.Rules[i]
		}
	}
	return nil
}

// Parties are the names of all who share or shared, in the order of the rules.
func (f *Finance) Parties() []Sharer {
	var out []Sharer
	for _, r := range slices.Backward(f.Rules) {
		for _, s := range r.Sharers {
			if !slices.ContainsFunc(out, func(known Sharer) bool { return known.Name == s.Name }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// Book is the double-entry book as it was posted.
func (f *Finance) Book() *revenue.Book {
	entries := make([]revenue.Entry, len(f.Postings))
	for i, p := range f.Postings {
		entries[i] = p.Entry
	}
	b, err := revenue.NewBook(entries...)
	if err != nil {
		panic(f.ID + ": entries that were posted cannot be: " + err.Error())
	}
	return b
}

// settle computes what settles a period by its checked statement, as far as the book does not say so yet.
func (f *Finance) settle(p Period, on calendar.Date) (Run, error) {
	s, rule := f.statementOf(p), f.ruleFor(p)
	run := Run{Period: p, Income: s.Income}
	parts, err := rule.Rule.Distribute(s.Income)
	if err != nil {
		return run, err
	}
	for i, party := range rule.Rule.Parties {
		run.Parts = append(run.Parts, Part{Party: party.Name, Amount: parts[i]})
	}
	run.Entries, err = f.Book().Settle(revenue.Settlement{Period: string(p), On: on, Income: s.Income, Rule: rule.Rule})
	return run, err
}

// Settled reports whether a period is settled by its present statement.
func (f *Finance) Settled(p Period) bool {
	if f.statementOf(p) == nil || f.ruleFor(p) == nil {
		return false
	}
	run, err := f.settle(p, f.Started)
	return err == nil && len(run.Entries) == 0
}

// owed is what is owed to all parties together by now.
func (f *Finance) owed() pricing.Amount {
	var sum pricing.Amount
	b := f.Book()
	for _, party := range b.Parties() {
		sum += max(b.Owed(party), 0)
	}
	return sum
}

// Input is the input that would propose the rule, for a form that changes it; from which period on is left open.
func (s Sharing) Input() RuleInput {
	in := RuleInput{Per: s.Per, Supplement: s.Supplement}
	for i, p := range s.Rule.Parties {
		party := PartyInput{Name: p.Name, Side: s.Sharers[i].Side, Organization: s.Sharers[i].Organization, BasisPoints: p.BasisPoints}
		if p.Floor != 0 {
			party.Floor = p.Floor.String()
		}
		if p.Cap != nil {
			party.Cap = p.Cap.String()
		}
		in.Parties = append(in.Parties, party)
	}
	for _, t := range s.Rule.Tiers {
		tier := TierInput{}
		if t.UpTo != 0 {
			tier.UpTo = t.UpTo.String()
		}
		for _, share := range t.Shares {
			tier.Shares = append(tier.Shares, strconv.Itoa(share))
		}
		in.Tiers = append(in.Tiers, tier)
	}
	return in
}
