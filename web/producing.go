package web

import (
	"net/url"
	"slices"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/product"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
)

// producing is the act of drafting a product: it begins with what it is called and what it is; the rest is filled in on the case.
func (s *server) producing(v *visit) *act {
	p := s.placeOf(product.Kind)
	row, _ := p.def.Row("draft")
	return &act{
		visit: v, place: p, command: row.Command, words: row.Words, input: p.def.Input(row.Command),
		parts: []string{"authorization", "name", "form", "class", "unit", "operator"},
	}
}

func (s *server) askProduct(v *visit) { s.ask(s.producing(v)) }

// takeProduct opens the product and leads to where it is filled in.
func (s *server) takeProduct(v *visit) {
	a := s.producing(v)
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) + "/do/edit" })
}

// productsRestOn are the states of an authorisation on which a product can rest.
var productsRestOn = []lifecycle.State{authorization.Filed, authorization.Operating, authorization.Suspended}

// shapeProductDraft offers the visitor's authorisations; of the one that the address names, its products.
func (s *server) shapeProductDraft(a *act, suggested url.Values) error {
	a.shapes["operator"] = s.mineOf(a.visit, identity.Applicant)
	shape := form.Shape{Kind: form.Select}
	var mine []string
	for _, g := range a.actor.Grants {
		if g.Role == identity.Applicant {
			mine = append(mine, g.Organization)
		}
	}
	for _, applicant := range unique(mine) {
		page, err := s.Store.ListCases(a.ctx, a.actor, store.CaseFilter{Kind: authorization.Kind, States: productsRestOn, Applicant: applicant, Limit: store.MaxLimit})
		if err != nil {
			return err
		}
		for _, c := range page.Items {
			shape.Choices = append(shape.Choices, form.Choice{Value: c.ID, Words: both(c.Title)})
		}
	}
	a.shapes["authorization"] = shape
	id := a.Query("authorization")
	if id == "" {
		return nil
	}
	view, err := s.Case(a.ctx, a.actor, authorization.Machine, id)
	if err != nil {
		return err
	}
	suggested.Set("authorization", id)
	if view.Closed {
		return nil
	}
	c := authorizationOf(view)
	a.shapes["name"] = form.Shape{Kind: form.Select, Choices: agreedProducts(c)}
	if name := a.Query("product"); name != "" {
		suggestAgreed(c, name, suggested)
	}
	return nil
}

// suggestAgreed suggests what the agreement says of a product.
func suggestAgreed(c *authorization.Authorization, name string, suggested url.Values) {
	if len(c.Versions) == 0 {
		return
	}
	for _, p := range c.Versions[len(c.Versions)-1].Content.Products {
		if p.Name == name {
			suggested.Set("name", name)
			suggested.Set("class", string(p.Class))
		}
	}
}

// shapeProductCase says of the forms on a product what their inputs do not.
func (s *server) shapeProductCase(a *act, p *product.Product, suggested url.Values) error {
	fill := func(input any) {
		for name, values := range form.Values(input) {
			suggested[name] = values
		}
	}
	switch a.command {
	case "edit":
		return s.shapeProductContent(a, p, fill)
	case "set-ceiling":
		fill(p.CeilingAsSet())
	case "set-charge":
		fill(p.ChargeAsSet())
		if p.Charge() != nil {
			a.shapes["reason"] = form.Shape{Needed: true}
		}
	case "decide":
		a.shapes["conditions"] = productConditions
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	}
	return nil
}

// productConditions are the conditions that a reviewer of a product attaches.
var productConditions = form.Shape{Kind: form.Lines, Hint: text.Text{
	ZH: "每行一项；只能附于同意意见。", EN: "One a line; for an approval only.",
}}

// shapeProductContent offers what the agreement has.
func (s *server) shapeProductContent(a *act, p *product.Product, fill func(any)) error {
	fill(p.Drafted)
	if len(p.Drafted.Standard) == 0 { // the agreement has one already
		in := p.Drafted
		if c, err := s.restsOn(a.visit, p); err == nil && c != nil {
			for _, agreed := range c.Versions[len(c.Versions)-1].Content.Products {
				if agreed.Name == in.Name {
					in.Standard = agreed.Standard
				}
			}
		}
		fill(in)
	}
	a.shapes["capabilities"] = form.Shape{Kind: form.Lines}
	for _, name := range []string{"scenario", "standard", "capabilities", "resources"} {
		shape := a.shapes[name]
		shape.Needed = true
		a.shapes[name] = shape
	}
	c, err := s.restsOn(a.visit, p)
	if err != nil || c == nil {
		return err
	}
	ids := slices.Clone(c.Versions[len(c.Versions)-1].Content.Resources)
	for _, id := range p.Drafted.Resources {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	resources, err := s.resourceChoices(a.visit, ids)
	a.shapes["resources"] = form.Shape{Kind: form.Checks, Choices: resources, Needed: true}
	if p.Offer() == nil {
		a.shapes["name"] = form.Shape{Kind: form.Select, Choices: agreedProducts(c)}
	}
	return err
}

// restsOn is the authorisation of a product, as far as the visitor sees it; nil when he does not.
func (s *server) restsOn(v *visit, p *product.Product) (*authorization.Authorization, error) {
	view, err := s.Case(v.ctx, v.actor, authorization.Machine, p.Authorization)
	switch {
	case refusalOf(err) != nil:
		return nil, nil //nolint:nilnil // it is not there for him, which is no fault
	case err != nil:
		return nil, err
	case view.Closed || len(authorizationOf(view).Versions) == 0:
		return nil, nil //nolint:nilnil // as above
	}
	return authorizationOf(view), nil
}

// productBesides are the parts of the page of a product beside which a command is given.
var productBesides = map[string]string{
	"submit": "product", "resubmit": "product", "withdraw": "product", "delete-draft": "product", "declare-interest": "product", "list": "product",
	"propose-change": "product", "delist": "product", "order-delisting": "product", "start-trial": "product", "conclude-trial": "product",
	"set-ceiling": "price", "set-charge": "price",
}

// productCommand is the page that asks for a command on a product beside its content: nil for those that stand on a page of their own.
func (s *server) productCommand(a *act) (*casePage, error) {
	beside, ok := productBesides[a.command]
	if a.view == nil || a.task != nil || a.place.def.Kind() != product.Kind || !ok {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose(beside)
	page.doing = true
	return page, nil
}
