// Package export writes lists row by row for spreadsheets: as CSV that Excel opens with the right characters, or as XLSX.
package export

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Form is a form of file.
type Form string

// The forms.
const (
	CSV  Form = "csv"
	XLSX Form = "xlsx"
)

// MediaType is the form's media type.
func (f Form) MediaType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case JSONLD:
		return "application/ld+json"
	case CSV:
	}
	return "text/csv; charset=utf-8"
}

// Known reports whether there is such a form.
func (f Form) Known() bool { return f == CSV || f == XLSX }

// byteOrderMark tells Excel that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

const sheet = "Sheet1"

// Sheet is a list while it is written. Close it when all rows are there.
type Sheet struct {
	to   io.Writer
	csv  *csv.Writer
	book *excelize.File
	rows *excelize.StreamWriter
	row  int
}

// New begins a list with its headings. A CSV goes to the writer row by row, an XLSX when it is closed.
func New(form Form, to io.Writer, headings ...string) (*Sheet, error) {
	s := &Sheet{to: to}
	if form == XLSX {
		s.book = excelize.NewFile()
		var err error
		if s.rows, err = s.book.NewStreamWriter(sheet); err != nil {
			return nil, fmt.Errorf("begin a spreadsheet: %w", err)
		}
		if err := s.rows.SetColWidth(1, max(len(headings), 1), width); err != nil {
			return nil, fmt.Errorf("begin a spreadsheet: %w", err)
		}
		if err := s.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return nil, fmt.Errorf("begin a spreadsheet: %w", err)
		}
	} else {
		if _, err := io.WriteString(to, byteOrderMark); err != nil {
			return nil, err
		}
		s.csv = csv.NewWriter(to)
		s.csv.UseCRLF = true
	}
	cells := make([]any, len(headings))
	for i, h := range headings {
		cells[i] = h
	}
	if err := s.Row(cells...); err != nil {
		return nil, err
	}
	return s, nil
}

// width of a column, in characters.
const width = 22

// Row adds a row of texts and whole numbers.
func (s *Sheet) Row(cells ...any) error {
	s.row++
	if s.rows != nil {
		safe := make([]any, len(cells))
		for i, c := range cells {
			safe[i] = c
			if text, ok := c.(string); ok {
				safe[i] = inert(text)
			}
		}
		return s.rows.SetRow("A"+strconv.Itoa(s.row), safe)
	}
	record := make([]string, len(cells))
	for i, c := range cells {
		if text, ok := c.(string); ok {
			record[i] = inert(text)
		} else {
			record[i] = fmt.Sprint(c)
		}
	}
	return s.csv.Write(record)
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(s string) string {
	if strings.ContainsAny(s[:min(len(s), 1)], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

// Close ends the list and writes what is not written yet.
func (s *Sheet) Close() error {
	if s.csv != nil {
		s.csv.Flush()
		return s.csv.Error()
	}
	err := s.rows.Flush()
	if err == nil {
		_, err = s.book.WriteTo(s.to)
	}
	return errors.Join(err, s.book.Close())
}
