package browser_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"datacharter/internal/browser"
)

// childMode tells the re-executed test binary to open a tab and crash.
const childMode = "DATACHARTER_TEST_CRASH"

func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		browser.Open(crashing{})
		panic("crash")
	}
	os.Exit(m.Run())
}

// crashing is a test that never ends well.
type crashing struct{ testing.TB }

func (crashing) Helper()        {}
func (crashing) Cleanup(func()) {}

// recorder is a test whose faults are what is wanted.
type recorder struct {
	testing.TB
	faults []string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Error(args ...any)                 { r.faults = append(r.faults, fmt.Sprint(args...)) }
func (r *recorder) Errorf(format string, args ...any) { r.Error(fmt.Sprintf(format, args...)) }
func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// faults returns what the harness finds wrong with what look does; a fault may end look.
func faults(t *testing.T, look func(testing.TB)) []string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		look(r)
	}()
	<-done
	return r.faults
}

const head = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Test</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }</style></head><body><main>`

// site serves pages by path.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		body, ok := pages[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			body = "<h1>Not found</h1>"
		}
		if policy, ok := pages["policy of "+r.URL.Path]; ok {
			w.Header().Set("Content-Security-Policy", policy)
		}
		fmt.Fprint(w, head+strings.NewReplacer("{language}", r.Header.Get("Accept-Language"), "{query}", r.URL.RawQuery).Replace(body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

const form = `<h1>Form</h1><form action="/sent"><p><label for="w">Words (optional)</label><input id="w" name="w" value="before"></p>
<p><label for="c">Choice</label><select id="c" name="c"><option value="">Choose<option value="1">One<option value="2">Two</select></p>
<p><label for="d">Day</label><input id="d" name="d" type="date"></p><p><label for="f">Paper</label><input id="f" name="f" type="file"></p>
<p><input id="y" type="radio" name="r" value="y"><label for="y">Yes</label> <input id="n" type="radio" name="r" value="n"><label for="n">No</label></p>
<p><button>Send</button></p></form>`

func TestForms(t *testing.T) {
	t.Parallel()
	at := site(t, map[string]string{"/form": form, "/sent": "<h1>Sent</h1><p>{query}</p>"})
	for _, scripts := range []bool{true, false} {
		b := browser.Open(t)
		b.Scripts(scripts)
		if status := b.Visit(at + "/form"); status != http.StatusOK || b.Heading() != "Form" {
			t.Fatalf("%d %q", status, b.Heading())
		}
		b.Fill("Words", "新的")
		b.Fill("Choice", "Two")
		b.Fill("Day", "2026-01-31")
		b.Click("radio", "No")
		paper := filepath.Join(t.TempDir(), "paper.txt")
		if err := os.WriteFile(paper, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		b.Attach("Paper", paper)
		if b.Value("Words") != "新的" || b.Value("Choice") != "2" || !b.Has("button", "Send") || b.Has("link", "Send") {
			t.Errorf("%q %q", b.Value("Words"), b.Value("Choice"))
		}
		b.Follow("button", "Send")
		b.WaitFor("Sent")
		if got := b.URL().Query(); got.Get("w") != "新的" || got.Get("c") != "2" || got.Get("d") != "2026-01-31" || got.Get("r") != "n" || got.Get("f") != "paper.txt" {
			t.Errorf("sent %v", got)
		}
		b.Back()
		b.WaitFor("Form")
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	const rows = `<h1>Rows</h1><fieldset><legend>No. 1</legend><label for="a">Item</label><input id="a"></fieldset><fieldset><legend>No. 2</legend><label for="b">Item</label><input id="b"></fieldset>`
	b := browser.Open(t)
	b.Visit(site(t, map[string]string{"/": rows}))
	b.Within("group", "no. 2", func() {
		b.Fill("item", "second")
		if got := b.Value("Item"); got != "second" || b.Has("group", "No. 1") {
			t.Errorf("the second row holds %q", got)
		}
	})
	b.Within("group", "No. 1", func() {
		if got := b.Value("Item"); got != "" {
			t.Errorf("the first row holds %q", got)
		}
	})
	if !b.Has("group", "No. 1") {
		t.Error("the whole page is not looked at any more")
	}
}

func TestKeyboard(t *testing.T) {
	t.Parallel()
	at := site(t, map[string]string{"/form": form, "/sent": "<h1>Sent</h1>", "/blind": `<style>button:focus{outline:0}</style><h1>Blind</h1><button>Press</button>`})
	b := browser.Open(t)
	b.Visit(at + "/form")
	b.TabTo("textbox", "Words (optional)")
	b.Type("!")
	b.Press(kb.Tab)
	if role, name := b.Focused(); role != "combobox" || name != "Choice" {
		t.Errorf("Tab leads to %s %q", role, name)
	}
	b.PressBack()
	if role, name := b.Focused(); role != "textbox" || !strings.HasPrefix(name, "Words") {
		t.Errorf("Shift and Tab lead to %s %q", role, name)
	}
	b.TabTo("button", "Send")
	before := b.Page()
	b.Press(kb.Enter)
	b.Arrived(before)
	b.WaitFor("Sent")
	got := faults(t, func(t testing.TB) {
		b := browser.Open(t)
		b.Visit(at + "/blind")
		b.TabTo("button", "Press")
	})
	if len(got) != 1 || !strings.Contains(got[0], "with and without the focus") {
		t.Errorf("a focus that does not show: %q", got)
	}
}

// TestFaultsAreFound: each check fails where it should.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	at := site(t, map[string]string{
		"/good":    `<h1>Good</h1><p>Words. <a href="/good">A link</a></p>`,
		"/image":   `<h1>Image</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
		"/dark":    `<style>@media (prefers-color-scheme: dark) { p { color: #333 } }</style><h1>Dark</h1><p>Hard to read</p>`,
		"/wide":    `<h1>Wide</h1><div style="width:700px">wide</div>`,
		"/scrolls": `<h1>Scrolls</h1><div style="overflow-x:auto" tabindex="0" role="region" aria-label="x"><div style="width:700px">wide</div></div>`,
		"/throws":  `<h1>Throws</h1><script>throw new Error("oh")</script>`,
		"/logs":    `<h1>Logs</h1><script>console.error("oh")</script>`,
		"/policy":  `<h1>Policy</h1><p style="color:red">x</p>`, "policy of /policy": "default-src 'self'; style-src 'none'",
		"/away": `<h1>Away</h1><img alt="" src="http://127.0.0.2:9/x.png">`,
		"/lost": `<h1>Lost</h1><img alt="" src="/nothing.png">`,
	})
	for _, c := range []struct {
		path, fault string
		look        func(*browser.Tab)
	}{
		{"/good", "", func(b *browser.Tab) {
			b.Axe()
			b.Dark(true)
			b.Axe()
			b.Fits()
		}},
		{"/image", "image-alt", func(b *browser.Tab) { b.Axe() }},
		{"/dark", "", func(b *browser.Tab) { b.Axe() }},
		{"/dark", "color-contrast", func(b *browser.Tab) { b.Dark(true); b.Axe("color-contrast") }},
		{"/wide", "", func(b *browser.Tab) { b.Width(768); b.Fits() }},
		{"/wide", "scrolls sideways", func(b *browser.Tab) { b.Width(360); b.Fits() }},
		{"/wide", "scrolls sideways", func(b *browser.Tab) { b.Zoom(); b.Fits() }},
		{"/scrolls", "", func(b *browser.Tab) { b.Width(360); b.Fits() }},
		{"/throws", "an exception: Uncaught Error: oh", nil},
		{"/throws", "", func(b *browser.Tab) { b.Problems(); b.Scripts(false); b.Visit(at + "/throws") }},
		{"/image", "image-alt", func(b *browser.Tab) { b.Scripts(false); b.Visit(at + "/image"); b.Axe() }},
		{"/logs", "on the console", nil},
		{"/policy", "Content Security Policy", nil},
		{"/away", "elsewhere", nil},
		{"/lost", "was answered 404", nil},
		{"/nothing", "", nil}, // a page of its own that says so
		{"/good", `0 of the roles ["button"]`, func(b *browser.Tab) { b.Click("button", "None") }},
	} {
		got := faults(t, func(t testing.TB) {
			b := browser.Open(t)
			defer func() {
				for _, p := range b.Problems() {
					t.Error(p)
				}
			}()
			b.Visit(at + c.path)
			if c.look != nil {
				c.look(b)
			}
			time.Sleep(50 * time.Millisecond) // what Chromium tells of a page comes after it
		})
		if c.fault == "" && len(got) > 0 || c.fault != "" && !slices.ContainsFunc(got, func(f string) bool { return strings.Contains(f, c.fault) }) {
			t.Errorf("%s: wanted %q, got %q", c.path, c.fault, got)
		}
	}
}

