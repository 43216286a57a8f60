package policies

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
)

// The bounds of an uploaded year; real notices are far below them.
const (
	maxNotice = 500 // characters
	maxPapers = 20
	maxDays   = 400
	maxName   = 100 // characters
)

// CheckYear reads an uploaded year in the shape of the files, more strictly than those are read: it names every field at fault at once, by its
// path, such as days[3].date. A day that one of the other years has otherwise is a fault too. What passes here fits the other years.
func CheckYear(content []byte, others ...calendar.Year) (calendar.Year, *refusal.Refusal) {
	if !utf8.Valid(content) || !json.Valid(content) {
		return calendar.Year{}, refusal.BadJSON.With()
	}
	c := checker{others: others}
	year := c.year(content)
	if r := c.Refusal(); r != nil {
		return calendar.Year{}, r
	}
	return year, nil
}

// checker collects the faults of one upload.
type checker struct {
	refusal.Faults
	others []calendar.Year
	named  map[calendar.Date]bool // the days that the other years name, and whether they are worked
}

func (c *checker) year(content []byte) calendar.Year {
	fields := c.object("", content, "$schema", "$id", "year", "notice", "issued", "papers", "days")
	var year calendar.Year
	for _, mark := range []string{"$schema", "$id"} {
		c.text(mark, fields[mark])
	}
	if c.given("year", fields["year"]) && c.into("year", fields["year"], &year.Year, "integer") {
		c.Unless(year.Year >= 1, refusal.TooSmall.At("year", "min", "1"))
		c.Unless(year.Year <= 9999, refusal.TooLarge.At("year", "max", "9999"))
	}
	if len(c.Faults) > 0 {
		year.Year = 0 // of which no day is asked whether it is the year's
	}
	year.Notice = c.text("notice", fields["notice"])
	c.AtMost("notice", year.Notice, maxNotice)
	papers := strings.TrimSpace(strings.Join(c.papers(fields["papers"]), " "))
	if year.Notice = strings.TrimSpace(year.Notice); year.Notice == "" {
		year.Notice = papers
	}
	c.Unless(year.Notice != "", refusal.Required.At("notice"))
	if issued := c.text("issued", fields["issued"]); issued != "" {
		year.Issued = c.date("issued", issued)
	}
	c.days(fields["days"], &year)
	return year
}

func (c *checker) papers(raw json.RawMessage) (papers []string) {
	for i, paper := range c.list("papers", raw, maxPapers) {
		path := refusal.In("papers", i)
		p := c.text(path, paper)
		c.AtMost(path, p, maxNotice)
		papers = append(papers, p)
	}
	return papers
}

func (c *checker) days(raw json.RawMessage, year *calendar.Year) {
	if !c.given("days", raw) {
		return
	}
	c.named = map[calendar.Date]bool{}
	for _, other := range c.others {
		if other.Year == year.Year {
			continue // it is replaced
		}
		for _, d := range other.Off {
			c.named[d] = false
		}
		for _, d := range other.Work {
			c.named[d] = true
		}
	}
	before := len(c.Faults)
	seen := map[calendar.Date]bool{}
	for i, day := range c.list("days", raw, maxDays) {
		c.day(refusal.In("days", i), day, year, seen)
	}
	if len(c.Faults) == before {
		c.Unless(len(year.Off) > 0, refusal.YearNotAnnounced.At("days"))
	}
}

func (c *checker) day(path string, raw json.RawMessage, year *calendar.Year, seen map[calendar.Date]bool) {
	before := len(c.Faults)
	fields := c.object(path, raw, "name", "date", "isOffDay")
	if len(fields) == 0 && len(c.Faults) > before {
		return
	}
	c.AtMost(path+".name", c.text(path+".name", fields["name"]), maxName)
	var off bool
	if c.given(path+".isOffDay", fields["isOffDay"]) {
		c.into(path+".isOffDay", fields["isOffDay"], &off, "boolean")
	}
	var date calendar.Date
	if c.given(path+".date", fields["date"]) {
		if s := c.text(path+".date", fields["date"]); len(c.Faults) == before {
			date = c.date(path+".date", s)
		}
	}
	if len(c.Faults) > before {
		return
	}
	first, last := calendar.NewDate(year.Year-1, time.December, 1), calendar.NewDate(year.Year+1, time.January, 31)
	weekday := date.Weekday()
	switch {
	case seen[date]:
		c.Add(refusal.Repeated.At(path + ".date"))
	case year.Year != 0 && (date.Before(first) || date.After(last)):
		c.Add(refusal.NotOfTheYear.At(path + ".date"))
	case c.contradicts(date, !off):
		c.Add(refusal.YearsContradict.At(path + ".date"))
	case off:
		year.Off = append(year.Off, date)
	case weekday != time.Saturday && weekday != time.Sunday:
		c.Add(refusal.WorkOnWorkday.At(path + ".date"))
	default:
		year.Work = append(year.Work, date)
	}
	seen[date] = true
}

func (c *checker) contradicts(d calendar.Date, work bool) bool {
	before, named := c.named[d]
	return named && before != work
}

// object takes an object apart. A field that is not one of the names, or is there twice, is a fault.
func (c *checker) object(path string, raw json.RawMessage, names ...string) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		c.Add(refusal.WrongType.At(path, "type", "object"))
		return fields
	}
	for decoder.More() {
		token, err := decoder.Token()
		name, _ := token.(string)
		var value json.RawMessage
		if err == nil {
			err = decoder.Decode(&value)
		}
		if err != nil { // it was found valid as a whole
			c.Add(refusal.Malformed.At(path))
			return fields
		}
		at := below(path, name)
		switch _, twice := fields[name]; {
		case !slices.Contains(names, name):
			c.Add(refusal.UnknownField.At(at))
		case twice:
			c.Add(refusal.Repeated.At(at))
		default:
			fields[name] = value
		}
	}
	return fields
}

var plainName = regexp.MustCompile(`^[$A-Za-z][A-Za-z0-9_-]{0,39}$`)

// below is the path of a field. A name that the caller invented stays in it only when it is plain.
func below(path, name string) string {
	switch {
	case !plainName.MatchString(name):
		return path
	case path == "":
		return name
	default:
		return path + "." + name
	}
}

// list takes a list apart; none when it is not there, no list or too long.
func (c *checker) list(path string, raw json.RawMessage, most int) []json.RawMessage {
	var items []json.RawMessage
	if !there(raw) || !c.into(path, raw, &items, "array") || !c.Count(path, len(items), most) {
		return nil
	}
	return items
}

func (c *checker) text(path string, raw json.RawMessage) (s string) {
	if there(raw) {
		c.into(path, raw, &s, "string")
	}
	return s
}

func (c *checker) date(path, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	c.Unless(err == nil, refusal.NotADate.At(path))
	return d
}

// given reports whether a field that must be there is.
func (c *checker) given(path string, raw json.RawMessage) bool {
	c.Unless(there(raw), refusal.Required.At(path))
	return there(raw)
}

func (c *checker) into(path string, raw json.RawMessage, value any, kind string) bool {
	err := json.Unmarshal(raw, value)
	c.Unless(err == nil, refusal.WrongType.At(path, "type", kind))
	return err == nil
}

func there(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }
