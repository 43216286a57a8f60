package plan_test

import (
	"slices"
	"strings"
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/policies"
)

// TestRequirement21TwelveItems leaves out each part of each item, and each is asked for.
func TestRequirement21TwelveItems(t *testing.T) {
	type C = plan.Content
	for path, c := range map[string]struct {
		change func(*C)
		code   refusal.Code
	}{
		"necessity":                {func(c *C) { c.Necessity = " " }, refusal.Required},
		"feasibility.service":      {func(c *C) { c.Feasibility.Service = "" }, refusal.Required},
		"feasibility.demand":       {func(c *C) { c.Feasibility.Demand = "" }, refusal.Required},
		"feasibility.market":       {func(c *C) { c.Feasibility.Market = "" }, refusal.Required},
		"feasibility.effect":       {func(c *C) { c.Feasibility.Effect = "" }, refusal.Required},
		"feasibility.risk":         {func(c *C) { c.Feasibility.Risk = "" }, refusal.Required},
		"conditions":               {func(c *C) { c.Conditions = c.Conditions[1:] }, refusal.PlanCapability},
		"method":                   {func(c *C) { c.Method = "" }, refusal.Required},
		"mode":                     {func(c *C) { c.Mode = "" }, refusal.Required},
		"extent":                   {func(c *C) { c.Extent = "" }, refusal.Required},
		"resources":                {func(c *C) { c.Resources = nil }, refusal.Required},
		"resources[0].frequency":   {func(c *C) { c.Resources[0].Frequency = "" }, refusal.Required},
		"resources[0].quality":     {func(c *C) { c.Resources[0].Quality = "" }, refusal.Required},
		"term_months":              {func(c *C) { c.TermMonths = 0 }, refusal.Required},
		"undertaking.construction": {func(c *C) { c.Undertaking.Construction = "" }, refusal.Required},
		"undertaking.support":      {func(c *C) { c.Undertaking.Support = "" }, refusal.Required},
		"undertaking.schedule":     {func(c *C) { c.Undertaking.Schedule = "" }, refusal.Required},
		"undertaking.evaluation":   {func(c *C) { c.Undertaking.Evaluation = "" }, refusal.Required},
		"undertaking.exit":         {func(c *C) { c.Undertaking.Exit = "" }, refusal.Required},
		"undertaking.assets":       {func(c *C) { c.Undertaking.Assets = "" }, refusal.Required},
		"products":                 {func(c *C) { c.Products = nil }, refusal.Required},
		"accounting.costs":         {func(c *C) { c.Accounting.Costs = "" }, refusal.Required},
		"accounting.income":        {func(c *C) { c.Accounting.Income = "" }, refusal.Required},
		"accounting.sharing":       {func(c *C) { c.Accounting.Sharing = "" }, refusal.Required},
		"protection.security":      {func(c *C) { c.Protection.Security = "" }, refusal.Required},
		"protection.personal":      {func(c *C) { c.Protection.Personal = "" }, refusal.Required},
		"protection.emergency":     {func(c *C) { c.Protection.Emergency = "" }, refusal.Required},
		"rights.agency":            {func(c *C) { c.Rights.Agency = "" }, refusal.Required},
		"rights.operator":          {func(c *C) { c.Rights.Operator = "" }, refusal.Required},
		"oversight.supervision":    {func(c *C) { c.Oversight.Supervision = "" }, refusal.Required},
		"oversight.assessment":     {func(c *C) { c.Oversight.Assessment = "" }, refusal.Required},
		"other":                    {func(c *C) { c.Other = "" }, refusal.Required},
		"pre_review":               {func(c *C) { c.PreReview = "" }, refusal.Required},
		"exclusive.reason":         {func(c *C) { c.Exclusive.Terms = "独家" }, refusal.Required},
		"comment_reason":           {func(c *C) { c.CommentDays = 7 }, refusal.PlanCommentShorter},
	} {
		r := newRun("2026-01-05")
		changed := content()
		changed.Resources, changed.Conditions = slices.Clone(changed.Resources), slices.Clone(changed.Conditions)
		c.change(&changed)
		r.do(t, "planner", "draft", plan.DraftInput{Content: changed}) // a draft may lack it
		r.refuse(t, "planner", "submit", plan.Nothing{}, c.code, path)
	}
	items := policies.National().Plan.Items
	if len(items) != 12 || items[1].Key != "necessity" || items[5].Key != "undertaking" {
		t.Errorf("%v", items)
	}
}

