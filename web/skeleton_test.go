package web

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
	"datacharter/web/ui"
	"datacharter/workflows"
)

// TestCommandOnce: a form that is sent twice, by a double click or after going back, is carried out once.
func TestCommandOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/accept"
	officer := w.as(town.Officer)
	form := officer.get(at).wants(http.StatusOK).form(at)
	first := form.submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Reviewing)
	version := w.Case(authorization.Kind, id).Head().Version
	again := form.submit().wants(http.StatusOK)
	if got := w.Case(authorization.Kind, id).Head().Version; got != version {
		t.Errorf("sent again, the case went from version %d to %d", version, got)
	}
	if first.at.Path != "/authorizations/"+id || again.at.Path != first.at.Path || first.heading() != again.heading() {
		t.Errorf("led to %s %q and %s %q", first.at, first.heading(), again.at, again.heading())
	}
	// The same name for something else is refused.
	other := w.AuthorizationIn(authorization.Submitted)
	other = "/authorizations/" + other + "/do/accept"
	if p := officer.post(other, url.Values{formKey: form.values[formKey]}).wants(http.StatusUnprocessableEntity); len(p.faults()) == 0 {
		t.Error("a key that was used before passed")
	}
	// Without a name nothing is carried out.
	bare := w.AuthorizationIn(authorization.Submitted)
	if key := officer.post("/authorizations/"+bare+"/do/accept", nil).wants(http.StatusOK).form("/authorizations/" + bare + "/do/accept").values.Get(formKey); key == "" {
		t.Error("the form that is shown again has no key")
	}
	w.Stands(authorization.Kind, bare, authorization.Submitted)
}

// TestFaultsAreShown: an input with faults comes back as it was filled in, with each fault named, and nothing is carried out.
func TestFaultsAreShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/refuse"
	for language, fault := range map[string]string{"zh": "：", "en": ": "} {
		officer := w.as(town.Officer).speaking(language)
		p := officer.get(at).form(at).set("reason", "  ").submit().wants(http.StatusUnprocessableEntity)
		if f := p.faults(); len(f) != 2 || !strings.Contains(f[1], fault) {
			t.Errorf("in %s: %q", language, f)
		}
		if got := p.form(at).control("reason")[0]; attr(got, "aria-invalid") != "true" || attr(got, "aria-describedby") != ui.ID("reason")+"-fault" {
			t.Errorf("the control does not name its fault: %v", got.Attr)
		}
	}
	w.Stands(authorization.Kind, id, authorization.Submitted)
}

var nonce = regexp.MustCompile(`script-src 'nonce-([A-Za-z0-9_-]{22})'`)

// TestHeaders: every answer of whatever kind keeps browsers from loading, framing and guessing anything; what stands in a page needs no exception.
func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := map[string]bool{}
	look := func(p *page, cached bool) {
		t.Helper()
		policy := p.header.Get("Content-Security-Policy")
		for _, must := range []string{"default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, must) {
				t.Errorf("%s: the policy %q lacks %s", p.at, policy, must)
			}
		}
		// What is published is the same for everybody: its scripts are those of the program's files.
		of := nonce.FindStringSubmatch(policy)
		if cached && strings.Contains(policy, "script-src 'self'; ") {
			of = []string{"", ""}
		}
		if len(of) < 2 || seen[of[1]] || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
			t.Fatalf("%s: policy %q", p.at, policy)
		}
		seen[of[1]] = of[1] != ""
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
			"Strict-Transport-Security": "",
		} {
			if p.header.Get(name) != value {
				t.Errorf("%s: %s: %q", p.at, name, p.header.Get(name))
			}
		}
		if p.header.Get("X-Request-ID") == "" || (p.header.Get("Cache-Control") == "no-store") == cached {
			t.Errorf("%s: %v", p.at, p.header)
		}
		for _, n := range all(p.document(), func(*html.Node) bool { return true }) {
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("%s: <%s %s=%q>", p.at, n.Data, a.Key, a.Val)
				}
				if (a.Key == "src" || a.Key == "href" && n.Data != "a") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, w.at+"/") {
					t.Errorf("%s loads %s", p.at, a.Val)
				}
			}
			inside := n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json"
			if inside || (n.Data == "script" && attr(n, "nonce") != of[1]) || n.Data == "style" {
				t.Errorf("%s: a %s that the policy forbids", p.at, n.Data)
			}
		}
	}
	for _, s := range stops {
		if path, ok := strings.CutPrefix(s.route, "GET "); ok {
			at := s.calls(w)[0]
			client := w.nobody()
			if at.person != "" {
				client = w.as(at.person)
			}
			everybodys := strings.HasPrefix(path, "/register") || strings.HasPrefix(path, codesPath+"/")
			look(client.get(at.path), strings.HasPrefix(path, "/assets/") || everybodys && !strings.Contains(path, "/export/"))
		}
	}
	officer := w.as(town.Officer)
	look(officer.get("/nothing").wants(http.StatusNotFound), false)
	look(officer.get("/assets/nothing").wants(http.StatusNotFound), false)
	look(officer.send(http.MethodDelete, "/sign-in", nil).wants(http.StatusMethodNotAllowed), false)
	look(officer.get("/sign-in?x=%zz").wants(http.StatusBadRequest), false)
	at := "/authorizations/" + w.AuthorizationIn(authorization.Submitted) + "/do/refuse"
	look(officer.post(at, url.Values{formKey: {"k"}}).wants(http.StatusUnprocessableEntity), false)
}

