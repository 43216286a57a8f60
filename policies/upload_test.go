package policies_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
	"datacharter/policies"
)

const year2027 = `{"year":2027,"notice":"（测试）2027年放假安排","issued":"2026-11-04","days":[
	{"name":"元旦","date":"2027-01-01","isOffDay":true},
	{"name":"春节","date":"2027-02-08","isOffDay":true},
	{"name":"春节","date":"2027-02-20","isOffDay":false}]}`

func TestCheckYear(t *testing.T) {
	y, refused := policies.CheckYear([]byte(year2027))
	if refused != nil || y.Year != 2027 || len(y.Off) != 2 || len(y.Work) != 1 || y.Issued.String() != "2026-11-04" || y.Notice == "" {
		t.Fatalf("%+v, %+v", y, refused)
	}
	papers := `{"year":2027,"papers":["one","two"],"days":[{"date":"2027-01-01","isOffDay":true}]}`
	if y, refused := policies.CheckYear([]byte(papers)); refused != nil || y.Notice != "one two" {
		t.Errorf("%+v, %+v", y, refused)
	}
	long := strings.Repeat("长", 501)
	for _, tc := range []struct {
		name, content, path string
		code                refusal.Code
	}{
		{"unknown field", `{"year":2027,"notice":"n","colour":1,"days":[{"date":"2027-01-01","isOffDay":true}]}`, "colour", refusal.UnknownField},
		{"a field whose name is not shown", `{"year":2027,"notice":"n","\u0000<b>":1,"days":[{"date":"2027-01-01","isOffDay":true}]}`, "", refusal.UnknownField},
		{"unknown field of a day", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true,"x":1}]}`, "days[0].x", refusal.UnknownField},
		{"a name in other letters", `{"Year":2027,"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "Year", refusal.UnknownField},
		{"no year", `{"notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "year", refusal.Required},
		{"the year twice", `{"year":2027,"year":2028,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "year", refusal.Repeated},
		{"year is text", `{"year":"2027","notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "year", refusal.WrongType},
		{"year 0", `{"year":0,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "year", refusal.TooSmall},
		{"year 10000", `{"year":10000,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true}]}`, "year", refusal.TooLarge},
		{"no notice", `{"year":2027,"notice":" ","papers":[""],"days":[{"date":"2027-01-01","isOffDay":true}]}`, "notice", refusal.Required},
		{"long notice", `{"year":2027,"notice":"` + long + `","days":[{"date":"2027-01-01","isOffDay":true}]}`, "notice", refusal.TooLong},
		{"papers no list", `{"year":2027,"notice":"n","papers":"p","days":[{"date":"2027-01-01","isOffDay":true}]}`, "papers", refusal.WrongType},
		{"issued no date", `{"year":2027,"notice":"n","issued":"4.11.2026","days":[{"date":"2027-01-01","isOffDay":true}]}`, "issued", refusal.NotADate},
		{"no days", `{"year":2027,"notice":"n"}`, "days", refusal.Required},
		{"empty", `{"year":2027,"notice":"n","days":[]}`, "days", refusal.YearNotAnnounced},
		{"nothing off", `{"year":2027,"notice":"n","days":[{"date":"2027-02-20","isOffDay":false}]}`, "days", refusal.YearNotAnnounced},
		{"day no object", `{"year":2027,"notice":"n","days":["2027-01-01"]}`, "days[0]", refusal.WrongType},
		{"no such day", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true},{"date":"2027-02-29","isOffDay":true}]}`, "days[1].date", refusal.NotADate},
		{"day without date", `{"year":2027,"notice":"n","days":[{"isOffDay":true}]}`, "days[0].date", refusal.Required},
		{"day without meaning", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01"}]}`, "days[0].isOffDay", refusal.Required},
		{"meaning no boolean", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":"true"}]}`, "days[0].isOffDay", refusal.WrongType},
		{"a day twice", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true},{"date":"2027-01-01","isOffDay":true}]}`, "days[1].date", refusal.Repeated},
		{"another year's day", `{"year":2027,"notice":"n","days":[{"date":"2028-02-01","isOffDay":true}]}`, "days[0].date", refusal.NotOfTheYear},
		{"work on a workday", `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true},{"date":"2027-02-22","isOffDay":false}]}`, "days[1].date", refusal.WorkOnWorkday},
	} {
		_, refused := policies.CheckYear([]byte(tc.content))
		if refused == nil || len(refused.Fields) != 1 || refused.Fields[0].Path != tc.path || refused.Fields[0].Code != tc.code.Name {
			t.Errorf("%s: %+v, want %s at %s", tc.name, refused, tc.code.Name, tc.path)
		}
	}
	for _, content := range []string{"", "{", "{} {}", "\xff", `{"year":2027}]`} {
		if _, refused := policies.CheckYear([]byte(content)); refused == nil || refused.Code != refusal.BadJSON.Name {
			t.Errorf("%q: %+v", content, refused)
		}
	}
	if _, refused := policies.CheckYear([]byte(`[]`)); refused == nil || refused.Fields[0].Code != refusal.WrongType.Name {
		t.Errorf("a list: %+v", refused)
	}
}

// What passes the check is a calendar, alone and with those before it, and what is written to the files passes.
func FuzzCheckYear(f *testing.F) {
	f.Add([]byte(year2027))
	f.Add([]byte(`{"year":2026,"notice":"n","days":[{"date":"2026-01-01","isOffDay":true}]}`))
	f.Add([]byte(`{"year":2027,"notice":"n","days":[{"date":"2026-12-31","isOffDay":true},{"date":"2026-12-26","isOffDay":false}]}`))
	f.Add([]byte(`{"days":{}}`))
	base, err := policies.NewCalendars()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		year, then, refused, err := base.Try(content)
		if err != nil {
			t.Fatalf("passed and then %v", err)
		}
		if refused != nil {
			return
		}
		if years := then.Years(); len(years) == 0 || year.Year == 0 {
			t.Errorf("%+v", years)
		}
	})
}

func TestCalendarsInForce(t *testing.T) {
	c, err := policies.NewCalendars(fstest.MapFS{"2026.json": {Data: []byte(`{"year":2026,"notice":"directory","days":[{"date":"2026-01-01","isOffDay":true}]}`)}})
	if err != nil {
		t.Fatal(err)
	}
	notice := func(days calendar.Calendar, year int) string {
		for _, y := range days.Years() {
			if y.Year == year {
				return y.Notice
			}
		}
		return ""
	}
	asked := 0
	at := func(number int64, uploads ...string) calendar.Calendar {
		t.Helper()
		days, err := c.At(number, func() (out [][]byte, err error) {
			asked++
			for _, u := range uploads {
				out = append(out, []byte(u))
			}
			return out, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return days
	}
	if days := at(0); notice(days, 2026) != "directory" || notice(days, 2025) == "" || asked != 0 {
		t.Errorf("at first: %+v", days.Years())
	}
	newer := strings.Replace(year2027, "测试", "更正", 1)
	one, two := at(1, year2027), at(2, newer)
	if notice(one, 2027) == notice(two, 2027) || notice(two, 2026) != "directory" {
		t.Error("an upload does not count")
	}
	if again := at(2); again.Version() != two.Version() || asked != 2 {
		t.Errorf("asked %d times", asked)
	}
	if older := at(1, year2027); older.Version() != one.Version() || at(2).Version() != two.Version() || asked != 3 {
		t.Errorf("one who still sees the older: asked %d times", asked)
	}
	lost := errors.New("lost")
	if _, err := c.At(3, func() ([][]byte, error) { return nil, lost }); !errors.Is(err, lost) {
		t.Errorf("got %v", err)
	}
}

func TestTryAgainstOtherYears(t *testing.T) {
	c, err := policies.NewCalendars()
	if err != nil {
		t.Fatal(err)
	}
	before := `{"year":2027,"notice":"n","days":[{"date":"2027-01-01","isOffDay":true},{"date":"2028-01-01","isOffDay":true}]}`
	after := `{"year":2028,"notice":"n","days":[{"date":"2028-01-03","isOffDay":true},{"date":"2028-01-01","isOffDay":false}]}`
	_, _, refused, err := c.Try([]byte(after), []byte(before))
	if err != nil || refused == nil || refused.Fields[0].Code != refusal.YearsContradict.Name || refused.Fields[0].Path != "days[1].date" {
		t.Errorf("%+v, %v", refused, err)
	}
	if year, days, refused, err := c.Try([]byte(year2027), []byte(before)); err != nil || refused != nil || year.Year != 2027 || !strings.Contains(year.Notice, "2027") || len(days.Years()) != 3 {
		t.Errorf("in the place of its year: %+v, %+v, %v", year, refused, err)
	}
}
