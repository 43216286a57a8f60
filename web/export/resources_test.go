package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/piprate/json-gold/ld"
	"github.com/xuri/excelize/v2"

	"datacharter/domain/catalogue"
	terms "datacharter/domain/dcat"
	"datacharter/store"
	"datacharter/web/export"
)

// fullResource has a value in every field, with what JSON, spreadsheets and addresses could take amiss.
func fullResource() catalogue.Resource {
	r := catalogue.Resource{
		Source: catalogue.Jiangsu, SourceKey: `k<1>"`, Frequency: catalogue.HalfMonthly, Access: catalogue.Authorised, Tags: []string{"=1+1", "甲, 乙"}, Formats: []string{"csv", "json"},
		FirstPublished: "2020-02-29", Updated: "2026-01-02", Language: "zh", DetailURL: "https://example.cn/a b?q=<x>&y=数据", Summary: "多行\n\n说明 </script>",
		Spatial: []string{"110000", "天津市"}, TemporalFrom: "2019", TemporalTo: "2020-02", Fields: []catalogue.DataField{{Name: "站号, \"新\"", Type: "字符型", Description: "<五位>"}, {Name: "=气温"}, {Name: "乙", Description: "无类型"}},
	}
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.IsZero() {
			f.SetString("@值" + v.Type().Field(i).Name)
		}
	}
	r.ID = catalogue.ResourceID(r.Source, r.SourceKey)
	return r
}

// bareResource has only what every resource has.
func bareResource() catalogue.Resource {
	return catalogue.Resource{
		ID: catalogue.ResourceID("宁波", "1"), Source: "宁波", SourceKey: "1", Title: "无", Provider: "局", Frequency: catalogue.UnknownFrequency, Access: catalogue.UnknownAccess, Language: "粤语",
	}
}

func each(end error, resources ...catalogue.Resource) iter.Seq2[catalogue.Resource, error] {
	return func(yield func(catalogue.Resource, error) bool) {
		for _, r := range resources {
			if !yield(r, nil) {
				return
			}
		}
		if end != nil {
			yield(catalogue.Resource{}, end)
		}
	}
}

var linked = export.Linked("https://data.example.cn/resources", func(id string) string { return "https://data.example.cn/resources/" + id })

func resources(t *testing.T, form export.Form, items iter.Seq2[catalogue.Resource, error]) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := export.Resources(form, &out, "zh", "2026-11-28", linked, items); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// nothingLoads fails when a processor asks for something from the net.
type nothingLoads struct{ t *testing.T }

func (n nothingLoads) LoadDocument(url string) (*ld.RemoteDocument, error) {
	n.t.Errorf("the document needs %s", url)
	return nil, errors.New("offline")
}

// expand lets a processor of another make take the document apart.
func expand(t *testing.T, document []byte) map[string]any {
	t.Helper()
	var parsed any
	if err := json.Unmarshal(document, &parsed); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader, options.SafeMode = nothingLoads{t}, true // safe mode refuses what would be lost
	expanded, err := ld.NewJsonLdProcessor().Expand(parsed, options)
	if err != nil {
		t.Fatal(err)
	}
	if len(expanded) != 1 {
		t.Fatalf("%d nodes", len(expanded))
	}
	return expanded[0].(map[string]any)
}

const (
	dcat = "http://www.w3.org/ns/dcat#"
	dct  = "http://purl.org/dc/terms/"
)

// at follows properties from a node and returns what is at their end: identifiers and values.
func at(node any, properties ...string) []string {
	if len(properties) == 0 {
		n := node.(map[string]any)
		if id, is := n["@id"].(string); is {
			return []string{id}
		}
		return []string{fmt.Sprint(n["@value"])}
	}
	values, _ := node.(map[string]any)[properties[0]].([]any)
	var out []string
	for _, v := range values {
		out = append(out, at(v, properties[1:]...)...)
	}
	return out
}

