package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/refusal"
	"datacharter/internal/town"
)

// TestEveryRouteIsListed: a new route needs a line in stops, so that the tests of rights and the walk over every page know it.
func TestEveryRouteIsListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var there []string
	for _, r := range w.server.engine.Routes() {
		there = append(there, r.Method+" "+r.Path)
	}
	for _, route := range there {
		method, path, _ := strings.Cut(route, " ")
		switch {
		case method == http.MethodHead && slices.Contains(there, "GET "+path):
		case !slices.ContainsFunc(stops, func(s stop) bool { return s.route == route }):
			t.Errorf("%s has no line in stops", route)
		case method == http.MethodGet && !slices.Contains(there, "HEAD "+path):
			t.Errorf("%s does not answer HEAD", route)
		case method != http.MethodGet && method != http.MethodPost:
			t.Errorf("%s: a form sends GET or POST", route)
		}
	}
	for _, s := range stops {
		if !slices.Contains(there, s.route) {
			t.Errorf("%s is in stops, and is no route", s.route)
		}
		if len(s.calls(w)) == 0 {
			t.Errorf("%s: nobody visits it", s.route)
		}
	}
}

// calls are those of all stops, by route.
func (w *world) calls() map[string][]call {
	w.t.Helper()
	out := map[string][]call{}
	for _, s := range stops {
		out[s.route] = s.calls(w)
	}
	return out
}

// TestRights: a page is for those whom its line names. Whoever is not signed in is led to where he can be; others are refused.
func TestRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	calls := w.calls() // some change accounts, which ends sessions
	people := map[string]*client{"": w.nobody().steadfast()}
	for _, post := range town.Posts {
		people[post.ID(1)] = w.as(post.ID(1)).steadfast()
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} { // looking first: what is sent may end sessions
		for _, s := range stops {
			if !strings.HasPrefix(s.route, method+" ") {
				continue
			}
			at := calls[s.route][0]
			for person, client := range people {
				if method == http.MethodPost && person != "" {
					client = w.as(person).steadfast()
				}
				w.rightly(s, at, person, client.send(method, at.path, strings.NewReader(""), "Content-Type", "application/x-www-form-urlencoded"))
			}
		}
	}
}

// rightly checks that somebody was answered as the line of the route says.
func (w *world) rightly(s stop, at call, person string, answer *page) {
	w.t.Helper()
	entitled := !strings.Contains(answer.body, refusal.NotEntitled.Name)
	led := strings.HasPrefix(answer.header.Get("Location"), "/sign-in?return=")
	looks := strings.HasPrefix(s.route, http.MethodGet)
	switch {
	case s.may.public:
		if !entitled || led {
			w.t.Errorf("%s: %d to %q, though it is public", s.route, answer.status, person)
		}
	case person == "" && looks:
		if answer.header.Get("Location") != "/sign-in?return="+url.QueryEscape(at.path) {
			w.t.Errorf("%s: %d %q to nobody", s.route, answer.status, answer.header.Get("Location"))
		}
	case person == "":
		if len(answer.forms("/sign-in")) == 0 {
			w.t.Errorf("%s: who is not signed in is not asked to", s.route)
		}
	case !s.may.permits(w.Actor(person)):
		if answer.status != http.StatusForbidden || entitled {
			w.t.Errorf("%s: %d to %s, whom it is not for", s.route, answer.status, person)
		}
	case len(s.may.roles) > 0 && looks && !entitled, led:
		w.t.Errorf("%s: %d to %s, whom it is for", s.route, answer.status, person)
	}
}

// TestEveryStop: what a line names is there for those whom it names, with and without a body; and looking changes nothing.
func TestEveryStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	calls := w.calls()
	before := w.Contents()
	if len(before) < 20 {
		t.Fatalf("only %d tables", len(before))
	}
	people := map[string]*client{"": w.nobody()}
	for _, s := range stops {
		if !strings.HasPrefix(s.route, "GET ") {
			continue
		}
		for _, at := range calls[s.route] {
			if people[at.person] == nil {
				people[at.person] = w.as(at.person)
			}
			client := people[at.person]
			got := client.get(at.path)
			if got.status != cmp.Or(s.status, http.StatusOK) {
				t.Errorf("%s %s: %d to %q: %s", s.route, at.path, got.status, at.person, w.log.faults())
				continue
			}
			if !s.piece {
				w.sound(got)
			}
			if !s.piece && (got.heading() == "" || got.language() != "zh-CN") {
				t.Errorf("%s: heading %q, language %q", at.path, got.heading(), got.language())
			}
			head := client.steadfast().send(http.MethodHead, at.path, nil)
			if get := client.steadfast().get(at.path); head.status != get.status || head.body != "" || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
				t.Errorf("HEAD %s: %d %q; GET: %d", at.path, head.status, head.body, get.status)
			}
		}
	}
	for table, sum := range w.Contents() {
		if before[table] != sum {
			t.Errorf("looking at the pages changed %s", table)
		}
	}
}

// sound checks of a page what a browser forgives and who listens to it does not. The rest axe finds.
func (w *world) sound(p *page) {
	w.t.Helper()
	ids := map[string]bool{}
	for _, n := range all(p.document(), func(*html.Node) bool { return true }) {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "aria-") && a.Val == "" {
				w.t.Errorf("%s: <%s %s> says the contrary: it needs a value", p.at, n.Data, a.Key)
			}
		}
		if id := attr(n, "id"); id != "" && ids[id] {
			w.t.Errorf("%s: two elements have the id %q", p.at, id)
		} else {
			ids[id] = true
		}
	}
	for _, n := range all(p.document(), tag("label")) {
		if id := attr(n, "for"); id != "" && !ids[id] {
			w.t.Errorf("%s: a label is for %q, which is not there", p.at, id)
		}
	}
}
