package register_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/pricing"
	"datacharter/domain/register"
)

func price(t *testing.T, s string) *pricing.Price {
	t.Helper()
	p, err := pricing.ParsePrice(s)
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

func entry(t *testing.T) register.Entry {
	t.Helper()
	return register.Entry{
		ID: "aut-1", Title: "交通<script>数据", Grantee: "org-operator", Agency: "org-agency", State: register.Operating, Mode: "scenario", Purpose: "出行",
		Resources: []string{"r-1", "r-2"}, Term: register.Term{From: calendar.NewDate(2026, 3, 1), To: calendar.NewDate(2029, 2, 28)},
		Filed: calendar.NewDate(2026, 2, 1), Started: calendar.NewDate(2026, 3, 1),
		Products: []register.Product{
			{Name: "接口", Class: agreement.Industry, Form: "API", Unit: "calls", Price: price(t, "0.05"), Ceiling: price(t, "0.1"), Listed: true, Since: calendar.NewDate(2026, 4, 1)},
			{Name: "查询", Class: agreement.PublicBenefit, Form: "查询", Price: price(t, "0")},
			{Name: "报告", Class: agreement.Industry, Form: "报告", Unit: "number", Ceiling: price(t, "900")},
		},
	}
}

var names = register.Names{"org-agency": "某市数据局", "org-operator": "某运营公司", "r-1": "公交线路"}

// terms are those of schema.org 29 that the rendering uses, by type.
var terms = map[string][]string{
	"GovernmentPermit":       {"identifier", "name", "description", "url", "issuedBy", "permitAudience", "validFrom", "validUntil"},
	"GovernmentOrganization": {"identifier", "name"}, "Organization": {"identifier", "name"}, "Audience": {"name"}, "Dataset": {"identifier", "name"},
	"Service":                {"name", "serviceType", "category", "provider", "offers"},
	"Offer":                  {"price", "priceCurrency", "availability", "validFrom", "priceSpecification"},
	"UnitPriceSpecification": {"price", "maxPrice", "priceCurrency", "unitText"},
}

func TestJSONLD(t *testing.T) {
	raw, err := register.JSONLD(entry(t), names, "/register/aut-1", "zh")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(raw, "<>") {
		t.Errorf("cannot stand in a script element: %s", raw)
	}
	var document struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(raw, &document); err != nil || document.Context != "https://schema.org" {
		t.Fatalf("%v: %s", err, raw)
	}
	ids := map[string]bool{}
	for _, node := range document.Graph {
		id, _ := node["@id"].(string)
		if id == "" || ids[id] {
			t.Errorf("a node without an ID of its own: %v", node)
		}
		ids[id] = true
	}
	var walk func(v any)
	walk = func(v any) {
		node, ok := v.(map[string]any)
		if !ok {
			return
		}
		kind, typed := node["@type"].(string)
		if id, ok := node["@id"].(string); ok && !typed && !ids[id] {
			t.Errorf("a reference to nothing: %s", id)
		}
		for name, value := range node {
			if !strings.HasPrefix(name, "@") && !slices.Contains(terms[kind], name) {
				t.Errorf("%s has no %s", kind, name)
			}
			walk(value)
		}
	}
	for _, node := range document.Graph {
		walk(node)
	}
	offers := []any{}
	for _, node := range document.Graph {
		if node["@type"] == "Service" {
			offers = append(offers, node["offers"])
		}
	}
	want := []any{
		map[string]any{
			"@type": "Offer", "price": "0.05", "priceCurrency": "CNY", "availability": "https://schema.org/InStock", "validFrom": "2026-04-01",
			"priceSpecification": map[string]any{"@type": "UnitPriceSpecification", "price": "0.05", "maxPrice": "0.1", "priceCurrency": "CNY", "unitText": "数据调用量"},
		},
		map[string]any{"@type": "Offer", "price": "0", "priceCurrency": "CNY", "availability": "https://schema.org/Discontinued"},
		nil,
	}
	if diff := cmp.Diff(want, offers); diff != "" {
		t.Errorf("offers (-want +got):\n%s", diff)
	}
	if permit := document.Graph[0]; permit["name"] != "交通<script>数据" || permit["validUntil"] != "2029-02-28" || permit["permitAudience"].(map[string]any)["name"] != "某运营公司" {
		t.Errorf("%v", permit)
	}
}

func TestValidUntil(t *testing.T) {
	e := entry(t)
	e.Term.Ends = calendar.NewDate(2029, 4, 1)
	for _, c := range []struct {
		exit *register.Exit
		want string
	}{{nil, "2029-04-01"}, {&register.Exit{Opened: e.Filed}, "2029-04-01"}, {&register.Exit{Effective: calendar.NewDate(2027, 1, 2)}, "2027-01-02"}} {
		e.Exit = c.exit
		raw, err := register.JSONLD(e, nil, "x", "en")
		if err != nil || !strings.Contains(string(raw), `"validUntil":"`+c.want+`"`) {
			t.Errorf("%v %s", err, raw)
		}
	}
}

func TestRelease(t *testing.T) {
	before := entry(t)
	known, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	after := before
	after.State, after.Suspended = register.Suspended, calendar.NewDate(2027, 1, 1)
	r, err := register.NewRelease(4, known, after, register.WasSuspended, register.WasSuspended)
	if err != nil || r.No != 4 || !slices.Equal(r.Changed, []string{"state", "suspended"}) || !slices.Equal(r.Reasons, []register.Reason{register.WasSuspended}) {
		t.Errorf("%v %+v", err, r)
	}
	if got := r.Why("zh") + "|" + r.What("en"); got != "暂停运营|state, suspended since" {
		t.Error(got)
	}
	if same, err := register.NewRelease(5, known, before); err != nil || len(same.Changed) != 0 || !slices.Equal(same.Reasons, []register.Reason{register.Amended}) {
		t.Errorf("%v %+v", err, same)
	}
	if _, err := register.NewRelease(1, json.RawMessage("["), before); err == nil {
		t.Error("rubbish compares")
	}
}

func TestAtom(t *testing.T) {
	at := time.Date(2026, 4, 1, 2, 3, 4, 5000, time.UTC)
	first, err := register.NewRelease(1, nil, entry(t), register.CeilingSet, register.PriceChanged)
	if err != nil {
		t.Fatal(err)
	}
	feed := register.Feed{
		Language: "zh", Self: "https://example.org/feed", Names: names, Entry: func(id string) string { return "https://example.org/register/" + id },
		Releases: []register.Published{{ID: "aut-1/9/0", At: at, Release: first}, {ID: "aut-1/8/0", At: at.Add(-time.Hour), Release: first}},
	}
	raw, err := feed.Atom()
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Lang    string `xml:"lang,attr"`
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Author  string `xml:"author>name"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	e := read.Entries[0]
	if len(read.Entries) != 2 || read.Lang != "zh" || read.Updated != "2026-04-01T02:03:04.000005Z" || e.Updated != read.Updated ||
		e.Title != "交通<script>数据：设定上限收费标准、收费调整" || e.Author != "某市数据局" || e.Link.Href != "https://example.org/register/aut-1" {
		t.Errorf("%s", raw)
	}
	if e.ID == read.Entries[1].ID || !strings.HasPrefix(e.ID, "urn:uuid:") || len(e.ID) != len("urn:uuid:")+36 || e.ID[len("urn:uuid:")+14] != '5' {
		t.Errorf("IDs %s, %s", e.ID, read.Entries[1].ID)
	}
	feed.Language = "en"
	again, err := feed.Atom()
	if err != nil || !strings.Contains(string(again), ": ceiling set, price changed") || !strings.Contains(string(again), e.ID) {
		t.Errorf("%v %s", err, again)
	}
	empty, err := register.Feed{Language: "en", Self: "x"}.Atom()
	if err != nil || !strings.Contains(string(empty), "<updated>1970-01-01T00:00:00Z</updated>") {
		t.Errorf("%v %s", err, empty)
	}
}

func TestWords(t *testing.T) {
	for _, s := range register.States {
		if !s.Words.Complete() || s.State.Words() != s.Words {
			t.Errorf("%s", s.State)
		}
	}
	for _, class := range []agreement.Class{agreement.PublicBenefit, agreement.Industry} {
		if !register.ClassWords(class).Complete() {
			t.Errorf("%s", class)
		}
	}
	for _, unit := range []string{"number", "times", "time", "calls"} {
		if !register.UnitWords(unit).Complete() {
			t.Errorf("%s", unit)
		}
	}
	e := entry(t)
	for i, want := range []register.Charge{register.Charged, register.Free, register.NoCharge} {
		if got := e.Products[i].Charge(); got != want {
			t.Errorf("%s: %q", e.Products[i].Name, got)
		}
	}
	if got := names.Of("r-2"); got != "r-2" {
		t.Error(got)
	}
}
