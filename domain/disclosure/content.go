package disclosure

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
)

// Content is what is disclosed of one year. Its fields are those of the two forms in regulations §5; what the records hold is compiled, the rest entered.
type Content struct {
	Side         authorization.Side `json:"side" enum:"agency,operator"`
	Year         int                `json:"year"`
	Organization Named              `json:"organization"`
	Entered
	Authorizations []Authorized `json:"authorizations"`
	Products       []Offer      `json:"products" doc:"with ceilings in an agency's disclosure, with charges in an operator's"`
}

// Named is an organisation by its ID, full name and unified social credit code.
type Named struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	CreditCode string `json:"credit_code,omitempty"`
}

// Entered is what people enter, all of it for the public.
type Entered struct {
	Address     string       `json:"address" maxLength:"200" doc:"地址"`
	Postcode    string       `json:"postcode" maxLength:"20" doc:"邮编"`
	Email       string       `json:"email" maxLength:"200" doc:"e-mail of the organisation, not of a person 邮箱"`
	Phone       string       `json:"phone" maxLength:"50" doc:"landline of the organisation 固定电话"`
	Departments []Department `json:"departments,omitempty" doc:"data departments concerned 数据管理部门"`
	Ways        []Way        `json:"ways,omitempty" doc:"what data products rest on; an operator's disclosure alone"`
	Note        string       `json:"note,omitempty" maxLength:"4000" doc:"explanation for the public"`
}

// Department is a data department with its contact, as made public.
type Department struct {
	Unit    string `json:"unit" maxLength:"200" doc:"单位名称"`
	Contact string `json:"contact" maxLength:"100" doc:"联系人, or the office that answers"`
	Phone   string `json:"phone" maxLength:"50" doc:"联系电话"`
}

// Way says what data a product rests on (产品和服务方式).
type Way struct {
	Product string   `json:"product" maxLength:"200" doc:"name of the product"`
	Data    DataWays `json:"data" enum:"public,private,mixed"`
}

// DataWays are the ways, as one provincial platform has them [seen]; the notice's own list is not known.
type DataWays string

// The ways.
const (
	PublicData  DataWays = "public"
	PrivateData DataWays = "private"
	MixedData   DataWays = "mixed"
)

// Authorized is an authorisation of the year.
type Authorized struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Other     Named          `json:"other" doc:"the other party: the operator in an agency's disclosure, the granting agency in an operator's"`
	Mode      string         `json:"mode"`
	State     register.State `json:"state"`
	From      calendar.Date  `json:"from" format:"date"`
	To        calendar.Date  `json:"to" format:"date"`
	Resources []Resource     `json:"resources"`
}

// Resource is an authorised resource: registered with its confirmation (已登记), or still to be (拟登记).
type Resource struct {
	ID   string `json:"id"`
	Code string `json:"code,omitempty" doc:"登记结果查询码; left out while it is to be registered"`
}

// Offer is a product or service.
type Offer struct {
	Authorization string             `json:"authorization"`
	Name          string             `json:"name"`
	Case          string             `json:"case,omitempty"`
	Code          string             `json:"code,omitempty" doc:"登记结果查询码; left out while it is to be registered"`
	Class         agreement.Class    `json:"class" enum:"public-benefit,industry"`
	Form          string             `json:"form,omitempty"`
	Scenario      string             `json:"scenario,omitempty"`
	Unit          string             `json:"unit,omitempty"`
	Ceiling       pricing.Tariff     `json:"ceiling,omitempty"`
	Trial         bool               `json:"trial_tariff,omitempty"`
	Charge        pricing.Tariff     `json:"charge,omitempty"`
	Discounts     []pricing.Discount `json:"discounts,omitempty"`
	Listed        bool               `json:"listed"`
}

// Hash is the digest of exactly what is checked and published.
func (c Content) Hash() string { return lifecycle.ContentHash(c) }

const (
	maxText        = 4000 // characters
	maxDepartments = 50
	maxWays        = 500
)

// check says what is wrong with what was entered; complete when it is handed in.
func (e Entered) check(f *refusal.Faults, side authorization.Side, products []Offer, complete bool) {
	words := f.AtMost
	if complete {
		words = f.Text
	}
	words("address", e.Address, 200)
	words("postcode", e.Postcode, 20)
	words("email", e.Email, 200)
	words("phone", e.Phone, 50)
	if e.Email != "" {
		at, err := mail.ParseAddress(e.Email)
		f.Unless(err == nil && at.Address == e.Email, refusal.Malformed.At("email"))
	}
	f.AtMost("note", e.Note, maxText)
	if f.Count("departments", len(e.Departments), maxDepartments) {
		for i, d := range e.Departments {
			f.Text(refusal.In("departments", i, "unit"), d.Unit, 200)
			f.Text(refusal.In("departments", i, "contact"), d.Contact, 100)
			f.Text(refusal.In("departments", i, "phone"), d.Phone, 50)
		}
	}
	f.Unless(side == authorization.OperatorSide || len(e.Ways) == 0, refusal.WaysOfOperator.At("ways"))
	if !f.Count("ways", len(e.Ways), maxWays) {
		return
	}
	for i, w := range e.Ways {
		f.Unless(slices.ContainsFunc(products, func(o Offer) bool { return o.Name == w.Product }), refusal.UnknownReference.At(refusal.In("ways", i, "product")))
		refusal.Choice(f, refusal.In("ways", i, "data"), w.Data, PublicData, PrivateData, MixedData)
	}
	f.Distinct(productsOf(e.Ways), func(i int) string { return refusal.In("ways", i, "product") })
}