func TestRequirement21Modes(t *testing.T) {
	for _, mode := range []string{"whole", "field", "scenario"} {
		newRun("2026-01-05").do(t, "planner", "draft", plan.DraftInput{Content: with(func(c *plan.Content) { c.Mode = mode })})
	}
	newRun("2026-01-05").refuse(t, "planner", "draft", plan.DraftInput{Content: with(func(c *plan.Content) { c.Mode = "other" })}, refusal.NotAChoice, "mode")
	r := submitted(t, "2026-01-05", with(func(c *plan.Content) { c.Mode, c.Extent = "whole", "" }))
	r.want(t, plan.Reviewing)
}

func TestRequirement22ClassesOfProducts(t *testing.T) {
	for _, class := range []agreement.Class{"", "mixed"} {
		bad := with(func(c *plan.Content) { c.Products = []plan.Product{{Name: "某产品", Class: class, Form: "API"}} })
		newRun("2026-01-05").refuse(t, "planner", "draft", plan.DraftInput{Content: bad}, refusal.NotAChoice, "products[0].class")
	}
}

// TestDraftsAreChecked: what is there must be right.
func TestDraftsAreChecked(t *testing.T) {
	type C = plan.Content
	for name, c := range map[string]struct {
		change func(*C)
		path   string
		code   refusal.Code
	}{
		"no name":                {func(c *C) { c.Name = "" }, "name", refusal.Required},
		"too long":               {func(c *C) { c.Oversight.Assessment = strings.Repeat("字", 4001) }, "oversight.assessment", refusal.TooLong},
		"odd capability":         {func(c *C) { c.Conditions[0].Capability = "luck" }, "conditions[0].capability", refusal.NotAChoice},
		"condition twice":        {func(c *C) { c.Conditions[1].Title = c.Conditions[0].Title }, "conditions[1].title", refusal.Repeated},
		"no expression":          {func(c *C) { c.Conditions[0].Expression = "capital >" }, "conditions[0].expression", refusal.PlanExpression},
		"unknown fact":           {func(c *C) { c.Conditions[0].Expression = "shoe_size > 40" }, "conditions[0].expression", refusal.PlanExpression},
		"no truth":               {func(c *C) { c.Conditions[0].Expression = "capital + 1" }, "conditions[0].expression", refusal.PlanExpression},
		"fails on an applicant":  {func(c *C) { c.Conditions[0].Expression = "1 / capital > 0" }, "conditions[0].expression", refusal.PlanExpression},
		"odd method":             {func(c *C) { c.Method = "direct-award" }, "method", refusal.NotAChoice},
		"unknown resource":       {func(c *C) { c.Resources[0].ID = "none" }, "resources[0].id", refusal.UnknownReference},
		"resource twice":         {func(c *C) { c.Resources = append(c.Resources, c.Resources[0]) }, "resources[1].id", refusal.Repeated},
		"term too long":          {func(c *C) { c.TermMonths = 61 }, "term_months", refusal.TermTooLong},
		"term negative":          {func(c *C) { c.TermMonths = -1 }, "term_months", refusal.NotNegative},
		"product twice":          {func(c *C) { c.Products[1].Name = c.Products[0].Name }, "products[1].name", refusal.Repeated},
		"shares do not add up":   {func(c *C) { c.Accounting.Shares[0].BasisPoints = 1 }, "accounting.shares", refusal.PlanShares},
		"negative share":         {func(c *C) { c.Accounting.Shares[0].BasisPoints = -1 }, "accounting.shares[0].basis_points", refusal.NotNegative},
		"another's file":         {func(c *C) { c.Attachments = []string{"other"} }, "attachments[0]", refusal.UnknownReference},
		"an assessment of sorts": {func(c *C) { c.Association = &grading.Association{} }, "association.pairs", refusal.HarmRequired},
		"comment without end":    {func(c *C) { c.CommentDays = 366 }, "comment_days", refusal.TooMany},
	} {
		changed := content()
		changed.Resources, changed.Conditions, changed.Products = slices.Clone(changed.Resources), slices.Clone(changed.Conditions), slices.Clone(changed.Products)
		changed.Accounting.Shares = slices.Clone(changed.Accounting.Shares)
		c.change(&changed)
		t.Run(name, func(t *testing.T) {
			newRun("2026-01-05").refuse(t, "planner", "draft", plan.DraftInput{Content: changed}, c.code, c.path)
		})
	}
	longer := with(func(c *plan.Content) { c.TermMonths, c.TermReason = 72, "基础设施投入大" })
	newRun("2026-01-05").do(t, "planner", "draft", plan.DraftInput{Content: longer})
}

