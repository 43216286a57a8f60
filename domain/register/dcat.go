package register

import (
	"cmp"
	"encoding/json"

	"datacharter/domain/dcat"
	"datacharter/domain/text"
)

// DCAT renders the register as a catalogue in the terms of DCAT 3, as JSON-LD that holds its own context. Each authorisation is a resource of the
// catalogue, and its products and services are parts of it. What DCAT has no term for has one of this system's own.
//
// The document is written in parts: Head, each Entry with a comma between two, dcat.Tail.
type DCAT struct {
	Catalog string                 // address of the register
	Address func(id string) string // of an entry
}

var dcatContext = map[string]any{
	"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
	"xsd": "http://www.w3.org/2001/XMLSchema#", "own": dcat.OwnTerms,
	"dct:issued": dcat.AsType("xsd:date"), "dct:modified": dcat.AsType("xsd:date"), "dcat:landingPage": dcat.AsType("@id"), "dcat:startDate": dcat.AsType("xsd:date"), "dcat:endDate": dcat.AsType("xsd:date"),
	"own:ceiling": dcat.AsType("xsd:decimal"), "own:price": dcat.AsType("xsd:decimal"),
}

type (
	dcatAgent struct {
		Type       string `json:"@type"`
		Identifier string `json:"dct:identifier"`
		Name       string `json:"foaf:name"`
	}
	dcatPeriod struct {
		Type string `json:"@type"`
		From string `json:"dcat:startDate"`
		To   string `json:"dcat:endDate"`
	}
	dcatEntry struct {
		ID          string        `json:"@id"`
		Type        string        `json:"@type"`
		Identifier  []string      `json:"dct:identifier"` // that of the case, and the short code
		Title       string        `json:"dct:title"`
		Description string        `json:"dct:description,omitempty"`
		Publisher   dcatAgent     `json:"dct:publisher"`
		Grantee     dcatAgent     `json:"own:grantee"`
		State       string        `json:"own:state"`
		Mode        string        `json:"own:mode"`
		Term        dcatPeriod    `json:"own:term"`
		Issued      string        `json:"dct:issued"`
		Modified    string        `json:"dct:modified"`
		LandingPage string        `json:"dcat:landingPage"`
		Resources   []string      `json:"own:resource"`
		Parts       []dcatProduct `json:"dct:hasPart,omitempty"`
		Replaces    string        `json:"dct:replaces,omitempty"`
	}
	dcatProduct struct {
		Type    string    `json:"@type"`
		Title   string    `json:"dct:title"`
		Creator dcatAgent `json:"dct:creator"`
		Class   string    `json:"own:class"`
		Form    string    `json:"own:form,omitempty"`
		Unit    string    `json:"own:chargedBy,omitempty"`
		Price   string    `json:"own:price,omitempty"`
		Ceiling string    `json:"own:ceiling,omitempty"`
		Listed  bool      `json:"own:listed"`
		Issued  string    `json:"dct:issued,omitempty"`
	}
)

var dcatTitle = dcat.InBoth(text.Text{ZH: "公共数据授权运营公开登记", EN: "Public register of authorised operations of public data"})

// Head begins the document. modified is the day on which it is written.
func (d DCAT) Head(modified string) ([]byte, error) {
	head, err := json.Marshal(struct {
		Context  map[string]any `json:"@context"`
		ID       string         `json:"@id"`
		Type     string         `json:"@type"`
		Title    []dcat.Text    `json:"dct:title"`
		Modified string         `json:"dct:modified"`
	}{dcatContext, d.Catalog, "dcat:Catalog", dcatTitle, modified})
	if err != nil {
		return nil, err
	}
	return append(head[:len(head)-1], `,"dcat:resource":[`...), nil
}

// Entry renders one entry, changed on a day.
func (d DCAT) Entry(e Entry, names Names, changed string) ([]byte, error) {
	agent := func(id string) dcatAgent { return dcatAgent{"foaf:Organization", id, names.Of(id)} }
	out := dcatEntry{
		ID: d.Address(e.ID), Type: "dcat:Resource", Identifier: []string{e.ID, Code(e.ID)}, Title: e.Title, Description: e.Purpose, Publisher: agent(e.Agency), Grantee: agent(e.Grantee),
		State: string(e.State), Mode: e.Mode, Term: dcatPeriod{"dct:PeriodOfTime", e.Term.From.String(), e.Term.Last().String()}, Issued: e.Filed.String(), Modified: changed,
		LandingPage: d.Address(e.ID), Resources: e.Resources,
	}
	if e.Renews != "" {
		out.Replaces = d.Address(e.Renews)
	}
	for _, p := range e.Products {
		part := dcatProduct{
			Type: cmp.Or(dcatForms[p.Form], "dcat:Resource"), Title: p.Name, Creator: out.Grantee, Class: string(p.Class), Form: p.Form, Unit: p.Unit, Listed: p.Listed,
		}
		if p.Price != nil {
			part.Price = p.Price.String()
		}
		if p.Ceiling != nil {
			part.Ceiling = p.Ceiling.String()
		}
		if !p.Since.IsZero() {
			part.Issued = p.Since.String()
		}
		out.Parts = append(out.Parts, part)
	}
	return json.Marshal(out)
}

// dcatForms are DCAT's classes of forms in which data is offered.
var dcatForms = map[string]string{"data-set": "dcat:Dataset", "api": "dcat:DataService"}
