package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"datacharter/internal/town"
)

// fuzzTargets are routes that between them read every kind of input: bodies of every shape, parameters of every type, IDs, cursors, digests.
func (w *world) fuzzTargets() []string {
	id := w.AuthorizationIn("reviewing")
	return []string{
		"POST " + base + "/authorizations", "POST " + authorizationsAt(id, "edit"), "POST " + authorizationsAt(id, "propose-agreement"),
		"POST " + base + "/meetings", "POST " + tasksPath + id + ".1/decide", "POST " + base + "/organizations", "POST " + base + "/people/" + theOfficer + "/grant",
		"POST " + base + "/tokens", "POST " + base + "/notices/read", "POST " + base + "/attachments",
		"GET " + base + "/authorizations", "GET " + base + "/authorizations/" + id + "/events", "GET " + base + "/tasks", "GET " + base + "/resources",
		"GET " + base + "/publications", "GET " + base + "/people", "GET " + base + "/attachments/", "GET " + base + "/policies/", "GET " + base + "/commands/", "GET " + base + "/problems/",
	}
}

// FuzzRequests: whatever is sent, the answer is never an internal error, and a problem is always a whole one.
func FuzzRequests(f *testing.F) {
	w := newWorld(f)
	targets := w.fuzzTargets()
	people := []string{theApplicant, theOfficer, theAdmin, town.PersonID("org-government", "secretary", 1), town.PersonID("org-agency", "business-reviewer", 1)}
	cursor := into[list[Person]](f, w.get(theAdmin, base+"/people?limit=1")).Next
	whole, err := json.Marshal(town.Application())
	w.Must(err)
	agreed, err := json.Marshal(w.Agreement())
	w.Must(err)
	for i := range targets {
		for _, s := range []struct{ suffix, header, body string }{
			{"", "", ""},
			{"", "k", "{}"},
			{"", "k", string(whole)},
			{"", "k", string(agreed)},
			{"?limit=200&cursor=" + cursor, "", ""},
			{"?name=a.txt", "k", "text"},
			{"?name=%E8%AF%B4.pdf&organization=org-agency", "k", "%PDF-1.7"},
			{"?text=%00%ff&state=&due_before=9999-12-31T23:59:59Z&cursor=eyJsIjoieCIsImsiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9", "k", "\x00"},
			{"?due_before=0001-01-01T00:00:00-23:59&limit=-1", "", `{"time":"9999-12-31T23:59:59-23:59","items":[null]}`},
			{"/../..", "k", `{"title":"\u0000\ud800","agency":null,"products":[null],"term_months":-9223372036854775809,"capabilities":null}`},
			{"sha256:" + strings.Repeat("0", 64), `W/"1"`, `{"term":{"from":"0000-01-01","to":"9999-12-31"},"accounting":{"shares":[{"basis_points":10000}]}}`},
			{"?cursor=9223372036854775807", `"9223372036854775807"`, strings.Repeat("[", 2000)},
			{"national", "\x80", `{"days":1e2,"label":"` + strings.Repeat("標", 300) + `","role":"\u202e","organization":"org-agency"}`},
		} {
			f.Add(uint8(i), uint8(i), s.suffix, s.header, s.body)
		}
	}
	f.Fuzz(func(t *testing.T, target, person uint8, suffix, header, body string) {
		method, path, _ := strings.Cut(targets[int(target)%len(targets)], " ")
		request := httptest.NewRequest(method, "/", strings.NewReader(body))
		address, query, _ := strings.Cut(path+suffix, "?")
		request.URL.Path, request.URL.RawQuery = address, query
		for _, name := range []string{"If-Match", "Accept-Language", "X-Request-ID", "Content-Disposition", "Range", "Accept"} {
			request.Header.Set(name, header)
		}
		request.Header.Set("Idempotency-Key", "fuzz-"+header+body[:min(3, len(body))])
		request.Header.Set("Authorization", "Bearer "+w.secrets[people[int(person)%len(people)]])
		request.Header.Set("Content-Type", []string{"application/json", "text/plain", "multipart/form-data; boundary=x", header}[len(body)%4])
		recorder := httptest.NewRecorder()
		w.server.engine.ServeHTTP(recorder, request)
		if recorder.Code >= http.StatusInternalServerError {
			t.Fatalf("%s %s?%s: %d %s\n%s", method, address, query, recorder.Code, recorder.Body, w.log.String())
		}
		w.log.Reset()
		if recorder.Code >= 400 {
			var p Problem
			if err := json.Unmarshal(recorder.Body.Bytes(), &p); err != nil || p.Status != recorder.Code || p.Code == "" || p.Detail == "" || !utf8.Valid(recorder.Body.Bytes()) {
				t.Fatalf("%d %q: %v", recorder.Code, recorder.Body, err)
			}
		}
	})
}

func FuzzLanguageOf(f *testing.F) {
	f.Add("en-GB;q=0.3,zh;q=0.2")
	f.Fuzz(func(t *testing.T, accept string) {
		if l := languageOf(accept); l != "zh" && l != "en" {
			t.Error(l)
		}
	})
}
