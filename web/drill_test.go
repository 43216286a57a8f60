package web

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/finance"
	"datacharter/internal/town"
)

// The drill shows what the accounts would still have to settle and pay, in both languages, and the database is the same afterwards.
func TestDrillShowsAccounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	accounts := w.FinanceIn(finance.Ruled)
	id := w.Case(finance.Kind, accounts).(*finance.Finance).Authorization //nolint:forcetypeassert // its own kind
	admin := w.as(town.Administrator)
	before := w.Dump()
	for language, words := range map[string][]string{
		"zh": {"账目", "600.00 元", "待核对", "2100000.00 元", "按账簿尚欠各方", "运营公司 · 700.01 元"},
		"en": {"Accounts, to be settled and paid", "600.00 yuan", "waits to be checked", "Owed to each party by the book"},
	} {
		page := admin.speaking(language).get(drillURL(id) + "?ground=breach").wants(http.StatusOK)
		for _, s := range words {
			if !strings.Contains(page.text(), s) {
				t.Errorf("%s: the drill lacks %q: %s", language, s, page.text())
			}
		}
		for _, link := range []string{"/finances/" + accounts} {
			if !strings.Contains(page.body, `href="`+link+`"`) {
				t.Errorf("%s: the drill does not lead to %s", language, link)
			}
		}
	}
	if w.Dump() != before {
		t.Error("a dry run changed the database")
	}
}
