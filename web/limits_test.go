package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"datacharter/internal/town"
)

func TestRateLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict, func(_ *world, o *Options) { o.Unlimited = false })
	c := w.nobody()
	try := func() *page { return c.steadfast().post("/sign-in", url.Values{"person": {"nobody-there"}}) }
	for i := range secretsAtOnce {
		if p := try(); p.status != http.StatusNotFound {
			t.Fatalf("attempt %d was answered %d", i, p.status)
		}
	}
	for _, language := range []string{"zh", "en"} {
		p := c.speaking(language).post("/sign-in", url.Values{"person": {town.Officer}}).wants(http.StatusTooManyRequests)
		if wait, err := strconv.Atoi(p.header.Get("Retry-After")); err != nil || wait < 1 || wait > 2 || p.heading() == "" {
			t.Errorf("Retry-After %q", p.header.Get("Retry-After"))
		}
	}
	c.get("/sign-in").wants(http.StatusOK) // to look is another matter
	w.pass(secretsEvery)
	c.speaking("zh").post("/sign-in", url.Values{"person": {town.Officer}})
	if !c.inside() {
		t.Fatal("still refused after the wait")
	}
	stranger := w.nobody()
	refused := 0
	for range visitsAtOnce + 5 {
		if stranger.get("/sign-in").status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 || refused > 6 {
		t.Errorf("%d visits were refused", refused)
	}
	if !c.inside() {
		t.Error("who is signed in is refused to read")
	}
}

// TestLimiterForgets: it remembers so many clients and no more, and who asks meanwhile is remembered.
func TestLimiterForgets(t *testing.T) {
	l, now := newLimiter(1, time.Hour), time.Unix(0, 0)
	first := netip.MustParseAddr("192.0.2.1")
	l.wait(first, now)
	at := netip.MustParseAddr("10.0.0.0")
	for i := range 3 * clientsKept {
		if at = at.Next(); l.wait(at, now) != 0 {
			t.Fatalf("%s is refused at once", at)
		}
		if i%1000 == 0 && l.wait(first, now) == 0 {
			t.Fatal("forgotten although he keeps asking")
		}
	}
	if len(l.clients) != clientsKept || l.order.Len() != clientsKept {
		t.Errorf("%d and %d are remembered", len(l.clients), l.order.Len())
	}
	if got := l.wait(first, now.Add(30*time.Minute)); got != 30*time.Minute {
		t.Errorf("he should wait %s", got)
	}
}

func TestClientAddress(t *testing.T) {
	s := &server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}
	for name, c := range map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"direct":                    {"203.0.113.7:1", nil, "203.0.113.7"},
		"direct, claims another":    {"203.0.113.7:1", []string{"192.0.2.1"}, "203.0.113.7"},
		"through a gateway":         {"10.1.1.1:1", []string{"203.0.113.7"}, "203.0.113.7"},
		"claims one to the gateway": {"10.1.1.1:1", []string{"192.0.2.1, 203.0.113.7"}, "203.0.113.7"},
		"in a header of his own":    {"10.1.1.1:1", []string{"192.0.2.1", "203.0.113.7"}, "203.0.113.7"},
		"through two gateways":      {"10.1.1.1:1", []string{"192.0.2.1, 203.0.113.7, 10.2.2.2"}, "203.0.113.7"},
		"gateway without a header":  {"10.1.1.1:1", nil, "10.1.1.1"},
		"nonsense":                  {"10.1.1.1:1", []string{"<script>"}, "10.1.1.1"},
		"mapped":                    {"[::ffff:203.0.113.7]:1", nil, "203.0.113.7"},
		"one network of IPv6":       {"[2001:db8:1:2:3::4]:1", nil, "2001:db8:1:2::"},
		"IPv6 gateway":              {"[fd00::1]:1", []string{"2001:db8:1:2:3::4"}, "2001:db8:1:2::"},
		"nothing known":             {"@", nil, "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}}
		if got := s.client(r).String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if strings.Contains(s.client(&http.Request{RemoteAddr: "203.0.113.7:1", Header: http.Header{}}).String(), ":") {
		t.Error("a port is part of the address")
	}
}