// TestSecureCookies: behind HTTPS no cookie leaves without it, and browsers are told to use nothing else.
func TestSecureCookies(t *testing.T) {
	t.Parallel()
	for scheme, secure := range map[string]bool{"http": false, "https": true} {
		c := newWorld(t, func(_ *world, o *Options) { o.PublicURL.Scheme = scheme }).nobody().steadfast()
		answer := c.post("/sign-in", url.Values{"person": {town.Officer}})
		language := c.post("/language", url.Values{"language": {"en"}})
		cookies := append(cookiesOf(answer), cookiesOf(language)...)
		if len(cookies) < 2 {
			t.Fatalf("%s: cookies %v", scheme, cookies)
		}
		for _, cookie := range cookies {
			if cookie.Secure != secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("%s: %s", scheme, cookie)
			}
		}
		if (answer.header.Get("Strict-Transport-Security") != "") != secure || strings.HasPrefix(cookies[0].Name, "__Host-") != secure {
			t.Errorf("%s: %v", scheme, answer.header)
		}
	}
}

func cookiesOf(p *page) []*http.Cookie { return (&http.Response{Header: p.header}).Cookies() }

// TestForeignPages: what another site's page makes a browser send is refused, whoever is signed in.
func TestForeignPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	officer := w.as(town.Officer)
	for _, headers := range [][]string{
		{"Origin", "https://example.com"},
		{"Origin", "null"},
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Sec-Fetch-Site", "cross-site", "Origin", w.at + ".example.com"},
	} {
		for _, s := range stops {
			if path, ok := strings.CutPrefix(s.route, "POST "); ok {
				path = strings.NewReplacer(":id", id, ":command", "accept").Replace(path)
				officer.send(http.MethodPost, path, strings.NewReader(formKey+"=k"), append(headers, "Content-Type", "application/x-www-form-urlencoded")...).wants(http.StatusForbidden)
			}
		}
		officer.send(http.MethodGet, "/authorizations/"+id, nil, headers...).wants(http.StatusOK) // a link from elsewhere is welcome
	}
	w.Stands(authorization.Kind, id, authorization.Submitted)
	officer.send(http.MethodPost, "/authorizations/"+id+"/do/accept", strings.NewReader(formKey+"=k"),
		"Content-Type", "application/x-www-form-urlencoded", "Origin", w.at, "Sec-Fetch-Site", "same-origin").wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Reviewing)
}

