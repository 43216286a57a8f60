package plan

import (
	"slices"

	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// set is the resources in scope as they are graded now.
func (c Content) set(env lifecycle.Env) grading.Set {
	s := grading.Set{Association: c.Association, RiskAssessment: len(c.RiskReport) > 0}
	for _, r := range c.Resources {
		m := grading.Member{Resource: r.ID}
		if g, graded := env.Facts.Gradings[r.ID]; graded {
			m = grading.MemberOf(g)
		}
		s.Members = append(s.Members, m)
	}
	return s
}

// ofResource says for each requirement how a resource that lacks it is refused; ofSet for the resources as a whole.
var (
	ofResource = map[string]refusal.Code{
		grading.Graded.Code: refusal.ResourceUngraded, grading.NotCore.Code: refusal.ResourceCore, grading.Assessed.Code: refusal.ResourceUnassessed,
		grading.ImpactAssessed.Code: refusal.ResourceImpact, grading.Based.Code: refusal.ResourceBasis, grading.Consented.Code: refusal.ResourceConsent,
	}
	ofSet = map[string]refusal.Code{
		grading.AssociationAssessed.Code: refusal.AssociationUnassessed, grading.NotCore.Code: refusal.AssociationCore, grading.Assessed.Code: refusal.AssociationUnaccounted,
	}
)

// CheckGraded finds what the grades of some of the plan's resources lack now for these to be provided. What they bring about together was assessed with the plan.
func (c Content) CheckGraded(f *refusal.Faults, resources []string, env lifecycle.Env) {
	some := Content{Association: c.Association, RiskReport: c.RiskReport}
	for _, id := range resources {
		some.Resources = append(some.Resources, Resource{ID: id})
	}
	for _, lack := range some.set(env).Missing() {
		if lack.Resource == "" {
			continue
		}
		f.Add(ofResource[lack.Code].At(refusal.In("resources", slices.Index(resources, lack.Resource))))
	}
}

// checkCore refuses core data even in a draft: it may not enter a plan (数据安全法 Art. 21).
func (c Content) checkCore(f *refusal.Faults, env lifecycle.Env) {
	if c.Association != nil {
		for _, fault := range c.Association.Check() {
			fault.Path = "association." + fault.Path
			f.Add(fault)
		}
	}
	for i, m := range c.set(env).Members {
		f.Unless(m.Grade != grading.Core, refusal.ResourceCore.At(refusal.In("resources", i, "id")))
	}
}

// checkGraded finds what the grades of the resources, each and together, still lack for the plan to be handed in. A resource may lack several things: each is named.
func (c Content) checkGraded(f *refusal.Faults, env lifecycle.Env) {
	place := map[string]int{}
	for i, r := range c.Resources {
		place[r.ID] = i
	}
	for _, lack := range c.set(env).Missing() {
		switch {
		case lack.Resource == "":
			f.Add(ofSet[lack.Code].At("association"))
		case lack.Code == grading.NotCore.Code: // refused by checkCore
		default:
			f.Add(ofResource[lack.Code].At(refusal.In("resources", place[lack.Resource], "id")))
		}
	}
}
