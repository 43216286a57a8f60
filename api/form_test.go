package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"datacharter/domain/authorization"
)

// TestForm: whatever is wrong with the form of a request is answered with a problem in the caller's language that says where, and repeats nothing.
func TestForm(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	create, refuseAt := base+"/authorizations", authorizationsAt(id, "refuse")
	const secret = "秘密secret"
	for _, c := range []struct {
		name, path, body, media string
		status                  int
		code, field, fieldCode  string
	}{
		{"unknown field", refuseAt, `{"reason":"x","` + "nickname" + `":"` + secret + `"}`, "", 422, "invalid-input", "nickname", "unknown-field"},
		{"unknown field of an odd name", refuseAt, `{"` + secret + `":1}`, "", 422, "invalid-input", "", "unknown-field"},
		{"field in capitals", refuseAt, `{"Reason":"` + secret + `"}`, "", 422, "invalid-input", "Reason", "unknown-field"},
		{"nested unknown field", create, `{"capabilities":{"money":"` + secret + `"}}`, "", 422, "invalid-input", "capabilities.money", "unknown-field"},
		{"wrong type", refuseAt, `{"reason":["` + secret + `"]}`, "", 422, "invalid-input", "reason", "wrong-type"},
		{"wrong type in a list", create, `{"products":[{"name":"a"},{"name":7}]}`, "", 422, "invalid-input", "products[1].name", "wrong-type"},
		{"not one of the choices", create, `{"products":[{"class":"` + secret + `"}]}`, "", 422, "invalid-input", "products[0].class", "not-a-choice"},
		{"too long", refuseAt, `{"reason":"` + strings.Repeat("长", 4001) + `"}`, "", 422, "invalid-input", "reason", "too-long"},
		{"too large", create, `{"term_months":601}`, "", 422, "invalid-input", "term_months", "too-large"},
		{"a fraction", create, `{"term_months":1.5}`, "", 422, "invalid-input", "term_months", "wrong-type"},
		{"an integer written oddly", create, `{"term_months":1e1}`, "", 422, "invalid-input", "", "malformed"},
		{"a huge number", create, `{"term_months":1e999}`, "", 400, "bad-json", "", ""},
		{"what the domain misses", refuseAt, `{"reason":"  "}`, "", 422, "invalid-input", "reason", "required"},
		{"no body where one is needed", refuseAt, ``, "", 422, "invalid-input", "", "required"},
		{"null", refuseAt, `null`, "", 422, "invalid-input", "", "wrong-type"},
		{"a list", refuseAt, `["` + secret + `"]`, "", 422, "invalid-input", "", "wrong-type"},
		{"not JSON", refuseAt, `{"reason":"` + secret, "", 400, "bad-json", "", ""},
		{"two values", refuseAt, `{"reason":"x"}{}`, "", 400, "bad-json", "", ""},
		{"not UTF-8", refuseAt, "{\"reason\":\"\xff\xfe\"}", "", 400, "bad-json", "", ""},
		{"deep", refuseAt, strings.Repeat(`{"a":`, 20000), "", 400, "bad-json", "", ""},
		{"deep and whole", refuseAt, strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000), "", 422, "invalid-input", "", "wrong-type"},
		{"form data", refuseAt, `reason=` + secret, "application/x-www-form-urlencoded", 415, "unsupported-media-type", "", ""},
		{"problem as request", refuseAt, `{"reason":"x"}`, "application/problem+json", 415, "unsupported-media-type", "", ""},
		{"an odd content type", refuseAt, `{"reason":"x"}`, ";+;", 415, "unsupported-media-type", "", ""},
		{"too much", refuseAt, `{"reason":"` + strings.Repeat("x", 1<<20) + `"}`, "", 413, "body-too-large", "", ""},
	} {
		for _, language := range []string{"zh", "en"} {
			headers := []string{"Idempotency-Key", "k", "Accept-Language", language}
			if c.media != "" {
				headers = append(headers, "Content-Type", c.media)
			}
			person := theOfficer
			if c.path == create {
				person = theApplicant
			}
			r := w.send(person, http.MethodPost, c.path, []byte(c.body), headers...)
			p := into[Problem](t, r)
			if r.status != c.status || p.Code != c.code {
				t.Errorf("%s: %d %s", c.name, r.status, r.body)
				continue
			}
			if strings.Contains(string(r.body), secret) || strings.Contains(string(r.body), "长长") {
				t.Errorf("%s: what was sent comes back: %s", c.name, r.body)
			}
			if c.fieldCode != "" && (len(p.Errors) == 0 || p.Errors[0].Path != c.field || p.Errors[0].Code != c.fieldCode) {
				t.Errorf("%s: %s", c.name, r.body)
			}
			if chinese := strings.ContainsFunc(p.Detail, func(r rune) bool { return r > 0x4e00 && r < 0x9fff }); chinese != (language == "zh") || r.header.Get("Content-Language") != language {
				t.Errorf("%s in %s: %s", c.name, language, p.Detail)
			}
		}
	}
}

