package main

import (
	"cmp"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"datacharter/internal/browser"
)

// stage is the running program with the people who use it through its pages, in one language.
type stage struct {
	t        *testing.T
	url, dir string
	english  bool
	people   map[string]*visitor
}

// visitor is one person in a browser of his own.
type visitor struct {
	*browser.Tab
	stage *stage
}

// perform begins a journey on a program that runs.
func perform(t *testing.T, url, dir string, english bool) *stage {
	return &stage{t: t, url: url, dir: dir, english: english, people: map[string]*visitor{}}
}

// T is the wording in the journey's language.
func (s *stage) T(zh, en string) string {
	if s.english {
		return en
	}
	return zh
}

// stranger opens a browser in which nobody has signed in. When the test fails, a picture of its page is kept.
func (s *stage) stranger(name string) *visitor {
	s.t.Helper()
	v := &visitor{browser.Open(s.t), s}
	v.Language(s.T("zh-CN", "en"))
	s.t.Cleanup(func() {
		if s.t.Failed() {
			path := filepath.Join(s.t.ArtifactDir(), name+".png")
			s.t.Log(v, path, os.WriteFile(path, v.Screenshot(), 0o600))
		}
	})
	return v
}

// as is a person of the demonstration, by name, who enters on the page of signing in the first time.
func (s *stage) as(name string) *visitor {
	s.t.Helper()
	if s.people[name] == nil {
		s.people[name] = s.stranger(name)
		s.people[name].enter(name)
	}
	return s.people[name]
}

func (v *visitor) enter(name string) {
	v.stage.t.Helper()
	v.Visit(v.stage.url + "/sign-in")
	v.Follow("button", v.stage.T("以 ", "Enter as ")+name+" ") // and nobody whose name is longer
}

// until waits for something to come about, for longer than a page takes: until business time has gone on, or the system has acted.
func (v *visitor) until(what string, is func() bool) {
	v.stage.t.Helper()
	v.within(startWithin, what, is)
}

// within waits for so long.
func (v *visitor) within(limit time.Duration, what string, is func() bool) {
	v.stage.t.Helper()
	for end := time.Now().Add(limit); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			v.stage.t.Fatalf("%s: %s did not come about; the page says: %.2000s", v, what, v.Text())
		}
	}
}

// goTo follows a link.
func (v *visitor) goTo(zh, en string) {
	v.stage.t.Helper()
	v.Follow("link", v.stage.T(zh, en))
	if v.stepUp() {
		v.reenter()
	}
}

// press presses a button that leads on. Who has to show first who he is does so, and presses it again: what he filled in is there.
func (v *visitor) press(zh, en string) {
	v.stage.t.Helper()
	v.Follow("button", v.stage.T(zh, en))
	if v.stepUp() {
		v.reenter()
		v.Follow("button", v.stage.T(zh, en))
	}
	v.agreed(zh)
}

// agreed demands that the page complains of nothing.
func (v *visitor) agreed(what string) {
	v.stage.t.Helper()
	if summary := v.stage.T("请更正以下内容", "There is a problem"); v.Has("heading", summary) {
		v.stage.t.Fatalf("%s: %s: %.3000s", v, what, v.Text())
	}
}

func (v *visitor) stepUp() bool {
	return v.Heading() == v.stage.T("重新验证身份", "Show once more who you are")
}

// reenter shows who one is, and goes on where one was.
func (v *visitor) reenter() {
	v.stage.t.Helper()
	v.Follow("button", v.stage.T("是我本人（演示）", "It is me (demonstration)"))
	v.until("going on", func() bool {
		return !v.stepUp() && v.Heading() != v.stage.T("已确认身份，填写的内容都在", "You are back, and your entries are kept")
	})
}

func (v *visitor) fill(zh, en, value string) {
	v.stage.t.Helper()
	v.Fill(v.stage.T(zh, en), value)
}

func (v *visitor) pick(zh, en string) {
	v.stage.t.Helper()
	v.Click("radio", v.stage.T(zh, en))
}

func (v *visitor) tick(zh, en string) {
	v.stage.t.Helper()
	v.Click("checkbox", v.stage.T(zh, en))
}

// reads waits for words on the page.
func (v *visitor) reads(zh, en string) {
	v.stage.t.Helper()
	v.WaitForText(v.stage.T(zh, en))
}

// open goes to a case by the list of cases.
func (v *visitor) open(title string) {
	v.stage.t.Helper()
	v.goTo("案件", "Cases")
	v.Follow("link", title)
	v.WaitFor(title)
}

