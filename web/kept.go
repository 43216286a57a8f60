package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"datacharter/domain/refusal"
)

// kept is a form that was sent while its sender had to say first who he is. It travels through the pages of signing in as a hidden field, and leads back
// to the form filled in as it was. What was typed is shown to nobody but who typed it.
type kept struct {
	To    string     `json:"to"`            // where the form was sent: path and query
	Who   string     `json:"who,omitempty"` // digest of who filled it in; empty when that is not known
	Form  url.Values `json:"form"`
	Parts bool       `json:"parts,omitempty"` // it was sent as multipart/form-data
	Files bool       `json:"files,omitempty"` // files were chosen too, and are lost
}

// unkept are the names of what is never carried along: secrets, what the form is told again, and what is carried itself.
var unkept = []string{"password", "current", "new", "repeat", "code", formResumed, keptField}

const (
	keptField     = "kept"
	multipartForm = "multipart/form-data"
)

// maxKept bounds the forms of signing in, which may carry an interrupted form: as JSON it takes more bytes than it was sent with.
const maxKept = 3 * maxForm

// newKept keeps the values of a form that was sent to the address of a visit.
func newKept(v *visit, who string, form url.Values, files bool) *kept {
	form = maps.Clone(form)
	for _, name := range unkept {
		form.Del(name)
	}
	return &kept{To: v.Request.URL.RequestURI(), Who: who, Form: form, Parts: v.ContentType() == multipartForm, Files: files}
}

// keep reads the form of a visit without its files. A page of signing in that was itself interrupted carried a form already. nil when there is nothing to
// come back to, or lost when it is too large to be carried along.
func (s *server) keep(v *visit, who string) (form *kept, lost bool, err error) {
	values, files, err := s.values(v, maxKept)
	if r := new(refused); errors.As(err, r) && r.Code == refusal.BodyTooLarge.Name {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	if carried := s.readKept(values.Get(keptField)); carried != nil {
		return carried, false, nil
	}
	form = newKept(v, who, values, files)
	switch {
	case !s.takesForms(form.To):
		return nil, false, nil
	case form.size() > maxForm:
		return nil, true, nil
	default:
		return form, false, nil
	}
}

// size is how many bytes the values take.
func (k *kept) size() int {
	n := 0
	for name, values := range k.Form {
		for _, value := range values {
			n += len(name) + len(value)
		}
	}
	return n
}

// readKept reads a kept form as a page carried it along; nil when there is none, or none that leads to a form of these pages.
func (s *server) readKept(raw string) *kept {
	var k kept
	if raw == "" || json.Unmarshal([]byte(raw), &k) != nil || !s.takesForms(k.To) {
		return nil
	}
	return &k
}

// Field is the kept form as a hidden field has it; empty when there is none.
func (k *kept) Field() string {
	if k == nil {
		return ""
	}
	return string(mustJSON(k))
}

// Encoding is how the form is to be sent.
func (k *kept) Encoding() string {
	if k.Parts {
		return multipartForm
	}
	return "application/x-www-form-urlencoded"
}

// Names are those of the kept values, in order.
func (k *kept) Names() []string { return slices.Sorted(maps.Keys(k.Form)) }

// takesForms reports whether an address is one of a form that these pages take from people who are signed in.
func (s *server) takesForms(address string) bool {
	if local(address, "") == "" {
		return false
	}
	u, err := url.ParseRequestURI(address)
	if err != nil || !readable(u) {
		return false
	}
	at := strings.Split(u.EscapedPath(), "/")
	return slices.ContainsFunc(s.forms, func(route string) bool {
		parts := strings.Split(route, "/")
		return slices.EqualFunc(parts, at, func(part, at string) bool { return part == at || strings.HasPrefix(part, ":") && at != "" })
	})
}

// values reads a form's values and whether files were chosen, which are skipped. It takes both ways in which browsers send forms.
func (s *server) values(v *visit, most int64) (form url.Values, files bool, err error) {
	media, params, err := mime.ParseMediaType(v.GetHeader("Content-Type"))
	if err != nil || media != multipartForm {
		form, err = s.plainUpTo(v, most)
		return form, false, err
	}
	form = url.Values{}
	parts := multipart.NewReader(http.MaxBytesReader(v.Writer, v.Request.Body, most+drained), params["boundary"])
	for range maxParts {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return form, files, nil
		case errors.As(err, new(*http.MaxBytesError)):
			return nil, false, refused{refusal.BodyTooLarge.With()}
		case err != nil:
			return nil, false, refused{refusal.BadRequest.With()}
		case part.FileName() != "":
			files = true
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return nil, false, refused{refusal.BadRequest.With()}
		}
		if most -= int64(len(raw)); most < 0 {
			return nil, false, refused{refusal.BodyTooLarge.With()}
		}
		form.Add(part.FormName(), string(raw))
	}
	return nil, false, refused{refusal.BodyTooLarge.With()}
}

// whoCookie tells who signed in last with this browser, as a digest, so that a form which was filled in before comes back to nobody else.
const (
	whoCookie  = "datacharter-who"
	whoSeconds = 2 * 24 * 3600 // longer than any session
)

// formKey is the key of the digests, made once in the life of a database.
func (s *server) formKey(ctx context.Context) (string, error) {
	const setting = "form-key"
	key := ""
	known, err := s.Store.GetSetting(ctx, setting, &key)
	if err != nil || known {
		return key, err
	}
	if _, err := s.Store.PutSettingIfAbsent(ctx, setting, rand.Text()); err != nil {
		return "", err
	}
	_, err = s.Store.GetSetting(ctx, setting, &key)
	return key, err
}

// digest tells people apart without naming them.
func (s *server) digest(ctx context.Context, person string) (string, error) {
	key, err := s.formKey(ctx)
	return mac(key, "person", person), err
}

func mac(key, use, of string) string {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(use + "\x00" + of))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}

// rememberPerson tells the browser the digest of who signed in, signed.
func (s *server) rememberPerson(v *visit, person string) error {
	key, err := s.formKey(v.ctx)
	if err != nil {
		return err
	}
	digest := mac(key, "person", person)
	http.SetCookie(v.Writer, &http.Cookie{ //nolint:gosec // not Secure on plain HTTP, which is on this machine alone
		Name: s.cookieName(whoCookie), Value: digest + "." + mac(key, "cookie", digest), Path: "/", MaxAge: whoSeconds,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
	return nil
}

// lastPerson is the digest of who signed in last with the visitor's browser; empty when that is not known.
func (s *server) lastPerson(v *visit) (string, error) {
	cookie, err := v.Request.Cookie(s.cookieName(whoCookie))
	if errors.Is(err, http.ErrNoCookie) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	digest, signature, _ := strings.Cut(cookie.Value, ".")
	key, err := s.formKey(v.ctx)
	if err != nil || !hmac.Equal([]byte(signature), []byte(mac(key, "cookie", digest))) {
		return "", err
	}
	return digest, nil
}
