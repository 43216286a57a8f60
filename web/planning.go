package web

import (
	"net/url"
	"slices"
	"strings"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/plan"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
)

// planning is the act of drafting a plan: it begins with its name, and with a resource for who comes from the page of one. The rest is filled in on the case.
func (s *server) planning(v *visit) *act {
	p := s.placeOf(plan.Kind)
	row, _ := p.def.Row("draft")
	a := &act{visit: v, place: p, command: row.Command, words: row.Words, input: p.def.Input(row.Command), parts: []string{"name", "agency"}}
	if v.Query("resource") != "" {
		a.parts = append(a.parts, "resources")
	}
	return a
}

func (s *server) askPlan(v *visit) { s.ask(s.planning(v)) }

// takePlan opens the plan and leads to where it is filled in.
func (s *server) takePlan(v *visit) {
	a := s.planning(v)
	a.parts = append(a.parts, "resources") // as far as the form had them
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) + "/do/edit" })
}

// shapePlanDraft asks for what a plan begins with.
func (s *server) shapePlanDraft(a *act, suggested url.Values) error {
	a.shapes["agency"] = s.mineOf(a.visit, identity.Planner)
	if id := a.Query("resource"); id != "" {
		r, err := s.Store.GetResource(a.ctx, id)
		if err != nil {
			return err
		}
		suggested.Set("resources[0].id", r.ID)
	}
	a.shapes["resources"] = pickResources
	return nil
}

// shapePlan says of the forms on a plan what their inputs do not.
func shapePlan(a *act, p *plan.Plan, suggested url.Values) {
	fill := func(input any) {
		for name, values := range form.Values(input) {
			suggested[name] = values
		}
	}
	switch a.command {
	case "edit":
		fill(p.Drafted)
		shapeContent(a)
	case "amend":
		fill(p.InForce().Content)
		shapeContent(a)
	case "decide":
		shapeFindings(a, p, suggested)
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	case "file":
		suggested.Set("on", a.page.DayOf(a.view.Now))
	}
}

// shapeContent offers what the profile knows, and the catalogue.
func shapeContent(a *act) {
	rules := a.view.Policy.Plan
	a.shapes["mode"] = form.Shape{Kind: form.Radios, Choices: modeChoices(a.view.Policy)}
	a.shapes["method"] = form.Shape{Kind: form.Radios, Choices: sourcedChoices(rules.Methods)}
	a.shapes["conditions[].capability"] = form.Shape{Kind: form.Select, Choices: groundChoices(rules.Capabilities)}
	for _, name := range []string{"association.pairs[].object", "association.pairs[].degree"} {
		a.shapes[name] = form.Shape{Kind: form.Select}
	}
	a.shapes["resources"] = pickResources
	needPlan(a.shapes, form.Build(planType, nil, nil).Fields)
}

// pickResources lets a planner find the resources of the plan in the catalogue.
var pickResources = form.Shape{Pick: form.PickResource, Into: "id"}

// planOptional are the fields that a plan may be submitted without. All others are needed by then, though it may be saved before they are there.
var planOptional = []string{
	"extent", "association", "risk_report", "term_reason", "accounting.shares", "rights.others", "exclusive", "comment_days", "comment_reason", "attachments",
	"conditions[].expression", "products[].scenario",
}

// needPlan calls those fields needed that are.
func needPlan(shapes form.Shapes, fields []form.Field) {
	for _, f := range fields {
		name := strings.ReplaceAll(f.Name, "[0]", "[]")
		may := slices.ContainsFunc(planOptional, func(o string) bool {
			return name == o || strings.HasPrefix(name, o+".") || strings.HasPrefix(name, o+"[")
		})
		if !may && f.Optional {
			shape := shapes[name]
			shape.Needed = true
			shapes[name] = shape
		}
		if !may {
			needPlan(shapes, f.Fields)
		}
		if !may && len(f.Rows) > 0 {
			needPlan(shapes, f.Rows[0])
		}
	}
}

// advise puts hints at single controls.
func advise(fields []form.Field, hints map[string]text.Text) {
	for i := range fields {
		if h, ok := hints[fields[i].Name]; ok {
			fields[i].Hint = h
		}
		advise(fields[i].Fields, hints)
		for _, row := range fields[i].Rows {
			advise(row, hints)
		}
	}
}

// fact is one that a condition of a plan may speak of: policy.ApplicantFacts in words.
type fact struct {
	name  string
	of    text.Text // what values it has
	words text.Text
}

var (
	numbered = text.Text{ZH: "整数", EN: "whole number"}
	yesOrNo  = text.Text{ZH: "真或者假", EN: "true or false"}
)

