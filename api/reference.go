package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

//go:embed reference.html
var referenceHTML string

//go:embed reference.css
var referenceCSS string

// page is the reference in one language.
type page struct {
	Lang, Other string
	Groups      []group
	Schemas     []schemaRow
	Codes       []ProblemCode
}

// group is the operations on one collection.
type group struct {
	Name       string
	Operations []operation
}

type operation struct {
	ID, Method, Path string
	Words, For       text.Text
	Params           []field
	Body             *schemaRow
	BodyRequired     bool
	BodyNote         string
	Example          string
	Answers          []answerRow
}

// schemaRow is one schema with its properties.
type schemaRow struct {
	Name   string
	Fields []field
}

// field is a parameter or property. Ref is the schema that its type refers to.
type field struct {
	Name, In, Type, Ref, Rules, Doc string
	Required                        bool
}

type answerRow struct{ Status, Description, Ref string }

// referencePages renders the reference in both languages.
func referencePages(api *huma.OpenAPI) (map[string][]byte, error) {
	t, err := template.New("reference").Parse(referenceHTML)
	if err == nil {
		_, err = t.New("style").Parse(referenceCSS)
	}
	if err != nil {
		return nil, fmt.Errorf("reference page: %w", err)
	}
	p := page{Groups: groups(api)}
	for _, name := range slices.Sorted(maps.Keys(api.Components.Schemas.Map())) {
		p.Schemas = append(p.Schemas, schemaRow{Name: name, Fields: fields(api.Components.Schemas.Map()[name])})
	}
	for _, c := range refusal.Codes() {
		p.Codes = append(p.Codes, problemCode(c))
	}
	pages := map[string][]byte{}
	for language, other := range map[string]string{"zh": "en", "en": "zh"} {
		p.Lang, p.Other = language, other
		var out bytes.Buffer
		if err := t.Execute(&out, p); err != nil {
			return nil, fmt.Errorf("reference page: %w", err)
		}
		pages[language] = out.Bytes()
	}
	return pages, nil
}

// T chooses the wording in the page's language.
func (p page) T(zh, en string) string { return text.Text{ZH: zh, EN: en}.In(p.Lang) }

// In chooses the wording of a text in the page's language.
func (p page) In(t text.Text) string { return t.In(p.Lang) }

// groups orders the operations by collection, path and method.
func groups(api *huma.OpenAPI) []group {
	byTag := map[string][]operation{}
	for _, path := range slices.Sorted(maps.Keys(api.Paths)) {
		for _, op := range []*huma.Operation{api.Paths[path].Get, api.Paths[path].Post} {
			if op != nil {
				byTag[op.Tags[0]] = append(byTag[op.Tags[0]], describeOperation(api, op))
			}
		}
	}
	var all []group
	for _, tag := range slices.Sorted(maps.Keys(byTag)) {
		all = append(all, group{Name: tag, Operations: byTag[tag]})
	}
	return all
}

func describeOperation(api *huma.OpenAPI, op *huma.Operation) operation {
	o := operation{ID: op.OperationID, Method: op.Method, Path: op.Path, Words: op.Extensions["x-words"].(text.Text), For: op.Extensions["x-for"].(text.Text)}
	for _, p := range op.Parameters {
		f := property(p.Name, p.Schema)
		f.In, f.Required, f.Doc = p.In, p.Required, p.Description
		o.Params = append(o.Params, f)
	}
	if op.RequestBody != nil {
		o.BodyNote = op.RequestBody.Description
		if media, ok := op.RequestBody.Content[jsonType]; ok {
			schema := api.Components.Schemas.SchemaFromRef(media.Schema.Ref)
			if len(schema.Properties) > 0 {
				o.Body = &schemaRow{Name: strings.TrimPrefix(media.Schema.Ref, schemasRef), Fields: fields(schema)}
				o.BodyRequired, o.Example = op.RequestBody.Required, exampleOf(api, media.Schema)
			}
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		a := answerRow{Status: status, Description: op.Responses[status].Description}
		for _, media := range op.Responses[status].Content {
			if media.Schema != nil {
				a.Ref = strings.TrimPrefix(media.Schema.Ref, schemasRef)
			}
		}
		if last := len(o.Answers) - 1; last >= 0 && a.Ref != "" && a.Ref == o.Answers[last].Ref {
			o.Answers[last].Status += ", " + status
			continue
		}
		o.Answers = append(o.Answers, a)
	}
	return o
}

func fields(s *huma.Schema) []field {
	var all []field
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f := property(name, s.Properties[name])
		f.Required = slices.Contains(s.Required, name)
		all = append(all, f)
	}
	return all
}

