package storetest

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/use"
	"datacharter/store"
)

// platformed is a platform with its private key.
type platformed struct {
	*fixture
	id  string
	key ed25519.PrivateKey
}

func (f *fixture) platform(id, authorization string) platformed {
	f.t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	check(f.t, err)
	der, err := x509.MarshalPKIXPublicKey(public)
	check(f.t, err)
	text := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	check(f.t, f.InTx(f.t.Context(), func(tx *store.Tx) error {
		_, err := tx.AddUsePlatform(store.Request{ID: "request " + id, Fingerprint: "f"}, use.Platform{
			ID: id, Authorization: authorization, Operator: "operator", Name: "平台", Algorithm: "ed25519", Key: text,
			By: identity.By{Person: "clerk", Organization: "operator", Role: identity.Applicant},
		})
		return err
	}))
	return platformed{f, id, private}
}

// report keeps a batch as the platform signed it; beyond are the IDs of those that lie beyond the scope.
func (p platformed) report(number int64, beyond map[string]bool, events ...use.Event) use.Received {
	p.t.Helper()
	received, err := p.tryReport(fmt.Sprint("b-", number), number, beyond, events...)
	check(p.t, err)
	return received
}

func (p platformed) tryReport(id string, number int64, beyond map[string]bool, events ...use.Event) (received use.Received, err error) {
	body, err := json.Marshal(use.Batch{Platform: p.id, ID: id, Number: number, Events: events})
	check(p.t, err)
	judged, outcome := make([]use.Judged, len(events)), []use.Beyond{}
	for i, e := range events {
		judged[i].Event = e
		if beyond[e.ID] {
			judged[i].Reasons = []use.Reason{{Code: use.OtherResource, Of: "r9"}}
			outcome = append(outcome, use.Beyond{Event: e.ID, Reasons: judged[i].Reasons})
		}
	}
	raw, err := json.Marshal(outcome)
	check(p.t, err)
	err = p.InTx(p.t.Context(), func(tx *store.Tx) error {
		platform, err := tx.UsePlatform(p.id)
		if err != nil {
			return err
		}
		received, err = tx.AddUseBatch(platform, "agency", use.Received{
			ID: id, Number: number, Person: "clerk", Body: body, Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(p.key, body)),
			Outcome: string(raw), Events: int64(len(events)), Beyond: int64(len(outcome)),
		}, judged)
		return err
	})
	return received, err
}

func used(id string, at time.Time, product string, volume int64) use.Event {
	return use.Event{ID: id, Use: use.Use{
		At: at, Stage: use.ProductOperation, Resources: []string{"r1"}, Product: product, Purpose: agreement.Industry, Scenario: "农业保险",
		Taker: &use.Taker{Name: "某保险公司"}, Volume: volume, Unit: use.Calls,
	}}
}

func (f *fixture) ledgerCity() {
	f.t.Helper()
	f.city()
	f.person("clerk", "operator", "applicant")
	f.person("officer", "agency", "case-officer")
	f.person("auditor", "supervisor", "supervisor")
}

func (f *fixture) totals(per agreement.Period) []use.Total {
	f.t.Helper()
	return must[[]use.Total](f.t)(f.UseTotals(f.t.Context(), "aut", per, 100))
}