// applicantFacts lists what conditions may speak of.
var applicantFacts = []fact{
	{"capital", numbered, text.Text{ZH: "实缴注册资本，万元", EN: "capital paid in, in 10,000 yuan"}},
	{"staff", numbered, text.Text{ZH: "从业人数", EN: "people employed"}},
	{"technical_staff", numbered, text.Text{ZH: "其中技术人员", EN: "of these, in technology"}},
	{"years", numbered, text.Text{ZH: "成立满几年", EN: "whole years since it was founded"}},
	{"security_level", numbered, text.Text{ZH: "系统等级保护级别，没有为0", EN: "level of protection of its system, 0 for none"}},
	{"projects", numbered, text.Text{ZH: "同类项目数", EN: "comparable projects done"}},
	{"certificates", text.Text{ZH: "文字列表", EN: "list of texts"}, text.Text{ZH: "持有的证书", EN: "certificates held"}},
	{"discredited", yesOrNo, text.Text{ZH: "被列入失信名单", EN: "it is on a list of those who broke faith"}},
	{"insolvent", yesOrNo, text.Text{ZH: "资不抵债或者进入破产程序", EN: "it is insolvent or bankrupt"}},
	{"term_months", numbered, text.Text{ZH: "申请的期限，月", EN: "term applied for, in months"}},
	{"mode", text.Text{ZH: "代码", EN: "code"}, text.Text{ZH: "申请的授权模式", EN: "mode applied for"}},
	{"products", text.Text{ZH: "列表，每项有name、class、form", EN: "list of name, class and form"}, text.Text{ZH: "拟开发的产品和服务", EN: "intended products and services"}},
}

// planBesides are the parts of the page of a plan beside which a command is given; what concerns the whole stands beside the first.
var planBesides = map[string]string{
	"submit": "plan", "resubmit": "plan", "withdraw": "plan", "delete-draft": "plan", "declare-interest": "plan", "file": "plan", "publish": "plan",
	"open-applications": "plan", "close-applications": "plan", "propose-change": "plan", "propose-end": "plan",
}

// planCommand is the page that asks for a command on a plan beside its content: nil for those that stand on a page of their own.
func (s *server) planCommand(a *act) (*casePage, error) {
	beside, ok := planBesides[a.command]
	if a.view == nil || a.task != nil || a.place.def.Kind() != plan.Kind || !ok {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose(beside)
	page.doing = true
	return page, nil
}

// blamesContent shows what is missing of a plan or an application for registration where it is filled in, when handing it in is refused for that.
func (s *server) blamesContent(a *act, r *refusal.Refusal) bool {
	if !slices.Contains(filledOnCase, a.place.def.Kind()) || a.view == nil || a.command != "submit" && a.command != "resubmit" || !a.view.May("edit") {
		return false
	}
	row, _ := a.place.def.Row("edit")
	edit := &act{visit: a.visit, place: a.place, view: a.view, command: row.Command, words: row.Words, input: a.place.def.Input(row.Command)}
	if err := s.prepare(edit, nil); err != nil {
		a.fail(err)
		return true
	}
	edit.form.Blame(r.Fields)
	edit.whole = a.T("还不能提交："+r.Detail(a.page.Language)+"更正后请再次提交。", "It cannot be handed in yet. "+r.Detail(a.page.Language)+" Hand it in again after correcting it.")
	s.showForm(edit, casework.Status(r.Code, r.Class()))
	return true
}

// takingPlan is a published plan that takes applications now.
type takingPlan struct {
	id string
	plan.PublicPlan
}

// takingPlans lists the plans that take applications, the newest opened first. They are public: whoever applies sees no more of them.
func (s *server) takingPlans(v *visit) ([]takingPlan, error) {
	var out []takingPlan
	f := store.PublicationFilter{Subject: plan.EntrySubject, Newest: true, Limit: store.MaxLimit}
	for {
		page, err := s.Store.ListPublications(v.ctx, f)
		if err != nil {
			return nil, err
		}
		for _, p := range page.Items {
			told, err := publicPlanOf(p)
			if err != nil {
				return nil, err
			}
			if told.Takes(s.today()) {
				out = append(out, takingPlan{p.Case, told})
			}
		}
		if page.Next == "" {
			return out, nil
		}
		f.Cursor = page.Next
	}
}

// pickPlan lets an applicant find the plan on which an application rests among those that take applications.
var pickPlan = form.Shape{Kind: form.Text, Needed: true, Pick: form.PickPlan, Hint: text.Text{
	ZH: "选择已公布并正在受理申请的实施方案，也可以直接填写编号；申请不能超出其范围（27号第十二条）。",
	EN: "One that is published and takes applications, or its ID; nothing beyond it can be granted (27号 Art. 12).",
}}
