// Package finance is the case of an authorisation's prices and revenue (价格与收益): its maximum allowed revenue and the ceilings under it, what its products and
// services took in, how a year deviates and what follows, and how the income is shared, settled and paid, kept in a double-entry book (发改价格〔2025〕65号;
// 27号 Art. 14(7)).
package finance

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
)

// Kind is the name of this kind of case.
const Kind = authorization.FinanceKind

// Finance is the folded state of one authorisation's prices and revenue.
type Finance struct {
	lifecycle.Header

	Authorization string         `json:"authorization"`
	Started       calendar.Date  `json:"started"`         // first day of operation
	Ended         *calendar.Date `json:"ended,omitempty"` // last day of the authorisation

	Costs      []Costs     `json:"costs,omitempty"`      // as handed in, the last of each year
	Proposed   *Fixed      `json:"proposed,omitempty"`   // a decision on the allowance that waits to be confirmed
	Allowances []Fixed     `json:"allowances,omitempty"` // that were confirmed, the oldest first
	Deductions []Deduction `json:"deductions,omitempty"` // of excesses, from the allowances of later years
	Checks     []Check     `json:"checks,omitempty"`     // of ceilings at forecast volumes, the last of each year
	Handed     []Statement `json:"handed,omitempty"`     // that wait to be checked, at most one of a period
	Statements []Statement `json:"statements,omitempty"` // that were checked, the last of each period
	Years      []Year      `json:"years,omitempty"`      // that were reckoned, in their order
	Reports    []Report    `json:"reports,omitempty"`    // to price and data departments, the last of each year
	Rule       *Sharing    `json:"rule,omitempty"`       // that waits for the operator's agreement
	Rules      []Sharing   `json:"rules,omitempty"`      // that were agreed on, the oldest first
	Run        *Run        `json:"run,omitempty"`        // a settlement that waits to be approved
	Postings   []Posting   `json:"postings,omitempty"`   // the book, in its order
	Returned   []Returned  `json:"returned,omitempty"`   // what was sent back last, by what it was
	Closing    *Closing    `json:"closing,omitempty"`
}

