package web

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// topic is one step of an application: one page, about the fields of one topic.
type topic struct {
	name     string
	words    text.Text
	lead     text.Text // what belongs here
	fields   []string  // of the application, by JSON name
	optional bool
}

// Names of the steps that are more than their fields.
const (
	resourcesStep = "resources"
	checkStep     = "check"
)

var topics = []topic{
	{
		name: "basics", words: text.Text{ZH: "基本情况", EN: "Basics"}, fields: []string{"title", "agency", "mode", "plan", "purpose", "renews"},
		lead: text.Text{ZH: "说明向谁申请、以什么方式授权、数据用来做什么。", EN: "Whom you apply to, how the authorisation is given, and what the data is for."},
	},
	{
		name: resourcesStep, words: text.Text{ZH: "公共数据资源", EN: "Resources"}, fields: []string{"resources"},
		lead: text.Text{ZH: "从资源目录中查找并选择。选中的资源立即保存。", EN: "Search the catalogue and choose. What you choose is saved at once."},
	},
	{
		name: "products", words: text.Text{ZH: "产品和服务", EN: "Products and services"}, fields: []string{"products"},
		lead: text.Text{ZH: "列出拟开发的每一项产品和服务。公共治理、公益事业类免费提供，产业发展、行业发展类可以收费。", EN: "Every product and service that you intend. Those for public governance and benefit are free of charge; those for industry may be charged for."},
	},
	{
		name: "term", words: text.Text{ZH: "运营期限", EN: "Term"}, fields: []string{"term_months", "term_reason"},
		lead: text.Text{ZH: "申请多长的运营期限。", EN: "How long you want to operate."},
	},
	{
		name: "capabilities", words: text.Text{ZH: "运营条件", EN: "Conditions for operators"}, fields: []string{"capabilities", "standing"},
		lead: text.Text{ZH: "说明贵单位具备的条件（27号第十二条）。证明材料放在下一步“附件”。", EN: "How your organisation meets the conditions for operators (27号 Art. 12). Evidence goes into the next step, attachments."},
	},
	{
		name: "attachments", words: text.Text{ZH: "附件", EN: "Attachments"}, fields: []string{"attachments"}, optional: true,
		lead: text.Text{ZH: "证明材料、方案等文件。", EN: "Evidence, plans and other files."},
	},
}

// topicOf finds the step that a path of the application belongs to; nil when it belongs to none.
func topicOf(path string) *topic {
	head := path
	if i := strings.IndexAny(path, ".["); i >= 0 {
		head = path[:i]
	}
	for i := range topics {
		if slices.Contains(topics[i].fields, head) {
			return &topics[i]
		}
	}
	return nil
}

// applying is an application on the way to being handed in, at one of its steps.
type applying struct {
	*act
	at        int // of topics; len(topics) when the answers are checked
	hand      string
	refused   *refusal.Refusal // what handing in would be refused for now; nil when nothing is in its way
	asked     []asked
	due       *ui.Due
	elsewhere []lack        // why the last save was refused, at other steps
	found     *resourceList // of the step of resources
	chosen    []form.Choice
	plan      *chosenPlan // on which the application rests; nil while it names none
}

// applied is the authorisation that an act is on.
func applied(a *act) *authorization.Authorization {
	return a.view.Subject.(*authorization.Authorization)
}

// handing is the command with which the application is handed in now.
func handing(v *casework.View) string {
	if v.May("resubmit") {
		return "resubmit"
	}
	return "submit"
}

// stepAt finds the application of a request and the step of it. Nil when it answered already.
func (s *server) stepAt(v *visit) *applying {
	at := slices.IndexFunc(topics, func(t topic) bool { return t.name == v.Param("step") })
	if at < 0 {
		v.refuse(refusal.NotFoundHere.With())
		return nil
	}
	a := s.actOn(v, s.placeOf(authorization.Kind), v.Param("id"), "", "edit")
	if a == nil {
		return nil
	}
	a.parts = topics[at].fields
	switch {
	case topics[at].name == resourcesStep:
		a.parts = []string{}
	case a.view.Head.State != authorization.Draft: // to whom it was handed in stays
		a.parts = slices.DeleteFunc(slices.Clone(a.parts), func(name string) bool { return name == "agency" })
	}
	return &applying{act: a, at: at}
}

// outlook finds out what the steps have in common: what is still in the way of handing in, what was asked for, and until when.
func (s *server) outlook(p *applying) error {
	var err error
	p.hand = handing(p.view)
	if p.refused, err = s.Foresee(p.ctx, p.actor, p.view, p.hand, mustJSON(struct{}{})); err != nil {
		return err
	}
	p.asked = askedOf(applied(p.act))
	if p.plan, err = s.chosenPlan(p.visit, p.view.Policy, applied(p.act).Application.Plan); err != nil {
		return err
	}
	for _, d := range p.view.Head.Deadlines {
		if d.Open() && d.Left == "" && len(p.asked) > 0 {
			due := ui.NewDue(p.page, d, p.view.Now, p.view.Calendar)
			p.due = &due
		}
	}
	return nil
}

