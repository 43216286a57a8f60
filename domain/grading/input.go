package grading

import (
	"slices"
	"strings"

	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Bounds of an input, in characters and in number.
const (
	maxReason    = 2000
	maxAttribute = 200
	maxSources   = 100
	maxEvidence  = 20
)

// Processing is what was done to data so that what came of it may be graded lower than its sources.
type Processing string

// The kinds of processing.
const (
	Desensitised Processing = "desensitised"
	Aggregated   Processing = "aggregated"
)

var processings = []named[Processing]{
	{Desensitised, text.Text{ZH: "脱敏", EN: "desensitised"}},
	{Aggregated, text.Text{ZH: "汇聚统计", EN: "aggregated"}},
}

// Words names the processing.
func (p Processing) Words() text.Text { return wordsOf(processings, p) }

// Paper is a document that the evidence holds and that a provision of the data will need.
type Paper string

// The papers.
const (
	RiskAssessment   Paper = "risk-assessment"   // 风险评估
	ImpactAssessment Paper = "impact-assessment" // 个人信息保护影响评估
	ProviderConsent  Paper = "provider-consent"  // 数据提供单位同意
)

var papers = []named[Paper]{
	{RiskAssessment, text.Text{ZH: "风险评估", EN: "risk assessment"}},
	{ImpactAssessment, text.Text{ZH: "个人信息保护影响评估", EN: "personal information impact assessment"}},
	{ProviderConsent, text.Text{ZH: "数据提供单位同意", EN: "consent of the data supplier"}},
}

// Words names the paper.
func (p Paper) Words() text.Text { return wordsOf(papers, p) }

// Basis is on what personal information may be provided.
type Basis string

// The bases.
const (
	Consent    Basis = "consent"    // separate consent 单独同意
	Anonymised Basis = "anonymised" // 匿名化
)

var bases = []named[Basis]{
	{Consent, text.Text{ZH: "取得个人单独同意", EN: "separate consent of the individuals"}},
	{Anonymised, text.Text{ZH: "已匿名化", EN: "anonymised"}},
}

// Words names the basis.
func (b Basis) Words() text.Text { return wordsOf(bases, b) }

// Input is what somebody states of a resource to classify and grade it.
type Input struct {
	Sector           Sector     `json:"sector" enum:"industry,telecom,finance,energy,transport,natural-resources,health,education,science,other"`
	Attributes       Attributes `json:"attributes"`
	Pairs            []Pair     `json:"pairs,omitempty" maxItems:"6" doc:"each object once; empty only when no_harm is stated"`
	NoHarm           bool       `json:"no_harm,omitempty" doc:"stated: harm falls on none of the objects"`
	NoHarmReason     string     `json:"no_harm_reason,omitempty" maxLength:"2000"`
	DerivedFrom      []string   `json:"derived_from,omitempty" maxItems:"100" doc:"graded resources that the data was derived or aggregated from, by ID"`
	Processing       Processing `json:"processing,omitempty" enum:"desensitised,aggregated" doc:"needed when it is graded lower than a source, or personal no longer"`
	ProcessingReason string     `json:"processing_reason,omitempty" maxLength:"2000" doc:"why that justifies it"`
	Personal         bool       `json:"personal,omitempty" doc:"it holds personal information"`
	Basis            Basis      `json:"basis,omitempty" enum:"consent,anonymised" doc:"on which the personal information may be provided"`
	Shared           bool       `json:"shared,omitempty" doc:"it was obtained by sharing between bodies"`
	Evidence         []string   `json:"evidence,omitempty" maxItems:"20" doc:"digests of uploaded attachments"`
	Papers           []Paper    `json:"papers,omitempty" enum:"risk-assessment,impact-assessment,provider-consent" maxItems:"3" doc:"what the evidence holds"`
}

// Needs are what must be looked up to check the input: resources and attachments, no more than there may be.
func (in Input) Needs() (resources, attachments []string) {
	return in.DerivedFrom[:min(len(in.DerivedFrom), maxSources)], in.Evidence[:min(len(in.Evidence), maxEvidence)]
}

// check finds what is wrong with the input whatever else is known.
func (in Input) check() refusal.Faults {
	var f refusal.Faults
	refusal.Choice(&f, "sector", in.Sector, Sectors()...)
	for _, a := range in.Attributes.List() {
		f.AtMost("attributes."+a.Name, a.Value, maxAttribute)
	}
	in.checkHarm(&f)
	if in.Processing != "" {
		refusal.Choice(&f, "processing", in.Processing, values(processings)...)
		f.Unless(len(in.DerivedFrom) > 0, refusal.Required.At("derived_from"))
		f.Text("processing_reason", in.ProcessingReason, maxReason)
	} else {
		f.AtMost("processing_reason", in.ProcessingReason, maxReason)
	}
	if in.Basis != "" {
		refusal.Choice(&f, "basis", in.Basis, values(bases)...)
		f.Unless(in.Personal, refusal.Required.At("personal"))
	}
	in.checkPapers(&f)
	return f
}

func (in Input) checkHarm(f *refusal.Faults) {
	f.AtMost("no_harm_reason", in.NoHarmReason, maxReason)
	switch {
	case len(in.Pairs) == 0 && !in.NoHarm:
		f.Add(refusal.HarmRequired.At("pairs"))
		return
	case len(in.Pairs) == 0:
		f.Unless(strings.TrimSpace(in.NoHarmReason) != "", refusal.Required.At("no_harm_reason"))
		return
	case in.NoHarm:
		f.Add(refusal.HarmContradicted.At("no_harm"))
	}
	if !f.Count("pairs", len(in.Pairs), len(objects)) {
		return
	}
	checkPairs(f, "pairs", in.Pairs)
}

// checkPairs finds what is wrong with a list of pairs: each names an object once, a degree, and why.
func checkPairs(f *refusal.Faults, list string, pairs []Pair) {
	named := make([]string, len(pairs))
	for i, p := range pairs {
		named[i] = string(p.Object)
		refusal.Choice(f, refusal.In(list, i, "object"), p.Object, Objects()...)
		refusal.Choice(f, refusal.In(list, i, "degree"), p.Degree, Degrees()...)
		f.Text(refusal.In(list, i, "reason"), p.Reason, maxReason)
	}
	f.Distinct(named, func(i int) string { return refusal.In(list, i, "object") })
}

func (in Input) checkPapers(f *refusal.Faults) {
	names := make([]string, len(in.Papers))
	for i, p := range in.Papers {
		names[i] = string(p)
		refusal.Choice(f, refusal.In("papers", i), p, values(papers)...)
	}
	f.Distinct(names, func(i int) string { return refusal.In("papers", i) })
	f.Unless(len(in.Papers) == 0 || len(in.Evidence) > 0, refusal.Required.At("evidence"))
	f.Unless(!slices.Contains(in.Papers, ProviderConsent) || in.Shared, refusal.Required.At("shared"))
}