// Closing is with what words the accounts were closed.
type Closing struct {
	Text string      `json:"text"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Costs are the operator's costs of a year, for products and services of industry use alone (65号 part 2).
type Costs struct {
	Year     int            `json:"year"`
	Items    []pricing.Cost `json:"items"`
	Subsidy  pricing.Amount `json:"subsidy"` // from the government
	Taxes    pricing.Amount `json:"taxes"`
	Note     string         `json:"note,omitempty"`
	Evidence []string       `json:"evidence,omitempty"`
	By       identity.By    `json:"by"`
	At       time.Time      `json:"at"`
}

// Net is the costs less the subsidy.
func (c Costs) Net() pricing.Amount {
	net := -c.Subsidy
	for _, item := range c.Items {
		net += item.Amount
	}
	return net
}

// Fixed is a maximum allowed revenue as the departments fixed it: so much for each of some years.
type Fixed struct {
	From      int               `json:"from"` // first year
	To        int               `json:"to"`   // last year
	Basis     pricing.Basis     `json:"basis"`
	Amounts   pricing.Allowance `json:"amounts"` // of each year, before any excess is deducted
	Decision  Decision          `json:"decision"`
	By        identity.By       `json:"by"` // who recorded the decision
	At        time.Time         `json:"at"`
	Confirmed *identity.By      `json:"confirmed,omitempty"`
}

// Decision is the written decision of the price and data departments.
type Decision struct {
	Departments string        `json:"departments"`
	Number      string        `json:"number"` // 文号
	On          calendar.Date `json:"on"`
	Evidence    []string      `json:"evidence"`
}

// Deduction takes a part of an excess off the allowance of a later year.
type Deduction struct {
	Of     int            `json:"of"` // last year of the period in which the excess arose
	Year   int            `json:"year"`
	Amount pricing.Amount `json:"amount"`
}

// Check is whether the ceilings at a forecast volume stay within a year's allowance.
type Check struct {
	Year      int            `json:"year"`
	Lines     []Forecast     `json:"lines"`
	Total     pricing.Amount `json:"total"`
	Allowance pricing.Amount `json:"allowance"`
	Within    bool           `json:"within"`
	By        identity.By    `json:"by"`
	At        time.Time      `json:"at"`
}

// Forecast is one product's part in a check.
type Forecast struct {
	Product string         `json:"product"`
	Unit    string         `json:"unit"`
	Ceiling pricing.Tariff `json:"ceiling"`
	Volume  int64          `json:"volume"`
	Income  pricing.Amount `json:"income"` // at the ceiling
}

// Statement is what came in during a period.
type Statement struct {
	Period   Period         `json:"period"`
	Lines    []Line         `json:"lines"`
	Income   pricing.Amount `json:"income"` // billed, over all lines
	Note     string         `json:"note,omitempty"`
	Evidence []string       `json:"evidence,omitempty"`
	By       identity.By    `json:"by"`
	At       time.Time      `json:"at"`
	Checked  *identity.By   `json:"checked,omitempty"`
}

// Line is one product or service in a statement.
type Line struct {
	Product   string          `json:"product"`
	Class     agreement.Class `json:"class"`
	Unit      string          `json:"unit"`
	Volume    int64           `json:"volume"`   // delivered, by the use ledger
	Reckoned  pricing.Amount  `json:"reckoned"` // by the charges that held
	Billed    pricing.Amount  `json:"billed"`   // by the contracts
	Contracts []string        `json:"contracts,omitempty"`
	Reason    string          `json:"reason,omitempty"` // why what was billed differs
}

// Year is a year's income beside its allowance.
type Year struct {
	Year      int                `json:"year"`
	Income    pricing.Amount     `json:"income"`
	Allowance *pricing.Allowance `json:"allowance,omitempty"` // nil while the trial tariff held
	Deviation *pricing.Deviation `json:"deviation,omitempty"`
	Excess    pricing.Amount     `json:"excess,omitempty"` // of the whole period that ended with the year
	Adjusted  *Adjusted          `json:"adjusted,omitempty"`
	By        identity.By        `json:"by"`
	At        time.Time          `json:"at"`
}

// Adjusted says what was done about a deviation.
type Adjusted struct {
	What string      `json:"what"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Side is whose part a share is.
type Side string

// The sides.
const (
	OfAgency   Side = "agency"
	OfSupplier Side = "supplier"
	OfOperator Side = "operator"
	OfOther    Side = "other"
)

// Sharer is a party of the distribution beside its figures.
type Sharer struct {
	Name         string `json:"name"`
	Side         Side   `json:"side"`
	Organization string `json:"organization,omitempty"`
}

// Sharing is a distribution rule as both sides agreed on it. Sharers stand in the order of the rule's parties.
type Sharing struct {
	Per        Per          `json:"per"`
	From       Period       `json:"from"` // first period to which it applies
	Sharers    []Sharer     `json:"sharers"`
	Rule       revenue.Rule `json:"rule"`
	Supplement string       `json:"supplement,omitempty"` // number of an agreement that supplements the signed one
	By         identity.By  `json:"by"`
	At         time.Time    `json:"at"`
	Agreed     *identity.By `json:"agreed,omitempty"`
}

// Run is a settlement of a period, with the entries that it would post.
type Run struct {
	Period  Period          `json:"period"`
	Income  pricing.Amount  `json:"income"`
	Parts   []Part          `json:"parts"`
	Entries []revenue.Entry `json:"entries"`
	By      identity.By     `json:"by"`
	At      time.Time       `json:"at"`
}

// Part is what falls to one party.
type Part struct {
	Party  string         `json:"party"`
	Amount pricing.Amount `json:"amount"`
}

// Posting is an entry of the book with who posted it, and why.
type Posting struct {
	Entry     revenue.Entry `json:"entry"`
	Reference string        `json:"reference,omitempty"` // of a payment
	Reason    string        `json:"reason,omitempty"`    // of a counter-entry
	Prepared  identity.By   `json:"prepared"`
	By        identity.By   `json:"by"`
	At        time.Time     `json:"at"`
}

// What is what can be sent back.
type What string

// What there is.
const (
	AnAllowance What = "allowance"
	ARule       What = "rule"
	AStatement  What = "statement"
	ASettlement What = "settlement"
)

// Returned is why something was sent back.
type Returned struct {
	What   What        `json:"what"`
	Period Period      `json:"period,omitempty"`
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// Machine is the state table made ready for use.
var Machine = table().Compile()

func (f *Finance) officers() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Agency, Role: identity.CaseOfficer}
}

func (f *Finance) administrators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Agency, Role: identity.Administrator}
}

func (f *Finance) operators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Applicant, Role: identity.Applicant}
}

func (f *Finance) signatories() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Applicant, Role: identity.OperatorSignatory}
}

type (
	contents = []lifecycle.Content
	effects  = []lifecycle.Effect
	refused  = *refusal.Refusal
)
