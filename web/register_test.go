package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/internal/town"
	"datacharter/published"
)

// registered brings an authorisation into operation with a product on offer, and another that is not public.
func (w *world) registered() (id, hidden string) {
	hidden = w.AuthorizationIn(authorization.Signing)
	id = w.AuthorizationIn(authorization.Operating)
	w.Offered(id, "0.5", "0.25")
	return id, hidden
}

// publicPaths are all pages of the register.
func publicPaths(id string) []string {
	return []string{registerPath, registerPath + "?state=operating&q=气象", productsPath, entryPath(id), feedPath}
}

func TestPublicRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, hidden := w.registered()
	citizen := w.nobody()
	at := entryPath(id)
	for query, found := range map[string]bool{
		"": true, "?q=气象": true, "?q=运营有限": true, "?q=" + id: true, "?q=医疗": false, "?state=operating": true, "?state=closed": false, "?state=nonsense": true,
		"?mode=whole": true, "?agency=" + town.Agency: true, "?agency=x": false, "?grantee=" + town.Operator: true, "?grantee=x": false, "?sort=ends": true,
		"?q=" + strings.Repeat("长", 300): false,
	} {
		if p := citizen.get(registerPath + query).wants(http.StatusOK); slices.Contains(p.links(), at) != found {
			t.Errorf("%s: %q", query, p.links())
		}
	}
	for query, found := range map[string]bool{
		"": true, "?q=指数": true, "?q=医疗": false, "?class=industry": true, "?class=x": true, "?charge=charged": true, "?listed=1": true, "?listed=0": false, "?grantee=x": false,
	} {
		if p := citizen.get(productsPath + query).wants(http.StatusOK); strings.Contains(p.text(), "0.25元（按数据调用量计）") != found {
			t.Errorf("%s: %s", query, p.text())
		}
	}
	for _, words := range []string{"虚构数据运营有限公司", "某市数据局", "气象观测数据", "0.25元（按数据调用量计）", "0.5元（按数据调用量计）", "首次公开", "产品上架", "新增：气象指数，上限 0.5元（按数据调用量计）", "尚未上架 → 在架", "尚未定价 → 0.25元", "政府集体决策（授权运营）：同意"} {
		if p := citizen.get(at); !strings.Contains(p.text(), words) {
			t.Errorf("the entry does not say %q: %s", words, p.text())
		}
	}
	for _, words := range []string{"in operation", "CNY 0.25 per call", "product listed", "Grantee"} {
		if p := citizen.get(at + "?lang=en"); !strings.Contains(p.text(), words) || p.language() != "en" {
			t.Errorf("the entry does not say %q: %s", words, p.text())
		}
	}
	for _, none := range []string{entryPath(hidden), entryPath("aut-none"), registerPath + "?cursor=x", productsPath + "?cursor=x"} {
		if p := citizen.get(none).wants(http.StatusNotFound); p.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", none, p.header)
		}
	}
}

// A suspension and an exit are told in public words, without their reasons.
func TestPublicRegisterTellsWhatHappened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for state, words := range map[string]string{
		string(authorization.Filed): "尚未开始运营", string(authorization.Suspended): "起暂停运营", string(authorization.Exiting): "结果确定后在此公开", string(authorization.Closed): "授权已经终止",
	} {
		p := w.nobody().get(entryPath(w.AuthorizationIn(lifecycle.State(state)))).wants(http.StatusOK)
		if !strings.Contains(p.text(), words) {
			t.Errorf("%s is not told: %s", state, p.text())
		}
	}
}

