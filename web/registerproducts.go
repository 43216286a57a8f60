package web

import (
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/register"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// productList is the list of products and services of the public register.
type productList struct {
	*registerList
	products []store.RegisterProduct
}

var chargeWords = map[register.Charge]text.Text{register.Free: {ZH: "免费", EN: "free of charge"}, register.Charged: {ZH: "收费", EN: "charged"}}

// Values of byOffer.
const (
	onOffer  = "1"
	offOffer = "0"
)

// listProducts shows the products and services.
func (s *server) listProducts(p publication) {
	counts, err := s.Store.CountRegister(p.ctx)
	if err != nil {
		p.fail(err)
		return
	}
	l := productList{registerList: s.newRegisterList(p, productsPath)}
	filter := store.RegisterProductFilter{
		Text: l.asked.Get(byText), Class: agreement.Class(l.ask(byClass, valuesOf(counts.Classes)...)), Charge: register.Charge(l.ask(byCharge, valuesOf(counts.Charges)...)),
		Grantee: l.askID(byGrantee), Cursor: p.Query(cursor),
	}
	if offer := l.ask(byOffer, onOffer, offOffer); offer != "" {
		on := offer == onOffer
		filter.Listed = &on
	}
	found, err := s.Store.ListRegisterProducts(p.ctx, filter)
	if err != nil {
		p.fail(err)
		return
	}
	l.products = found.Items
	l.count(byClass, text.Text{ZH: "类别", EN: "Class"}, counts.Classes, func(class string) text.Text { return register.ClassWords(agreement.Class(class)) })
	l.count(byCharge, text.Text{ZH: "收费", EN: "Charge"}, counts.Charges, func(charge string) text.Text { return chargeWords[register.Charge(charge)] })
	l.facets = append(l.facets, facet{words: text.Text{ZH: "供应", EN: "Offer"}, values: []ui.Link{
		{URL: l.with(byOffer, ""), Words: l.T("全部", "all"), Current: l.asked.Get(byOffer) == ""},
		{URL: l.with(byOffer, onOffer), Words: l.T("在架", "on offer"), Current: l.asked.Get(byOffer) == onOffer},
		{URL: l.with(byOffer, offOffer), Words: l.T("未上架或已下架", "not on offer"), Current: l.asked.Get(byOffer) == offOffer},
	}})
	names := register.Names{}
	if len(l.products) > 0 {
		names = l.products[0].Entry.Names
	}
	l.keep(byGrantee, text.Text{ZH: "授权对象", EN: "Grantee"}, names)
	l.turn(found.Next)
	p.page.Feed = p.to(feedPath, nil)
	p.publish(p.T("公开登记：产品和服务", "Public register: products and services"), productListPage(l))
}

// chargeOf says what a product costs.
func chargeOf(p *ui.Page, product register.Product) string {
	switch product.Charge() {
	case register.Free:
		return p.T("免费", "free of charge")
	case register.Charged:
		if product.Price == nil {
			return strings.Join(tariffSteps(p, product.Tariff, product.Unit), p.T("；", "; "))
		}
		return amountOf(p, product.Price.String(), product.Unit)
	case register.NoCharge:
	}
	return p.T("尚未定价", "not priced yet")
}

// ceilingOf says how much a product may cost at most; empty when nobody has set that.
func ceilingOf(p *ui.Page, product register.Product) string {
	words := ""
	switch {
	case len(product.Highest) > 1:
		words = strings.Join(tariffSteps(p, product.Highest, product.Unit), p.T("；", "; "))
	case product.Ceiling != nil:
		words = amountOf(p, product.Ceiling.String(), product.Unit)
	}
	if words != "" && product.TrialTariff {
		words += p.T("（试行）", " (trial tariff)")
	}
	return words
}

// amountOf writes an amount with what it is counted by.
func amountOf(p *ui.Page, amount, unit string) string {
	words := register.UnitWords(unit)
	if words == (text.Text{}) {
		return p.T(amount+"元", "CNY "+amount)
	}
	return p.T(amount+"元（按"+words.ZH+"计）", "CNY "+amount+" per "+words.EN)
}

// offerOf says whether a product is on offer.
func offerOf(p *ui.Page, product register.Product) string {
	switch {
	case product.Listed:
		return p.T("在架", "on offer")
	case product.Price != nil || !product.Since.IsZero():
		return p.T("已下架", "no longer on offer")
	default:
		return p.T("尚未上架", "not on offer yet")
	}
}

// formOf names the form of a product: of the fixed list where it is a case of its own, and as the agreement has it.
func formOf(p *ui.Page, product register.Product) string {
	kind := p.In(product.Kind.Words())
	if kind == "" || kind == product.Form {
		return product.Form
	}
	return kind + p.T("（协议：", " (agreement: ") + product.Form + p.T("）", ")")
}
