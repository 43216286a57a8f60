package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/activities"
	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/domain/use"
	"datacharter/store"
	"datacharter/web/form"
)

// findingRaisers raise findings.
var findingRaisers = []identity.Role{identity.CaseOfficer, identity.Auditor}

// raising is the act of raising a finding.
func (s *server) raising(v *visit) *act {
	p := s.placeOf(finding.Kind)
	row, _ := p.def.Row("raise")
	return &act{visit: v, place: p, command: row.Command, words: row.Words, input: p.def.Input(row.Command)}
}

func (s *server) askFinding(v *visit) { s.ask(s.raising(v)) }

func (s *server) takeFinding(v *visit) {
	a := s.raising(v)
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) })
}

// shapeRaising offers the authorisations on which the visitor may raise a finding; the address may name one.
func (s *server) shapeRaising(a *act, suggested url.Values) error {
	states := []lifecycle.State{authorization.Operating, authorization.Suspended}
	page, err := s.Store.ListCases(a.ctx, a.actor, store.CaseFilter{Kind: authorization.Kind, States: states, Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	shape := form.Shape{Kind: form.Select}
	for _, c := range page.Items {
		if mayFind(a.visit, c.Agency) {
			shape.Choices = append(shape.Choices, form.Choice{Value: c.ID, Words: both(c.Title)})
		}
	}
	for _, name := range []string{"authorization", "subject", "found_by", "facts", "origin"} {
		if value := a.Query(name); value != "" {
			suggested.Set(name, value)
		}
	}
	a.shapes["authorization"] = shape
	a.shapes["subject"] = form.Shape{Kind: form.Radios}
	if p, ok := s.Policies.Newest(activities.DefaultPolicy); ok && p.Supervision != nil {
		a.shapes["subject"] = form.Shape{Kind: form.Radios, Choices: subjectChoices(p.Supervision.Subjects)}
	}
	a.shapes["evidence"] = form.Shape{}
	return nil
}

// mayFind reports whether the visitor raises findings on an agency's authorisations.
func mayFind(v *visit, agency string) bool {
	return slices.ContainsFunc(v.actor.Grants, func(g identity.Grant) bool {
		return g.Role == identity.Auditor || g.Role == identity.CaseOfficer && g.Organization == agency
	})
}

func subjectChoices(subjects []policy.Ground) []form.Choice {
	var out []form.Choice
	for _, g := range subjects {
		out = append(out, form.Choice{Value: g.Code, Words: g.Title, Hint: source(g.Source)})
	}
	return out
}

// shapeFinding offers the grounds on which a consequence can rest.
func shapeFinding(a *act, _ *finding.Finding) {
	switch a.command {
	case "suspend-operation":
		a.shapes["ground"] = form.Shape{Kind: form.Select, Choices: groundChoices(a.view.Policy.Operation.SuspensionGrounds)}
	case "propose-exit":
		a.shapes["ground"] = form.Shape{Kind: form.Radios, Choices: exitGrounds(a.view.Policy, policy.ByAdministrator)}
	case "hand-in":
		a.shapes["evidence"] = form.Shape{Needed: true}
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	}
}

// suggestAsked suggests the ground on which findings ask for a suspension or an exit, where there is one alone.
func suggestAsked(c *authorization.Authorization, what authorization.Asked, suggested url.Values) {
	var grounds []string
	for _, f := range c.Asking(what) {
		grounds = append(grounds, f.Ground)
	}
	if grounds = unique(grounds); len(grounds) == 1 {
		suggested.Set("ground", grounds[0])
	}
}

// findingCommand is the page that asks for a command on a finding, beside what it is about.
func (s *server) findingCommand(a *act) (*casePage, error) {
	if a.view == nil || a.task != nil || a.command == lifecycle.Recount {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose("finding")
	page.doing = true
	return page, nil
}

// findingTabs are the parts of the page of a finding.
func (s *server) findingTabs() []tab {
	return []tab{
		{name: "finding", words: text.Text{ZH: "问题和整改", EN: "Finding and rectification"}, show: s.findingTab},
		stand,
	}
}

func findingOf(v *casework.View) *finding.Finding {
	return v.Subject.(*finding.Finding) //nolint:forcetypeassert // by its kind
}

// findingView is a finding as its page shows it.
type findingView struct {
	*casePage
	f        *finding.Finding
	files    known
	of       string // title of the authorisation
	follows  string // address of the complaint that it follows from; empty for none, and for those who do not see it
	grounds  map[string]text.Text
	previous string // the finding before, of the same sort of uses; empty for none
}

func (s *server) findingTab(c *casePage) (templ.Component, error) {
	v := findingView{casePage: c, f: findingOf(c.view), grounds: map[string]text.Text{}}
	v.of = v.f.Authorization
	summary, err := s.Store.GetCaseSummary(c.ctx, c.actor, authorization.Kind, v.f.Authorization)
	switch {
	case err == nil:
		v.of = summary.Title
	case refusalOf(err) == nil:
		return nil, err
	}
	if v.follows, err = s.complaintBehind(c, v.f.Origin); err != nil {
		return nil, err
	}
	for _, g := range c.view.Policy.Operation.SuspensionGrounds {
		v.grounds[g.Code] = g.Title
	}
	for _, g := range c.view.Policy.Exit.Grounds {
		v.grounds[g.Code] = g.Title
	}
	if base, number, ok := strings.Cut(v.f.ID, "."); ok {
		if n, err := strconv.Atoi(number); err == nil && n > 1 {
			v.previous = base + "." + strconv.Itoa(n-1)
		}
	}
	if v.files.files, err = s.Store.Attachments(c.ctx, c.actor, unique(v.f.AttachmentDigests())); err != nil {
		return nil, err
	}
	return findingPage(v), s.nameFinding(c, v.f)
}

// nameFinding looks up who did what.
func (s *server) nameFinding(c *casePage, f *finding.Finding) error {
	all := []identity.By{f.RaisedBy}
	if f.Order != nil {
		all = append(all, f.Order.By)
	}
	if f.Dismissal != nil {
		all = append(all, f.Dismissal.By)
	}
	for _, h := range f.Handed {
		all = append(all, h.By)
	}
	for _, i := range f.Inspections {
		all = append(all, i.By)
	}
	for _, d := range f.Declined {
		all = append(all, d.By)
	}
	var people, organizations []string
	for _, by := range all {
		people, organizations = append(people, by.Person), append(organizations, by.Organization)
	}
	return s.alsoName(c, people, organizations)
}

// useReason says why the uses lie beyond the scope, and by which article.
func useReason(code string) use.CodeInfo { return use.Code(code).Info() }

// ground names the ground of a consequence.
func (v findingView) ground(code string) text.Text {
	if w, ok := v.grounds[code]; ok {
		return w
	}
	return both(code)
}

// hangs reports whether the authorisation is to be acted on by the visitor: the agency's administrator.
func (v findingView) hangs() bool {
	return v.f.Asks() != "" && slices.ContainsFunc(v.actor.Grants, func(g identity.Grant) bool {
		return g.Role == identity.Administrator && g.Organization == v.f.Agency
	})
}
