package export

import (
	"errors"
	"io"
	"iter"
	"strconv"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
	"datacharter/store"
)

// JSONLD is the form of a catalogue in the terms of DCAT 3.
const JSONLD Form = "jsonld"

// ForResources reports whether the catalogue can be given in the form.
func (f Form) ForResources() bool { return f == JSONLD || f.Known() }

var cut = text.Text{
	ZH: "名单已截断：只含前" + strconv.Itoa(store.MaxExport) + "行，请缩小范围再导出。",
	EN: "Cut: these are the first " + strconv.Itoa(store.MaxExport) + " rows only. Narrow the list and export again.",
}

// Linked is how the catalogue at an address is rendered as JSON-LD.
func Linked(at string, resource func(id string) string) catalogue.DCAT {
	return catalogue.DCAT{
		Catalog: at, Title: text.Text{ZH: "公共数据资源目录", EN: "Catalogue of public data resources"}, Publisher: "datacharter", Address: resource, Source: catalogue.SourceOf,
	}
}

// Resources writes a list of the catalogue as it comes: a table in a language, or JSON-LD as the rendering says, dated today. A list that is cut says so
// at its end.
func Resources(form Form, to io.Writer, language, today string, ld catalogue.DCAT, items iter.Seq2[catalogue.Resource, error]) error {
	if form == JSONLD {
		return linked(to, today, ld, items)
	}
	sheet, err := New(form, to, catalogue.Headings(language)...)
	if err != nil {
		return err
	}
	for r, err := range items {
		if errors.Is(err, store.ErrCut) {
			if err := sheet.Row(cut.In(language)); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := sheet.Row(r.Cells(language)...); err != nil {
			return err
		}
	}
	return sheet.Close()
}

func linked(to io.Writer, today string, ld catalogue.DCAT, items iter.Seq2[catalogue.Resource, error]) error {
	return inParts(to, items, func() ([]byte, error) { return ld.Head(today) }, ld.Dataset)
}
