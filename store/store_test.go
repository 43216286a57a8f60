package store_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm/schema"

	"datacharter/store"
	"datacharter/store/storetest"
)

func TestStore(t *testing.T) {
	for _, d := range storetest.Databases {
		t.Run(d.Name, func(t *testing.T) { storetest.Suite(t, d) })
	}
}

func TestBadURLs(t *testing.T) { storetest.BadURLs(t) }

// TestSchemaFitsRows compares the tables that the migrations make with the rows that the program reads and writes.
func TestSchemaFitsRows(t *testing.T) {
	want := map[string][]storetest.Column{}
	for _, model := range store.Models {
		s, err := schema.Parse(model, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Fields {
			want[s.Table] = append(want[s.Table], storetest.Column{
				Name: f.DBName, Required: !strings.HasPrefix(f.FieldType.String(), "sql.Null"), Key: f.PrimaryKey,
			})
		}
	}
	for _, d := range storetest.Databases {
		t.Run(d.Name, func(t *testing.T) {
			got := storetest.Schema(t, d)
			for _, tables := range []map[string][]storetest.Column{want, got} {
				for _, columns := range tables {
					slices.SortFunc(columns, func(a, b storetest.Column) int { return strings.Compare(a.Name, b.Name) })
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-rows +tables):\n%s", diff)
			}
		})
	}
}

// TestMigrationFiles checks that both databases have the same migrations, numbered without gaps, each with a way back.
func TestMigrationFiles(t *testing.T) {
	name := regexp.MustCompile(`^(\d{4})_[a-z_]+\.sql$`)
	var first []string
	for _, d := range storetest.Databases {
		files, err := fs.Glob(store.Migrations, "migrations/"+d.Name+"/*")
		if err != nil {
			t.Fatal(err)
		}
		names := make([]string, len(files))
		for i, file := range files {
			names[i] = strings.TrimPrefix(file, "migrations/"+d.Name+"/")
			number := name.FindStringSubmatch(names[i])
			if number == nil {
				t.Errorf("%s: not numbered as the others", file)
				continue
			}
			if n, err := strconv.Atoi(number[1]); err != nil || n != i+1 {
				t.Errorf("%s: want number %d", file, i+1)
			}
			text, err := fs.ReadFile(store.Migrations, file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(text), "-- +goose Up\n") != 1 || strings.Count(string(text), "-- +goose Down\n") != 1 {
				t.Errorf("%s: want one way up and one down", file)
			}
		}
		if first == nil {
			first = names
		}
		if diff := cmp.Diff(first, names); diff != "" || len(names) == 0 {
			t.Errorf("%s has other migrations:\n%s", d.Name, diff)
		}
	}
}

func BenchmarkCommand(b *testing.B) {
	for _, d := range storetest.Databases {
		b.Run(d.Name, func(b *testing.B) { storetest.Benchmark(b, d) })
	}
}
