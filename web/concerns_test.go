package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/internal/town"
	"datacharter/web/form"
)

const reportAt = "/resources/" + town.Resource + "/report"

// report reports what is wrong with the town's resource, and returns the page to which that leads.
func (w *world) report(person string) *page {
	w.t.Helper()
	b := w.as(person).get(reportAt).wants(http.StatusOK).form(reportAt).set("field", "updated").set("wrong", "最近更新日期早于首次发布日期，应为2026年。")
	return b.attach("evidence#file", "截图.txt", "text/plain", []byte("截图")).submit().wants(http.StatusOK)
}

func (w *world) demand(person, title string) *page {
	w.t.Helper()
	at := demandsPath + "/new"
	return w.as(person).get(at).wants(http.StatusOK).form(at).set("title", title).set("data", "泊位、收费").set("use", "停车导航").set("by", "2036-06-30").submit().wants(http.StatusOK)
}

// answerOf is the form of an answer on the page of a concern.
func (p *page) answerOf(outcome string) *blank {
	return p.form(p.at.Path+"/answer").set("outcome", outcome)
}

// someReports are the addresses of an open and a confirmed report, for those who see them.
func someReports(path string) func(*world) []call {
	return func(w *world) []call {
		const key = "reports"
		if w.cases[key] == "" {
			w.cases[key+"-open"] = strings.TrimPrefix(w.report(town.Reader).at.Path, reportsPath+"/")
			p := w.report(town.Applicant)
			w.cases[key] = strings.TrimPrefix(p.at.Path, reportsPath+"/")
			w.as(supplier).get(p.at.Path).answerOf("confirmed").set("reason", "已核实，月底前更正。").submit().wants(http.StatusOK)
		}
		open, confirmed := strings.Replace(path, ":id", w.cases[key+"-open"], 1), strings.Replace(path, ":id", w.cases[key], 1)
		return []call{{supplier, reportsPath + open}, {town.Reader, reportsPath + open}, {town.Applicant, reportsPath + confirmed}, {town.Auditor, reportsPath + confirmed}}
	}
}

// faultyResource is the page of a resource with a fault that was confirmed.
func faultyResource(w *world) []call {
	someReports("")(w)
	return []call{{town.Reader, "/resources/" + town.Resource}}
}

// someDemands are the addresses of an open and an answered demand, for several who look at them.
func someDemands(path string) func(*world) []call {
	return func(w *world) []call {
		const key = "demands"
		if w.cases[key] == "" {
			w.cases[key+"-open"] = strings.TrimPrefix(w.demand(town.Reader, "停车泊位实时数据").at.Path, demandsPath+"/")
			p := w.demand(town.Applicant, "路灯位置")
			w.cases[key] = strings.TrimPrefix(p.at.Path, demandsPath+"/")
			w.as(supplier).get(p.at.Path).answerOf("promised").set("day", "2036-05-01").submit().wants(http.StatusOK)
		}
		open, promised := strings.Replace(path, ":id", w.cases[key+"-open"], 1), strings.Replace(path, ":id", w.cases[key], 1)
		return []call{{town.Officer, demandsPath + open}, {town.Reader, demandsPath + open}, {town.OtherApplicant, demandsPath + promised}, {supplier, demandsPath + promised}}
	}
}

