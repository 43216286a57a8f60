package finding

import (
	"strconv"
	"strings"

	"datacharter/domain/authorization"
)

// Origin is what a finding follows from, in the record of its authorisation: "inspection/3", "evaluation/2026", "audit/2026". It is stored: never rename a kind.
type Origin string

// The kinds of origin.
const (
	FromInspection = "inspection"
	FromEvaluation = "evaluation"
	FromAudit      = "audit"
)

// Of makes the origin of a kind and a number or year.
func Of(kind string, number int) Origin { return Origin(kind + "/" + strconv.Itoa(number)) }

// Parts are the kind of origin and what it names.
func (o Origin) Parts() (kind, name string) {
	kind, name, _ = strings.Cut(string(o), "/")
	return kind, name
}

// found reports whether the authorisation has what the origin names, with something found, and that it came to light in that way.
func (o Origin) found(a *authorization.Authorization, how Found) bool {
	kind, name := o.Parts()
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