// TestRequirement18CoreDataStaysOut, and important data comes with its assessment.
func TestRequirement18CoreDataStaysOut(t *testing.T) {
	r := newRun("2026-01-05")
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.Core)
	r.refuse(t, "planner", "draft", plan.DraftInput{Content: content()}, refusal.ResourceCore, "resources[0].id")

	r = newRun("2026-01-05")
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.Important)
	r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.ResourceUnassessed, "resources[0].id")
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.Important, func(in *grading.Input) { in.Papers = []grading.Paper{grading.RiskAssessment} })
	r.do(t, "planner", "submit", plan.Nothing{})

	r = newRun("2026-01-05")
	delete(r.env.Facts.Gradings, "res-1")
	r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.ResourceUngraded, "resources[0].id")
}

func TestRequirement19SharedDataNeedsConsent(t *testing.T) {
	r := newRun("2026-01-05")
	shared := func(in *grading.Input) { in.Shared = true }
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.General, shared)
	r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.ResourceConsent, "resources[0].id")
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.General, shared, func(in *grading.Input) { in.Papers = []grading.Paper{grading.ProviderConsent} })
	r.do(t, "planner", "submit", plan.Nothing{})
}

func TestRequirement20PersonalData(t *testing.T) {
	r := newRun("2026-01-05")
	personal := func(in *grading.Input) { in.Personal = true }
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.General, personal)
	r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.ResourceImpact, "resources[0].id")
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.ResourceBasis, "resources[0].id")
	r.env.Facts.Gradings["res-1"] = graded("res-1", grading.General, personal, func(in *grading.Input) {
		in.Basis, in.Papers = grading.Consent, []grading.Paper{grading.ImpactAssessment}
	})
	r.do(t, "planner", "submit", plan.Nothing{})
}

// TestAssociationOfResources: several resources are graded together, and what they bring about counts.
func TestAssociationOfResources(t *testing.T) {
	two := func(pairs ...grading.Pair) plan.Content {
		return with(func(c *plan.Content) {
			c.Resources = append(slices.Clone(c.Resources), plan.Resource{ID: "res-2", Frequency: "每月", Quality: "完整"})
			if pairs != nil {
				c.Association = &grading.Association{Pairs: pairs}
			}
		})
	}
	pair := func(d grading.Degree) grading.Pair {
		return grading.Pair{Object: grading.PublicInterest, Degree: d, Reason: "汇聚后可推断"}
	}
	for name, c := range map[string]struct {
		content plan.Content
		code    refusal.Code
	}{
		"not assessed":              {two(), refusal.AssociationUnassessed},
		"core together":             {two(pair(grading.EspeciallySerious)), refusal.AssociationCore},
		"important, without report": {two(pair(grading.Serious)), refusal.AssociationUnaccounted},
	} {
		r := newRun("2026-01-05")
		r.do(t, "planner", "draft", plan.DraftInput{Content: c.content})
		if no := r.try(t, command("planner", "submit", plan.Nothing{})); no == nil || !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == "association" && f.Code == c.code.Name }) {
			t.Errorf("%s: %v", name, no)
		}
	}
	reported := two(pair(grading.Serious))
	reported.RiskReport = []string{"file"}
	submitted(t, "2026-01-05", reported)
	submitted(t, "2026-01-05", two(pair(grading.Ordinary)))
}

