// Package grading classifies and grades data by GB/T 43697-2024: what harm to whom makes data core, important or general, how a derivation and a set
// of resources are graded, and what each grade demands before data is provided. It decides; the history of gradings is kept by the store.
package grading

import (
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// What a grading rests on, as it is kept with each one.
const (
	Standard     = "GB/T 43697-2024"
	TableVersion = "1" // of the tables below: a changed table has another number, and gradings keep theirs
)

// Grade is how data is protected (数据安全级别).
type Grade string

// The grades, the highest first.
const (
	Core      Grade = "core"
	Important Grade = "important"
	General   Grade = "general"
)

var grades = []named[Grade]{
	{Core, text.Text{ZH: "核心数据", EN: "core data"}},
	{Important, text.Text{ZH: "重要数据", EN: "important data"}},
	{General, text.Text{ZH: "一般数据", EN: "general data"}},
}

// Grades lists the grades, the highest first.
func Grades() []Grade { return values(grades) }

// Words names the grade.
func (g Grade) Words() text.Text { return wordsOf(grades, g) }

// rank orders grades; what is not a grade is below all.
func (g Grade) rank() int {
	for i, n := range grades {
		if n.value == g {
			return len(grades) - i
		}
	}
	return 0
}

// Above reports whether the grade is higher than the other. Any grade is above none.
func (g Grade) Above(other Grade) bool { return g.rank() > other.rank() }

// Highest returns the highest of the grades (就高从严, GB/T 43697-2024 6.6); General when there are none.
func Highest(all ...Grade) Grade {
	highest := General
	for _, g := range all {
		if g.Above(highest) {
			highest = g
		}
	}
	return highest
}

// Pair says what harm would fall on one object, and why.
type Pair struct {
	Object Object `json:"object" enum:"national-security,economy,social-order,public-interest,organisation-rights,personal-rights"`
	Degree Degree `json:"degree" enum:"especially-serious,serious,ordinary" doc:"the gravest over leak, tampering, destruction, and unlawful acquisition, use or sharing"`
	Reason string `json:"reason" maxLength:"2000"`
}

// Of grades by the harm: the highest of all pairs, General when there is none.
func Of(pairs []Pair) Grade {
	all := make([]Grade, len(pairs))
	for i, p := range pairs {
		all[i] = gradeOf(p.Object, p.Degree)
	}
	return Highest(all...)
}

// Row is one line of the decision table: the grade of each degree of harm to one object.
type Row struct {
	Object            Object
	EspeciallySerious Grade
	Serious           Grade
	Ordinary          Grade
}

// table decides the grade (6.5, table 1).
var table = []Row{
	{NationalSecurity, Core, Core, Important},
	{Economy, Core, Important, General},
	{SocialOrder, Core, Important, General},
	{PublicInterest, Core, Important, General},
	{OrganisationRights, General, General, General},
	{PersonalRights, General, General, General},
}

// TableSource says where the decision table comes from. Nobody has checked it against the printed standard yet: who relies on it must be told.
var TableSource = policy.Source{Article: Standard + " 6.5", Mark: policy.Known}

// HighestSource says where the rule comes from that the highest of all grades counts.
var HighestSource = policy.Source{Article: Standard + " 6.6", Mark: policy.Known}

// TableNote is what the table leaves out.
var TableNote = policy.Duty{
	Source: policy.Source{Article: Standard + " 6.5", Mark: policy.Known},
	Rule: text.Text{
		ZH: "危害众多个人或者组织的，可能须按危害国家安全、经济运行、社会秩序或者公共利益评定。",
		EN: "Harm to individuals or organisations in large numbers may have to be treated as harm to national security, the economy, social order or the public interest.",
	},
}

// Table lists the lines of the decision table.
func Table() []Row { return append([]Row{}, table...) }

// Grade returns the grade of a degree of harm; empty for what is not a degree.
func (r Row) Grade(d Degree) Grade {
	switch d {
	case EspeciallySerious:
		return r.EspeciallySerious
	case Serious:
		return r.Serious
	case Ordinary:
		return r.Ordinary
	default:
		return ""
	}
}

func gradeOf(o Object, d Degree) Grade {
	for _, r := range table {
		if r.Object == o {
			return r.Grade(d)
		}
	}
	return ""
}