func TestQuery(t *testing.T) {
	w := newWorld(t)
	list := base + "/authorizations"
	for query, wanted := range map[string]struct {
		status     int
		code, path string
	}{
		"?limit=0":                      {422, "too-small", "query.limit"},
		"?limit=201":                    {422, "too-large", "query.limit"},
		"?limit=x":                      {422, "wrong-type", "query.limit"},
		"?limit=99999999999999999":      {422, "too-large", "query.limit"},
		"?limit=9999999999999999999999": {422, "wrong-type", "query.limit"},
		"?cursor=garbled":               {422, "bad-cursor", "query.cursor"},
		"?cursor=eyJsIjoieCJ9":          {422, "bad-cursor", "query.cursor"},
		"?state=nowhere":                {422, "not-a-choice", "query.state"},
		"?phase=nowhere":                {422, "not-a-choice", "query.phase"},
		"?sort=size":                    {422, "not-a-choice", "query.sort"},
		"?closed=maybe":                 {422, "not-a-choice", "query.closed"},
		"?colour=red":                   {422, "unknown-field", "query.colour"},
		"?text=%00":                     {400, "", ""},
		"?text=%ff":                     {400, "", ""},
		"?text=%zz":                     {400, "", ""},
		"?text=a;b":                     {400, "", ""},
		"?limit=1&limit=2":              {400, "", ""},
	} {
		r := w.get(theOfficer, list+query)
		p := into[Problem](t, r)
		if r.status != wanted.status || wanted.code != "" && (len(p.Errors) != 1 || p.Errors[0].Code != wanted.code || p.Errors[0].Path != wanted.path) {
			t.Errorf("%s: %d %s", query, r.status, r.body)
		}
	}
	w.get(theOfficer, base+"/tasks?due_before=tomorrow").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	w.get(theOfficer, base+"/tasks?state=open,lost").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	w.get(theOfficer, base+"/resources?access=secret").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	for _, cursor := range []string{"-1", "x", "99999999999999999999", "1e3"} {
		w.get(theApplicant, base+"/authorizations/"+w.Drafted()+"/events?cursor="+cursor).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	}
}

func TestAddresses(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"GET", "/", 404, "no-such-route"},
		{"GET", base + "/nothing", 404, "no-such-route"},
		{"GET", base + "/authorizations/", 404, "no-such-route"},
		{"GET", base + "/authorizations/a%00b", 404, "no-such-route"},
		{"GET", base + "/authorizations/%ff", 404, "no-such-route"},
		{"GET", base + "/authorizations/a%2Fb%2Fc%2Fd", 404, "no-such-route"},
		{"POST", base + "/authorizations/x/tick", 404, "no-such-route"},
		{"POST", base + "/authorizations/x/record-resolution", 404, "no-such-route"},
		{"POST", base + "/exits/x/close", 404, "no-such-route"},
		{"POST", base + "/exits", 405, "method-not-allowed"},
		{"DELETE", base + "/authorizations", 405, "method-not-allowed"},
		{"PUT", base + "/openapi.json", 405, "method-not-allowed"},
		{"GET", base + "/authorizations/" + strings.Repeat("x", 201), 422, "invalid-input"},
		{"GET", base + "/authorizations/' OR 1=1 --", 404, "not-found"},
		{"GET", base + "/meetings/" + w.Drafted(), 404, "not-found"},
		{"GET", base + "/tasks/aut-x.1", 404, "not-found"},
		{"GET", base + "/policies/nowhere", 404, "not-found"},
		{"GET", base + "/policies/sha256:00", 404, "not-found"},
		{"GET", base + "/problems/nothing", 404, "not-found"},
		{"GET", base + "/resources/res-x", 404, "not-found"},
		{"GET", base + "/organizations/org-x", 404, "not-found"},
	} {
		request := httptest.NewRequest(c.method, strings.ReplaceAll(c.path, " ", "%20"), nil)
		request.Header.Set("Authorization", "Bearer "+w.secrets[theApplicant])
		recorder := httptest.NewRecorder()
		w.server.engine.ServeHTTP(recorder, request)
		reply{recorder.Code, recorder.Result().Header, recorder.Body.Bytes()}.wants(t, c.status, c.code)
	}
}

func TestLanguageOf(t *testing.T) {
	for accept, wanted := range map[string]string{
		"": "zh", "en": "en", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh", "fr, en;q=0.2": "en", "fr": "zh", "*": "zh", "en;q=0": "zh",
		"en;q=0.5, zh;q=0.6": "zh", "EN-us": "en", "en;q=nan, zh": "zh", ";;;,,": "zh", "en;q=2": "zh", "english": "zh", "en ;q=0.1": "en",
	} {
		if got := languageOf(accept); got != wanted {
			t.Errorf("%q: %s", accept, got)
		}
	}
}

// TestHeaders: every answer, of whatever kind, names its request, keeps browsers from guessing and running anything, and is kept by nobody unless public.
func TestHeaders(t *testing.T) {
	w := newWorld(t)
	for path, cached := range map[string]bool{
		base + "/authorizations": false, base + "/nothing": false, base + "/reference": true, base + "/openapi.json": true, "/healthz": false, base + "/people": false,
	} {
		r := w.send(theApplicant, http.MethodGet, path, nil, "X-Request-ID", "mine_1.2-3")
		h := r.header
		if h.Get("X-Request-ID") != "mine_1.2-3" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" ||
			!strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") || (h.Get("Cache-Control") != "no-store") != cached || h.Get("DataCharter-Clock") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, odd := range []string{"", "a b", strings.Repeat("x", 65), "张三"} {
		if got := w.send(theApplicant, http.MethodGet, "/healthz", nil, "X-Request-ID", odd).header.Get("X-Request-ID"); !strings.HasPrefix(got, "req-") {
			t.Errorf("%q was taken over as %q", odd, got)
		}
	}
}
