package pricing

import (
	"errors"
	"math/big"
)

// Step is one step of a tariff: so much for each unit up to a quantity.
type Step struct {
	UpTo  int64 `json:"up_to,omitempty"` // last unit of the step; 0 for no end, which the last step has and no other
	Price Price `json:"price"`           // yuan for each unit of this step
}

// Tariff is a charge by steps, each unit at the price of its own step, added up (阶梯累加). One step without an end is a plain price.
type Tariff []Step

// maxQuantity bounds quantities: units of a product sold in one period.
const maxQuantity = 1_000_000_000_000

// What makes steps no tariff, or a quantity none.
var (
	ErrSteps    = errors.New("pricing: steps do not rise, or the last one has an end")
	ErrQuantity = errors.New("pricing: the quantity is negative or too large")
)

// Flat is the tariff of one price.
func Flat(p Price) Tariff { return Tariff{{Price: p}} }

// Check says what is wrong with the steps; nil when nothing is.
func (t Tariff) Check() error {
	if len(t) == 0 || t[len(t)-1].UpTo != 0 {
		return ErrSteps
	}
	before := int64(0)
	for _, s := range t[:len(t)-1] {
		if s.UpTo <= before || s.UpTo > maxQuantity {
			return ErrSteps
		}
		before = s.UpTo
	}
	return nil
}

// Free reports whether nothing is ever charged.
func (t Tariff) Free() bool {
	for _, s := range t {
		if !s.Price.IsZero() {
			return false
		}
	}
	return true
}

// Charge is what a quantity costs: added up step by step, and rounded once to the fen, a half up.
func (t Tariff) Charge(quantity int64) (Amount, error) {
	if err := t.Check(); err != nil {
		return 0, err
	}
	if quantity < 0 || quantity > maxQuantity {
		return 0, ErrQuantity
	}
	return amountOf(rounded(t.units(quantity), big.NewInt(perYuan/fenPerYuan)))
}

// units is the exact charge in the units of prices.
func (t Tariff) units(quantity int64) *big.Int {
	sum, from := new(big.Int), int64(0)
	for _, s := range t {
		upTo := quantity
		if s.UpTo != 0 {
			upTo = min(upTo, s.UpTo)
		}
		if upTo <= from {
			break
		}
		sum.Add(sum, new(big.Int).Mul(big.NewInt(upTo-from), big.NewInt(s.Price.units)))
		from = upTo
	}
	return sum
}

// Within reports whether no quantity is charged more by this tariff than by the ceiling (65号 三: 具体收费不高于上限收费标准). Both must be tariffs.
//
// Between two ends of steps both rise evenly, so it is enough to compare at all ends, and the prices behind the last.
func (t Tariff) Within(ceiling Tariff) bool {
	if t[len(t)-1].Price.Exceeds(ceiling[len(ceiling)-1].Price) {
		return false
	}
	for _, tariff := range []Tariff{t, ceiling} {
		for _, s := range tariff[:len(tariff)-1] {
			if t.units(s.UpTo).Cmp(ceiling.units(s.UpTo)) > 0 {
				return false
			}
		}
	}
	return true
}

// Less is the tariff with a discount on each step, rounded to what a price can hold, a half up.
func (t Tariff) Less(discount Rate) Tariff {
	out := make(Tariff, len(t))
	for i, s := range t {
		left := new(big.Int).Mul(big.NewInt(s.Price.units), big.NewInt(max(perWhole-discount.units, 0)))
		out[i] = Step{s.UpTo, Price{rounded(left, big.NewInt(perWhole)).Int64()}}
	}
	return out
}
