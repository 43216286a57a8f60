package api

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/refusal"
	"datacharter/web/export"
)

type bookInput struct {
	ID   string `path:"id" maxLength:"200"`
	Form string `path:"form" enum:"csv,xlsx"`
}

// exportBook gives the double-entry book of an authorisation's revenue to who may read it, for the finance system (65号 part 5: 单独核算).
func (s *server) exportBook(ctx context.Context, in *bookInput) (*fileOutput, error) {
	view, err := s.Case(ctx, callOf(ctx).actor, finance.Machine, in.ID)
	if err != nil {
		return nil, err
	}
	f, is := view.Subject.(*finance.Finance)
	if !is || view.Closed {
		return nil, refuse(refusal.NotFoundHere.With())
	}
	form := export.Form(in.Form)
	return &fileOutput{Body: func(hc huma.Context) {
		c := humagin.Unwrap(hc)
		c.Header("Content-Type", form.MediaType())
		c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "book-" + f.ID + "-" + calendar.DateOf(s.Clock.Now()).String() + "." + string(form)}))
		if callOf(ctx).fault = export.Book(form, c.Writer, callOf(ctx).language, f); callOf(ctx).fault != nil {
			panic(http.ErrAbortHandler) // half a book is on its way: a broken connection is the only thing left to say
		}
	}}, nil
}
