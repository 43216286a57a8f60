package web

import (
	"net/url"
	"reflect"
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/meeting"
	"datacharter/domain/register"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/words"
)

// entryPage is an entry of the public register as its page shows it.
type entryPage struct {
	publication
	store.RegisterRecord
	mode    text.Text
	address string // which does not change

	codeAddress string // which is short
	history     []change
}

// change is one change of an entry, in words.
type change struct {
	register.Published
	why   string
	what  string   // the parts of the entry that are new
	moves []string // from what to what, where that can be said in a line
}

// showEntry shows an entry with its history.
func (s *server) showEntry(p publication) {
	found, err := s.Store.GetRegisterEntry(p.ctx, p.Param("id"))
	if err != nil {
		p.fail(err)
		return
	}
	e := entryPage{publication: p, RegisterRecord: found, mode: modeWords(s.modes(), found.Mode), address: s.entryAddress(found.ID), codeAddress: s.codeAddress(found.ID)}
	for i, r := range found.Releases {
		var before *register.Entry
		if i+1 < len(found.Releases) {
			before = &found.Releases[i+1].Release.Entry
		}
		e.history = append(e.history, e.changeOf(r, before))
	}
	data, err := register.JSONLD(found.Entry, found.Names, e.address, p.page.Language)
	if err != nil {
		p.fail(err)
		return
	}
	p.page.Data, p.page.Feed = string(data), p.to(feedPath, nil)
	p.publish(found.Title, registerEntryPage(e))
}

// entryAddress is where an entry is, for whoever is elsewhere.
func (s *server) entryAddress(id string) string { return s.public.JoinPath(registerPath, id).String() }

// changeOf puts a release into words; before is the entry before it, nil for none or when it is not known.
func (e entryPage) changeOf(r register.Published, before *register.Entry) change {
	c := change{Published: r, why: r.Release.Why(e.page.Language), what: r.Release.What(e.page.Language)}
	if r.Release.No == 1 {
		c.what = e.T("首次公开", "published for the first time")
		return c
	}
	if before == nil {
		return c
	}
	now := r.Release.Entry
	move := func(of text.Text, from, to string) {
		if from != to {
			c.moves = append(c.moves, e.page.In(of)+e.T("：", ": ")+from+" → "+to)
		}
	}
	move(text.Text{ZH: "状态", EN: "state"}, e.page.In(before.State.Words()), e.page.In(now.State.Words()))
	move(text.Text{ZH: "期限截止", EN: "term ends"}, before.Term.Last().String(), now.Term.Last().String())
	for _, p := range now.Products {
		was := slices.IndexFunc(before.Products, func(q register.Product) bool { return q.Name == p.Name })
		if was < 0 {
			added := e.T("新增：", "new: ") + p.Name
			if most := ceilingOf(e.page, p); most != "" {
				added += e.T("，上限 ", ", ceiling ") + most
			}
			c.moves = append(c.moves, added)
			continue
		}
		q := before.Products[was]
		name := both(p.Name)
		move(name, offerOf(e.page, q), offerOf(e.page, p))
		move(name, chargeOf(e.page, q), chargeOf(e.page, p))
		if from, to := ceilingOf(e.page, q), ceilingOf(e.page, p); from == "" && to != "" {
			c.moves = append(c.moves, p.Name+e.T("：上限 ", ": ceiling ")+to)
		} else {
			move(text.Text{ZH: p.Name + "上限", EN: p.Name + ", ceiling"}, from, to)
		}
	}
	return c
}

// complete reports whether the page has the whole history.
func (e entryPage) complete() bool {
	return len(e.Releases) == 0 || e.Releases[len(e.Releases)-1].Release.No == 1
}

// term says how long the authorisation holds.
func (e entryPage) term() string {
	return e.T(e.Term.From.String()+" 至 "+e.Term.To.String(), e.Term.From.String()+" to "+e.Term.To.String())
}

// standing says in a sentence what is unusual now; empty when nothing is.
func (e entryPage) standing() string {
	switch e.State {
	case register.Filed:
		return e.T("协议已经备案，尚未开始运营。", "The agreement has been filed; operation has not started yet.")
	case register.Suspended:
		return e.T("自 "+e.Suspended.String()+" 起暂停运营。恢复运营后，此处会公开。", "Operation has been suspended since "+e.Suspended.String()+". When it resumes, that is published here.")
	case register.Exiting:
		return e.T("退出程序已于 "+e.opened().String()+" 启动，正在办理；结果确定后在此公开。", "An exit was opened on "+e.opened().String()+" and is under way; its result is published here once it is settled.")
	case register.Closed:
		return e.T("授权已经终止，产品和服务不再提供。", "The authorisation has ended; its products and services are no longer offered.")
	case register.Operating:
	}
	return ""
}

// opened is when the exit began.
func (e entryPage) opened() calendar.Date {
	if e.Exit == nil {
		return calendar.Date{}
	}
	return e.Exit.Opened
}

// decision says what was decided.
func (e entryPage) decision(d register.Decision) string {
	what, ok := words.FieldChoice(reflect.TypeFor[meeting.CallInput](), "decision", d.Decision)
	if !ok {
		what = both(d.Decision)
	}
	return e.page.In(what) + e.T("：", ": ") + e.page.In(words.Value(resolution.Outcome(d.Outcome)))
}

// api is the address of a rendering of the entry for programs.
func (e entryPage) api(rest string) string { return "/api/v1/register/" + url.PathEscape(e.ID) + rest }

// feedRegister is the feed of changes, for programs that tell people of them.
func (s *server) feedRegister(p publication) {
	changes, err := s.Store.ListReleases(p.ctx, store.ReleaseFilter{})
	if err != nil {
		p.fail(err)
		return
	}
	names, err := s.Store.ReleaseNames(p.ctx, changes.Items)
	if err != nil {
		p.fail(err)
		return
	}
	self := s.public.JoinPath(feedPath)
	if p.chosen != "" {
		self.RawQuery = url.Values{byLanguage: {p.chosen}}.Encode()
	}
	feed := register.Feed{Language: p.page.Language, Self: self.String(), Entry: s.entryAddress, Names: names, Releases: changes.Items}
	body, err := feed.Atom()
	if err != nil {
		p.fail(err)
		return
	}
	p.deliver("application/atom+xml; charset=utf-8", body)
}
