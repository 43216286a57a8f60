package policy

import (
	"datacharter/domain/calendar"
	"datacharter/domain/text"
)

// Concerns holds the rules of quality reports and data demands.
type Concerns struct {
	Answer Limit `yaml:"answer" json:"answer"` // the first answer, from the day on which it was raised
}

// defaultConcerns are the rules of every profile that sets none of its own.
var defaultConcerns = Concerns{Answer: Limit{
	Source: Source{Article: "26号 Art. 11 (by analogy)", Mark: Default},
	Span:   Span{calendar.WorkingDays(20)},
	Rule: text.Text{
		ZH: "数据质量反馈和数据需求提出后20个工作日内答复（没有规定设定期限，参照登记形式审核期限）",
		EN: "A quality report or data demand is answered within 20 working days (no rule sets a limit; as the formal review of a registration)",
	},
}}

// OfConcerns are the profile's rules of quality reports and data demands. Profiles need not have any: to be answered at all is this system's own choice.
func (p *Profile) OfConcerns() Concerns {
	if p.Concerns == nil {
		return defaultConcerns
	}
	return *p.Concerns
}
