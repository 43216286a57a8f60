package main

import (
	"errors"
	"fmt"
	"io"
	"net"
)

// greet says where things are and what to try next.
func greet(w io.Writer, address, users, clock string) {
	_, _ = fmt.Fprintf(w, "datacharter is serving on http://%s\n", address)
	_, _ = fmt.Fprintf(w, "  API reference  http://%s/api/v1/reference\n", address)
	if clock != "" {
		_, _ = fmt.Fprintf(w, "  training clock %s\n", clock)
	}
	if users != "" {
		_, _ = fmt.Fprintf(w, "  demo people    %s (fictitious, with their tokens)\n", users)
		_, _ = fmt.Fprintf(w, "  try next       curl -H \"Authorization: Bearer TOKEN\" http://%s/api/v1/tasks\n", address)
	}
	_, _ = fmt.Fprintln(w, "  stop           Ctrl-C")
}

// ignoreClosed forgives closing a listener that the HTTP server has closed.
func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
