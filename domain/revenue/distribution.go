// Package revenue shares the income of an authorised operation among the parties of its agreement, and keeps the book of it: every amount is in whole fen,
// nothing is lost, and the book balances.
package revenue

import (
	"errors"
	"math/big"
	"slices"

	"datacharter/domain/pricing"
)

// Party is one party's part in a distribution.
type Party struct {
	Name        string          `json:"name"`
	BasisPoints int             `json:"basis_points"`  // its share in hundredths of a percent
	Floor       pricing.Amount  `json:"floor"`         // it gets no less, as far as the income suffices
	Cap         *pricing.Amount `json:"cap,omitempty"` // it gets no more; nil for no cap
}

// Tier shares a part of the income by shares of its own: that up to an amount, or all that is above the tiers before.
type Tier struct {
	UpTo   pricing.Amount `json:"up_to"`  // 0 for no end, which the last tier has and no other
	Shares []int          `json:"shares"` // in hundredths of a percent, in the order of the parties
}

// Rule is how an agreement shares income. Without tiers the parties' shares hold for all of it.
type Rule struct {
	Parties []Party `json:"parties"`
	Tiers   []Tier  `json:"tiers,omitempty"`
}

// whole is 100 % in hundredths of a percent.
const whole = 10_000

// What is wrong with a rule, or with an income.
var (
	ErrShares   = errors.New("revenue: shares are negative or do not add up to the whole")
	ErrBounds   = errors.New("revenue: a floor is negative or above its cap")
	ErrCapped   = errors.New("revenue: no party with a share is without a cap, so that some income would belong to nobody")
	ErrTiers    = errors.New("revenue: tiers do not rise, or the last one has an end, or they do not name every party")
	ErrNegative = errors.New("revenue: the income is negative")
)

// Check says what is wrong with the rule; nil when nothing is.
func (r Rule) Check() error {
	shares := make([]int, len(r.Parties))
	for i, p := range r.Parties {
		shares[i] = p.BasisPoints
		if p.Floor < 0 || p.Cap != nil && *p.Cap < p.Floor {
			return ErrBounds
		}
	}
	if !addUp(shares) {
		return ErrShares
	}
	return errors.Join(r.checkTiers(), r.checkUncapped())
}

func addUp(shares []int) bool {
	sum := 0
	for _, s := range shares {
		if s < 0 || s > whole {
			return false
		}
		sum += s
	}
	return sum == whole
}

func (r Rule) checkTiers() error {
	before := pricing.Amount(0)
	for i, t := range r.Tiers {
		last := i == len(r.Tiers)-1
		if last != (t.UpTo == 0) || !last && t.UpTo <= before || len(t.Shares) != len(r.Parties) {
			return ErrTiers
		}
		if !addUp(t.Shares) {
			return ErrShares
		}
		before = t.UpTo
	}
	return nil
}

