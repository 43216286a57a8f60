// Package competition looks for signs that competition under an authorisation may not be fair (27号 Art. 6): figures of the use ledger and the contracts, held
// against the indicators of the policy profile. It decides nothing.
package competition

import (
	"math/big"
	"slices"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/use"
)

// Shown is an indicator with whether it shows.
type Shown struct {
	policy.Indicator

	Shows bool `json:"shows"`
}

// Look holds the facts against the profile's indicators. A condition that fails is an error.
func Look(rules []policy.Indicator, facts policy.CompetitionFacts) ([]Shown, error) {
	out := make([]Shown, len(rules))
	for i, r := range rules {
		shows, err := r.When.Holds(facts.Map())
		if err != nil {
			return nil, err
		}
		out[i] = Shown{r, shows}
	}
	return out, nil
}

// Facts are the figures of an authorisation, from what takers have of its products and from its contracts.
func Facts(a *authorization.Authorization, operator lifecycle.Organization, taken []use.Taken) policy.CompetitionFacts {
	var f policy.CompetitionFacts
	all, of := map[string]bool{}, map[string]map[string]bool{}
	self := map[string]bool{}
	for _, t := range taken {
		who := known(t.Taker)
		if own(t.Taker, operator) || affiliated(t.Taker, a.Affiliates) { // the ledger itself judges the former to lie beyond the scope
			self[who] = true
		}
		if t.Events == 0 {
			continue
		}
		all[who] = true
		if of[t.Product] == nil {
			of[t.Product] = map[string]bool{}
		}
		of[t.Product][who] = true
	}
	f.OwnTakers = len(self)
	f.Takers = len(all)
	for _, p := range a.Products {
		f.Products = append(f.Products, offer(p, taken, len(of[p.Name])))
		for _, q := range a.Products {
			if p.Name != q.Name && len(of[p.Name]) > 0 {
				f.Pairs = append(f.Pairs, policy.Pair{Product: p.Name, With: q.Name, Takers: len(of[p.Name]), Both: both(of[p.Name], of[q.Name])})
			}
		}
	}
	f.Texts = texts(a)
	return f
}

// known is how a taker is told from others: by credit code, or by name where there is none.
func known(t use.Taker) string {
	if t.Code != "" {
		return t.Code
	}
	return "\n" + strings.TrimSpace(t.Name)
}

// affiliated reports whether a taker is an affiliate of the operator, as far as anybody listed these: the ledger holds no shareholders. One that was listed without
// a code is known by its name, whether the taker has a code or not.
func affiliated(t use.Taker, lists []authorization.Affiliates) bool {
	return slices.ContainsFunc(lists, func(l authorization.Affiliates) bool {
		return slices.ContainsFunc(l.List, func(x authorization.Affiliate) bool {
			named := lifecycle.Organization{Name: strings.TrimSpace(x.Name), CreditCode: x.CreditCode}
			return own(t, named) || named.CreditCode == "" && strings.TrimSpace(t.Name) == named.Name
		})
	})
}

// own reports whether a taker is the operator itself.
func own(t use.Taker, operator lifecycle.Organization) bool {
	return t.Code != "" && t.Code == operator.CreditCode || t.Code == "" && strings.TrimSpace(t.Name) == operator.Name && operator.Name != ""
}

func both(a, b map[string]bool) int {
	n := 0
	for who := range a {
		if b[who] {
			n++
		}
	}
	return n
}

func offer(p authorization.Product, taken []use.Taken, takers int) policy.Offer {
	o := policy.Offer{Name: p.Name, Class: string(p.Class), Listed: p.Listed, Takers: takers}
	whole, most := map[use.Unit]int64{}, map[use.Unit]map[string]int64{}
	for _, t := range taken {
		if t.Product != p.Name {
			continue
		}
		o.Events += int(t.Events)
		whole[t.Unit] += t.Volume
		if most[t.Unit] == nil {
			most[t.Unit] = map[string]int64{}
		}
		most[t.Unit][known(t.Taker)] += t.Volume
	}
	for unit, sum := range whole {
		for _, volume := range most[unit] {
			if sum > 0 {
				o.LargestShare = max(o.LargestShare, percent(volume, sum))
			}
		}
	}
	o.OverCeiling = p.Price != nil && p.Ceiling != nil && p.Price.Exceeds(*p.Ceiling)
	if s := p.Of; s != nil {
		o.OverCeiling = len(s.Charge) > 0 && len(s.Ceiling) > 0 && !s.Charge.Within(s.Ceiling)
		o.Discounts = len(s.Discounts)
		for _, d := range s.Discounts {
			o.LargestDiscount = max(o.LargestDiscount, d.Rate.WholePercent())
		}
	}
	return o
}

// percent is the share of a whole in whole percent, rounded down. A volume may be any whole number: times a hundred it might not fit.
func percent(part, whole int64) int {
	share := new(big.Int).Mul(big.NewInt(part), big.NewInt(100))
	return int(share.Div(share, big.NewInt(whole)).Int64())
}

// texts are what the agreement and the discounts say in words.
func texts(a *authorization.Authorization) []string {
	if len(a.Versions) == 0 {
		return nil
	}
	c := a.Versions[len(a.Versions)-1].Content
	out := []string{c.Platform, c.Assets, c.Accounting.Rules, c.Evaluation, c.Breach, c.Change, c.Other}
	for _, p := range a.Products {
		if p.Of != nil {
			for _, d := range p.Of.Discounts {
				out = append(out, d.Name, d.Reason)
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return strings.TrimSpace(s) == "" })
}