func testUseLedger(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.ledgerCity()
	p := f.platform("plt", "aut")
	first := p.report(1, map[string]bool{"e2": true}, used("e1", start, "指数", 3), used("e2", start, "指数", 5), used("e3", start.AddDate(0, 1, 0), "", 7))
	f.pass(time.Second)
	second := p.report(4, map[string]bool{"e5": true}, used("e4", start, "指数", 11), used("e5", start, "指数", 1))
	if first.Position != 1 || first.Prev != "" || second.Position != 2 || second.Prev != first.Hash || second.Hash != second.Link() {
		t.Errorf("%+v\n%+v", first, second)
	}
	platforms := must[[]use.Platform](t)(f.UsePlatforms(ctx, "aut"))
	if got := platforms[0]; len(platforms) != 1 || got.Batches != 2 || got.Last != 4 || got.Head != second.Hash || !got.ReportedAt.Equal(second.At) {
		t.Errorf("%+v", platforms)
	}
	if diff := cmp.Diff([]use.Gap{{From: 2, To: 3}}, must[[]use.Gap](t)(f.UseGaps(ctx, "plt"))); diff != "" {
		t.Error(diff)
	}
	f.pass(time.Second)
	p.report(2, nil, used("e6", start, "指数", 0))
	if diff := cmp.Diff([]use.Gap{{From: 3, To: 3}}, must[[]use.Gap](t)(f.UseGaps(ctx, "plt"))); diff != "" {
		t.Error(diff)
	}
	sum := func(per agreement.Period, period, product string) use.Sum {
		return use.Sum{Per: per, Period: period, Stage: use.ProductOperation, Product: product, Unit: use.Calls}
	}
	want := []use.Total{
		{Sum: sum("month", "2026-02", ""), Figures: use.Figures{Events: 1, Volume: 7}},
		{Sum: sum("month", "2026-01", "指数"), Figures: use.Figures{Events: 3, Volume: 14, Beyond: 2, BeyondVolume: 6}},
	}
	if diff := cmp.Diff(want, f.totals(agreement.PerMonth)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must[[]use.Total](t)(f.UseTotals(ctx, "aut", agreement.PerMonth, 1)); len(got) != 1 || got[0].Period != "2026-02" {
		t.Errorf("%+v", got)
	}
	taken := []use.Taken{
		{Taker: use.Taker{Name: "某保险公司"}, Unit: use.Calls, Figures: use.Figures{Events: 1, Volume: 7}},
		{Taker: use.Taker{Name: "某保险公司"}, Product: "指数", Unit: use.Calls, Figures: use.Figures{Events: 3, Volume: 14, Beyond: 2, BeyondVolume: 6}},
	}
	if diff := cmp.Diff(taken, must[[]use.Taken](t)(f.UseTaken(ctx, "aut", 10))); diff != "" {
		t.Errorf("what takers have (-want +got):\n%s", diff)
	}
	check(t, f.InTx(ctx, func(tx *store.Tx) error {
		day := use.Counted{Bound: agreement.Bound{Stage: "product-operation", Product: "指数", Unit: "calls", Per: "day"}, Period: "2026-01-05"}
		term := use.Counted{Bound: agreement.Bound{Stage: "product-operation", Unit: "calls", Per: "term"}, Period: "term"}
		got, err := tx.Counted("aut", []use.Counted{day, term})
		if err != nil || got[day] != 14 || got[term] != 21 {
			t.Errorf("%v %v", got, err)
		}
		before, err := tx.UsesReported("plt", []string{"e1", "e9"})
		if err != nil || !before["e1"] || before["e9"] {
			t.Errorf("%v %v", before, err)
		}
		again, known, err := tx.UseBatch("plt", "b-4")
		if err != nil || !known || again.Hash != second.Hash || string(again.Body) == "" {
			t.Errorf("%+v %v %v", again, known, err)
		}
		return nil
	}))
	for name, try := range map[string]func() error{
		"batch":  func() error { _, err := p.tryReport("b-1", 9, nil, used("e9", start, "", 1)); return err },
		"number": func() error { _, err := p.tryReport("b-9", 1, nil, used("e9", start, "", 1)); return err },
		"event": func() error {
			_, err := p.tryReport("b-9", 9, nil, used("e9", start, "", 1), used("e1", start, "", 1))
			return err
		},
	} {
		if err := try(); err == nil {
			t.Errorf("the same %s is kept twice", name)
		}
	}
	if diff := cmp.Diff(want, f.totals(agreement.PerMonth)); diff != "" {
		t.Errorf("what failed counts (-want +got):\n%s", diff)
	}
	f.useLists()
	for _, person := range []string{"officer", "auditor"} {
		notices := must[store.Page[store.NoticeView]](t)(f.ListNotices(ctx, person, store.NoticeFilter{}))
		if len(notices.Items) != 1 || notices.Items[0].Subject != "use-beyond-scope" || notices.Items[0].Case != "aut" {
			t.Errorf("%s: %+v", person, notices.Items)
		}
	}
	for _, statement := range []string{"UPDATE use_batches SET number = 7", "DELETE FROM use_batches", "UPDATE use_events SET volume = 7", "DELETE FROM use_events", "DELETE FROM use_refusals", "UPDATE use_refusals SET at = 1"} {
		if _, err := f.raw().ExecContext(ctx, statement); err == nil {
			t.Errorf("%s is possible", statement)
		}
	}
}

// useLists looks at the lists of what testUseLedger reported.
func (f *fixture) useLists() {
	ctx, t := f.t.Context(), f.t
	var seen []string
	for cursor := ""; ; {
		page := must[store.Page[store.RecordedUse]](t)(f.ListUses(ctx, store.UseFilter{Authorization: "aut", Cursor: cursor, Limit: 2}))
		for _, e := range page.Items {
			seen = append(seen, e.ID)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if !slices.Equal(seen, []string{"e3", "e6", "e5", "e4", "e2", "e1"}) {
		t.Error(seen)
	}
	beyond := must[store.Page[store.RecordedUse]](t)(f.ListUses(ctx, store.UseFilter{Authorization: "aut", Beyond: true}))
	if len(beyond.Items) != 2 || beyond.Items[0].ID != "e5" || beyond.Items[0].Reasons[0].Of != "r9" || beyond.Items[0].Taker.Name != "某保险公司" || beyond.Items[0].Resources[0] != "r1" {
		t.Errorf("%+v", beyond.Items)
	}
	var positions []int64
	for cursor := ""; ; {
		page := must[store.Page[use.Received]](t)(f.ListUseBatches(ctx, store.UseFilter{Authorization: "aut", Cursor: cursor, Limit: 1}))
		for _, b := range page.Items {
			positions = append(positions, b.Position)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if !slices.Equal(positions, []int64{3, 2, 1}) {
		t.Error(positions)
	}
	check(t, f.InTx(ctx, func(tx *store.Tx) error {
		for _, id := range []string{"q1", "q2"} {
			if _, err := tx.AddUseRefusal(store.Request{ID: id, Fingerprint: "f"}, "aut", store.RefusedUse{
				Platform: "plt", Person: "clerk", Use: used("", start, "指数", 1).Use, Reasons: []use.Reason{{Code: use.Suspended}},
			}); err != nil {
				return err
			}
		}
		r, fingerprint, known, err := tx.UseRefusalOf("q1")
		if err != nil || !known || fingerprint != "f" || r.Reasons[0].Code != use.Suspended || !r.Use.At.Equal(start) {
			t.Errorf("%+v %v %v", r, known, err)
		}
		return nil
	}))
	refused := must[store.Page[store.RefusedUse]](t)(f.ListUseRefusals(ctx, "aut", "", 1))
	next := must[store.Page[store.RefusedUse]](t)(f.ListUseRefusals(ctx, "aut", refused.Next, 1))
	if len(refused.Items) != 1 || refused.Next == "" || len(next.Items) != 1 || next.Next != "" {
		t.Errorf("%+v %+v", refused, next)
	}
}

// testUseTotals: whatever is reported, the totals are what the events come to, before and after they are made anew.
func testUseTotals(t *testing.T, d Database) {
	f := setup(t, d)
	f.ledgerCity()
	platforms := []platformed{f.platform("plt-1", "aut"), f.platform("plt-2", "aut"), f.platform("plt-3", "other")}
	numbers := map[string]int64{}
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(platforms).Draw(rt, "platform")
		beyond := map[string]bool{}
		var events []use.Event
		for range rapid.IntRange(1, 5).Draw(rt, "events") {
			n++
			e := used(fmt.Sprint("e", n), start.Add(time.Duration(rapid.IntRange(-9000, 0).Draw(rt, "hours"))*time.Hour), rapid.SampledFrom([]string{"", "指数"}).Draw(rt, "product"), rapid.Int64Range(0, use.MaxVolume).Draw(rt, "volume"))
			e.Stage = rapid.SampledFrom(use.Stages).Draw(rt, "stage")
			beyond[e.ID] = rapid.Bool().Draw(rt, "beyond")
			events = append(events, e)
		}
		numbers[p.id]++
		p.report(numbers[p.id], beyond, events...)
		if wrong := must[map[string][]use.Total](t)(f.CountUse(t.Context())); len(wrong) > 0 {
			rt.Fatalf("%+v", wrong)
		}
	})
	before := f.totals(agreement.PerDay)
	check(t, f.Rebuild(t.Context(), func(lifecycle.Kind) lifecycle.Definition { return nil }, func(int64, int64) {}))
	if diff := cmp.Diff(before, f.totals(agreement.PerDay)); diff != "" || len(before) == 0 {
		t.Errorf("(-kept +counted):\n%s", diff)
	}
	if report := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {})); len(report.Findings) > 0 || report.UseBatches == 0 {
		t.Errorf("%+v", report)
	}
}

// testUseTampering: a change behind the program's back shows.
func testUseTampering(t *testing.T, d Database) {
	for statement, want := range map[string]store.Problem{
		"UPDATE use_batches SET outcome = '[ ]' WHERE position = 2":                             store.UseBatchChanged,
		"UPDATE use_batches SET signature = prev WHERE position = 2":                            store.UseBatchUnsigned,
		"UPDATE use_batches SET prev = hash, hash = prev WHERE position = 2":                    store.UseBatchUnlinked,
		"UPDATE use_events SET volume = volume + 1 WHERE event = 'e2'":                          store.UseEventsChanged,
		"UPDATE use_events SET beyond = NOT beyond WHERE event = 'e2'":                          store.UseEventsChanged,
		"DELETE FROM use_events WHERE event = 'e2'":                                             store.UseEventsChanged,
		"UPDATE use_totals SET volume = volume + 1 WHERE per = 'day'":                           store.UseTotalsWrong,
		"DELETE FROM use_totals WHERE per = 'year'":                                             store.UseTotalsWrong,
		"DELETE FROM use_events WHERE position = 3; DELETE FROM use_batches WHERE position = 3": store.UseBatchMissing,
		"DELETE FROM use_events WHERE position = 2; DELETE FROM use_batches WHERE position = 2": store.UseBatchMissing,
	} {
		f := setup(t, d)
		f.ledgerCity()
		p := f.platform("plt", "aut")
		for n := range int64(3) {
			p.report(n+1, nil, used(fmt.Sprint("e", n+1), start, "指数", n))
		}
		if report := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {})); len(report.Findings) > 0 {
			t.Fatalf("%+v", report.Findings)
		}
		raw := f.raw()
		for _, s := range append(slices.Clone(d.untie), statement) {
			if _, err := raw.ExecContext(t.Context(), s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		found := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {})).Findings
		if !slices.ContainsFunc(found, func(f store.Finding) bool { return f.Problem == want }) {
			t.Errorf("%s: %+v", statement, found)
		}
	}
}