// property describes a property by its schema.
func property(name string, s *huma.Schema) field {
	f := field{Name: name, Type: s.Type, Doc: s.Description}
	of := s
	if s.Type == huma.TypeArray && s.Items != nil {
		of, f.Type = s.Items, "array of "+s.Items.Type
	}
	if of.Ref != "" {
		f.Ref = strings.TrimPrefix(of.Ref, schemasRef)
	}
	var rules []string
	if of.Format != "" {
		rules = append(rules, of.Format)
	}
	if len(of.Enum) > 0 {
		rules = append(rules, strings.Trim(strings.ReplaceAll(fmt.Sprint(of.Enum), " ", " | "), "[]"))
	}
	if of.Minimum != nil {
		rules = append(rules, fmt.Sprintf("≥ %v", *of.Minimum))
	}
	if of.Maximum != nil {
		rules = append(rules, fmt.Sprintf("≤ %v", *of.Maximum))
	}
	if of.MaxLength != nil {
		rules = append(rules, fmt.Sprintf("≤ %d 字符 characters", *of.MaxLength))
	}
	if s.MaxItems != nil {
		rules = append(rules, fmt.Sprintf("≤ %d 项 items", *s.MaxItems))
	}
	if of.Pattern != "" {
		rules = append(rules, of.Pattern)
	}
	f.Rules = strings.Join(rules, ", ")
	return f
}

// exampleOf makes a body of a schema's form.
func exampleOf(api *huma.OpenAPI, s *huma.Schema) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(sample(api, s, "")); err != nil {
		panic("a sample made of JSON's own types: " + err.Error())
	}
	return out.String()
}

// sampleTexts are what examples say for strings of a name.
var sampleTexts = map[string]string{
	"attachments": "sha256:" + strings.Repeat("0", 64), "evidence": "sha256:" + strings.Repeat("0", 64), "proof": "sha256:" + strings.Repeat("0", 64),
	"hash": "sha256:" + strings.Repeat("0", 64), "agency": "org-agency", "organization": "org-agency", "body": "org-government",
	"resources": "res-0123456789abcdef", "items": "aut-abcdefghijklmnop", "renews": "aut-abcdefghijklmnop", "person": "per-abcdefghijklmnop",
	"mode": "whole", "price": "0.50", "ceiling": "1.00", "credit_code": "91010000000000001X", "ids": "aut-abcdefghijklmnop/3/0",
}

func sample(api *huma.OpenAPI, s *huma.Schema, name string) any {
	if s.Ref != "" {
		s = api.Components.Schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == huma.TypeObject:
		out := map[string]any{}
		for property, schema := range s.Properties {
			out[property] = sample(api, schema, property)
		}
		return out
	case s.Type == huma.TypeArray:
		return []any{sample(api, s.Items, name)}
	case s.Type == huma.TypeInteger || s.Type == huma.TypeNumber:
		if s.Minimum != nil && *s.Minimum > 1 {
			return *s.Minimum
		}
		return 1
	case s.Type == huma.TypeBoolean:
		return true
	case s.Format == "date":
		return "2026-03-02"
	case s.Format == "date-time":
		return "2026-03-02T09:00:00+08:00"
	case sampleTexts[name] != "":
		return sampleTexts[name]
	default:
		return "…"
	}
}

var stylePolicy = func() string {
	sum := sha256.Sum256([]byte(referenceCSS))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}()

// reference serves the reference page; ?lang=zh or ?lang=en chooses the language, else the browser does.
func (s *server) reference(c *gin.Context) {
	language := callOf(c.Request.Context()).language
	if wanted := c.Query("lang"); s.pages()[wanted] != nil {
		language = wanted
	}
	c.Header("Content-Language", language)
	c.Header("Content-Security-Policy", stylePolicy)
	c.Header("Cache-Control", "public, max-age=300")
	c.Data(http.StatusOK, "text/html; charset=utf-8", s.pages()[language])
}
