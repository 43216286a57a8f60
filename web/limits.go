package web

import (
	"time"

	"datacharter/clients"
)

// How often one client may ask. Every figure is this system's choice. A whole office may stand behind one address.
const (
	secretsAtOnce, secretsEvery = 30, 2 * time.Second // passwords, codes and the like
	visitsAtOnce, visitsEvery   = 240, time.Second / 8
)

// limits count what clients ask: how often they give something secret, and how often they read without having signed in.
type limits struct{ secrets, visits *clients.Limiter }

func newLimits() *limits {
	return &limits{secrets: clients.NewLimiter(secretsAtOnce, secretsEvery), visits: clients.NewLimiter(visitsAtOnce, visitsEvery)}
}

// tooMany returns how long the client of a visit should wait; 0 when he need not.
func (s *server) tooMany(v *visit, may rights) time.Duration {
	switch {
	case s.limits == nil:
		return 0
	case may.secret:
		return s.limits.secrets.Wait(s.proxies.Address(v.Request), s.wall())
	case may.public && !v.signedIn():
		return s.limits.visits.Wait(s.proxies.Address(v.Request), s.wall())
	default:
		return 0
	}
}