// stepURL is the address of a step.
func (p *applying) stepURL(name string) string {
	return p.place.href(p.view.Head.ID) + "/apply/" + name
}

// url is where the form of the step is sent.
func (p *applying) url() string { return p.stepURL(topics[p.at].name) }

// next is the step after this one.
func (p *applying) next() string {
	if p.at+1 < len(topics) {
		return p.stepURL(topics[p.at+1].name)
	}
	return p.stepURL(checkStep)
}

func (s *server) showStep(v *visit) {
	if v.Param("step") == checkStep {
		s.checkAnswers(v)
		return
	}
	p := s.stepAt(v)
	if p == nil {
		return
	}
	if !p.allowed() {
		s.notNow(p.act)
		return
	}
	if err := s.prepare(p.act, nil); err != nil {
		v.fail(err)
		return
	}
	s.step(p, http.StatusOK)
}

// step answers with the page of a step.
func (s *server) step(p *applying, status int) {
	if topics[p.at].name == resourcesStep {
		if err := s.choosing(p); err != nil {
			p.fail(err)
			return
		}
		if p.partOnly() {
			p.part(resourcesFound(p.found))
			return
		}
	}
	if err := s.outlook(p); err != nil {
		p.fail(err)
		return
	}
	p.show(status, p.page.In(topics[p.at].words)+" – "+p.view.Head.Title, stepPage(p))
}

// takeStep saves a step: the application as it stands with the fields of this step as they were filled in.
func (s *server) takeStep(v *visit) {
	p := s.stepAt(v)
	if p == nil {
		return
	}
	sent, faults, err := s.sent(p.act)
	if err == nil {
		p.sent = sent
		err = s.prepare(p.act, sent)
	}
	if err != nil {
		v.fail(err)
		return
	}
	if topics[p.at].name == resourcesStep {
		s.takeChoice(p, sent)
		return
	}
	if list := sent.Get(formAdd); list != "" || p.picking {
		addRow(p.form.Fields, list)
		s.step(p, http.StatusOK)
		return
	}
	in, unread := form.Read(p.input, p.filled, p.shapes)
	if faults = append(faults, unread...); len(faults) > 0 || sent.Has(formResumed) {
		p.form.Blame(faults)
		s.step(p, statusFor(faults))
		return
	}
	content := applied(p.act).Application
	merge(&content, in.(*authorization.Application), p.parts)
	s.save(p, content, sent)
}

// save gives the command that puts the content in place of what is there, and leads on.
func (s *server) save(p *applying, content authorization.Application, sent url.Values) {
	next, told := p.next(), ""
	if sent.Get("then") == "later" {
		next, told = p.place.href(p.view.Head.ID), p.T("已保存，可以随时回来继续。", "Saved. You can come back and go on at any time.")
	}
	if len(lifecycle.Diff(applied(p.act).Application, content)) == 0 && p.allowed() {
		p.goOn(next, told)
		return
	}
	version, err := strconv.ParseInt(sent.Get(formVersion), 10, 64)
	if err != nil {
		version = p.view.Head.Version
	}
	filled := p.filled.Encode()
	done, err := s.CarryOut(p.ctx, p.actor, editing(p.act, content, sent.Get(formKey), version, p.url(), filled))
	s.settle(p.visit, done, err, next, told, func(r *refusal.Refusal) { s.stepRefused(p, r) })
}

// stepRefused shows a step again with what is wrong with it, and what is wrong elsewhere.
func (s *server) stepRefused(p *applying, r *refusal.Refusal) {
	var here []refusal.Field
	for _, f := range r.Fields {
		if topicOf(f.Path) == &topics[p.at] {
			here = append(here, f)
		} else {
			p.elsewhere = append(p.elsewhere, p.lack(f))
		}
	}
	p.form.Blame(here)
	p.whole = r.Detail(p.page.Language)
	if r.Code == refusal.StaleVersion.Name || r.Code == refusal.KeyReused.Name {
		p.whole = p.T("这份申请在您填写期间有过修改。您填写的内容保留在下面，请核对后再次保存。", "The application was changed while you filled this in. What you typed is kept below: check it and save again.")
	}
	s.step(p, casework.Status(r.Code, r.Class()))
}

// editing is the order that replaces an application's content. What was asked, not the content that it leads to, tells requests apart.
func editing(a *act, content authorization.Application, key string, version int64, asked ...string) casework.Order {
	return casework.Order{
		Of: a.place.def, Case: a.view.Head.ID, Command: "edit", Key: key, Data: mustJSON(content), IfVersion: version,
		Fingerprint: casework.Fingerprint(append([]string{"step", a.view.Head.ID}, asked...)...),
	}
}

// merge takes the named fields over into an application.
func merge(into, from *authorization.Application, names []string) {
	to, of := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		name, _, _ := strings.Cut(to.Type().Field(i).Tag.Get("json"), ",")
		if slices.Contains(names, name) {
			to.Field(i).Set(of.Field(i))
		}
	}
}
