package web

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/internal/town"
	"datacharter/web/form"
)

var (
	supplier = town.PersonID(town.Supplier, identity.SupplyReviewer, 1)
	guard    = town.PersonID(town.Agency, identity.SecurityReviewer, 1)
)

const (
	gradedAt = "/resources/" + town.Resource
	formAt   = gradedAt + "/grading"
)

// answers fills in a grading with the degrees of harm to the six objects.
func answers(b *blank, degrees ...string) *blank {
	b.set("sector", "transport").set("no_harm_reason", "已公开")
	for i, d := range degrees {
		at := "pairs[" + string(rune('0'+i)) + "]"
		b.set(at+".degree", d)
		if d != noHarm {
			b.set(at+".reason", "理由")
		}
	}
	return b
}

func (w *world) grade(person string, degrees ...string) *page {
	w.t.Helper()
	return answers(w.as(person).get(formAt).wants(http.StatusOK).form(formAt), degrees...).submit()
}

// gradedResource is the page of a resource that was graded twice, with an open authorisation that rests on the former grade.
func gradedResource(w *world) []call {
	const key = "graded"
	if w.cases[key] == "" {
		w.in(authorization.Kind, authorization.Submitted)
		w.SetNow(w.Now().Add(time.Hour))
		w.grade(supplier, "none", "none", "ordinary", "none", "serious", "none").wants(http.StatusOK)
		w.grade(guard, "serious", "none", "ordinary", "none", "none", "none").wants(http.StatusOK)
		w.cases[key] = "twice"
	}
	return []call{{town.Officer, gradedAt}}
}

// gradedTwice is the page of a resource that was graded twice, and can still be applied for.
func gradedTwice(w *world) []call {
	const key = "graded twice"
	if w.cases[key] == "" {
		w.in(authorization.Kind, authorization.Submitted)
		w.SetNow(w.Now().Add(time.Hour))
		w.grade(supplier, "none", "none", "none", "none", "serious", "none").wants(http.StatusOK)
		w.grade(guard, "none", "none", "none", "none", "serious", "ordinary").wants(http.StatusOK)
		w.cases[key] = "twice"
	}
	return []call{{town.Officer, gradedAt}}
}

// gradedAgain is the form to grade a resource that was graded before.
func gradedAgain(w *world) []call {
	gradedTwice(w)
	return []call{{guard, formAt}}
}

func TestGradingPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if got := w.as(town.Reader).get(gradedAt).wants(http.StatusOK); !strings.Contains(got.text(), "尚未分类分级") || slices.Contains(got.links(), formAt) {
		t.Errorf("%s", got.text())
	}
	gradedResource(w)
	officer := w.as(town.Officer).get(gradedAt).wants(http.StatusOK)
	for _, want := range []string{"核心数据", "已选：核心数据", "通行认识，未复核", "升级", "级别已提高", "不得提供", "GB/T 43697-2024", "判定表第 1 版", "安全审查人"} {
		if !strings.Contains(officer.text(), want) {
			t.Errorf("the page does not say %s: %s", want, officer.text())
		}
	}
	if !slices.Contains(officer.links(), formAt) || !slices.Contains(officer.links(), "/authorizations/"+w.in(authorization.Kind, authorization.Submitted)) {
		t.Errorf("links: %v", officer.links())
	}
	english := w.as(town.Reader).speaking("en").get(gradedAt).wants(http.StatusOK)
	for _, want := range []string{"core data", "chosen: core data", "general knowledge, not re-read", "raised", "may not be provided"} {
		if !strings.Contains(english.text(), want) {
			t.Errorf("the page does not say %q: %s", want, english.text())
		}
	}
	if strings.Contains(english.text(), "grade raised") {
		t.Error("a reader is shown a case that is not for him")
	}
	if general := w.grade(guard, "none", "none", "none", "none", "serious", "ordinary"); !strings.Contains(general.text(), "一般数据第 3 级") || !strings.Contains(general.text(), "未核实") {
		t.Errorf("%s", general.text())
	}
}

