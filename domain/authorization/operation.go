package authorization

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The names of the limits of operation.
const (
	report  = "operation-report"
	expiry  = "expiry"
	warning = "expiry-warning"
	renewal = "renewal-window"
)

// Report is one yearly operation report.
type Report struct {
	Year        int       `json:"year"`
	Summary     string    `json:"summary"`
	Attachments []string  `json:"attachments,omitempty"`
	At          time.Time `json:"at"`
}

// The inputs of operation.
type (
	// CeilingInput sets the highest charge for a product (上限收费标准, 65号).
	CeilingInput struct {
		Product string `json:"product" maxLength:"200"`
		Unit    string `json:"unit" enum:"number,times,time,calls" doc:"what is charged for: 产品数量、服务次数、服务时间、数据调用量"`
		Ceiling string `json:"ceiling" maxLength:"20" doc:"yuan a unit, as a decimal"`
	}
	// ListingInput puts a product on offer or changes its price.
	ListingInput struct {
		Product string `json:"product" maxLength:"200"`
		Price   string `json:"price" maxLength:"20" doc:"yuan a unit, as a decimal; 0 for public benefit"`
	}
	// ProductInput names a product.
	ProductInput struct {
		Product string `json:"product" maxLength:"200"`
	}
	// ReportInput hands in the report on one year's operation.
	ReportInput struct {
		Year        int      `json:"year" minimum:"2000" maximum:"2200"`
		Summary     string   `json:"summary" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty"`
	}
)

// The events of operation.
type (
	// OperationStarted opens access at the agreed date.
	OperationStarted struct{}
	// CeilingSet records a product's ceiling.
	CeilingSet struct {
		Product string          `json:"product"`
		Class   agreement.Class `json:"class"`
		Unit    string          `json:"unit"`
		Ceiling pricing.Price   `json:"ceiling"`
	}
	// ProductListed puts a product on offer.
	ProductListed struct {
		Product string          `json:"product"`
		Class   agreement.Class `json:"class"`
		Price   pricing.Price   `json:"price"`
	}
	// PriceChanged changes the price of a product on offer.
	PriceChanged struct {
		Product string        `json:"product"`
		Price   pricing.Price `json:"price"`
	}
	// ProductDelisted takes a product off offer.
	ProductDelisted struct {
		Product string `json:"product"`
	}
	// Reported records an operation report.
	Reported struct {
		Report Report `json:"report"`
	}
	// ExpiryWarned says that the end of the term is near.
	ExpiryWarned struct{}
)

// EventType implements lifecycle.Content.
func (OperationStarted) EventType() string { return "operation-started" }

// EventType implements lifecycle.Content.
func (CeilingSet) EventType() string { return "ceiling-set" }

// EventType implements lifecycle.Content.
func (ProductListed) EventType() string { return "product-listed" }

// EventType implements lifecycle.Content.
func (PriceChanged) EventType() string { return "price-changed" }

// EventType implements lifecycle.Content.
func (ProductDelisted) EventType() string { return "product-delisted" }

// EventType implements lifecycle.Content.
func (Reported) EventType() string { return "operation-reported" }

// EventType implements lifecycle.Content.
func (ExpiryWarned) EventType() string { return "expiry-warned" }

// startOperation opens operation with its clocks: the yearly report, the warning, the renewal window and the end of the term.
func startOperation(a *Authorization, env lifecycle.Env) contents {
	rules := env.Policy.Operation
	end := a.version().Content.Term.To
	out := contents{OperationStarted{}, env.Limit(report, rules.Report, a.applicants(), a.administrators())}
	if on := before(end, rules.ExpiryWarning.Span.Span); on.After(calendar.DateOf(env.Now)) {
		out = append(out, env.LimitOn(warning, rules.ExpiryWarning, on, lifecycle.Recipients{}, lifecycle.Recipients{}))
	}
	if on := before(end, rules.RenewalWindow.Span.Span); on.After(calendar.DateOf(env.Now)) {
		out = append(out, env.LimitOn(renewal, rules.RenewalWindow, on, lifecycle.Recipients{}, lifecycle.Recipients{}))
	} else {
		out = append(out, RenewalOpened{})
	}
	return append(out, env.LimitOn(expiry, rules.Expiry, end, a.applicants(), a.officers()))
}