// claim takes a task on a case from the inbox.
func (v *visitor) claim(title string) {
	v.stage.t.Helper()
	button := v.stage.T("领取 ：", "Claim : ") + title
	v.until("a task on "+title, func() bool {
		v.goTo("待办", "Inbox")
		v.goTo("可领取", "To be claimed")
		return strings.Contains(v.Text(), title)
	})
	v.Follow("button", button)
}

const (
	evidence      = "evidence 123456"
	evidenceName  = "说明.txt"
	evidenceShown = evidenceName + " · 15 B"
)

// attach uploads a file and sees that it is there before the form is sent.
func (v *visitor) attach(zh, en string) {
	v.stage.t.Helper()
	v.Attach(v.stage.T(zh, en), written(v.stage.t, filepath.Join(v.stage.t.TempDir(), evidenceName), evidence))
	v.until("the file in the form", func() bool { return v.Has("checkbox", evidenceShown) })
}

var clockShown = regexp.MustCompile(`(?:业务时间|business time) (\d{4}-\d\d-\d\d) `)

// today is the business day, as every page shows it.
func (v *visitor) today() string {
	v.stage.t.Helper()
	found := clockShown.FindStringSubmatch(v.Text())
	if found == nil {
		v.stage.t.Fatalf("%s: no training clock on the page: %.500s", v, v.Text())
	}
	return found[1]
}

// dayAfter is so many days after a day.
func dayAfter(t *testing.T, day string, days int) string {
	t.Helper()
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}

// caseID is the case that the page is about.
func (v *visitor) caseID() string {
	parts := strings.Split(v.URL().Path, "/")
	return parts[min(2, len(parts)-1)]
}

// count counts the events of a type in the record of an authorisation.
func (s *stage) count(id, kind string) int {
	s.t.Helper()
	n := 0
	for _, e := range events(s.t, s.dir, s.url, id) {
		if e.Type == kind {
			n++
		}
	}
	return n
}

// longAgo makes it long ago that a person entered, so that grave acts ask him to do so again.
func (s *stage) longAgo(person string) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.dir, "datacharter.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		s.t.Fatal(err)
	}
	const age = `UPDATE sessions SET data = CAST(json_set(CAST(data AS TEXT), '$.values.entered.t', 0) AS BLOB) WHERE person = ?`
	done, err := db.ExecContext(s.t.Context(), age, person)
	if err := cmp.Or(err, db.Close()); err != nil {
		s.t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		s.t.Fatalf("%s has no session: %v", person, err)
	}
}

// TestJourneys has people do in the browser all that a case needs, and what upsets them. Each whole case has a program of its own, and comes last there: its
// exit bars the operator from applying again.
func TestJourneys(t *testing.T) {
	browser.Open(t) // skips without Chromium
	t.Run("programs", func(t *testing.T) {
		for _, program := range []struct {
			name     string
			english  bool
			journeys []journey
		}{
			{"in Chinese", false, []journey{{"upsets", upsets}, {"keyboard", byKeyboard}, {"without scripts", withoutScripts}, {"whole case", wholeCase}}},
			{"in English", true, []journey{{"whole case", wholeCase}}},
		} {
			t.Run(program.name, func(t *testing.T) {
				t.Parallel()
				dir := withCatalogue(t)
				p := launch(t, "--demo", "--data", dir, "--listen", "127.0.0.1:0", "--day-length", "30s", "--start-date", "2026-01-05", "--no-rate-limits")
				url, _ := p.ready(dir)
				for _, j := range program.journeys {
					t.Run(j.name, func(t *testing.T) { j.of(perform(t, url, dir, program.english)) })
				}
				p.stop()
			})
		}
	})
}

// journey is something that people do on the stage.
type journey struct {
	name string
	of   func(*stage)
}

// TestJourneysOfWeeks has people do in the browser what takes weeks of business time, in days that are short: the public is heard for 30 days on a plan,
// and a registration is under notice for 10 working days.
func TestJourneysOfWeeks(t *testing.T) {
	browser.Open(t) // skips without Chromium
	dir := withCatalogue(t)
	p := launch(t, "--demo", "--data", dir, "--listen", "127.0.0.1:0", "--day-length", "3s", "--start-date", "2026-01-05", "--no-rate-limits")
	url, _ := p.ready(dir)
	t.Run("journeys", func(t *testing.T) {
		for _, j := range []struct {
			name    string
			english bool
			journey func(*stage)
		}{
			{"plan", false, wholePlan},
			{"registration", false, wholeRegistration},
			{"plan in English", true, wholePlan},
			{"registration in English", true, wholeRegistration},
		} {
			t.Run(j.name, func(t *testing.T) {
				t.Parallel() // as they mostly wait
				j.journey(perform(t, url, dir, j.english))
			})
		}
	})
	p.stop()
}
