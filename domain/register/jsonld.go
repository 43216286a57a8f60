package register

import (
	"encoding/json"
	"fmt"

	"datacharter/domain/text"
)

// Names are the names of what an entry refers to by ID: organisations and resources. What has no name there is called by its ID.
type Names map[string]string

// Of is the name of an ID.
func (n Names) Of(id string) string {
	if name, ok := n[id]; ok {
		return name
	}
	return id
}

// The terms of schema.org that an entry is rendered in.
type (
	ldGraph struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	ldRef struct {
		ID string `json:"@id"`
	}
	ldOrganization struct {
		ID         string `json:"@id"`
		Type       string `json:"@type"`
		Identifier string `json:"identifier"`
		Name       string `json:"name"`
	}
	ldAudience struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	ldPermit struct {
		ID          string     `json:"@id"`
		Type        string     `json:"@type"`
		Identifier  string     `json:"identifier"`
		Name        string     `json:"name"`
		Description string     `json:"description,omitempty"`
		URL         string     `json:"url"`
		IssuedBy    ldRef      `json:"issuedBy"`
		Audience    ldAudience `json:"permitAudience"`
		ValidFrom   string     `json:"validFrom"`
		ValidUntil  string     `json:"validUntil"`
	}
	ldDataset struct {
		ID         string `json:"@id"`
		Type       string `json:"@type"`
		Identifier string `json:"identifier"`
		Name       string `json:"name"`
	}
	ldService struct {
		ID          string   `json:"@id"`
		Type        string   `json:"@type"`
		Name        string   `json:"name"`
		ServiceType string   `json:"serviceType"`
		Category    string   `json:"category"`
		Provider    ldRef    `json:"provider"`
		Offers      *ldOffer `json:"offers,omitempty"`
	}
	ldOffer struct {
		Type          string       `json:"@type"`
		Price         string       `json:"price"`
		PriceCurrency string       `json:"priceCurrency"`
		Availability  string       `json:"availability"`
		ValidFrom     string       `json:"validFrom,omitempty"`
		Specification *ldUnitPrice `json:"priceSpecification,omitempty"`
	}
	ldUnitPrice struct {
		Type          string `json:"@type"`
		Price         string `json:"price"`
		MaxPrice      string `json:"maxPrice,omitempty"`
		PriceCurrency string `json:"priceCurrency"`
		UnitText      string `json:"unitText"`
	}
)

// JSONLD renders an entry in the terms of schema.org: the authorisation as a GovernmentPermit, its resources as Datasets, and its products and
// services as Services with their Offers in CNY. url is the address of the entry, absolute or relative to where the document stands; language
// is that of the words. The result can stand in a script element as it is: it has no "<".
func JSONLD(e Entry, names Names, url, language string) ([]byte, error) {
	agency, grantee := ldRef{url + "#agency"}, ldRef{url + "#grantee"}
	g := ldGraph{Context: "https://schema.org", Graph: []any{
		ldPermit{
			ID: url + "#authorization", Type: "GovernmentPermit", Identifier: e.ID, Name: e.Title, Description: e.Purpose, URL: url,
			IssuedBy: agency, Audience: ldAudience{"Audience", names.Of(e.Grantee)}, ValidFrom: e.Term.From.String(), ValidUntil: e.validUntil(),
		},
		ldOrganization{agency.ID, "GovernmentOrganization", e.Agency, names.Of(e.Agency)},
		ldOrganization{grantee.ID, "Organization", e.Grantee, names.Of(e.Grantee)},
	}}
	for i, id := range e.Resources {
		g.Graph = append(g.Graph, ldDataset{fmt.Sprintf("%s#resource-%d", url, i+1), "Dataset", id, names.Of(id)})
	}
	for i, p := range e.Products {
		g.Graph = append(g.Graph, ldService{
			ID: fmt.Sprintf("%s#product-%d", url, i+1), Type: "Service", Name: p.Name, ServiceType: p.Form,
			Category: ClassWords(p.Class).In(language), Provider: grantee, Offers: p.offer(language),
		})
	}
	raw, err := json.Marshal(g) // which writes "<" as \u003c
	if err != nil {
		return nil, fmt.Errorf("render entry %s: %w", e.ID, err)
	}
	return raw, nil
}

// validUntil is the last day on which the authorisation held, or is to hold.
func (e Entry) validUntil() string {
	if e.Exit != nil && !e.Exit.Effective.IsZero() {
		return e.Exit.Effective.String()
	}
	return e.Term.Last().String()
}

// offer is a product's charge; nil before it was ever on offer.
func (p Product) offer(language string) *ldOffer {
	if p.Price == nil {
		return nil
	}
	o := &ldOffer{Type: "Offer", Price: p.Price.String(), PriceCurrency: "CNY", Availability: "https://schema.org/Discontinued"}
	if p.Listed {
		o.Availability, o.ValidFrom = "https://schema.org/InStock", p.Since.String()
	}
	if unit := UnitWords(p.Unit); unit != (text.Text{}) {
		o.Specification = &ldUnitPrice{Type: "UnitPriceSpecification", Price: p.Price.String(), PriceCurrency: "CNY", UnitText: unit.In(language)}
		if p.Ceiling != nil {
			o.Specification.MaxPrice = p.Ceiling.String()
		}
	}
	return o
}
