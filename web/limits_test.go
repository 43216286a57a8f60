package web

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

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