func productsOf(ways []Way) []string {
	out := make([]string, len(ways))
	for i, w := range ways {
		out[i] = w.Product
	}
	return out
}

// needs is what compiling looks at: the authorisations, their parties, and what was entered the year before.
func (d *Disclosure) needs() lifecycle.Needs {
	n := lifecycle.Needs{Cases: []string{d.before()}}
	for _, a := range d.Authorizations {
		n.Cases = append(n.Cases, a.Authorization)
		n.Organizations = append(n.Organizations, a.Agency, a.Operator)
	}
	return n
}

// before is the disclosure of the year before.
func (d *Disclosure) before() string {
	return authorization.DisclosureID(d.Side, d.Organization(), d.Year-1)
}

// compile gathers what the records hold now of every authorisation of the year, and keeps what was entered.
func (d *Disclosure) compile(env lifecycle.Env) Content {
	c := Content{Side: d.Side, Year: d.Year, Organization: named(env, d.Organization()), Entered: d.entered(env), Authorizations: []Authorized{}, Products: []Offer{}}
	for _, called := range d.Authorizations {
		a, ok := env.Facts.Cases[called.Authorization].(*authorization.Authorization)
		if !ok {
			continue
		}
		entry, public := a.RegisterEntry()
		if !public {
			continue
		}
		other := called.Operator
		if d.Side == authorization.OperatorSide {
			other = called.Agency
		}
		c.Authorizations = append(c.Authorizations, authorized(entry, named(env, other)))
		for _, p := range entry.Products {
			c.Products = append(c.Products, d.offer(entry, p))
		}
	}
	slices.SortFunc(c.Authorizations, func(a, b Authorized) int { return cmp.Or(a.From.Compare(b.From), strings.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(c.Products, func(a, b Offer) int {
		return cmp.Or(strings.Compare(a.Authorization, b.Authorization), strings.Compare(a.Name, b.Name))
	})
	c.Ways = slices.DeleteFunc(slices.Clone(c.Ways), func(w Way) bool {
		return !slices.ContainsFunc(c.Products, func(o Offer) bool { return o.Name == w.Product })
	})
	return c
}

// entered is what was entered so far, or the year before.
func (d *Disclosure) entered(env lifecycle.Env) Entered {
	if d.Drafted != nil {
		return d.Drafted.Entered
	}
	if last, ok := env.Facts.Cases[d.before()].(*Disclosure); ok && last.Drafted != nil {
		e := last.Drafted.Entered
		e.Note = ""
		return e
	}
	return Entered{}
}

func named(env lifecycle.Env, id string) Named {
	o := env.Facts.Organizations[id]
	return Named{ID: id, Name: o.Name, CreditCode: o.CreditCode}
}

func authorized(e register.Entry, other Named) Authorized {
	a := Authorized{ID: e.ID, Title: e.Title, Other: other, Mode: e.Mode, State: e.State, From: e.Term.From, To: e.Term.Last(), Resources: make([]Resource, len(e.Resources))}
	for i, id := range e.Resources {
		registered, _ := e.RegisteredAs(register.AResource, id)
		a.Resources[i] = Resource{ID: id, Code: registered.Code}
	}
	return a
}

// offer is a product with its ceiling in an agency's disclosure, and with its charge in an operator's.
func (d *Disclosure) offer(e register.Entry, p register.Product) Offer {
	registered, _ := e.RegisteredAs(register.AProduct, p.Name)
	o := Offer{
		Authorization: e.ID, Name: p.Name, Case: p.Case, Code: registered.Code, Class: p.Class, Form: p.Form, Scenario: p.Scenario, Unit: p.Unit,
		Trial: p.TrialTariff, Listed: p.Listed,
	}
	if d.Side == authorization.AgencySide {
		o.Ceiling = tariff(p.Highest, p.Ceiling)
		return o
	}
	o.Charge, o.Discounts = tariff(p.Tariff, p.Price), p.Discounts
	return o
}

// tariff is the one by steps, or the one price that older products have.
func tariff(steps pricing.Tariff, price *pricing.Price) pricing.Tariff {
	if len(steps) == 0 && price != nil {
		return pricing.Flat(*price)
	}
	return steps
}
