package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// inboxPlace is where the saved views of the inbox are kept.
const inboxPlace = "inbox"

const maxViewName = 50 // characters

// saveView keeps the filter under a name; one of the same name gives way.
func (s *server) saveView(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	q, err := url.ParseQuery(sent.Get("query"))
	if err != nil {
		v.refuse(refusal.BadRequest.With())
		return
	}
	f := inboxFilterOf(q)
	f.cursor = ""
	name := strings.TrimSpace(sent.Get("name"))
	switch {
	case name == "":
		s.sendBack(v, f.url(), v.T("请给视图起一个名称。", "Give the view a name."))
		return
	case utf8.RuneCountInString(name) > maxViewName || !utf8.ValidString(name):
		s.sendBack(v, f.url(), refusal.TooLong.With("max", strconv.Itoa(maxViewName)).Detail(v.page.Language))
		return
	}
	err = s.Store.SaveView(v.ctx, v.actor.Person, inboxPlace, store.View{Name: name, Query: f.query().Encode()})
	switch {
	case errors.Is(err, store.ErrTooMany):
		most := strconv.Itoa(store.MaxViews)
		s.sendBack(v, f.url(), v.T("最多保存"+most+"个视图，请先删除不用的。", "At most "+most+" views are kept; delete one that you do not use."))
	case err != nil:
		v.fail(err)
	default:
		v.goOn(f.url(), v.T("视图已保存。", "The view is saved."))
	}
}

// deleteView forgets a view.
func (s *server) deleteView(v *visit) {
	sent, err := s.plain(v)
	if err == nil {
		err = s.Store.DeleteView(v.ctx, v.actor.Person, inboxPlace, sent.Get("name"))
	}
	if err != nil {
		v.fail(err)
		return
	}
	v.goOn(local(sent.Get("return"), "/inbox"), v.T("视图已删除。", "The view is deleted."))
}
