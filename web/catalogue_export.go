package web

import (
	"io"

	"datacharter/domain/refusal"
	"datacharter/web/export"
)

// exportResources gives the whole list as it is filtered, up to store.MaxExport resources.
func (s *server) exportResources(v *visit) {
	form := export.Form(v.Param("form"))
	if !form.ForResources() {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	ld := export.Linked(s.public.JoinPath("/resources").String(), func(id string) string { return s.public.JoinPath("/resources", id).String() })
	v.file("resources", form, func(to io.Writer) error {
		return export.Resources(form, to, v.page.Language, s.today().String(), ld, s.Store.ExportResources(v.ctx, resourceFilter(v)))
	})
}

// exportURL is the address of the whole list in a form.
func (l *resourceList) exportURL(form export.Form) string {
	q := l.query()
	q.Del("to")
	return address("/resources/export/"+string(form), q, nil)
}
