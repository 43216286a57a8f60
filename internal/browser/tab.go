package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience bounds every single step.
const patience = 30 * time.Second

// Tab is one person's browser with one page open. What goes wrong in a page – an error on its console, a breach of its content security policy,
// something loaded from elsewhere or not loaded – fails the test when it ends.
type Tab struct {
	t        testing.TB
	ctx      context.Context // chromedp's handle of the tab
	problems problems

	width   int64
	zoomed  bool
	dark    bool
	scripts bool
	reads   string // the language asked for

	within cdp.BackendNodeID // where things are looked for; 0 in the whole page
}

// Open opens an empty tab, 1280 px wide, light, with scripts, in Chinese. It is closed when t ends.
func Open(t testing.TB) *Tab {
	t.Helper()
	b := &Tab{t: t, width: 1280, scripts: true, reads: "zh-CN"}
	ctx, cancel := chromedp.NewContext(sharedBrowser(t), chromedp.WithNewBrowserContext(), chromedp.WithListener(b.problems.see))
	t.Cleanup(cancel)
	b.ctx = ctx
	b.must(chromedp.Do(ctx))
	t.Cleanup(func() {
		for _, p := range b.Problems() {
			t.Error(p)
		}
	})
	b.frame()
	b.Language("zh-CN")
	return b
}

func (b *Tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%s: %v", b, err)
	}
}

// String says where the tab is and how it is looked at.
func (b *Tab) String() string {
	says := []string{b.reads, fmt.Sprint(b.width, " px")}
	for word, is := range map[string]bool{"dark": b.dark, "without scripts": !b.scripts, "at 200 %": b.zoomed} {
		if is {
			says = append(says, word)
		}
	}
	return b.problems.at() + " (" + strings.Join(says, ", ") + ")"
}

// run does one step in the tab that may be done again, as it is when the page goes while the step is on its way.
func run[T any](b *Tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	for left(err) && ctx.Err() == nil {
		v, err = chromedp.Run(ctx, action)
	}
	b.must(err)
	return v
}

// left reports whether Chromium gave no answer because the page that was asked has gone.
func left(err error) bool {
	var e *cdproto.Error
	return errors.As(err, &e) && strings.Contains(e.Message, "Inspected target navigated")
}

// call gives Chromium one command.
func call[P, R any](b *Tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	return run(b, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, params)
	})
}

// Visit goes to an address and waits for the page. It returns the status of the answer.
func (b *Tab) Visit(address string) int {
	b.t.Helper()
	return int(run(b, chromedp.NavigateResponse(address)).Status)
}

// Back goes back to the page before, as the browser's button does.
func (b *Tab) Back() {
	b.t.Helper()
	history := call(b, page.GetNavigationHistory, cdp.Empty{})
	if history.CurrentIndex == 0 {
		b.t.Fatalf("%s: there is no page before", b)
	}
	before := b.Page()
	call(b, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
	b.Arrived(before) // chromedp waits for a load, which a page that was kept does not have
}

// Unkept has the browser not keep the page that it shows: who comes back to it gets it anew, with what was typed.
func (b *Tab) Unkept() {
	b.t.Helper()
	evaluate[bool](b, `addEventListener("unload", () => {}), true`)
}

// URL is where the tab is.
func (b *Tab) URL() *url.URL {
	b.t.Helper()
	u, err := url.Parse(run(b, chromedp.Location()))
	b.must(err)
	return u
}

// Cookie gives the tab a cookie for an address.
func (b *Tab) Cookie(address, name, value string) {
	b.t.Helper()
	call(b, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: address})
}

// Forget loses all cookies, as if the sessions had ended.
func (b *Tab) Forget() {
	b.t.Helper()
	call(b, network.ClearBrowserCookies, cdp.Empty{})
}

// Language is the one that the browser asks for from the next page on.
func (b *Tab) Language(tag string) {
	b.t.Helper()
	b.reads = tag
	call(b, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": tag}})
}

// Width makes the window so many CSS pixels wide.
func (b *Tab) Width(pixels int) {
	b.t.Helper()
	b.width, b.zoomed = int64(pixels), false
	b.frame()
}

// Zoom shows the page at 200 %: half as many CSS pixels fit.
func (b *Tab) Zoom() {
	b.t.Helper()
	b.zoomed = true
	b.frame()
}

func (b *Tab) frame() {
	b.t.Helper()
	m := emulation.SetDeviceMetricsOverrideParams{Width: b.width, Height: 900, DeviceScaleFactor: 1}
	if b.zoomed {
		m.Width, m.Height, m.DeviceScaleFactor = m.Width/2, m.Height/2, 2
	}
	call(b, emulation.SetDeviceMetricsOverride, m)
}

// Dark asks pages for dark colours, or for light ones.
func (b *Tab) Dark(dark bool) {
	b.t.Helper()
	b.dark = dark
	scheme := map[bool]string{false: "light", true: "dark"}[dark]
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// Scripts lets pages run scripts, or not, from the next page on.
func (b *Tab) Scripts(may bool) {
	b.t.Helper()
	b.scripts = may
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !may})
}

// PDF prints the page.
func (b *Tab) PDF() []byte {
	b.t.Helper()
	return run(b, chromedp.PrintToPDF())
}

// Screenshot is a PNG of the whole page.
func (b *Tab) Screenshot() []byte {
	b.t.Helper()
	size := call(b, page.GetLayoutMetrics, cdp.Empty{}).CSSContentSize
	return call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{
		CaptureBeyondViewport: new(true), Clip: &page.Viewport{Width: size.Width, Height: size.Height, Scale: 1},
	}).Data
}

// Page identifies the page that is shown: another one has another.
func (b *Tab) Page() cdp.LoaderID {
	b.t.Helper()
	return call(b, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.LoaderID
}

// until waits for something to become true.
func (b *Tab) until(what string, is func() bool) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("%s: %s did not come about within %s; the page says: %.2000s", b, what, patience, b.Text())
		}
	}
}
