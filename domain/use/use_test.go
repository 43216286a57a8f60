package use_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/use"
)

var (
	began = time.Date(2026, 3, 1, 0, 0, 0, 0, calendar.China).UTC()
	noon  = began.Add(36 * time.Hour)
	own   = identity.FictitiousCreditCode(3).String()
)

// operating is an authorisation in operation, with one product on offer and one that is not.
func operating() *authorization.Authorization {
	a := &authorization.Authorization{Access: authorization.AccessOpen, Started: &began}
	a.State = authorization.Operating
	a.Submissions = []authorization.Submission{{Content: authorization.Application{Mode: "whole", Products: []authorization.Intended{{Name: "指数", Scenario: " 农业保险 "}}}}}
	a.Versions = []authorization.Version{{Content: agreement.Agreement{
		Resources: []string{"r1", "r2"}, Term: agreement.Term{From: calendar.NewDate(2026, 3, 1), To: calendar.NewDate(2027, 2, 28)},
		Products: []agreement.Product{{Name: "指数", Class: agreement.Industry}, {Name: "预警", Class: agreement.PublicBenefit}},
		Volumes:  []agreement.Bound{{Stage: "product-operation", Product: "指数", Unit: "calls", Per: agreement.PerDay, Most: 100}},
	}}}
	a.Products = []authorization.Product{{Name: "指数", Class: agreement.Industry, Listed: true}}
	return a
}

func within() use.Use {
	return use.Use{
		At: noon, Stage: use.ProductOperation, Resources: []string{"r1"}, Product: "指数", Purpose: agreement.Industry, Scenario: "农业保险",
		Taker: &use.Taker{Name: "某保险公司"}, Volume: 10, Unit: use.Calls,
	}
}

