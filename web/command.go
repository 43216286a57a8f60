package web

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/policies"
	"datacharter/web/form"
)

// What a form sends beside its controls.
const (
	formKey     = "key"     // names the request: sent twice, it is carried out once; without one nothing is carried out, and the form shown again
	formVersion = "version" // of the case as it was read, where a change in between matters
	formAdd     = "add"     // the list that shall have another row; nothing is carried out
	formResumed = "resumed" // filled in before a pause: shown again, and nothing is carried out
)

// act is one command that a person is about to give on a case, on a task of it, or to open one.
type act struct {
	*visit
	place   *place
	view    *casework.View // nil when the command opens a case
	task    *lifecycle.Task
	outside string // ID of a case that the command is given on without being shown it
	command string
	words   text.Text
	input   reflect.Type
	parts   []string // the fields of the input that the form is about; nil for all
	shapes  form.Shapes
	sent    url.Values // all that the form sent; nil before it was
	filled  url.Values // the input as it stands in the form
	form    *form.Form
	whole   string     // what is wrong with the whole
	fixed   url.Values // what the page around the form knows already
	key     string
	picking bool                 // it was sent to pick something, and nothing is carried out
	picked  string               // the control beside which that was
	hints   map[string]text.Text // of single controls, by their names
	files   int                  // how many may be attached, where that is fewer than the rules allow; 0 for as many
	onPlan  *chosenPlan          // that takes applications, from whose page a new one comes; nil for none
	serves  string               // organisation for which it is done, where the page knows; empty for the one that organization finds
}

// actOn finds the case and the command of a request. Nil when it answered already: there is nothing of the kind for this person.
func (s *server) actOn(v *visit, p *place, id, task, command string) *act {
	view, err := s.Case(v.ctx, v.actor, p.def, id)
	if err != nil {
		v.fail(err)
		return nil
	}
	row, ok := p.def.Row(command)
	if !ok || view.Closed {
		v.refuse(refusal.NotFoundHere.With())
		return nil
	}
	a := &act{visit: v, place: p, view: view, command: command, words: row.Words, input: p.def.Input(command)}
	if task != "" {
		a.task = view.Head.Task(task)
	}
	return a
}

// allowed reports whether the state table lets the person give the command now, for any input.
func (a *act) allowed() bool {
	switch {
	case a.view == nil:
		return true // whoever may open cases is asked by the route
	case a.task != nil:
		return a.view.MayOn(a.task.ID, a.command)
	default:
		return a.view.May(a.command)
	}
}

// url is where the form of the act is, and where it is sent.
func (a *act) url() string {
	switch {
	case a.outside != "":
		return a.place.href(a.outside) + "/outside/" + a.command
	case a.onPlan != nil:
		return applyOnURL(a.onPlan.id)
	case a.view == nil:
		return "/" + a.place.name + "/new"
	case a.task != nil:
		return "/tasks/" + url.PathEscape(a.task.ID) + "/" + a.command
	default:
		return a.place.href(a.view.Head.ID) + "/do/" + a.command
	}
}

// prepare makes the form from what the case offers, filled in with the values given; nil for those that the case suggests.
func (s *server) prepare(a *act, filled url.Values) error {
	suggested, err := s.shape(a)
	if err != nil {
		return err
	}
	for name, values := range a.fixed {
		a.shapes[name], suggested[name] = form.Shape{Kind: form.Hidden}, values
	}
	a.onlyParts(a.input)
	if filled == nil {
		filled = suggested
	}
	return s.fillIn(a, filled)
}

// fillIn makes the form of an act whose shapes are known, filled in with the values given.
func (s *server) fillIn(a *act, filled url.Values) error {
	a.filled = form.Clean(a.input, a.pickBy(filled), a.shapes)
	if err := s.nameFiles(a); err != nil {
		return err
	}
	a.form = form.Build(a.input, a.filled, a.shapes)
	advise(a.form.Fields, a.hints)
	a.key = newKey()
	return s.lookUp(a, a.form.Fields)
}

// newKey names a request anew.
func newKey() string { return random(16, hex.EncodeToString) }

