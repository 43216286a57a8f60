// Package published answers from memory what everybody may read: those who ask for the same within a moment cost no more than one.
package published

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

// Fresh is how long an answer is given again: what is published is seen that much later at most. Browsers and caches may keep it far longer.
const Fresh = time.Second

// maxKept bounds the bytes of all answers kept at one time. What comes on top is found anew for each who asks.
const maxKept = 64 << 20

// Answers are those given within the last moment.
type Answers struct {
	fresh time.Duration
	now   func() time.Time

	mu    sync.RWMutex
	since time.Time // of the oldest
	kept  map[string]answer
	size  int
}

// answer is what differs from any other answer, and its body.
type answer struct {
	headers http.Header
	body    []byte
}

// New keeps each answer for so long at most, and none when that is 0.
func New(fresh time.Duration, now func() time.Time) *Answers {
	return &Answers{fresh: fresh, now: now, kept: map[string]answer{}}
}

// Serve gives the answer to what the key asks for again, or else lets it be found. The key must name all that the answer depends on: only a
// success that its Cache-Control calls public is kept.
//
// An error is a connection that is gone.
func (a *Answers) Serve(c *gin.Context, key string, find func()) error {
	if a.fresh == 0 || c.Request.Method != http.MethodGet {
		find()
		return nil
	}
	if known, ok := a.find(key); ok {
		return known.give(c)
	}
	before := maps.Clone(c.Writer.Header())
	listening := &listener{ResponseWriter: c.Writer}
	c.Writer = listening
	find()
	c.Writer = listening.ResponseWriter
	headers := c.Writer.Header()
	if listening.Status() != http.StatusOK || !strings.HasPrefix(headers.Get("Cache-Control"), "public") {
		return nil
	}
	own := http.Header{}
	for name, values := range headers {
		if !slices.Equal(before[name], values) {
			own[name] = slices.Clone(values)
		}
	}
	a.keep(key, answer{own, listening.copied.Bytes()})
	return nil
}

func (a *Answers) find(key string) (answer, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.now().Sub(a.since) >= a.fresh {
		return answer{}, false
	}
	known, ok := a.kept[key]
	return known, ok
}

// keep begins anew once the oldest answer is no longer fresh, so that nothing has to be looked for to be dropped.
func (a *Answers) keep(key string, known answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now := a.now(); now.Sub(a.since) >= a.fresh {
		a.since, a.kept, a.size = now, map[string]answer{}, 0
	}
	if _, twice := a.kept[key]; twice || a.size+len(known.body) > maxKept {
		return
	}
	a.kept[key] = known
	a.size += len(key) + len(known.body)
}

func (known answer) give(c *gin.Context) error {
	headers := c.Writer.Header()
	maps.Copy(headers, known.headers)
	if Holds(c.GetHeader("If-None-Match"), headers.Get("ETag")) {
		headers.Del("Content-Type")
		headers.Del("Content-Encoding")
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Status(http.StatusOK)
	_, err := c.Writer.Write(known.body)
	return err
}

// Holds reports whether a list of tags, as If-None-Match has it, has the tag; "*" stands for whatever there is.
func Holds(list, tag string) bool {
	for given := range strings.SplitSeq(list, ",") {
		given = strings.TrimSpace(given)
		if given == "*" || given != "" && strings.TrimPrefix(given, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// listener notes what is written.
type listener struct {
	gin.ResponseWriter
	copied bytes.Buffer
}

// Write implements io.Writer.
func (l *listener) Write(p []byte) (int, error) {
	l.copied.Write(p)
	return l.ResponseWriter.Write(p)
}

// WriteString implements io.StringWriter.
func (l *listener) WriteString(s string) (int, error) {
	l.copied.WriteString(s)
	return l.ResponseWriter.WriteString(s)
}
