package product_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/domain/review"
)

// A product is of one of the two classes, and of the one that the signed agreement gave it (27号 Art. 10(7); 65号 part 1).
func TestRequirement22ProductsCarryTheirClass(t *testing.T) {
	r := newRun("2026-04-01")
	draft := func(change func(*product.Content)) product.DraftInput {
		return product.DraftInput{Content: with(change), Authorization: rests}
	}
	r.refuse(t, "operator", "draft", draft(func(c *product.Content) { c.Class = "private" }), refusal.NotAChoice, "class")
	r.refuse(t, "operator", "draft", draft(func(c *product.Content) { c.Class = "" }), refusal.NotAChoice, "class")
	r.refuse(t, "operator", "draft", draft(func(c *product.Content) { c.Class = agreement.PublicBenefit }), refusal.OutsideAgreement, "class")
	for _, c := range []product.Content{content(), public()} {
		if got := submitted(t, c).p.Drafted.Class; got != c.Class {
			t.Errorf("%s", got)
		}
	}
}

// What lies outside the signed agreement – product, resource, term, authorisation – is refused with its path, in the draft and once more when it is put on offer.
func TestWithinTheAgreement(t *testing.T) {
	r := newRun("2026-04-01")
	for path, bad := range map[string]struct {
		change func(*product.DraftInput)
		code   refusal.Code
	}{
		"name":            {func(in *product.DraftInput) { in.Name = "别的产品" }, refusal.NotInAgreement},
		"resources[1]":    {func(in *product.DraftInput) { in.Resources = []string{"res-1", "res-9"} }, refusal.OutsideAgreement},
		"authorization":   {func(in *product.DraftInput) { in.Authorization = "aut-9" }, refusal.UnknownReference},
		"form":            {func(in *product.DraftInput) { in.Form = "app" }, refusal.NotAChoice},
		"unit":            {func(in *product.DraftInput) { in.Unit = "kilos" }, refusal.NotAChoice},
		"capabilities[1]": {func(in *product.DraftInput) { in.Capabilities = []string{"甲", "甲"} }, refusal.Repeated},
		"attachments[0]":  {func(in *product.DraftInput) { in.Attachments = []string{"proof"} }, refusal.UnknownReference},
	} {
		in := product.DraftInput{Content: content(), Authorization: rests}
		bad.change(&in)
		r.refuse(t, "operator", "draft", in, bad.code, path)
	}
	in := product.DraftInput{Content: content(), Authorization: rests}
	r.refuse(t, "other", "draft", in, refusal.UnknownReference, "authorization")
	late := newRun("2029-03-05")
	late.refuse(t, "operator", "draft", in, refusal.OutsideAgreement, "authorization")
	for state, code := range map[lifecycle.State]refusal.Code{authorization.Signing: refusal.AuthorizationOver, authorization.Exiting: refusal.AuthorizationOver, authorization.Closed: refusal.AuthorizationOver} {
		r.a.State = state
		r.refuse(t, "operator", "draft", in, code, "authorization")
	}
	r.a.State, r.a.ProductsByCase = authorization.Operating, false
	r.refuse(t, "operator", "draft", in, refusal.ProductNotCase, "authorization")

	r = submitted(t, content()).reviewed(t).priced(t)
	r.a.Versions[0].Content.Resources = []string{"res-2"}
	r.refuse(t, "operator", "list", product.Nothing{}, refusal.OutsideAgreement, "resources[0]")
}

// What a product is handed in without is named, all of it.
func TestIncompleteProductIsNotReviewed(t *testing.T) {
	r := newRun("2026-04-01").do(t, "operator", "draft", product.DraftInput{Content: product.Content{Name: "客流分析", Form: agreement.Report, Class: agreement.Industry, Unit: agreement.PerCall}, Authorization: rests})
	for _, path := range []string{"scenario", "standard", "resources", "capabilities"} {
		r.refuse(t, "operator", "submit", product.Nothing{}, refusal.Required, path)
	}
}

