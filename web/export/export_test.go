package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"datacharter/web/export"
)

// write writes a small list in a form.
func write(t *testing.T, form export.Form) []byte {
	t.Helper()
	var out bytes.Buffer
	s, err := export.New(form, &out, "编号", "名称", "项数")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"aut-1", "=HYPERLINK(\"http://x\")", 3}, {"+1", "a \"b\", c\nd", 0}, {"-x", "@y", -7}, {"", "授权运营", 1}} {
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var want = [][]string{
	{"编号", "名称", "项数"}, {"aut-1", "'=HYPERLINK(\"http://x\")", "3"}, {"'+1", "a \"b\", c\nd", "0"}, {"'-x", "'@y", "-7"}, {"", "授权运营", "1"},
}

func TestCSV(t *testing.T) {
	raw, marked := strings.CutPrefix(string(write(t, export.CSV)), "\ufeff")
	if !marked {
		t.Error("Excel will not know that this is UTF-8")
	}
	got, err := csv.NewReader(strings.NewReader(raw)).ReadAll()
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("%v\n%s", err, cmp.Diff(want, got))
	}
}

func TestXLSX(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(write(t, export.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetRows("Sheet1")
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("%v\n%s", err, cmp.Diff(want, got))
	}
	if formula, err := book.GetCellFormula("Sheet1", "B2"); err != nil || formula != "" {
		t.Errorf("a formula %q, %v", formula, err)
	}
}

func TestForms(t *testing.T) {
	if !export.CSV.Known() || !export.XLSX.Known() || export.Form("pdf").Known() || export.CSV.MediaType() == export.XLSX.MediaType() {
		t.Error("the forms are not told apart")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestBrokenWriter(t *testing.T) {
	for _, form := range []export.Form{export.CSV, export.XLSX} {
		s, err := export.New(form, broken{}, "a")
		if err != nil {
			continue
		}
		if err := s.Close(); err == nil {
			t.Errorf("%s: nobody heard that the writer is gone", form)
		}
	}
}
