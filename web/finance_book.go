package web

import (
	"io"
	"strings"

	"datacharter/domain/finance"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
	"datacharter/web/export"
	"datacharter/web/words"
)

// exportBook gives the book to who may read the accounts.
func (s *server) exportBook(v *visit) {
	view, err := s.Case(v.ctx, v.actor, finance.Machine, v.Param("id"))
	form := export.Form(v.Param("form"))
	switch {
	case err != nil:
		v.fail(err)
	case view.Closed || !form.Known():
		v.refuse(refusal.NotFoundHere.With())
	default:
		v.file("book-"+view.Head.ID, form, func(to io.Writer) error { return export.Book(form, to, v.page.Language, financeOf(view)) })
	}
}

func (v financeView) entryHeadings() ([]string, []int) {
	return []string{
		v.T("分录", "Entry"), v.T("日期", "Date"), v.T("类型", "Kind"), v.T("科目", "Account"), v.T("借方（元）", "Debit (yuan)"), v.T("贷方（元）", "Credit (yuan)"), v.T("依据", "By reason of"),
	}, []int{1, 2, 3, 6}
}

// entryRows are the lines of an entry.
func (v financeView) entryRows(e revenue.Entry, why string) [][]string {
	var rows [][]string
	for _, l := range e.Lines {
		debit, credit := "", ""
		if l.Debit != 0 {
			debit = l.Debit.String()
		}
		if l.Credit != 0 {
			credit = l.Credit.String()
		}
		rows = append(rows, []string{e.ID, v.page.Day(e.On), v.page.In(words.Value(e.Kind)), v.page.In(words.Account(l.Account)), debit, credit, why})
	}
	return rows
}

func (v financeView) entries() figures {
	out := figures{caption: v.T("分录，按入账顺序", "Entries in the order in which they were posted")}
	out.headings, out.texts = v.entryHeadings()
	taken := v.f.TakenBack()
	for _, p := range v.f.Postings {
		why := strings.TrimSpace(p.Reference + " " + p.Reason)
		if taken[p.Entry.ID] {
			why = strings.TrimSpace(why + " " + v.T("（已冲销）", "(taken back)"))
		}
		out.rows = append(out.rows, v.entryRows(p.Entry, why)...)
	}
	return out
}

func (v financeView) runEntries(r finance.Run) figures {
	out := figures{caption: v.T("批准后入账的分录", "Entries that are posted once it is approved")}
	out.headings, out.texts = v.entryHeadings()
	for _, e := range r.Entries {
		out.rows = append(out.rows, v.entryRows(e, "")...)
	}
	return out
}
