package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finance"
	"datacharter/internal/town"
)

// TestRevenueOverTheAPI: accounts open by themselves, a year is stated from the use ledger, checked, settled once and paid, and given to the finance system. Three
// events of 5 calls at 1 yuan are 15 yuan; less the supplier's floor of 100, which the income does not reach, nothing is left for the others.
func TestRevenueOverTheAPI(t *testing.T) {
	w := newWorld(t)
	of := w.inOperation()
	r := w.reporting(of, ed25519Key)
	r.receipt(r.batch("b-1", r.event("e1"), r.event("e2"), r.event("e3")))
	w.Must(w.Deliver(t.Context()))
	id := authorization.FinanceID(of)
	at := base + "/finances/" + id
	if got := into[Case](t, w.get(theOfficer, at)); got.Title == w.Case(authorization.Kind, of).Head().Title || got.State != finance.Trial {
		t.Fatalf("opened: %+v", got)
	}
	supplier := town.PersonID(town.Supplier, "supply-reviewer", 1)
	for _, stranger := range []string{theRival, theReader, supplier} {
		w.get(stranger, at).wants(t, http.StatusNotFound, "not-found")
		w.get(stranger, at+"/book/csv").wants(t, http.StatusNotFound, "not-found")
	}
	year := w.finance(id).Started.Year()
	w.post(theApplicant, at+"/propose-rule", town.SharingRule(year)).wants(t, http.StatusForbidden, "not-entitled")
	unlike := town.SharingRule(year)
	delete(unlike, "supplement")
	w.post(theOfficer, at+"/propose-rule", unlike).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	w.do(theOfficer, at+"/propose-rule", town.SharingRule(year))
	w.do(theSignatory, at+"/agree-rule", object{})
	if w.get(supplier, at).status != http.StatusOK {
		t.Error("the supplier that shares does not see what is its own")
	}
	w.post(supplier, at+"/run-settlement", object{"period": fmt.Sprint(year)}).wants(t, http.StatusForbidden, "not-entitled")
	w.post(theApplicant, at+"/compile-statement", object{"period": fmt.Sprint(year)}).wants(t, http.StatusUnprocessableEntity, "invalid-input") // not over
	w.AfterYear(year, func() {
		for _, bad := range []object{{"period": "20"}, {"period": fmt.Sprint(year), "lines": []object{{"product": "别的", "billed": "1", "reason": "x"}}}, {"period": fmt.Sprint(year), "lines": []object{{"product": town.ProductName, "billed": "-1", "reason": "x"}}}, {"period": 5}} {
			if got := w.post(theApplicant, at+"/compile-statement", bad); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%v: %d %s", bad, got.status, got.body)
			}
		}
		period := object{"period": fmt.Sprint(year)}
		w.do(theApplicant, at+"/compile-statement", period)
		if s := w.finance(id).Handed[0]; s.Income != 15_00 || s.Lines[0].Volume != 15 {
			t.Errorf("stated: %+v", s)
		}
		w.post(theApplicant, at+"/check-statement", period).wants(t, http.StatusForbidden, "not-entitled")
		w.do(theOfficer, at+"/check-statement", period)
		w.do(theOfficer, at+"/run-settlement", period)
		w.post(theOfficer, at+"/approve-settlement", object{}).wants(t, http.StatusForbidden, "not-entitled")
		w.do(theAdmin, at+"/approve-settlement", object{})
		w.post(theOfficer, at+"/run-settlement", period).wants(t, http.StatusConflict, "finance-settled")
		payment := object{"party": "某市气象局", "on": w.Now().Format("2006-01-02"), "reference": "回单1号"}
		w.do(theOfficer, at+"/record-payment", payment)
		w.post(theOfficer, at+"/record-payment", payment).wants(t, http.StatusConflict, "finance-nothing-waits")
	})
	book := w.get(theOfficer, at+"/book/csv")
	if lines := strings.Count(string(book.body), "\n"); book.status != http.StatusOK || lines != 7 || !strings.Contains(string(book.body), "15.00") {
		t.Errorf("%d: %s", book.status, book.body)
	}
	if book := w.get(supplier, at+"/book/xlsx"); book.status != http.StatusOK || !strings.HasPrefix(string(book.body), "PK") {
		t.Errorf("%d", book.status)
	}
	w.get(theOfficer, at+"/book/pdf").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	w.get(theOfficer, base+"/finances/acc-none/book/csv").wants(t, http.StatusNotFound, "not-found")
}

func (w *world) finance(id string) *finance.Finance {
	w.t.Helper()
	return w.Case(finance.Kind, id).(*finance.Finance) //nolint:forcetypeassert // its own kind
}
