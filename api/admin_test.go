package api

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
)

func TestOrganizations(t *testing.T) {
	w := newWorld(t)
	path := base + "/organizations"
	code := identity.FictitiousCreditCode(77).String()
	first := w.send(theAdmin, http.MethodPost, path, []byte(`{"name":" 虚构企业 ","kind":"operator","credit_code":"`+code+`"}`), "Idempotency-Key", "a")
	o := into[Organization](t, first)
	if first.status != http.StatusCreated || o.Name != "虚构企业" || o.CreditCode != code || first.header.Get("Location") != path+"/"+o.ID || !strings.HasPrefix(o.ID, "org-") {
		t.Fatalf("%d %s", first.status, first.body)
	}
	again := w.send(theAdmin, http.MethodPost, path, []byte(`{"credit_code":"`+code+`","kind":"operator","name":" 虚构企业 "}`), "Idempotency-Key", "a")
	if again.status != first.status || !bytes.Equal(again.body, first.body) {
		t.Errorf("repeated: %d %s", again.status, again.body)
	}
	w.send(theAdmin, http.MethodPost, path, []byte(`{"name":"另一家","kind":"operator"}`), "Idempotency-Key", "a").wants(t, 422, "idempotency-key-reused")
	w.post(theAdmin, path, object{"name": "另一家", "kind": "operator", "credit_code": code}).wants(t, http.StatusConflict, "taken")
	w.post(theAdmin, path, object{"name": "另一家", "kind": "operator", "credit_code": code[:17] + "O"}).wants(t, 422, "invalid-input")
	w.post(theAdmin, path, object{"kind": "guild"}).wants(t, 422, "invalid-input")
	w.post(theAdmin, path, object{}).wants(t, 422, "invalid-input")
	w.post(theOfficer, path, object{"name": "x", "kind": "operator"}).wants(t, http.StatusForbidden, "not-entitled")
	if r := w.get(theReader, path+"/"+o.ID); r.status != http.StatusOK {
		t.Errorf("%s", r.body)
	}
	if all := into[list[Organization]](t, w.get(theReader, path+"?kind=operator&closed=false")); len(all.Items) != 3 {
		t.Errorf("%+v", all)
	}
}

func TestPeopleAndGrants(t *testing.T) {
	w := newWorld(t)
	created := w.post(theAdmin, base+"/people", object{"name": "虚构张三"})
	p := into[PersonDetail](t, created)
	if created.status != http.StatusCreated || p.Name != "虚构张三" || len(p.Grants) != 0 || strings.Contains(p.ID, "张") {
		t.Fatalf("%s", created.body)
	}
	grant := func(key, organization, role string) reply {
		return w.send(theAdmin, http.MethodPost, p.Href+"/grant", []byte(fmt.Sprintf(`{"organization":%q,"role":%q}`, organization, role)), "Idempotency-Key", key)
	}
	if r := grant("g1", agency, "case-officer"); r.status != http.StatusOK || len(into[PersonDetail](t, r).Grants) != 1 {
		t.Fatalf("%s", r.body)
	}
	grant("g1", agency, "exit-decider").wants(t, 422, "idempotency-key-reused")
	grant("g2", operator, "applicant").wants(t, http.StatusConflict, "two-sides")
	grant("g3", agency, "applicant").wants(t, 422, "invalid-input")
	grant("g4", "org-nowhere", "applicant").wants(t, 422, "invalid-input")
	w.post(theAdmin, base+"/people/nobody/grant", object{"organization": agency, "role": "case-officer"}).wants(t, 404, "not-found")
	revoke := object{"organization": agency, "role": "case-officer"}
	for range 2 { // what is not held stays away
		if r := w.post(theAdmin, p.Href+"/revoke", revoke); r.status != http.StatusOK || len(into[PersonDetail](t, r).Grants) != 0 {
			t.Fatalf("%s", r.body)
		}
	}
	// A late repeat of the grant does not give the role again.
	if r := grant("g1", agency, "case-officer"); r.status != http.StatusOK || len(into[PersonDetail](t, r).Grants) != 0 {
		t.Errorf("%s", r.body)
	}
	for _, h := range holders() {
		if h.party.Role == identity.Administrator {
			continue
		}
		w.get(h.id, base+"/people").wants(t, http.StatusForbidden, "not-entitled")
		w.get(h.id, p.Href).wants(t, http.StatusForbidden, "not-entitled")
		w.post(h.id, base+"/people", object{"name": "x"}).wants(t, http.StatusForbidden, "not-entitled")
		w.post(h.id, p.Href+"/grant", revoke).wants(t, http.StatusForbidden, "not-entitled")
		w.post(h.id, p.Href+"/revoke", revoke).wants(t, http.StatusForbidden, "not-entitled")
	}
	seen := map[string]bool{}
	for next := "?limit=5"; next != ""; {
		page := into[list[Person]](t, w.get(theAdmin, base+"/people"+next))
		for _, one := range page.Items {
			seen[one.ID] = true
		}
		if next = ""; page.Next != "" {
			next = "?limit=5&cursor=" + page.Next
		}
	}
	if len(seen) != len(w.secrets)+1 {
		t.Errorf("paging shows %d people of %d", len(seen), len(w.secrets)+1)
	}
	w.post(theAdmin, base+"/people", object{"name": " "}).wants(t, 422, "invalid-input")
}