// dataFields are the columns of an expanded dataset, in the order of its list.
func dataFields(node any) (out []catalogue.DataField) {
	const csvw = "http://www.w3.org/ns/csvw#"
	schemas, _ := node.(map[string]any)[csvw+"tableSchema"].([]any)
	for _, schema := range schemas {
		for _, columns := range schema.(map[string]any)[csvw+"column"].([]any) {
			for _, column := range columns.(map[string]any)["@list"].([]any) {
				one := func(property string) string { return strings.Join(at(column, property), "?") }
				out = append(out, catalogue.DataField{Name: one(csvw + "title"), Type: one(terms.OwnTerms + "dataType"), Description: one(dct + "description")})
			}
		}
	}
	return out
}

// TestJSONLD: every field of each exported resource is found again in the expanded document.
func TestJSONLD(t *testing.T) {
	catalog := expand(t, resources(t, export.JSONLD, each(nil, fullResource(), bareResource())))
	if fmt.Sprint(catalog["@type"]) != "["+dcat+"Catalog]" || catalog["@id"] != linked.Catalog {
		t.Errorf("the catalogue: %v %v", catalog["@type"], catalog["@id"])
	}
	datasets := catalog[dcat+"dataset"].([]any)
	const label, name = "http://www.w3.org/2004/02/skos/core#prefLabel", "http://xmlns.com/foaf/0.1/name"
	const own = terms.OwnTerms
	places := map[string][]string{
		"id": {own + "identifier"}, "source": {dct + "source", dct + "identifier"}, "sourceKey": {dct + "identifier"}, "title": {dct + "title"}, "summary": {dct + "description"},
		"provider": {dct + "publisher", name}, "providerCode": {dct + "publisher", dct + "identifier"}, "theme": {dcat + "theme", label}, "subject": {dct + "subject", label},
		"industry": {own + "industry", label}, "scenario": {own + "scenario", label}, "tags": {dcat + "keyword"}, "frequencyPublished": {own + "frequencyPublished"},
		"frequency": {dct + "accrualPeriodicity"}, "access": {own + "access"}, "accessPublished": {own + "accessPublished"},
		"formats":        {dcat + "distribution", dct + "format", "http://www.w3.org/2000/01/rdf-schema#label"},
		"firstPublished": {dct + "issued"}, "updated": {dct + "modified"}, "version": {dcat + "version"}, "license": {dct + "license", "http://www.w3.org/2000/01/rdf-schema#label"},
		"contact": {dcat + "contactPoint", "http://www.w3.org/2006/vcard/ns#fn"}, "detailUrl": {dcat + "landingPage"}, "language": {dct + "language"},
		"holder": {dct + "rightsHolder", name}, "spatial": {dct + "spatial", label}, "temporalFrom": {dct + "temporal", dcat + "startDate"}, "temporalTo": {dct + "temporal", dcat + "endDate"},
	}
	const frequencies = "http://publications.europa.eu/resource/authority/frequency/"
	for i, r := range []catalogue.Resource{fullResource(), bareResource()} {
		want := map[string][]string{}
		v := reflect.ValueOf(r)
		for n := range v.NumField() {
			field, _, _ := strings.Cut(v.Type().Field(n).Tag.Get("json"), ",")
			switch value := v.Field(n).Interface().(type) {
			case []string:
				if len(value) > 0 {
					want[field] = value
				}
			case []catalogue.DataField: // see below
			default:
				if s := fmt.Sprint(value); s != "" {
					want[field] = []string{s}
				}
			}
		}
		got := map[string][]string{}
		for field, properties := range places {
			if values := at(datasets[i], properties...); len(values) > 0 {
				got[field] = values
			}
		}
		if i == 0 {
			want["frequency"] = []string{frequencies + "MONTHLY_2"}
			want["detailUrl"] = []string{"https://example.cn/a%20b?q=<x>&y=数据"}
			want["language"] = []string{"http://id.loc.gov/vocabulary/iso639-1/zh"}
			if rights := at(datasets[i], dct+"accessRights"); len(rights) != 1 || !strings.HasSuffix(rights[0], "/RESTRICTED") {
				t.Errorf("access rights %v", rights)
			}
		} else {
			want["frequency"] = []string{frequencies + "UNKNOWN"}
			got["language"] = at(datasets[i], own+"language")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("resource %d (-want +expanded):\n%s", i, diff)
		}
		if diff := cmp.Diff(r.Fields, dataFields(datasets[i])); diff != "" {
			t.Errorf("data fields of resource %d (-want +expanded):\n%s", i, diff)
		}
		if id := at(datasets[i]); id[0] != linked.Address(r.ID) {
			t.Errorf("identifier %v", id)
		}
	}
}

