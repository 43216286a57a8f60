package store

import (
	"context"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// CaseTitle is what a case is called.
type CaseTitle struct {
	Kind  lifecycle.Kind
	Title string
}

// CaseTitles looks up the titles of cases by ID: of those that the actor may see.
func (s *Store) CaseTitles(ctx context.Context, actor identity.Actor, ids []string) (map[string]CaseTitle, error) {
	may := sees(actor)
	return lookUp(ids, func(ids []string) *gorm.DB {
		return s.read.WithContext(ctx).Table("cases AS c").Select("c.id, c.kind, c.title").Where("c.id IN ?", ids).Where(may.sql, may.args...)
	}, func(r caseRow) (string, CaseTitle, error) {
		return r.ID, CaseTitle{lifecycle.Kind(r.Kind), r.Title}, nil
	})
}

// TaskTitles looks up the titles of tasks by ID: of those that GetTask would return.
func (s *Store) TaskTitles(ctx context.Context, actor identity.Actor, ids []string) (map[string]text.Text, error) {
	return lookUp(ids, func(ids []string) *gorm.DB {
		q := s.tasks(ctx, actor, approach{}).Where("t.id IN ?", ids)
		if !actor.SeesEverything() {
			meant := condition{sql: "t.state <> 'cancelled'"}.and(taskFor(actor))
			q = q.Where(meant.sql, meant.args...)
		}
		return q
	}, func(l listedTask) (string, text.Text, error) {
		return l.Task.ID, text.Text{ZH: l.Task.TitleZH, EN: l.Task.TitleEN}, nil
	})
}