// ask shows the form of a command.
func (s *server) ask(a *act) {
	if !a.allowed() {
		s.notNow(a)
		return
	}
	if s.stale(a) {
		s.askAnew(a.visit)
		return
	}
	if err := s.prepare(a, nil); err != nil {
		a.fail(err)
		return
	}
	s.showForm(a, http.StatusOK)
}

func (s *server) showForm(a *act, status int) {
	page, err := s.commandPage(a)
	if err != nil {
		a.fail(err)
		return
	}
	a.show(status, a.page.In(a.words), page)
}

// notNow says why a command cannot be given: what the table itself answers to an empty input.
func (s *server) notNow(a *act) {
	env := lifecycle.Env{Now: a.view.Now, Policy: a.view.Policy, Calendar: a.view.Calendar, Actor: a.actor, Compile: policies.ApplicantCondition}
	data := json.RawMessage("{}")
	if a.task != nil {
		data = mustJSON(map[string]string{"task": a.task.ID})
	}
	_, refused := a.place.def.Decide(a.view.Subject, lifecycle.Command{Name: a.command, Actor: a.actor, Data: data}, env)
	if refused == nil {
		refused = refusal.NotInState.With()
	}
	a.refuse(refused)
}

// take carries out a command as its form was filled in, and leads on to next, which gets the case's ID.
func (s *server) take(a *act, next func(done casework.Done) string) {
	sent, faults, err := s.sent(a)
	if err != nil {
		a.fail(err)
		return
	}
	a.sent = sent
	if a.task != nil {
		sent.Set("task", a.task.ID) // that of the address
	}
	if s.stale(a) {
		s.askAnewWith(a.visit, sent, false) // files have come, and are kept
		return
	}
	if err := s.prepare(a, sent); err != nil {
		a.fail(err)
		return
	}
	if list := sent.Get(formAdd); list != "" || a.picking {
		addRow(a.form.Fields, list)
		s.showForm(a, http.StatusOK)
		return
	}
	in, unread := form.Read(a.input, a.filled, a.shapes)
	if faults = append(faults, unread...); len(faults) > 0 || onlyShown(sent) {
		a.form.Blame(faults)
		s.showForm(a, statusFor(faults))
		return
	}
	if !s.deliberated(a, in) {
		return
	}
	done, err := s.CarryOut(a.ctx, a.actor, s.order(a, sent, in))
	s.settle(a.visit, done, err, next(done), a.T("已办理：", "Done: ")+a.page.In(a.words), func(r *refusal.Refusal) {
		if len(r.Fields) > 0 && s.blamesContent(a, r) {
			return
		}
		a.form.Blame(r.Fields)
		a.whole = r.Detail(a.page.Language)
		s.showForm(a, casework.Status(r.Code, r.Class()))
	})
}

// settle answers for a command that was given: it leads on to next where told is said, to where one waits for it, or says why not.
func (s *server) settle(v *visit, done casework.Done, err error, next, told string, refused func(*refusal.Refusal)) {
	switch {
	case errors.Is(err, casework.ErrStillRunning):
		v.Redirect(http.StatusSeeOther, "/commands/"+done.Command+"?next="+url.QueryEscape(next))
	case err != nil:
		v.fail(err)
	case done.Refusal != nil:
		refused(done.Refusal)
	default:
		v.goOn(next, told)
	}
}

// onlyShown reports whether a form was sent to be looked at again, and nothing is to be carried out: it comes back after a pause, asks for a check,
// or lacks the key under which it would be carried out once.
func onlyShown(sent url.Values) bool {
	return sent.Has(formResumed) || sent.Has(formCheck) || sent.Get(formKey) == ""
}

func statusFor(faults []refusal.Field) int {
	if len(faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (s *server) order(a *act, sent url.Values, in any) casework.Order {
	data := mustJSON(in)
	o := casework.Order{
		Of: a.place.def, Command: a.command, Key: sent.Get(formKey), Data: data, Opens: a.view == nil && a.outside == "", Case: a.outside,
		Fingerprint: casework.Fingerprint("form", a.url(), sent.Get(formVersion), string(data)),
	}
	if a.view != nil {
		o.Case = a.view.Head.ID
	}
	if n, err := strconv.ParseInt(sent.Get(formVersion), 10, 64); err == nil {
		o.IfVersion = n
	}
	return o
}

// mustJSON writes an input, which was read as JSON's own types.
func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("an input made of JSON's own types: " + err.Error())
	}
	return raw
}

