package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/catalogue"
	"datacharter/internal/town"
)

// resources puts so many resources about parking into the catalogue and returns their IDs.
func (w *world) resources(n int) []string {
	w.t.Helper()
	all := make([]catalogue.Resource, n)
	ids := make([]string, n)
	for i := range all {
		all[i] = catalogue.Resource{
			Source: catalogue.Shanghai, SourceKey: fmt.Sprint("parking-", i), Title: fmt.Sprintf("停车泊位 %d", i), Provider: "某市交通委员会",
			Theme: "道路交通", Frequency: catalogue.Daily, Access: catalogue.OnApplication, AccessPublished: "有条件开放", Updated: "2025-11-03", Language: "zh",
			Summary: "空余泊位", DetailURL: "javascript:alert(1)",
		}
		all[i].ID = catalogue.ResourceID(all[i].Source, all[i].SourceKey)
		ids[i] = all[i].ID
	}
	_, err := w.Store.PutResources(w.t.Context(), all)
	w.Must(err)
	return ids
}

// finds counts the resources that a page lists.
func (p *page) finds() int { return len(all(p.document(), class("dc-find"))) }

func TestCatalogue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.resources(pageLength + 3)
	for _, language := range []string{"zh", "en"} {
		c := w.as(town.Auditor).speaking(language)
		for query, want := range map[string]int{
			"text=" + url.QueryEscape("泊位"): pageLength, "text=" + url.QueryEscape("无此"): 0, "access=open&text=" + url.QueryEscape("泊位"): 0,
			"provider=" + url.QueryEscape("某市交通委员会") + "&frequency=daily&source=shanghai": pageLength,
		} {
			got := c.get("/resources?" + query).wants(http.StatusOK)
			if got.finds() != want || got.heading() == "" {
				t.Errorf("%s: %d found", query, got.finds())
			}
		}
		first := c.get("/resources?text=" + url.QueryEscape("泊位"))
		next := slices.IndexFunc(first.links(), func(l string) bool { return strings.Contains(l, "cursor=") })
		if next < 0 || c.get(first.links()[next]).wants(http.StatusOK).finds() != 3 {
			t.Error("the second page does not have the rest")
		}
		entry := c.get("/resources/" + ids[0]).wants(http.StatusOK)
		if !strings.Contains(entry.text(), "某市交通委员会") || !strings.Contains(entry.text(), "有条件开放") || strings.Contains(entry.body, "javascript:") {
			t.Errorf("the entry: %s", entry.text())
		}
		if strings.Contains(entry.body, "/put") {
			t.Error("a button that would be refused is shown")
		}
	}
	described := catalogue.Resource{
		Source: catalogue.Shanghai, SourceKey: "described", Title: "气象站", Provider: "某市数据局", Holder: "某市气象局（持有）", Spatial: []string{"110000", "天津市"}, TemporalFrom: "2019-05",
		Access: catalogue.Open, Frequency: catalogue.Daily, Language: "zh", Fields: []catalogue.DataField{{Name: "站号", Type: "字符型", Description: "全国统一编码"}, {Name: "气温"}},
	}
	described.ID = catalogue.ResourceID(described.Source, described.SourceKey)
	_, err := w.Store.PutResources(t.Context(), []catalogue.Resource{described})
	w.Must(err)
	for language, want := range map[string][]string{"zh": {"持有单位", "自 2019-05 起", "数据字段（2）"}, "en": {"Holder", "since 2019-05", "Data fields (2)"}} {
		entry := w.as(town.Auditor).speaking(language).get("/resources/" + described.ID).wants(http.StatusOK)
		for _, words := range append(want, "某市气象局（持有）", "110000", "天津市", "站号", "字符型", "全国统一编码", "气温") {
			if !strings.Contains(entry.text(), words) {
				t.Errorf("%s: the entry does not say %s: %s", language, words, entry.text())
			}
		}
	}
	c := w.as(town.Auditor)
	c.get("/resources/res-none").wants(http.StatusNotFound)
	c.get("/resources?cursor=x").wants(http.StatusNotFound)
	part := c.send(http.MethodGet, "/resources?text="+url.QueryEscape("泊位"), nil, "HX-Request", "true").wants(http.StatusOK)
	if strings.Contains(part.body, "<h1") || part.finds() != pageLength {
		t.Errorf("a script got %.300s", part.body)
	}
	if whole := c.send(http.MethodGet, "/resources", nil, "HX-Request", "true", "HX-History-Restore-Request", "true"); !strings.Contains(whole.body, "<h1") {
		t.Error("coming back shows a piece of the page")
	}
}

// TestCatalogueFacets: every value of a facet leads to the resources that have it, and facets add up; the order stays.
func TestCatalogueFacets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.resources(pageLength + 3)
	for _, language := range []string{"zh", "en"} {
		c := w.as(town.Auditor).speaking(language)
		whole := c.get("/resources?sort=title").wants(http.StatusOK)
		facet := func(p *page, parts ...string) string {
			for _, l := range p.links() {
				if !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(l, part) }) && !strings.Contains(l, "cursor=") {
					return l
				}
			}
			t.Fatalf("no link has %v", parts)
			return ""
		}
		of := c.get(facet(whole, "theme="+url.QueryEscape("道路交通"), "sort=title")).wants(http.StatusOK)
		if of.finds() != pageLength || !strings.Contains(of.text(), fmt.Sprint(pageLength+3)) {
			t.Errorf("by theme: %d found in %s", of.finds(), of.text())
		}
		both := c.get(facet(of, "access=on-application", "theme=", "sort=title")).wants(http.StatusOK)
		if both.finds() != pageLength || len(both.links()) == 0 || both.form("/resources").values.Get("sort") != "title" {
			t.Error("two facets lose the order or find too few")
		}
		if none := c.get("/resources?theme=" + url.QueryEscape("道路交通") + "&access=open").wants(http.StatusOK); none.finds() != 0 {
			t.Errorf("facets do not add up: %d", none.finds())
		}
	}
}

