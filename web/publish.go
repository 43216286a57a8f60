package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/published"
	"datacharter/web/ui"
)

// publicFor is how long anybody may keep what is published: it is the same for everybody who asks in one language.
const publicFor = "public, max-age=60"

// byLanguage asks for a language in an address, whatever the browser would rather have.
const byLanguage = "lang"

// publication is a visit to what everybody may read, and browsers and caches may keep: nobody's session is looked at and none begins.
type publication struct {
	*visit
	chosen string // language that the address asks for; empty when it does not
}

// published finds the language in which to publish and says where the other one is.
func (s *server) published(handle func(publication)) func(*visit) {
	return func(v *visit) {
		key := strings.Join([]string{v.page.Language, strconv.FormatBool(v.unpacks()), v.Request.URL.RequestURI()}, " ")
		if err := s.answers.Serve(v.Context, key, func() { handle(s.publication(v)) }); err != nil {
			v.fault = err
		}
	}
}

// speak takes the language that the address asks for, and returns it; empty when it asks for none.
func (v *visit) speak() string {
	chosen := v.Query(byLanguage)
	if !isLanguage(chosen) {
		return ""
	}
	v.page.Language = chosen
	v.Header("Content-Language", v.page.Lang())
	return chosen
}

func (s *server) publication(v *visit) publication {
	p := publication{visit: v}
	v.page.Nonce = "" // the page is the same for everybody, and so is the policy
	v.Header("Content-Security-Policy", contentPolicy("'self'"))
	values := v.Request.URL.Query()
	vary := "Accept-Encoding, Accept-Language, Cookie"
	if p.chosen = v.speak(); p.chosen != "" {
		vary = "Accept-Encoding"
	}
	v.Header("Vary", vary)
	values.Del(byLanguage)
	v.page.Here = address(v.Request.URL.Path, values, nil)
	whole := s.public.JoinPath(v.Request.URL.Path)
	whole.RawQuery = values.Encode()
	v.page.Alternates = []ui.Alternate{{Language: "x-default", URL: whole.String()}}
	for _, language := range [...][2]string{{"zh", "zh-CN"}, {"en", "en"}} {
		values.Set(byLanguage, language[0])
		whole.RawQuery = values.Encode()
		v.page.Alternates = append(v.page.Alternates, ui.Alternate{Language: language[1], URL: whole.String()})
	}
	return p
}

// to is an address in these pages, in the language that was asked for.
func (p publication) to(path string, values url.Values) string {
	if p.chosen == "" {
		return address(path, values, nil)
	}
	return address(path, values, url.Values{byLanguage: {p.chosen}})
}

// publish answers with a page.
func (p publication) publish(title string, content templ.Component) {
	p.page.Title = title
	var body bytes.Buffer
	if err := ui.Layout(p.page).Render(templ.WithChildren(p.ctx, content), &body); err != nil {
		p.fail(err)
		return
	}
	p.deliver("text/html; charset=utf-8", body.Bytes())
}

// deliver answers with a document, or that the visitor has it.
func (p publication) deliver(contentType string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	p.Header("ETag", tag)
	p.Header("Cache-Control", publicFor)
	if published.Holds(p.GetHeader("If-None-Match"), tag) {
		p.Status(http.StatusNotModified)
		return
	}
	p.Header("Content-Type", contentType)
	p.Status(http.StatusOK)
	if p.Request.Method == http.MethodHead {
		return
	}
	if !p.unpacks() {
		_, p.fault = p.Writer.Write(body)
		return
	}
	p.Header("Content-Encoding", "gzip")
	p.fault = p.pack(func(to io.Writer) error {
		_, err := to.Write(body)
		return err
	})
}
