package catalogue

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
)

// WriteSummary prints the counts of the report, with the failure if there was one. The language is a tag such as zh or en.
func (r Report) WriteSummary(w io.Writer, language string) error {
	p := &printer{language: language}
	if source, ok := catalogue.SourceByKey(r.Source); ok {
		p.line("{source}({site})", "{source} ({site})", "source", source.Name.In(language), "site", source.Site)
	} else if r.Source != "" {
		p.line("{source}", "{source}", "source", r.Source)
	}
	if r.Dry {
		p.line("试运行：未写入任何内容，以下为导入时将发生的变化。", "Dry run: nothing was stored; this is what importing would do.")
	}
	p.line("共 {rows} 行：入库 {imported}（新增 {created}，变更 {changed}，未变 {unchanged}），合并 {merged}，跳过 {skipped}，未存 {left}",
		"{rows} rows: {imported} imported ({created} created, {changed} changed, {unchanged} unchanged), {merged} merged, {skipped} skipped, {left} not stored",
		"rows", itoa(r.Rows), "imported", itoa(r.Imported), "created", itoa(r.Created), "changed", itoa(r.Changed), "unchanged", itoa(r.Unchanged),
		"merged", itoa(r.Merged), "skipped", itoa(r.Skipped), "left", itoa(r.NotStored))
	if r.Withheld > 0 {
		p.line("其中 {withheld} 行与已登记的资源不同，登记内容未改动：变更待处理 {held}，曾被驳回 {dismissed}",
			"{withheld} of them differ from registered resources, which stay as they are: {held} changes wait, {dismissed} were dismissed before",
			"withheld", itoa(r.Withheld), "held", itoa(r.Held), "dismissed", itoa(r.Dismissed))
	}
	for _, c := range r.Reasons {
		p.count(c.Rows, string(c.Reason), c.Reason.Words().In(language))
	}
	for _, c := range r.Remarks {
		p.count(c.Rows, string(c.Code), p.remark(c.Field, c.Code))
	}
	if r.Failure != nil {
		p.line("未完成：{what} [{code}]", "Not completed: {what} [{code}]", "what", r.Failure.Detail(language), "code", string(r.Failure.Code))
	}
	return p.writeTo(w)
}

// WriteRows prints the report's entries, row by row, with everything said about each.
func (r Report) WriteRows(w io.Writer, language string) error {
	p := &printer{language: language}
	for _, e := range r.Entries {
		p.entry(e)
	}
	return p.writeTo(w)
}

var outcomeWords = map[Outcome]text.Text{
	Imported:  {ZH: "已入库", EN: "imported"},
	Merged:    {ZH: "已并入第 {into} 行", EN: "merged into row {into}"},
	Skipped:   {ZH: "已跳过", EN: "skipped"},
	NotStored: {ZH: "未存", EN: "not stored"},
	Withheld:  {ZH: "未改动已登记的资源", EN: "left the registered resource as it is"},
}

// printer gathers lines, so that only one write can fail.
type printer struct {
	language string
	out      strings.Builder
}

func (p *printer) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, p.out.String())
	return err
}

// line prints one line in the printer's language. Parameters come as name, value pairs.
func (p *printer) line(zh, en string, params ...string) {
	p.out.WriteString(strings.TrimRight(fill(text.Text{ZH: zh, EN: en}.In(p.language), params...), " "))
	p.out.WriteByte('\n')
}

func (p *printer) count(n int, code, words string) {
	fmt.Fprintf(&p.out, "%8d  %s [%s]\n", n, words, code)
}

// remark is the field's name and what is said about it.
func (p *printer) remark(field string, code catalogue.Code) string {
	return p.about(field, code.Words().In(p.language))
}

func (p *printer) about(field, words string) string {
	colon := text.Text{ZH: ":", EN: ": "}
	return catalogue.FieldName(field).In(p.language) + colon.In(p.language) + words
}

func (p *printer) entry(e Entry) {
	outcome := fill(outcomeWords[e.Outcome].In(p.language), "into", itoa(e.Into))
	p.line("第 {row} 行 {outcome} {title}", "row {row} {outcome} {title}", "row", itoa(e.Row), "outcome", outcome, "title", e.Title)
	if e.Outcome == Withheld {
		p.detail(doneWords[string(e.Stored)].In(p.language), string(e.Stored), "")
	}
	if e.Reason != "" {
		p.detail(e.Reason.Words().In(p.language), string(e.Reason), "")
	}
	for _, f := range e.Faults {
		p.detail(p.about(f.Path, f.Detail(p.language)), f.Code, "")
	}
	for _, d := range e.Differences {
		if e.Outcome == Withheld {
			p.line("    {field}:登记“{was}”,来源“{is}”", "    {field}: registered “{was}”, the source says “{is}”", "field", catalogue.FieldName(d.Field).In(p.language), "was", d.From, "is", d.To)
			continue
		}
		if e.Outcome == Imported {
			p.line("    {field}:原“{was}”,现“{is}”", "    {field}: was “{was}”, is “{is}”", "field", catalogue.FieldName(d.Field).In(p.language), "was", d.From, "is", d.To)
			continue
		}
		p.line("    {field}:所留“{kept}”,本行“{here}”", "    {field}: kept “{kept}”, here “{here}”",
			"field", catalogue.FieldName(d.Field).In(p.language), "kept", d.From, "here", d.To)
	}
	for _, m := range e.Remarks {
		p.detail(p.remark(m.Field, m.Code), string(m.Code), m.Value)
	}
}

func (p *printer) detail(words, code, value string) {
	fmt.Fprintf(&p.out, "    %s [%s]", words, code)
	if value != "" {
		fmt.Fprintf(&p.out, " %q", value)
	}
	p.out.WriteByte('\n')
}

// fill puts values into words at {name}.
func fill(words string, params ...string) string {
	pairs := make([]string, len(params))
	for i, s := range params {
		if i%2 == 0 {
			s = "{" + s + "}"
		}
		pairs[i] = s
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

var itoa = strconv.Itoa
