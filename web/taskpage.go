package web

import (
	"encoding/hex"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/registration"
	"datacharter/domain/text"
	"datacharter/web/ui"
)

// taskPage is a task with all that is needed to do it: what it is about at the left, and what waits for the visitor at the right.
type taskPage struct {
	*casePage
	task     *lifecycle.Task
	act      *act // the form of the command that does the task, or another on it; nil when none is shown
	rule     *taskRule
	due      *ui.Due // of the task; nil when no limit runs for it
	other    []action
	material templ.Component
	checked  *settlement // the accounts as filled in, once the visitor had them checked
	key      string
}

// taskRule is what a task is for and by which article.
type taskRule struct {
	words   text.Text
	article text.Text
	place   text.Text // in the order of the case, such as the stage; zero when that says nothing
}

// finishing are the commands that do a task; the form of the one that the visitor may give is part of the task's page.
var finishing = []string{"decide", "finish-step", "accept", "pass-review", "dismiss", "record-code", "deregister"}

// instead are the commands that do a task the other way. They have a page of their own.
var instead = []string{"return", "refuse", "fail-review", "uphold", "decline-deregistration"}

// handling are the commands by which a task changes hands. They have no form.
var handling = map[string]bool{"claim": true, "release": true}

// showTask shows a task with its case, and the form that does it to who holds it.
func (s *server) showTask(v *visit) {
	a := s.onTask(v, "claim")
	if a == nil {
		return
	}
	for _, command := range finishing {
		if row, ok := a.place.def.Row(command); ok && a.view.MayOn(a.task.ID, command) {
			a.command, a.words, a.input = command, row.Words, a.place.def.Input(command)
			if err := s.prepare(a, nil); err != nil {
				v.fail(err)
				return
			}
		}
	}
	page, err := s.taskPage(a)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.page.In(a.task.Title)+" – "+a.view.Head.Title, page)
}

// taskPage is the page of a task with the form of an act on it, where it has one.
func (s *server) taskPage(a *act) (templ.Component, error) {
	c, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	p := &taskPage{casePage: c, task: a.task, due: c.dueOf(*a.task), act: a, key: random(16, hex.EncodeToString)}
	for _, other := range c.onTask(*a.task) {
		if !handling[other.Command] && (other.Command != a.command || a.form == nil) {
			p.other = append(p.other, other)
		}
	}
	switch subject := a.view.Subject.(type) {
	case *authorization.Authorization:
		p.rule = reviewRule(p)
		p.material, err = s.reviewMaterial(p, subject)
	case *exit.Exit:
		p.rule = stepRule(p, subject)
		p.checked = checkedAccounts(a)
		p.material, err = s.stepMaterial(p, subject)
	case *registration.Registration:
		p.rule = registrationRule(p)
		p.material, err = s.registrationMaterial(p.casePage, subject)
	case *plan.Plan:
		p.rule = planRule(p)
		p.material, err = s.planMaterial(p, subject)
	case *product.Product:
		p.rule = productRule(p)
		p.material, err = s.productMaterial(p, subject)
	}
	if err != nil {
		return nil, err
	}
	return taskWhole(p), nil
}

// asks reports whether the page has a form to fill in.
func (p *taskPage) asks() bool { return p.act.form != nil && !handling[p.act.command] }

// The buttons that say where to go on after a task.
const (
	thenField = "then"
	thenNext  = "next"
)

// afterTask: who has claimed a task goes on with it, who has finished one to the next or to his inbox.
func (s *server) afterTask(a *act) string {
	switch {
	case a.command == "claim":
		return "/tasks/" + a.task.ID
	case !isFinishing(a.command) && !handling[a.command]:
		return "/tasks/" + a.task.ID // a question asked on the way
	case a.sent.Get(thenField) != thenNext:
		return "/inbox"
	}
	next, err := s.nextTask(a.visit, a.task.ID, a.sent.Get(formKey)+"/then")
	if err != nil {
		a.fault = err // the command itself is carried out
	}
	if next == "" {
		return "/inbox"
	}
	return "/tasks/" + next
}

func isFinishing(command string) bool {
	return slices.Contains(finishing, command) || slices.Contains(instead, command)
}