// TestRequirement23RightBody: nothing but a passed decision of a government makes a plan effective, and never the agency's own meeting.
func TestRequirement23RightBody(t *testing.T) {
	r := submitted(t, "2026-01-05", content()).reviewed(t)
	p := r.p.Pending
	if p.BodyKind != identity.Government || p.NotBody != agency || p.MayBeDecidedBy(agency, identity.Agency) || p.MayBeDecidedBy(agency, identity.Government) {
		t.Errorf("%+v", p)
	}
	own := r.resolved(resolution.ToAgree, "ffff")
	own.Body, own.BodyKind = agency, identity.Agency
	r.refuse(t, "system", "record-resolution", own, refusal.ResolutionOtherBody)
	own.BodyKind = identity.Government
	r.refuse(t, "system", "record-resolution", own, refusal.ResolutionOtherBody)
	other := r.resolved(resolution.ToAgree, "ffff")
	other.Decision = resolution.MajorDecision
	r.refuse(t, "system", "record-resolution", other, refusal.ResolutionOtherContent)
	if r.p.InForce() != nil {
		t.Fatal("in force without a decision")
	}
	r.resolve(t, resolution.ToAgree, "faaa")
	r.want(t, plan.Refused)
	if r.p.InForce() != nil || r.p.Outcome != plan.WasRefused {
		t.Errorf("%+v", r.p)
	}

	r = submitted(t, "2026-01-05", content()).reviewed(t).resolve(t, resolution.ToAgree, "ffff")
	r.want(t, plan.ToBeFiled)
	v := r.p.InForce()
	if v == nil || v.No != 1 || v.Hash != content().Hash() || v.Resolution != "meeting-1.1" {
		t.Errorf("%+v", v)
	}
	if national := policies.National().Decisions; national.Major.BodyKind == "" || r.p.Pending != nil {
		t.Error("it still waits")
	}
}

// TestDecisionOutcomes: 修改 comes back amended, 暂缓 stays as it is.
func TestDecisionOutcomes(t *testing.T) {
	r := submitted(t, "2026-01-05", content()).reviewed(t)
	hash := r.p.Pending.ContentHash
	r.resolve(t, resolution.ToDefer, "ffff")
	r.want(t, plan.AwaitingDecision)
	if r.p.Pending.ContentHash != hash {
		t.Error("another content waits")
	}
	r.resolve(t, resolution.ToAmend, "ffff")
	r.want(t, plan.Amending)
	r.do(t, "planner", "edit", with(func(c *plan.Content) { c.TermMonths = 24 }))
	r.do(t, "planner", "resubmit", plan.Nothing{})
	if r.p.Comment.Over || r.p.Round != 2 {
		t.Error("the public is not heard on what changed in substance")
	}
	r.reviewed(t)
	if r.p.Pending.ContentHash == hash {
		t.Error("the same content waits")
	}
	r.resolve(t, resolution.ToAgree, "ffff")
	if r.p.InForce().Content.TermMonths != 24 {
		t.Error("what was amended is not in force")
	}
}

