package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

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
		p := publication{visit: v}
		values := v.Request.URL.Query()
		vary := "Accept-Encoding, Accept-Language, Cookie"
		if chosen := values.Get(byLanguage); isLanguage(chosen) {
			p.chosen, v.page.Language, vary = chosen, chosen, "Accept-Encoding"
			v.Header("Content-Language", v.page.Lang())
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
		handle(p)
	}
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

// deliver answers with a document, or that the visitor has it. Its tag leaves out the nonce, which is another one in every answer.
func (p publication) deliver(contentType string, body []byte) {
	sum := sha256.Sum256(bytes.ReplaceAll(body, []byte(p.page.Nonce), nil))
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	p.Header("ETag", tag)
	p.Header("Cache-Control", publicFor)
	if holds(p.GetHeader("If-None-Match"), tag) {
		p.Writer.Header().Del("Content-Security-Policy") // what the visitor keeps goes with the nonce in it
		p.Status(http.StatusNotModified)
		return
	}
	p.Header("Content-Type", contentType)
	p.Status(http.StatusOK)
	if p.Request.Method == http.MethodHead {
		return
	}
	if !strings.Contains(p.GetHeader("Accept-Encoding"), "gzip") {
		_, p.fault = p.Writer.Write(body)
		return
	}
	p.Header("Content-Encoding", "gzip")
	p.fault = p.pack(func(to io.Writer) error {
		_, err := to.Write(body)
		return err
	})
}

// holds reports whether a list of tags, as If-None-Match has it, has the tag; "*" stands for whatever there is.
func holds(list, tag string) bool {
	for given := range strings.SplitSeq(list, ",") {
		given = strings.TrimSpace(given)
		if given == "*" || strings.TrimPrefix(given, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
