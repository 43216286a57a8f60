package catalogue

import (
	"strings"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
)

// done says in one word what was done with a row.
var doneWords = map[string]text.Text{
	string(catalogue.Created): {ZH: "新增", EN: "created"}, string(catalogue.Changed): {ZH: "变更", EN: "changed"}, string(catalogue.Unchanged): {ZH: "未变", EN: "unchanged"},
	string(catalogue.Held): {ZH: "已登记，变更待处理", EN: "registered: the change waits"}, string(catalogue.Dismissed): {ZH: "已登记，此变更已驳回", EN: "registered: this change was dismissed"},
	string(Merged): {ZH: "合并", EN: "merged"}, string(Skipped): {ZH: "拒收", EN: "refused"}, string(NotStored): {ZH: "未存", EN: "not stored"},
}

// Headings are those of RowTable.
func (r Report) Headings(language string) []string {
	var out []string
	for _, t := range []text.Text{
		{ZH: "行号", EN: "row"}, {ZH: "名称", EN: "title"}, {ZH: "结果", EN: "done"}, {ZH: "资源标识", EN: "identifier"}, {ZH: "变动字段", EN: "fields changed"}, {ZH: "备注", EN: "remarks"},
	} {
		out = append(out, t.In(language))
	}
	return out
}

// RowTable says of every row of the file what was done with it: its number, title, result, identifier, the names of the fields that changed, and
// everything said about it.
func (r Report) RowTable(language string) [][]any {
	out := make([][]any, len(r.rows))
	for i, e := range r.rows {
		done := string(e.Outcome)
		stored := e.Outcome == Imported || e.Outcome == Withheld
		if stored {
			done = string(e.Stored)
		}
		var changed []string
		if stored {
			for _, d := range e.Differences {
				changed = append(changed, catalogue.FieldName(d.Field).In(language))
			}
		}
		out[i] = []any{e.Row, e.Title, doneWords[done].In(language), e.ID, strings.Join(changed, text.Text{ZH: "、", EN: ", "}.In(language)), e.said(language)}
	}
	return out
}

// said is everything said about a row, in one text.
func (e Entry) said(language string) string {
	p := &printer{language: language}
	var out []string
	if e.Reason != "" {
		words := e.Reason.Words().In(language)
		if e.Into != 0 {
			words += fill(text.Text{ZH: "（第 {into} 行）", EN: " (row {into})"}.In(language), "into", itoa(e.Into))
		}
		out = append(out, words)
	}
	for _, f := range e.Faults {
		out = append(out, p.about(f.Path, f.Detail(language)))
	}
	for _, m := range e.Remarks {
		out = append(out, p.remark(m.Field, m.Code))
	}
	return strings.Join(out, text.Text{ZH: "；", EN: "; "}.In(language))
}
