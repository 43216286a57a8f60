package web

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/export"
)

// exportCases gives the whole list as it is filtered, up to store.MaxExport cases; a list that is cut says so in its last row.
func (s *server) exportCases(v *visit) {
	form := export.Form(v.Param("form"))
	if !form.Known() {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	filter, _ := s.caseFilter(v)
	if filter.Sort == store.ByChange {
		filter.Sort = store.ByOpening // so that what changes meanwhile comes once
	}
	v.Header("Content-Type", form.MediaType())
	v.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "cases-" + s.today().String() + "." + string(form)}))
	if v.Request.Method == http.MethodHead {
		return
	}
	if v.fault = s.writeCases(v, form, filter); v.fault != nil {
		panic(http.ErrAbortHandler) // half a list is on its way: a broken connection is the only thing left to say
	}
}

func (s *server) writeCases(v *visit, form export.Form, filter store.CaseFilter) error {
	sheet, err := export.New(
		form, v.Writer, v.T("编号", "ID"), v.T("名称", "Title"), v.T("种类", "Kind"), v.T("阶段", "Phase"), v.T("状态", "State"), v.T("当事单位", "Parties"),
		v.T("轮到谁", "Whose turn"), v.T("最近期限", "Next due"), v.T("期限规则", "Rule"), v.T("立案", "Opened"), v.T("变动", "Changed"), v.T("办结", "Closed"),
	)
	if err != nil {
		return err
	}
	var batch []store.CaseSummary
	for c, err := range s.Store.ExportCases(v.ctx, v.actor, filter) {
		switch {
		case errors.Is(err, store.ErrCut):
			if err := s.writeBatch(v, sheet, batch); err != nil {
				return err
			}
			batch = nil
			most := strconv.Itoa(store.MaxExport)
			if err := sheet.Row(v.T("名单已截断：只含前"+most+"个案件，请缩小范围再导出。", "Cut: these are the first "+most+" cases only. Narrow the list and export again.")); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			batch = append(batch, c)
		}
		if len(batch) == store.MaxLimit {
			if err := s.writeBatch(v, sheet, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return errors.Join(s.writeBatch(v, sheet, batch), sheet.Close())
}

func (s *server) writeBatch(v *visit, sheet *export.Sheet, batch []store.CaseSummary) error {
	rows, err := s.listed(v, batch)
	if err != nil {
		return err
	}
	for _, row := range rows {
		due, rule := "", ""
		if row.due != nil {
			due, rule = row.due.Due.On.String(), v.page.In(row.due.Rule)
		}
		err := sheet.Row(
			row.ID, row.Title, v.page.In(row.kind), v.page.In(s.phaseWords(row)), v.page.In(row.state.Words), strings.Join(row.parties, v.T("、", ", ")),
			row.turn, due, rule, v.day(&row.OpenedAt), v.day(&row.ChangedAt), v.day(row.ClosedAt),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// day writes the date in China of an instant, or nothing for none.
func (v *visit) day(at *time.Time) string {
	if at == nil {
		return ""
	}
	return v.page.DayOf(*at)
}
