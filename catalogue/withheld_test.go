package catalogue

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"datacharter/domain/catalogue"
)

// TestWithheldRows: what a registered resource is not changed to is reported row by row, by a dry run as by an import.
func TestWithheldRows(t *testing.T) {
	verdicts := []catalogue.Stored{catalogue.Held, catalogue.Dismissed, catalogue.Changed, catalogue.Unchanged}
	compare := func(_ context.Context, batch []catalogue.Resource) ([]catalogue.Comparison, error) {
		out := make([]catalogue.Comparison, len(batch))
		for i := range batch {
			if out[i].Stored = verdicts[i]; verdicts[i] != catalogue.Unchanged {
				out[i].Differences = []catalogue.Difference{{Field: "title", From: "登记名", To: "来源名"}}
			}
		}
		return out, nil
	}
	sink := func(_ context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error) {
		return verdicts[:len(batch)], nil
	}
	for _, run := range []Run{{Compare: compare}, {Compare: compare, Sink: sink}} {
		report, err := run.Import(t.Context(), strings.NewReader(jiangsuFile(4, "示例")))
		if err != nil {
			t.Fatal(err)
		}
		if report.Rows != 4 || report.Imported != 2 || report.Withheld != 2 || report.Held != 1 || report.Dismissed != 1 || report.Changed != 1 || report.Unchanged != 1 {
			t.Errorf("%+v", report)
		}
		if len(report.Entries) < 3 || report.Entries[0].Outcome != Withheld || len(report.Entries[0].Differences) != 1 || report.Entries[1].Stored != catalogue.Dismissed {
			t.Errorf("%+v", report.Entries)
		}
		for language, want := range map[string][]string{
			"zh": {"已登记，变更待处理 名称", "已登记，此变更已驳回 名称", "变更 名称", "其中 2 行与已登记的资源不同", "登记“登记名”,来源“来源名”"},
			"en": {"registered: the change waits title", "registered: this change was dismissed title", "changed title", "2 of them differ from registered resources", "registered “登记名”, the source says “来源名”"},
		} {
			var out strings.Builder
			for _, row := range report.RowTable(language) {
				fmt.Fprintf(&out, "%s %s\n", row[2], row[4])
			}
			if err := report.WriteSummary(&out, language); err != nil {
				t.Fatal(err)
			}
			if err := report.WriteRows(&out, language); err != nil {
				t.Fatal(err)
			}
			for _, words := range want {
				if !strings.Contains(out.String(), words) {
					t.Errorf("%s: the report does not say %q:\n%s", language, words, out.String())
				}
			}
		}
	}
}
