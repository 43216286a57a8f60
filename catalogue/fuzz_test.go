package catalogue

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"datacharter/domain/catalogue"
)

// Whatever the file, the import ends with a report whose counts add up, and with a coded failure when the file cannot be read.
func FuzzImport(f *testing.F) {
	samples, err := filepath.Glob("testdata/*.json")
	if err != nil || len(samples) == 0 {
		f.Fatal("no samples: ", err)
	}
	for _, path := range samples {
		sample, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(sample))
	}
	for _, file := range []string{
		"", "[", `{"datasets":`, "[" + goodRow + "]", "\xef\xbb\xbf[" + goodRow + ",", `[{"id":1,"name":-2e9,"title":true,"organization":"\ud800"}]`,
		`[{"数据集名称":"甲","数据提供方":"乙","详情页网址":"https://%?dataset_name=;"}]`, `[{"资源名称":"甲","所属单位":"乙","数据格式":[[]]}]`,
	} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file string) {
		stored := memory{}
		report, err := Import(context.Background(), strings.NewReader(file), func(ctx context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error) {
			for _, r := range batch {
				if faults := catalogue.Validate(r); faults != nil {
					t.Fatalf("stored a resource with faults: %v", faults)
				}
			}
			return stored.put(ctx, batch)
		}, noProgress)
		var failure *Failure
		switch {
		case err == nil && report.Failure != nil, err != nil && (!errors.As(err, &failure) || report.Failure != failure):
			t.Fatalf("error %v, in the report %v", err, report.Failure)
		case failure != nil && (!failure.Code.Words().Complete() || failure.Offset < 0 || failure.Offset > int64(len(file))):
			t.Fatalf("failure %v in a file of %d bytes", failure, len(file))
		case failure != nil && len(stored) > 0:
			t.Fatal("stored something of a broken file")
		}
		if report.Rows != report.Imported+report.Merged+report.Skipped+report.NotStored || report.Imported != report.Created || report.Created != len(stored) {
			t.Fatalf("counts do not add up: %+v", report)
		}
		for _, language := range []string{"zh", "en"} {
			if err := errors.Join(report.WriteSummary(io.Discard, language), report.WriteRows(io.Discard, language)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := json.Marshal(report); err != nil {
			t.Fatal(err)
		}
	})
}