func TestTokens(t *testing.T) {
	w := newWorld(t)
	issue := func() reply {
		return w.send(theReader, http.MethodPost, base+"/tokens", []byte(`{"label":"脚本","days":7}`), "Idempotency-Key", "t")
	}
	r := issue()
	token := into[IssuedToken](t, r)
	if r.status != http.StatusCreated || token.Secret == "" || !token.ExpiresAt.Equal(w.Now().AddDate(0, 0, 7)) {
		t.Fatalf("%d %s", r.status, r.body)
	}
	issue().wants(t, http.StatusConflict, "token-shown-once")
	w.secrets["new"] = token.Secret
	mine := w.get("new", base+"/tokens")
	if all := into[list[Token]](t, mine); mine.status != http.StatusOK || len(all.Items) != 2 || bytes.Contains(mine.body, []byte(token.Secret)) {
		t.Fatalf("%s", mine.body)
	}
	w.post(theOfficer, base+"/tokens/"+token.ID+"/revoke", nil).wants(t, http.StatusNotFound, "not-found")
	for range 2 {
		if r := w.post(theReader, base+"/tokens/"+token.ID+"/revoke", nil); r.status != http.StatusOK || into[Token](t, r).RevokedAt == nil {
			t.Fatalf("%s", r.body)
		}
	}
	w.get("new", base+"/tokens").wants(t, http.StatusUnauthorized, "unauthenticated")
	w.secrets["new"] = into[IssuedToken](t, w.post(theReader, base+"/tokens", object{"label": "脚本", "days": 7})).Secret
	later := w.Now().Add(7*24*time.Hour - time.Second)
	w.SetNow(later)
	if r := w.get("new", base+"/tokens"); r.status != http.StatusOK {
		t.Errorf("before its expiry: %s", r.body)
	}
	later = later.Add(time.Second)
	w.SetNow(later)
	w.get("new", base+"/tokens").wants(t, http.StatusUnauthorized, "unauthenticated")
	for _, bad := range []object{{"label": ""}, {"label": "x", "days": 0.5}, {"label": "x", "days": 367}, {"label": "x", "days": -1}} {
		w.post(theReader, base+"/tokens", bad).wants(t, 422, "invalid-input")
	}
}

func TestReadings(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	for path, holds := range map[string]string{
		"/resources": resource, "/resources?text=气象": resource, "/resources/" + resource: "上海市公共数据开放平台",
		"/policies": `"name":"national"`, "/policies/national": "27号 Art. 14(2)", "/publications": `"items"`,
		"/authorizations?text=气象&state=operating&closed=false&sort=opened": id, "/authorizations/" + id + "/events": `"hash"`,
		"/tasks?case=" + id: `"items"`, "/organizations/" + agency: "某市数据局", "/meetings": "常务会议",
	} {
		r := w.get(theOfficer, base+path)
		if path == "/meetings" {
			r = w.get(theAuditor, base+path)
		}
		if r.status != http.StatusOK || !strings.Contains(string(r.body), holds) {
			t.Errorf("%s: %d %.300s", path, r.status, r.body)
		}
	}
	hash := into[list[PolicySummary]](t, w.get(theOfficer, base+"/policies")).Items[0].Hash
	if r := w.get(theOfficer, base+"/policies/"+hash); r.status != http.StatusOK || !strings.Contains(string(r.body), hash) {
		t.Errorf("%d %.200s", r.status, r.body)
	}
	if all := into[list[CaseSummary]](t, w.get(theRival, base+"/authorizations")); len(all.Items) != 0 {
		t.Errorf("the rival sees %+v", all)
	}
	notices := into[list[Notice]](t, w.get(theApplicant, base+"/notices?unread=true"))
	if len(notices.Items) < 2 || notices.Items[0].CaseHref != base+"/authorizations/"+id {
		t.Fatalf("%+v", notices)
	}
	left := into[Unread](t, w.post(theApplicant, base+"/notices/read", object{"ids": []string{notices.Items[0].ID}}))
	if left.Unread != int64(len(notices.Items))-1 {
		t.Errorf("%d left of %d", left.Unread, len(notices.Items))
	}
	if left := into[Unread](t, w.post(theApplicant, base+"/notices/read", object{})); left.Unread != 0 {
		t.Errorf("%d left", left.Unread)
	}
}

// TestEvents: the record is whole and chained, part by part.
func TestEvents(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	c := into[Case](t, w.get(theAuditor, base+"/authorizations/"+id))
	prev, seq := strings.Repeat("0", 64), int64(0)
	for next := ""; ; {
		page := into[list[Event]](t, w.get(theAuditor, base+"/authorizations/"+id+"/events?limit=7"+next))
		for _, e := range page.Items {
			if seq++; e.Seq != seq || e.PrevHash != prev || len(e.Hash) != 64 {
				t.Fatalf("%+v after %d %s", e, seq-1, prev)
			}
			prev = e.Hash
		}
		if page.Next == "" {
			break
		}
		next = "&cursor=" + page.Next
	}
	if seq != c.Version {
		t.Errorf("%d events, version %d", seq, c.Version)
	}
}
