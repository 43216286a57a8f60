package authorization

import (
	"slices"
	"strconv"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Inspection is an inspection of the operation by its agency or by a supervisor: planned for a day and announced, or unplanned (飞行检查) and recorded afterwards alone,
// so that nothing tells the operator of it before.
type Inspection struct {
	No        int               `json:"no"`                  // 1, 2 …
	On        calendar.Date     `json:"on"`                  // planned for, or held on
	Planned   bool              `json:"planned"`             // and announced
	Subject   string            `json:"subject"`             // of the policy profile
	About     string            `json:"about"`               // what is looked at
	Resources []string          `json:"resources,omitempty"` // in scope; empty for all
	Products  []string          `json:"products,omitempty"`  // agreed on; empty for all
	Who       string            `json:"who"`                 // inspects: units, not people
	By        identity.By       `json:"by"`                  // planned or recorded it
	Result    *InspectionResult `json:"result,omitempty"`    // nil while it is to be held, or was not held
	Cancelled *Reasons          `json:"cancelled,omitempty"` // nil unless it was called off
}

// InspectionResult is what an inspection came to.
type InspectionResult struct {
	On       calendar.Date     `json:"on"` // held
	Outcome  InspectionOutcome `json:"outcome"`
	Report   string            `json:"report"`
	Evidence []string          `json:"evidence,omitempty"`
	By       identity.By       `json:"by"`
	At       time.Time         `json:"at"`
}

// InspectionOutcome is whether an inspection found anything. It is stored: never rename one.
type InspectionOutcome string

// The outcomes.
const (
	InspectionClean InspectionOutcome = "clean"
	InspectionFound InspectionOutcome = "found" // a finding can be raised on it
)

// Pending reports whether the inspection is still to be held.
func (i Inspection) Pending() bool { return i.Result == nil && i.Cancelled == nil }

// Late reports whether the day planned has gone by without the inspection.
func (i Inspection) Late(today calendar.Date) bool { return i.Pending() && i.On.Before(today) }

// The inputs of inspections.
type (
	// PlanInspectionInput plans an inspection.
	PlanInspectionInput struct {
		On string `json:"on" format:"date" doc:"today or later"`
		InspectionScope
	}
	// InspectionScope is what is inspected by whom.
	InspectionScope struct {
		Subject   string   `json:"subject" maxLength:"100" doc:"a subject of the policy profile"`
		About     string   `json:"about" maxLength:"2000" doc:"what is looked at"`
		Resources []string `json:"resources,omitempty" maxItems:"500" doc:"catalogue resources in scope, by ID; left out for all"`
		Products  []string `json:"products,omitempty" maxItems:"100" doc:"products of the agreement; left out for all"`
		Who       string   `json:"who" maxLength:"400" doc:"which units inspect"`
	}
	// InspectionResultInput records a planned inspection that was held.
	InspectionResultInput struct {
		Inspection int `json:"inspection" minimum:"1" doc:"number of a planned inspection"`
		Held
	}
	// UnplannedInput records an unplanned inspection that was held.
	UnplannedInput struct {
		InspectionScope
		Held
	}
	// Held is what was found, and when.
	Held struct {
		HeldOn   string            `json:"held_on" format:"date"`
		Outcome  InspectionOutcome `json:"outcome" enum:"clean,found"`
		Report   string            `json:"report" maxLength:"4000"`
		Evidence []string          `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// CancelInspectionInput calls a planned inspection off.
	CancelInspectionInput struct {
		Inspection int    `json:"inspection" minimum:"1"`
		Reason     string `json:"reason" maxLength:"4000"`
	}
)

// The events of inspections.
type (
	// InspectionPlanned announces an inspection.
	InspectionPlanned struct {
		Inspection Inspection `json:"inspection"`
	}
	// InspectionHeld records what came of a planned inspection.
	InspectionHeld struct {
		Inspection int              `json:"inspection"`
		Result     InspectionResult `json:"result"`
	}
	// UnplannedInspectionHeld records an inspection that nobody announced.
	UnplannedInspectionHeld struct {
		Inspection Inspection `json:"inspection"`
	}
	// InspectionCancelled calls one off.
	InspectionCancelled struct {
		Inspection int    `json:"inspection"`
		Reason     string `json:"reason"`
	}
)

// EventType implements lifecycle.Content.
func (InspectionPlanned) EventType() string { return "inspection-planned" }

// EventType implements lifecycle.Content.
func (InspectionHeld) EventType() string { return "inspection-held" }

// EventType implements lifecycle.Content.
func (UnplannedInspectionHeld) EventType() string { return "unplanned-inspection-held" }

// EventType implements lifecycle.Content.
func (InspectionCancelled) EventType() string { return "inspection-cancelled" }

// inspectionLimit names the limit of a planned inspection.
func inspectionLimit(no int) string { return inspectionPrefix + strconv.Itoa(no) }

const inspectionPrefix = "inspection:"

const maxInspections = 1000 // of one authorisation

// inspectionsRuled: the profile has rules of inspections.
var inspectionsRuled = guard{
	Words: words("规则方案有检查的规定", "the profile has rules of inspections"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		switch {
		case env.Policy.Supervision == nil || env.Policy.Supervision.Inspection == nil:
			return refusal.SupervisionNotRuled.With()
		case len(a.Inspections) >= maxInspections:
			return refusal.TooManyInspections.With("max", strconv.Itoa(maxInspections))
		default:
			return nil
		}
	},
}

// ownPending: an inspection that the organisation itself planned is still to be held.
var ownPending = guard{
	Words: words("本机构有待进行的计划内检查", "an inspection that this organisation planned is to be held"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if !slices.ContainsFunc(a.Inspections, func(i Inspection) bool { return i.Pending() && i.By.Organization == env.By.Organization }) {
			return refusal.NoInspection.With()
		}
		return nil
	},
}

// check finds what is wrong with the scope of an inspection.
func (in InspectionScope) check(f *refusal.Faults, a *Authorization, env lifecycle.Env) {
	f.Unless(slices.ContainsFunc(env.Policy.Supervision.Subjects, func(g policy.Ground) bool { return g.Code == in.Subject }), refusal.NotASubject.At("subject"))
	f.Text("about", in.About, maxPart)
	f.Text("who", in.Who, maxAuthority)
	agreed := a.version().Content
	if f.Count("resources", len(in.Resources), maxResources) {
		at := func(i int) string { return refusal.In("resources", i) }
		for i, id := range in.Resources {
			f.Unless(slices.Contains(agreed.Resources, id), refusal.UnknownReference.At(at(i)))
		}
		f.Distinct(in.Resources, at)
	}
	if f.Count("products", len(in.Products), maxProducts) {
		at := func(i int) string { return refusal.In("products", i) }
		for i, name := range in.Products {
			f.Unless(a.agreesOn(name), refusal.UnknownReference.At(at(i)))
		}
		f.Distinct(in.Products, at)
	}
}

func (in InspectionScope) inspection(a *Authorization, on calendar.Date, env lifecycle.Env) Inspection {
	return Inspection{No: len(a.Inspections) + 1, On: on, Subject: in.Subject, About: in.About, Resources: in.Resources, Products: in.Products, Who: in.Who, By: env.By}
}

// result is what was found on a day that has come.
func (in Held) result(a *Authorization, f *refusal.Faults, env lifecycle.Env) InspectionResult {
	on, err := calendar.ParseDate(in.HeldOn)
	f.Unless(err == nil, refusal.NotADate.At("held_on"))
	f.Unless(err != nil || !on.After(calendar.DateOf(env.Now)), refusal.DateInFuture.At("held_on"))
	f.Unless(err != nil || a.Started == nil || !on.Before(calendar.DateOf(*a.Started)), refusal.BeforeOperation.At("held_on"))
	refusal.Choice(f, "outcome", in.Outcome, InspectionClean, InspectionFound)
	f.Text("report", in.Report, maxStatement)
	env.CheckFiles(f, "evidence", in.Evidence, env.By.Organization)
	return InspectionResult{On: on, Outcome: in.Outcome, Report: in.Report, Evidence: in.Evidence, By: env.By, At: env.Now}
}

func planInspection(a *Authorization, in PlanInspectionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	on, err := calendar.ParseDate(in.On)
	f.Unless(err == nil, refusal.NotADate.At("on"))
	f.Unless(err != nil || !on.Before(calendar.DateOf(env.Now)), refusal.DayInPast.At("on"))
	f.Unless(err != nil || !on.After(calendar.DateOf(env.Now).AddMonths(planWithin)), refusal.StartTooFar.At("on", "months", strconv.Itoa(planWithin)))
	in.check(&f, a, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	i := in.inspection(a, on, env)
	i.Planned = true
	return contents{InspectionPlanned{i}, env.LimitOn(inspectionLimit(i.No), env.Policy.Supervision.Inspection.Held, on, a.inspectors(i), a.overInspectors(i))}, nil
}

// planWithin is how far ahead, in months, an inspection is planned, so that a slip of the pen is noticed; no rule sets a figure.
const planWithin = 24

// pendingOf finds the pending inspection of a number that the organisation planned.
func (a *Authorization) pendingOf(f *refusal.Faults, no int, env lifecycle.Env) Inspection {
	i := slices.IndexFunc(a.Inspections, func(i Inspection) bool { return i.No == no && i.Pending() && i.By.Organization == env.By.Organization })
	f.Unless(i >= 0, refusal.UnknownReference.At("inspection"))
	if i < 0 {
		return Inspection{}
	}
	return a.Inspections[i]
}

func recordInspection(a *Authorization, in InspectionResultInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	i, result := a.pendingOf(&f, in.Inspection, env), in.result(a, &f, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{InspectionHeld{i.No, result}}, a.EndDeadlines(inspectionLimit(i.No))...), nil
}

func recordUnplanned(a *Authorization, in UnplannedInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	in.check(&f, a, env)
	result := in.result(a, &f, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	i := in.inspection(a, result.On, env)
	i.Result = &result
	return contents{UnplannedInspectionHeld{i}}, nil
}

func cancelInspection(a *Authorization, in CancelInspectionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	i := a.pendingOf(&f, in.Inspection, env)
	f.Text("reason", in.Reason, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{InspectionCancelled(in)}, a.EndDeadlines(inspectionLimit(i.No))...), nil
}

// agreesOn reports whether a product of the name is agreed on.
func (a *Authorization) agreesOn(product string) bool {
	for _, p := range a.version().Content.Products {
		if p.Name == product {
			return true
		}
	}
	return false
}

// inspectors are the people of the organisation that inspects.
func (a *Authorization) inspectors(i Inspection) lifecycle.Recipients {
	return lifecycle.Recipients{Organization: i.By.Organization, Role: i.By.Role}
}

// overInspectors are told when an inspection was not held.
func (a *Authorization) overInspectors(i Inspection) lifecycle.Recipients {
	if i.By.Organization == a.Agency {
		return a.administrators()
	}
	return a.inspectors(i)
}

func inspectionRules() []rule {
	inspect := lifecycle.By(officer, auditor)
	running := from{Operating, Suspended}
	evidence := func(of []string) lifecycle.Needs { return lifecycle.Needs{Attachments: of} }
	return []rule{
		{
			Command: "plan-inspection", Words: words("安排检查", "plan an inspection"), From: running, To: running, By: inspect, Guards: []guard{inspectionsRuled},
			Emits: lifecycle.Emits(InspectionPlanned{}), Decide: lifecycle.Decide(planInspection),
		},
		{
			Command: "record-inspection", Words: words("记录计划内检查结果", "record a planned inspection"), From: running, To: running, By: inspect, Guards: []guard{ownPending},
			Emits:  lifecycle.Emits(InspectionHeld{}),
			Decide: lifecycle.Needing(lifecycle.Decide(recordInspection), func(_ *Authorization, in InspectionResultInput) lifecycle.Needs { return evidence(in.Evidence) }),
		},
		{
			Command: "record-unplanned-inspection", Words: words("记录计划外检查（飞行检查）", "record an unplanned inspection"), From: running, To: running, By: inspect, Guards: []guard{inspectionsRuled},
			Emits:  lifecycle.Emits(UnplannedInspectionHeld{}),
			Decide: lifecycle.Needing(lifecycle.Decide(recordUnplanned), func(_ *Authorization, in UnplannedInput) lifecycle.Needs { return evidence(in.Evidence) }),
		},
		{
			Command: "cancel-inspection", Words: words("取消检查", "call an inspection off"), From: running, To: running, By: inspect, Guards: []guard{ownPending},
			Emits: lifecycle.Emits(InspectionCancelled{}), Decide: lifecycle.Decide(cancelInspection),
		},
	}
}

func inspectionEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	told := func(a A, i Inspection, subject string) []lifecycle.Effect {
		return append(tell(a, a.applicants(), subject), tell(a, a.inspectors(i), subject)...)
	}
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e InspectionPlanned, _ lifecycle.Event) { a.Inspections = append(a.Inspections, e.Inspection) }),
			func(a A, e InspectionPlanned, _ lifecycle.Event) []lifecycle.Effect {
				return told(a, e.Inspection, "inspection-planned")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e InspectionHeld, _ lifecycle.Event) { a.Inspections[e.Inspection-1].Result = &e.Result }),
			func(a A, e InspectionHeld, _ lifecycle.Event) []lifecycle.Effect {
				return told(a, a.Inspections[e.Inspection-1], "inspection-held")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e UnplannedInspectionHeld, _ lifecycle.Event) {
				a.Inspections = append(a.Inspections, e.Inspection)
			}),
			func(a A, e UnplannedInspectionHeld, _ lifecycle.Event) []lifecycle.Effect {
				return told(a, e.Inspection, "inspection-held")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e InspectionCancelled, at lifecycle.Event) {
				a.Inspections[e.Inspection-1].Cancelled = &Reasons{Text: e.Reason, By: at.By, At: at.At}
			}),
			func(a A, e InspectionCancelled, _ lifecycle.Event) []lifecycle.Effect {
				return told(a, a.Inspections[e.Inspection-1], "inspection-cancelled")
			}),
	}
}