// TestCatalogueExport: the page leads to the whole list as it is narrowed, in every form.
func TestCatalogueExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.resources(pageLength + 3)
	c := w.as(town.Auditor)
	list := c.get("/resources?sort=title&text=" + url.QueryEscape("泊位")).wants(http.StatusOK)
	for form, mark := range map[string]string{"csv": "停车泊位 0", "xlsx": "PK", "jsonld": `"@value":"停车泊位 0"`} {
		i := slices.IndexFunc(list.links(), func(l string) bool { return strings.Contains(l, "/export/"+form) })
		if i < 0 {
			t.Fatalf("no link to %s", form)
		}
		file := c.get(list.links()[i]).wants(http.StatusOK)
		if !strings.Contains(file.body, mark) {
			t.Errorf("%s: %.200s", form, file.body)
		}
		if n := strings.Count(file.body, "某市交通委员会"); form != "xlsx" && n != pageLength+3 {
			t.Errorf("%s has %d resources", form, n)
		}
	}
	c.get("/resources/export/pdf").wants(http.StatusNotFound)
}

// TestPutResource: a resource is put into the application that was chosen, once, however often it is sent, and taken out again.
func TestPutResource(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.resources(2)
	mine, other := w.Drafted(), w.Drafted()
	foreign := w.Do(town.OtherApplicant, authorization.Kind, "", "draft", town.Object{"title": "别家", "agency": town.Agency}).Case
	c := w.as(town.Applicant)
	form := c.get("/resources/"+ids[0]).wants(http.StatusOK).form("/resources/"+ids[0]+"/put").set("to", mine)
	form.submit().wants(http.StatusOK)
	version := w.Case(authorization.Kind, mine).Head().Version
	if again := form.submit().wants(http.StatusOK); !strings.Contains(again.text(), "已有该资源") && !strings.Contains(again.text(), "已在申请中") {
		t.Errorf("a repeat: %s", again.text())
	}
	if got := w.application(mine); got.Version != version || !slices.Equal(got.Application.Resources, []string{town.Resource, ids[0]}) {
		t.Errorf("version %d to %d with %v", version, got.Version, got.Application.Resources)
	}
	c.get("/resources?to=" + mine).form("/resources/" + ids[1] + "/put").submit().wants(http.StatusOK)
	if got := w.application(mine).Application.Resources; len(got) != 3 {
		t.Errorf("from the list: %v", got)
	}
	if got := w.application(other).Application.Resources; len(got) != 1 {
		t.Errorf("the other application has %v", got)
	}
	at := "/authorizations/" + mine + "/apply/resources"
	for range 2 {
		c.post(at, url.Values{"out": {town.Resource}}).wants(http.StatusOK)
	}
	if got := w.application(mine).Application.Resources; !slices.Equal(got, ids) {
		t.Errorf("after taking one out: %v", got)
	}
	before := w.Case(authorization.Kind, mine).Head().Version
	c.post(at, url.Values{"out": {ids[0]}, formResumed: {"yes"}}).wants(http.StatusOK)
	c.post("/resources/"+town.Resource+"/put", url.Values{"to": {mine}, formResumed: {"yes"}}).wants(http.StatusOK)
	c.post("/resources/"+ids[0]+"/put", url.Values{"to": {foreign}}).wants(http.StatusNotFound)
	c.post("/resources/res-none/put", url.Values{"to": {mine}}).wants(http.StatusNotFound)
	if got := w.Case(authorization.Kind, mine).Head().Version; got != before {
		t.Errorf("the case went from version %d to %d", before, got)
	}
}

// TestPutResourceNowhere: who has nothing to edit is led to where an application begins.
func TestPutResourceNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.as(town.OtherApplicant)
	for _, path := range []string{"/resources", "/resources/" + town.Resource} {
		if got := c.get(path).wants(http.StatusOK); !slices.Contains(got.links(), "/authorizations/new") {
			t.Errorf("%s does not lead to a new application", path)
		}
	}
}

// TestResourceQuality: the page and the list say that an update is late, and the page how good the resource is and why.
func TestResourceQuality(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.resources(1)[0] // daily, updated on 3 November
	for language, want := range map[string][]string{
		"zh": {"逾期61天", "完整性 44 分", "及时性 0 分", "准确性 无从评分", "质量评分 22 分", "系统默认，规定未设数值"},
		"en": {"late by 61 days", "completeness 44 of 100", "timeliness 0 of 100", "accuracy not scored", "Quality score 22 of 100", "Missing: "},
	} {
		c := w.as(town.Reader).speaking(language)
		entry := c.get("/resources/" + id).wants(http.StatusOK).text()
		for _, words := range want {
			if !strings.Contains(entry, words) {
				t.Errorf("the page does not say %q: %s", words, entry)
			}
		}
		if list := c.get("/resources").wants(http.StatusOK).text(); !strings.Contains(list, want[0]) {
			t.Errorf("the list does not say %q", want[0])
		}
	}
}