// TestRequirement24MajorChangesForkAndRerun the same route; minor ones need a reason alone.
func TestRequirement24MajorChangesForkAndRerun(t *testing.T) {
	r := inForce(t, "2026-01-05", content())
	wider := with(func(c *plan.Content) {
		c.Products = append(slices.Clone(c.Products), plan.Product{Name: "换乘推荐", Class: agreement.Industry, Form: "API"})
	})
	r.refuse(t, "planner", "amend", plan.AmendInput{Content: wider, Reason: "补充"}, refusal.PlanMajor)
	r.refuse(t, "planner", "amend", plan.AmendInput{Content: content(), Reason: "补充"}, refusal.PlanSame)
	detail := with(func(c *plan.Content) { c.Oversight.Supervision = "每月检查" })
	r.refuse(t, "planner", "amend", plan.AmendInput{Content: detail}, refusal.Required, "reason")
	r.do(t, "planner", "amend", plan.AmendInput{Content: detail, Reason: "细化监督"})
	if v := r.p.InForce(); v.No != 2 || !v.Minor || v.Reason != "细化监督" || v.Filing == nil || r.p.Open == nil {
		t.Errorf("%+v", v)
	}

	r.do(t, "planner", "propose-change", plan.ReasonInput{Reason: "新需求"})
	r.want(t, plan.Revising)
	r.refuse(t, "planner", "submit", plan.Nothing{}, refusal.PlanSame)
	r.do(t, "planner", "edit", wider)
	r.do(t, "planner", "submit", plan.Nothing{})
	if v := r.p.InForce(); v.No != 2 || !r.p.Taking() {
		t.Error("the version in force does not stay while a change is on its way")
	}
	r.reviewed(t)
	if !r.p.Taking() {
		t.Error("it takes no applications meanwhile")
	}
	r.resolve(t, resolution.ToAgree, "ffff").published(t)
	if v := r.p.InForce(); v.No != 3 || v.Minor || v.Reason != "新需求" || v.Resolution != "meeting-2.1" || r.p.Version(1).Hash != content().Hash() || r.p.Change != nil {
		t.Errorf("%+v", v)
	}
}

// TestFailedChange: what comes to nothing leaves the plan as it was.
func TestFailedChange(t *testing.T) {
	for name, fail := range map[string]func(r *run){
		plan.WasRefused:   func(r *run) { r.reviewed(t).resolve(t, resolution.ToAgree, "aaaa") },
		plan.WasWithdrawn: func(r *run) { r.do(t, "planner", "withdraw", plan.ReasonInput{Reason: "不需要"}) },
		plan.WasRejected: func(r *run) {
			for _, review := range []string{"feasibility", "supplier", "experts"} {
				r.review(t, review, "approve")
			}
			r.heard(t)
			r.review(t, "participation", "approve")
			r.review(t, "risk", "reject")
		},
	} {
		r := inForce(t, "2026-01-05", content())
		r.do(t, "planner", "propose-change", plan.ReasonInput{Reason: "新需求"})
		r.do(t, "planner", "edit", with(func(c *plan.Content) { c.TermMonths = 12 }))
		r.do(t, "planner", "submit", plan.Nothing{})
		fail(r)
		r.want(t, plan.Published)
		if r.p.InForce().No != 1 || r.p.Drafted.TermMonths != 36 || r.p.Change != nil || len(r.p.Failures) != 1 || r.p.Failures[0].Outcome != name || !r.p.Taking() {
			t.Errorf("%s: %+v", name, r.p)
		}
		if slices.ContainsFunc(r.p.Deadlines, lifecycle.Deadline.Running) {
			t.Errorf("%s: a limit still runs", name)
		}
	}
}

// TestEndingGoesTheOriginalWay (713号令 Art. 37).
func TestEndingGoesTheOriginalWay(t *testing.T) {
	r := inForce(t, "2026-01-05", content())
	r.do(t, "planner", "propose-end", plan.ReasonInput{Reason: "上位规定调整"})
	r.refuse(t, "planner", "edit", content(), refusal.NotInState)
	delete(r.env.Facts.Gradings, "res-1") // what is to end needs no papers
	r.do(t, "planner", "submit", plan.Nothing{})
	r.reviewed(t).resolve(t, resolution.ToAgree, "ffff")
	r.want(t, plan.Ended)
	if r.p.InForce() != nil || r.p.Taking() || r.p.Outcome != plan.WasCancelled {
		t.Errorf("%+v", r.p)
	}
	if e, public := r.p.Entry(); !public || !e.Ended || e.Opening != nil {
		t.Errorf("%+v", e)
	}
}

