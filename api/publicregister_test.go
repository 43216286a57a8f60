package api

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	entries "datacharter/domain/register"
	"datacharter/internal/town"
)

// The register as everybody sees it: without a token, with every filter, in every rendering.
func TestPublicRegister(t *testing.T) {
	w := newWorld(t)
	hidden := w.AuthorizationIn(authorization.Signing)
	id := w.AuthorizationIn(authorization.Operating)
	w.Offered(id, "0.5", "0.25")

	all := into[list[PublicEntry]](t, w.get("", registerPath))
	if len(all.Items) != 1 || all.Items[0].ID != id || all.Items[0].State != entries.Operating || !all.Items[0].StateWords.Complete() ||
		all.Items[0].Names.Of(operator) != "虚构数据运营有限公司" {
		t.Fatalf("%+v", all)
	}
	w.get("", registerPath+"/"+hidden).wants(t, http.StatusNotFound, "not-found")
	record := into[PublicRecord](t, w.get("", all.Items[0].Href))
	if record.Names.Of(resource) != "气象观测数据" || record.Names.Of(town.Government) != "某市人民政府" || len(record.Releases) != 4 ||
		record.Releases[0].No != 4 || record.Releases[0].Words.EN != "product listed" || record.Releases[3].Words.EN != "agreement filed" {
		t.Errorf("%+v", record)
	}
	for query, n := range map[string]int{
		"text=气象": 1, "text=运营有限": 1, "text=某市 数据局": 1, "text=医疗": 0, "agency=" + agency: 1, "agency=x": 0, "grantee=" + operator: 1, "state=operating": 1,
		"state=closed": 0, "mode=" + record.Mode: 1, "mode=x": 0, "sort=ends": 1, "limit=1": 1,
	} {
		if got := into[list[PublicEntry]](t, w.get("", registerPath+"?"+strings.ReplaceAll(query, " ", "+"))); len(got.Items) != n {
			t.Errorf("%s: %d entries", query, len(got.Items))
		}
	}
	for query, n := range map[string]int{
		"": 1, "?class=industry": 1, "?class=public-benefit": 0, "?charge=charged": 1, "?charge=free": 0, "?listed=true": 1, "?listed=false": 0, "?text=指数": 1, "?grantee=x": 0,
	} {
		got := into[list[PublicProduct]](t, w.get("", registerPath+"/products"+query))
		if len(got.Items) != n || n > 0 && (got.Items[0].Authorization != id || got.Items[0].Price.String() != "0.25" || !got.Items[0].UnitWords.Complete()) {
			t.Errorf("%s: %+v", query, got)
		}
	}
	if got := into[list[PublicRelease]](t, w.get("", registerPath+"/releases?limit=3&entry="+id)); len(got.Items) != 3 || got.Next == "" {
		t.Errorf("%+v", got)
	}
	counts := into[PublicCounts](t, w.get("", registerPath+"/counts"))
	if !slices.Equal(counts.States, []PublicCount{{Value: "operating", N: 1}}) || !slices.Equal(counts.Charges, []PublicCount{{Value: "charged", N: 1}}) {
		t.Errorf("%+v", counts)
	}
	for _, bad := range []string{"?state=draft", "?cursor=x", "?limit=0", "?sort=title", "/products?charge=x", "/releases?nonsense=1"} {
		if r := w.get("", registerPath+bad); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", bad, r.status)
		}
	}
	w.checkNames(t, id)
}

// checkNames looks for the world's people, and for what only the parties know, in everything that the public can read.
func (w *world) checkNames(t *testing.T, id string) {
	t.Helper()
	for _, path := range []string{"", "/" + id, "/" + id + "/jsonld", "/products", "/releases", "/releases.atom", "/counts"} {
		body := string(w.get("", registerPath+path).body)
		for _, p := range town.Posts {
			for n := 1; n <= p.Count; n++ {
				if person := p.ID(n); strings.Contains(body, `"`+person+`"`) || strings.Contains(body, p.Name(n)) {
					t.Errorf("%s names %s", path, person)
				}
			}
		}
		for _, secret := range []string{"sha256:", "opinion", `"capabilities":{`, "votes", "attachments", "condition", "reason\""} {
			if strings.Contains(body, secret) {
				t.Errorf("%s says %q: %s", path, secret, body)
			}
		}
	}
}

