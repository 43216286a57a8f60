package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
)

// TestEveryCommandHasItsRoute: each command that people can give has one route, with the table's input and rights – expect sees to these when
// the routes are registered – and no other command has any.
func TestEveryCommandHasItsRoute(t *testing.T) {
	w := newWorld(t)
	for _, def := range kinds.All {
		c := w.server.collectionOf(def.Kind())
		if c == nil {
			t.Fatalf("%s: no collection", def.Kind())
		}
		for _, row := range def.Table().Rows {
			if given := len(people(row)) > 0; given != slices.Contains(c.commands, row.Command) {
				t.Errorf("%s: people give %q: %v; it has a route: %v", def.Kind(), row.Command, given, !given)
			}
		}
		if slices.Contains(c.commands, lifecycle.Tick) {
			t.Errorf("%s: tick has a route", def.Kind())
		}
	}
}

// TestAnonymous: every route but the public ones answers nobody without a token that holds.
func TestAnonymous(t *testing.T) {
	w := newWorld(t)
	w.Must(w.Store.SignLog(t.Context(), w.logKeys()))
	open := []string{"/healthz", "/readyz", base + "/openapi.json", base + "/reference", base + "/problems", base + "/problems/:code"}
	open = append(open, base+"/register", base+"/register/counts", base+"/register/products", base+"/register/releases", base+"/register/releases.atom", base+"/register/registrations", base+"/register/plans", base+"/register/disclosures", base+"/register/log", base+"/register/log/entries")
	for _, route := range w.server.engine.Routes() {
		path := strings.NewReplacer(":code", "not-found", ":id", "aut-abcdefghijklmnop", ":ref", "national", ":digest", "sha256:"+strings.Repeat("0", 64)).Replace(route.Path)
		for _, authorization := range []string{"", "Bearer", "Bearer dct_", "Bearer nonsense", "Basic eDp5", "Bearer " + strings.Repeat("A", 5000)} {
			r := w.send("", route.Method, path, []byte("{}"), "Authorization", authorization, "Idempotency-Key", "k")
			if strings.HasPrefix(route.Path, base+"/register/:id") || route.Path == base+"/register/log/proof" || route.Path == base+"/register/codes/:code" {
				r.wants(t, http.StatusNotFound, "not-found") // to anybody, for there is no such entry
				continue
			}
			if route.Path == base+"/register/log/growth" {
				r.wants(t, http.StatusUnprocessableEntity, "invalid-input") // since when is not said
				continue
			}
			if route.Method == http.MethodPost && (route.Path == base+"/complaints" || route.Path == base+"/complaints/follow") {
				if r.status != http.StatusUnprocessableEntity {
					t.Errorf("%s %s: %d %s", route.Method, route.Path, r.status, r.body)
				}
				continue
			}
			if slices.Contains(open, route.Path) {
				if r.status != http.StatusOK {
					t.Errorf("%s %s: %d to the public", route.Method, route.Path, r.status)
				}
				continue
			}
			r.wants(t, http.StatusUnauthorized, "unauthenticated")
			if !strings.HasPrefix(r.header.Get("WWW-Authenticate"), "Bearer ") {
				t.Errorf("%s %s: WWW-Authenticate %q", route.Method, route.Path, r.header.Get("WWW-Authenticate"))
			}
		}
	}
}
