package web

import (
	"net/http"
	"net/url"
	"strconv"

	"datacharter/casework"
	"datacharter/domain/calendar"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// concernPage is one quality report or data demand as a visitor is shown it, with what he may do about it.
type concernPage struct {
	*visit
	concern   concern.Concern
	entries   []concern.Entry
	names     names
	titles    map[string]string // of the resources that it names
	files     map[string]store.AttachmentView
	answer    *act // nil when the visitor does not answer now
	by        []identity.By
	supported bool
	key       string  // of the buttons
	due       *ui.Due // of the first answer; nil when no limit was set
}

// answering is the answer as its form has it.
type answering struct {
	concern.AnswerInput
	Organization string `json:"organization,omitempty" maxLength:"100"`
}

// concernPage finds the concern of a request. Nil when it answered already.
func (s *server) concernPage(v *visit, kind concern.Kind) *concernPage {
	c, err := s.Store.GetConcern(v.ctx, v.actor, kind, v.Param("id"))
	if err != nil {
		v.fail(err)
		return nil
	}
	p := &concernPage{visit: v, concern: c, titles: map[string]string{}, key: newKey()}
	if p.entries, err = s.Store.ConcernEntries(v.ctx, c.ID); err == nil {
		err = s.fillConcern(p)
	}
	if err != nil {
		v.fail(err)
		return nil
	}
	return p
}

func (s *server) fillConcern(p *concernPage) error {
	people, organizations, resources := []string{p.concern.Person}, []string{p.concern.Supplier}, []string{p.concern.Resource}
	for i, e := range p.entries {
		p.entries[i] = p.concern.For(p.actor, e)
		people, organizations = append(people, p.entries[i].By.Person), append(organizations, e.By.Organization)
		if e.Answer != nil {
			resources = append(resources, e.Answer.Resource)
		}
	}
	if p.by = p.concern.Capacities(p.actor); len(p.concern.Answers()) == 0 {
		p.by = nil
	}
	for _, by := range p.by {
		organizations = append(organizations, by.Organization)
	}
	days, err := s.Cases.Calendar(p.ctx)
	if err != nil {
		return err
	}
	p.due = dueOf(p.visit, p.concern, days)
	if p.names, err = s.namesOf(p.ctx, people, organizations); err != nil {
		return err
	}
	titles, err := s.resourceChoices(p.visit, unique(resources))
	if err != nil {
		return err
	}
	for _, t := range titles {
		p.titles[t.Value] = p.page.In(t.Words)
	}
	if p.concern.Report != nil {
		if p.files, err = s.Store.Attachments(p.ctx, p.actor, p.concern.Report.Evidence); err != nil {
			return err
		}
	}
	if p.concern.MaySupport(p.actor.Person) {
		if p.supported, err = s.Store.Supports(p.ctx, p.concern.ID, p.actor.Person); err != nil {
			return err
		}
	}
	if len(p.by) == 0 {
		return nil
	}
	p.answer = &act{visit: p.visit, input: inputOf[answering](), shapes: p.answerShapes()}
	return s.fillIn(p.answer, url.Values{})
}

// dueOf explains until when a concern is to be answered first; nil when no limit was set.
func dueOf(v *visit, c concern.Concern, days calendar.Calendar) *ui.Due {
	due := c.Due()
	if due == nil {
		return nil
	}
	out := ui.NewDue(v.page, *due, v.server.Clock.Now(), days)
	return &out
}

// answerShapes offer the answers that the concern can get, and ask for a day or a resource where there is a demand.
func (p *concernPage) answerShapes() form.Shapes {
	report := p.concern.Kind == concern.Report
	organizations := make([]form.Choice, len(p.by))
	for i, by := range p.by {
		organizations[i] = form.Choice{Value: by.Organization, Words: both(p.names.organization(by.Organization))}
	}
	return form.Shapes{
		"outcome":  {Kind: form.Radios, Choices: choicesFrom(p.concern.Answers(), concern.State.Words)},
		"reason":   {Kind: form.Area, Needed: report},
		"day":      {Omit: report},
		"resource": {Omit: report, Pick: form.PickResource},
		"organization": {
			Kind: form.Select, Choices: organizations, Omit: len(p.by) < 2, Needed: true, Label: text.Text{ZH: "答复单位", EN: "answered for"},
		},
	}
}

func (s *server) showConcern(kind concern.Kind) func(*visit) {
	return func(v *visit) {
		if p := s.concernPage(v, kind); p != nil {
			p.render(http.StatusOK)
		}
	}
}

func (p *concernPage) render(status int) {
	p.show(status, p.title(), concernWhole(p))
}

// url is the page's address, or that of something on it.
func (p *concernPage) url(action string) string {
	at := concernURL(p.concern.Kind, p.concern.ID)
	if action != "" {
		at += "/" + action
	}
	return at
}

func (p *concernPage) title() string {
	if p.concern.Kind == concern.Report {
		return p.T("质量反馈：", "Quality report: ") + p.concern.Title
	}
	return p.concern.Title
}

// takeAnswer answers a concern as the form was filled in.
func (s *server) takeAnswer(kind concern.Kind) func(*visit) {
	return func(v *visit) {
		p := s.concernPage(v, kind)
		if p == nil {
			return
		}
		sent, err := s.plain(v)
		if err != nil {
			v.fail(err)
			return
		}
		order := casework.ConcernOrder{Kind: kind, ID: p.concern.ID, Action: concern.Answer, Key: sent.Get(formKey)}
		if p.answer == nil { // a repeat is answered as it was before, anything else refused
			if onlyShown(sent) {
				p.render(http.StatusOK)
				return
			}
			in, _ := form.Read(inputOf[answering](), form.Clean(inputOf[answering](), sent, nil), nil)
			p.order(order, in.(*answering))
			return
		}
		if err := s.fillIn(p.answer, sent); err != nil {
			v.fail(err)
			return
		}
		in, faults := form.Read(p.answer.input, p.answer.filled, p.answer.shapes)
		if onlyShown(sent) || p.answer.picking {
			p.render(http.StatusOK)
			return
		}
		if len(faults) > 0 {
			p.answer.form.Blame(faults)
			p.render(statusFor(faults))
			return
		}
		p.order(order, in.(*answering))
	}
}

func (p *concernPage) order(o casework.ConcernOrder, in *answering) {
	o.Answer, o.Organization = &in.AnswerInput, in.Organization
	_, refused, err := p.server.Concern(p.ctx, p.actor, o)
	switch {
	case err != nil:
		p.fail(err)
	case refused != nil && p.answer != nil && len(refused.Fields) > 0:
		p.answer.form.Blame(refused.Fields)
		p.answer.whole = refused.Detail(p.page.Language)
		p.render(casework.Status(refused.Code, refused.Class()))
	case refused != nil:
		p.refuse(refused)
	default:
		p.goOn(p.url(""), p.T("已答复。", "Answered."))
	}
}

// takeOnConcern does what a button on the page of a concern says.
func (s *server) takeOnConcern(kind concern.Kind, action concern.Action) func(*visit) {
	done := map[concern.Action]text.Text{
		concern.Support:  {ZH: "已附议：有答复时将通知您。", EN: "You support the demand, and will be told when it is answered."},
		concern.Withdraw: {ZH: "已撤回。", EN: "Withdrawn."},
	}[action]
	return func(v *visit) {
		p := s.concernPage(v, kind)
		if p == nil {
			return
		}
		sent, err := s.plain(v)
		if err != nil {
			v.fail(err)
			return
		}
		if onlyShown(sent) {
			p.render(http.StatusOK)
			return
		}
		_, refused, err := s.Concern(v.ctx, v.actor, casework.ConcernOrder{Kind: kind, ID: p.concern.ID, Action: action, Key: sent.Get(formKey)})
		switch {
		case err != nil:
			v.fail(err)
		case refused != nil:
			v.refuse(refused)
		default:
			v.goOn(p.url(""), v.page.In(done))
		}
	}
}

// facts are what the concern says, in the order in which one reads it.
func (p *concernPage) facts() []pair {
	label := func(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }
	c := p.concern
	var out []pair
	if c.Report != nil {
		out = append(out, pair{label("有问题的内容", "What is wrong"), p.page.In(c.Report.FieldWords())}, pair{label("问题描述", "Description"), c.Report.Wrong})
	} else {
		out = append(out, pair{label("需要什么数据", "What data"), c.Demand.Data}, pair{label("用途", "What for"), c.Demand.Use}, pair{label("希望取得的日期", "Useful by"), c.Demand.By})
	}
	out = append(out, pair{label("提出时间", "Raised"), p.page.Moment(c.At)})
	if c.NamesPeople(p.actor) {
		out = append(out, pair{label("提出人", "Raised by"), p.names.person(p.page, c.Person)})
	}
	if c.Supplier != "" {
		out = append(out, pair{label("答复单位", "To be answered by"), p.names.organization(c.Supplier)})
	}
	if c.Demand != nil {
		out = append(out, pair{label("附议", "Supported by"), p.T(strconv.Itoa(c.Supports)+" 人", p.page.Plural(c.Supports, "", "other"))})
	}
	return out
}

// did says what an entry did.
func (p *concernPage) did(e concern.Entry) string {
	switch e.Action {
	case concern.Raise:
		return p.T("提出", "raised")
	case concern.Answer:
		return p.T("答复：", "answered: ") + p.page.In(e.State.Words())
	case concern.Withdraw:
		return p.T("撤回", "withdrawn")
	case concern.Support:
		return p.T("附议", "supported")
	default:
		return string(e.Action)
	}
}

// doneBy says who made an entry, as far as the visitor is told.
func (p *concernPage) doneBy(e concern.Entry) string {
	switch {
	case e.By.Organization != "" && e.By.Person != "":
		return p.names.organization(e.By.Organization) + p.T("，", ", ") + p.names.person(p.page, e.By.Person)
	case e.By.Organization != "":
		return p.names.organization(e.By.Organization)
	case e.By.Person != "":
		return p.names.person(p.page, e.By.Person)
	default:
		return p.T("提出人", "who raised it")
	}
}