// TestReturnStaysHere: no address in a request leads a visitor to another site.
func TestReturnStaysHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	done := w.Do(town.Officer, authorization.Kind, w.AuthorizationIn(authorization.Submitted), "accept", town.Object{}).Command
	officer := w.as(town.Officer).steadfast()
	for _, foreign := range []string{
		"https://example.com/", "//example.com/", "/\\example.com", "\\\\example.com", "javascript:alert(1)", "/\t/example.com", "http:example.com", "example.com", "",
		" //example.com", "/\r\nSet-Cookie: x=y", "\x00//example.com",
	} {
		for path, values := range map[string]url.Values{"/language": {"language": {"en"}}, "/sign-in": {"person": {town.Officer}}} {
			values.Set("return", foreign)
			p := w.nobody().steadfast().post(path, values)
			if to := p.header.Get("Location"); to != "/" {
				t.Errorf("%s with return %q: %d %q", path, foreign, p.status, to)
			}
		}
		if v := w.nobody().get("/sign-in?return=" + url.QueryEscape(foreign)); v.status == http.StatusOK && v.forms("/sign-in")[0].values.Get("return") != "/" {
			t.Errorf("the sign-in page keeps %q", foreign)
		}
		p := officer.get("/commands/" + done + "?next=" + url.QueryEscape(foreign))
		if to := p.header.Get("Location"); p.status < 400 && to != "/" {
			t.Errorf("a finished command with next %q leads to %q", foreign, to)
		}
	}
	for _, here := range []string{"/authorizations/x?tab=record", "/"} {
		if to := w.nobody().steadfast().post("/language", url.Values{"language": {"en"}, "return": {here}}).header.Get("Location"); to != here {
			t.Errorf("return %q led to %q", here, to)
		}
	}
}

// TestBadRequests: whatever stands in an address or a body, the answer is the visitor's fault and a whole page, never ours.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := make([]call, len(stops))
	for i, s := range stops { // before anybody signs in: what leads to some of them takes longer than a session lasts
		first[i] = s.calls(w)[0]
	}
	people := map[string]*client{"": w.nobody().steadfast()}
	const plain, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
	for i, s := range stops {
		method, route, _ := strings.Cut(s.route, " ")
		at := first[i]
		if people[at.person] == nil || at.person != "" && people[at.person].get("/notices").status != http.StatusOK { // a stop before may have ended the session
			people[at.person] = w.as(at.person).steadfast()
		}
		if method == http.MethodGet {
			address, _, _ := strings.Cut(at.path, "?")
			for _, query := range []string{
				"%zz", "a;b", "q=%00", "q=%ff", "tab=%00", "%ff=1", "limit=-1&cursor=garbled&page=x&tab=nowhere&state=nowhere&sort=size&kind=x&q=" + strings.Repeat("长", 3000),
				"cursor=eyJsIjoieCIsImsiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9", "year=0&from=9999-99-99&to=-1&language=xx&return=%00&next=//x",
				"q=" + strings.Repeat("a", 200<<10),
			} {
				for _, header := range []string{"", "true"} {
					if got := people[at.person].send(method, address+"?"+query, nil, "HX-Request", header); got.status >= http.StatusInternalServerError {
						t.Errorf("%s?%.80s: %d %s", route, query, got.status, w.log.faults())
					}
				}
			}
			for _, id := range []string{"%00", "%ff", "..%2F..%2Fetc%2Fpasswd", strings.Repeat("x", 5000), "'%20OR%201=1%20--", "%F0%9F%98%80"} {
				bad := regexp.MustCompile(`:[a-z]+`).ReplaceAllLiteralString(route, id)
				if got := people[at.person].get(bad); bad != route && (got.status < 400 || got.status >= 500) {
					t.Errorf("%.60s: %d %s %s", bad, got.status, got.header.Get("Location"), w.log.faults())
				}
			}
			continue
		}
		for _, body := range []struct{ media, content string }{
			{plain, "%zz"},
			{plain, "a=%00&b=%ff&key=%00"},
			{plain, "key=k&reason=%ff"},
			{plain, "key=" + strings.Repeat("k", 10000)},
			{plain, strings.Repeat("a=b&", 400<<10)},
			{plain, "key=k&products%5B99999999999999999999%5D.name=x&products%5B-1%5D=x&a[b[c.d.e]]].f=g&add=products&task=x&resources=x"},
			{parts, ""},
			{parts, "--x\r\n\r\n--x--"},
			{"multipart/form-data", "x"},
			{"text/plain", "key=k"},
			{"", "key=k"},
			{";+;", "x"},
			{"application/json", "{}"},
			{parts, "--x\r\nContent-Disposition: form-data; name=\"evidence#file\"; filename=\"../../a\\u0000.txt\"\r\nContent-Type: text/html\r\n\r\n<script>\r\n--x--\r\n"},
			{parts, "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n\xff\x00\r\n--x--\r\n"},
			{parts, "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + strings.Repeat("k", 2<<20) + "\r\n--x--\r\n"},
			{parts, strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 6000) + "--x--\r\n"},
		} {
			got := people[at.person].send(method, at.path, strings.NewReader(body.content), "Content-Type", body.media)
			if got.status >= http.StatusInternalServerError {
				t.Errorf("%s with %s %.60q: %d %s", route, body.media, body.content, got.status, w.log.faults())
			}
			if at.person != "" && strings.Contains(route, "sign-out") {
				people[at.person] = w.as(at.person).steadfast()
			}
		}
	}
}

