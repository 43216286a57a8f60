package catalogue

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"datacharter/domain/catalogue"
)

// goodRow is 61 bytes long.
const goodRow = `{"资源名称":"示例","所属单位":"示例省科技厅"}`

// readString reads a file of little importance to the test's own words.
func readString(file string) (source string, rows []Row, err error) {
	source, err = Read(context.Background(), strings.NewReader(file), func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	return source, rows, err
}

func TestReadFailures(t *testing.T) {
	for _, c := range []struct {
		name, file string
		code       FailureCode
		row        int
		offset     int64
	}{
		{"empty file", "", NoRows, 0, 0},
		{"only space", " \n ", NoRows, 0, 0},
		{"no rows", "[]", NoRows, 0, 2},
		{"no rows in an object", `{"datasets":[]}`, NoRows, 0, 15},
		{"only rows that are none", `[1,null]`, NoRows, 2, 8},
		{"text", "资源名称，所属单位\n", NotJSON, 0, 1},
		{"page", "<html></html>", NotJSON, 0, 1},
		{"number", "12", ShapeUnknown, 0, 2},
		{"object without rows", `{"success":true,"result":[{}]}`, ShapeUnknown, 0, 29},
		{"rows are no array", `{"datasets":{"a":1}}`, ShapeUnknown, 0, 13},
		{"rows twice", `{"datasets":[` + goodRow + `],"datasets":[]}`, ShapeUnknown, 1, 86},
		{"other catalogue", `[{"name":"x","url":"y"}]`, FormatUnknown, 1, 23},
		{"empty rows", `[{}]`, FormatUnknown, 1, 3},
		{"broken off between rows", `[` + goodRow + `,`, Truncated, 2, 63},
		{"broken off after a row", `[` + goodRow, Truncated, 1, 62},
		{"broken off in a row", `[` + goodRow + `,{"资源名`, Truncated, 2, 74},
		{"broken off in the object", `{"datasets":[` + goodRow + `]`, Truncated, 1, 75},
		{"broken off before the rows", `{"a":1,`, Truncated, 0, 7},
		{"broken value before the rows", `{"a":x`, NotJSON, 0, 6},
		{"broken name before the rows", `{1:2}`, NotJSON, 0, 1},
		{"broken value after the rows", `{"datasets":[` + goodRow + `],"a":x}`, NotJSON, 1, 81},
		{"comma missing", `[` + goodRow + ` ` + goodRow + `]`, NotJSON, 2, 63},
		{"comma too many", `[` + goodRow + `,]`, NotJSON, 2, 64},
		{"quote missing", `[` + goodRow + `, {"资源名称":示例"}]`, NotJSON, 2, 81},
		{"brackets mixed up", `[` + goodRow + `}`, NotJSON, 1, 62},
		{"raw line break in text", "[{\"资源名称\":\"a\nb\"}]", NotJSON, 1, 20},
		{"more after the end", `[` + goodRow + `] x`, TrailingData, 1, 64},
		{"two catalogues", `[` + goodRow + `][]`, TrailingData, 1, 64},
		{"UTF-16", "\xff\xfe[\x00]\x00", NotUTF8, 0, 3},
		{"GBK", "[{\"\xd7\xca\xd4\xb4\":\"\xca\xbe\xc0\xfd\"}]", NotUTF8, 1, 16},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readString(c.file)
			var f *Failure
			if !errors.As(err, &f) {
				t.Fatalf("error %v is no failure", err)
			}
			if f.Code != c.code || f.Row != c.row || f.Offset != c.offset {
				t.Errorf("%s at row %d, byte %d; want %s at row %d, byte %d", f.Code, f.Row, f.Offset, c.code, c.row, c.offset)
			}
		})
	}
}

