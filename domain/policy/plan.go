package policy

import "datacharter/domain/text"

// Plan holds the rules of implementation plans (实施方案, 27号 Art. 8–11).
type Plan struct {
	Items        []PlanItem  `yaml:"items" json:"items"`               // the 12 items of 27号 Art. 10
	Capabilities []Ground    `yaml:"capabilities" json:"capabilities"` // of operators, each of which the conditions of a plan speak of
	Methods      []Ground    `yaml:"methods" json:"methods"`           // of choosing the operator
	Review       ReviewPhase `yaml:"review" json:"review"`
	Comment      Limit       `yaml:"comment" json:"comment"`       // of the public; a shorter one is explained
	Exceptions   []Ground    `yaml:"exceptions" json:"exceptions"` // on which a measure may restrict competition (公平竞争审查条例 Art. 12)
	Decision     Decision    `yaml:"decision" json:"decision"`     // by the government, on the plan
	Filing       Limit       `yaml:"filing" json:"filing"`
	Publication  Limit       `yaml:"publication" json:"publication"`
	MajorChange  Duty        `yaml:"major_change" json:"major_change"` // explains MajorFields
	MajorFields  []string    `yaml:"major_fields" json:"major_fields"` // whose change is a major one
	Within       Duty        `yaml:"within" json:"within"`             // authorisations stay within their plan
}

// PlanItem is one mandatory item of a plan.
type PlanItem struct {
	Source `yaml:",inline"`
	No     int       `yaml:"no" json:"no"`
	Key    string    `yaml:"key" json:"key"`
	Title  text.Text `yaml:"title" json:"title"`
}

// PlanItems lists the keys of the 12 mandatory items, in the order of 27号 Art. 10(1)–(12).
var PlanItems = []string{
	"name", "necessity", "conditions", "mode", "resources", "undertaking", "products", "accounting", "security", "rights", "supervision", "other",
}

// PlanCapabilities are the capabilities of operators that the conditions of a plan speak of (27号 Art. 10(3)).
var PlanCapabilities = []string{"funds", "management", "technology", "service", "security"}

// Findings name what a review of a plan must find beside its outcome.
const (
	RiskFinding        = "risk"        // whether the risk is controllable (713号令 Art. 24)
	CommentsFinding    = "comments"    // what was done about each opinion of the public (713号令 Art. 18, 32)
	CompetitionFinding = "competition" // the conclusion on fair competition (公平竞争审查条例 Art. 12, 17)
)

// Finding returns what the review of the name must find, empty for nothing but its outcome.
func (r ReviewPhase) Finding(name string) string {
	for _, review := range r.Reviews {
		if review.Name == name {
			return review.Finding
		}
	}
	return ""
}
