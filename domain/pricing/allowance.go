package pricing

import "errors"

// CostKind is a kind of operating cost that may be recovered by charges (65号 二: 经营成本).
type CostKind string

// The kinds of cost.
const (
	Platform    CostKind = "platform"    // 平台建设和运维
	Handling    CostKind = "handling"    // 数据传输、归集、存储、治理
	Staff       CostKind = "staff"       // 人员
	Acquisition CostKind = "acquisition" // 取得公共数据的成本
	Period      CostKind = "period"      // 期间费用
)

// Cost is one item of operating cost, for products and services of industry use alone.
type Cost struct {
	Kind   CostKind `json:"kind"`
	Amount Amount   `json:"amount"`
}

// Basis is what a maximum allowed revenue is reckoned from.
type Basis struct {
	Costs     []Cost `json:"costs"`
	Subsidy   Amount `json:"subsidy"`    // from the government, taken off the costs
	Return    Rate   `json:"return"`     // 准许收益率, on the costs net of subsidy
	BondYield Rate   `json:"bond_yield"` // average of ten-year government bonds in the year before the cost survey
	Taxes     Amount `json:"taxes"`      // by law
	Excess    Amount `json:"excess"`     // income above the last period's allowance, to be deducted now (65号 四)
}

// MaxSpread is by how many percentage points the return may exceed the bonds' yield, at most (65号 二).
var MaxSpread = Percent(6)

// Allowance is a maximum allowed revenue (最高准许收入) with its parts.
type Allowance struct {
	Cost    Amount `json:"cost"`    // net of subsidy
	Profit  Amount `json:"profit"`  // the return on it
	Taxes   Amount `json:"taxes"`   //
	Excess  Amount `json:"excess"`  // deducted
	Carried Amount `json:"carried"` // excess that was more than could be deducted, for the period after
	Total   Amount `json:"total"`
}

// What makes a basis one from which nothing can be reckoned.
var (
	ErrNegative       = errors.New("pricing: an amount is negative")
	ErrSubsidyTooMuch = errors.New("pricing: the subsidy is more than the costs")
	ErrReturnTooHigh  = errors.New("pricing: the return exceeds the yield of ten-year bonds by more than 6 percentage points")
)

// Allowed reckons the maximum allowed revenue OC + OC·r + T of 65号 二, less the excess of the last period. What the excess exceeds it by is carried on.
func (b Basis) Allowed() (a Allowance, err error) {
	costs := make([]Amount, 0, len(b.Costs)+1)
	for _, c := range b.Costs {
		if c.Amount < 0 {
			return a, ErrNegative
		}
		costs = append(costs, c.Amount)
	}
	if b.Subsidy < 0 || b.Taxes < 0 || b.Excess < 0 {
		return a, ErrNegative
	}
	if a.Cost, err = Sum(append(costs, -b.Subsidy)...); err != nil {
		return a, err
	}
	if a.Cost < 0 {
		return a, ErrSubsidyTooMuch
	}
	if b.Return.Exceeds(b.BondYield.Plus(MaxSpread)) {
		return a, ErrReturnTooHigh
	}
	if a.Profit, err = b.Return.Of(a.Cost); err != nil {
		return a, err
	}
	a.Taxes = b.Taxes
	whole, err := Sum(a.Cost, a.Profit, a.Taxes)
	if err != nil {
		return a, err
	}
	a.Excess = min(b.Excess, whole)
	a.Carried, a.Total = b.Excess-a.Excess, whole-a.Excess
	return a, nil
}
