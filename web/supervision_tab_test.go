package web

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
)

// TestSupervisionTabSaysWhoAnswers: operator, agency and supervisor read the same matrix of responsibilities on the authorisation's page, in both languages, and
// everybody who may read the rules reads it there.
func TestSupervisionTabSaysWhoAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	for language, words := range map[string][]string{"zh": {"责任清单", "管运适度分离", "数据加工", "某市气象局", "公平竞争指标", "取用高度集中于一方", "不得超授权范围使用数据"}, "en": {"Who answers for what", "kept apart", "Indicators of fair competition", "processing", "uses no data beyond the scope"}} {
		for _, person := range []string{town.Applicant, town.Officer, town.Auditor} {
			text := w.as(person).speaking(language).get("/authorizations/" + of + "?tab=supervision").wants(http.StatusOK).text()
			for _, word := range words {
				if !strings.Contains(text, word) {
					t.Errorf("%s in %s without %q", person, language, word)
				}
			}
		}
	}
	if text := w.as(town.Officer).get("/policies/national").wants(http.StatusOK).text(); !strings.Contains(text, "责任清单") || !strings.Contains(text, "防范以数谋私") {
		t.Error("the rules do not say who answers for what")
	}
}
