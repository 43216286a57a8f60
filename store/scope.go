package store

import (
	"context"
	"strings"

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

// sees is the condition on a row of cases, called c, that the actor may see the case:
//
//   - the system sees every case; nobody sees one in which he declared an interest;
//   - a draft is seen in the applicant's organisation alone;
//   - any other case is seen by supervisors and administrators, in the organisations that are party to it,
//     by those who may be called to a meeting on it while it awaits one, and by those for whose role a task of it is or was meant.
//
// one narrows the condition to a single case, so that it is looked up by its ID; empty for lists.
func sees(actor identity.Actor, one string) condition {
	if actor.IsSystem() {
		return anything
	}
	if len(actor.Grants) == 0 {
		return nothing
	}
	free := condition{"NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = ? AND i.case_id = c.id)", []any{actor.Person}}
	organizations := organizationsOf(actor)
	own := condition{"NOT c.draft OR c.applicant IN ?", []any{organizations}}
	if actor.SeesEverything() {
		return free.and(own)
	}
	parties := condition{"p.organization IN ?", []any{append(organizations, bodiesOf(actor)...)}}
	meant := meantFor(actor)
	if one != "" {
		parties = parties.and(condition{"p.case_id = ?", []any{one}})
		meant = meant.and(condition{"t.case_id = ?", []any{one}})
	}
	// With c.id as an expression both databases read the cases in the order of the list and stop when the part is full,
	// instead of sorting all that the actor may see: at 100,000 cases under 0.1 s whoever asks, and not up to 1 s.
	concerned := condition{
		"(c.id || '') IN (SELECT p.case_id FROM case_parties p WHERE " + parties.sql + ") OR (c.id || '') IN (SELECT t.case_id FROM tasks t WHERE " + meant.sql + ")",
		append(parties.args, meant.args...),
	}
	return free.and(own).and(concerned)
}

// meantFor is the condition on a row of tasks, called t, that it makes its case visible to the actor.
func meantFor(actor identity.Actor) condition {
	return condition{sql: "t.state <> 'cancelled'"}.and(taskFor(actor))
}

// taskFor is the condition on a row of tasks, called t, that it is meant for one of the actor's grants: lifecycle.Task.For in SQL.
func taskFor(actor identity.Actor) condition {
	if len(actor.Grants) == 0 {
		return nothing
	}
	var each []string
	var args []any
	for _, g := range actor.Grants {
		each = append(each, "(t.role = ? AND t.kind = ? AND t.organization IN ('', ?))")
		args = append(args, string(g.Role), string(g.Kind), g.Organization)
	}
	return condition{"(" + strings.Join(each, " OR ") + ")", args}
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
	may := sees(actor, id)
	var row caseRow
	return s.found(s.read.WithContext(ctx).Table("cases AS c").Select("c.id").Where("c.id = ?", id).Where(may.sql, may.args...).Take(&row).Error)
}
