package catalogue_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"datacharter/catalogue"
	domain "datacharter/domain/catalogue"
	"datacharter/store"
	"datacharter/store/storetest"
	"datacharter/web/export"
)

// published are the files of real catalogues: those in the directory that DATACHARTER_TEST_CATALOGUES names, whole ones, else the excerpts of the
// demonstration. The repository may carry no more of them than these 300 rows.
func published(t *testing.T) (files []string, whole bool) {
	t.Helper()
	directory := os.Getenv("DATACHARTER_TEST_CATALOGUES")
	if whole = directory != ""; !whole {
		directory = filepath.Join("..", "demo", "catalogue")
	}
	files, err := filepath.Glob(filepath.Join(directory, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogues in %s: %v", directory, err)
	}
	return files, whole
}

// importer imports files and adds the reports up.
type importer struct {
	t     *testing.T
	db    *store.Store
	dry   bool
	total catalogue.Report
}

func (i *importer) take(name string, file io.Reader, mapping *catalogue.Mapping) {
	i.t.Helper()
	run := catalogue.Run{Mapping: mapping, Compare: i.db.CompareResources, Sink: i.db.ImportFrom(name)}
	if i.dry {
		run.Sink = nil
	}
	report, err := run.Import(i.t.Context(), file)
	if err != nil {
		i.t.Fatalf("%s: %v", name, err)
	}
	if report.Rows != report.Imported+report.Withheld+report.Merged+report.Skipped+report.NotStored || report.Imported != report.Created+report.Changed+report.Unchanged {
		i.t.Errorf("%s: the counts do not add up: %+v", name, report)
	}
	i.total.Rows += report.Rows
	i.total.Created += report.Created
	i.total.Changed += report.Changed
	i.total.Unchanged += report.Unchanged
	i.total.Withheld += report.Withheld
	i.total.Merged += report.Merged
	i.total.Skipped += report.Skipped
}

// asTable writes every resource of the files as a table of the source, repeats among them, and the mapping by which it is read.
func asTable(t *testing.T, files []string, source string) ([]byte, *catalogue.Mapping) {
	t.Helper()
	var out bytes.Buffer
	sheet, err := export.New(export.CSV, &out, domain.Headings("en")...)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = catalogue.Read(t.Context(), bytes.NewReader(file), func(r catalogue.Row) error {
			if r.Skip != "" {
				return nil
			}
			return sheet.Row(r.Resource.Cells("en")...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := sheet.Close(); err != nil {
		t.Fatal(err)
	}
	m := &catalogue.Mapping{Source: source, Form: catalogue.CSV, Fields: map[string]string{"frequency": "update frequency as published|update frequency", "access": "access as published|access"}}
	for _, name := range []string{
		"sourceKey", "title", "summary", "provider", "providerCode", "theme", "subject", "industry", "scenario", "tags", "formats", "firstPublished", "updated", "version", "license", "contact", "detailUrl",
		"language",
	} {
		m.Fields[name] = domain.FieldName(name).EN
	}
	return out.Bytes(), m
}

// TestTenThousandRealRowsTwice: at least 10,000 rows with what real catalogues say are imported, and the second time not one of them changes.
//
// The whole catalogues, where DATACHARTER_TEST_CATALOGUES names their directory, are imported as published and once more as the table of another source.
// Without it the rows are the 300 real ones of the excerpts, as published and then as the tables of 34 sources: as many rows and as real, but each title
// comes 34 times.
func TestTenThousandRealRowsTwice(t *testing.T) {
	t.Parallel()
	const enough = 10_000
	files, whole := published(t)
	sources := 34
	if whole {
		sources = 1
	}
	for _, d := range storetest.Databases {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			db := d.Open(t, store.Options{})
			everything := func(dry bool) catalogue.Report {
				t.Helper()
				i := &importer{t: t, db: db, dry: dry}
				for _, path := range files {
					file, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					i.take(filepath.Base(path), bytes.NewReader(file), nil)
				}
				for n := range sources {
					content, mapping := asTable(t, files, fmt.Sprintf("来源 %02d", n+1))
					i.take(mapping.Source+".csv", bytes.NewReader(content), mapping)
				}
				return i.total
			}
			first := everything(false)
			if first.Rows < enough || first.Created < enough/2 || first.Changed+first.Unchanged+first.Withheld > 0 {
				t.Fatalf("first: %+v", first)
			}
			if counts, err := db.CountResources(t.Context(), store.ResourceFilter{}); err != nil || counts.All != first.Created {
				t.Errorf("the catalogue has %d of %d: %v", counts.All, first.Created, err)
			}
			t.Logf("%d rows, %d resources, %d merged, %d refused", first.Rows, first.Created, first.Merged, first.Skipped)
			for again, dry := range map[string]bool{"the second time": false, "as a dry run": true} {
				if report := everything(dry); report.Rows != first.Rows || report.Unchanged != first.Created || report.Created+report.Changed+report.Withheld > 0 {
					t.Errorf("%s: %+v", again, report)
				}
			}
			page, err := db.ListResources(t.Context(), store.ResourceFilter{Limit: store.MaxLimit})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Items {
				if versions, err := db.ListResourceVersions(t.Context(), store.VersionFilter{Resource: r.ID}); err != nil || len(versions.Items) != 1 {
					t.Fatalf("%s has %d versions: %v", r.Title, len(versions.Items), err)
				}
			}
		})
	}
}