// before counts a limit backwards from a date agreed on.
func before(on calendar.Date, span calendar.Span) calendar.Date {
	switch s := span.(type) {
	case calendar.CalendarDays:
		return on.AddDays(-int(s))
	case calendar.Months:
		return on.AddMonths(-int(s))
	default:
		return on
	}
}

// agreed finds a product of the signed agreement.
func (a *Authorization) agreed(name string) (agreement.Product, bool) {
	for _, p := range a.version().Content.Products {
		if p.Name == name {
			return p, true
		}
	}
	return agreement.Product{}, false
}

func setCeiling(a *Authorization, in CeilingInput, _ lifecycle.Env) (contents, refused) {
	var fields []refusal.Field
	agreed, ok := a.agreed(in.Product)
	switch {
	case !ok:
		fields = append(fields, refusal.NotInAgreement.At("product"))
	case agreed.Class == agreement.PublicBenefit:
		fields = append(fields, refusal.PublicBenefitIsFree.At("product"))
	}
	switch in.Unit {
	case "number", "times", "time", "calls":
	default:
		fields = append(fields, refusal.NotAChoice.At("unit", "choices", "number, times, time, calls"))
	}
	ceiling, err := pricing.ParsePrice(in.Ceiling)
	if err != nil {
		fields = append(fields, refusal.NotAPrice.At("ceiling"))
	}
	if p := a.product(in.Product); err == nil && p != nil && p.Listed && p.Price.Exceeds(ceiling) {
		fields = append(fields, refusal.AboveCeiling.At("ceiling"))
	}
	if r := refusal.InvalidFields(fields); r != nil {
		return nil, r
	}
	return contents{CeilingSet{Product: in.Product, Class: agreed.Class, Unit: in.Unit, Ceiling: ceiling}}, nil
}

func listProduct(a *Authorization, in ListingInput, _ lifecycle.Env) (contents, refused) {
	if p := a.product(in.Product); p != nil && p.Listed {
		return nil, refusal.ListedAlready.With()
	}
	agreed, ok := a.agreed(in.Product)
	if !ok {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.NotInAgreement.At("product")})
	}
	price, fields := a.price(in, agreed.Class)
	if r := refusal.InvalidFields(fields); r != nil {
		return nil, r
	}
	return contents{ProductListed{Product: in.Product, Class: agreed.Class, Price: price}}, nil
}

func changePrice(a *Authorization, in ListingInput, _ lifecycle.Env) (contents, refused) {
	p := a.product(in.Product)
	if p == nil || !p.Listed {
		return nil, refusal.NotListed.With()
	}
	price, fields := a.price(in, p.Class)
	if r := refusal.InvalidFields(fields); r != nil {
		return nil, r
	}
	return contents{PriceChanged{Product: in.Product, Price: price}}, nil
}

// price reads a price and holds it against the rules: public benefit is free, and no charge is above the ceiling (65号 1–3).
func (a *Authorization) price(in ListingInput, class agreement.Class) (pricing.Price, []refusal.Field) {
	price, err := pricing.ParsePrice(in.Price)
	if err != nil {
		return price, []refusal.Field{refusal.NotAPrice.At("price")}
	}
	if class == agreement.PublicBenefit {
		if !price.IsZero() {
			return price, []refusal.Field{refusal.PublicBenefitIsFree.At("price")}
		}
		return price, nil
	}
	p := a.product(in.Product)
	switch {
	case p == nil || p.Ceiling == nil:
		return price, []refusal.Field{refusal.NoCeiling.At("price")}
	case price.Exceeds(*p.Ceiling):
		return price, []refusal.Field{refusal.AboveCeiling.At("price")}
	}
	return price, nil
}

