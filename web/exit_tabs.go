package web

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// exitTabs are the parts of the page of an exit; once the wind-down has begun its board comes first.
func (s *server) exitTabs() []tab {
	board := tab{name: "wind-down", words: text.Text{ZH: "清退", EN: "Wind-down"}, show: s.windDownTab}
	first, later := board, board
	first.when = windingDown
	later.when = func(v *casework.View) bool { return !windingDown(v) }
	return []tab{
		first,
		{name: "procedure", words: text.Text{ZH: "退出程序", EN: "Procedure"}, show: s.procedureTab},
		later,
		{name: "after", words: text.Text{ZH: "救济与后续", EN: "Remedies and afterwards"}, when: afterwards, show: s.afterTab},
		stand,
	}
}

func exitOf(v *casework.View) *exit.Exit { return v.Subject.(*exit.Exit) } //nolint:forcetypeassert // by its kind

// windingDown reports whether the wind-down has begun.
func windingDown(v *casework.View) bool {
	return v.State.Phase == exit.WindDownPhase || v.State.Phase == exit.AfterPhase
}

// exitView is an exit as its page shows it.
type exitView struct {
	*casePage
	exit   *exit.Exit
	of     string // title of the authorization; empty when the visitor may not see it
	files  known
	titles map[string]string // of the other cases that the visitor may see
	points []point
	act    *act // the decision as it is filled in; nil when none is asked for
}

// point is one point of the defence, with its answer once there is one.
type point struct {
	no     int // 1, 2 …
	text   string
	answer *exit.Answer
	fields []form.Field // of the answer, while the decision is filled in
}

// exitView looks up what an exit refers to.
func (s *server) exitView(c *casePage) (*exitView, error) {
	v := &exitView{casePage: c, exit: exitOf(c.view)}
	var people, organizations []string
	by := func(b *identity.By) {
		if b != nil && b.Person != identity.SystemPerson {
			people, organizations = append(people, b.Person), append(organizations, b.Organization)
		}
	}
	digests := v.exit.AttachmentDigests()
	by(&v.exit.Request.RequestedBy)
	by(v.exit.Request.AgreedBy)
	for i := range v.exit.Defence.Statements {
		st := &v.exit.Defence.Statements[i]
		by(&st.By)
		for _, p := range st.Points {
			v.points = append(v.points, point{no: len(v.points) + 1, text: p})
		}
	}
	if d := v.exit.Decision; d != nil {
		by(&d.By)
		for i := range min(len(d.Answers), len(v.points)) {
			v.points[i].answer = &d.Answers[i]
		}
	}
	if sv := v.exit.Service; sv != nil {
		by(&sv.By)
	}
	if v.exit.Stop != nil {
		by(&v.exit.Stop.By)
	}
	for i := range v.exit.Steps {
		by(v.exit.Steps[i].DoneBy)
	}
	for _, b := range v.exit.Signers() {
		by(&b)
	}
	if err := s.alsoName(c, people, organizations); err != nil {
		return nil, err
	}
	cases := []string{v.exit.Authorization}
	for _, r := range v.exit.Related {
		cases = append(cases, r.Case)
	}
	titles, err := s.Store.CaseTitles(c.ctx, c.actor, cases)
	if err != nil {
		return nil, err
	}
	v.of, v.titles = titles[v.exit.Authorization].Title, map[string]string{}
	for id, t := range titles {
		v.titles[id] = t.Title
	}
	v.files.files, err = s.Store.Attachments(c.ctx, c.actor, unique(digests))
	return v, err
}

func (s *server) procedureTab(c *casePage) (templ.Component, error) {
	v, err := s.exitView(c)
	if err != nil {
		return nil, err
	}
	return procedurePage(v), nil
}

func (s *server) windDownTab(c *casePage) (templ.Component, error) {
	v, err := s.exitView(c)
	if err != nil {
		return nil, err
	}
	return windDownPage(v), nil
}

// exitCommand is the page that asks for a command on an exit: beside its procedure; the decision has each answer beside its point.
func (s *server) exitCommand(a *act) (templ.Component, error) {
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	after := slices.Contains(ofAfter, a.command)
	part := "procedure"
	if after && afterwards(a.view) {
		part = "after"
	}
	page.choose(part)
	v, err := s.exitView(page)
	if err != nil {
		return nil, err
	}
	switch {
	case a.command == "decide":
	case after:
		return commandBeside(page, a, afterPage(v)), nil
	default:
		return commandBeside(page, a, procedurePage(v)), nil
	}
	v.act = a
	if answers := fieldNamed(a.form, "answers"); answers != nil {
		for i := range min(len(answers.Rows), len(v.points)) {
			v.points[i].fields = answers.Rows[i]
		}
	}
	return decisionPage(v), nil
}

// statement is one statement of the defence with its points.
type statement struct {
	exit.Statement
	points []point
}

func (v *exitView) statements() []statement {
	var out []statement
	from := 0
	for _, st := range v.exit.Defence.Statements {
		out = append(out, statement{st, v.points[from : from+len(st.Points)]})
		from += len(st.Points)
	}
	return out
}

// dueNamed is the open time limit with a name, or nil.
func (v *exitView) dueNamed(name string) *ui.Due {
	for i := range v.dues {
		if v.dues[i].Name == name && v.dues[i].Open() {
			return &v.dues[i]
		}
	}
	return nil
}

// dueOfStep is the time limit that runs for a step, or nil: an operator that lets it pass hands the step to the agency with a limit of its own.
func (v *exitView) dueOfStep(s exit.Step) *ui.Due {
	if t := v.taskOfStep(s); t != nil {
		if d := v.dueOf(*t); d != nil && d.Open() {
			return d
		}
	}
	return v.dueNamed(s.LimitName())
}

func (v *exitView) taskOfStep(s exit.Step) *lifecycle.Task {
	if s.Task == "" {
		return nil
	}
	return v.view.Head.Task(s.Task)
}

// holder says who takes a step: who has it in hand or did it, else for whom it is.
func (v *exitView) holder(s exit.Step) string {
	switch t := v.taskOfStep(s); {
	case s.DoneBy != nil && s.DoneBy.Person != identity.SystemPerson:
		return v.names.organization(s.DoneBy.Organization) + " · " + v.names.person(v.page, s.DoneBy.Person)
	case s.By == policy.BySystem:
		return v.page.In(systemWords)
	case t != nil:
		return taskHolder(v.casePage, *t)
	default:
		return v.page.In(stepTaker(s.By, s.Kind, s.Role))
	}
}

// before names the steps after which a step comes.
func (v *exitView) before(s exit.Step) string {
	var out []string
	for _, b := range v.exit.Steps {
		if slices.Contains(s.After, b.Code) {
			out = append(out, v.page.In(b.Title))
		}
	}
	return strings.Join(out, v.T("、", ", "))
}

// sums are the two sides of a settlement, in fen.
type sums struct{ received, paid int64 }

func (v *exitView) sums(lines []exit.Line) (out sums) {
	for _, l := range lines {
		if l.Side == exit.Received {
			out.received += l.Fen
		} else {
			out.paid += l.Fen
		}
	}
	return out
}

// done counts the steps that are done.
func (v *exitView) done() int { return len(v.exit.Steps) - len(v.exit.StepsLeft()) }