// TestPanic: a mistake in the program is answered with a page that says nothing of it; the log says where, and names nobody.
func TestPanic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/authorizations/" + w.AuthorizationIn(authorization.Submitted) + "/do/accept"
	officer := w.as(town.Officer)
	for _, broken := range []any{"张三的秘密", errors.New("张三的秘密"), nil} {
		w.Desk.Give = func(_ context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
			if broken == nil {
				broken = []any{}[len(cmd.Name)]
			}
			panic(broken)
		}
		form := officer.get(at).form(at)
		w.log.take()
		p := form.submit().wants(http.StatusInternalServerError)
		logged := w.log.take()
		request := p.header.Get("X-Request-ID")
		if p.heading() == "" || strings.Contains(p.body, "张三") || strings.Contains(p.body, "goroutine") || !strings.Contains(p.body, request) {
			t.Errorf("answered %s", p.body)
		}
		if !strings.Contains(logged, "request="+request) || !strings.Contains(logged, "level=ERROR") || !strings.Contains(logged, "panic") || strings.Contains(logged, "张三") {
			t.Errorf("logged %s", logged)
		}
	}
}

// TestLanguage: a visitor gets the language that he chose, else the browser's, else Chinese; and stays on his page when he chooses.
func TestLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for accept, wanted := range map[string]string{
		"": "zh-CN", "en": "en", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-CN", "zh-TW": "zh-CN", "fr": "zh-CN", "*": "zh-CN", "en;q=0.2, zh;q=0.5": "zh-CN", ";;,": "zh-CN",
	} {
		p := w.nobody().speaking(accept).get("/sign-in")
		if p.language() != wanted || p.header.Get("Content-Language") != wanted {
			t.Errorf("%q: %s, %s", accept, p.language(), p.header.Get("Content-Language"))
		}
	}
	c := w.as(town.Officer)
	at := "/authorizations/" + w.AuthorizationIn(authorization.Submitted) + "?tab=record"
	p := c.get(at).form("/language").press("language", "en")
	if p.language() != "en" || p.at.RequestURI() != at {
		t.Errorf("chosen on %s, led to %s in %s", at, p.at, p.language())
	}
	if got := c.speaking("zh").get(at); got.language() != "en" {
		t.Errorf("chosen English, got %s", got.language())
	}
	c.post("/language", url.Values{"language": {"fr"}}).wants(http.StatusBadRequest)
}

// TestGzip: a page comes compressed to whom takes it so, and is the same.
func TestGzip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	packed := w.nobody().send(http.MethodGet, "/sign-in", nil, "Accept-Encoding", "gzip, br")
	if packed.header.Get("Content-Encoding") != "gzip" || !strings.Contains(packed.header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("%v", packed.header)
	}
	r, err := gzip.NewReader(strings.NewReader(packed.body))
	w.Must(err)
	raw, err := io.ReadAll(r)
	w.Must(err)
	plain := w.nobody().send(http.MethodGet, "/sign-in", nil, "Accept-Encoding", "identity")
	if plain.header.Get("Content-Encoding") != "" || !strings.Contains(string(raw), "</html>") || !strings.Contains(plain.body, "</html>") || len(packed.body) > len(plain.body)/2 {
		t.Errorf("%d bytes plain, %d packed", len(plain.body), len(packed.body))
	}
}
