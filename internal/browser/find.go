package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// thing is what assistive technology hears of an element.
type thing struct {
	role, name string
	node       cdp.BackendNodeID
}

func said(v *accessibility.Value) string {
	var s string
	if v == nil || json.Unmarshal(v.Value, &s) != nil {
		return "" // what is no text has no name
	}
	return strings.Join(strings.Fields(s), " ")
}

// things lists what is in the page's tree of accessibility, or in the part of it that is looked at, of the roles, or of all when none is given.
func (b *Tab) things(roles ...string) []thing {
	b.t.Helper()
	within := accessibility.QueryAXTreeParams{BackendNodeID: b.within}
	if b.within == 0 {
		root := run(b, func(ctx context.Context, target *chromedp.Target) (*runtime.EvaluateResult, error) {
			found, err := cdp.Call(ctx, target, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.documentElement"})
			return &found, err
		})
		within.ObjectID = root.Result.ObjectID
	}
	var out []thing
	for _, n := range call(b, accessibility.QueryAXTree, within).Nodes {
		t := thing{said(n.Role), said(n.Name), n.BackendDOMNodeID}
		if !n.Ignored && (len(roles) == 0 || slices.Contains(roles, t.role)) {
			out = append(out, t)
		}
	}
	return out
}

// arrives is for how long something is looked for that is not there: a page shows before all of it has come.
const arrives = 5 * time.Second

// one finds the one thing that has the name, or else the one whose name begins with it. Large and small letters are alike: styles change them.
func (b *Tab) one(name string, roles ...string) thing {
	b.t.Helper()
	found, all := b.named(name, roles)
	for end := time.Now().Add(arrives); len(found) == 0 && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		found, all = b.named(name, roles)
	}
	if len(found) != 1 {
		var names []string
		for _, t := range all {
			names = append(names, t.role+" "+t.name)
		}
		b.t.Fatalf("%s: %d of the roles %q are named %q; there are: %s", b, len(found), roles, name, strings.Join(names, " | "))
	}
	return found[0]
}

// named finds what has the name, or else what begins with it, among all of the roles.
func (b *Tab) named(name string, roles []string) (found, all []thing) {
	all = b.things(roles...)
	for _, suits := range []func(string) bool{
		func(s string) bool { return strings.EqualFold(s, name) },
		func(s string) bool { return len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) },
	} {
		for _, t := range all {
			if suits(t.name) {
				found = append(found, t)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found, all
}

// Within has do find only what is inside of the one thing of the role with the name: one of several rows that are alike.
func (b *Tab) Within(role, name string, do func()) {
	b.t.Helper()
	outside := b.within
	b.within = b.one(name, role).node
	defer func() { b.within = outside }()
	do()
}

// Has reports whether anything of the role has the name.
func (b *Tab) Has(role, name string) bool {
	b.t.Helper()
	return slices.ContainsFunc(b.things(role), func(t thing) bool { return strings.EqualFold(t.name, name) })
}

// Offers reports whether just one thing of the role has the name, or else begins with it: one that Click would find.
func (b *Tab) Offers(role, name string) bool {
	b.t.Helper()
	found, _ := b.named(name, []string{role})
	return len(found) == 1
}

// Click clicks on the one thing of a role – button, link, radio, checkbox, tab … – by its accessible name, or by how that begins.
func (b *Tab) Click(role, name string) {
	b.t.Helper()
	b.point(b.one(name, role), 1)
}

// DoubleClick clicks twice.
func (b *Tab) DoubleClick(role, name string) {
	b.t.Helper()
	b.point(b.one(name, role), 2)
}

// Follow clicks and waits for the page that this leads to.
func (b *Tab) Follow(role, name string) {
	b.t.Helper()
	before := b.Page()
	b.Click(role, name)
	b.Arrived(before)
}

// Arrived waits for another page than the one before to have been loaded.
func (b *Tab) Arrived(before cdp.LoaderID) {
	b.t.Helper()
	b.until("another page", func() bool {
		return b.Page() != before && evaluate[string](b, "document.readyState") == "complete"
	})
}

// point clicks so many times in the middle of a thing, in quick succession.
func (b *Tab) point(at thing, times int) {
	b.t.Helper()
	call(b, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: at.node})
	q := b.settled(at)
	x, y := (q[0]+q[2]+q[4]+q[6])/4, (q[1]+q[3]+q[5]+q[7])/4
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for n := range times {
		if _, err := chromedp.Run(ctx, chromedp.MouseClickXY(x, y, chromedp.ClickCount(n+1))); !left(err) { // the click had its effect
			b.must(err)
		}
	}
}

// settled is where a thing stands once the page is loaded and has stopped moving: a click that is aimed too early hits what is there no longer.
func (b *Tab) settled(at thing) dom.Quad {
	b.t.Helper()
	var q dom.Quad
	b.until(at.role+" "+at.name+" in its place", func() bool {
		before := q
		quads := call(b, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: at.node}).Quads
		if len(quads) == 0 {
			b.t.Fatalf("%s: %s %q is not to be seen", b, at.role, at.name)
		}
		q = quads[0]
		return slices.Equal(before, q) && evaluate[string](b, "document.readyState") == "complete"
	})
	return q
}

