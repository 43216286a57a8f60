package web

import (
	"errors"
	"io"
	"iter"
	"mime"
	"net/http"
	"strconv"

	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/export"
)

// sheetOf is a list that can be given as a file.
type sheetOf[T any] struct {
	name     string // of the file, without date and ending
	headings []string
	items    iter.Seq2[T, error]        // store.ErrCut when there are more
	rows     func([]T) ([][]any, error) // of store.MaxLimit items at most
}

// give gives the whole list in the form that the address names; a list that is cut says so in its last row.
func (l sheetOf[T]) give(v *visit) {
	form := export.Form(v.Param("form"))
	if !form.Known() {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	v.file(l.name, form, func(to io.Writer) error { return l.write(v, form, to) })
}

// file answers with a list that is written as it is read, under a name of the day.
func (v *visit) file(name string, form export.Form, write func(to io.Writer) error) {
	name += "-" + v.server.today().String() + "." + string(form)
	v.Header("Content-Type", form.MediaType())
	v.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	if v.Request.Method == http.MethodHead {
		return
	}
	if v.fault = write(v.Writer); v.fault != nil {
		panic(http.ErrAbortHandler) // half a list is on its way: a broken connection is the only thing left to say
	}
}

func (l sheetOf[T]) write(v *visit, form export.Form, to io.Writer) error {
	sheet, err := export.New(form, to, l.headings...)
	if err != nil {
		return err
	}
	var batch []T
	empty := func() error {
		rows, err := l.rows(batch)
		batch = batch[:0]
		for _, row := range rows {
			err = errors.Join(err, sheet.Row(row...))
		}
		return err
	}
	cut := false
	for item, err := range l.items {
		switch {
		case errors.Is(err, store.ErrCut):
			cut = true
			continue
		case err != nil:
			return err
		}
		if batch = append(batch, item); len(batch) == store.MaxLimit {
			if err := empty(); err != nil {
				return err
			}
		}
	}
	if err := empty(); err != nil {
		return err
	}
	if cut {
		most := strconv.Itoa(store.MaxExport)
		if err := sheet.Row(v.T("名单已截断：只含前"+most+"行，请缩小范围再导出。", "Cut: these are the first "+most+" rows only. Narrow the list and export again.")); err != nil {
			return err
		}
	}
	return sheet.Close()
}