// Nobody's session is looked at or begun, and nothing that only the parties know is told, whoever asks.
func TestPublicRegisterKeepsPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, hidden := w.registered()
	w.Authorization(town.Administrator, id, "suspend", town.Object{"ground": "price", "authority": "局长办公会", "reason": "内部事故说明"})
	officer := w.as(town.Officer)
	for _, path := range publicPaths(id) {
		p := w.nobody().get(path).wants(http.StatusOK)
		if len(p.header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s sets a cookie: %v", path, p.header)
		}
		if known := officer.get(path).wants(http.StatusOK); len(known.header.Values("Set-Cookie")) > 0 || known.body != p.body {
			t.Errorf("%s looks at who asks", path)
		}
		for _, post := range town.Posts {
			for n := 1; n <= post.Count; n++ {
				if person := post.ID(n); strings.Contains(p.body, `"`+person+`"`) || strings.Contains(p.body, post.Name(n)) {
					t.Errorf("%s names %s", path, person)
				}
			}
		}
		for _, secret := range []string{"内部事故说明", "局长办公会", "sha256:", hidden, "单独核算", "逐项"} {
			if strings.Contains(p.body, secret) {
				t.Errorf("%s says %q", path, secret)
			}
		}
	}
}

// Pages can be kept for a minute and asked for again by their tags; in which language they are depends on what they say it does.
func TestPublicRegisterIsCached(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.registered()
	citizen := w.nobody()
	for _, path := range publicPaths(id) {
		p := citizen.get(path).wants(http.StatusOK)
		tag := p.header.Get("ETag")
		if len(tag) != 36 || p.header.Get("Cache-Control") != "public, max-age=60" || p.header.Get("Vary") != "Accept-Encoding, Accept-Language, Cookie" {
			t.Errorf("%s: %v", path, p.header)
		}
		for _, given := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
			again := citizen.send(http.MethodGet, path, nil, "If-None-Match", given).wants(http.StatusNotModified)
			if again.body != "" || again.header.Get("ETag") != tag {
				t.Errorf("%s given %s: %v", path, given, again.header)
			}
		}
		citizen.send(http.MethodGet, path, nil, "If-None-Match", `"x"`).wants(http.StatusOK)
		if head := citizen.send(http.MethodHead, path, nil).wants(http.StatusOK); head.header.Get("ETag") != tag || head.body != "" {
			t.Errorf("%s by HEAD: %v", path, head.header)
		}
		english := w.nobody().speaking("en").get(path).wants(http.StatusOK)
		if english.header.Get("ETag") == tag || english.header.Get("Content-Language") != "en" {
			t.Errorf("%s in English: %v", path, english.header)
		}
		joint := "?"
		if strings.Contains(path, "?") {
			joint = "&"
		}
		asked := citizen.get(path + joint + "lang=en").wants(http.StatusOK)
		if asked.header.Get("Content-Language") != "en" || asked.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s asked for in English: %v", path, asked.header)
		}
	}
	before := citizen.get(entryPath(id)).header.Get("ETag")
	w.Authorization(town.Administrator, id, "suspend", town.Object{"ground": "price", "authority": "局长办公会", "reason": "事故"})
	citizen.send(http.MethodGet, entryPath(id), nil, "If-None-Match", before).wants(http.StatusOK)
}

// Each page says where it is in the other language, and leads on in the language that was asked for.
func TestPublicRegisterInBothLanguages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.registered()
	p := w.nobody().get(registerPath + "?lang=en&state=operating").wants(http.StatusOK)
	found := map[string]string{}
	for _, link := range all(p.document(), tag("link")) {
		if language := attr(link, "hreflang"); language != "" {
			found[language] = attr(link, "href")
		}
	}
	for language, want := range map[string]string{"x-default": "?state=operating", "zh-CN": "?lang=zh&state=operating", "en": "?lang=en&state=operating"} {
		if found[language] != w.at+registerPath+want {
			t.Errorf("%s is at %q", language, found[language])
		}
	}
	if !slices.Contains(p.links(), entryPath(id)+"?lang=en") {
		t.Errorf("the language gets lost: %q", p.links())
	}
	back := p.form("/language").press("language", "zh").wants(http.StatusOK)
	if back.language() != "zh-CN" || back.at.RequestURI() != registerPath+"?state=operating" {
		t.Errorf("choosing a language led to %s in %s", back.at, back.language())
	}
}

