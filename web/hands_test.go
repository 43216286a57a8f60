package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"datacharter/domain/authorization"
	"datacharter/internal/browser"
	"datacharter/internal/town"
)

// open opens a tab in which the person is signed in.
func (w *world) open(person string) *browser.Tab {
	w.t.Helper()
	tab := browser.Open(w.t)
	(&visitor{Tab: tab, w: w}).enter(person)
	return tab
}

// TestFaultsInTheBrowser: who sends a form with faults hears first what is wrong, and is led to the control; with scripts and without.
func TestFaultsInTheBrowser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	at := w.at + "/authorizations/" + id + "/do/refuse"
	for _, scripts := range []bool{true, false} {
		tab := w.open(town.Officer)
		tab.Scripts(scripts)
		if tab.Visit(at) != http.StatusOK {
			t.Fatal(tab.Text())
		}
		tab.Follow("button", "不予受理")
		tab.Axe()
		tab.Dark(true)
		tab.Axe()
		if role, _ := tab.Focused(); scripts && role != "alert" {
			t.Errorf("the focus is on a %s, not on the summary of faults", role)
		}
		tab.Click("link", "理由")
		if role, name := tab.Focused(); role != "textbox" || !strings.HasPrefix(name, "理由") {
			t.Errorf("the fault leads to %s %q", role, name)
		}
		tab.Zoom()
		tab.Fits()
	}
	w.Stands(authorization.Kind, id, authorization.Submitted)
}

// TestByKeyboard: an application is refused by keys alone, and every stop on the way is seen.
func TestByKeyboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	tab := w.open(town.Officer)
	tab.Visit(w.at + "/authorizations/" + id)
	tab.Press(kb.Tab)
	if role, name := tab.Focused(); role != "link" || name != "跳到主要内容" {
		t.Errorf("the first stop is %s %q", role, name)
	}
	before := tab.Page()
	tab.TabTo("link", "不予受理")
	tab.Press(kb.Enter)
	tab.Arrived(before)
	tab.TabTo("textbox", "理由")
	tab.Type("不属于本机构")
	before = tab.Page()
	tab.TabTo("button", "不予受理")
	tab.Press(kb.Enter)
	tab.Arrived(before)
	w.Stands(authorization.Kind, id, authorization.Refused)
}

// TestDoubleClick: neither the second click of a double click nor sending again after going back does anything twice; with scripts and without, and with
// scripts in a browser that did not keep the page.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ scripts, kept bool }{{true, true}, {false, true}, {true, false}} {
		id := w.AuthorizationIn(authorization.Submitted)
		tab := w.open(town.Officer)
		tab.Scripts(c.scripts)
		tab.Visit(w.at + "/authorizations/" + id + "/do/ask-question")
		if !c.kept {
			tab.Unkept()
		}
		tab.Fill("问题", "用途是什么？")
		before := tab.Page()
		tab.DoubleClick("button", "向申请单位提问")
		tab.Arrived(before)
		asked := w.Case(authorization.Kind, id).Head().Version
		tab.Back()
		tab.Follow("button", "向申请单位提问")
		if again := w.Case(authorization.Kind, id).Head().Version; again != asked {
			t.Errorf("%+v: asked once at version %d and again at %d", c, asked, again)
		}
		if n := len(w.Case(authorization.Kind, id).(*authorization.Authorization).Questions); n != 1 {
			t.Errorf("%d questions", n)
		}
	}
}
