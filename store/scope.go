package store

import (
	"context"
	"slices"
	"strings"

	"datacharter/domain/complaint"
	"datacharter/domain/identity"
)

// condition is a piece of SQL with its values.
type condition struct {
	sql  string
	args []any
}

func (c condition) and(d condition) condition {
	return condition{"(" + c.sql + ") AND (" + d.sql + ")", append(c.args[:len(c.args):len(c.args)], d.args...)}
}

var (
	anything = condition{sql: "1 = 1"}
	nothing  = condition{sql: "1 = 0"}
)

// either is a condition that holds when any of the conditions does; nothing when there are none.
func either(conditions []condition) condition {
	if len(conditions) == 0 {
		return nothing
	}
	var all condition
	var each []string
	for _, c := range conditions {
		each = append(each, "("+c.sql+")")
		all.args = append(all.args, c.args...)
	}
	all.sql = strings.Join(each, " OR ")
	return all
}

// sees is the condition on a row of cases, called c, that the actor may see the case:
//
//   - the system sees every case; nobody sees one in which he declared an interest;
//   - a draft is seen in the applicant's organisation alone, its agent's and those that apply with it; that of a plan, which has none, in the agency's;
//   - any other case is seen by supervisors and administrators, in the organisations that are party to it,
//     by those who may be called to a meeting on it while it awaits one, and by those for whose role a task of it is or was meant.
//
// It is for one case, looked up by its ID. Lists take its two parts, openTo and concerning, and choose how to find the second.
func sees(actor identity.Actor) condition {
	may := openTo(actor)
	if these := concerning(actor); these != nil {
		may = may.and(these.holds("c.id"))
	}
	return may
}

// openTo is the part of sees that a row of cases, called c, tells by itself.
func openTo(actor identity.Actor) condition {
	if actor.IsSystem() {
		return anything
	}
	if len(actor.Grants) == 0 {
		return nothing
	}
	free := condition{"NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = ? AND i.case_id = c.id)", []any{actor.Person}}
	mine := organizationsOf(actor)
	return free.and(notComplainedOf(actor)).and(condition{
		"NOT c.draft OR CASE WHEN c.applicant <> '' THEN c.applicant ELSE c.agency END IN ? OR " +
			"EXISTS (SELECT 1 FROM case_parties d WHERE d.case_id = c.id AND d.organization IN ? AND (d.relation = 'agent' OR d.relation LIKE 'joint-%'))",
		[]any{mine, mine},
	})
}

// notComplainedOf keeps complaints to those who handle them: auditors, and case officers of the agency that does; nobody of the organisation complained of,
// and no administrator as such. It is Complaint.HandledBy in SQL.
func notComplainedOf(actor identity.Actor) condition {
	if actor.IsSystem() {
		return anything
	}
	var handles condition
	if actor.Has(identity.Auditor) {
		handles = anything
	} else {
		var agencies []string
		for _, g := range actor.Grants {
			if g.Role == identity.CaseOfficer {
				agencies = append(agencies, g.Organization)
			}
		}
		handles = nothing
		if len(agencies) > 0 {
			handles = condition{"c.agency IN ?", []any{agencies}}
		}
	}
	handles = handles.and(condition{
		"NOT EXISTS (SELECT 1 FROM case_parties x WHERE x.case_id = c.id AND x.relation = ? AND x.organization IN ?)", []any{against, organizationsOf(actor)},
	})
	return either([]condition{{sql: "c.kind <> ?", args: []any{string(complaint.Kind)}}, handles})
}

// concerning is the part of sees that is kept beside the case: the cases that concern the actor; nil for those whom all cases do.
func concerning(actor identity.Actor) restriction {
	if actor.SeesEverything() || len(actor.Grants) == 0 {
		return nil
	}
	these := restriction{{from: "case_parties p", id: "p.case_id", where: condition{"p.organization IN ?", []any{append(organizationsOf(actor), bodiesOf(actor)...)}}}}
	for _, d := range dutiesOf(actor) {
		// The state is said in the words of an index; that every task has a case makes it the one with most columns to go by, which SQLite takes.
		these = append(these, set{from: "tasks t", id: "t.case_id", where: condition{sql: "t.state <> 'cancelled' AND t.case_id > ''"}.and(d.tasks())})
	}
	return these
}

// duty is a role in a kind of organisation with the organisations in which the actor holds it.
type duty struct {
	role          identity.Role
	kind          identity.Kind
	organizations []string
}

// dutiesOf gathers the actor's grants, in their order.
func dutiesOf(actor identity.Actor) []duty {
	var duties []duty
	for _, g := range actor.Grants {
		i := slices.IndexFunc(duties, func(d duty) bool { return d.role == g.Role && d.kind == g.Kind })
		if i < 0 {
			i = len(duties)
			duties = append(duties, duty{role: g.Role, kind: g.Kind})
		}
		duties[i].organizations = append(duties[i].organizations, g.Organization)
	}
	return duties
}

// tasks is the condition on a row of tasks, called t, that it is meant for the duty: lifecycle.Task.For in SQL.
func (d duty) tasks() condition {
	return condition{"t.role = ? AND t.kind = ? AND t.organization IN ?", []any{string(d.role), string(d.kind), append([]string{""}, d.organizations...)}}
}

// taskFor is the condition on a row of tasks, called t, that it is meant for one of the actor's grants.
func taskFor(actor identity.Actor) condition {
	var each []condition
	for _, d := range dutiesOf(actor) {
		each = append(each, d.tasks())
	}
	return either(each)
}

func organizationsOf(actor identity.Actor) []string {
	ids := make([]string, len(actor.Grants))
	for i, g := range actor.Grants {
		ids[i] = g.Organization
	}
	return ids
}

// bodiesOf names the kinds of organisation in whose meetings the actor takes part, as anyBodyOf writes them.
func bodiesOf(actor identity.Actor) []string {
	var kinds []string
	for _, g := range actor.Grants {
		if g.Role == identity.Secretary || g.Role == identity.Member || g.Role == identity.Chair {
			kinds = append(kinds, anyBodyOf(g.Kind))
		}
	}
	return kinds
}

// mustSee returns ErrNotFound unless the actor may see the case.
func (s *Store) mustSee(ctx context.Context, actor identity.Actor, id string) error {
	may := sees(actor)
	var row caseRow
	return s.found(s.read.WithContext(ctx).Table("cases AS c").Select("c.id").Where("c.id = ?", id).Where(may.sql, may.args...).Take(&row).Error)
}
