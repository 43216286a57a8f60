package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/disclosure"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/product"
	"datacharter/domain/registration"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/words"
)

// versioned are the commands that are refused when the case has changed since its form was shown: their input takes the place of what is there.
var versioned = map[string]bool{"edit": true, "apply-change": true, "amend": true, "propose-agreement": true, "amend-agenda": true}

// consequential are the commands that cannot be taken back and take something away: their button warns.
var consequential = map[string]bool{
	"delete-draft": true, "refuse": true, "withdraw": true, "declare-interest": true, "open-exit": true, "waive": true, "suspend": true, "suspend-at-once": true, "cancel": true, "stop": true,
	"fail-review": true, "uphold": true, "deregister": true, "revoke": true, "apply-deregistration": true, "open-deregistration": true,
	"propose-end": true, "delist": true, "order-delisting": true, "accept-cure": true, "reinstate": true, "proceed": true, "blacklist": true, "close-unsigned": true, "take-back": true, "close-accounts": true,
}

// both is a wording that is the same in both languages: a name.
func both(name string) text.Text { return text.Text{ZH: name, EN: name} }

// shape says of the form of an act what its input's type does not – the choices that this case offers – and suggests values.
func (s *server) shape(a *act) (url.Values, error) {
	a.shapes = form.Shapes{}
	suggested := url.Values{}
	if a.task != nil {
		suggested.Set("task", a.task.ID)
	}
	switch {
	case a.outside != "":
		return suggested, nil // of the case nothing is shown
	case a.view == nil:
		return suggested, s.shapeOpening(a, suggested)
	}
	switch subject := a.view.Subject.(type) {
	case *authorization.Authorization:
		return suggested, s.shapeAuthorization(a, subject, suggested)
	case *meeting.Meeting:
		return suggested, s.shapeMeeting(a, subject, suggested)
	case *exit.Exit:
		s.shapeExit(a, subject, suggested)
	case *registration.Registration:
		return suggested, s.shapeRegistration(a, subject, suggested)
	case *plan.Plan:
		shapePlan(a, subject, suggested)
	case *product.Product:
		return suggested, s.shapeProductCase(a, subject, suggested)
	case *disclosure.Disclosure:
		shapeDisclosure(a, subject, suggested)
	case *finding.Finding:
		shapeFinding(a, subject)
	case *complaint.Complaint:
		shapeComplaint(a)
	case *finance.Finance:
		return suggested, s.shapeFinance(a, subject, suggested)
	}
	return suggested, nil
}

func (s *server) shapeAuthorization(a *act, c *authorization.Authorization, suggested url.Values) error {
	fill := func(input any) {
		for name, values := range form.Values(input) {
			suggested[name] = values
		}
	}
	if done, err := s.shapeOversight(a, c, suggested); done || err != nil {
		return err
	}
	switch a.command {
	case "edit":
		fill(c.Application)
		return s.shapeApplication(a, c.Application)
	case "return":
		a.shapes["missing[].path"] = form.Shape{Kind: form.Select, Choices: fieldChoices(applicationParts)}
	case "decide":
		a.shapes["task"] = form.Shape{}
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	case "propose-agreement":
		fill(proposedAgreement(c))
		return s.shapeAgreement(a, c)
	case "agree-text", "sign":
		if n := len(c.Versions); n > 0 {
			suggested.Set("hash", c.Versions[n-1].Hash)
		}
	case "ask-question", "ask-in-review":
		a.shapes["path"] = form.Shape{Kind: form.Select, Choices: fieldChoices(applicationParts)}
	case "answer-question":
		suggestQuestion(a, c, suggested)
	case "set-ceiling", "list-product", "change-price", "delist-product":
		s.shapeProduct(a, c, suggested)
	case "report-operation":
		suggested.Set("year", strconv.Itoa(a.view.Now.Year()))
	case "file":
		shape := form.Shape{Kind: form.Checks, Choices: groundChoices(a.view.Policy.Agreement.Papers)}
		shape.Omit, a.shapes["evidence"] = len(shape.Choices) == 0, form.Shape{Needed: len(shape.Choices) > 0}
		a.shapes["papers"] = shape
	case "suspend":
		a.shapes["ground"] = form.Shape{Kind: form.Select, Choices: groundChoices(a.view.Policy.Operation.SuspensionGrounds)}
		suggestAsked(c, authorization.AskedSuspension, suggested)
	case "suspend-at-once":
		a.shapes["ground"] = form.Shape{Kind: form.Select, Choices: groundChoices(a.view.Policy.Operation.SuspensionGrounds)}
	case "open-exit":
		suggestAsked(c, authorization.AskedExit, suggested)
		a.shapes["ground"] = form.Shape{Kind: form.Radios, Choices: exitGrounds(a.view.Policy, policy.ByAdministrator)}
		a.shapes["evidence"] = form.Shape{Needed: evidenced(a.view.Policy, policy.ByAdministrator)}
	case "waive":
		a.shapes["ground"] = form.Shape{Kind: form.Radios, Choices: exitGrounds(a.view.Policy, policy.ByOperator)}
	case "propose-exit":
		a.shapes["ground"] = form.Shape{Kind: form.Radios, Choices: exitGrounds(a.view.Policy, policy.ByBoth)}
	}
	return nil
}