// TestFrequenciesAsLinkedData: every frequency has a term of its own.
func TestFrequenciesAsLinkedData(t *testing.T) {
	seen := map[string]catalogue.Frequency{}
	for _, f := range catalogue.Frequencies() {
		r := bareResource()
		r.Frequency = f
		raw, err := linked.Dataset(r)
		if err != nil {
			t.Fatal(err)
		}
		var parsed struct {
			Term string `json:"dct:accrualPeriodicity"`
		}
		if err := json.Unmarshal(raw, &parsed); err != nil || strings.HasSuffix(parsed.Term, "/") || seen[parsed.Term] != "" {
			t.Errorf("%s is %q, as %s is: %v", f, parsed.Term, seen[parsed.Term], err)
		}
		seen[parsed.Term] = f
	}
}

func TestEmptyAndCutJSONLD(t *testing.T) {
	if empty := expand(t, resources(t, export.JSONLD, each(nil))); empty[dcat+"dataset"] != nil && len(empty[dcat+"dataset"].([]any)) != 0 {
		t.Errorf("%v", empty)
	}
	cut := expand(t, resources(t, export.JSONLD, each(store.ErrCut, bareResource())))
	if note := at(cut, "http://www.w3.org/2000/01/rdf-schema#comment"); len(note) != 2 {
		t.Errorf("a cut catalogue says %v", note)
	}
	if err := export.Resources(export.JSONLD, broken{}, "zh", "2026-11-28", linked, each(nil, bareResource())); err == nil {
		t.Error("nobody heard that the writer is gone")
	}
	for _, form := range []export.Form{export.CSV, export.XLSX, export.JSONLD} {
		if err := export.Resources(form, &bytes.Buffer{}, "zh", "2026-11-28", linked, each(errors.New("gone"), bareResource())); err == nil {
			t.Errorf("%s: nobody heard that the store is gone", form)
		}
	}
}

// TestResourceTables: no cell is a formula, in neither form; the two agree.
func TestResourceTables(t *testing.T) {
	full := fullResource()
	full.Title = "=HYPERLINK(\"http://x\")"
	items := each(store.ErrCut, full, bareResource())
	raw := resources(t, export.CSV, items)
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	reader.FieldsPerRecord = -1
	table, err := reader.ReadAll()
	if err != nil || len(table) != 4 || !strings.Contains(table[3][0], "截断") {
		t.Fatalf("%d rows, %v", len(table), err)
	}
	if len(table[0]) != reflect.TypeFor[catalogue.Resource]().NumField() || len(table[1]) != len(table[0]) {
		t.Errorf("%d headings, %d cells", len(table[0]), len(table[1]))
	}
	for _, row := range table {
		for _, cell := range row {
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@\t\r") {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(resources(t, export.XLSX, items)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != len(table) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows {
		for n, cell := range row {
			if strings.ReplaceAll(table[i][n], "\r\n", "\n") != cell {
				t.Errorf("row %d: %q as CSV, %q as XLSX", i, table[i][n], cell)
			}
		}
	}
}