func TestRequirement25FilingHasDateAndReceipt(t *testing.T) {
	r := submitted(t, "2026-01-05", content()).reviewed(t).resolve(t, resolution.ToAgree, "ffff")
	today := calendar.DateOf(r.env.Now)
	good := plan.FilingInput{On: today.String(), With: "省数据局", Receipt: "回执1", Evidence: []string{"file"}}
	for path, change := range map[string]func(*plan.FilingInput){
		"on": func(in *plan.FilingInput) { in.On = today.AddDays(1).String() }, "with": func(in *plan.FilingInput) { in.With = "" },
		"receipt": func(in *plan.FilingInput) { in.Receipt = " " }, "evidence[0]": func(in *plan.FilingInput) { in.Evidence = []string{"other"} },
	} {
		in := good
		change(&in)
		if no := r.try(t, command("planner", "file", in)); no == nil || !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == path }) {
			t.Errorf("%s: %v", path, no)
		}
	}
	before := good
	before.On = today.AddDays(-1).String()
	r.refuse(t, "planner", "file", before, refusal.DateBeforeDecision, "on")
	r.refuse(t, "planner", "publish", plan.Nothing{}, refusal.NotInState)
	r.do(t, "planner", "file", good)
	if f := r.p.InForce().Filing; f.On != today || f.Receipt != "回执1" || f.By.Person != "planner" {
		t.Errorf("%+v", f)
	}
	r.do(t, "planner", "publish", plan.Nothing{})
	r.want(t, plan.Published)
	if got := r.told(); !slices.Contains(got, "publish plan-entry") || !slices.Contains(got, "publish plan-comment") {
		t.Errorf("%v", got)
	}
}

// TestRequirement26FairCompetition: there is no decision without a conclusion, and none on a violation.
func TestRequirement26FairCompetition(t *testing.T) {
	r := submitted(t, "2026-01-05", content())
	for _, name := range []string{"feasibility", "supplier", "experts", "risk"} {
		r.review(t, name, review.Approve)
	}
	r.heard(t)
	r.review(t, "participation", review.Approve)
	r.review(t, "legality", review.Approve)
	if r.p.Pending != nil {
		t.Fatal("it waits for decision without a fair-competition review")
	}
	task := r.claim(t, "fair-competition")
	if task.Kind != identity.Government {
		t.Errorf("the market-regulation step is for %s", task.Kind)
	}
	in := r.answer(task, review.Approve)
	in.Conclusion = ""
	r.refuse(t, "competition", "decide", in, refusal.NotAChoice, "conclusion")
	in.Conclusion = plan.Violation
	r.refuse(t, "competition", "decide", in, refusal.PlanViolation, "conclusion")
	in.Outcome = review.Return
	r.do(t, "competition", "decide", in)
	r.want(t, plan.ReviewReturned)

	// A profile without the review, or with it under a condition, cannot be used.
	broken := *policies.National()
	rules := *broken.Plan
	rules.Review.Reviews = slices.DeleteFunc(slices.Clone(rules.Review.Reviews), func(r policy.Review) bool { return r.Finding == policy.CompetitionFinding })
	broken.Plan = &rules
	if !slices.ContainsFunc(policy.Check(&broken), func(p policy.Problem) bool { return p.Path == "plan.review.reviews" }) {
		t.Error("a profile without the review passes")
	}
}

