package policy

// Inspections holds the rules of inspections of an operation.
type Inspections struct {
	Held      Limit `yaml:"held" json:"held"`           // explains the day on which a planned inspection is to be held
	Announced Duty  `yaml:"announced" json:"announced"` // a planned one is announced
	Unplanned Duty  `yaml:"unplanned" json:"unplanned"` // an unplanned one (飞行检查) is not: it is recorded when it has been held
}

// Evaluation holds the rules of the yearly evaluation of an operation (运营成效评价).
type Evaluation struct {
	Due      Limit       `yaml:"due" json:"due"`           // of the evaluation of a year, counted from that year's last day
	View     Limit       `yaml:"view" json:"view"`         // within which the operator states its view of the points
	Conclude Limit       `yaml:"conclude" json:"conclude"` // within which it is concluded after that
	Criteria []Criterion `yaml:"criteria" json:"criteria"` // together 100 points
	Grades   []Grade     `yaml:"grades" json:"grades"`     // the best first; the last takes all that is left
}

// Criterion is one criterion of the yearly evaluation.
type Criterion struct {
	Ground `yaml:",inline"`
	Points int `yaml:"points" json:"points"` // at most
}

// Grade is what an evaluation comes to.
type Grade struct {
	Ground  `yaml:",inline"`
	AtLeast int  `yaml:"at_least" json:"at_least"` // points
	Failed  bool `yaml:"failed" json:"failed"`
}

// GradeOf is the grade of so many points.
func (e Evaluation) GradeOf(points int) Grade {
	for _, g := range e.Grades {
		if points >= g.AtLeast {
			return g
		}
	}
	return e.Grades[len(e.Grades)-1]
}

// Audits holds the rules of the yearly internal-control audit of an operator (内部控制审计).
type Audits struct {
	Duty `yaml:",inline"`
	Due  Limit `yaml:"due" json:"due"` // of the report on a year, counted from that year's last day
}

// RenewalRule says what follows for a renewal from what evaluations and audits came to.
type RenewalRule struct {
	Duty `yaml:",inline"`
	On   RenewalFlag `yaml:"on" json:"on"`
	Then Consequence `yaml:"then" json:"then"`
}

// RenewalFlag is what speaks against a renewal.
type RenewalFlag string

// What can speak against one.
const (
	EvaluationFailed  RenewalFlag = "evaluation-failed"  // the last one that was concluded
	EvaluationMissing RenewalFlag = "evaluation-missing" // of a year whose evaluation was due
	AuditDefects      RenewalFlag = "audit-defects"      // found by the last audit
	AuditMissing      RenewalFlag = "audit-missing"      // of a year whose audit was due
)

// RenewalFlags lists them.
var RenewalFlags = []RenewalFlag{EvaluationFailed, EvaluationMissing, AuditDefects, AuditMissing}

// Consequence is what follows from a flag.
type Consequence string

// The consequences.
const (
	Refuse Consequence = "refuse" // nobody is invited to renew
	Flag   Consequence = "flag"   // it is shown, and stays with the answer
)
