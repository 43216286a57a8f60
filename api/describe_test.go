package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"datacharter/clock"
	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
)

func TestOpenAPI(t *testing.T) {
	w := newWorld(t)
	r := w.get("", base+"/openapi.json")
	var spec struct {
		OpenAPI    string `json:"openapi"`
		Paths      map[string]map[string]object
		Components struct{ Schemas map[string]object }
	}
	if err := json.Unmarshal(r.body, &spec); err != nil || spec.OpenAPI != "3.1.0" {
		t.Fatalf("%v %s", err, spec.OpenAPI)
	}
	for _, ref := range regexp.MustCompile(`"\$ref":"([^"]*)"`).FindAllSubmatch(r.body, -1) {
		if name, ok := strings.CutPrefix(string(ref[1]), schemasRef); !ok || spec.Components.Schemas[name] == nil {
			t.Errorf("%s leads nowhere", ref[1])
		}
	}
	operations, ids := map[string]bool{}, map[string]bool{}
	for path, methods := range spec.Paths {
		for method, op := range methods {
			operations[strings.ToUpper(method)+" "+path] = true
			id := fmt.Sprint(op["operationId"])
			if ids[id] {
				t.Errorf("two operations are called %s", id)
			}
			ids[id] = true
			if op["summary"] == "" || op["tags"] == nil || op["responses"].(object)["422"] == nil {
				t.Errorf("%s %s is not described: %v", method, path, op)
			}
		}
	}
	for _, route := range w.server.engine.Routes() {
		path := regexp.MustCompile(`:(\w+)`).ReplaceAllString(route.Path, "{$1}")
		if !operations[route.Method+" "+path] && !strings.HasSuffix(path, "z") && path != base+"/openapi.json" && path != base+"/reference" {
			t.Errorf("%s %s is not in the description", route.Method, path)
		}
	}
	// What is asked for, and what is always answered.
	if required := fmt.Sprint(spec.Components.Schemas["Authorization"]["required"]); !strings.Contains(required, "allowed") || strings.Contains(required, "closed_at") {
		t.Errorf("a case always has %s", required)
	}
	if required := spec.Components.Schemas["AuthorizationApplication"]["required"]; required != nil {
		t.Errorf("a draft always has %v", required)
	}
	if properties := fmt.Sprint(spec.Components.Schemas["PlanReviewInput"]["properties"]); strings.Contains(properties, "task") || !strings.Contains(properties, "opinion") || !strings.Contains(properties, "conclusion") {
		t.Errorf("a review asks for %s", properties)
	}
	if bytes.Contains(r.body, []byte("http://")) {
		t.Error("an address out of the house")
	}
}

// TestReference: the page stands alone, is well formed, has its landmarks and headings in order, and explains every code in both languages.
func TestReference(t *testing.T) {
	w := newWorld(t)
	for _, language := range []string{"zh", "en"} {
		for _, r := range []reply{w.send("", "GET", base+"/reference", nil, "Accept-Language", language), w.get("", base+"/reference?lang="+language)} {
			if r.status != 200 || r.header.Get("Content-Language") != language {
				t.Fatalf("%d %v", r.status, r.header)
			}
			if bytes.Contains(r.body, []byte("http")) && regexp.MustCompile(`(src|href)="?http`).Match(r.body) || bytes.Contains(r.body, []byte("<script")) {
				t.Error("the page fetches something")
			}
			if !bytes.Contains(r.body, []byte("<style>"+referenceCSS+"</style>")) {
				t.Error("the style is not the one that the policy allows")
			}
			for _, c := range refusal.Codes() {
				if !bytes.Contains(r.body, []byte(`id="code-`+c.Name+`"`)) || !bytes.Contains(r.body, []byte(html.EscapeString(c.Words.EN)[:8])) {
					t.Errorf("%s is not explained", c.Name)
				}
			}
			wellFormed(t, r.body, language)
		}
	}
	if r := w.get("", base+"/reference?lang=fr"); r.header.Get("Content-Language") != "zh" {
		t.Errorf("%v", r.header)
	}
	if style := w.get("", base+"/reference").header.Get("Content-Security-Policy"); !strings.Contains(style, "style-src 'sha256-") {
		t.Errorf("policy %s", style)
	}
}

func wellFormed(t *testing.T, page []byte, language string) {
	t.Helper()
	ids, links, open, level := map[string]bool{}, []string{}, []string{}, 0
	landmarks := map[string]int{}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				t.Fatal(z.Err())
			}
			break
		}
		token := z.Token()
		switch kind {
		case html.StartTagToken:
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
			}
			if id := attributes["id"]; id != "" {
				if ids[id] {
					t.Errorf("two elements are called %s", id)
				}
				ids[id] = true
			}
			if link, ok := strings.CutPrefix(attributes["href"], "#"); ok {
				links = append(links, link)
			}
			landmarks[token.Data]++
			if len(token.Data) == 2 && token.Data[0] == 'h' && token.Data != "hr" {
				if next := int(token.Data[1] - '0'); next > level+1 {
					t.Errorf("a heading of level %d after one of level %d", next, level)
				} else {
					level = next
				}
			}
			if token.Data == "html" && attributes["lang"] != language {
				t.Errorf("the page says it is in %q", attributes["lang"])
			}
			if token.Data != "meta" {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v", token.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
	for _, link := range links {
		if !ids[link] {
			t.Errorf("#%s leads nowhere", link)
		}
	}
	if len(open) != 0 || landmarks["main"] != 1 || landmarks["nav"] != 1 || landmarks["header"] != 1 || landmarks["h1"] != 1 {
		t.Errorf("open %v, landmarks %v", open, landmarks)
	}
}

// TestLog: one line a request, and nothing in it that anybody sent or that tells who or what it was about.
func TestLog(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn("reviewing")
	w.get(theOfficer, base+"/resources?text=秘密&provider=气象局")
	w.send("", "GET", base+"/authorizations/"+id, nil, "Authorization", "Bearer dct_secret")
	w.get(theOfficer, base+"/nowhere/秘密")
	w.upload(theApplicant, "秘密.txt", "text/plain", []byte("秘密"))
	lines := strings.Split(strings.TrimSpace(w.log.String()), "\n")
	for _, line := range lines {
		for _, told := range []string{id, "秘密", "气象", "dct_", theOfficer, theApplicant, operator, "key-", "虚构", "text="} {
			if strings.Contains(line, told) {
				t.Errorf("the log tells %q: %s", told, line)
			}
		}
		if !strings.Contains(line, "level=INFO") || !strings.Contains(line, "route=") || !strings.Contains(line, "took=") {
			t.Errorf("%s", line)
		}
	}
	if last := lines[len(lines)-1]; !strings.Contains(last, "method=POST route=/api/v1/attachments status=201") {
		t.Errorf("%s", last)
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	if r := w.get("", "/readyz"); r.status != 200 || !strings.Contains(string(r.body), `"database":"ok"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestTrainingClock(t *testing.T) {
	w := newWorld(t)
	start := w.Now()
	training, err := clock.New(clock.Training(calendar.DateOf(start), 2*time.Second, start), w.Now)
	w.Must(err)
	w.server.Clock = training
	for _, path := range []string{"/healthz", base + "/reference", base + "/authorizations", "/nothing"} {
		if got := w.get(theOfficer, path).header.Get("DataCharter-Clock"); !strings.HasPrefix(got, "training; day-length=2s; now=2026-01-05") {
			t.Errorf("%s: %q", path, got)
		}
	}
}