// TestRequirement27Exceptions: an exception has its ground, that nothing less restrictive would do, and its end; exclusive terms need one.
func TestRequirement27Exceptions(t *testing.T) {
	r := submitted(t, "2026-01-05", with(func(c *plan.Content) {
		c.Exclusive = plan.Exclusive{Terms: "唯一运营机构", Reason: "安全可控"}
	}))
	for _, name := range []string{"feasibility", "supplier", "experts", "risk"} {
		r.review(t, name, review.Approve)
	}
	r.heard(t)
	r.review(t, "participation", review.Approve)
	in := r.answer(r.claim(t, "fair-competition"), review.Approve)
	r.refuse(t, "competition", "decide", in, refusal.PlanExclusive, "conclusion")
	in.Conclusion = plan.Exceptional
	r.refuse(t, "competition", "decide", in, refusal.NotAChoice, "ground")
	r.refuse(t, "competition", "decide", in, refusal.Required, "alternatives")
	r.refuse(t, "competition", "decide", in, refusal.Required, "until")
	in.Ground, in.Alternatives, in.Until = "public-interest", "无其他替代", "2027-12-31"
	r.do(t, "competition", "decide", in)
	r.review(t, "legality", review.Approve)
	r.want(t, plan.AwaitingDecision)
	if f := r.p.Findings[len(r.p.Findings)-1]; f.Conclusion != plan.Exceptional || f.Ground != "public-interest" || f.Until != "2027-12-31" {
		t.Errorf("%+v", r.p.Findings)
	}
}

// TestRequirement29PublicComment takes 30 calendar days, and a shorter one its reason.
func TestRequirement29PublicComment(t *testing.T) {
	r := submitted(t, "2026-01-05", content())
	if got := r.p.Deadline("plan-comment").Due.On.String(); got != "2026-02-04" || r.p.Comment.Until.String() != got {
		t.Errorf("until %s", got)
	}
	task := r.claim(t, "participation")
	r.refuse(t, "officer", "decide", r.answer(task, review.Approve), refusal.PlanCommentOpen)
	r.do(t, "citizen", "comment", plan.CommentInput{Text: "建议免费"})
	r.do(t, "operator", "comment", plan.CommentInput{Name: "某公司", Text: "建议开放接口"})
	for range 4 {
		r.do(t, "citizen", "comment", plan.CommentInput{Text: "又一条"})
	}
	r.refuse(t, "citizen", "comment", plan.CommentInput{Text: "第六条"}, refusal.PlanComments)
	r.refuse(t, "operator", "comment", plan.CommentInput{}, refusal.Required, "text")
	r.pass(t, "2026-02-05")
	r.refuse(t, "operator", "comment", plan.CommentInput{Text: "迟到"}, refusal.PlanNotCommenting)
	in := r.answer(task, review.Approve)
	in.Answers = in.Answers[1:]
	r.refuse(t, "officer", "decide", in, refusal.PlanUnanswered, "answers")
	in = r.answer(task, review.Approve)
	in.Answers[1].No = 9
	r.refuse(t, "officer", "decide", in, refusal.UnknownReference, "answers[1].no")
	r.do(t, "officer", "decide", r.answer(task, review.Approve))
	if o := r.p.Comment.Opinions[1]; o.Answer == nil || !o.Answer.Adopted || o.Name != "某公司" {
		t.Errorf("%+v", o)
	}
	if n := len(slices.DeleteFunc(r.told(), func(s string) bool { return s != "plan-opinion-answered" })); n != 2 {
		t.Errorf("%d people are told", n)
	}

	shorter := submitted(t, "2026-01-05", with(func(c *plan.Content) { c.CommentDays, c.CommentReason = 7, "应急" }))
	if got := shorter.p.Comment.Until.String(); got != "2026-01-12" {
		t.Errorf("shortened until %s", got)
	}
}

func TestRequirement31UncontrollableRisk(t *testing.T) {
	r := submitted(t, "2026-01-05", content())
	task := r.claim(t, "risk")
	in := r.answer(task, review.Approve)
	in.Risk = plan.Uncontrollable
	r.refuse(t, "security", "decide", in, refusal.PlanRisk, "risk")
	in.Risk = ""
	r.refuse(t, "security", "decide", in, refusal.NotAChoice, "risk")
}

