package web

import (
	"container/list"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one client may ask. Every figure is this system's choice. A whole office may stand behind one address.
const (
	secretsAtOnce, secretsEvery = 30, 2 * time.Second // passwords, codes and the like
	visitsAtOnce, visitsEvery   = 240, time.Second / 8
	clientsKept                 = 10_000 // clients that are remembered; who asked longest ago is forgotten first
)

// limits count what clients ask: how often they give something secret, and how often they read without having signed in.
type limits struct{ secrets, visits *limiter }

func newLimits() *limits {
	return &limits{secrets: newLimiter(secretsAtOnce, secretsEvery), visits: newLimiter(visitsAtOnce, visitsEvery)}
}

// tooMany returns how long the client of a visit should wait; 0 when he need not.
func (s *server) tooMany(v *visit, may rights) time.Duration {
	switch {
	case s.limits == nil:
		return 0
	case may.secret:
		return s.limits.secrets.wait(s.client(v.Request), s.wall())
	case may.public && !v.signedIn():
		return s.limits.visits.wait(s.client(v.Request), s.wall())
	default:
		return 0
	}
}

// limiter lets every client ask so often. It is safe for concurrent use.
type limiter struct {
	every  rate.Limit
	atOnce int

	mu      sync.Mutex
	clients map[netip.Addr]*list.Element
	order   *list.List // of *counted, who asked last first
}

type counted struct {
	address netip.Addr
	bucket  *rate.Limiter
}

func newLimiter(atOnce int, every time.Duration) *limiter {
	return &limiter{every: rate.Every(every), atOnce: atOnce, clients: map[netip.Addr]*list.Element{}, order: list.New()}
}

// wait counts a request, and returns how long the client should wait before he asks again when it is one too many; 0 when it is not.
func (l *limiter) wait(address netip.Addr, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, known := l.clients[address]
	if !known {
		at = l.order.PushFront(&counted{address, rate.NewLimiter(l.every, l.atOnce)})
		l.clients[address] = at
	}
	l.order.MoveToFront(at)
	if l.order.Len() > clientsKept {
		delete(l.clients, l.order.Remove(l.order.Back()).(*counted).address)
	}
	asked := at.Value.(*counted).bucket.ReserveN(now, 1)
	wait := asked.DelayFrom(now)
	if wait > 0 {
		asked.CancelAt(now)
	}
	return wait
}

// ipv6Host: an IPv6 client has a whole network of that many bits to himself.
const ipv6Host = 64

// client is the address that a request came from: that of the connection, or, where a trusted gateway made the connection, the last one that it and other
// trusted gateways were asked by.
func (s *server) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{} // all of whom nothing is known count as one
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !s.trusted(address) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		address = before.Unmap()
	}
	if address.Is6() {
		network, _ := address.WithZone("").Prefix(ipv6Host) // 64 bits are possible
		return network.Addr()
	}
	return address
}

func (s *server) trusted(address netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(address) })
}