func TestReadAccepts(t *testing.T) {
	for name, file := range map[string]string{
		"byte order mark":             "\xef\xbb\xbf[" + goodRow + "]",
		"space after the end":         "[" + goodRow + "]\n\n",
		"no rows before the first":    "[null, " + goodRow + "]",
		"a row that is not UTF-8":     "[" + goodRow + ",{\"资源名称\":\"\xd7\xca\"}]",
		"rows in an object":           `{"count":1,"datasets":[` + goodRow + `],"next":{"a":[1]}}`,
		"a row of another catalogue":  `[` + goodRow + `,{"数据集名称":"示例","数据提供方":"示例局"}]`,
		"unreadable text in a string": `[` + goodRow + `,{"资源名称":"\ud800","所属单位":"示例省科技厅"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			source, rows, err := readString(file)
			if err != nil || source != catalogue.Jiangsu {
				t.Fatalf("source %q, error %v", source, err)
			}
			good := 0
			for i, r := range rows {
				if r.Number != i+1 {
					t.Errorf("row %d is numbered %d", i+1, r.Number)
				}
				if r.Skip == "" && r.Resource.Title == "示例" {
					good++
				}
			}
			if good != 1 {
				t.Errorf("%d good rows: %+v", good, rows)
			}
		})
	}
}

func TestReadLimits(t *testing.T) {
	file := "[" + goodRow + "]"
	if _, err := read(context.Background(), strings.NewReader(file), int64(len(file)), func(Row) error { return nil }); err != nil {
		t.Errorf("a file at the limit: %v", err)
	}
	var f *Failure
	_, err := read(context.Background(), strings.NewReader(file), int64(len(file))-1, func(Row) error { return nil })
	if !errors.As(err, &f) || f.Code != TooLarge || f.Offset != int64(len(file))-1 {
		t.Errorf("a file above the limit: %v", err)
	}
	_, _, err = readString("[" + goodRow + strings.Repeat(",0", MaxRows) + "]")
	if !errors.As(err, &f) || f.Code != TooManyRows || f.Row != MaxRows+1 {
		t.Errorf("too many rows: %v", err)
	}
}

func TestReadOversizedField(t *testing.T) {
	_, rows, err := readString(`[{"资源名称":"` + strings.Repeat("长", catalogue.MaxTitleRunes+1) + `","所属单位":"示例省科技厅"}]`)
	if err != nil {
		t.Fatal(err)
	}
	if r := rows[0]; r.Skip != RowInvalid || len(r.Faults) == 0 || r.Faults[0].Path != "title" || r.Resource.ID != "" {
		t.Errorf("%+v", r)
	}
}

func TestReadStops(t *testing.T) {
	enough := errors.New("enough")
	file := "[" + goodRow + "," + goodRow + "]"
	seen := 0
	if _, err := Read(context.Background(), strings.NewReader(file), func(Row) error { seen++; return enough }); !errors.Is(err, enough) || seen != 1 {
		t.Errorf("error %v after %d rows", err, seen)
	}

	ctx, cancel := context.WithCancel(context.Background())
	_, err := Read(ctx, strings.NewReader(file), func(Row) error { cancel(); return nil })
	var f *Failure
	if !errors.As(err, &f) || f.Code != Interrupted || !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}

	ctx, cancel = context.WithCancel(context.Background())
	slow := io.MultiReader(strings.NewReader("["), readerFunc(func([]byte) (int, error) { cancel(); return 0, ctx.Err() }))
	if _, err = Read(ctx, slow, func(Row) error { return nil }); !errors.As(err, &f) || f.Code != Interrupted {
		t.Errorf("interrupted while waiting for the file: %v", err)
	}

	broken := errors.New("disk on fire")
	for _, start := range []string{"", "[" + goodRow + ","} {
		_, err = Read(context.Background(), io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)), func(Row) error { return nil })
		if !errors.As(err, &f) || f.Code != ReadFailed || !errors.Is(err, broken) || !strings.Contains(f.Error(), "fire") || strings.Contains(f.Detail("en"), "fire") {
			t.Errorf("reader's error: %v", err)
		}
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestReadInSmallPieces(t *testing.T) {
	file := `{"a":[1,2],"datasets":[` + goodRow + `,` + goodRow + `]}`
	n := 0
	if _, err := Read(context.Background(), iotest.OneByteReader(strings.NewReader(file)), func(Row) error { n++; return nil }); err != nil || n != 2 {
		t.Errorf("%d rows, error %v", n, err)
	}
}
