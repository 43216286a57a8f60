package grading

import (
	"slices"
	"time"

	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Requirement is what must be on record before data is provided, or forbids it.
type Requirement struct {
	policy.Duty
	Code      string    `json:"code"`
	Title     text.Text `json:"title"`
	Bars      bool      `json:"bars,omitempty"`       // nothing can be handed in: it may not be provided
	KeepYears int       `json:"keep_years,omitempty"` // how long the record is kept at least
}

// Lack is a requirement that is not met: by one resource, or by the set as a whole.
type Lack struct {
	Requirement
	Resource string `json:"resource,omitempty" doc:"left out for the set as a whole"`
}

func duty(article string, mark policy.Mark, zh, en string) policy.Duty {
	return policy.Duty{Source: policy.Source{Article: article, Mark: mark}, Rule: text.Text{ZH: zh, EN: en}}
}

// The requirements.
var (
	Graded = Requirement{
		Code: "graded", Title: text.Text{ZH: "分类分级", EN: "classification and grading"},
		Duty: duty("27号 Art. 21", policy.SeenFull, "提供前应当分类分级。", "Data is classified and graded before it is provided."),
	}
	NotCore = Requirement{
		Code: "not-core", Title: text.Text{ZH: "非核心数据", EN: "not core data"}, Bars: true,
		Duty: duty("数据安全法 Art. 21", policy.Derived, "核心数据不得列入授权运营实施方案。", "Core data may not enter a plan of authorised operation."),
	}
	Assessed = Requirement{
		Code: "risk-assessment", Title: RiskAssessment.Words(), KeepYears: 3,
		Duty: duty("网络数据安全管理条例 Art. 12, 31", policy.SeenFull, "提供重要数据前应当进行风险评估，提供记录至少保存三年。",
			"Important data needs a risk assessment before it is provided; records of the provision are kept for at least three years."),
	}
	ImpactAssessed = Requirement{
		Code: "impact-assessment", Title: ImpactAssessment.Words(), KeepYears: 3,
		Duty: duty("个人信息保护法 Art. 55–56", policy.SeenFull, "提供个人信息前应当进行个人信息保护影响评估，评估报告和处理情况记录至少保存三年。",
			"Personal information needs an impact assessment before it is provided; report and records are kept for at least three years."),
	}
	Based = Requirement{
		Code: "personal-basis", Title: text.Text{ZH: "个人信息提供依据", EN: "basis for providing personal information"}, KeepYears: 3,
		Duty: duty("个人信息保护法 Art. 23, 29; 网络数据安全管理条例 Art. 12", policy.SeenFull, "提供个人信息应当取得个人的单独同意，经匿名化处理的除外；提供记录至少保存三年。",
			"Personal information is provided with the separate consent of the individuals, unless it was anonymised; records of the provision are kept for at least three years."),
	}
	Consented = Requirement{
		Code: "provider-consent", Title: ProviderConsent.Words(),
		Duty: duty("27号 Art. 5", policy.SeenFull, "以共享方式取得的数据，须经数据提供单位同意方可授权运营。", "Data obtained by sharing is authorised only with the consent of its supplier."),
	}
	AssociationAssessed = Requirement{
		Code: "association-assessment", Title: text.Text{ZH: "数据关联汇聚风险评估", EN: "assessment of the association and aggregation risk"},
		Duty: duty("27号 Art. 21", policy.SeenFull, "应当识别和管控数据关联汇聚风险。", "The risk of data association and aggregation is identified and controlled."),
	}
)

// Requirements lists every requirement.
func Requirements() []Requirement {
	return []Requirement{Graded, NotCore, Assessed, ImpactAssessed, Based, Consented, AssociationAssessed}
}

// KeptUntil is the day until which a record of what met the requirement is kept at least; the zero time when no rule says.
func (r Requirement) KeptUntil(made time.Time) time.Time {
	if r.KeepYears == 0 {
		return time.Time{}
	}
	return made.AddDate(r.KeepYears, 0, 0)
}

// Missing lists what is missing for the set to be provided, member by member, then for the set as a whole; nil when nothing is.
func (s Set) Missing() []Lack {
	var lacks []Lack
	for _, m := range s.Members {
		for _, r := range m.missing() {
			lacks = append(lacks, Lack{r, m.Resource})
		}
	}
	for _, r := range s.missing() {
		lacks = append(lacks, Lack{Requirement: r})
	}
	return lacks
}

func (m Member) missing() []Requirement {
	var missing []Requirement
	unless := func(met bool, r Requirement) {
		if !met {
			missing = append(missing, r)
		}
	}
	unless(m.Grade != "", Graded)
	unless(m.Grade != Core, NotCore)
	unless(m.Grade != Important || slices.Contains(m.Papers, RiskAssessment), Assessed)
	unless(!m.Personal || slices.Contains(m.Papers, ImpactAssessment), ImpactAssessed)
	unless(!m.Personal || m.Basis != "", Based)
	unless(!m.Shared || slices.Contains(m.Papers, ProviderConsent), Consented)
	return missing
}

// missing lists what the set as a whole lacks. A single resource has nothing to be associated with; a grade that no member has by itself is the set's.
func (s Set) missing() []Requirement {
	if len(s.Members) > 1 && s.Association == nil {
		return []Requirement{AssociationAssessed}
	}
	grade := s.Grade()
	if slices.ContainsFunc(s.Members, func(m Member) bool { return !grade.Above(m.Grade) }) {
		return nil
	}
	switch {
	case grade == Core:
		return []Requirement{NotCore}
	case grade == Important && !s.RiskAssessment:
		return []Requirement{Assessed}
	default:
		return nil
	}
}
