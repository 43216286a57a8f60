// Package clients tells apart who asks over HTTP by his address, and bounds how often one asks.
package clients

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

const kept = 10_000 // clients that are remembered; who asked longest ago is forgotten first

// Limiter lets every client ask so often. It is safe for concurrent use.
type Limiter struct {
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

// NewLimiter lets every client ask so many times at once, and once more after every such time.
func NewLimiter(atOnce int, every time.Duration) *Limiter {
	return &Limiter{every: rate.Every(every), atOnce: atOnce, clients: map[netip.Addr]*list.Element{}, order: list.New()}
}

// Wait counts a request, and returns how long the client should wait before he asks again when it is one too many; 0 when it is not.
func (l *Limiter) Wait(address netip.Addr, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, known := l.clients[address]
	if !known {
		at = l.order.PushFront(&counted{address, rate.NewLimiter(l.every, l.atOnce)})
		l.clients[address] = at
	}
	l.order.MoveToFront(at)
	if l.order.Len() > kept {
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

// Proxies are the gateways whose X-Forwarded-For is believed.
type Proxies []netip.Prefix

// Address is the address that a request came from: that of the connection, or, where a trusted gateway made the connection, the last one that it and other
// trusted gateways were asked by. All of whom nothing is known have the zero address.
func (p Proxies) Address(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !p.trust(address) {
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

func (p Proxies) trust(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(address) })
}
