package policies_test

import (
	"encoding/csv"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"datacharter/domain/calendar"
	"datacharter/policies"

	"github.com/google/go-cmp/cmp"
)

func directory(files map[string]string) fs.FS {
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

func national(t *testing.T, extra ...fs.FS) calendar.Calendar {
	t.Helper()
	c, err := policies.NationalCalendar(extra...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNationalCalendarTotals(t *testing.T) {
	c := national(t)
	totals := map[int][]int{
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	}
	sizes := map[int][2]int{2025: {28, 5}, 2026: {33, 6}}
	issued := map[int]string{2025: "2024-11-12", 2026: "2025-11-04"}
	if n := len(c.Years()); n != len(totals) {
		t.Fatalf("%d years", n)
	}
	for _, y := range c.Years() {
		if got := [2]int{len(y.Off), len(y.Work)}; got != sizes[y.Year] {
			t.Errorf("%d: %v days off and worked, want %v", y.Year, got, sizes[y.Year])
		}
		if y.Issued.String() != issued[y.Year] {
			t.Errorf("%d: issued %s", y.Year, y.Issued)
		}
		var got []int
		for m := time.January; m <= time.December; m++ {
			got = append(got, c.WorkingDaysAfter(calendar.NewDate(y.Year, m, 0), calendar.NewDate(y.Year, m+1, 0)))
		}
		if !slices.Equal(got, totals[y.Year]) {
			t.Errorf("%d: got %v, want %v", y.Year, got, totals[y.Year])
		}
	}
}

func TestNationalCalendarVectors(t *testing.T) {
	c := national(t)
	file, err := os.Open("../domain/calendar/testdata/vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		receipt, err := calendar.ParseDate(row[0])
		if err != nil {
			t.Fatal(err)
		}
		accept := c.Due(receipt, calendar.WorkingDays(3)).On
		review := c.Due(accept, calendar.WorkingDays(20)).On
		notice := c.Due(review, calendar.WorkingDays(10)).On
		got := []string{
			row[0], accept.String(), review.String(), notice.String(),
			c.Due(receipt, calendar.WorkingDays(10)).On.String(), c.Due(receipt, calendar.WorkingDays(20)).On.String(),
		}
		if diff := cmp.Diff(row, got); diff != "" {
			t.Error(diff)
		}
	}
}

// A file of the public data set is taken as it is; without a number its papers stand for the notice.
func TestExtraDirectory(t *testing.T) {
	const newYear = `{"$schema": "s", "$id": "i", "year": 2031, "papers": ["https://example.org/a", "https://example.org/b"],
		"days": [{"name": "元旦", "date": "2031-01-01", "isOffDay": true}, {"name": "元旦", "date": "2030-12-29", "isOffDay": false}]}`
	const amended = `{"year": 2026, "notice": "amended", "days": [{"date": "2026-07-01", "isOffDay": true}]}`
	shipped := national(t)
	c := national(t, directory(map[string]string{"2031.json": newYear, "README.md": "not a calendar"}), directory(map[string]string{"2026.json": amended}))
	var years []int
	for _, y := range c.Years() {
		years = append(years, y.Year)
	}
	if !slices.Equal(years, []int{2025, 2026, 2031}) {
		t.Errorf("years %v", years)
	}
	if got := c.Years()[2]; got.Notice != "https://example.org/a https://example.org/b" || !got.Issued.IsZero() || len(got.Off) != 1 || len(got.Work) != 1 {
		t.Errorf("2031: %+v", got)
	}
	if got := c.Years()[1]; got.Notice != "amended" || len(got.Off) != 1 {
		t.Errorf("2026 was not replaced: %+v", got)
	}
	if c.Version() == shipped.Version() {
		t.Error("another content, the same version")
	}
}

func TestLoadCalendarsRefuses(t *testing.T) {
	const head = `{"year": 2031, "notice": "n", "days": [`
	for _, tc := range []struct{ name, file, text, want string }{
		{"empty directory", "README.md", "", "holds no year's file"},
		{"not JSON", "2031.json", "year: 2031", "calendar 2031.json: invalid character"},
		{"unknown field", "2031.json", `{"year": 2031, "holidays": []}`, `calendar 2031.json: json: unknown field "holidays"`},
		{"unknown field of a day", "2031.json", head + `{"date": "2031-01-01", "off": true}]}`, `unknown field "off"`},
		{"wrong type", "2031.json", `{"year": "2031"}`, "year of type int"},
		{"two values", "2031.json", head + `{"date": "2031-01-01", "isOffDay": true}]} {}`, "more than one JSON value"},
		{"bad date", "2031.json", head + `{"date": "2031-01-01", "isOffDay": true}, {"date": "2031-02-30", "isOffDay": true}]}`, "2031.json: days[1].date: not a date"},
		{"off or not", "2031.json", head + `{"date": "2031-01-01"}]}`, "days[0].isOffDay: is missing"},
		{"bad day of issue", "2031.json", `{"year": 2031, "notice": "n", "issued": "November"}`, "issued: not a date"},
		{"not yet announced", "2031.json", `{"year": 2031, "papers": [], "notice": "n", "days": []}`, "no days off"},
		{"no notice", "2031.json", `{"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": true}]}`, "2031.json: calendar 2031: notice is missing"},
		{"another year", "2032.json", head + `{"date": "2031-01-01", "isOffDay": true}]}`, "calendar 2032.json: year: is 2031"},
		{"two meanings", "2031.json", head + `{"date": "2031-01-04", "isOffDay": true}, {"date": "2031-01-04", "isOffDay": false}]}`, "2031-01-04 is named twice"},
	} {
		_, err := policies.NationalCalendar(directory(map[string]string{tc.file: tc.text}))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
	if _, err := policies.NationalCalendar(os.DirFS(t.TempDir() + "/missing")); err == nil {
		t.Error("a missing directory was accepted")
	}
}
