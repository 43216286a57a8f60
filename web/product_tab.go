package web

import (
	"net/url"
	"reflect"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/pricing"
	"datacharter/domain/product"
	"datacharter/domain/register"
	"datacharter/domain/text"
	"datacharter/web/content"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// productTabs are the parts of the page of a product.
func (s *server) productTabs() []tab {
	return []tab{
		{name: "product", words: text.Text{ZH: "产品和服务", EN: "Product"}, show: s.productTab},
		{name: "price", words: text.Text{ZH: "定价", EN: "Price"}, when: hasPrice, show: s.priceTab},
		{name: "versions", words: text.Text{ZH: "版本和变更", EN: "Versions and changes"}, when: wasOffered, show: s.productVersionsTab},
		{name: "stand", words: text.Text{ZH: "审核和期限", EN: "Reviews and limits"}, show: standTab},
	}
}

func productOf(v *casework.View) *product.Product {
	return v.Subject.(*product.Product) //nolint:forcetypeassert // by its kind
}

// hasPrice reports whether the product is to be priced, or was.
func hasPrice(v *casework.View) bool {
	p := productOf(v)
	return len(p.Ceilings) > 0 || len(p.Charges) > 0 || p.State == product.ToBePriced
}

// wasOffered reports whether a version is or was on offer, or a change came to nothing.
func wasOffered(v *casework.View) bool { return len(productOf(v).Versions) > 0 }

var productContent = reflect.TypeFor[product.Content]()

// names implements content.Names for the content of a product.
func (k known) ofProduct(of reflect.Type, field, value string) (content.Value, bool) {
	switch {
	case of == productContent && field == "resources":
		return titled(value, k.resources[value], "/resources/"+url.PathEscape(value)), true
	case of == productContent && field == "attachments":
		return k.file(value), true
	default:
		return k.names(of, field, value)
	}
}

// knownOfProduct looks up what a product refers to.
func (s *server) knownOfProduct(v *visit, p *product.Product) (known, error) {
	var k known
	var err error
	if k.resources, err = s.Store.ResourceTitles(v.ctx, unique(p.ResourceIDs())); err != nil {
		return k, err
	}
	k.files, err = s.Store.Attachments(v.ctx, v.actor, unique(p.AttachmentDigests()))
	return k, err
}

// productView is a product as its page shows it.
type productView struct {
	*casePage
	p          *product.Product
	parts      []content.Part
	hash       string
	files      known
	rests      string                 // title of the authorisation
	registered *register.Registration // nil while it is still to be registered (拟登记)
	mine       bool                   // the visitor registers products for the operator
}

// productTab shows what the product is: what is on offer, and what is under way where that differs.
func (s *server) productTab(c *casePage) (templ.Component, error) {
	p := productOf(c.view)
	v := productView{casePage: c, p: p, hash: p.Drafted.Hash(), rests: p.Authorization}
	var err error
	if v.files, err = s.knownOfProduct(c.visit, p); err != nil {
		return nil, err
	}
	v.parts = content.Of(p.Drafted, v.files.ofProduct)
	a, err := s.restsOn(c.visit, p)
	if err != nil {
		return nil, err
	}
	if a != nil {
		v.rests = a.Title
		if e, public := a.RegisterEntry(); public {
			if r, ok := e.RegisteredAs(register.AProduct, p.Drafted.Name); ok {
				v.registered = &r
			}
		}
	}
	v.mine = slices.ContainsFunc(c.actor.Grants, func(g identity.Grant) bool {
		return g.Role == identity.Registrant && g.Organization == p.Applicant
	})
	return productPage(v), s.nameProduct(c, p)
}

// nameProduct looks up who did what in a product.
func (s *server) nameProduct(c *casePage, p *product.Product) error {
	var people, organizations []string
	add := func(by identity.By) {
		people, organizations = append(people, by.Person), append(organizations, by.Organization)
	}
	for _, v := range p.Versions {
		add(v.By)
	}
	for _, x := range p.Ceilings {
		add(x.By)
	}
	for _, x := range p.Charges {
		add(x.By)
	}
	if p.Change != nil {
		add(p.Change.By)
	}
	if p.Closing != nil {
		add(p.Closing.By)
	}
	if p.Trial != nil {
		add(p.Trial.By)
		if p.Trial.EndedBy != nil {
			add(*p.Trial.EndedBy)
		}
	}
	return s.alsoName(c, people, organizations)
}

// priceView is the price of a product as its page shows it.
type priceView struct {
	*casePage
	p    *product.Product
	unit string
}

func (s *server) priceTab(c *casePage) (templ.Component, error) {
	p := productOf(c.view)
	v := priceView{casePage: c, p: p, unit: p.Drafted.Unit}
	if offer := p.Offer(); offer != nil {
		v.unit = offer.Content.Unit
	}
	return pricePage(v), s.nameProduct(c, p)
}

// tariffSteps puts the steps of a tariff into words, one a line.
func tariffSteps(p *ui.Page, t pricing.Tariff, unit string) []string {
	if price, plain := t.Plain(); plain {
		if price.IsZero() {
			return []string{p.T("免费", "free of charge")}
		}
		return []string{amountOf(p, price.String(), unit)}
	}
	out := make([]string, len(t))
	from := int64(1)
	for i, s := range t {
		first, last := strconv.FormatInt(from, 10), strconv.FormatInt(s.UpTo, 10)
		amount := amountOf(p, s.Price.String(), unit)
		if s.UpTo == 0 {
			out[i] = p.T("第"+first+"单位起："+amount, "from unit "+first+" on: "+amount)
		} else {
			out[i] = p.T("第"+first+"至"+last+"单位："+amount, "units "+first+" to "+last+": "+amount)
		}
		from = s.UpTo + 1
	}
	return out
}

// productVersions is the history of a product as its page shows it.
type productVersions struct {
	*casePage
	p         *product.Product
	under     []content.Difference
	revisions []productRevision // the newest first
	files     known
}

// productRevision is one version with what it changed.
type productRevision struct {
	product.Version
	changes []content.Difference
}

// productVersionsTab shows what each version changed, and what the change under way is about to.
func (s *server) productVersionsTab(c *casePage) (templ.Component, error) {
	p := productOf(c.view)
	k, err := s.knownOfProduct(c.visit, p)
	if err != nil {
		return nil, err
	}
	between := func(before, after product.Content) []content.Difference {
		return content.Changes(content.Compare(content.Of(before, k.ofProduct), content.Of(after, k.ofProduct)))
	}
	h := productVersions{casePage: c, p: p, files: k}
	for i, v := range p.Versions {
		r := productRevision{Version: v}
		if i > 0 {
			r.changes = between(p.Versions[i-1].Content, v.Content)
		}
		h.revisions = append(h.revisions, r)
	}
	slices.Reverse(h.revisions)
	if v := p.Offer(); v != nil && p.Change != nil {
		h.under = between(v.Content, p.Drafted)
	}
	return productVersionsPage(h), s.nameProduct(c, p)
}

// productOutcome names how a product, or a change of it, ended.
func productOutcome(outcome string) text.Text {
	if w, ok := words.FieldChoice(reflect.TypeFor[product.Product](), "outcome", outcome); ok {
		return w
	}
	return both(outcome)
}

// productRule is the rule of a review of a product.
func productRule(p *taskPage) *taskRule {
	for _, r := range p.view.Policy.Product.Review.Reviews {
		if r.Name == p.task.Name {
			round := strconv.Itoa(p.task.Round)
			return &taskRule{words: r.Rule, article: source(r.Source), place: text.Text{ZH: "第" + round + "轮审核", EN: "round " + round + " of the reviews"}}
		}
	}
	return nil
}

// productMaterial is what a review of a product is about: its content, and what changed against the version on offer.
func (s *server) productMaterial(page *taskPage, p *product.Product) (templ.Component, error) {
	k, err := s.knownOfProduct(page.visit, p)
	if err != nil {
		return nil, err
	}
	parts := content.Of(p.Drafted, k.ofProduct)
	var changes []content.Difference
	if v := p.Offer(); v != nil {
		changes = content.Changes(content.Compare(content.Of(v.Content, k.ofProduct), parts))
	}
	return productReviewPage(page, p, parts, changes), nil
}
