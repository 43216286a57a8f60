package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"datacharter/published"
)

// publicFor is how long others may keep an answer of the public register: it is as good for everybody.
const publicFor = "public, max-age=60"

// Conditional is a request that need not be answered in full when the caller has the answer already.
type Conditional struct {
	IfNoneMatch string `header:"If-None-Match" maxLength:"1000"`
}

// cached is an answer that callers and those between may keep for a while.
type cached[T any] struct {
	Status       int
	ETag         string `header:"ETag" doc:"for If-None-Match"`
	CacheControl string `header:"Cache-Control"`
	Body         *T
}

// answer answers with the body, or with 304 when the caller has it.
func answer[T any](in Conditional, body T) *cached[T] {
	tag := tagOf(canonical(&body))
	if in.has(tag) {
		return &cached[T]{Status: http.StatusNotModified, ETag: tag, CacheControl: publicFor}
	}
	return &cached[T]{Status: http.StatusOK, ETag: tag, CacheControl: publicFor, Body: &body}
}

// document is such an answer of another type than the API's own.
type document struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	ETag         string `header:"ETag" doc:"for If-None-Match"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func answerDocument(in Conditional, contentType string, body []byte) *document {
	tag := tagOf(body)
	if in.has(tag) {
		return &document{Status: http.StatusNotModified, ContentType: contentType, ETag: tag, CacheControl: publicFor}
	}
	return &document{Status: http.StatusOK, ContentType: contentType, ETag: tag, CacheControl: publicFor, Body: body}
}

func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// has reports whether the caller has the answer of the tag; "*" asks for none, since there always is one.
func (c Conditional) has(tag string) bool { return published.Holds(c.IfNoneMatch, tag) }

// Addressed is a request that is answered with addresses of this system.
type Addressed struct{ host string }

// Resolve implements huma.Resolver.
func (a *Addressed) Resolve(ctx huma.Context) []error {
	a.host = ctx.Host()
	return nil
}

// at is the address of a path of this system, for whichever scheme the reader uses.
func (a Addressed) at(path string) string { return "//" + a.host + path }
