package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe is the source of axe-core, from the assets' development packages of the repository in which the test runs.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		source, err := os.ReadFile(filepath.Join(dir, "web", "assets", "node_modules", "axe-core", "axe.min.js"))
		if err == nil {
			return string(source), nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("axe-core is missing: run npm ci in web/assets: %w", err)
		}
	}
})

// violation is what axe finds.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		Target string `json:"target"`
		Why    string `json:"why"`
	} `json:"nodes"`
}

// Axe runs axe on the page – all of its rules, or those named – and fails the test for each violation.
//
// It runs in a world of its own, beside the page's scripts and outside its content security policy.
func (b *Tab) Axe(rules ...string) {
	b.t.Helper()
	source, err := axe()
	b.must(err)
	options := map[string]any{"resultTypes": []string{"violations"}, "preload": false}
	if len(rules) > 0 {
		options["runOnly"] = rules
	}
	raw, err := json.Marshal(options)
	b.must(err)
	var found []violation
	b.must(json.Unmarshal(b.inOwnWorld(source+`;
		axe.run(document, `+string(raw)+`).then(r => r.violations.map(v => ({
			id: v.id, help: v.help, nodes: v.nodes.map(n => ({target: n.target.flat().join(" "), why: n.failureSummary}))
		})))`), &found))
	for _, v := range found {
		for _, n := range v.Nodes {
			b.t.Errorf("%s: axe: %s: %s: %s: %s", b, v.ID, v.Help, n.Target, strings.Join(strings.Fields(n.Why), " "))
		}
	}
}

// inOwnWorld evaluates an expression where the page's scripts and policy do not reach, waits for what it promises, and returns it as JSON.
func (b *Tab) inOwnWorld(expression string) []byte {
	b.t.Helper()
	if !b.scripts { // timers need them; those of the page had their chance when it was loaded
		b.Scripts(true)
		defer b.Scripts(false)
	}
	frame := call(b, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := call(b, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "test"})
	answer := run(b, func(ctx context.Context, target *chromedp.Target) (runtime.EvaluateResult, error) {
		return cdp.Call(ctx, target, runtime.Evaluate, runtime.EvaluateParams{
			Expression: expression, ContextID: world.ExecutionContextID, AwaitPromise: new(true), ReturnByValue: new(true),
		})
	})
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", b, thrown(answer.ExceptionDetails))
	}
	return answer.Result.Value
}

// Fits checks that nothing sticks out at the side, so that nobody has to scroll sideways. What scrolls in a region of its own does.
func (b *Tab) Fits() {
	b.t.Helper()
	says := evaluate[string](b, `(() => {
		const root = document.documentElement;
		if (root.scrollWidth <= innerWidth) return "";
		const scrolls = e => e && e !== root && (getComputedStyle(e).overflowX !== "visible" && e !== document.body || scrolls(e.parentElement));
		const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement));
		return root.scrollWidth + " px in a window of " + innerWidth + ": " +
			out.slice(0, 5).map(e => e.tagName.toLowerCase() + (e.id && "#" + e.id) + (e.className && "." + e.className) + " to " + Math.round(e.getBoundingClientRect().right)).join("; ");
	})()`)
	if says != "" {
		b.t.Errorf("%s: scrolls sideways: %s", b, says)
	}
}