// TestReportPages: a fault is reported, answered and mended, by forms alone, in both languages; and who is not to know does not.
func TestReportPages(t *testing.T) {
	t.Parallel()
	for language, words := range map[string]struct{ open, confirmed, mended, fault, told string }{
		"zh": {"待答复", "属实", "已修正", "已核实、尚未修正的问题", "经核实属实"},
		"en": {"to be answered", "confirmed", "mended", "Confirmed and still to be mended", "was confirmed"},
	} {
		w := newWorld(t)
		reader, clerk := w.as(town.Reader).speaking(language), w.as(supplier).speaking(language)
		resource := reader.get("/resources/" + town.Resource).wants(http.StatusOK)
		if !slices.Contains(resource.links(), reportAt) {
			t.Fatalf("%v", resource.links())
		}
		empty := reader.get(reportAt).form(reportAt).submit().wants(http.StatusUnprocessableEntity)
		if !slices.Contains(empty.links(), "#f-wrong") {
			t.Errorf("%q", empty.faults())
		}
		raised := w.report(town.Reader)
		at := raised.at.Path
		mine := reader.get(at).wants(http.StatusOK)
		if !strings.Contains(mine.text(), words.open) || !strings.Contains(mine.text(), "截图.txt") || len(mine.forms(at+"/answer")) != 0 || len(mine.forms(at+"/withdraw")) != 1 {
			t.Errorf("%s", mine.text())
		}
		if list := clerk.get(reportsPath + "?whose=to-answer").wants(http.StatusOK); !slices.Contains(list.links(), at) {
			t.Errorf("%v", list.links())
		}
		page := clerk.get(at).wants(http.StatusOK)
		if len(page.forms(at+"/withdraw")) != 0 || !strings.Contains(page.text(), "虚构公众") {
			t.Errorf("%s", page.text())
		}
		unsaid := page.answerOf("confirmed").submit().wants(http.StatusUnprocessableEntity)
		if !slices.Contains(unsaid.links(), "#f-reason") {
			t.Errorf("%q", unsaid.faults())
		}
		if nothing := page.form(at + "/answer").submit().wants(http.StatusUnprocessableEntity); len(nothing.faults()) == 0 {
			t.Error("an answer without a conclusion")
		}
		answer := page.answerOf("confirmed").set("reason", "核实无误")
		answer.submit().wants(http.StatusOK)
		if p := answer.submit().wants(http.StatusOK); !strings.Contains(p.text(), words.confirmed) { // twice is once
			t.Errorf("%s", p.text())
		}
		if p := w.as(town.OtherApplicant).speaking(language).get("/resources/" + town.Resource).text(); !strings.Contains(p, words.fault) || !strings.Contains(p, "核实无误") || strings.Contains(p, "应为2026年") {
			t.Errorf("%s", p)
		}
		notices := reader.get("/notices").wants(http.StatusOK)
		if !strings.Contains(notices.text(), words.told) || !slices.Contains(notices.links(), at) {
			t.Errorf("%s", notices.text())
		}
		clerk.get(at).answerOf("mended").set("reason", "已更正").submit().wants(http.StatusOK)
		late := clerk.get(at).wants(http.StatusOK)
		if !strings.Contains(late.text(), words.mended) || len(late.forms(at+"/answer")) != 0 {
			t.Errorf("%s", late.text())
		}
		answer.set("reason", "另一说法").submit().wants(http.StatusUnprocessableEntity)
		w.as(town.OtherApplicant).get(at).wants(http.StatusNotFound)
		w.as(town.Officer).get(at).wants(http.StatusNotFound)
		w.as(supplier).get(demandsPath + strings.TrimPrefix(at, reportsPath)).wants(http.StatusNotFound)
	}
}

// TestDemandPages: a demand is raised, supported once, promised, and found by its state.
func TestDemandPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raised := w.demand(town.Applicant, "停车泊位")
	at := raised.at.Path
	reader := w.as(town.Reader)
	page := reader.get(at).wants(http.StatusOK)
	if strings.Contains(page.text(), "虚构申请经办人") || len(page.forms(at+"/answer")) != 0 || len(page.forms(at+"/withdraw")) != 0 {
		t.Errorf("%s", page.text())
	}
	support := page.form(at + "/support")
	if p := support.submit().wants(http.StatusOK); !strings.Contains(p.text(), "您已附议") || len(p.forms(at+"/support")) != 0 {
		t.Errorf("%s", p.text())
	}
	support.submit().wants(http.StatusOK)
	if own := w.as(town.Applicant).get(at).wants(http.StatusOK); len(own.forms(at+"/support")) != 0 || !strings.Contains(own.text(), "1 人") {
		t.Errorf("%s", own.text())
	}
	clerk := w.as(supplier)
	if p := clerk.get(at).answerOf("promised").submit().wants(http.StatusUnprocessableEntity); !slices.Contains(p.links(), "#f-day") {
		t.Errorf("%q", p.faults())
	}
	if p := clerk.get(at).answerOf("available").set("resource", "res-none").submit().wants(http.StatusUnprocessableEntity); !slices.Contains(p.links(), "#f-resource") {
		t.Errorf("%q", p.faults())
	}
	clerk.get(at).answerOf("available").set("resource", town.Resource).submit().wants(http.StatusOK)
	if p := reader.get(at).wants(http.StatusOK); !slices.Contains(p.links(), "/resources/"+town.Resource) || !strings.Contains(p.text(), "某市气象局") || strings.Contains(p.text(), "虚构供数审查人") {
		t.Errorf("%s", p.text())
	}
	second := w.demand(town.Reader, "路灯").at.Path
	reader.get(second).form(second + "/withdraw").submit().wants(http.StatusOK)
	for query, want := range map[string][]string{"": {at, second}, "?state=available": {at}, "?state=withdrawn": {second}, "?whose=mine": {second}, "?whose=to-answer": nil, "?state=nothing": nil} {
		links := reader.get(demandsPath + query).wants(http.StatusOK).links()
		for _, one := range []string{at, second} {
			if slices.Contains(links, one) != slices.Contains(want, one) {
				t.Errorf("%q: %v", query, links)
			}
		}
	}
	// The form comes back filled in after a pause, and nothing is raised without a key.
	newAt := demandsPath + "/new?resource=" + town.Resource
	b := reader.get(newAt).form(demandsPath + "/new")
	if b.values.Get("resource") != town.Resource {
		t.Errorf("%v", b.values)
	}
	b.set("title", "甲").values.Set(formResumed, "yes")
	if p := b.submit().wants(http.StatusOK); p.form(demandsPath+"/new").values.Get("title") != "甲" {
		t.Errorf("%s", p.text())
	}
	if p := reader.post(demandsPath+"/new", url.Values{"title": {"乙"}, "data": {"x"}, "use": {"y"}}).wants(http.StatusOK); len(p.forms(demandsPath+"/new")) != 1 {
		t.Errorf("%s", p.text())
	}
	for _, path := range []string{demandsPath + "/none", reportsPath + "/none", "/resources/none/report"} {
		reader.get(path).wants(http.StatusNotFound)
	}
}

