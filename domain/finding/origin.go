package finding

import (
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// Origin is what a finding follows from, in the record of its authorisation: "inspection/3", "evaluation/2026", "audit/2026", or an
// indicator of fair competition, "indicator/concentration", or an accepted complaint about it, "complaint/rep-…". It is stored: never rename a kind.
type Origin string

// The kinds of origin.
const (
	FromInspection = "inspection"
	FromEvaluation = "evaluation"
	FromAudit      = "audit"
	FromIndicator  = "indicator" // of fair competition, by its code
	FromComplaint  = "complaint" // by its case
)

// Of makes the origin of a kind and a number or year.
func Of(kind string, number int) Origin { return Origin(kind + "/" + strconv.Itoa(number)) }

// Parts are the kind of origin and what it names.
func (o Origin) Parts() (kind, name string) {
	kind, name, _ = strings.Cut(string(o), "/")
	return kind, name
}

// complaint is the case of the complaint that the origin names; empty for another origin.
func (o Origin) complaint() string {
	if kind, id := o.Parts(); kind == FromComplaint {
		return id
	}
	return ""
}

// complained reports whether the origin's complaint is about the authorisation, was accepted, and is handled by whoever raises the finding.
func (o Origin) complained(a *authorization.Authorization, how Found, env lifecycle.Env) bool {
	c, ok := env.Facts.Cases[o.complaint()].(*complaint.Complaint)
	return ok && how == ByComplaint && c.Authorization == a.ID && c.Acceptance != nil && c.HandledBy(env.Actor)
}

// found reports whether the authorisation has what the origin names, with something found, and that it came to light in that way; of an indicator, whether there is such.
func (o Origin) found(a *authorization.Authorization, rules *policy.Supervision, how Found) bool {
	kind, name := o.Parts()
	if kind == FromIndicator { // whether it showed is for whoever raises it to say: figures go on
		return slices.ContainsFunc(rules.Competition, func(i policy.Indicator) bool { return i.Code == name })
	}
	number, err := strconv.Atoi(name)
	if err != nil || o != Of(kind, number) {
		return false
	}
	switch kind {
	case FromInspection:
		ways := map[bool]Found{true: ByPlannedInspection, false: ByUnplannedInspection}
		for _, i := range a.Inspections {
			if i.No == number {
				return i.Result != nil && i.Result.Outcome == authorization.InspectionFound && ways[i.Planned] == how
			}
		}
	case FromEvaluation:
		for _, e := range a.Evaluations {
			if e.Year == number {
				return e.Conclusion != nil && how == ByAudit
			}
		}
	case FromAudit:
		for _, d := range a.Audits {
			if d.Year == number {
				return d.Outcome == authorization.AuditDefects && how == ByAudit
			}
		}
	}
	return false
}