// checkUncapped: in every tier somebody must be able to take what the caps leave.
func (r Rule) checkUncapped() error {
	for _, t := range r.tiers() {
		if !slices.ContainsFunc(indexes(len(r.Parties)), func(i int) bool { return t.Shares[i] > 0 && r.Parties[i].Cap == nil }) {
			return ErrCapped
		}
	}
	return nil
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func (r Rule) tiers() []Tier {
	if len(r.Tiers) > 0 {
		return r.Tiers
	}
	one := Tier{}
	for _, p := range r.Parties {
		one.Shares = append(one.Shares, p.BasisPoints)
	}
	return []Tier{one}
}

// Distribute shares an income, in the order of the parties; together the parts are the income, to the fen.
//
// What each gets by the shares of the tiers is multiplied by one common factor, and is no less than its floor and no more than its cap, so that all is
// given away. If the income is less than all floors, these are met in the order of the parties, as far as it goes. Parts are cut to whole fen, and the fen that
// are left go, one each, to those of whom most was cut; where as much was cut, in the order of the parties.
func (r Rule) Distribute(income pricing.Amount) ([]pricing.Amount, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	if income < 0 {
		return nil, ErrNegative
	}
	if floors, short := r.floors(income); short {
		return floors, nil
	}
	return inFen(r.bounded(r.due(income), income), income), nil
}

// floors are what the parties get of an income that does not suffice for all floors.
func (r Rule) floors(income pricing.Amount) (parts []pricing.Amount, short bool) {
	parts = make([]pricing.Amount, len(r.Parties))
	for i, p := range r.Parties {
		parts[i] = min(p.Floor, income)
		income -= parts[i]
		short = short || parts[i] < p.Floor
	}
	return parts, short
}

// due is what the shares of the tiers make of an income, in ten-thousandths of a fen.
func (r Rule) due(income pricing.Amount) []*big.Int {
	due := make([]*big.Int, len(r.Parties))
	for i := range due {
		due[i] = new(big.Int)
	}
	from := pricing.Amount(0)
	for _, t := range r.tiers() {
		upTo := income
		if t.UpTo != 0 {
			upTo = min(income, t.UpTo)
		}
		if upTo <= from {
			break
		}
		for i, share := range t.Shares {
			due[i].Add(due[i], new(big.Int).Mul(big.NewInt(int64(upTo-from)), big.NewInt(int64(share))))
		}
		from = upTo
	}
	return due
}

// bounded finds the common factor: those who would get less than their floor or more than their cap get that, and the others share the rest as due, until
// nobody is beyond his bounds.
func (r Rule) bounded(due []*big.Int, income pricing.Amount) []*big.Rat {
	out := make([]*big.Rat, len(due))
	fixed := make([]bool, len(due))
	for {
		rest, open := new(big.Rat).SetInt64(int64(income)), new(big.Int)
		for i := range due {
			if fixed[i] {
				rest.Sub(rest, out[i])
			} else {
				open.Add(open, due[i])
			}
		}
		low, high := new(big.Rat), new(big.Rat)
		for i := range due {
			if !fixed[i] {
				out[i] = portion(rest, due[i], open)
				low.Add(low, below(out[i], r.Parties[i]))
				high.Add(high, above(out[i], r.Parties[i]))
			}
		}
		if low.Sign() == 0 && high.Sign() == 0 {
			return out
		}
		// Only one side is fixed at a time, the one that moves more: what is fixed then would be beyond its bound by the final factor too.
		for i, p := range r.Parties {
			switch {
			case fixed[i]:
			case low.Cmp(high) >= 0 && below(out[i], p).Sign() > 0:
				out[i], fixed[i] = fen(p.Floor), true
			case low.Cmp(high) < 0 && above(out[i], p).Sign() > 0:
				out[i], fixed[i] = fen(*p.Cap), true
			}
		}
	}
}

func fen(a pricing.Amount) *big.Rat { return new(big.Rat).SetInt64(int64(a)) }

// portion is the part of rest that falls to one of whom so much of all is due.
func portion(rest *big.Rat, due, all *big.Int) *big.Rat {
	if all.Sign() == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Mul(rest, new(big.Rat).SetFrac(due, all))
}

func below(part *big.Rat, p Party) *big.Rat { return notNegative(new(big.Rat).Sub(fen(p.Floor), part)) }

func above(part *big.Rat, p Party) *big.Rat {
	if p.Cap == nil {
		return new(big.Rat)
	}
	return notNegative(new(big.Rat).Sub(part, fen(*p.Cap)))
}

func notNegative(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

// inFen cuts exact parts of an income to whole fen and places those that are left.
func inFen(exact []*big.Rat, income pricing.Amount) []pricing.Amount {
	parts := make([]pricing.Amount, len(exact))
	cut := make([]*big.Rat, len(exact))
	left := income
	for i, e := range exact {
		down := new(big.Int).Quo(e.Num(), e.Denom()).Int64()
		parts[i] = pricing.Amount(down)
		cut[i] = new(big.Rat).Sub(e, new(big.Rat).SetInt64(down))
		left -= parts[i]
	}
	order := indexes(len(exact))
	slices.SortStableFunc(order, func(a, b int) int { return cut[b].Cmp(cut[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}
