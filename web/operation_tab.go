package web

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// operationView is the operation of an authorization as its tab shows it.
type operationView struct {
	*casePage
	a        *authorization.Authorization
	products []agreedProduct
	files    known
}

// agreedProduct is a product of the agreement with what is known of its being on offer.
type agreedProduct struct {
	authorization.Product
	Form  string
	Cases []authorization.ProductCase // of its own, the newest first
}

// operated reports whether operation has begun.
func operated(v *casework.View) bool { return authorizationOf(v).Started != nil }

// operationTab shows products and services, reports, renewal, suspension and what is proposed to end the authorization.
func (s *server) operationTab(c *casePage) (templ.Component, error) {
	a := authorizationOf(c.view)
	v := operationView{casePage: c, a: a, products: productsOf(a)}
	var people, organizations, digests []string
	for _, r := range a.Reports {
		digests = append(digests, r.Attachments...)
	}
	if a.Suspension != nil {
		people, organizations = append(people, a.Suspension.By.Person), append(organizations, a.Suspension.By.Organization)
		digests = append(digests, a.Suspension.Evidence...)
	}
	if a.Proposal != nil {
		people, organizations = append(people, a.Proposal.By.Person), append(organizations, a.Proposal.By.Organization)
		digests = append(digests, a.Proposal.Evidence...)
	}
	if a.Renewal != nil && a.Renewal.RequestedBy != nil {
		people, organizations = append(people, a.Renewal.RequestedBy.Person), append(organizations, a.Renewal.RequestedBy.Organization)
	}
	for _, e := range a.Exits {
		people, organizations = append(people, e.RequestedBy.Person), append(organizations, e.RequestedBy.Organization)
	}
	if err := s.alsoName(c, people, organizations); err != nil {
		return nil, err
	}
	found, err := s.Store.Attachments(c.ctx, c.actor, unique(digests))
	if err != nil {
		return nil, err
	}
	v.files = known{files: found}
	return operationPage(v), nil
}

// productsOf lists the products of the agreement, in its order, with those that only the operation knows behind them.
func productsOf(a *authorization.Authorization) []agreedProduct {
	var out []agreedProduct
	operated := slices.Clone(a.Products)
	take := func(name string) (authorization.Product, bool) {
		i := slices.IndexFunc(operated, func(p authorization.Product) bool { return p.Name == name })
		if i < 0 {
			return authorization.Product{}, false
		}
		p := operated[i]
		operated = slices.Delete(operated, i, i+1)
		return p, true
	}
	for _, agreed := range a.Versions[len(a.Versions)-1].Content.Products {
		p, known := take(agreed.Name)
		if !known {
			p = authorization.Product{Name: agreed.Name, Class: agreed.Class}
		}
		out = append(out, agreedProduct{p, agreed.Form, casesOf(a, agreed.Name)})
	}
	for _, p := range operated {
		out = append(out, agreedProduct{Product: p, Cases: casesOf(a, p.Name)})
	}
	return out
}

// casesOf are the cases of a product, the newest first.
func casesOf(a *authorization.Authorization, name string) []authorization.ProductCase {
	var out []authorization.ProductCase
	for _, c := range slices.Backward(a.ProductCases) {
		if c.Name == name {
			out = append(out, c)
		}
	}
	return out
}

// drafts leads to drafting a product, for the operator while its products are cases; empty for everybody else, and while one is open.
func (v operationView) drafts(p agreedProduct) string {
	open := func(c authorization.ProductCase) bool { return !c.Over }
	applies := func(g identity.Grant) bool {
		return g.Role == identity.Applicant && g.Organization == v.a.Applicant
	}
	if !v.a.ProductsByCase || !slices.Contains(productsRestOn, v.a.State) || slices.ContainsFunc(p.Cases, open) || !slices.ContainsFunc(v.actor.Grants, applies) {
		return ""
	}
	return addressOf("/products/new", url.Values{"authorization": {v.a.ID}, "product": {p.Name}})
}

// on leads to a command on a product.
func (v operationView) on(command, product string) action {
	row, _ := v.place.def.Row(command)
	return action{Command: command, Words: row.Words, URL: v.commandURL(command) + "?product=" + url.QueryEscape(product)}
}

// acts are the commands that the visitor may give on a product now.
func (v operationView) acts(p agreedProduct) []action {
	var out []action
	for _, each := range []struct {
		command string
		fits    bool
	}{
		{"set-ceiling", p.Class != agreement.PublicBenefit}, {"list-product", !p.Listed}, {"change-price", p.Listed}, {"delist-product", p.Listed},
	} {
		if each.fits && v.view.May(each.command) {
			out = append(out, v.on(each.command, p.Name))
		}
	}
	return out
}

// offer are those of some commands that the visitor may give now.
func (c *casePage) offer(commands ...string) []action {
	var out []action
	for _, command := range commands {
		if c.view.May(command) {
			row, _ := c.place.def.Row(command)
			out = append(out, action{Command: command, Words: row.Words, URL: c.commandURL(command)})
		}
	}
	return out
}

// dueNamed is the newest time limit of a name that is still open, or nil.
func (v operationView) dueNamed(name string) *ui.Due {
	for i := range v.dues {
		if v.dues[i].Name == name && v.dues[i].Open() {
			return &v.dues[i]
		}
	}
	return nil
}

// interim reports whether a report was handed in while its year was running.
func (v operationView) interim(r authorization.Report) bool {
	return calendar.DateOf(r.At).Year() <= r.Year
}

// suspensionGround names a ground of suspension.
func (c *casePage) suspensionGround(code string) text.Text {
	i := slices.IndexFunc(c.view.Policy.Operation.SuspensionGrounds, func(g policy.Ground) bool { return g.Code == code })
	if i < 0 {
		return both(code)
	}
	return c.view.Policy.Operation.SuspensionGrounds[i].Title
}

// exitGround names a ground of exit.
func (v operationView) exitGround(code string) text.Text {
	i := slices.IndexFunc(v.view.Policy.Exit.Grounds, func(g policy.ExitGround) bool { return g.Code == code })
	if i < 0 {
		return both(code)
	}
	return v.view.Policy.Exit.Grounds[i].Title
}

// unitWords names what is charged for.
func unitWords(unit string) text.Text {
	if w, ok := words.FieldChoice(ceilingInput, "unit", unit); ok {
		return w
	}
	return both(unit)
}

var accessTone = map[authorization.Access]string{authorization.AccessOpen: "ok", authorization.AccessSuspended: "warn", authorization.AccessClosed: "bad"}
