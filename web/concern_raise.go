package web

import (
	"net/http"
	"net/url"
	"reflect"

	"datacharter/casework"
	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/text"
	"datacharter/web/form"
)

func inputOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// raising is a quality report or data demand that somebody is about to raise.
type raising struct {
	*act
	kind     concern.Kind
	resource *catalogue.Resource // that a report is about
}

// raisingOf finds what a request is about to raise. Nil when it answered already.
func (s *server) raisingOf(v *visit, kind concern.Kind) *raising {
	r := &raising{kind: kind, act: &act{visit: v, input: inputOf[concern.DemandInput](), shapes: form.Shapes{"resource": pickResource}}}
	if kind == concern.Report {
		found, err := s.Store.GetResource(v.ctx, v.Param("id"))
		if err != nil {
			v.fail(err)
			return nil
		}
		r.resource, r.input, r.files = &found, inputOf[concern.ReportInput](), concern.MaxEvidence
		none := form.Choice{Words: concern.FieldWords("")}
		fields := choicesFrom(concern.Fields(), concern.FieldWords)
		r.shapes = form.Shapes{"field": {Kind: form.Select, Choices: append([]form.Choice{none}, fields...)}}
	}
	return r
}

// url is where the form is, and where it is sent.
func (r *raising) url() string {
	if r.resource != nil {
		return resourceURL(*r.resource) + "/report"
	}
	return demandsPath + "/new"
}

func (r *raising) title() string {
	if r.resource != nil {
		return r.T("反馈质量问题：", "Report a fault: ") + r.resource.Title
	}
	return r.T("提出数据需求", "Demand data")
}

func (s *server) askReport(v *visit) { s.askRaise(v, concern.Report) }

func (s *server) askDemand(v *visit) { s.askRaise(v, concern.Demand) }

func (s *server) takeReport(v *visit) { s.takeRaise(v, concern.Report) }

func (s *server) takeDemand(v *visit) { s.takeRaise(v, concern.Demand) }

func (s *server) askRaise(v *visit, kind concern.Kind) {
	r := s.raisingOf(v, kind)
	if r == nil {
		return
	}
	suggested := url.Values{}
	if of := v.Query("resource"); of != "" && kind == concern.Demand {
		suggested.Set("resource", of)
	}
	if err := s.fillIn(r.act, suggested); err != nil {
		v.fail(err)
		return
	}
	r.render(http.StatusOK)
}

func (r *raising) render(status int) { r.show(status, r.title(), raisePage(r)) }

// takeRaise raises what the form says.
func (s *server) takeRaise(v *visit, kind concern.Kind) {
	r := s.raisingOf(v, kind)
	if r == nil {
		return
	}
	sent, faults, err := s.sent(r.act)
	if err == nil {
		err = s.fillIn(r.act, sent)
	}
	if err != nil {
		v.fail(err)
		return
	}
	in, unread := form.Read(r.input, r.filled, r.shapes)
	shown := onlyShown(sent) || r.picking
	switch {
	case r.picking:
		faults = nil
	case !shown:
		faults = append(faults, unread...)
	}
	if len(faults) > 0 || shown {
		r.form.Blame(faults)
		r.render(statusFor(faults))
		return
	}
	o := casework.ConcernOrder{Kind: kind, Action: concern.Raise, Key: sent.Get(formKey)}
	switch in := in.(type) {
	case *concern.ReportInput:
		o.Report, o.Resource = in, r.resource.ID
	case *concern.DemandInput:
		o.Demand = in
	}
	done, refused, err := s.Concern(v.ctx, v.actor, o)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		r.form.Blame(refused.Fields)
		r.whole = refused.Detail(v.page.Language)
		r.render(casework.Status(refused.Code, refused.Class()))
	default:
		v.goOn(concernURL(kind, done.ID), v.page.In(text.Text{ZH: "已提出，有答复时将通知您。", EN: "Raised. You will be told when it is answered."}))
	}
}
