package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
)

func openTest(t *testing.T) *Store {
	t.Helper()
	url := "sqlite:" + filepath.Join(t.TempDir(), "store.db")
	if _, err := MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestSyncTouchesOnlyChanges counts the rows that are written.
func TestSyncTouchesOnlyChanges(t *testing.T) {
	s := openTest(t)
	var touched []string
	note := func(what string) func(*gorm.DB) {
		return func(db *gorm.DB) {
			touched = append(touched, fmt.Sprintf("%s %s %d", what, db.Statement.Table, db.RowsAffected))
		}
	}
	if err := s.write.Callback().Create().Register("test", note("put")); err != nil {
		t.Fatal(err)
	}
	if err := s.write.Callback().Delete().Register("test", note("drop")); err != nil {
		t.Fatal(err)
	}
	row := func(n int, state string) taskRow {
		return taskRow{ID: fmt.Sprint("e.", n), CaseID: "e", State: state, DueAt: never, DoneAt: sql.NullInt64{Int64: int64(n), Valid: true}}
	}
	before := projection{}
	for _, step := range []struct {
		name  string
		after projection
		want  []string
	}{
		{"new", projection{
			tasks:    []taskRow{row(1, "open"), row(2, "open"), row(3, "open")},
			parties:  []partyRow{{"e", "applicant", "o1"}, {"e", "agency", "a1"}},
			searched: []searched{{"e", "交通 数据", 7}},
		}, []string{"put tasks 3", "put case_parties 2", "put case_terms 4"}},
		{"the same", projection{
			tasks:    []taskRow{row(1, "open"), row(2, "open"), row(3, "open")},
			parties:  []partyRow{{"e", "applicant", "o1"}, {"e", "agency", "a1"}},
			searched: []searched{{"e", "交通 数据", 7}},
		}, nil},
		{"one changed, one new", projection{
			tasks:    []taskRow{row(1, "open"), row(2, "done"), row(3, "open"), row(4, "open")},
			parties:  []partyRow{{"e", "applicant", "o1"}, {"e", "agency", "a2"}},
			searched: []searched{{"e", "交通 数据", 7}},
		}, []string{"put tasks 2", "put case_parties 1"}},
		{"some gone", projection{
			tasks:     []taskRow{row(1, "open"), row(2, "done"), row(3, "open"), row(4, "open")},
			parties:   []partyRow{{"e", "applicant", "o1"}},
			interests: []interestRow{{"p", "e"}},
			searched:  []searched{{"e", "医疗 数据", 7}},
		}, []string{"drop case_parties 1", "put case_interests 1", "put case_terms 2", "drop case_terms 2"}},
	} {
		touched = nil
		if err := step.after.sync(s.write, before); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, touched); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		var tasks []taskRow
		if err := s.read.Order("id").Find(&tasks).Error; err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.after.tasks, tasks); diff != "" {
			t.Errorf("%s: tasks (-want +got):\n%s", step.name, diff)
		}
		before = step.after
	}
}
