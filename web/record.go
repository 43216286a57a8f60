package web

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/meeting"
	"datacharter/domain/review"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/words"
)

// The inputs whose choices are shown outside of their forms.
var (
	reviewInput  = reflect.TypeFor[review.Input]()
	ceilingInput = reflect.TypeFor[authorization.CeilingInput]()
	answerInput  = reflect.TypeFor[authorization.AnswerInput]()
	callInput    = reflect.TypeFor[meeting.CallInput]()
)

// outcomeTone colours what a review came to; the words say it already.
var outcomeTone = map[string]string{review.Approve: "ok", review.Return: "warn", review.Reject: "bad"}

// applicationField names a part of an application, by its path.
func applicationField(path string) text.Text {
	return fieldName(reflect.TypeFor[authorization.Application](), path)
}

// fieldName names a field of a content by its path, or by the path where the catalogue lacks it. What lies in a group within a group is named with the inner one.
func fieldName(of reflect.Type, path string) text.Text {
	group, name := text.Text{}, path
	for depth := 0; ; depth++ {
		head, rest, nested := strings.Cut(name, ".")
		f, ok := fieldOf(of, head)
		if !nested || !ok {
			break
		}
		if l, ok := words.Field(of, head); ok && depth > 0 {
			group = l.Name
		}
		of, name = f, rest
	}
	l, ok := words.Field(of, name)
	for i := 0; !ok && i < of.NumField(); i++ { // what is embedded has names of its own
		if f := of.Field(i); f.Anonymous {
			l, ok = words.Field(f.Type, name)
		}
	}
	switch {
	case !ok:
		return both(path)
	case group.Complete():
		return text.Text{ZH: group.ZH + "·" + l.Name.ZH, EN: group.EN + ", " + l.Name.EN}
	default:
		return l.Name
	}
}

// recordTab is the whole record of a case: every entry, who made it in which capacity, and the hash that chains it to the one before.
func (s *server) recordTab(c *casePage) (templ.Component, error) {
	after, err := strconv.ParseInt(c.DefaultQuery("after", "0"), 10, 64)
	if err != nil || after < 0 {
		return nil, store.ErrBadCursor
	}
	events, err := s.Store.Events(c.ctx, c.actor, c.view.Head.ID, after, pageLength)
	if err != nil {
		return nil, err
	}
	var people, organizations []string
	for _, e := range events {
		if e.By.Person != identity.SystemPerson {
			people = append(people, e.By.Person)
		}
		organizations = append(organizations, e.By.Organization)
	}
	if c.names, err = s.namesOf(c.ctx, people, organizations); err != nil {
		return nil, err
	}
	first, next := "", ""
	if after > 0 {
		first = c.tabURL(c.at)
	}
	if len(events) == pageLength {
		next = c.tabURL(c.at) + "&after=" + strconv.FormatInt(events[len(events)-1].Seq, 10)
	}
	return recordPage(c, events, first, next), nil
}

// pageLength is how much one page of a list shows.
const pageLength = 50

// fieldOf finds the type of a struct's field by its name in JSON.
func fieldOf(of reflect.Type, name string) (reflect.Type, bool) {
	for i := range of.NumField() {
		f := of.Field(i)
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name && f.Type.Kind() == reflect.Struct {
			return f.Type, true
		}
	}
	return nil, false
}