func delistProduct(a *Authorization, in ProductInput, _ lifecycle.Env) (contents, refused) {
	if p := a.product(in.Product); p == nil || !p.Listed {
		return nil, refusal.NotListed.With()
	}
	return contents{ProductDelisted{Product: in.Product}}, nil
}

// reportOperation takes the report on a past or the present year, once, and lets the next year's limit run.
func reportOperation(a *Authorization, in ReportInput, env lifecycle.Env) (contents, refused) {
	fields := required("summary", in.Summary)
	year := calendar.DateOf(env.Now).Start().In(calendar.China).Year()
	if in.Year > year || a.Started != nil && in.Year < calendar.DateOf(*a.Started).Start().In(calendar.China).Year() {
		fields = append(fields, refusal.NotAReportYear.At("year"))
	}
	for _, r := range a.Reports {
		if r.Year == in.Year {
			fields = append(fields, refusal.Repeated.At("year"))
		}
	}
	fields = append(fields, atMost("summary", in.Summary, maxStatement)...)
	fields = append(fields, checkAttachments("attachments", in.Attachments, a.Applicant, env)...)
	if r := refusal.InvalidFields(fields); r != nil {
		return nil, r
	}
	out := contents{Reported{Report: Report{Year: in.Year, Summary: in.Summary, Attachments: in.Attachments, At: env.Now}}}
	if d := a.Deadline(report); d != nil && d.Running() && in.Year < year {
		out = append(out, lifecycle.DeadlineEnded{Name: report}, nextReport(a, env.Policy, env))
	}
	return out, nil
}

// nextReport starts the limit after the present one, so that a report handed in early does not fall due twice.
func nextReport(a *Authorization, p *policy.Profile, env lifecycle.Env) lifecycle.DeadlineStarted {
	d := a.Deadline(report)
	if env.Now.Before(d.Due.At) {
		env.Now = d.Due.At
	}
	return env.Limit(report, p.Operation.Report, a.applicants(), a.administrators())
}

func operationEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, _ OperationStarted, e lifecycle.Event) {
				a.State, a.Started, a.Access = Operating, &e.At, AccessOpen
			}),
			func(a A, _ OperationStarted, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "operation-started"), tell(a, a.officers(), "operation-started")...)
			}),
		lifecycle.On(func(a A, e CeilingSet, _ lifecycle.Event) {
			p := a.onOffer(e.Product, e.Class)
			p.Unit, p.Ceiling = e.Unit, &e.Ceiling
		}),
		lifecycle.On(func(a A, e ProductListed, at lifecycle.Event) {
			p := a.onOffer(e.Product, e.Class)
			p.Price, p.Listed, p.ListedAt = &e.Price, true, &at.At
		}),
		lifecycle.On(func(a A, e PriceChanged, _ lifecycle.Event) { a.product(e.Product).Price = &e.Price }),
		lifecycle.On(func(a A, e ProductDelisted, _ lifecycle.Event) { a.product(e.Product).Listed = false }),
		lifecycle.On(func(a A, e Reported, _ lifecycle.Event) { a.Reports = append(a.Reports, e.Report) }),
		lifecycle.Sending(
			lifecycle.On(func(A, ExpiryWarned, lifecycle.Event) {}),
			func(a A, _ ExpiryWarned, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "expiry-near"), tell(a, a.officers(), "expiry-near")...)
			}),
	}
}

// onOffer returns the product of the name, adding it when it is new.
func (a *Authorization) onOffer(name string, class agreement.Class) *Product {
	if p := a.product(name); p != nil {
		return p
	}
	a.Products = append(a.Products, Product{Name: name, Class: class})
	return a.product(name)
}
