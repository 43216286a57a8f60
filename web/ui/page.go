// Package ui holds the frame of every page and the components that pages are made of.
package ui

import (
	"fmt"
	"strconv"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/text"
	"datacharter/web/assets"
)

// Page is what the frame of a page needs to know.
type Page struct {
	Language string // "zh" or "en"
	Title    string // of this page, in that language
	Nonce    string // of the content security policy
	Here     string // path and query of this page, to come back to after changing the language
	Person   *Person
	Nav      []Link
	Clock    string // what the training clock shows; empty on the real one
	Done     string // what has just been done, in words
	Assets   *assets.Files
	Feed     string // address of an Atom feed of what the page shows; may be empty
	Data     string // JSON-LD of what the page shows; may be empty
	Uploads  *Uploads

	Alternates []Alternate // the same page in each language, where it is for everybody; may be empty
}

// Uploads says what may be uploaded through the controls for files of a page.
type Uploads struct {
	Organization string // for which files are uploaded
	MaxBytes     int64  // of one file
	Accept       string // extensions
	Rules        string // all that in words
	TooLarge     string // what is said of a file that is too large
}

// Alternate is where a page is in one language, as HTML names it; "x-default" is the language of the visitor.
type Alternate struct{ Language, URL string }

// Person is who is signed in.
type Person struct {
	ID    string
	Name  string
	Roles string // with the organisations for which they are held, in words
}

// Link is an entry of a navigation. Count says how much waits there; a negative one is at least so much.
type Link struct {
	URL     string
	Words   string
	Count   int
	Current bool
}

// T chooses between two wordings.
func (p *Page) T(zh, en string) string {
	if p.Language == "en" {
		return en
	}
	return zh
}

// In chooses the wording of a text.
func (p *Page) In(t text.Text) string { return t.In(p.Language) }

// Lang is the page's language as HTML names it.
func (p *Page) Lang() string { return p.T("zh-CN", "en") }

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// Day writes a date with its weekday.
func (p *Page) Day(d calendar.Date) string {
	return p.T(d.String()+"（"+weekdays[d.Weekday()]+"）", d.String()+" ("+d.Weekday().String()[:3]+")")
}

// DayOf writes the date in China of an instant.
func (p *Page) DayOf(t time.Time) string { return calendar.DateOf(t).String() }

// Moment writes an instant as date and time in China.
func (p *Page) Moment(t time.Time) string { return t.In(calendar.China).Format("2006-01-02 15:04") }

// Span writes a length of time such as "3 working_days" in words.
func (p *Page) Span(span string) string {
	s, err := calendar.ParseSpan(span)
	if err != nil {
		return span
	}
	switch s := s.(type) {
	case calendar.WorkingDays:
		return p.T(fmt.Sprintf("%d个工作日", s), plural(int(s), "working day"))
	case calendar.CalendarDays:
		return p.T(fmt.Sprintf("%d日", s), plural(int(s), "day"))
	case calendar.Months:
		return p.T(fmt.Sprintf("%d个月", s), plural(int(s), "month"))
	default:
		return span
	}
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// Plural writes a number with its noun, in Chinese with the measure word in front of the noun.
func (p *Page) Plural(n int, zh, en string) string {
	return p.T(strconv.Itoa(n)+zh, plural(n, en))
}

// Size writes a number of bytes.
func Size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KB", bytes>>10)
	default:
		return fmt.Sprintf("%d B", bytes)
	}
}

// Short is a hash as it is shown beside its whole.
func Short(hash string) string {
	const head, tail = len("sha256:") + 6, 4
	if len(hash) <= head+tail {
		return hash
	}
	return hash[:head] + "…" + hash[len(hash)-tail:]
}

// count writes how much waits.
func count(n int) string {
	if n < 0 {
		return strconv.Itoa(-n) + "+"
	}
	return strconv.Itoa(n)
}
