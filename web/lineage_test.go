package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/registration"
	"datacharter/internal/town"
)

// TestLineageOnThePage: the page of a resource leads to the cases that the visitor may read, and to the entries of the public register.
func TestLineageOnThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if bare := w.as(town.Reader).get(gradedAt).wants(http.StatusOK); !strings.Contains(bare.text(), "没有案件涉及本资源") {
		t.Errorf("%s", bare.text())
	}
	operating, _ := w.registered()
	registered := w.RegistrationIn(registration.Registered)
	for language, want := range map[string][]string{"zh": {"来龙去脉", "涉及的案件", "运营中"}, "en": {"Lineage", "Cases that name it"}} {
		officer := w.as(town.Officer).speaking(language).get(gradedAt).wants(http.StatusOK)
		for _, words := range want {
			if !strings.Contains(officer.text(), words) {
				t.Errorf("%s: the page does not say %s: %s", language, words, officer.text())
			}
		}
		if !slices.Contains(officer.links(), "/authorizations/"+operating) || !slices.Contains(officer.links(), "/register/"+operating) {
			t.Errorf("%s: %v", language, officer.links())
		}
	}
	reader := w.as(town.Reader).get(gradedAt).wants(http.StatusOK)
	if !strings.Contains(reader.text(), "另有您无权查看的案件") || strings.Contains(reader.body, registered) || slices.Contains(reader.links(), "/authorizations/"+operating) {
		t.Errorf("%s", reader.text())
	}
}