// Fill writes into the one control with the label, or with a label that begins so, in place of what is there. A choice is named by its words,
// a date is written as 2026-01-31, a moment as 2026-01-31T09:30.
func (b *Tab) Fill(label, value string) {
	b.t.Helper()
	at := b.one(label, "textbox", "searchbox", "combobox", "spinbutton", "listbox", "Date", "DateTime", "InputTime")
	var rest string
	b.on(at, &rest, `function(value) {
		if (this instanceof HTMLSelectElement) {
			const found = [...this.options].filter(o => o.text.trim() === value);
			if (found.length !== 1) return "no choice " + value + " among " + [...this.options].map(o => o.text).join(" | ");
			this.value = found[0].value;
		} else if (this.type === "date" || this.type === "datetime-local") {
			this.value = value;
		} else {
			this.focus(); this.select();
			return "type";
		}
		this.dispatchEvent(new Event("input", {bubbles: true})); this.dispatchEvent(new Event("change", {bubbles: true}));
		return "";
	}`, value)
	switch rest {
	case "":
	case "type":
		b.Press(kb.Delete)
		b.Type(value)
	default:
		b.t.Fatalf("%s: %s", b, rest)
	}
}

// Value is what stands in the control with the label.
func (b *Tab) Value(label string) string {
	b.t.Helper()
	var value string
	b.on(b.one(label, "textbox", "searchbox", "combobox", "spinbutton", "listbox", "Date", "DateTime", "InputTime"), &value, "function() { return this.value; }")
	return value
}

// Attach chooses files in the control with the label.
func (b *Tab) Attach(label string, paths ...string) {
	b.t.Helper()
	call(b, dom.SetFileInputFiles, dom.SetFileInputFilesParams{BackendNodeID: b.one(label, "button").node, Files: paths})
}

// on calls a function with a thing's element as this, and reads what it returns.
func (b *Tab) on(at thing, into any, function string, args ...any) {
	b.t.Helper()
	object := call(b, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: at.node}).Object
	params := runtime.CallFunctionOnParams{FunctionDeclaration: function, ObjectID: object.ObjectID, ReturnByValue: new(true)}
	for _, a := range args {
		raw, err := json.Marshal(a)
		b.must(err)
		params.Arguments = append(params.Arguments, &runtime.CallArgument{Value: raw})
	}
	answer := call(b, runtime.CallFunctionOn, params)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", b, thrown(answer.ExceptionDetails))
	}
	b.must(json.Unmarshal(answer.Result.Value, into))
}

// evaluate asks the page for a value.
func evaluate[T any](b *Tab, expression string) T {
	b.t.Helper()
	return run(b, chromedp.Evaluate[T](expression))
}

// Heading is the page's h1.
func (b *Tab) Heading() string {
	b.t.Helper()
	return evaluate[string](b, `document.querySelector("h1")?.innerText.replace(/\s+/g, " ").trim() ?? ""`)
}

// WaitFor waits for a page, or a piece of one, with the h1.
func (b *Tab) WaitFor(heading string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the heading %q", heading), func() bool { return b.Heading() == heading })
}

// WaitForText waits for words to stand somewhere on the page, in large or small letters.
func (b *Tab) WaitForText(words string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%q", words), func() bool { return strings.Contains(strings.ToLower(b.Text()), strings.ToLower(words)) })
}

// Text is all that is to be read on the page.
func (b *Tab) Text() string {
	b.t.Helper()
	return evaluate[string](b, `document.body?.innerText ?? ""`)
}
