package catalogue

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"datacharter/domain/catalogue"

	"github.com/google/go-cmp/cmp"
)

// memory is a sink that keeps digests by identifier, as a store would.
type memory map[string]string

func (m memory) put(_ context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error) {
	results := make([]catalogue.Stored, len(batch))
	for i, r := range batch {
		switch stored, ok := m[r.ID]; {
		case !ok:
			results[i] = catalogue.Created
		case stored != r.Digest():
			results[i] = catalogue.Changed
		default:
			results[i] = catalogue.Unchanged
		}
		m[r.ID] = r.Digest()
	}
	return results, nil
}

func noProgress(int, int) {}

func importFile(t *testing.T, path string, into memory) Report {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	report, err := Import(context.Background(), file, into.put, noProgress)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// entryLine is an entry in short: row, outcome, reason, row kept; faults and differing fields; remarks as code/field.
func entryLine(e Entry) string {
	words := []string{itoa(e.Row), string(e.Outcome)}
	if e.Reason != "" {
		words = append(words, string(e.Reason))
	}
	if e.Into != 0 {
		words = append(words, itoa(e.Into))
	}
	for _, f := range e.Faults {
		words = append(words, "!"+f.Path)
	}
	for _, d := range e.Differences {
		words = append(words, "~"+d.Field)
	}
	for _, m := range e.Remarks {
		words = append(words, string(m.Code)+"/"+m.Field)
	}
	return strings.Join(words, " ")
}

// The samples hold the faults of the real catalogues, and some that those happen not to have.
func TestSamples(t *testing.T) {
	for name, want := range map[string][]string{
		"shanghai": {
			"2 merged repeat 1",
			"3 merged same-key 6 ~updated",
			"5 merged same-key 1 ~formats",
			"7 merged same-key 6 ~updated",
			"8 skipped title-missing address-of-another/detailUrl",
			"9 skipped provider-missing address-of-another/detailUrl",
			"10 imported address-of-another/detailUrl space-normalised/title word-unknown/frequency empty/summary empty/formats",
			"11 skipped row-not-object",
			"12 skipped row-not-object",
			"13 skipped title-missing wrong-type/title address-of-another/detailUrl",
			"14 imported address-of-another/detailUrl placeholder/summary",
			"15 imported address-of-another/detailUrl field-unknown/",
			"16 imported wrong-type/accessPublished wrong-type/formats address-of-another/detailUrl date-unreadable/updated empty/formats",
		},
		"jiangsu": {
			"1 merged same-key 8 ~title ~updated",
			"2 imported empty/formats empty/updated",
			"3 imported character-removed/summary format-unknown/formats word-unknown/frequency",
			"4 imported space-normalised/title line-break-kept/summary placeholder/theme placeholder/industry placeholder/scenario",
			"5 imported key-derived/sourceKey",
			"6 imported address-unreadable/detailUrl key-derived/sourceKey",
			"7 merged same-key 8 ~title ~updated",
		},
		"hongkong": {
			"3 imported line-break-removed/title line-break-kept/summary",
			"4 merged same-key 1 ~updated",
			"5 skipped provider-missing",
			"6 imported format-unknown/formats",
			"7 skipped row-invalid !license wrong-type/formats empty/formats",
		},
	} {
		t.Run(name, func(t *testing.T) {
			stored := memory{}
			report := importFile(t, filepath.Join("testdata", name+".json"), stored)
			got := make([]string, len(report.Entries))
			for i, e := range report.Entries {
				got[i] = entryLine(e)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if report.Source != name || report.Created != len(stored) || report.Imported+report.Merged+report.Skipped != report.Rows {
				t.Errorf("counts do not add up: %+v", report)
			}
		})
	}
}

// The excerpts shipped for the demonstration are real: 300 rows with the faults they were published with.
func TestExcerpts(t *testing.T) {
	for name, want := range map[string][]string{
		"jiangsu": {
			"180 rows, 180 created, 0 merged, 0 skipped",
			"54 empty/formats", "20 empty/updated",
			"5 placeholder/industry", "5 placeholder/scenario", "2 placeholder/summary", "5 placeholder/theme",
			"3 line-break-removed/summary", "4 line-break-kept/summary", "2 space-normalised/summary", "2 space-normalised/title", "3 character-removed/summary",
			"48 word-unknown/frequency", "61 format-unknown/formats",
		},
		"hongkong": {
			"120 rows, 120 created, 0 merged, 0 skipped",
			"16 line-break-removed/title", "13 line-break-kept/summary", "10 space-normalised/summary", "6 space-normalised/title", "5 format-unknown/formats",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("..", "demo", "catalogue", name+".json")
			stored := memory{}
			first := importFile(t, path, stored)
			if diff := cmp.Diff(want, countsOf(first)); diff != "" {
				t.Error(diff)
			}
			again := importFile(t, path, stored)
			if again.Unchanged != first.Created || again.Imported != again.Unchanged || len(stored) != first.Created {
				t.Errorf("the second run is not all unchanged: %s", countsOf(again))
			}
		})
	}
}

func countsOf(r Report) []string {
	counts := []string{fmt.Sprintf("%d rows, %d created, %d merged, %d skipped", r.Rows, r.Created, r.Merged, r.Skipped)}
	for _, c := range r.Reasons {
		counts = append(counts, fmt.Sprintf("%d %s", c.Rows, c.Reason))
	}
	for _, c := range r.Remarks {
		counts = append(counts, fmt.Sprintf("%d %s/%s", c.Rows, c.Code, c.Field))
	}
	return counts
}
