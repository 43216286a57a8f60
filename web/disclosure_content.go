package web

import (
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/text"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// disclosed is the content of a yearly disclosure as its pages show it, inside and in public.
type disclosed struct {
	*ui.Page
	disclosure.Content
	resources map[string]string    // titles by ID
	modes     map[string]text.Text // of authorisation
	to        func(authorization string) string
}

func (d disclosed) byAgency() bool { return d.Side == authorization.AgencySide }

// resource names a resource of the catalogue.
func (d disclosed) resource(id string) string {
	if title := d.resources[id]; title != "" {
		return title
	}
	return id
}

// way is what a product rests on, where it was entered.
func (d disclosed) way(product string) string {
	for _, w := range d.Ways {
		if w.Product == product {
			return d.In(words.Value(w.Data))
		}
	}
	return d.T("未填写", "not given")
}

// costs are the lines of a ceiling or charge.
func (d disclosed) costs(o disclosure.Offer) []string {
	tariff := o.Charge
	if d.byAgency() {
		tariff = o.Ceiling
	}
	if len(tariff) == 0 {
		return []string{d.T("尚未定价", "not priced yet")}
	}
	lines := tariffSteps(d.Page, tariff, o.Unit)
	if o.Trial {
		lines = append(lines, d.T("试行收费标准", "trial tariff"))
	}
	for _, discount := range o.Discounts {
		lines = append(lines, discount.Name+d.T("：减", ": ")+discount.Rate.String()+"%"+d.T("", " off"))
	}
	return lines
}

// resourcesIn are the resources that contents name.
func resourcesIn(contents ...disclosure.Content) []string {
	var ids []string
	for _, c := range contents {
		for _, a := range c.Authorizations {
			for _, r := range a.Resources {
				ids = append(ids, r.ID)
			}
		}
	}
	return unique(ids)
}

// address is where the organisation is, with its postcode.
func (d disclosed) address() string {
	return strings.TrimSpace(d.Address + " " + d.Postcode)
}
