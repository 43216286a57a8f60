package catalogue

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// table reads the rows of a CSV or XLSX file. The first row that is not to be skipped has the headings.
func (m Mapping) table(content []byte) ([]record, *Failure) {
	rows := csvRows
	if m.Form == XLSX {
		rows = m.sheetRows
	}
	all, failure := rows(content)
	if failure != nil {
		return nil, failure
	}
	if len(all) <= m.Skip {
		return nil, &Failure{Code: NoRows, Offset: int64(len(content))}
	}
	headings := all[m.Skip]
	for i, h := range headings {
		headings[i] = strings.TrimSpace(h)
	}
	for _, field := range mappable {
		named := m.path(field)
		if named == "" {
			continue
		}
		if !slices.ContainsFunc(strings.Split(named, "|"), func(one string) bool { return slices.Contains(headings, one) }) {
			return nil, &Failure{Code: ColumnMissing, Row: 0, Offset: int64(len(content)), field: field}
		}
	}
	var records []record
	for _, cells := range all[m.Skip+1:] {
		if len(said(cells)) == 0 {
			continue // tables often end with empty rows
		}
		records = append(records, record{get: func(heading string) []string {
			if i := slices.Index(headings, heading); i >= 0 && i < len(cells) {
				return []string{unguarded(cells[i])}
			}
			return nil
		}})
	}
	return records, nil
}

// unguarded takes away the mark by which an exported cell is kept from being a formula.
func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// csvRows reads CSV in UTF-8 or, as Chinese spreadsheets write it, in GB 18030.
func csvRows(content []byte) ([][]string, *Failure) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, &Failure{Code: NotUTF8, Offset: int64(len(content))}
		}
		content = decoded
	}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.FieldsPerRecord = -1
	var rows [][]string
	for {
		row, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, &Failure{Code: NotTable, Row: len(rows) + 1, Offset: reader.InputOffset(), cause: err}
		}
		rows = append(rows, row)
	}
}

// sheetRows reads a sheet of XLSX.
func (m Mapping) sheetRows(content []byte) (rows [][]string, failure *Failure) {
	broken := func(err error) *Failure {
		return &Failure{Code: NotTable, Row: len(rows), Offset: int64(len(content)), cause: err}
	}
	const most = 8 * MaxBytes // unpacked
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: most})
	if err != nil {
		return nil, broken(err)
	}
	defer func() {
		if err := book.Close(); err != nil && failure == nil {
			failure = broken(err)
		}
	}()
	sheet := m.Sheet
	if sheet == "" {
		sheet = book.GetSheetName(0)
	}
	cells, err := book.Rows(sheet)
	if err != nil {
		return nil, broken(err)
	}
	for cells.Next() {
		row, err := cells.Columns()
		if err != nil {
			return nil, broken(err)
		}
		if rows = append(rows, row); len(rows) > m.Skip+1+MaxRows {
			return nil, &Failure{Code: TooManyRows, Row: len(rows), Offset: int64(len(content))}
		}
	}
	if err := errors.Join(cells.Error(), cells.Close()); err != nil {
		return nil, broken(err)
	}
	return rows, nil
}

// serialDate reads the number that a spreadsheet keeps for a day.
func serialDate(s string) (string, bool) {
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < 1 || days > 80_000 { // to the year 2119
		return "", false
	}
	at, err := excelize.ExcelDateToTime(days, false)
	return at.Format(time.DateOnly), err == nil
}
