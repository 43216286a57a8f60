package store

import (
	"context"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// CaseOverview is what a list shows of a case beside its summary: whose turn it is and until when.
type CaseOverview struct {
	Next  *DeadlineView // the nearest limit that is running; nil when none is
	Turns []Turn        // the tasks that wait for somebody, in the order in which they were opened; empty when none does
}

// Turn is a task that waits for somebody.
type Turn struct {
	Task         string
	Title        text.Text
	Kind         identity.Kind
	Organization string // empty when it is for any of the kind
	Role         identity.Role
	Claimed      bool
}

// Overviews looks up what lists show of cases that have been listed, by ID. It asks nobody's right: listing them did.
func (s *Store) Overviews(ctx context.Context, cases []CaseSummary) (map[string]CaseOverview, error) {
	overviews := make(map[string]CaseOverview, len(cases))
	if len(cases) == 0 {
		return overviews, nil
	}
	db := s.read.WithContext(ctx)
	seen, titles := make([]string, len(cases)), map[string]string{}
	for i, c := range cases {
		seen[i], titles[c.ID], overviews[c.ID] = c.ID, c.Title, CaseOverview{}
	}
	var limits []deadlineRow
	err := db.Table("deadlines AS d").Where("d.case_id IN ?", seen).Where(running("d")).Order("d.due_at DESC, d.n DESC").Find(&limits).Error
	if err != nil {
		return nil, err
	}
	for _, l := range limits { // the nearest comes last and stays
		next, err := listedDeadline{l, titles[l.CaseID]}.view()
		if err != nil {
			return nil, err
		}
		overviews[l.CaseID] = CaseOverview{Next: &next}
	}
	var tasks []taskRow
	err = db.Select("id, case_id, title_zh, title_en, kind, organization, role, claimant").Where("case_id IN ? AND state IN ?", seen, []lifecycle.TaskState{lifecycle.TaskOpen, lifecycle.TaskClaimed}).
		Order("opened_at, id").Find(&tasks).Error
	for _, t := range tasks {
		o := overviews[t.CaseID]
		o.Turns = append(o.Turns, Turn{
			Task: t.ID, Title: text.Text{ZH: t.TitleZH, EN: t.TitleEN}, Kind: identity.Kind(t.Kind), Organization: t.Organization,
			Role: identity.Role(t.Role), Claimed: t.Claimant != "",
		})
		overviews[t.CaseID] = o
	}
	return overviews, err
}
