package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/text"
	"datacharter/internal/town"
)

// An entry of a list is named by its number, as the form has it, and by what it is called; a raw path is shown to nobody.
func TestPartsOfListsAreNamed(t *testing.T) {
	a := &authorization.Authorization{}
	a.Application.Products = []authorization.Intended{{Name: "停车指数"}, {}}
	a.Application.Resources = []string{"res-1"}
	p := &applying{act: &act{view: &casework.View{Subject: a}}}
	for path, want := range map[string]text.Text{
		"products[0]":              {ZH: "第 1 项（停车指数）", EN: "No. 1 (停车指数)"},
		"products[0].form":         {ZH: "第 1 项（停车指数）·形态", EN: "No. 1 (停车指数), form"},
		"products[1].name":         {ZH: "第 2 项·名称", EN: "No. 2, name"},
		"products[7]":              {ZH: "第 8 项", EN: "No. 8"},
		"resources[0]":             {ZH: "第 1 项（res-1）", EN: "No. 1 (res-1)"},
		"attachments[2]":           {ZH: "第 3 项", EN: "No. 3"},
		"standing.certificates[0]": {ZH: applicationField("standing.certificates").ZH + " 第 1 项", EN: applicationField("standing.certificates").EN + ", No. 1"},
		"term_months":              applicationField("term_months"),
	} {
		if got := p.partName(path); got != want || strings.ContainsAny(got.ZH+got.EN, "[]") {
			t.Errorf("%s: %+v", path, got)
		}
	}
}

// The check of an application names the product that the plan does not provide for, and leads to its row.
func TestCheckNamesEntries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/"
	c := w.as(town.Applicant)
	c.get(at+"products").form(at+"products").set("products[0].name", "方案以外的产品").press("then", "next").wants(http.StatusOK)
	for language, want := range map[string]string{"zh": "产品和服务 – 第 1 项（方案以外的产品）：", "en": "Products and services – No. 1 (方案以外的产品): "} {
		got := c.speaking(language).get(at + "check").wants(http.StatusOK)
		if text := got.text(); !strings.Contains(text, want) || strings.Contains(text, "products[0]") {
			t.Errorf("%s: %.1500s", language, text)
		}
		if !slices.Contains(got.links(), at+"products#f-products-0-name") {
			t.Errorf("%s: %q", language, got.links())
		}
	}
}
