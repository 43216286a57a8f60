package published_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"datacharter/published"
)

// site answers every address with how often it was asked to find the answer.
type site struct {
	t       *testing.T
	now     time.Time
	found   int
	answers *published.Answers
	answer  func(c *gin.Context, n string)
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, now: time.Unix(1_700_000_000, 0)}
	s.answers = published.New(time.Second, func() time.Time { return s.now })
	s.answer = func(c *gin.Context, n string) {
		c.Header("Cache-Control", "public, max-age=60")
		c.Header("ETag", `W/"`+n+`"`)
		c.Header("Content-Type", "text/plain")
		c.String(http.StatusOK, n)
	}
	return s
}

func (s *site) get(path, tag string) *httptest.ResponseRecorder {
	s.t.Helper()
	w := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(w)
	c.Request = httptest.NewRequest(http.MethodGet, path, nil)
	c.Request.Header.Set("If-None-Match", tag)
	c.Header("X-Request-ID", strconv.Itoa(len(path)))
	err := s.answers.Serve(c, path, func() {
		s.found++
		s.answer(c, strconv.Itoa(s.found))
	})
	if err != nil {
		s.t.Fatal(err)
	}
	c.Writer.WriteHeaderNow()
	return w
}

func TestAnAnswerIsGivenAgainForAMoment(t *testing.T) {
	s := newSite(t)
	first, again, other := s.get("/a", ""), s.get("/a", ""), s.get("/bb", "")
	if first.Body.String() != "1" || again.Body.String() != "1" || other.Body.String() != "2" {
		t.Errorf("%s, %s, %s", first.Body, again.Body, other.Body)
	}
	for _, name := range []string{"Content-Type", "ETag", "Cache-Control"} {
		if first.Header().Get(name) == "" || first.Header().Get(name) != again.Header().Get(name) {
			t.Errorf("%s: %q, then %q", name, first.Header().Get(name), again.Header().Get(name))
		}
	}
	if id := other.Header().Get("X-Request-ID"); id != "3" {
		t.Errorf("the request's own header became %q", id)
	}
	s.now = s.now.Add(time.Second)
	if late := s.get("/a", ""); late.Body.String() != "3" {
		t.Errorf("after a second it is still %s", late.Body)
	}
}

func TestWhoHasTheAnswerIsNotSentIt(t *testing.T) {
	s := newSite(t)
	s.get("/a", "")
	for tag, want := range map[string]int{`W/"1"`: http.StatusNotModified, `"1"`: http.StatusNotModified, `"7", "1"`: http.StatusNotModified, "*": http.StatusNotModified, `"7"`: http.StatusOK, "": http.StatusOK} {
		got := s.get("/a", tag)
		if got.Code != want || (got.Code == http.StatusNotModified) != (got.Body.Len() == 0) || got.Header().Get("ETag") != `W/"1"` {
			t.Errorf("%s: %d with %q", tag, got.Code, got.Body)
		}
	}
}

func TestWhatIsNotForEverybodyIsNotKept(t *testing.T) {
	for name, answer := range map[string]func(*gin.Context, string){
		"private": func(c *gin.Context, n string) { c.Header("Cache-Control", "no-store"); c.String(http.StatusOK, n) },
		"a fault": func(c *gin.Context, n string) { c.Header("Cache-Control", "public"); c.String(http.StatusNotFound, n) },
		"too long": func(c *gin.Context, n string) {
			c.Header("Cache-Control", "public")
			c.String(http.StatusOK, strings.Repeat(n, 65<<20))
		},
	} {
		s := newSite(t)
		s.answer = answer
		s.get("/a", "")
		s.get("/a", "")
		if s.found != 2 {
			t.Errorf("%s: found %d times", name, s.found)
		}
	}
}
