package web

import (
	"flag"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/internal/browser"
)

// onlyPages names the pages that the walk and the pictures are about.
var onlyPages = flag.String("pages", "", "look only at pages whose pictures' names contain this")

// screen is one page to look at.
type screen struct {
	call
	name string // of its pictures
}

// screens are the pages of all stops, those of one person after the other.
func (w *world) screens() []screen {
	w.t.Helper()
	calls := w.calls()
	known := map[string]string{}
	for state, id := range w.cases {
		known[id] = strings.ReplaceAll(state, "/", "-")
	}
	var out []screen
	for _, s := range stops {
		if !s.piece && strings.HasPrefix(s.route, "GET ") {
			for i, c := range calls[s.route] {
				out = append(out, screen{c, fmt.Sprintf("%s-%02d", nameOf(s.route, c.path, known), i+1)})
			}
		}
	}
	out = append(out, screen{call{"", "/nothing"}, "not-found"})
	out = slices.DeleteFunc(out, func(s screen) bool { return !strings.Contains(s.name, *onlyPages) })
	slices.SortStableFunc(out, func(a, b screen) int { return strings.Compare(a.person, b.person) })
	return out
}

// nameOf names the pictures of a page by its address, with the states of cases in the place of their IDs.
func nameOf(route, path string, known map[string]string) string {
	u, err := url.Parse(path)
	if err != nil {
		return "unreadable"
	}
	_, pattern, _ := strings.Cut(route, " ")
	at := strings.Split(strings.Trim(pattern, "/"), "/")
	for i, part := range strings.Split(strings.Trim(u.Path, "/"), "/") {
		state, is := known[part]
		switch {
		case is:
			at[i] = state
		case at[i] == ":command", at[i] == ":step", at[i] == ":version":
			at[i] = part
		}
	}
	for _, name := range []string{"tab", "text", "q"} {
		if v := u.Query().Get(name); v != "" {
			at = append(at, name, v)
		}
	}
	return strings.ReplaceAll(strings.Join(slices.DeleteFunc(at, func(s string) bool { return s == "" }), "-"), ":", "") + map[bool]string{true: "home"}[path == "/"]
}

// visitor goes from page to page in one tab, as one person after the other.
type visitor struct {
	*browser.Tab
	w      *world
	person string
}

func (v *visitor) visit(s screen) int {
	v.w.t.Helper()
	if s.person != v.person {
		v.Forget()
		v.enter(s.person)
	}
	return v.Visit(v.w.at + s.path)
}

// enter signs a person in; nobody when empty.
func (v *visitor) enter(person string) {
	v.w.t.Helper()
	if v.person = person; person == "" {
		return
	}
	for _, c := range v.w.as(person).cookies() {
		v.Cookie(v.w.at, c.Name, c.Value)
	}
}

// TestEveryPage looks at every page in both languages, light and dark, wide, narrow and at 200 %: axe finds nothing, nothing sticks out at the side,
// nothing goes wrong on the console, and nothing comes from elsewhere.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	screens := w.screens()
	const tabs = 2
	for n := range tabs {
		t.Run(fmt.Sprintf("%d of %d", n+1, tabs), func(t *testing.T) {
			t.Parallel()
			v := &visitor{Tab: browser.Open(t), w: w}
			for i := n; i < len(screens); i += tabs {
				for _, language := range []string{"zh-CN", "en"} {
					v.Language(language)
					v.visit(screens[i])
					v.Dark(true)
					v.Axe("color-contrast") // colours are all that differs
					v.Dark(false)
					v.Axe()
					for _, width := range []int{360, 1280} {
						v.Width(width)
						v.Fits()
					}
					v.Zoom()
					v.Fits()
					v.Width(1280)
				}
			}
			t.Logf("%d pages", len(screens)/tabs)
		})
	}
}
