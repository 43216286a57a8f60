package export

import (
	"errors"
	"io"

	"datacharter/domain/finance"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// bookHeadings are the columns of a book, one row for each line of each entry, as finance systems read vouchers.
var bookHeadings = []text.Text{
	{ZH: "分录编号", EN: "entry"},
	{ZH: "日期", EN: "date"},
	{ZH: "类型", EN: "kind"},
	{ZH: "结算期", EN: "period"},
	{ZH: "科目", EN: "account"},
	{ZH: "科目名称", EN: "account name"},
	{ZH: "借方（元）", EN: "debit, CNY"},
	{ZH: "贷方（元）", EN: "credit, CNY"},
	{ZH: "冲销的分录", EN: "takes back"},
	{ZH: "回单号", EN: "reference"},
	{ZH: "原因", EN: "reason"},
}

// Book writes the double-entry book of an authorisation's revenue in the order in which it was posted, in a language.
func Book(form Form, to io.Writer, language string, f *finance.Finance) error {
	headings := make([]string, len(bookHeadings))
	for i, h := range bookHeadings {
		headings[i] = h.In(language)
	}
	sheet, err := New(form, to, headings...)
	if err != nil {
		return err
	}
	for _, p := range f.Postings {
		e := p.Entry
		for _, l := range e.Lines {
			debit, credit := "", ""
			if l.Debit != 0 {
				debit = l.Debit.String()
			}
			if l.Credit != 0 {
				credit = l.Credit.String()
			}
			err = errors.Join(err, sheet.Row(
				e.ID, e.On.String(), words.Value(e.Kind).In(language), e.Period, string(l.Account), words.Account(l.Account).In(language), debit, credit, e.Counters, p.Reference, p.Reason,
			))
		}
	}
	return errors.Join(err, sheet.Close())
}
