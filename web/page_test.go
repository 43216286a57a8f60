package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is what a browser without scripts got, after redirects.
type page struct {
	*client
	status int
	header http.Header
	at     *url.URL
	body   string
	root   *html.Node // parsed when first looked at
}

// wants checks the status.
func (p *page) wants(status int) *page {
	p.w.t.Helper()
	if p.status != status {
		p.w.t.Fatalf("%s was answered %d, wanted %d: %.2000s", p.at, p.status, status, p.text())
	}
	return p
}

func (p *page) document() *html.Node {
	if p.root == nil {
		root, err := html.Parse(strings.NewReader(p.body))
		p.w.Must(err)
		p.root = root
	}
	return p.root
}

// all finds the elements below a node that suit, in the order of the page.
func all(below *html.Node, suits func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for n := range below.Descendants() {
		if n.Type == html.ElementNode && suits(n) {
			found = append(found, n)
		}
	}
	return found
}

// tag suits elements of the names.
func tag(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.Data) }
}

// class suits elements of the class.
func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), name) }
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// textOf is the text below a node with its space made single.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// text is all that is to be read on the page.
func (p *page) text() string { return textOf(p.document()) }

// heading is the page's h1.
func (p *page) heading() string {
	p.w.t.Helper()
	h := all(p.document(), tag("h1"))
	if len(h) != 1 {
		p.w.t.Fatalf("%s has %d h1: %.2000s", p.at, len(h), p.body)
	}
	return textOf(h[0])
}

// language is the one that the page says it is in.
func (p *page) language() string { return attr(all(p.document(), tag("html"))[0], "lang") }

// faults are the entries of the summary of what is wrong with a form.
func (p *page) faults() []string {
	var out []string
	for _, summary := range all(p.document(), class("govuk-error-summary")) {
		for _, n := range all(summary, tag("li", "p")) {
			out = append(out, textOf(n))
		}
	}
	return out
}

// links are the addresses to which the page leads.
func (p *page) links() []string {
	var out []string
	for _, a := range all(p.document(), tag("a")) {
		out = append(out, attr(a, "href"))
	}
	return out
}

// blank is a form that a visitor fills in.
type blank struct {
	*page
	node   *html.Node
	values url.Values
	files  []attached
}

// attached is a file that a visitor chose.
type attached struct {
	control, name, media string
	content              []byte
}

// form finds the one form on the page that is sent to the address, with what stands in it.
func (p *page) form(action string) *blank {
	p.w.t.Helper()
	forms := p.forms(action)
	if len(forms) != 1 {
		p.w.t.Fatalf("%s has %d forms that are sent to %s: %.3000s", p.at, len(forms), action, p.text())
	}
	return forms[0]
}

// forms finds the forms on the page that are sent to the address, with what stands in them.
func (p *page) forms(action string) []*blank {
	p.w.t.Helper()
	var forms []*blank
	for _, form := range all(p.document(), func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action }) {
		b := &blank{page: p, node: form, values: url.Values{}}
		for _, n := range all(b.node, tag("input", "textarea", "select")) {
			b.takeOver(n)
		}
		forms = append(forms, b)
	}
	return forms
}

// takeOver takes the value of a control as the page has it.
func (b *blank) takeOver(n *html.Node) {
	name := attr(n, "name")
	if name == "" || has(n, "disabled") {
		return
	}
	switch kind := attr(n, "type"); {
	case n.Data == "textarea":
		if n.FirstChild != nil {
			b.values.Add(name, strings.TrimPrefix(n.FirstChild.Data, "\n"))
		} else {
			b.values.Add(name, "")
		}
	case n.Data == "select":
		options := all(n, tag("option"))
		chosen := slices.IndexFunc(options, func(o *html.Node) bool { return has(o, "selected") })
		if len(options) > 0 {
			b.values.Add(name, attr(options[max(chosen, 0)], "value"))
		}
	case kind == "file", kind == "submit", (kind == "radio" || kind == "checkbox") && !has(n, "checked"):
	default:
		b.values.Add(name, attr(n, "value"))
	}
}

// control finds the controls with a name.
func (b *blank) control(name string) []*html.Node {
	b.w.t.Helper()
	found := all(b.node, func(n *html.Node) bool { return attr(n, "name") == name })
	if len(found) == 0 {
		b.w.t.Fatalf("the form at %s has no control %q: %s", attr(b.node, "action"), name, strings.Join(b.controls(), ", "))
	}
	return found
}

// controls are the names of all controls.
func (b *blank) controls() []string {
	var out []string
	for _, n := range all(b.node, func(n *html.Node) bool { return attr(n, "name") != "" }) {
		out = append(out, attr(n, "name"))
	}
	return out
}

// set fills a control in, or chooses the values. What the page does not offer cannot be chosen.
func (b *blank) set(name string, values ...string) *blank {
	b.w.t.Helper()
	var offered []string
	for _, n := range b.control(name) {
		switch {
		case n.Data == "select":
			for _, o := range all(n, tag("option")) {
				offered = append(offered, attr(o, "value"))
			}
		case attr(n, "type") == "radio", attr(n, "type") == "checkbox":
			offered = append(offered, attr(n, "value"))
		}
	}
	for _, v := range values {
		if offered != nil && !slices.Contains(offered, v) {
			b.w.t.Fatalf("%q is no choice of %q: %q", v, name, offered)
		}
	}
	b.values[name] = values
	return b
}

// attach chooses a file in a control.
func (b *blank) attach(control, name, media string, content []byte) *blank {
	b.w.t.Helper()
	b.control(control)
	b.files = append(b.files, attached{control, name, media, content})
	return b
}

// press sends the form by the button with a name and value.
func (b *blank) press(name, value string) *page {
	b.w.t.Helper()
	for _, n := range b.control(name) {
		if n.Data == "button" && attr(n, "value") == value {
			b.values.Add(name, value)
			return b.submit()
		}
	}
	b.w.t.Fatalf("no button %s=%q", name, value)
	return nil
}

// submit sends the form as the page says that it is sent.
func (b *blank) submit() *page {
	b.w.t.Helper()
	action := attr(b.node, "action")
	switch {
	case !strings.EqualFold(attr(b.node, "method"), "post"):
		return b.get(action + "?" + b.values.Encode())
	case attr(b.node, "enctype") != "multipart/form-data":
		return b.post(action, b.values)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range b.values {
		for _, v := range values {
			b.w.Must(form.WriteField(name, v))
		}
	}
	for _, f := range b.files {
		part, err := form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {multipart.FileContentDisposition(f.control, f.name)}, "Content-Type": {f.media},
		})
		b.w.Must(err)
		_, err = part.Write(f.content)
		b.w.Must(err)
	}
	b.w.Must(form.Close())
	return b.send(http.MethodPost, action, &body, "Content-Type", form.FormDataContentType())
}