// TestRequirement49EveryUseIsJudgedByTheScope: 27号 Art. 15 and 21: what lies beyond the authorisation is refused, with its reason and article.
func TestRequirement49EveryUseIsJudgedByTheScope(t *testing.T) {
	type A = authorization.Authorization
	for name, c := range map[string]struct {
		change func(a *A, u *use.Use)
		want   []use.Code
	}{
		"within":                 {func(*A, *use.Use) {}, nil},
		"no product, processing": {func(_ *A, u *use.Use) { u.Stage, u.Product, u.Taker = use.Processing, "", nil }, nil},
		"first moment":           {func(_ *A, u *use.Use) { u.At = began }, nil},
		"last moment":            {func(_ *A, u *use.Use) { u.At = calendar.NewDate(2027, 2, 28).End().Add(-1) }, nil},
		"before the term":        {func(_ *A, u *use.Use) { u.At = began.Add(-1) }, []use.Code{use.BeforeTerm}},
		"after the term":         {func(_ *A, u *use.Use) { u.At = calendar.NewDate(2027, 2, 28).End() }, []use.Code{use.AfterTerm}},
		"another resource":       {func(_ *A, u *use.Use) { u.Resources = []string{"r1", "r9"} }, []use.Code{use.OtherResource}},
		"another product":        {func(_ *A, u *use.Use) { u.Product = "画像" }, []use.Code{use.OtherProduct}},
		"not on offer":           {func(_ *A, u *use.Use) { u.Product, u.Purpose = "预警", agreement.PublicBenefit }, []use.Code{use.ProductNotListed}},
		"another purpose":        {func(_ *A, u *use.Use) { u.Purpose = agreement.PublicBenefit }, []use.Code{use.OtherPurpose}},
		"a purpose of no product": {func(a *A, u *use.Use) {
			a.Versions[0].Content.Products = a.Versions[0].Content.Products[:1]
			u.Stage, u.Product, u.Taker, u.Purpose = use.Using, "", nil, agreement.PublicBenefit
		}, []use.Code{use.OtherPurpose}},
		"any scenario":         {func(_ *A, u *use.Use) { u.Scenario = "别的" }, nil},
		"one of the scenarios": {func(a *A, _ *use.Use) { a.Submissions[0].Content.Mode = "scenario" }, nil},
		"another scenario":     {func(a *A, u *use.Use) { a.Submissions[0].Content.Mode, u.Scenario = "scenario", "别的" }, []use.Code{use.OtherScenario}},
		"suspended":            {func(a *A, _ *use.Use) { a.State, a.Access = authorization.Suspended, authorization.AccessSuspended }, []use.Code{use.Suspended}},
		"exiting":              {func(a *A, _ *use.Use) { a.State = authorization.Exiting }, []use.Code{use.Exiting}},
		"closed":               {func(a *A, _ *use.Use) { a.State, a.ClosedAt = authorization.Closed, &noon }, []use.Code{use.Ended}},
		"access held":          {func(a *A, _ *use.Use) { a.Access = authorization.AccessSuspended }, []use.Code{use.AccessHeld}},
		"not begun":            {func(a *A, _ *use.Use) { a.Started = nil }, []use.Code{use.NotOperating}},
		"several":              {func(_ *A, u *use.Use) { u.Resources, u.Product = []string{"r9"}, "画像" }, []use.Code{use.OtherResource, use.OtherProduct}},
		"too much at once":     {func(_ *A, u *use.Use) { u.Volume = 101 }, []use.Code{use.TooMuch}},
		"as much as agreed":    {func(_ *A, u *use.Use) { u.Volume = 100 }, nil},
		"another unit":         {func(_ *A, u *use.Use) { u.Volume, u.Unit = 1000, use.Records }, nil},
	} {
		a, u := operating(), within()
		c.change(a, &u)
		got := use.History{{Scope: use.ScopeOf(a, own)}}.Judge([]use.Use{u}, map[use.Counted]int64{})[0]
		var codes []use.Code
		for _, r := range got {
			codes = append(codes, r.Code)
			if info := r.Code.Info(); !info.Words.Complete() || !strings.Contains(info.Article, "Art.") {
				t.Errorf("%s: %s is not explained", name, r.Code)
			}
		}
		if diff := cmp.Diff(c.want, codes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestRequirement50TheOperatorIsNoTakerOfItsProduct: 27号 Art. 6: it takes no part in re-developing what it delivered.
func TestRequirement50TheOperatorIsNoTakerOfItsProduct(t *testing.T) {
	u := within()
	u.Taker.Code = own
	if got := use.ScopeOf(operating(), own).Check(u); !slices.Equal(got, []use.Reason{{Code: use.OwnProduct, Of: "指数"}}) {
		t.Errorf("%+v", got)
	}
	u.Taker.Code = identity.FictitiousCreditCode(4).String()
	if got := use.ScopeOf(operating(), own).Check(u); got != nil {
		t.Errorf("another taker: %+v", got)
	}
}

// TestBoundsAddUp: what was used before counts, in the same period alone; what lies beyond the scope does not.
func TestBoundsAddUp(t *testing.T) {
	h := use.History{{Scope: use.ScopeOf(operating(), own)}}
	of := func(volume int64, at time.Time) use.Use { u := within(); u.Volume, u.At = volume, at; return u }
	uses := []use.Use{of(60, noon), of(30, noon), of(1, noon), of(1, noon.AddDate(0, 0, 1))}
	counts := h.Counts(uses)
	if len(counts) != 2 {
		t.Fatalf("%+v", counts)
	}
	got := h.Judge(uses, map[use.Counted]int64{counts[0]: 10})
	for i, want := range []int{0, 0, 1, 0} {
		if len(got[i]) != want {
			t.Errorf("use %d: %+v", i, got[i])
		}
	}
	uses[0].Resources = []string{"r9"}
	if got := h.Judge(uses, map[use.Counted]int64{counts[0]: 10}); len(got[2]) != 0 {
		t.Error("what was refused counts")
	}
}

// TestHistory: a use is judged by what was permitted at its time.
func TestHistory(t *testing.T) {
	open, shut := operating(), operating()
	shut.State = authorization.Suspended
	h := use.History{{began, use.ScopeOf(open, own)}, {noon, use.ScopeOf(shut, own)}, {noon.Add(time.Hour), use.ScopeOf(open, own)}}
	for at, want := range map[time.Time]use.Code{
		began.Add(-1): use.NotOperating, began: "", noon.Add(-1): "", noon: use.Suspended, noon.Add(time.Hour - 1): use.Suspended, noon.Add(time.Hour): "",
	} {
		if got := h.At(at).Barred; got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
	if got := (use.History{}).At(noon).Barred; got != use.NotOperating {
		t.Error(got)
	}
}

func batch(change func(b *use.Batch)) use.Batch {
	b := use.Batch{Platform: "plt-1", ID: "b-1", Number: 1, Events: []use.Event{{ID: "e1", Use: within()}, {ID: "e2", Use: within()}}}
	b.Events[0].Resources, b.Events[1].Resources = []string{"r1"}, []string{"r1"}
	change(&b)
	return b
}

func TestWhatABatchMayHold(t *testing.T) {
	for name, c := range map[string]struct {
		change func(b *use.Batch)
		want   string
	}{
		"whole":                {func(*use.Batch) {}, ""},
		"another platform":     {func(b *use.Batch) { b.Platform = "plt-2" }, "platform other-platform"},
		"no ID":                {func(b *use.Batch) { b.ID = "" }, "batch bad-event-id"},
		"an odd ID":            {func(b *use.Batch) { b.ID = "一" }, "batch bad-event-id"},
		"number 0":             {func(b *use.Batch) { b.Number = 0 }, "number too-small"},
		"number far ahead":     {func(b *use.Batch) { b.Number = 10_008 }, "number batch-number-too-far"},
		"a gap":                {func(b *use.Batch) { b.Number = 10_007 }, ""},
		"no events":            {func(b *use.Batch) { b.Events = nil }, "events required"},
		"too many events":      {func(b *use.Batch) { b.Events = make([]use.Event, 1001) }, "events too-many"},
		"an event twice":       {func(b *use.Batch) { b.Events[1].ID = "e1" }, "events[1].id repeated"},
		"an event's odd ID":    {func(b *use.Batch) { b.Events[1].ID = "a b" }, "events[1].id bad-event-id"},
		"no time":              {func(b *use.Batch) { b.Events[1].At = time.Time{} }, "events[1].at required"},
		"the future":           {func(b *use.Batch) { b.Events[1].At = noon.Add(time.Hour + 1) }, "events[1].at time-in-future"},
		"a clock that is fast": {func(b *use.Batch) { b.Events[1].At = noon.Add(5 * time.Minute) }, ""},
		"no stage":             {func(b *use.Batch) { b.Events[1].Stage = "" }, "events[1].stage not-a-choice"},
		"no resources":         {func(b *use.Batch) { b.Events[1].Resources = nil }, "events[1].resources required"},
		"a resource twice":     {func(b *use.Batch) { b.Events[1].Resources = []string{"r", "r"} }, "events[1].resources[1] repeated"},
		"an empty resource":    {func(b *use.Batch) { b.Events[1].Resources = []string{""} }, "events[1].resources[0] required"},
		"many resources":       {func(b *use.Batch) { b.Events[1].Resources = make([]string, 21) }, "events[1].resources too-many"},
		"no purpose":           {func(b *use.Batch) { b.Events[1].Purpose = "" }, "events[1].purpose not-a-choice"},
		"no unit":              {func(b *use.Batch) { b.Events[1].Unit = "kg" }, "events[1].unit not-a-choice"},
		"negative":             {func(b *use.Batch) { b.Events[1].Volume = -1 }, "events[1].volume not-negative"},
		"too much":             {func(b *use.Batch) { b.Events[1].Volume = 1_000_000_001 }, "events[1].volume too-large"},
		"no product":           {func(b *use.Batch) { b.Events[1].Product = " " }, "events[1].product required"},
		"no taker":             {func(b *use.Batch) { b.Events[1].Taker = nil }, "events[1].taker.name required"},
		"a wrong code":         {func(b *use.Batch) { b.Events[1].Taker = &use.Taker{Name: "x", Code: "91"} }, "events[1].taker.code bad-credit-code"},
		"a long scenario":      {func(b *use.Batch) { b.Events[1].Scenario = strings.Repeat("长", 2001) }, "events[1].scenario too-long"},
	} {
		last := int64(7)
		got := batch(c.change).Check(use.Platform{ID: "plt-1", Last: last}, noon)
		var faults []string
		if got != nil {
			for _, f := range got.Fields {
				faults = append(faults, f.Path+" "+f.Code)
			}
		}
		if c.want == "" && got != nil || c.want != "" && (got == nil || got.Class() != refusal.Invalid || !slices.Equal(faults, []string{c.want})) {
			t.Errorf("%s: %v, want %q", name, faults, c.want)
		}
	}
	many := batch(func(b *use.Batch) { b.Events = make([]use.Event, 1000) }).Check(use.Platform{ID: "plt-1"}, noon)
	if many == nil || len(many.Fields) != 100 {
		t.Errorf("%d faults are listed", len(many.Fields))
	}
}

func judged(t *rapid.T) use.Judged {
	e := use.Judged{Event: use.Event{ID: "e", Use: within()}}
	e.At = noon.Add(time.Duration(rapid.Int64Range(0, 400*24).Draw(t, "hours")) * time.Hour)
	e.Stage = rapid.SampledFrom(use.Stages).Draw(t, "stage")
	e.Product = rapid.SampledFrom([]string{"", "指数", "预警"}).Draw(t, "product")
	e.Unit = rapid.SampledFrom(use.Units).Draw(t, "unit")
	e.Volume = rapid.Int64Range(0, use.MaxVolume).Draw(t, "volume")
	if rapid.Bool().Draw(t, "beyond") {
		e.Reasons = []use.Reason{{Code: use.TooMuch}}
	}
	return e
}

// TestSumsAddUp: for each length of period the sums come to all there is, and sums of parts come to the sum of the whole.
func TestSumsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(judged), 1, 40).Draw(t, "events")
		cut := rapid.IntRange(0, len(events)).Draw(t, "cut")
		var want use.Figures
		for _, e := range events {
			if len(e.Reasons) > 0 {
				want = want.Plus(use.Figures{Beyond: 1, BeyondVolume: e.Volume})
			} else {
				want = want.Plus(use.Figures{Events: 1, Volume: e.Volume})
			}
		}
		whole, parts := map[use.Sum]use.Figures{}, map[use.Sum]use.Figures{}
		per := map[agreement.Period]use.Figures{}
		sums := use.Sums(events)
		for i, s := range sums {
			whole[s.Sum] = s.Figures
			per[s.Per] = per[s.Per].Plus(s.Figures)
			if i > 0 && sums[i-1].Compare(s.Sum) >= 0 {
				t.Fatalf("%+v comes after %+v", s, sums[i-1])
			}
		}
		for _, p := range use.Periods {
			if per[p] != want {
				t.Fatalf("by %s: %+v, want %+v", p, per[p], want)
			}
		}
		for _, s := range append(use.Sums(events[:cut]), use.Sums(events[cut:])...) {
			parts[s.Sum] = parts[s.Sum].Plus(s.Figures)
		}
		if diff := cmp.Diff(whole, parts); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestLinks: a change of any part of a batch changes its hash.
func TestLinks(t *testing.T) {
	r := use.Received{Platform: "p", Position: 1, ID: "b", Number: 1, At: noon, Person: "x", Body: []byte("{}"), Signature: "s", Outcome: "[]", Prev: "00"}
	seen := map[string]string{r.Link(): "nothing"}
	for name, change := range map[string]func(r *use.Received){
		"platform": func(r *use.Received) { r.Platform = "q" }, "position": func(r *use.Received) { r.Position++ }, "ID": func(r *use.Received) { r.ID = "c" },
		"number": func(r *use.Received) { r.Number++ }, "time": func(r *use.Received) { r.At = r.At.Add(time.Microsecond) }, "person": func(r *use.Received) { r.Person = "y" },
		"body": func(r *use.Received) { r.Body = []byte("{ }") }, "signature": func(r *use.Received) { r.Signature = "t" }, "outcome": func(r *use.Received) { r.Outcome = "" },
		"prev": func(r *use.Received) { r.Prev = "" }, "shift": func(r *use.Received) { r.Prev, r.Platform = "00p", "" },
	} {
		other := r
		change(&other)
		if before, taken := seen[other.Link()]; taken {
			t.Errorf("a change of %s gives the hash of %s", name, before)
		}
		seen[other.Link()] = name
	}
}

func TestWordsAreComplete(t *testing.T) {
	for _, s := range use.Stages {
		if w := s.Words(); !w.Complete() || w.ZH == string(s) {
			t.Error(s)
		}
	}
	for _, u := range use.Units {
		if w := u.Words(); !w.Complete() || w.ZH == string(u) {
			t.Error(u)
		}
	}
	if w := use.Code("new").Info().Words; w.ZH != "new" {
		t.Errorf("%+v", w)
	}
	if got := fmt.Sprint(use.PeriodOf(time.Date(2026, 1, 31, 17, 0, 0, 0, time.UTC), agreement.PerMonth)); got != "2026-02" {
		t.Error("months are counted in China's time: " + got)
	}
}
