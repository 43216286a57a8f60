package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/product"
	"datacharter/internal/town"
)

// TestProductByPages: operator, reviewers and agency lead a product from its first word on offer, in the browser and without scripts, and the public reads of it.
func TestProductByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	operator, officer := w.as(town.Applicant), w.as(town.Officer)
	if home := operator.get("/"); !strings.Contains(home.text(), "起草产品和服务") {
		t.Error("the first page does not lead to a product")
	}
	begun := operator.get("/products/new?authorization="+of+"&product="+town.ProductName).form("/products/new").
		set("form", "api").set("unit", "calls").submit().wants(http.StatusOK)
	id := strings.TrimSuffix(strings.TrimPrefix(begun.at.Path, "/products/"), "/do/edit")
	do := func(command string) string { return "/products/" + id + "/do/" + command }

	refused := operator.get(do("submit")).form(do("submit")).submit().wants(http.StatusUnprocessableEntity)
	if text := refused.text(); !strings.Contains(text, "应用场景：必填") || !strings.Contains(text, "能力清单：必填") {
		t.Errorf("an incomplete product is refused with %.900s", text)
	}
	operator.get(do("edit")).form(do("edit")).set("scenario", "农业保险定损").set("resources", town.Resource).set("standard", "国标一").
		set("capabilities", "按日查询\n按县查询").submit().wants(http.StatusOK)
	for language, words := range map[string][]string{"zh": {"应用场景", "能力清单", "拟登记"}, "en": {"application scenario", "to be registered", "capabilities"}} {
		text := w.as(town.Applicant).speaking(language).get("/products/" + id).wants(http.StatusOK).text()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("in %s without %q: %.900s", language, word, text)
			}
		}
	}
	operator.get(do("submit")).form(do("submit")).submit().wants(http.StatusOK)
	w.Reported(id)
	w.Stands(product.Kind, id, product.Reviewing)
	for _, task := range w.Case(product.Kind, id).Head().Tasks {
		reviewer := w.as(w.Reviewer(task))
		reviewer.get("/tasks/" + task.ID + "/claim").form("/tasks/" + task.ID + "/claim").submit().wants(http.StatusOK)
		page := reviewer.get("/tasks/" + task.ID).wants(http.StatusOK)
		if !strings.Contains(page.text(), "农业保险定损") {
			t.Errorf("%s does not see what is reviewed", task.Name)
		}
		decide := "/tasks/" + task.ID + "/decide"
		reviewer.get(decide).form(decide).set("outcome", "approve").set("opinion", "同意").submit().wants(http.StatusOK)
	}
	w.Stands(product.Kind, id, product.ToBePriced)

	officer.get(do("set-ceiling")).form(do("set-ceiling")).set("tariff[0].price", "much").set("reason", "测算").submit().wants(http.StatusUnprocessableEntity).
		form(do("set-ceiling")).set("tariff[0].price", "0.5").submit().wants(http.StatusOK)
	w.Reported(id)
	operator.get(do("set-charge")).form(do("set-charge")).set("tariff[0].price", "0.6").submit().wants(http.StatusUnprocessableEntity).
		form(do("set-charge")).set("tariff[0].price", "0.3").set("discounts[0].name", "省级重点场景").set("discounts[0].reason", "省规定").set("discounts[0].rate", "10").submit().wants(http.StatusOK)
	if text := operator.get("/products/" + id + "?tab=price").wants(http.StatusOK).text(); !strings.Contains(text, "试行收费标准") || !strings.Contains(text, "0.3元") || !strings.Contains(text, "省级重点场景") {
		t.Errorf("the price: %.1500s", text)
	}
	operator.get(do("list")).form(do("list")).submit().wants(http.StatusOK)
	w.Stands(product.Kind, id, product.Listed)
	w.Reported(id)

	for language, words := range map[string][]string{
		"zh": {"农业保险定损", "按县查询", "国标一", "数据调用量", "省级重点场景", "试行", "接口服务"},
		"en": {"Application scenario", "Capabilities", "Technical standard", "trial tariff", "Discounts"},
	} {
		for _, path := range []string{"/register/products", "/register/" + of} {
			text := w.nobody().speaking(language).get(path).wants(http.StatusOK).text()
			for _, word := range words {
				if !strings.Contains(text, word) {
					t.Errorf("%s in %s without %q: %.1500s", path, language, word, text)
				}
			}
		}
	}
	if tab := officer.get("/authorizations/" + of + "?tab=operation").wants(http.StatusOK); !slices.Contains(tab.links(), "/products/"+id) {
		t.Errorf("the authorisation does not lead to its product: %q", tab.links())
	}

	operator.get(do("propose-change")).form(do("propose-change")).set("reason", "扩展场景").submit().wants(http.StatusOK)
	operator.get(do("edit")).form(do("edit")).set("scenario", "农业保险定损和理赔").submit().wants(http.StatusOK)
	if text := operator.get("/products/" + id + "?tab=versions").wants(http.StatusOK).text(); !strings.Contains(text, "农业保险定损和理赔") || !strings.Contains(text, "办理中的变更") {
		t.Errorf("the versions: %.1500s", text)
	}
	officer.get(do("order-delisting")).form(do("order-delisting")).set("reason", "质量不达标").submit().wants(http.StatusOK)
	w.Stands(product.Kind, id, product.Delisted)
	w.as(town.OtherApplicant).get("/products/" + id).wants(http.StatusNotFound)
}