// addRow shows one more row in a list.
func addRow(fields []form.Field, list string) {
	for i := range fields {
		f := &fields[i]
		if f.Name == list && f.Kind == form.Rows && !f.Fixed {
			f.Rows = append(f.Rows, f.Another)
		}
		addRow(f.Fields, list)
	}
}

// askOnCase, takeOnCase: a command on a case.
func (s *server) askOnCase(p *place) func(*visit) {
	return func(v *visit) {
		if p.def.Kind() == authorization.Kind && v.Param("command") == "edit" {
			v.Redirect(http.StatusSeeOther, p.href(v.Param("id"))+"/apply/"+topics[0].name)
			return
		}
		if a := s.actOn(v, p, v.Param("id"), "", v.Param("command")); a != nil {
			s.ask(a)
		}
	}
}

func (s *server) takeOnCase(p *place) func(*visit) {
	return func(v *visit) {
		if a := s.actOn(v, p, v.Param("id"), "", v.Param("command")); a != nil {
			s.take(a, func(casework.Done) string { return s.after(a) })
		}
	}
}

// after is where a command on a case leads to.
func (s *server) after(a *act) string {
	if a.command == "delete-draft" {
		return "/cases"
	}
	home := a.place.href(a.view.Head.ID)
	if item := a.filled.Get("item"); a.place.def.Kind() == meeting.Kind && item != "" {
		return home + "?item=" + url.QueryEscape(item)
	}
	switch part := partOf(a); part {
	case "agreement", "operation", "questions":
		return home + "?tab=" + part
	default:
		return home
	}
}

// commandPage is the page that asks for one command: beside a task's material, beside the part of the case that it is about, on a page of its own,
// or by itself.
func (s *server) commandPage(a *act) (templ.Component, error) {
	if a.task != nil {
		return s.taskPage(a)
	}
	if trigger, ok := deliberate[a.command]; ok && a.view != nil {
		return exitStartPage(a, groundGroups(a.view.Policy, trigger)), nil
	}
	if _, ok := subjectOf(a).(*exit.Exit); ok {
		return s.exitCommand(a)
	}
	if c, ok := subjectOf(a).(*authorization.Authorization); ok && a.command == "propose-agreement" {
		return agreementForm(a, c), nil
	}
	if a.place.def.Kind() == authorization.Kind {
		switch a.command {
		case "draft":
			return draftPage(a), nil
		case "submit", "resubmit":
			return s.checkPage(a)
		}
	}
	if _, ok := subjectOf(a).(*plan.Plan); ok && (a.command == "edit" || a.command == "amend") {
		return planForm(a), nil
	}
	switch page, err := s.beside(a); {
	case err != nil:
		return nil, err
	case page != nil:
		content, err := page.at.show(page)
		return commandBeside(page, a, content), err
	}
	about := a.T("返回", "Back")
	if a.view != nil {
		about = a.view.Head.Title
	}
	return commandForm(a, a.page.In(a.words), about), nil
}

// beside is the page of the case beside a part of which a command is given; nil for those that stand on a page of their own.
func (s *server) beside(a *act) (*casePage, error) {
	switch a.place.def.Kind() {
	case plan.Kind:
		return s.planCommand(a)
	case product.Kind:
		return s.productCommand(a)
	case finding.Kind:
		return s.findingCommand(a)
	case complaint.Kind:
		return s.complaintCommand(a)
	case finance.Kind:
		return s.financeCommand(a)
	}
	return s.authorizationCommand(a)
}

// subjectOf is the case that an act is about; nil when it opens one.
func subjectOf(a *act) lifecycle.Case {
	if a.view == nil {
		return nil
	}
	return a.view.Subject
}

// back is where the form of an act leads without it.
func (a *act) back() string {
	switch {
	case a.outside != "":
		return publicURL(a.place.def.Kind(), a.outside)
	case a.view == nil && slices.Contains(filledOnCase, a.place.def.Kind()):
		return "/cases"
	case a.view == nil:
		return "/" + a.place.name
	case a.task != nil:
		return "/tasks/" + url.PathEscape(a.task.ID)
	default:
		return a.place.href(a.view.Head.ID)
	}
}
