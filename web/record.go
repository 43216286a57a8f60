package web

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/meeting"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/words"
)

// The inputs whose choices are shown outside of their forms.
var (
	reviewInput  = reflect.TypeFor[authorization.ReviewInput]()
	ceilingInput = reflect.TypeFor[authorization.CeilingInput]()
	answerInput  = reflect.TypeFor[authorization.AnswerInput]()
	callInput    = reflect.TypeFor[meeting.CallInput]()
)

// outcomeTone colours what a review came to; the words say it already.
var outcomeTone = map[string]string{authorization.Approve: "ok", authorization.Return: "warn", authorization.Reject: "bad"}

// applicationField names a part of an application, by its path.
func applicationField(path string) text.Text {
	return fieldName(reflect.TypeFor[authorization.Application](), path)
}

// fieldName names a field of a content by its path, or by the path where the catalogue lacks it.
func fieldName(of reflect.Type, path string) text.Text {
	name := path
	if head, rest, nested := strings.Cut(path, "."); nested {
		if f, ok := fieldOf(of, head); ok {
			of, name = f, rest
		}
	}
	if l, ok := words.Field(of, name); ok {
		return l.Name
	}
	return both(path)
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