// Answers can be kept for a minute and asked for again by their tags.
func TestPublicRegisterIsCached(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	for _, path := range []string{"", "/" + id, "/" + id + "/jsonld", "/products", "/releases", "/releases.atom", "/counts"} {
		r := w.get("", registerPath+path)
		tag := r.header.Get("ETag")
		if r.status != http.StatusOK || len(tag) != 34 || r.header.Get("Cache-Control") != "public, max-age=60" {
			t.Errorf("%s: %d, tag %s, %s", path, r.status, tag, r.header.Get("Cache-Control"))
		}
		for _, given := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			again := w.send("", http.MethodGet, registerPath+path, nil, "If-None-Match", given)
			if again.status != http.StatusNotModified || len(again.body) > 0 || again.header.Get("ETag") != tag {
				t.Errorf("%s given %s: %d, %d bytes", path, given, again.status, len(again.body))
			}
		}
		if other := w.send("", http.MethodGet, registerPath+path, nil, "If-None-Match", `"x"`); other.status != http.StatusOK {
			t.Errorf("%s given another tag: %d", path, other.status)
		}
	}
	before := w.get("", registerPath).header.Get("ETag")
	w.do(theAdmin, base+"/authorizations/"+id+"/suspend", object{
		"ground": "price", "authority": "局长办公会", "reason": "事故",
	})
	if r := w.send("", http.MethodGet, registerPath, nil, "If-None-Match", before); r.status != http.StatusOK {
		t.Errorf("a change is not seen: %d", r.status)
	}
	w.checkNames(t, id)
}

// The feed and the linked data name this system as it was called.
func TestPublicRegisterForMachines(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Closed)
	r := w.get("", registerPath+"/"+id+"/jsonld")
	var ld struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(r.body, &ld); err != nil || r.header.Get("Content-Type") != "application/ld+json" || ld.Graph[0]["url"] != "//example.com"+registerPath+"/"+id {
		t.Errorf("%v %s", err, r.body)
	}
	for language, title := range map[string]string{"zh": "授权终止", "en": "authorisation ended"} {
		r := w.send("", http.MethodGet, registerPath+"/releases.atom", nil, "Accept-Language", language)
		var feed struct {
			Entries []struct {
				Title string `xml:"title"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(r.body, &feed); err != nil || !strings.HasPrefix(r.header.Get("Content-Type"), "application/atom+xml") ||
			len(feed.Entries) < 4 || !strings.HasSuffix(feed.Entries[0].Title, title) {
			t.Errorf("%v %s", err, r.body)
		}
	}
	record := into[PublicRecord](t, w.get("", registerPath+"/"+id))
	if record.Exit == nil || record.Exit.Kind == "" || record.Exit.Ended.IsZero() || record.State != entries.Closed {
		t.Errorf("%+v", record.Exit)
	}
	w.checkNames(t, id)
}

// A short code leads to the same entry as its ID, however it was copied.
func TestRegisterEntryByCode(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	code := entries.Code(id)
	want := into[PublicRecord](t, w.get("", registerPath+"/"+id))
	if want.Code != code {
		t.Errorf("the entry says %q, not %q", want.Code, code)
	}
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", "")} {
		if got := into[PublicRecord](t, w.get("", registerPath+"/codes/"+typed)); got.ID != id || len(got.Releases) != len(want.Releases) {
			t.Errorf("%s: %+v", typed, got)
		}
	}
	for _, none := range []string{entries.Code(w.AuthorizationIn(authorization.Signing)), "x", "____-____-____"} {
		w.get("", registerPath+"/codes/"+none).wants(t, http.StatusNotFound, "not-found")
	}
}