// TestGradingForm: every object is answered, faults stand at their controls, and the form is carried out once.
func TestGradingForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for language, required := range map[string]string{"zh": "·影响程度：必填。", "en": ", impact degree: This is required."} {
		c := w.as(supplier).speaking(language)
		empty := c.get(formAt).wants(http.StatusOK).form(formAt).submit().wants(http.StatusUnprocessableEntity)
		n := 0
		for _, f := range empty.faults() {
			if strings.HasSuffix(f, required) { // each is named with its object
				n++
			}
		}
		if n != 6 || !slices.Contains(empty.links(), "#f-pairs-5-degree") {
			t.Errorf("%q", empty.faults())
		}
		// The fault of the only pair stated stands at its object, the fourth.
		b := answers(c.get(formAt).form(formAt), "none", "none", "none", "serious", "none", "none").set("pairs[3].reason", "")
		if p := b.submit().wants(http.StatusUnprocessableEntity); len(all(p.document(), func(n *html.Node) bool { return attr(n, "id") == "f-pairs-3-reason-fault" })) != 1 || !slices.Contains(p.links(), "#f-pairs-3-reason") {
			t.Errorf("%q", p.faults())
		}
	}
	none := answers(w.as(supplier).get(formAt).form(formAt), "none", "none", "none", "none", "none", "none")
	if p := none.set("no_harm_reason", "").submit().wants(http.StatusUnprocessableEntity); len(p.faults()) == 0 {
		t.Error("no harm to anybody passed without a reason")
	}
	b := answers(w.as(supplier).get(formAt).form(formAt), "none", "none", "none", "serious", "none", "none").set("papers", "risk-assessment")
	b.attach("evidence#file", "评估.pdf", "application/pdf", []byte("%PDF-1.7\n%%EOF\n"))
	b.submit().wants(http.StatusOK)
	b.submit().wants(http.StatusOK)
	history, err := w.Store.ListGradings(t.Context(), town.Resource)
	w.Must(err)
	if len(history) != 1 || history[0].Grade != grading.Important || len(history[0].Input.Evidence) != 1 || history[0].By.Person != supplier {
		t.Errorf("%+v", history)
	}
	// What was read before another grading is not carried out.
	stale := w.as(guard).get(formAt).wants(http.StatusOK).form(formAt)
	if got := stale.values.Get("pairs[3].degree"); got != "serious" {
		t.Errorf("the form suggests %q", got)
	}
	w.grade(supplier, "none", "none", "none", "ordinary", "none", "none").wants(http.StatusOK)
	if p := stale.submit().wants(http.StatusPreconditionFailed); len(p.faults()) == 0 {
		t.Error("nobody says why")
	}
	w.as(supplier).get("/resources/res-none/grading").wants(http.StatusNotFound)
	resumed := w.as(supplier).get(formAt).form(formAt)
	resumed.values.Set(formResumed, "yes")
	resumed.submit().wants(http.StatusOK)
	if history, err = w.Store.ListGradings(t.Context(), town.Resource); err != nil || len(history) != 2 {
		t.Errorf("%d gradings, %v", len(history), err)
	}
}

// TestGradingForWhom: who may grade for several organisations chooses; who holds the role elsewhere may not.
func TestGradingForWhom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Must(w.Store.Grant(t.Context(), guard, town.Supplier, identity.SupplyReviewer))
	first := w.as(guard).get(formAt).wants(http.StatusOK)
	other := formAt + "?for=" + town.Agency
	if !slices.Contains(first.links(), other) {
		t.Fatalf("%v", first.links())
	}
	b := w.as(guard).get(other).wants(http.StatusOK).form(other)
	answers(b, "none", "ordinary", "none", "none", "none", "none").submit().wants(http.StatusOK)
	history, err := w.Store.ListGradings(t.Context(), town.Resource)
	w.Must(err)
	if len(history) != 1 || history[0].By.Organization != town.Agency || history[0].By.Role != identity.SecurityReviewer {
		t.Errorf("%+v", history)
	}
	w.Must(w.Store.Grant(t.Context(), town.Secretary, town.Government, identity.SecurityReviewer))
	w.as(town.Secretary).get(formAt).wants(http.StatusForbidden)
}

// TestGradingFieldsHaveWords: every control has its label in both languages.
func TestGradingFieldsHaveWords(t *testing.T) {
	t.Parallel()
	var look func([]form.Field)
	look = func(fields []form.Field) {
		for _, f := range fields {
			if f.Kind == form.Hidden {
				continue
			}
			if !f.Label.Complete() || f.Label.ZH == f.Name {
				t.Errorf("%s has no label", f.Name)
			}
			for _, c := range f.Choices {
				if !c.Words.Complete() {
					t.Errorf("%s: %s has no words", f.Name, c.Value)
				}
			}
			look(f.Fields)
			for _, row := range f.Rows {
				look(row)
			}
		}
	}
	look(form.Build(reflect.TypeFor[grading.Input](), nil, gradingShapes()).Fields)
}
