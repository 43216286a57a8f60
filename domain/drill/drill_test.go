package drill_test

import (
	"encoding/json"
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/drill"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/use"
	"datacharter/policies"
)

func price(t *testing.T, yuan string) pricing.Price {
	t.Helper()
	p, err := pricing.ParsePrice(yuan)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What was delivered is charged step by step at today's charge; of more customers than are listed it is said that there are more; a product case that was never on
// offer lapses; and the authorisation is what it was.
func TestWhatAnExitTouches(t *testing.T) {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.Version, a.State, a.Agency, a.Applicant = "aut-1", authorization.Kind, 9, authorization.Signing, "agency", "operator"
	steps := pricing.Tariff{{UpTo: 100, Price: price(t, "0.5")}, {Price: price(t, "0.2")}}
	a.Products = []authorization.Product{{Name: "指数", Listed: true, Of: &authorization.ProductState{Case: "prd-1", Unit: agreement.PerCall, Charge: steps}}}
	before, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	records := drill.Records{
		Takers: make([]use.Taker, drill.MaxTakers+1),
		Totals: []use.Total{
			{Sum: use.Sum{Product: "指数", Stage: use.ProductOperation, Unit: agreement.PerCall}, Figures: use.Figures{Events: 3, Volume: 150}},
			{Sum: use.Sum{Product: "指数", Stage: use.Processing, Unit: agreement.PerCall}, Figures: use.Figures{Events: 7, Volume: 999}},
		},
		Products: []lifecycle.Header{{ID: "prd-1", State: "listed"}, {ID: "prd-2", Title: "图层", State: "reviewing"}},
	}
	d, refused := drill.Run(a, "breach", identity.Actor{Person: "admin"}, records, lifecycle.Env{Policy: policies.National()})
	if refused != nil {
		t.Fatal(refused)
	}
	// 100 × 0.5 + 50 × 0.2 = 60 yuan, in fen
	if p := d.Products[0]; p.Delivery != 3 || p.Volume != 150 || p.Amount == nil || *p.Amount != 6000 || p.State != "listed" || p.Lapses {
		t.Errorf("the product on offer: %+v", p)
	}
	if p := d.Products[1]; p.Case != "prd-2" || !p.Lapses || p.Amount != nil {
		t.Errorf("the product under review: %+v", p)
	}
	if len(d.Takers) != drill.MaxTakers || !d.MoreTakers {
		t.Errorf("%d customers, more: %v", len(d.Takers), d.MoreTakers)
	}
	if len(d.Blockers) == 0 || !d.Blockers[0].Opening || d.Shortest != nil {
		t.Errorf("an authorisation that is not in operation can be left: %+v", d.Blockers)
	}
	if after, err := json.Marshal(a); err != nil || string(after) != string(before) {
		t.Errorf("the dry run changed the authorisation: %v", err)
	}
}
