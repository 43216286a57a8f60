package web

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finance"
	"datacharter/internal/town"
)

// The drill shows what the accounts would still have to settle and pay, in both languages, the authorisation's own cases apart from the operator's others, and
// resources by their titles; and the database is the same afterwards.
func TestDrillShowsAccountsAndCases(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	accounts := w.FinanceIn(finance.Ruled)
	id := w.Case(finance.Kind, accounts).(*finance.Finance).Authorization //nolint:forcetypeassert // its own kind
	other := w.AuthorizationIn(authorization.Operating)
	finding := w.Found(id)
	admin := w.as(town.Administrator)
	before := w.Dump()
	for language, words := range map[string][]string{
		"zh": {"账目", "600.00 元", "待核对", "2100000.00 元", "按账簿尚欠各方", "运营公司 · 700.01 元", "随本授权的在办事项"},
		"en": {"Accounts, to be settled and paid", "600.00 yuan", "waits to be checked", "Owed to each party by the book", "Open cases that go with this authorisation"},
	} {
		page := admin.speaking(language).get(drillURL(id) + "?ground=breach").wants(http.StatusOK)
		for _, s := range words {
			if !strings.Contains(page.text(), s) {
				t.Errorf("%s: the drill lacks %q: %s", language, s, page.text())
			}
		}
		for _, link := range []string{"/finances/" + accounts, "/findings/" + finding, "/authorizations/" + other} {
			if !strings.Contains(page.body, `href="`+link+`"`) {
				t.Errorf("%s: the drill does not lead to %s", language, link)
			}
		}
		of := w.Case(authorization.Kind, id).(*authorization.Authorization).Rests()[0] //nolint:forcetypeassert // its own kind
		if text := page.text(); !strings.Contains(text, of) || strings.Contains(page.body, `"><span class="dc-id">`+of) {
			t.Errorf("%s: the resource is shown by its ID alone", language)
		}
		if strings.Contains(page.text(), "· 无") || strings.Contains(page.body, "· </li>") {
			t.Errorf("%s: a line ends with a lone dot", language)
		}
	}
	if w.Dump() != before {
		t.Error("a dry run changed the database")
	}
}
