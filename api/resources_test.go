package api

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"datacharter/domain/catalogue"
	"datacharter/domain/policy"
	"datacharter/domain/quality"
)

// fillCatalogue puts more resources than one part of a list holds into the catalogue.
func (w *world) fillCatalogue(n int) {
	w.t.Helper()
	var all []catalogue.Resource
	for i := range n {
		all = append(all, catalogue.Resource{
			ID: catalogue.ResourceID(catalogue.Jiangsu, fmt.Sprint(i)), Source: catalogue.Jiangsu, SourceKey: fmt.Sprint(i), Title: fmt.Sprintf("=停车泊位%03d", (i*7)%n), Provider: "某市交通委员会",
			Theme: []string{"道路交通", "城市管理"}[i%2], Access: catalogue.OnApplication, Frequency: catalogue.Frequencies()[i%3], Updated: "2026-01-02", Language: "zh",
		})
	}
	_, err := w.Store.PutResources(w.t.Context(), all)
	w.Must(err)
}

// The catalogue by facets, in both orders, part by part, counted and exported: by API as on its page.
func TestCatalogue(t *testing.T) {
	w := newWorld(t)
	const n = 230
	w.fillCatalogue(n)
	at := base + "/resources"
	by := func(pairs ...string) string {
		q := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return "?" + q.Encode()
	}
	var titles []string
	for next := ""; ; {
		page := into[list[Resource]](t, w.get(theOfficer, at+by("text", "泊位", "theme", "道路交通", "sort", "title", "cursor", next, "limit", "50")))
		for _, r := range page.Items {
			titles = append(titles, r.Title)
		}
		if next = page.Next; next == "" {
			break
		}
	}
	for i := range titles {
		if i > 0 && titles[i] <= titles[i-1] {
			t.Fatalf("%s follows %s", titles[i], titles[i-1])
		}
	}
	if len(titles) != n/2 {
		t.Errorf("%d titles", len(titles))
	}

	whole := into[ResourceCounts](t, w.get(theOfficer, at+"/counts"))
	if whole.More || whole.All < n || whole.Facets["theme"][1] != (ResourceCount{"城市管理", words("城市管理", "城市管理"), n / 2}) {
		t.Errorf("%+v", whole)
	}
	some := into[ResourceCounts](t, w.get(theOfficer, at+"/counts"+by("text", "泊位", "frequency", "daily")))
	if some.More || len(some.Facets["frequency"]) != 1 || some.Facets["frequency"][0].N != some.All || some.Facets["source"][0].Words.ZH != "江苏省公共数据开放平台" {
		t.Errorf("%+v", some)
	}
	if more := into[ResourceCounts](t, w.get(theOfficer, at+"/counts"+by("text", "泊位"))); !more.More || more.All >= n {
		t.Errorf("%+v", more)
	}

	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(w.get(theOfficer, at+"/export/csv"+by("text", "泊位")).body), "\ufeff"))).ReadAll()
	if err != nil || len(table) != n+1 || !strings.HasPrefix(table[1][3], "'=") {
		t.Errorf("%d rows, %v", len(table), err)
	}
	sheet := w.get(theOfficer, at+"/export/xlsx"+by("text", "泊位"))
	if sheet.status != http.StatusOK || !strings.HasPrefix(string(sheet.body), "PK") || !strings.Contains(sheet.header.Get("Content-Disposition"), ".xlsx") {
		t.Errorf("%d %s", sheet.status, sheet.header)
	}
	linked := w.get(theOfficer, at+"/export/jsonld"+by("text", "泊位", "theme", "城市管理", "sort", "title"))
	var document struct {
		Datasets []struct {
			ID    string `json:"@id"`
			Title struct {
				Value string `json:"@value"`
			} `json:"dct:title"`
		} `json:"dcat:dataset"`
	}
	if err := json.Unmarshal(linked.body, &document); err != nil || len(document.Datasets) != n/2 || linked.header.Get("Content-Type") != "application/ld+json" ||
		!strings.Contains(document.Datasets[0].ID, at+"/res-") || document.Datasets[0].Title.Value > document.Datasets[1].Title.Value {
		t.Errorf("%v, %d datasets, %s", err, len(document.Datasets), linked.header)
	}

	for _, bad := range []string{"?sort=x", "/counts?access=secret", "/counts?sort=title", "/export/pdf", "/export/csv?cursor=x", "?cursor=x"} {
		if r := w.get(theOfficer, at+bad); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", bad, r.status)
		}
	}
	for _, closed := range []string{"/counts", "/export/csv"} {
		w.get("", at+closed).wants(t, http.StatusUnauthorized, "unauthenticated")
	}
}

// How a resource stands is told with it; its score is never without the words that say how it came about.
func TestResourceQuality(t *testing.T) {
	w := newWorld(t)
	w.fillCatalogue(2) // updated on 2 January, in real time and daily
	at := base + "/resources/" + catalogue.ResourceID(catalogue.Jiangsu, "0")
	w.SetNow(w.Now().AddDate(0, 0, 10))
	r := into[Resource](t, w.get(theReader, at))
	if l := r.Lateness; l.Timing != catalogue.Late || l.Days != 12 || l.Allowed != 1 || !l.Explanation.Complete() {
		t.Errorf("%+v", l)
	}
	for _, item := range into[list[Resource]](t, w.get(theReader, base+"/resources?theme="+url.QueryEscape("道路交通"))).Items {
		if item.ID == r.ID && item.Lateness != r.Lateness {
			t.Errorf("the list says %+v", item.Lateness)
		}
	}
	q := into[quality.Score](t, w.get(theReader, at+"/quality"))
	if len(q.Parts) != 3 || q.Score == nil || *q.Score != 16 || !q.Explanation.Complete() || q.Lateness != r.Lateness || q.Source.Mark != policy.Default {
		t.Errorf("%+v", q)
	}
	for _, p := range q.Parts {
		if !p.Explanation.Complete() {
			t.Errorf("%s is not explained", p.Name)
		}
	}
	w.get(theReader, base+"/resources/none/quality").wants(t, http.StatusNotFound, "not-found")
}
