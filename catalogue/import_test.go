package catalogue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/catalogue"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// jiangsuFile is a file of n rows whose titles begin with a word.
func jiangsuFile(n int, title string) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"资源名称":"%s%d","所属单位":"示例省科技厅","详情页网址":"http://data.example.cn/?rowguid=g%d","资源描述":"说明","数据格式":["csv"],"资源更新日期":"2023-01-01"}`, title, i, i)
	}
	return "[" + strings.Join(rows, ",\n") + "]"
}

func TestImportAgain(t *testing.T) {
	stored := memory{}
	for _, c := range []struct {
		file string
		want Report
	}{
		{jiangsuFile(450, "示例"), Report{Source: "jiangsu", Rows: 450, Imported: 450, Created: 450}},
		{jiangsuFile(450, "示例"), Report{Source: "jiangsu", Rows: 450, Imported: 450, Unchanged: 450}},
		{jiangsuFile(451, "示例"), Report{Source: "jiangsu", Rows: 451, Imported: 451, Created: 1, Unchanged: 450}},
	} {
		var steps []int
		report, err := Import(context.Background(), strings.NewReader(c.file), stored.put, func(done, total int) {
			if total != c.want.Rows {
				t.Errorf("total %d", total)
			}
			steps = append(steps, done)
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, report, cmp.AllowUnexported(Failure{}), cmpopts.IgnoreUnexported(Report{})); diff != "" {
			t.Error(diff)
		}
		if !slices.Equal(steps, []int{200, 400, c.want.Rows}) {
			t.Errorf("progress %v", steps)
		}
	}
	report, err := Import(context.Background(), strings.NewReader(jiangsuFile(2, "新名")), stored.put, noProgress)
	if err != nil || report.Changed != 2 || len(report.Entries) != 2 || report.Entries[0].Stored != catalogue.Changed {
		t.Errorf("changed rows: %+v, %v", report, err)
	}
}

func TestImportStoresNothingOfABrokenFile(t *testing.T) {
	file := jiangsuFile(450, "示例")
	called := false
	report, err := Import(context.Background(), strings.NewReader(file[:len(file)-1]), func(context.Context, []catalogue.Resource) ([]catalogue.Stored, error) {
		called = true
		return nil, nil
	}, noProgress)
	var f *Failure
	if !errors.As(err, &f) || f.Code != Truncated || report.Failure != f {
		t.Errorf("error %v, in the report %v", err, report.Failure)
	}
	if called || report.Source != "jiangsu" || report.Rows != 450 || report.NotStored != 450 || report.Imported != 0 || len(report.Entries) != 450 {
		t.Errorf("called %v, report of %d rows, %d not stored", called, report.Rows, report.NotStored)
	}
}

func TestImportSaysWhatWasStoredBeforeAFault(t *testing.T) {
	full := errors.New("disk full")
	ctx, cancel := context.WithCancel(context.Background())
	for _, c := range []struct {
		name string
		ctx  context.Context
		code FailureCode
		then func(batch []catalogue.Resource) ([]catalogue.Stored, error)
	}{
		{"store fails", context.Background(), StoreFailed, func([]catalogue.Resource) ([]catalogue.Stored, error) { return nil, full }},
		{"store answers short", context.Background(), StoreFailed, func(b []catalogue.Resource) ([]catalogue.Stored, error) {
			return make([]catalogue.Stored, len(b)-1), nil
		}},
		{"interrupted", ctx, Interrupted, func([]catalogue.Resource) ([]catalogue.Stored, error) { cancel(); return nil, ctx.Err() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			stored := memory{}
			report, err := Import(c.ctx, strings.NewReader(jiangsuFile(450, "示例")), func(ctx context.Context, b []catalogue.Resource) ([]catalogue.Stored, error) {
				if len(stored) == 2*BatchSize {
					return c.then(b)
				}
				return stored.put(ctx, b)
			}, noProgress)
			var f *Failure
			if !errors.As(err, &f) || f.Code != c.code || f.Row != 401 || f.Offset != 0 {
				t.Errorf("error %v", err)
			}
			if report.Imported != 400 || report.Created != 400 || report.NotStored != 50 || report.Rows != 450 {
				t.Errorf("%d imported, %d not stored", report.Imported, report.NotStored)
			}
			if first := report.Entries[0]; len(report.Entries) != 50 || first.Row != 401 || first.Outcome != NotStored {
				t.Errorf("%d entries, the first for row %d", len(report.Entries), first.Row)
			}
		})
	}
}

func TestReportPrints(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		var b strings.Builder
		for _, name := range []string{"shanghai", "hongkong"} {
			report := importFile(t, "testdata/"+name+".json", memory{})
			if err := report.WriteSummary(&b, language); err != nil {
				t.Fatal(err)
			}
			if err := report.WriteRows(&b, language); err != nil {
				t.Fatal(err)
			}
		}
		broken, err := Import(context.Background(), strings.NewReader("["), memory{}.put, noProgress)
		if err == nil {
			t.Fatal("a broken file was imported")
		}
		if err := broken.WriteSummary(&b, language); err != nil {
			t.Fatal(err)
		}
		path := "testdata/report." + language + ".txt"
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (run with UPDATE_GOLDEN=1 to accept):\n%s", path, diff)
		}
	}
}

func TestReportAsJSON(t *testing.T) {
	report := importFile(t, "testdata/shanghai.json", memory{})
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report, back, cmpopts.IgnoreUnexported(Report{})); diff != "" {
		t.Error(diff)
	}
}

func TestWordsAreComplete(t *testing.T) {
	for _, r := range Reasons() {
		if !r.Words().Complete() {
			t.Errorf("reason %q has no words", r)
		}
	}
	for _, c := range FailureCodes() {
		if !c.Words().Complete() {
			t.Errorf("failure %q has no words", c)
		}
	}
	if len(Reasons()) != len(reasonWords) || len(FailureCodes()) != len(failureWords) {
		t.Error("a list and its words differ in length")
	}
}

func TestFailureDetail(t *testing.T) {
	for _, c := range []struct {
		f      Failure
		zh, en string
	}{
		{Failure{Code: NotJSON, Offset: 1}, "文件不是有效的JSON（第 1 字节）", "the file is not valid JSON (byte 1)"},
		{Failure{Code: Truncated, Row: 2, Offset: 74}, "文件不完整，中途结束（第 2 行，第 74 字节）", "the file breaks off before its end (row 2, byte 74)"},
		{Failure{Code: StoreFailed, Row: 401}, "写入资源目录失败（自第 401 行起）", "the resources could not be stored (from row 401)"},
	} {
		if !strings.Contains(c.f.Error(), string(c.f.Code)) {
			t.Errorf("error %q", c.f.Error())
		}
		if zh, en := c.f.Detail("zh-CN"), c.f.Detail("en-GB"); zh != c.zh || en != c.en {
			t.Errorf("%q, %q", zh, en)
		}
	}
}
