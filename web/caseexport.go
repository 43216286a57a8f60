package web

import (
	"strings"
	"time"

	"datacharter/store"
)

// exportCases gives the whole list as it is filtered, up to store.MaxExport cases.
func (s *server) exportCases(v *visit) {
	filter, _ := s.caseFilter(v)
	if filter.Sort == store.ByChange {
		filter.Sort = store.ByOpening // so that what changes meanwhile comes once
	}
	sheetOf[store.CaseSummary]{
		name: "cases",
		headings: []string{
			v.T("编号", "ID"), v.T("名称", "Title"), v.T("种类", "Kind"), v.T("阶段", "Phase"), v.T("状态", "State"), v.T("当事单位", "Parties"),
			v.T("轮到谁", "Whose turn"), v.T("最近期限", "Next due"), v.T("期限规则", "Rule"), v.T("立案", "Opened"), v.T("变动", "Changed"), v.T("办结", "Closed"),
		},
		items: s.Store.ExportCases(v.ctx, v.actor, filter),
		rows:  func(batch []store.CaseSummary) ([][]any, error) { return s.caseRows(v, batch) },
	}.give(v)
}

func (s *server) caseRows(v *visit, batch []store.CaseSummary) ([][]any, error) {
	found, err := s.listed(v, batch)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, row := range found {
		due, rule := "", ""
		if row.due != nil {
			due, rule = row.due.Due.On.String(), v.page.In(row.due.Rule)
		}
		rows = append(rows, []any{
			row.ID, row.Title, v.page.In(row.kind), v.page.In(s.phaseWords(row)), v.page.In(row.state.Words), strings.Join(row.parties, v.T("、", ", ")),
			row.turn, due, rule, v.day(&row.OpenedAt), v.day(&row.ChangedAt), v.day(row.ClosedAt),
		})
	}
	return rows, nil
}

// day writes the date in China of an instant, or nothing for none.
func (v *visit) day(at *time.Time) string {
	if at == nil {
		return ""
	}
	return v.page.DayOf(*at)
}