// TestConditionsSayWhichFailed (27号 Art. 10(3), 12).
func TestConditionsSayWhichFailed(t *testing.T) {
	r := newRun("2026-01-05")
	c := content()
	ok := policy.ApplicantFacts{Capital: 1000, TechnicalStaff: 20, SecurityLevel: 3}
	var f refusal.Faults
	c.CheckApplicant(&f, ok, r.env)
	if len(f) > 0 {
		t.Fatalf("%v", f)
	}
	poor := ok
	poor.Capital, poor.Discredited = 999, true
	c.CheckApplicant(&f, poor, r.env)
	var failed []string
	for _, fault := range f {
		failed = append(failed, fault.Params["condition"])
	}
	if !slices.Equal(failed, []string{"实缴资本不少于1000万元", "未列入失信名单"}) {
		t.Errorf("%v", failed)
	}
}

func TestRequirement47NothingBeyondThePlan(t *testing.T) {
	c := content()
	inside := plan.Asked{Mode: "scenario", Resources: []string{"res-1"}, TermMonths: 36, Products: []policy.ProductFact{{Name: "客流分析", Class: "industry"}}}
	var f refusal.Faults
	if c.CheckWithin(&f, inside); len(f) > 0 {
		t.Fatalf("%v", f)
	}
	outside := plan.Asked{Mode: "whole", Resources: []string{"res-1", "res-2"}, TermMonths: 37, Products: []policy.ProductFact{{Name: "到站查询", Class: "industry"}, {Name: "别的", Class: "industry"}}}
	c.CheckWithin(&f, outside)
	var paths []string
	for _, fault := range f {
		if fault.Code != refusal.OutsidePlan.Name {
			t.Errorf("%v", fault)
		}
		paths = append(paths, fault.Path)
	}
	if !slices.Equal(paths, []string{"mode", "term_months", "resources[1]", "products[0]", "products[1]"}) {
		t.Errorf("%v", paths)
	}
}

// TestRegradingReachesThePlan: it is flagged, and what the profile says stops.
func TestRegradingReachesThePlan(t *testing.T) {
	r := inForce(t, "2026-01-05", content())
	r.do(t, "system", regrading.Command, regrading.Input{Resource: "res-1", Number: 1, Grade: grading.General})
	if len(r.p.Regraded) > 0 || !r.p.Taking() {
		t.Error("flagged without a lack")
	}
	r.do(t, "system", regrading.Command, regrading.Input{Resource: "res-1", Number: 2, Grade: grading.Important, Lacks: []string{"risk-assessment"}})
	if len(r.p.Regraded) != 1 || r.p.Taking() {
		t.Errorf("%+v", r.p.Regraded)
	}
	r.refuse(t, "planner", "open-applications", plan.OpeningInput{Notice: "x"}, refusal.StoppedByGrade)
	r.do(t, "system", regrading.Command, regrading.Input{Resource: "res-1", Number: 3, Grade: grading.Important})
	if len(r.p.Regraded) > 0 {
		t.Error("still flagged")
	}
	r.do(t, "planner", "open-applications", plan.OpeningInput{Notice: "x", Until: "2026-12-31"})
	r.pass(t, "2027-01-04")
	if r.p.Taking() {
		t.Error("open after the day announced")
	}
}

// TestMajorFieldsExist: each field that the profile calls major is one of the content's.
func TestMajorFieldsExist(t *testing.T) {
	full := content()
	full.Exclusive = plan.Exclusive{Terms: "x", Reason: "y"}
	var paths []string
	for _, change := range lifecycle.Diff(plan.Content{}, full) {
		paths = append(paths, change.Path)
	}
	for _, field := range policies.National().Plan.MajorFields {
		if !slices.ContainsFunc(paths, func(p string) bool { return p == field || strings.HasPrefix(p, field+".") }) {
			t.Errorf("%s is no field of a plan: %v", field, paths)
		}
	}
}