// shapeApplication offers agencies, modes and the resources chosen.
func (s *server) shapeApplication(a *act, content authorization.Application) error {
	agencies, err := s.organizationsOf(a.visit, identity.Agency)
	if err != nil {
		return err
	}
	a.shapes["agency"] = form.Shape{Kind: form.Select, Choices: agencies}
	a.shapes["mode"] = form.Shape{Kind: form.Radios, Choices: modeChoices(a.view.Policy)}
	resources, err := s.resourceChoices(a.visit, content.Resources)
	if err != nil {
		return err
	}
	a.shapes["resources"] = form.Shape{Kind: form.Checks, Choices: resources}
	if a.view.Policy.Plan != nil {
		a.shapes["plan"] = pickPlan
	}
	a.shapes["renews"], err = s.shapeRenews(a, content.Renews)
	return err
}

// shapeRenews offers the applicant's authorisations that another may follow: none while nothing of his was ever in operation.
func (s *server) shapeRenews(a *act, renews string) (form.Shape, error) {
	page, err := s.Store.ListCases(a.ctx, a.actor, store.CaseFilter{
		Kind: authorization.Kind, States: []lifecycle.State{authorization.Operating, authorization.Suspended, authorization.Closed},
		Applicant: a.view.Head.Applicant, Limit: store.MaxLimit,
	})
	if err != nil {
		return form.Shape{}, err
	}
	shape := form.Shape{Kind: form.Select, Hint: text.Text{ZH: "只在续约时选择。", EN: "For a renewal only."}}
	for _, c := range page.Items {
		if c.ID != a.view.Head.ID {
			shape.Choices = append(shape.Choices, form.Choice{Value: c.ID, Words: both(c.Title)})
		}
	}
	if renews != "" && !slices.ContainsFunc(shape.Choices, func(c form.Choice) bool { return c.Value == renews }) {
		shape.Choices = append(shape.Choices, form.Choice{Value: renews, Words: both(renews)})
	}
	shape.Omit = len(shape.Choices) == 0
	return shape, nil
}

func (s *server) shapeAgreement(a *act, c *authorization.Authorization) error {
	resources, err := s.resourceChoices(a.visit, c.Application.Resources)
	a.shapes["resources"] = form.Shape{Kind: form.Checks, Choices: resources}
	a.shapes["conditions"] = form.Shape{Kind: form.Lines}
	return err
}

// shapeProduct offers the products that the command can be about, and suggests the one that the address names.
func (s *server) shapeProduct(a *act, c *authorization.Authorization, suggested url.Values) {
	choices := agreedProducts(c)
	if a.command == "change-price" || a.command == "delist-product" {
		choices = listedProducts(c)
	}
	a.shapes["product"] = form.Shape{Kind: form.Select, Choices: choices}
	if name := a.Query("product"); name != "" {
		suggested.Set("product", name)
	}
	for _, p := range c.Products {
		if p.Name != a.Query("product") {
			continue
		}
		if p.Unit != "" {
			suggested.Set("unit", p.Unit)
		}
		if p.Ceiling != nil {
			suggested.Set("ceiling", p.Ceiling.String())
		}
		if p.Price != nil && p.Listed {
			suggested.Set("price", p.Price.String())
		}
	}
}