// TestAnswerForWhom: who may answer for several organisations says for which.
func TestAnswerForWhom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Must(w.Store.Grant(t.Context(), supplier, town.Agency, identity.CaseOfficer))
	at := w.demand(town.Reader, "停车").at.Path
	page := w.as(supplier).get(at).wants(http.StatusOK)
	if p := page.answerOf("declined").set("reason", "没有").submit().wants(http.StatusUnprocessableEntity); !slices.Contains(p.links(), "#f-organization") {
		t.Errorf("%q", p.faults())
	}
	page.answerOf("declined").set("reason", "没有").set("organization", town.Agency).submit().wants(http.StatusOK)
	entries, err := w.Store.ConcernEntries(t.Context(), strings.TrimPrefix(at, demandsPath+"/"))
	w.Must(err)
	if len(entries) != 2 || entries[1].By != (identity.By{Person: supplier, Organization: town.Agency, Role: identity.CaseOfficer}) {
		t.Errorf("%+v", entries)
	}
}

// TestConcernFieldsHaveWords: every control has its label in both languages.
func TestConcernFieldsHaveWords(t *testing.T) {
	t.Parallel()
	p := &concernPage{concern: concern.Concern{Kind: concern.Demand, State: concern.Open}, by: make([]identity.By, 2)}
	for _, fields := range [][]form.Field{
		form.Build(inputOf[concern.ReportInput](), nil, nil).Fields, form.Build(inputOf[concern.DemandInput](), nil, nil).Fields,
		form.Build(inputOf[answering](), nil, p.answerShapes()).Fields,
	} {
		for _, f := range fields {
			if !f.Label.Complete() || f.Label.ZH == f.Name {
				t.Errorf("%s has no label", f.Name)
			}
		}
	}
}

// TestAnswersFallDuePages: the page of a report says until when it is to be answered and why; the list and supervision say what is overdue.
func TestAnswersFallDuePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := w.report(town.Reader).at.Path
	for language, says := range map[string][]string{
		"zh": {"答复期限", "20个工作日内答复", "参照登记形式审核期限", "系统默认"},
		"en": {"To be answered by", "is answered within 20 working days", "working days left"},
	} {
		text := w.as(supplier).speaking(language).get(at).wants(http.StatusOK).text()
		for _, words := range says {
			if !strings.Contains(text, words) {
				t.Errorf("the page does not say %q: %s", words, text)
			}
		}
	}
	if text := w.as(town.Auditor).get(supervisionPath).wants(http.StatusOK).text(); !strings.Contains(text, "数据质量反馈：没有逾期未答复的") {
		t.Errorf("something is overdue: %s", text)
	}
	w.SetNow(w.Now().AddDate(0, 2, 0))
	for _, path := range []string{at, reportsPath + "?whose=" + toAnswer, reportsPath + "?whose=" + overdue} {
		if text := w.as(supplier).get(path).wants(http.StatusOK).text(); !strings.Contains(text, "已逾期") {
			t.Errorf("%s does not say that the answer is overdue: %s", path, text)
		}
	}
	p := w.as(town.Auditor).get(supervisionPath).wants(http.StatusOK)
	for _, link := range []string{at, reportsPath + "?whose=" + overdue} {
		if !slices.Contains(p.links(), link) {
			t.Errorf("supervision does not lead to %s: %q", link, p.links())
		}
	}
	w.as(supplier).get(at).answerOf("mended").set("reason", "已更正。").submit().wants(http.StatusOK)
	if text := w.as(supplier).get(at).text(); strings.Contains(text, "已逾期") {
		t.Errorf("what was answered is overdue: %s", text)
	}
}
