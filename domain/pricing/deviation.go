package pricing

import "math/big"

// Task is what a granting body has to do after a year (65号 四).
type Task string

// The tasks.
const (
	NoTask         Task = "none"
	AdjustCharges  Task = "adjust-charges"  // 偏离不超过10%: it guides the operator to adjust the concrete charges
	AdjustCeilings Task = "adjust-ceilings" // 偏离超过10%: it adjusts the ceilings
)

// MaxDeviation is the deviation up to which only charges are adjusted (65号 四).
var MaxDeviation = Percent(10)

// Deviation is by how much a year's actual income differs from the allowance.
type Deviation struct {
	Amount Amount `json:"amount"`         // above the allowance, or below it when negative
	Rate   *Rate  `json:"rate,omitempty"` // its size in percent of the allowance, rounded, a half up; nil when that is nothing or next to it
	Task   Task   `json:"task"`
}

// DeviationOf compares a year's income with the allowance; neither is negative. Whether to fall short counts as to exceed, 65号 does not spell out; it does
// here. It is decided on the exact figures, not on the rounded rate.
func DeviationOf(income, allowance Amount) Deviation {
	d := Deviation{Amount: income - allowance, Task: NoTask}
	size := new(big.Int).Abs(big.NewInt(int64(d.Amount)))
	if allowance > 0 {
		rate := rounded(new(big.Int).Mul(size, big.NewInt(perWhole)), big.NewInt(int64(allowance)))
		if rate.IsInt64() && rate.Int64() <= maxRate*perPercent {
			d.Rate = &Rate{rate.Int64()}
		}
	}
	most := new(big.Int).Mul(big.NewInt(int64(allowance)), big.NewInt(MaxDeviation.units))
	switch {
	case d.Amount == 0:
	case new(big.Int).Mul(size, big.NewInt(perWhole)).Cmp(most) <= 0:
		d.Task = AdjustCharges
	default:
		d.Task = AdjustCeilings
	}
	return d
}

// Smoothed spreads an excess over periods (65号 四: 金额较大的可分期扣减): equal parts in whole fen, the remainder in the first ones, a fen each.
// periods below one count as one.
func Smoothed(excess Amount, periods int) []Amount {
	periods = max(periods, 1)
	part, rest := excess/Amount(periods), excess%Amount(periods)
	out := make([]Amount, periods)
	for i := range out {
		out[i] = part
		if Amount(i) < rest {
			out[i]++
		}
	}
	return out
}
