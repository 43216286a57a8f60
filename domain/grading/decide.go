package grading

import (
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// Grading is one grading of a resource as it is kept: what was stated, what came of it, by which table, by whom and when.
type Grading struct {
	Resource string      `json:"resource"`
	Number   int64       `json:"number" doc:"1, 2, 3 … of the resource; the last one counts"`
	Input    Input       `json:"input"`
	Grade    Grade       `json:"grade"`
	Level    Level       `json:"level,omitempty" doc:"of general data, 1 to 4; informative"`
	Sources  []Source    `json:"sources,omitempty" doc:"the gradings that those it was derived from had then"`
	Standard string      `json:"standard"`
	Table    string      `json:"table" doc:"version of the decision table"`
	By       identity.By `json:"by"`
	At       time.Time   `json:"at"`
}

// Source is the grading that one source of a derivation had.
type Source struct {
	Resource string `json:"resource"`
	Number   int64  `json:"number"`
	Grade    Grade  `json:"grade"`
	Personal bool   `json:"personal,omitempty"`
}

// Facts are what must be known to grade, besides what is stated.
type Facts struct {
	Resource  string             // the one to be graded
	Resources map[string]bool    // of those it was derived from, which the catalogue has
	Gradings  map[string]Grading // of these, the one that counts; none of who was never graded
	Files     map[string]bool    // of the evidence, what the grader's organisation uploaded
}

// Decide grades a resource; number, person and time are the caller's to fill in. The refusal names the fields at fault.
func Decide(in Input, facts Facts) (Grading, *refusal.Refusal) {
	f := in.check()
	sources := in.checkSources(&f, facts)
	if f.Count("evidence", len(in.Evidence), maxEvidence) {
		at := func(i int) string { return refusal.In("evidence", i) }
		for i, digest := range in.Evidence {
			f.Unless(facts.Files[digest], refusal.UnknownReference.At(at(i)))
		}
		f.Distinct(in.Evidence, at)
	}
	g := Grading{Resource: facts.Resource, Input: in, Grade: Of(in.Pairs), Level: LevelOf(in.Pairs), Sources: sources, Standard: Standard, Table: TableVersion}
	if in.Processing == "" && g.belowSources() {
		f.Add(refusal.GradedBelowSource.At("processing"))
	}
	return g, f.Refusal()
}

func (in Input) checkSources(f *refusal.Faults, facts Facts) []Source {
	if !f.Count("derived_from", len(in.DerivedFrom), maxSources) {
		return nil
	}
	at := func(i int) string { return refusal.In("derived_from", i) }
	var sources []Source
	for i, id := range in.DerivedFrom {
		g, graded := facts.Gradings[id]
		switch {
		case id == facts.Resource:
			f.Add(refusal.DerivedFromItself.At(at(i)))
		case !facts.Resources[id]:
			f.Add(refusal.UnknownReference.At(at(i)))
		case !graded:
			f.Add(refusal.SourceUngraded.At(at(i)))
		default:
			sources = append(sources, Source{id, g.Number, g.Grade, g.Input.Personal})
		}
	}
	f.Distinct(in.DerivedFrom, at)
	return sources
}

// belowSources reports whether a derivation is protected less than one of its sources (Annex I): by its grade, or as personal information no longer.
func (g Grading) belowSources() bool {
	for _, s := range g.Sources {
		if s.Grade.Above(g.Grade) || s.Personal && !g.Input.Personal {
			return true
		}
	}
	return false
}
