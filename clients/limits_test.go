package clients

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// TestLimiterForgets: it remembers so many clients and no more, and who asks meanwhile is remembered.
func TestLimiterForgets(t *testing.T) {
	l, now := NewLimiter(1, time.Hour), time.Unix(0, 0)
	first := netip.MustParseAddr("192.0.2.1")
	l.Wait(first, now)
	at := netip.MustParseAddr("10.0.0.0")
	for i := range 3 * kept {
		if at = at.Next(); l.Wait(at, now) != 0 {
			t.Fatalf("%s is refused at once", at)
		}
		if i%1000 == 0 && l.Wait(first, now) == 0 {
			t.Fatal("forgotten although he keeps asking")
		}
	}
	if len(l.clients) != kept || l.order.Len() != kept {
		t.Errorf("%d and %d are remembered", len(l.clients), l.order.Len())
	}
	if got := l.Wait(first, now.Add(30*time.Minute)); got != 30*time.Minute {
		t.Errorf("he should wait %s", got)
	}
}

func TestClientAddress(t *testing.T) {
	p := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
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
		if got := p.Address(r).String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if strings.Contains(p.Address(&http.Request{RemoteAddr: "203.0.113.7:1", Header: http.Header{}}).String(), ":") {
		t.Error("a port is part of the address")
	}
}
