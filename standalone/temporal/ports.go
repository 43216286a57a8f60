package temporal

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"syscall"
)

// The server takes port numbers, not listeners, so a port can be lost between
// freePorts and the bind. The range lies below the one from which Linux, macOS
// and Windows hand out ports by themselves, where that would happen often.
const (
	firstPort = 20000
	lastPort  = 32000
)

var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// freePorts returns n different loopback addresses that nobody listens on.
func freePorts(n int) ([]netip.AddrPort, error) {
	free := make([]netip.AddrPort, 0, n)
	for _, offset := range rand.Perm(lastPort - firstPort + 1) { //nolint:gosec // to avoid others, not to hide
		if len(free) == n {
			return free, nil
		}
		addr := netip.AddrPortFrom(loopback, uint16(firstPort+offset))
		l, err := net.ListenTCP("tcp4", net.TCPAddrFromAddrPort(addr))
		if errors.Is(err, syscall.EADDRINUSE) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		if err := l.Close(); err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		free = append(free, addr)
	}
	return nil, fmt.Errorf("no %d free ports on %s between %d and %d", n, loopback, firstPort, lastPort)
}