func TestPublicRegisterForMachines(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.registered()
	whole := w.at + entryPath(id)
	p := w.nobody().get(entryPath(id)).wants(http.StatusOK)
	var data struct {
		Graph []map[string]any `json:"@graph"`
	}
	_, raw, _ := strings.Cut(p.body, `<script type="application/ld+json"`)
	_, raw, _ = strings.Cut(raw, ">")
	raw, _, _ = strings.Cut(raw, "</script>")
	if err := json.Unmarshal([]byte(raw), &data); err != nil || len(data.Graph) < 4 || data.Graph[0]["url"] != whole || data.Graph[0]["@type"] != "GovernmentPermit" {
		t.Errorf("%v %s", err, raw)
	}
	for language, title := range map[string]string{"zh": "产品上架", "en": "product listed"} {
		p := w.nobody().get(feedPath + "?lang=" + language).wants(http.StatusOK)
		var feed struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID      string   `xml:"id"`
			Updated string   `xml:"updated"`
			Links   []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				Title string `xml:"title"`
				Link  struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(p.body), &feed); err != nil || !strings.HasPrefix(p.header.Get("Content-Type"), "application/atom+xml") ||
			feed.ID == "" || feed.Updated == "" || len(feed.Entries) < 4 || !strings.HasSuffix(feed.Entries[0].Title, title) || feed.Entries[0].Link.Href != whole {
			t.Errorf("%v %s", err, p.body)
		}
		if self := feed.Links[0]; self.Rel != "self" || self.Href != w.at+feedPath+"?lang="+language {
			t.Errorf("the feed says that it is at %+v", self)
		}
	}
}

// A list that is longer than a page goes on, with its filters, until every entry was there.
func TestPublicRegisterPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := map[string]bool{}
	for range pageLength + 1 {
		want[entryPath(w.AuthorizationIn(authorization.Filed))] = true
	}
	at := registerPath + "?" + url.Values{"state": {"filed"}, "sort": {"ends"}}.Encode()
	for range 3 {
		next := ""
		for _, link := range w.nobody().get(at).wants(http.StatusOK).links() {
			delete(want, link)
			if strings.Contains(link, "cursor=") {
				next = link
			}
		}
		if next == "" {
			break
		}
		if !strings.Contains(next, "state=filed") || !strings.Contains(next, "sort=ends") {
			t.Errorf("the next page forgets the filters: %s", next)
		}
		at = next
	}
	if len(want) > 0 {
		t.Errorf("%d entries are on no page", len(want))
	}
}

// What is given again from memory is what the next visitor asked for: his language, his packing, his address.
func TestPublicRegisterFromMemory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.registered()
	at := time.Unix(0, 0)
	w.server.answers = published.New(time.Second, func() time.Time { return at })
	for range 2 {
		for _, path := range publicPaths(id) {
			for language, tag := range map[string]string{"zh": "zh-CN", "en": "en"} {
				p := w.nobody().speaking(language).get(path).wants(http.StatusOK)
				if p.header.Get("Content-Language") != tag || p.header.Get("Vary") == "" || p.header.Get("ETag") == "" {
					t.Errorf("%s in %s: %v", path, language, p.header)
				}
				w.nobody().speaking(language).send(http.MethodGet, path, nil, "If-None-Match", p.header.Get("ETag")).wants(http.StatusNotModified)
			}
		}
	}
	plain, other := w.nobody().get(registerPath).wants(http.StatusOK), w.nobody().get(registerPath+"?q=none").wants(http.StatusOK)
	if plain.body == other.body {
		t.Error("another search is answered alike")
	}
	offered := w.Case(authorization.Kind, id).(*authorization.Authorization).ProductCases[0].ID //nolint:forcetypeassert // its own kind
	w.Producing(town.Applicant, offered, "set-charge", town.Object{"tariff": []town.Object{{"price": "0.125"}}, "reason": "成本变化"})
	if p := w.nobody().get(entryPath(id)); strings.Contains(p.text(), "0.125元") {
		t.Error("nothing is given from memory, so this test shows nothing")
	}
	at = at.Add(time.Second)
	if p := w.nobody().get(entryPath(id)); !strings.Contains(p.text(), "0.125元") {
		t.Errorf("a second later the entry is still the old one: %s", p.text())
	}
}
