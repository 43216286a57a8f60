package browser

import (
	"fmt"
	"net/url"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// problems are what goes wrong in a tab.
type problems struct {
	mu    sync.Mutex
	here  string   // address of the page
	hosts []string // from which documents came
	found []string
}

// see is called with everything that Chromium tells of the tab.
func (p *problems) see(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			p.here = e.Frame.URL
		}
	case *runtime.EventExceptionThrown:
		p.note("an exception: " + thrown(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			p.note(fmt.Sprintf("on the console: %s", text(e.Args)))
		}
	case *log.EventEntryAdded:
		// What the network does is seen below; the log has no type of what was asked for.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			p.note(fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
		}
	case *network.EventRequestWillBeSent:
		p.asked(e)
	case *network.EventResponseReceived:
		answer := slices.Contains([]network.ResourceType{network.ResourceTypeDocument, network.ResourceTypeXHR, network.ResourceTypeFetch}, e.Type)
		if e.Response.Status >= 500 || e.Response.Status >= 400 && !answer {
			p.note(fmt.Sprintf("%s was answered %d", e.Response.URL, e.Response.Status))
		}
	case *network.EventLoadingFailed:
		if !e.Canceled && e.ErrorText != "net::ERR_ABORTED" {
			p.note(fmt.Sprintf("a %s was not loaded: %s %s", e.Type, e.ErrorText, e.BlockedReason))
		}
	}
}

// asked notes what a page loads from elsewhere.
func (p *problems) asked(e *network.EventRequestWillBeSent) {
	u, err := url.Parse(e.Request.URL)
	switch {
	case err != nil:
		p.note(err.Error())
	case u.Scheme != "http" && u.Scheme != "https":
	case e.Type == network.ResourceTypeDocument:
		p.hosts = append(p.hosts, u.Host)
	case !slices.Contains(p.hosts, u.Host):
		p.note(e.Request.URL + " is loaded from elsewhere")
	}
}

func (p *problems) note(what string) { p.found = append(p.found, p.here+": "+what) }

func (p *problems) at() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.here
}

// thrown is what an exception says.
func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Text + " " + e.Exception.Description
	}
	return e.Text
}

// text is what is shown of the arguments of a call of the console.
func text(args []*runtime.RemoteObject) string {
	var out []byte
	for _, a := range args {
		out = append(append(out, ' '), a.Value...)
		out = append(out, a.Description...)
	}
	return string(out)
}

// Problems returns what went wrong so far, and forgets it.
func (b *Tab) Problems() []string {
	b.problems.mu.Lock()
	defer b.problems.mu.Unlock()
	found := b.problems.found
	b.problems.found = nil
	return found
}
