package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"datacharter/domain/register"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// Addresses of the public register, and what its lists can be narrowed by.
const (
	registerPath = "/register"
	productsPath = registerPath + "/products"
	feedPath     = registerPath + "/feed.atom"

	byState   = "state"
	byMode    = "mode"
	byAgency  = "agency"
	byGrantee = "grantee"
	byClass   = "class"
	byCharge  = "charge"
	byOffer   = "listed"
)

var registerSorts = []choice{
	{string(store.ByPublicChange), text.Text{ZH: "最近变更", EN: "last changed"}}, {string(store.ByTermEnd), text.Text{ZH: "最先到期", EN: "first to end"}},
}

// registerList is a list of the public register as its page shows it.
type registerList struct {
	publication
	path     string
	asked    url.Values // the filters in force, without the cursor
	facets   []facet
	narrowed []narrowed // filters by an organisation
	first    string
	next     string
	modes    map[string]text.Text
}

// facet is a quality by whose values a list can be narrowed.
type facet struct {
	words  text.Text
	values []ui.Link
}

// narrowed is a filter that is in force, and the address of the list without it.
type narrowed struct {
	words text.Text
	name  string
	drop  string
}

func (s *server) newRegisterList(p publication, path string) *registerList {
	l := &registerList{publication: p, path: path, asked: url.Values{}, modes: s.modes()}
	if words := clipped(p.Query(byText)); words != "" {
		l.asked.Set(byText, words)
	}
	return l
}

// clipped is what a visitor searches for, as long as a search may be.
func clipped(asked string) string {
	asked = strings.TrimSpace(asked)
	if utf8.RuneCountInString(asked) > maxSearch {
		asked = string([]rune(asked)[:maxSearch])
	}
	return asked
}

// modes are the words of the modes of authorisation, as the newest profile that knows a mode has them.
func (s *server) modes() map[string]text.Text {
	words := map[string]text.Text{}
	for _, profile := range s.Policies.All() {
		for _, m := range profile.Application.Modes {
			words[m.Code] = m.Title
		}
	}
	return words
}

// mode names a mode of authorisation; one that no profile knows any longer is shown by its code.
func (l *registerList) mode(code string) text.Text { return modeWords(l.modes, code) }

func modeWords(known map[string]text.Text, code string) text.Text {
	if w, ok := known[code]; ok {
		return w
	}
	return both(code)
}

// ask takes over a filter that has one of the values.
func (l *registerList) ask(name string, values ...string) string {
	value := l.Query(name)
	if value == "" || !slices.Contains(values, value) {
		return ""
	}
	l.asked.Set(name, value)
	return value
}

// askID takes over a filter by an ID.
func (l *registerList) askID(name string) string {
	const longest = 100
	id := l.Query(name)
	if id == "" || len(id) > longest {
		return ""
	}
	l.asked.Set(name, id)
	return id
}

// with is the address of the list with a filter changed; without it when the value is empty.
func (l *registerList) with(name, value string) string {
	values := url.Values{}
	for n, v := range l.asked {
		values[n] = v
	}
	values.Del(name)
	if value != "" {
		values.Set(name, value)
	}
	return l.to(l.path, values)
}

// count offers the values of a quality, with how often each occurs in the whole register.
func (l *registerList) count(name string, label text.Text, counts []store.RegisterCount, words func(string) text.Text) {
	f := facet{words: label, values: []ui.Link{{URL: l.with(name, ""), Words: l.T("全部", "all"), Current: l.asked.Get(name) == ""}}}
	for _, c := range counts {
		n := c.N
		if c.More {
			n = -n
		}
		f.values = append(f.values, ui.Link{URL: l.with(name, c.Value), Words: l.page.In(words(c.Value)), Count: n, Current: l.asked.Get(name) == c.Value})
	}
	l.facets = append(l.facets, f)
}

// keep shows a filter by an organisation, by its name when the register names it.
func (l *registerList) keep(name string, label text.Text, names register.Names) {
	if id := l.asked.Get(name); id != "" {
		l.narrowed = append(l.narrowed, narrowed{words: label, name: names.Of(id), drop: l.with(name, "")})
	}
}

// turn finds the neighbouring parts of the list.
func (l *registerList) turn(next string) {
	if l.Query(cursor) != "" {
		l.first = l.to(l.path, l.asked)
	}
	if next != "" {
		values := url.Values{cursor: {next}}
		for n, v := range l.asked {
			values[n] = v
		}
		l.next = l.to(l.path, values)
	}
}

func valuesOf(counts []store.RegisterCount) []string {
	out := make([]string, len(counts))
	for i, c := range counts {
		out[i] = c.Value
	}
	return out
}

// authorizationList is the list of authorisations of the public register.
type authorizationList struct {
	*registerList
	entries []store.RegisterEntry
}

// listRegister shows the authorisations.
func (s *server) listRegister(p publication) {
	counts, err := s.Store.CountRegister(p.ctx)
	if err != nil {
		p.fail(err)
		return
	}
	l := authorizationList{registerList: s.newRegisterList(p, registerPath)}
	filter := store.RegisterFilter{
		Text: l.asked.Get(byText), State: register.State(l.ask(byState, statesOf()...)), Mode: l.ask(byMode, valuesOf(counts.Modes)...),
		Agency: l.askID(byAgency), Grantee: l.askID(byGrantee), Sort: store.RegisterSort(l.ask(bySort, string(store.ByTermEnd))), Cursor: p.Query(cursor),
	}
	found, err := s.Store.ListRegister(p.ctx, filter)
	if err != nil {
		p.fail(err)
		return
	}
	l.entries = found.Items
	l.count(byState, text.Text{ZH: "状态", EN: "State"}, counts.States, func(state string) text.Text { return register.State(state).Words() })
	l.count(byMode, text.Text{ZH: "授权方式", EN: "Mode"}, counts.Modes, l.mode)
	names := register.Names{}
	if len(l.entries) > 0 {
		names = l.entries[0].Names
	}
	l.keep(byAgency, text.Text{ZH: "实施机构", EN: "Agency"}, names)
	l.keep(byGrantee, text.Text{ZH: "授权对象", EN: "Grantee"}, names)
	l.turn(found.Next)
	p.page.Feed = p.to(feedPath, nil)
	p.publish(p.T("授权运营公开登记", "Public register of authorised operations"), authorizationListPage(l))
}

func statesOf() []string {
	out := make([]string, len(register.States))
	for i, known := range register.States {
		out[i] = string(known.State)
	}
	return out
}

// entryPath is where an entry is.
func entryPath(id string) string { return registerPath + "/" + url.PathEscape(id) }

// one is a query of one value.
func one(name, value string) url.Values { return url.Values{name: {value}} }
