package grading

import "datacharter/domain/refusal"

// Association is the assessment of what a set of resources brings about together: the risk of data association and aggregation
// (数据关联汇聚风险, 27号 Art. 21).
type Association struct {
	Pairs        []Pair `json:"pairs" maxItems:"6"`
	NoHarm       bool   `json:"no_harm,omitempty"`
	NoHarmReason string `json:"no_harm_reason,omitempty" maxLength:"2000"`
}

// Check finds what is wrong with the assessment: it states pairs, or that there is no harm beyond that of each resource.
func (a Association) Check() refusal.Faults {
	var f refusal.Faults
	Input{Pairs: a.Pairs, NoHarm: a.NoHarm, NoHarmReason: a.NoHarmReason}.checkHarm(&f)
	return f
}

// Set is resources that are provided together.
type Set struct {
	Members        []Member
	Association    *Association // nil when nobody assessed it
	RiskAssessment bool         // of the set as a whole is on record
}

// Member is one resource of a set as it is graded.
type Member struct {
	Resource string
	Grade    Grade // empty when it was never graded
	Personal bool
	Basis    Basis
	Shared   bool
	Papers   []Paper // on record
}

// MemberOf is a graded resource as the member of a set.
func MemberOf(g Grading) Member {
	return Member{Resource: g.Resource, Grade: g.Grade, Personal: g.Input.Personal, Basis: g.Input.Basis, Shared: g.Input.Shared, Papers: g.Input.Papers}
}

// Grade is the highest of all members' and of what they bring about together (GB/T 43697-2024 6.6). Members that were never graded do not count:
// Missing names them.
func (s Set) Grade() Grade {
	var all []Grade
	for _, m := range s.Members {
		all = append(all, m.Grade)
	}
	if s.Association != nil {
		all = append(all, Of(s.Association.Pairs))
	}
	return Highest(all...)
}
