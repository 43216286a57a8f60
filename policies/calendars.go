// Package policies holds the rules of the country, its regions and sectors as data, and loads them strictly.
package policies

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/calendar"
)

//go:embed calendars/*.json
var calendarFiles embed.FS

// NationalCalendar loads the calendars shipped with the program, then those of the extra directories, as LoadCalendars does.
func NationalCalendar(extra ...fs.FS) (calendar.Calendar, error) {
	shipped, err := fs.Sub(calendarFiles, "calendars")
	if err != nil {
		return calendar.Calendar{}, fmt.Errorf("calendars shipped: %w", err)
	}
	return LoadCalendars(append([]fs.FS{shipped}, extra...)...)
}

// LoadCalendars reads every year's file, named like 2026.json, at the top of each directory; other names are left alone.
// A year of a later directory replaces the same year of an earlier one, as an amended notice does. A directory without any
// year, an unknown field, or a value that does not fit is an error that names the file and the field.
func LoadCalendars(directories ...fs.FS) (calendar.Calendar, error) {
	byYear := map[int]calendar.Year{}
	for _, dir := range directories {
		years, err := readYears(dir)
		if err != nil {
			return calendar.Calendar{}, err
		}
		for _, y := range years {
			byYear[y.Year] = y
		}
	}
	return calendar.New(slices.Collect(maps.Values(byYear))...) // which puts them in order
}

func readYears(dir fs.FS) ([]calendar.Year, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("calendar directory: %w", err)
	}
	var years []calendar.Year
	for _, entry := range entries {
		if path.Ext(entry.Name()) != ".json" {
			continue
		}
		text, err := fs.ReadFile(dir, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("calendar %s: %w", entry.Name(), err)
		}
		year, err := parseYear(text)
		if err == nil && entry.Name() != strconv.Itoa(year.Year)+".json" {
			err = fmt.Errorf("year: is %d, which the file's name does not say", year.Year)
		}
		if err != nil {
			return nil, fmt.Errorf("calendar %s: %w", entry.Name(), err)
		}
		years = append(years, year)
	}
	if len(years) == 0 {
		return nil, errors.New("calendar directory: holds no year's file such as 2026.json")
	}
	return years, nil
}

// yearFile is a year's file: the shape that the public data set holiday-cn uses, with the notice's number and day besides.
type yearFile struct {
	Schema string   `json:"$schema"` // the data set's own marks; not used
	ID     string   `json:"$id"`
	Year   int      `json:"year"`
	Notice string   `json:"notice"` // number or name of the notice; may be left out when papers are given
	Issued string   `json:"issued"` // day of the notice; may be left out
	Papers []string `json:"papers"` // addresses of the notice
	Days   []struct {
		Name  string `json:"name"` // of the holiday, for the reader of the file
		Date  string `json:"date"`
		IsOff *bool  `json:"isOffDay"`
	} `json:"days"`
}

func parseYear(text []byte) (calendar.Year, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var file yearFile
	if err := decoder.Decode(&file); err != nil {
		return calendar.Year{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return calendar.Year{}, errors.New("more than one JSON value")
	}
	year := calendar.Year{Year: file.Year, Notice: file.Notice}
	if year.Notice == "" {
		year.Notice = strings.Join(file.Papers, " ")
	}
	if file.Issued != "" {
		issued, err := calendar.ParseDate(file.Issued)
		if err != nil {
			return calendar.Year{}, fmt.Errorf("issued: %w", err)
		}
		year.Issued = issued
	}
	for i, d := range file.Days {
		date, err := calendar.ParseDate(d.Date)
		if err != nil {
			return calendar.Year{}, fmt.Errorf("days[%d].date: %w", i, err)
		}
		switch {
		case d.IsOff == nil:
			return calendar.Year{}, fmt.Errorf("days[%d].isOffDay: is missing", i)
		case *d.IsOff:
			year.Off = append(year.Off, date)
		default:
			year.Work = append(year.Work, date)
		}
	}
	_, err := calendar.New(year) // here, so that the error carries the file's name
	return year, err
}