// An older profile has no rules of products.
func TestOlderProfileHasNoProducts(t *testing.T) {
	r := newRun("2026-04-01")
	older := *r.env.Policy
	older.Product = nil
	r.env.Policy = &older
	r.refuse(t, "operator", "draft", product.DraftInput{Content: content(), Authorization: rests}, refusal.PolicyUnknown)
}

// One person acts once over all review steps, and the trial's result is one of them; nobody of the operator acts in any.
func TestReviewsAreSeparate(t *testing.T) {
	r := submitted(t, model())
	if got := len(r.p.Tasks); got != 3 {
		t.Fatalf("%d reviews run beside each other, want security, compliance and – of a model – experts", got)
	}
	r.refuse(t, "both", "claim", lifecycle.TaskInput{Task: r.open("product-security").ID}, refusal.OwnOrganization)
	r.reviewed(t).do(t, "operator", "start-trial", r.input("start-trial", "operator"))
	people["reviews and handles"] = people["security"]
	defer delete(people, "reviews and handles")
	both := people["security"]
	both.Grants = slices.Concat(both.Grants, people["officer"].Grants)
	people["reviews and handles"] = both
	r.refuse(t, "reviews and handles", "conclude-trial", r.input("conclude-trial", ""), refusal.ActedBefore)
	r.do(t, "officer", "conclude-trial", r.input("conclude-trial", ""))
}

// Admission by trial: start, end and result; nothing passes before its end; what fails goes back and is reviewed again.
func TestTrial(t *testing.T) {
	r := submitted(t, model()).reviewed(t).want(t, product.ToBeTried)
	begin := func(until string) product.TrialInput {
		return product.TrialInput{Until: until, Arrangement: "两家用户试用"}
	}
	r.refuse(t, "operator", "start-trial", begin("2026-04-01"), refusal.DatePast, "until")
	r.refuse(t, "operator", "start-trial", begin("2026-07-15"), refusal.ProductTrialLong, "until")
	r.refuse(t, "operator", "start-trial", begin("someday"), refusal.NotADate, "until")
	r.a.State = authorization.Suspended
	r.refuse(t, "operator", "start-trial", begin("2026-04-20"), refusal.ProductHeld)
	r.a.State = authorization.Operating
	r.do(t, "operator", "start-trial", begin("2026-04-20")).want(t, product.OnTrial)
	pass := product.ResultInput{Result: product.TrialPassed, Text: "稳定", Evidence: []string{"proof"}}
	r.refuse(t, "officer", "conclude-trial", pass, refusal.ProductTrialEarly, "result")
	for r.p.Deadline("product-trial-result") == nil {
		r.tick(t)
	}
	failed := r.copy().do(t, "officer", "conclude-trial", product.ResultInput{Result: product.TrialFailed, Text: "误差大"}).want(t, product.ReviewReturned)
	failed.do(t, "operator", "resubmit", product.Nothing{}).reviewed(t).want(t, product.ToBeTried)
	r.do(t, "officer", "conclude-trial", pass).want(t, product.ToBePriced).priced(t).listed(t)
	if trial := r.p.Offer().Trial; trial == nil || trial.Result != product.TrialPassed || trial.From != day("2026-04-01") || trial.Until != day("2026-04-20") {
		t.Errorf("%+v", trial)
	}
}

// Public benefit is free; the charge of an industry product never exceeds its ceiling, whatever the steps (65号 parts 1–3).
func TestRequirement51PublicBenefitIsFreeAndNoChargeExceedsItsCeiling(t *testing.T) {
	r := submitted(t, public()).reviewed(t).want(t, product.ToBeListed)
	if !r.p.Charge().Tariff.Free() {
		t.Fatalf("%+v", r.p.Charge())
	}
	r.refuse(t, "officer", "set-ceiling", ceiling("1"), refusal.ProductFree)
	r.refuse(t, "operator", "set-charge", charge("1", "理由"), refusal.ProductFree)
	r.listed(t)
	if told := r.told(t); !told.Charge.Free() || len(told.Ceiling) > 0 {
		t.Errorf("%+v", told)
	}

	r = submitted(t, content()).reviewed(t).want(t, product.ToBePriced)
	r.refuse(t, "operator", "set-charge", charge("1", ""), refusal.ProductNoCeiling)
	r.refuse(t, "officer", "set-ceiling", ceiling("-1"), refusal.NotAPrice, "tariff[0].price")
	r.do(t, "officer", "set-ceiling", product.CeilingInput{Tariff: []product.StepInput{{UpTo: 1000, Price: "0.05"}, {Price: "0.03"}}, Reason: "按成本测算"})
	for _, bad := range [][]product.StepInput{
		{{Price: "0.06"}},
		{{Price: "0.05"}}, // more than the ceiling behind its first step
		{{UpTo: 500, Price: "0.06"}, {Price: "0.01"}},
		{{UpTo: 2000, Price: "0.05"}, {Price: "0.01"}},
	} {
		r.refuse(t, "operator", "set-charge", product.ChargeInput{Tariff: bad}, refusal.AboveCeiling, "tariff")
	}
	for _, bad := range [][]product.StepInput{{{UpTo: 500, Price: "0.01"}}, {{UpTo: 500, Price: "0.01"}, {UpTo: 400, Price: "0.01"}, {Price: "0"}}, {{Price: "0"}, {Price: "0"}}} {
		r.refuse(t, "operator", "set-charge", product.ChargeInput{Tariff: bad}, refusal.NotATariff, "tariff")
	}
	r.refuse(t, "operator", "set-charge", product.ChargeInput{}, refusal.Required, "tariff")
	r.do(t, "operator", "set-charge", product.ChargeInput{Tariff: []product.StepInput{{UpTo: 1000, Price: "0.05"}, {Price: "0.02"}}}).want(t, product.ToBeListed).listed(t)
}

// A ceiling that is set below the charge lowers it, at once and without the operator.
func TestLoweredCeilingLowersTheCharge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := submitted(t, content()).reviewed(t)
		set := func(who, name string) {
			_ = r.try(t, command(who, name, product.ChargeInput{Tariff: drawTariff(t), Reason: "理由"}))
		}
		set("officer", "set-ceiling")
		set("operator", "set-charge")
		before := r.p.Charge()
		set("officer", "set-ceiling")
		switch after := r.p.Charge(); {
		case after == nil:
		case !after.Tariff.Within(r.p.Ceiling().Tariff):
			t.Fatalf("%v above %v", after.Tariff, r.p.Ceiling().Tariff)
		case after.Lowered == before.Tariff.Within(r.p.Ceiling().Tariff):
			t.Fatalf("lowered %v: %v under %v", after.Lowered, before.Tariff, r.p.Ceiling().Tariff)
		}
	})
}

// Until a complete year of operation exists – a calendar year – the ceiling is a trial tariff (65号 part 4).
func TestTrialTariffUntilACompleteYear(t *testing.T) {
	for on, trial := range map[string]bool{"2026-04-01": true, "2027-03-05": true, "2027-12-31": true, "2028-01-04": false} {
		r := submitted(t, content()).reviewed(t)
		r.env.Now = at(on)
		r.do(t, "officer", "set-ceiling", ceiling("2"))
		if got := r.p.Ceiling().Trial; got != trial || r.told(t).Trial != trial {
			t.Errorf("%s: trial %v", on, got)
		}
	}
}

