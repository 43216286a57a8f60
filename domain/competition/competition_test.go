package competition_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/competition"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/use"
	"datacharter/policies"
)

var operator = lifecycle.Organization{ID: "org-operator", Name: "某数据公司(虚构)", CreditCode: "91330100799655058B"}

func price(s string) *pricing.Price {
	p, err := pricing.ParsePrice(s)
	if err != nil {
		panic(err)
	}
	return &p
}

// offered is an authorisation with two products, a charge below its ceiling, and an agreement that speaks of nothing exclusive.
func offered() *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Applicant, a.Agency = "aut-1", operator.ID, "org-agency"
	a.Products = []authorization.Product{
		{Name: "flow", Class: agreement.Industry, Listed: true, Price: price("1"), Ceiling: price("3")},
		{Name: "alerts", Class: agreement.PublicBenefit, Listed: true, Price: price("0")},
	}
	a.Versions = []authorization.Version{{Content: agreement.Agreement{Platform: "the city's platform", Other: "无"}}}
	return a
}

// takes lists what so many takers have, of a volume each.
func takes(product string, volumes ...int64) []use.Taken {
	var out []use.Taken
	for i, v := range volumes {
		out = append(out, use.Taken{Taker: use.Taker{Name: fmt.Sprintf("taker %d", i)}, Product: product, Unit: use.Calls, Figures: use.Figures{Events: 60, Volume: v}})
	}
	return out
}

func showing(t *testing.T, a *authorization.Authorization, taken []use.Taken) []string {
	t.Helper()
	seen, err := competition.Look(policies.National().Supervision.Competition, competition.Facts(a, operator, taken))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range seen {
		if s.Shows {
			out = append(out, s.Code)
		}
	}
	return out
}