func agreedProducts(c *authorization.Authorization) []form.Choice {
	if len(c.Versions) == 0 {
		return nil
	}
	var out []form.Choice
	for _, p := range c.Versions[len(c.Versions)-1].Content.Products {
		out = append(out, form.Choice{Value: p.Name, Words: both(p.Name)})
	}
	return out
}

func listedProducts(c *authorization.Authorization) []form.Choice {
	var out []form.Choice
	for _, p := range c.Products {
		if p.Listed {
			out = append(out, form.Choice{Value: p.Name, Words: both(p.Name)})
		}
	}
	return out
}

// applicationParts are the parts of an application that can be named as incomplete.
var applicationParts = []string{
	"title", "agency", "plan", "purpose", "mode", "resources", "products", "term_months", "term_reason",
	"capabilities.management", "capabilities.technology", "capabilities.security", "capabilities.finance", "attachments",
}

func fieldChoices(paths []string) []form.Choice {
	out := make([]form.Choice, len(paths))
	for i, path := range paths {
		out[i] = form.Choice{Value: path, Words: applicationField(path)}
	}
	return out
}

func modeChoices(p *policy.Profile) []form.Choice {
	var out []form.Choice
	for _, m := range p.Application.Modes {
		out = append(out, form.Choice{Value: m.Code, Words: m.Title, Hint: source(m.Source)})
	}
	return out
}

func groundChoices(grounds []policy.Ground) []form.Choice {
	var out []form.Choice
	for _, g := range grounds {
		out = append(out, form.Choice{Value: g.Code, Words: g.Title})
	}
	return out
}

// evidenced reports whether every ground that a trigger may use must be evidenced.
func evidenced(p *policy.Profile, by policy.Trigger) bool {
	return !slices.ContainsFunc(p.Exit.Grounds, func(g policy.ExitGround) bool { return g.Trigger == by && !g.Evidence })
}

func exitGrounds(p *policy.Profile, by policy.Trigger) []form.Choice {
	var out []form.Choice
	for _, g := range p.Exit.Grounds {
		if g.Trigger == by {
			out = append(out, form.Choice{Value: g.Code, Words: g.Title, Hint: text.Text{
				ZH: words.Way(g.Way).ZH + "。" + source(g.Source).ZH, EN: words.Way(g.Way).EN + ". " + source(g.Source).EN,
			}})
		}
	}
	return out
}

// source names an article with how its text was verified.
func source(s policy.Source) text.Text {
	mark := words.Value(s.Mark)
	article := words.Article(s.Article)
	return text.Text{ZH: fmt.Sprintf("%s（%s）", article.ZH, mark.ZH), EN: fmt.Sprintf("%s (%s)", article.EN, mark.EN)}
}

// organizationsOf lists the open organisations of a kind as choices.
func (s *server) organizationsOf(v *visit, kind identity.Kind) ([]form.Choice, error) {
	page, err := s.Store.ListOrganizations(v.ctx, store.OrganizationFilter{Kind: kind, Limit: store.MaxLimit})
	var out []form.Choice
	for _, o := range page.Items {
		if !o.Closed {
			out = append(out, form.Choice{Value: o.ID, Words: both(o.Name)})
		}
	}
	return out, err
}

// resourceChoices names resources; of one that the catalogue does not have any more the ID is shown.
func (s *server) resourceChoices(v *visit, ids []string) ([]form.Choice, error) {
	var out []form.Choice
	for _, id := range ids {
		r, err := s.Store.GetResource(v.ctx, id)
		switch {
		case refusalOf(err) != nil:
			out = append(out, form.Choice{Value: id, Words: both(id)})
		case err != nil:
			return nil, err
		default:
			out = append(out, form.Choice{Value: id, Words: both(r.Title), Hint: both(r.Provider)})
		}
	}
	return out, nil
}

func (s *server) shapeOpening(a *act, suggested url.Values) error {
	switch a.place.def.Kind() {
	case meeting.Kind:
		return s.shapeCall(a, suggested)
	case authorization.Kind:
		return s.shapeDraft(a, suggested)
	case registration.Kind:
		return s.shapeRegistrationDraft(a, suggested)
	case plan.Kind:
		return s.shapePlanDraft(a, suggested)
	case product.Kind:
		return s.shapeProductDraft(a, suggested)
	case finding.Kind:
		return s.shapeRaising(a, suggested)
	default:
		return nil
	}
}
