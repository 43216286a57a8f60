package web

import (
	"net/http"
	"slices"

	"datacharter/casework"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/form"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// deliberate are the commands that end an authorization. They are given in three steps: ground and evidence, what it will close, and a sentence to confirm.
// Nothing is changed before the last.
var deliberate = map[string]policy.Trigger{"open-exit": policy.ByAdministrator, "waive": policy.ByOperator}

// What the forms of such a command send beside its input.
const (
	formStep  = "step"  // which step comes next
	formSure  = "sure"  // the ID of the case that the visitor confirms to end
	stepBack  = "back"  // to ground and evidence, with what was filled in
	stepTaken = "taken" // the command is given
)

// groundGroup are the grounds of one way in which an authorization ends.
type groundGroup struct {
	way     text.Text
	grounds []policy.ExitGround
}

// groundGroups parts the grounds that a trigger may use by way, in the order of the law's strictness as policy.Ways has it.
func groundGroups(p *policy.Profile, by policy.Trigger) []groundGroup {
	var out []groundGroup
	for _, w := range policy.Ways {
		g := groundGroup{way: w.Words}
		for _, ground := range p.Exit.Grounds {
			if ground.Way == w.Code && ground.Trigger == by {
				g.grounds = append(g.grounds, ground)
			}
		}
		if g.grounds != nil {
			out = append(out, g)
		}
	}
	return out
}

// closing is what an exit would close, to be seen before it is opened.
type closing struct {
	*casePage
	act       *act
	a         *authorization.Authorization
	ground    policy.ExitGround
	input     authorization.ExitInput
	version   *authorization.Version // of the agreement; nil while there is none
	resources []string               // in scope, by ID
	known     known
	unsure    bool // the sentence was not ticked
}

// deliberated takes a command in steps and reports whether it may be given now; otherwise it has answered with the step that comes next.
func (s *server) deliberated(a *act, in any) bool {
	if _, ok := deliberate[a.command]; !ok || a.view == nil {
		return true
	}
	step := a.sent.Get(formStep)
	if step == stepBack {
		s.showForm(a, http.StatusOK)
		return false
	}
	taken := step == stepTaken
	if taken && a.sent.Get(formSure) == a.view.Head.ID {
		return true
	}
	switch refused, err := s.Foresee(a.ctx, a.actor, a.view, a.command, mustJSON(in)); {
	case err != nil:
		a.fail(err)
		return false
	case refused != nil:
		a.form.Blame(refused.Fields)
		a.whole = refused.Detail(a.page.Language)
		s.showForm(a, casework.Status(refused.Code, refused.Class()))
		return false
	}
	c, err := s.closingOf(a, *in.(*authorization.ExitInput))
	if err != nil {
		a.fail(err)
		return false
	}
	c.unsure = taken
	status := http.StatusOK
	if c.unsure {
		status = http.StatusUnprocessableEntity
	}
	a.show(status, a.page.In(a.words), closingPage(c))
	return false
}

func (s *server) closingOf(a *act, in authorization.ExitInput) (*closing, error) {
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	c := &closing{casePage: page, act: a, a: authorizationOf(a.view), input: in}
	grounds := a.view.Policy.Exit.Grounds
	c.ground = grounds[slices.IndexFunc(grounds, func(g policy.ExitGround) bool { return g.Code == in.Ground })] // the table would refuse another
	var agreements []agreement.Agreement
	c.resources = c.a.Application.Resources
	if n := len(c.a.Versions); n > 0 {
		c.version = &c.a.Versions[n-1]
		c.resources = c.version.Content.Resources
		agreements = append(agreements, c.version.Content)
	}
	if c.known, err = s.knownOf(a.visit, a.view.Policy, []authorization.Application{c.a.Application}, agreements...); err != nil {
		return nil, err
	}
	c.known.files, err = s.Store.Attachments(a.ctx, a.actor, unique(in.Evidence))
	return c, err
}

// listed are the products on offer.
func (c *closing) listed() []authorization.Product {
	var out []authorization.Product
	for _, p := range c.a.Products {
		if p.Listed {
			out = append(out, p)
		}
	}
	return out
}

// openTasks are the tasks that are dropped when the authorization closes.
func (c *closing) openTasks() []lifecycle.Task {
	var out []lifecycle.Task
	for _, t := range c.view.Head.Tasks {
		if t.Active() {
			out = append(out, t)
		}
	}
	return out
}

// running are the time limits that still matter.
func (c *closing) running() []ui.Due {
	return slices.DeleteFunc(slices.Clone(c.dues), func(d ui.Due) bool { return !d.Open() })
}

// stage is one step of the procedure that an exit follows, with who takes it and within which limit.
type stage struct {
	words text.Text
	who   text.Text
	limit *policy.Limit
	duty  *policy.Duty
}

var systemWords = text.Text{ZH: "系统", EN: "the system"}

// procedure is what will follow until the wind-down begins.
func (c *closing) procedure() []stage { return procedureOf(c.ground, c.view.Policy.Exit) }

func procedureOf(ground policy.ExitGround, rules policy.ExitRules) []stage {
	var out []stage
	if ground.Interim {
		out = append(out, stage{words: text.Text{ZH: "立即暂停运营机构的数据访问，直至决定作出", EN: "The operator's access to the data is suspended at once, until the decision"}, who: systemWords})
	}
	out = append(out, stage{words: text.Text{
		ZH: "告知运营机构退出的情形、事实与理由、证据和权利", EN: "The operator is told the ground, the facts and reasons, the evidence and its rights",
	}, who: systemWords})
	if ground.Adverse {
		out = append(out, stage{
			words: text.Text{ZH: "运营机构陈述申辩，逐点说明", EN: "The operator states its defence, point by point"},
			who:   text.Text{ZH: "运营机构", EN: "the operator"}, limit: &rules.Statement,
		})
	}
	return append(out,
		stage{
			words: text.Text{ZH: "作出决定，逐点答复陈述申辩；启动人不得作出决定", EN: "The decision is taken, and answers every point of the defence; not by who opened the exit"},
			who:   identity.RoleWords(identity.ExitDecider), limit: &rules.Decision,
		},
		stage{
			words: text.Text{ZH: "送达决定，自送达之日起生效", EN: "The decision is served, and takes effect that day"},
			who:   identity.RoleWords(identity.CaseOfficer), limit: &rules.Service, duty: &rules.Remedies,
		})
}

// stepTaker says who takes a step of the wind-down.
func stepTaker(by string, kind identity.Kind, role identity.Role) text.Text {
	if by == policy.BySystem {
		return systemWords
	}
	k, r := words.Kind(kind), identity.RoleWords(role)
	return text.Text{ZH: k.ZH + r.ZH, EN: r.EN + " of the " + k.EN}
}

// fieldNamed is the control with a name; nil when the form has none.
func fieldNamed(f *form.Form, name string) *form.Field {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return &f.Fields[i]
		}
	}
	return nil
}