// Discounts have a name, a reason and a rate; what somebody pays is the tariff less that, to the fen.
func TestDiscounts(t *testing.T) {
	r := onOffer(t)
	in := product.ChargeInput{Tariff: flat("1.5"), Reason: "成本变化", Discounts: []product.DiscountInput{{Name: "省级重点场景", Reason: "省规定", Rate: "12.5"}}}
	for path, change := range map[string]func(*product.ChargeInput){
		"discounts[0].rate":   func(in *product.ChargeInput) { in.Discounts[0].Rate = "101" },
		"discounts[0].name":   func(in *product.ChargeInput) { in.Discounts[0].Name = " " },
		"discounts[0].reason": func(in *product.ChargeInput) { in.Discounts[0].Reason = "" },
		"reason":              func(in *product.ChargeInput) { in.Reason = "" },
	} {
		bad := in
		bad.Discounts = slices.Clone(in.Discounts)
		change(&bad)
		code := refusal.Required
		if path == "discounts[0].rate" {
			code = refusal.NotADiscount
		}
		r.refuse(t, "operator", "set-charge", bad, code, path)
	}
	r.do(t, "operator", "set-charge", in)
	r.refuse(t, "operator", "set-charge", in, refusal.ProductChargeSame)
	c := r.p.Charge()
	if full, less := must(c.Offered(3, nil)), must(c.Offered(3, &c.Discounts[0])); full.String() != "4.50" || less.String() != "3.94" { // 3 × 1.3125
		t.Errorf("%s %s", full, less)
	}
	if told := r.told(t); len(told.Discounts) != 1 || told.Discounts[0].Rate.String() != "12.5" {
		t.Errorf("%+v", told)
	}
	if again := r.p.ChargeAsSet(); again.Tariff[0].Price != "1.5" || again.Discounts[0].Rate != "12.5" {
		t.Errorf("%+v", again)
	}
}

// A change of content is a new version that is reviewed while the listed one stays on offer; a change of charge is not reviewed.
func TestChangeOfContent(t *testing.T) {
	r := onOffer(t)
	r.do(t, "operator", "propose-change", product.ReasonInput{Reason: "扩展场景"})
	r.refuse(t, "operator", "submit", product.Nothing{}, refusal.ProductSame)
	for path, change := range map[string]func(*product.Content){
		"name": func(c *product.Content) { c.Name = "客流预测" }, "unit": func(c *product.Content) { c.Unit = agreement.PerTime },
		"class": func(c *product.Content) { c.Class = agreement.PublicBenefit },
	} {
		r.refuse(t, "operator", "edit", with(change), refusal.FixedWhileListed, path)
	}
	changed := with(func(c *product.Content) { c.Scenario, c.Resources = "选址与排班", []string{"res-1", "res-2"} })
	r.do(t, "operator", "edit", changed).do(t, "operator", "submit", product.Nothing{}).want(t, product.Reviewing)
	r.do(t, "operator", "set-charge", charge("1.2", "成本变化")).want(t, product.Reviewing)
	if told := r.told(t); !told.Listed || told.Version != 1 || told.Scenario != "商业选址" || told.Charge[0].Price.String() != "1.2" {
		t.Errorf("%+v", told)
	}
	dropped := r.copy().review(t, "product-security", review.Reject).review(t, "product-compliance", review.Approve).want(t, product.Listed)
	if len(dropped.p.Failures) != 1 || !dropped.p.Listed || dropped.p.Drafted.Scenario != "商业选址" || dropped.told(t).Version != 1 {
		t.Errorf("%+v", dropped.p)
	}
	r.reviewed(t).want(t, product.ToBeListed).listed(t)
	if told := r.told(t); told.Version != 2 || told.Scenario != "选址与排班" || len(r.p.Versions) != 2 || r.p.Offer().Reason != "扩展场景" {
		t.Errorf("%+v", told)
	}
}

