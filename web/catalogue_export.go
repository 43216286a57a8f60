package web

import (
	"mime"
	"net/http"

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
	today := s.today().String()
	v.Header("Content-Type", form.MediaType())
	v.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "resources-" + today + "." + string(form)}))
	if v.Request.Method == http.MethodHead {
		return
	}
	ld := export.Linked(s.public.JoinPath("/resources").String(), func(id string) string { return s.public.JoinPath("/resources", id).String() })
	if v.fault = export.Resources(form, v.Writer, v.page.Language, today, ld, s.Store.ExportResources(v.ctx, resourceFilter(v))); v.fault != nil {
		panic(http.ErrAbortHandler) // half a list is on its way: a broken connection is the only thing left to say
	}
}

// exportURL is the address of the whole list in a form.
func (l *resourceList) exportURL(form export.Form) string {
	q := l.query()
	q.Del("to")
	return address("/resources/export/"+string(form), q, nil)
}
