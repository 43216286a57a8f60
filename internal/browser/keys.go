package browser

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Press presses keys, named as in package kb.
func (b *Tab) Press(keys string) {
	b.t.Helper()
	run(b, chromedp.KeyEvent(keys))
}

// PressBack presses Shift and Tab.
func (b *Tab) PressBack() {
	b.t.Helper()
	run(b, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
}

// Type writes where the focus is.
func (b *Tab) Type(words string) {
	b.t.Helper()
	call(b, input.InsertText, input.InsertTextParams{Text: words})
}

// Focused tells what has the focus: its role and accessible name.
func (b *Tab) Focused() (role, name string) {
	b.t.Helper()
	for _, t := range b.things() {
		var has bool
		if t.node != 0 && t.role != "StaticText" && t.role != "InlineTextBox" {
			if b.on(t, &has, "function() { return this === document.activeElement && this !== document.body; }"); has {
				return t.role, t.name
			}
		}
	}
	return "", ""
}

// maxTabs is more than any page has stops.
const maxTabs = 300

// TabTo presses Tab until the thing of the role and name has the focus, and it must be seen to have it.
func (b *Tab) TabTo(role, name string) {
	b.t.Helper()
	at := b.one(name, role)
	for range maxTabs {
		var has bool
		if b.on(at, &has, "function() { return this === document.activeElement; }"); has {
			b.seen(at)
			return
		}
		b.Press(kb.Tab)
	}
	b.t.Fatalf("%s: Tab does not lead to %s %q", b, role, name)
}

// seen checks that the focus shows: that an outline, a shadow or another border appears with it, on the thing or on its label.
func (b *Tab) seen(at thing) {
	b.t.Helper()
	var says string
	b.on(at, &says, `function() {
		const look = () => [this, ...(this.labels ?? [])].flatMap(e => [null, "::before", "::after"].map(p => {
			const s = getComputedStyle(e, p);
			return [s.outlineStyle === "none" ? "" : s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor, s.textDecoration].join("/");
		})).join();
		const focused = look();
		this.blur();
		const blurred = look();
		this.focus({preventScroll: true, focusVisible: true});
		return focused === blurred ? "looks the same with and without the focus: " + focused : "";
	}`)
	if says != "" {
		b.t.Errorf("%s: %s %s", b, fmt.Sprintf("%s %q", at.role, at.name), says)
	}
}
