package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/catalogue"
	"datacharter/domain/registration"
	"datacharter/internal/town"
)

const (
	heldAt     = gradedAt + "/held"
	versionsAt = gradedAt + "/versions"
)

// imports imports the town's resource under a title, and returns what was done.
func (w *world) imports(title string) catalogue.Stored {
	w.t.Helper()
	r, err := w.Store.GetResource(w.t.Context(), town.Resource)
	w.Must(err)
	r.Title, r.Access = title, catalogue.OnApplication
	r.Fields = []catalogue.DataField{{Name: "站号", Type: "字符型", Description: "全国统一编码"}, {Name: "气温"}}
	done, err := w.Store.ImportFrom("新目录.csv")(w.t.Context(), []catalogue.Resource{r})
	w.Must(err)
	return done[0]
}

// heldResource is the page of a registered resource of which the source says something else.
func heldResource(w *world) []call {
	const key = "held"
	if w.cases[key] == "" {
		w.RegistrationIn(registration.Registered)
		w.imports("来源改名")
		w.cases[key] = "once"
	}
	return []call{{town.Registrant, gradedAt}}
}

// heldDecision is the form to decide about it.
func heldDecision(w *world) []call {
	heldResource(w)
	return []call{{town.Registrant, heldAt}}
}

// versionsOf is the page of the versions of a resource, one of them taken over by a person and another change dismissed.
func versionsOf(w *world) []call {
	const key = "versions"
	if w.cases[key] == "" {
		heldResource(w)
		w.decideHeld("dismissed").wants(http.StatusOK)
		w.imports("来源再改名")
		w.decideHeld("adopted").wants(http.StatusOK)
		w.imports("来源改名")
		w.cases[key] = "twice"
	}
	return []call{{town.Auditor, versionsAt}}
}

func (w *world) decideHeld(outcome string) *page {
	w.t.Helper()
	return w.as(town.Registrant).get(heldAt).wants(http.StatusOK).form(heldAt).set("outcome", outcome).set("reason", "已核对").submit()
}

func TestHeldPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.as(town.Registrant).get(heldAt).wants(http.StatusOK) // nothing waits: back on the page of the resource
	heldResource(w)
	for language, want := range map[string][]string{
		"zh": {"待处理的来源变更", "来源改名", "站号 · 字符型 · 全国统一编码；气温", "新目录.csv", "依申请开放", "26号第9条第2项", "历次版本"}, "en": {"A change of the source that waits", "来源改名", "on application", "Versions"},
	} {
		reader := w.as(town.Reader).speaking(language).get(gradedAt).wants(http.StatusOK)
		for _, words := range want {
			if !strings.Contains(reader.text(), words) {
				t.Errorf("%s: the page does not say %s: %s", language, words, reader.text())
			}
		}
		if slices.Contains(reader.links(), heldAt) || reader.heading() == "来源改名" {
			t.Errorf("%s: a reader is led to decide, or the entry was overwritten", language)
		}
	}
	w.as(town.Reader).get(heldAt).wants(http.StatusForbidden)
	registrant := w.as(town.Registrant)
	if page := registrant.get(gradedAt); !slices.Contains(page.links(), heldAt) || !strings.Contains(page.text(), "申请变更") {
		t.Errorf("the registrant is not led to decide: %s", page.text())
	}
	// Faults stand at their controls.
	empty := registrant.get(heldAt).form(heldAt).submit().wants(http.StatusUnprocessableEntity)
	if !strings.Contains(strings.Join(empty.links(), " "), "#f-outcome") {
		t.Errorf("%v %v", empty.faults(), empty.links())
	}
	silent := registrant.get(heldAt).form(heldAt).set("outcome", "dismissed").submit().wants(http.StatusUnprocessableEntity)
	if len(silent.faults()) == 0 || !strings.Contains(strings.Join(silent.faults(), " "), "理由：必填") {
		t.Errorf("%v", silent.faults())
	}
	// What came meanwhile is shown before anybody decides about it.
	old := registrant.get(heldAt).form(heldAt).set("outcome", "adopted")
	w.imports("又一次改名")
	if newer := old.submit().wants(http.StatusPreconditionFailed); !strings.Contains(newer.text(), "又一次改名") {
		t.Errorf("%s", newer.text())
	}
	if done := w.decideHeld("adopted").wants(http.StatusOK); done.heading() != "又一次改名" || !strings.Contains(done.text(), "已采用") || strings.Contains(done.text(), "待处理的来源变更") {
		t.Errorf("%s", done.text())
	}
}

func TestVersionsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	versionsOf(w)
	for language, want := range map[string][]string{
		"zh": {"第 2 版", "第 1 版", "新目录.csv", "已采用", "已驳回的来源变更", "已核对", "依申请开放", "授权运营", "来源再改名"}, "en": {"Version 2", "taken over", "dismissed", "已核对", "on application"},
	} {
		page := w.as(town.Auditor).speaking(language).get(versionsAt).wants(http.StatusOK)
		for _, words := range want {
			if !strings.Contains(page.text(), words) {
				t.Errorf("%s: the page does not say %s: %s", language, words, page.text())
			}
		}
	}
	w.as(town.Auditor).get("/resources/res-none/versions").wants(http.StatusNotFound)
	w.as(town.Auditor).get(versionsAt + "?cursor=x").wants(http.StatusNotFound)
}