// While its authorisation is suspended, in exit, cut off from the data, or a resource's grade stops it, nothing is put on offer.
func TestListingWaitsForTheAuthorisation(t *testing.T) {
	r := submitted(t, content()).reviewed(t).priced(t)
	for name, hold := range map[string]func(*run){
		"not begun": func(r *run) { r.a.State = authorization.Filed },
		"suspended": func(r *run) { r.a.State = authorization.Suspended },
		"exiting":   func(r *run) { r.a.State = authorization.Exiting },
		"no access": func(r *run) { r.a.Access = authorization.AccessSuspended },
		"told so": func(r *run) {
			r.do(t, "system", authorization.FollowAuthorization, authorization.StandInput{Standing: authorization.StandsExiting})
		},
	} {
		held := r.copy()
		hold(held)
		t.Log(name)
		held.refuse(t, "operator", "list", product.Nothing{}, refusal.ProductHeld)
	}
	stop := []regrading.Flag{{Recorded: regrading.Recorded{Input: regrading.Input{Resource: "res-1", Grade: grading.Important}, Stops: []policy.Stop{policy.StopListing}}}}
	held := r.copy()
	held.a.Regraded = stop
	held.refuse(t, "operator", "list", product.Nothing{}, refusal.StoppedByGrade)
	held.a.Regraded[0].Resource = "res-2" // which it does not use
	held.listed(t)

	taken := r.copy()
	taken.a.Products = []authorization.Product{{Name: "客流分析", Listed: true, Of: &authorization.ProductState{Case: "prd-9"}}}
	taken.refuse(t, "operator", "list", product.Nothing{}, refusal.ProductElsewhere)
}

// Suspension marks what is on offer and resumption takes the mark away; the end of the authorisation takes it off, and lets what is under way lapse.
func TestFollowsItsAuthorisation(t *testing.T) {
	r := onOffer(t)
	follow := func(s authorization.Stand) {
		r.do(t, "system", authorization.FollowAuthorization, authorization.StandInput{Standing: s})
	}
	follow(authorization.StandsSuspended)
	if !r.p.Held() || !r.p.Listed {
		t.Fatal("suspended products stay listed, marked")
	}
	follow(authorization.StandsOperating)
	if r.p.Held() {
		t.Fatal("still held")
	}
	wound := r.copy()
	wind := func(s authorization.Stand) {
		wound.do(t, "system", authorization.FollowAuthorization, authorization.StandInput{Standing: s})
	}
	wind(authorization.StandsExiting)
	wind(authorization.StandsWindingDown)
	if wound.p.Listed || !wound.p.Withheld || wound.p.Reported().Listed {
		t.Fatal("the wind-down takes it off offer")
	}
	reinstated := wound.copy()
	reinstated.do(t, "system", authorization.FollowAuthorization, authorization.StandInput{Standing: authorization.StandsOperating})
	if !reinstated.p.Listed || reinstated.p.Withheld || !reinstated.told(t).Listed {
		t.Fatal("reinstatement puts it back on offer, and its authorisation is told")
	}
	wind(authorization.StandsEnded)
	if wound.p.State != product.Delisted || wound.p.Withheld {
		t.Fatal("it ends with its authorisation")
	}
	before := len(r.effects)
	r.ended(t).want(t, product.Delisted)
	if c := r.p.Closing; c == nil || c.Side != product.ByAuthorization {
		t.Errorf("%+v", c)
	}
	for _, e := range r.effects[before:] {
		if e.Send != nil {
			t.Errorf("the authorisation is told what it said: %s", e.Send.Data)
		}
	}
	submitted(t, content()).ended(t).want(t, product.Lapsed)
}

// The operator and the agency can take a product off offer, each with a reason; the authorisation is told.
func TestDelisting(t *testing.T) {
	for who, command := range map[string]string{"operator": "delist", "officer": "order-delisting", "admin": "order-delisting"} {
		r := onOffer(t)
		r.refuse(t, who, command, product.ReasonInput{Reason: " "}, refusal.Required, "reason")
		r.do(t, who, command, product.ReasonInput{Reason: "停止供应"}).want(t, product.Delisted)
		if told := r.told(t); told.Listed || !told.Over || told.Version != 1 {
			t.Errorf("%s: %+v", who, told)
		}
	}
}

// What is charged is a tariff; a plain price is one step.
func TestPlainPriceIsOneStep(t *testing.T) {
	if p, ok := onOffer(t).told(t).Charge.Plain(); !ok || p != must(pricing.ParsePrice("1")) {
		t.Errorf("%v", p)
	}
}