func TestTabsAreSeparate(t *testing.T) {
	t.Parallel()
	at := site(t, map[string]string{"/": `<h1>{language}</h1><script>document.cookie ||= "a=b"; document.querySelector("h1").append(" " + document.cookie)</script>`})
	one, other := browser.Open(t), browser.Open(t)
	one.Language("en")
	one.Cookie(at, "mine", "1")
	one.Visit(at)
	other.Visit(at)
	if one.Heading() != "en mine=1" || other.Heading() != "zh-CN a=b" {
		t.Errorf("%q, %q", one.Heading(), other.Heading())
	}
	one.Forget()
	one.Visit(at)
	if one.Heading() != "en a=b" {
		t.Errorf("%q", one.Heading())
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	at := site(t, map[string]string{"/": "<h1>打印</h1>"})
	b := browser.Open(t)
	b.Visit(at)
	if png := b.Screenshot(); !bytes.HasPrefix(png, []byte("\x89PNG")) {
		t.Errorf("%.20q is no PNG", png)
	}
	if pdf := b.PDF(); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("%.20q is no PDF", pdf)
	}
}

// TestCrashLeavesNothingBehind: Chromium and its files go with the process that started it.
func TestCrashLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	browser.Open(t) // skips without Chromium
	temporary := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"=1", "TMPDIR="+temporary)
	out, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte("panic: crash")) {
		t.Fatalf("the child did not crash as it should: %v\n%s", err, out)
	}
	for range 500 {
		left, err := os.ReadDir(temporary)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(left, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), "datacharter-chromium-") }) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("Chromium's files are still there")
}