// Every indicator of the national profile has an example in which it shows, and one next to it in which it does not.
func TestIndicators(t *testing.T) {
	discounted := func(rate int) *authorization.Authorization {
		a := offered()
		a.Products[0].Of = &authorization.ProductState{Discounts: []pricing.Discount{{Name: "研究机构", Reason: "公益", Rate: pricing.Percent(rate)}}}
		return a
	}
	worded := func(text string) *authorization.Authorization {
		a := offered()
		a.Versions[0].Content.Other = text
		return a
	}
	charged := func(yuan string) *authorization.Authorization {
		a := offered()
		a.Products[0].Price = price(yuan)
		return a
	}
	affiliated := func(x authorization.Affiliate) *authorization.Authorization {
		a := offered()
		a.Affiliates = []authorization.Affiliates{{}, {List: []authorization.Affiliate{x}}}
		return a
	}
	byName := []use.Taken{{Taker: use.Taker{Name: "a daughter"}, Product: "flow", Figures: use.Figures{Events: 1}}}
	byCode := []use.Taken{{Taker: use.Taker{Name: "a daughter", Code: identity.FictitiousCreditCode(9).String()}, Product: "flow", Figures: use.Figures{Events: 1}}}
	own := []use.Taken{{Taker: use.Taker{Name: "any name", Code: operator.CreditCode}, Product: "flow", Unit: use.Calls, Figures: use.Figures{Events: 1, Volume: 1}}}
	refused := []use.Taken{{Taker: use.Taker{Code: operator.CreditCode}, Product: "flow", Unit: use.Calls, Figures: use.Figures{Beyond: 1, BeyondVolume: 1}}}
	tied := append(takes("flow", 1, 1, 1, 1, 1), takes("alerts", 1, 1, 1, 1, 1, 1)...)
	loose := append(takes("flow", 1, 1, 1, 1, 1), takes("alerts", 1, 1, 1, 1)...)
	for _, e := range []struct {
		name  string
		a     *authorization.Authorization
		taken []use.Taken
		want  []string
	}{
		{"nothing taken", offered(), nil, nil},
		{"taken by several alike", offered(), takes("flow", 50, 50), nil},
		{"own", offered(), own, []string{"re-development"}},
		{"by the operator's name", offered(), []use.Taken{{Taker: use.Taker{Name: operator.Name}, Product: "flow", Figures: use.Figures{Events: 1}}}, []string{"re-development"}},
		{"own, beyond the scope", offered(), refused, []string{"re-development"}},
		{"an affiliate by name", affiliated(authorization.Affiliate{Name: " a daughter"}), byName, []string{"re-development"}},
		{"an affiliate by code", affiliated(authorization.Affiliate{Name: "as it is called now", CreditCode: identity.FictitiousCreditCode(9).String()}), byCode, []string{"re-development"}},
		{"an affiliate by name alone, a taker with a code", affiliated(authorization.Affiliate{Name: "a daughter"}), byCode, []string{"re-development"}},
		{"another of the affiliate's name", affiliated(authorization.Affiliate{Name: "a daughter", CreditCode: identity.FictitiousCreditCode(8).String()}), byCode, nil},
		{"no affiliate", affiliated(authorization.Affiliate{Name: "a sister"}), byName, nil},
		{"exclusive", worded("由乙方独家经营"), nil, []string{"exclusive-dealing"}},
		{"not exclusive", worded("由乙方经营"), nil, nil},
		{"a steep discount", discounted(60), takes("flow", 50, 50), []string{"unequal-terms"}},
		{"a slight discount", discounted(10), takes("flow", 50, 50), nil},
		{"a steep discount for the only taker", discounted(60), takes("flow", 50), nil},
		{"tied", offered(), tied, []string{"tied-sales"}},
		{"one without the other", offered(), loose, nil},
		{"above the ceiling", charged("3.01"), nil, []string{"price-over-ceiling"}},
		{"at the ceiling", charged("3"), nil, nil},
		{"concentrated", offered(), takes("flow", 80, 20), []string{"concentration"}},
		{"less so", offered(), takes("flow", 79, 21), nil},
		{"concentrated, in large volumes", offered(), takes("flow", 4e18, 1e18), []string{"concentration"}},
		{"less so, in large volumes", offered(), takes("flow", 3e18, 1e18), nil},
	} {
		if got := showing(t, e.a, e.taken); !slices.Equal(got, e.want) {
			t.Errorf("%s: %v, want %v", e.name, got, e.want)
		}
	}
}

// Shares are between 0 and 100, the same whatever the order.
func TestFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var taken []use.Taken
		for range rapid.IntRange(0, 20).Draw(t, "n") {
			taken = append(taken, use.Taken{
				Taker:   use.Taker{Name: rapid.SampledFrom([]string{"a", "b", "c", operator.Name}).Draw(t, "taker")},
				Product: rapid.SampledFrom([]string{"flow", "alerts", "gone"}).Draw(t, "product"), Unit: rapid.SampledFrom(use.Units).Draw(t, "unit"),
				Figures: use.Figures{Events: rapid.Int64Range(0, 3).Draw(t, "events"), Volume: rapid.Int64Range(0, 1000).Draw(t, "volume"), Beyond: 1},
			})
		}
		f := competition.Facts(offered(), operator, taken)
		slices.Reverse(taken)
		if again := competition.Facts(offered(), operator, taken); fmt.Sprint(again) != fmt.Sprint(f) {
			t.Fatalf("%+v and %+v", f, again)
		}
		for _, p := range f.Products {
			if p.LargestShare < 0 || p.LargestShare > 100 || p.Takers > f.Takers {
				t.Fatalf("%+v of %d", p, f.Takers)
			}
		}
		for _, p := range f.Pairs {
			if p.Both > p.Takers || p.Takers == 0 {
				t.Fatalf("%+v", p)
			}
		}
		if f.OwnTakers > 1 {
			t.Fatalf("%d of the operator itself", f.OwnTakers)
		}
	})
}
