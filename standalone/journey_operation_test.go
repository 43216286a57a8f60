package main

import (
	"strings"
	"testing"

	"datacharter/internal/browser"
)

// operation is an authorisation in operation, which the demonstration led there, with the people of its operator.
type operation struct {
	id, title string
	products  []string
	operator  string
	applies   string // hands in for the operator
	signs     string // answers for it
}

// TestJourneysOfOperation has the operator, the supervisor, the public, finance and the administrator do in the browser what an authorisation in operation
// asks of them, in both languages beside each other. Days are short, as the year must end for the yearly duties to fall due.
func TestJourneysOfOperation(t *testing.T) {
	browser.Open(t) // skips without Chromium
	dir := withCatalogue(t)
	p := launch(t, "--demo", "--data", dir, "--listen", "127.0.0.1:0", "--day-length", "1500ms", "--start-date", "2025-11-03", "--no-rate-limits")
	url, _ := p.ready(dir)
	ids := drive(t, dir, url, "exit-stopped", "exit-not-upheld") // both go on
	t.Run("journeys", func(t *testing.T) {
		for i, of := range []struct {
			name, operator, applies, signs string
			english                        bool
		}{
			{"in Chinese", "云杉数据运营有限公司（虚构）", "甲一", "甲二", false},
			{"in English", "青禾数据科技有限公司（虚构）", "乙一", "乙二", true},
		} {
			t.Run(of.name, func(t *testing.T) {
				t.Parallel()
				s := perform(t, url, dir, of.english)
				o := operation{id: ids[i], products: []string{"公众查询服务", "行业数据接口"}, operator: of.operator, applies: of.applies, signs: of.signs}
				o.title = s.titleOf(o)
				for _, j := range []struct {
					name string
					of   func(*stage, operation)
				}{
					{"supervisor", (*stage).supervised}, {"operator", (*stage).disclosed}, {"finance", (*stage).accounted}, {"public", (*stage).complained}, {"administrator", (*stage).drilled},
				} {
					if !t.Run(j.name, func(t *testing.T) { j.of(s.during(t), o) }) {
						return
					}
				}
			})
		}
	})
	p.stop()
}

// during is the stage in a part of the journey, with browsers of its own.
func (s *stage) during(t *testing.T) *stage {
	part := *s
	part.t, part.people = t, map[string]*visitor{}
	return &part
}

func (s *stage) titleOf(o operation) string {
	s.t.Helper()
	a := s.as(o.applies)
	a.Visit(s.url + "/authorizations/" + o.id)
	return a.Heading()
}

// drilled has the administrator run the whole exit dry, which changes nothing.
func (s *stage) drilled(o operation) {
	s.t.Helper()
	administrator := s.as("丁九")
	before := len(events(s.t, s.dir, s.url, o.id))
	administrator.opens(o, "运营", "Operation")
	administrator.goTo("先演练整个退出", "Run the whole exit dry first")
	administrator.fill("退出情形", "Ground of exit", s.T("其他违反协议的情形", "another breach of the agreement"))
	administrator.press("演练", "Run it dry")
	for _, words := range append([]string{s.T("没有发现障碍", "Nothing was found that would block it"), s.T("不可恢复", "irreversible"), "80.00 %"}, o.products...) {
		administrator.reads(words, words)
	}
	if after := events(s.t, s.dir, s.url, o.id); len(after) != before {
		s.t.Errorf("%d events before the drill, %d after it", before, len(after))
	}
}

// opens goes to a part of the authorisation.
func (v *visitor) opens(o operation, zh, en string) {
	v.stage.t.Helper()
	v.open(o.title)
	v.part(zh, en)
}

// part goes to a part of the case that the page is about.
func (v *visitor) part(zh, en string) {
	v.stage.t.Helper()
	v.Within("navigation", v.stage.T("案件内容", "Parts of the case"), func() { v.Follow("link", v.stage.T(zh, en)) })
}

// sees waits until a page, visited again and again, says something.
func (v *visitor) sees(path, zh, en string) {
	v.stage.t.Helper()
	v.until(en, func() bool {
		v.Visit(v.stage.url + path)
		return strings.Contains(v.Text(), v.stage.T(zh, en))
	})
}
