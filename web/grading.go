package web

import (
	"net/http"
	"strconv"

	"datacharter/casework"
	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
)

// gradingSection is what is known of the classification and grading of a resource, as it is shown.
type gradingSection struct {
	*visit
	server   *server
	resource catalogue.Resource
	known    casework.Graded
	names    names
	sources  []sourceLine
	files    map[string]store.AttachmentView // of the evidence, what the visitor may have
	may      bool                            // the visitor may grade
}

// sourceLine is one source of a derivation, with its title.
type sourceLine struct {
	grading.Source
	title string
}

// gradingOf finds what is known of the grading of a resource.
func (s *server) gradingOf(v *visit, r catalogue.Resource) (*gradingSection, error) {
	known, err := s.Grading(v.ctx, v.actor, r.ID)
	if err != nil {
		return nil, err
	}
	g := &gradingSection{visit: v, server: s, resource: r, known: known, may: len(grading.Capacities(v.actor)) > 0}
	var people, organizations []string
	for _, one := range known.History {
		people, organizations = append(people, one.By.Person), append(organizations, one.By.Organization)
	}
	if g.names, err = s.namesOf(v.ctx, people, organizations); err != nil {
		return nil, err
	}
	if now := known.Current(); now != nil {
		ids := make([]string, len(now.Sources))
		for i, source := range now.Sources {
			ids[i] = source.Resource
		}
		titles, err := s.resourceChoices(v, ids)
		if err != nil {
			return nil, err
		}
		for i, source := range now.Sources {
			g.sources = append(g.sources, sourceLine{source, v.page.In(titles[i].Words)})
		}
		if g.files, err = s.Store.Attachments(v.ctx, v.actor, now.Input.Evidence); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func gradingURL(r catalogue.Resource) string { return resourceURL(r) + "/grading" }

// class are the facts of a grading's classification and what was stated besides the harm.
func (g *gradingSection) class(one grading.Grading) []pair {
	label := func(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }
	in := one.Input
	out := []pair{{label("行业领域", "Sector"), g.page.In(in.Sector.Words())}}
	for _, a := range in.Attributes.List() {
		out = append(out, pair{a.Words, a.Value})
	}
	if in.Personal {
		basis := g.T("依据未注明", "basis not stated")
		if in.Basis != "" {
			basis = g.page.In(in.Basis.Words())
		}
		out = append(out, pair{label("个人信息", "Personal information"), g.T("有，", "yes, ") + basis})
	}
	if in.Shared {
		out = append(out, pair{label("取得方式", "Obtained"), g.T("以共享方式取得", "by sharing between bodies")})
	}
	if in.Processing != "" {
		out = append(out, pair{label("所作处理", "Processing"), g.page.In(in.Processing.Words()) + g.T("：", ": ") + in.ProcessingReason})
	}
	out = append(out, pair{label("评定", "Graded"), g.by(one)})
	return append(out, pair{label("标准", "Standard"), one.Standard + g.T("，判定表第 "+one.Table+" 版", ", decision table version "+one.Table)})
}

// by says who graded, in what capacity and when.
func (g *gradingSection) by(one grading.Grading) string {
	return g.names.person(g.page, one.By.Person) + g.T("（", " (") + g.names.organization(one.By.Organization) + g.T("，", ", ") +
		g.page.In(identity.RoleWords(one.By.Role)) + g.T("），", "), ") + g.page.Moment(one.At)
}

// chosen is the pair that a grading states of an object; nil for no harm to it.
func chosen(one grading.Grading, object grading.Object) *grading.Pair {
	for i, p := range one.Input.Pairs {
		if p.Object == object {
			return &one.Input.Pairs[i]
		}
	}
	return nil
}

// change says how a grading's grade stands to that of the one before it.
func (g *gradingSection) change(i int) string {
	if i == 0 {
		return g.T("首次", "first")
	}
	before, now := g.known.History[i-1].Grade, g.known.History[i].Grade
	switch {
	case now.Above(before):
		return g.T("升级", "raised")
	case before.Above(now):
		return g.T("降级", "lowered")
	default:
		return g.T("未变", "unchanged")
	}
}

// fewRaised is how many authorisations the page names.
const fewRaised = 20

// raised are the authorisations that the page names.
func (g *gradingSection) raised() []store.CaseSummary {
	return g.known.Raised[:min(len(g.known.Raised), fewRaised)]
}

// unshown says that there are authorisations which the page does not name; empty when it names all.
func (g *gradingSection) unshown() string {
	rest := strconv.Itoa(len(g.known.Raised) - fewRaised)
	switch {
	case g.known.More:
		return g.T("此外还有。", "There are others.")
	case len(g.known.Raised) > fewRaised:
		return g.T("另有 "+rest+" 件。", "And "+rest+" more.")
	default:
		return ""
	}
}

// gradeTone lets the higher grades stand out.
var gradeTone = map[grading.Grade]string{grading.Core: "dc-tag--bad", grading.Important: "dc-tag--warn", grading.General: "dc-tag--ok"}

func (s *server) askGrading(v *visit) {
	f := s.gradingForm(v)
	if f == nil {
		return
	}
	if err := s.prepareGrading(f, f.suggested()); err != nil {
		v.fail(err)
		return
	}
	f.render(http.StatusOK)
}
