package web

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/content"
	"datacharter/web/ui"
)

// planTabs are the parts of the page of a plan.
func (s *server) planTabs() []tab {
	return []tab{
		{name: "plan", words: text.Text{ZH: "实施方案", EN: "Plan"}, show: s.planTab},
		{name: "comment", words: text.Text{ZH: "公众意见", EN: "Public comment"}, when: commentedOn, show: s.commentTab},
		{name: "changes", words: text.Text{ZH: "版本和变更", EN: "Versions and changes"}, when: hasVersions, show: s.planChangesTab},
		stand,
	}
}

func planOf(v *casework.View) *plan.Plan {
	return v.Subject.(*plan.Plan) //nolint:forcetypeassert // by its kind
}

// commentedOn reports whether the public is or was heard on the plan.
func commentedOn(v *casework.View) bool { return planOf(v).Comment != nil }

// hasVersions reports whether there is a version in force, or was, to compare with.
func hasVersions(v *casework.View) bool {
	p := planOf(v)
	return len(p.Versions) > 0 || len(p.Failures) > 0
}

// planView is a plan as its page shows it.
type planView struct {
	*casePage
	p        *plan.Plan
	versions []ui.Link     // what is being written, and the versions, the newest first
	at       *plan.Version // the one that is shown; nil for what is being written or reviewed
	items    []planItem
	hash     string
	files    known
	beside   *overlap
}

// planTab shows the content in its items: the version in force, unless there is none yet or the visitor chose another.
func (s *server) planTab(c *casePage) (templ.Component, error) {
	p := planOf(c.view)
	v := planView{casePage: c, p: p}
	last := len(p.Versions)
	writing := last == 0 || p.Drafted.Hash() != p.Versions[last-1].Hash
	chosen, err := versionOf(c.Query("version"), last, writing)
	if err != nil {
		return nil, err
	}
	shown := p.Drafted
	if chosen > 0 {
		v.at = p.Version(chosen)
		shown = v.at.Content
	}
	if writing {
		v.versions = append(v.versions, ui.Link{URL: c.tabURL(c.at) + "&version=0", Words: c.T("正在办理的文本", "The text under way"), Current: chosen == 0})
	}
	for n := last; n > 0; n-- {
		v.versions = append(v.versions, ui.Link{
			URL: c.tabURL(c.at) + "&version=" + strconv.Itoa(n), Current: chosen == n,
			Words: c.T("第"+strconv.Itoa(n)+"版 · ", "Version "+strconv.Itoa(n)+" · ") + c.page.DayOf(p.Versions[n-1].From),
		})
	}
	k, err := s.knownOfPlan(c.visit, c.view.Policy, shown)
	if err != nil {
		return nil, err
	}
	v.items, v.hash = itemsOf(c.view.Policy.Plan, content.Of(shown, k.names)), shown.Hash()
	if err := s.namePlan(c, p); err != nil {
		return nil, err
	}
	if v.files.files, err = s.Store.Attachments(c.ctx, c.actor, unique(p.AttachmentDigests())); err != nil {
		return nil, err
	}
	v.beside, err = s.overlapOf(c.visit, c.view.Policy, p.ID, p.ResourceIDs(), shown.Exclusive)
	return planPage(v), err
}

// namePlan looks up who did what in a plan.
func (s *server) namePlan(c *casePage, p *plan.Plan) error {
	var people, organizations []string
	add := func(person, organization string) {
		people, organizations = append(people, person), append(organizations, organization)
	}
	for _, v := range p.Versions {
		add(v.By.Person, v.By.Organization)
		if v.Filing != nil {
			add(v.Filing.By.Person, v.Filing.By.Organization)
		}
	}
	if p.Open != nil {
		add(p.Open.By.Person, p.Open.By.Organization)
	}
	if p.Change != nil {
		add(p.Change.By.Person, p.Change.By.Organization)
	}
	return s.alsoName(c, people, organizations)
}

// reviewFinding is what a review found, with what the profile calls it.
type reviewFinding struct {
	plan.Finding
	title text.Text
}

// findings are those of the present round.
func findingsOf(p *plan.Plan, rules *policy.Plan) []reviewFinding {
	out := make([]reviewFinding, len(p.Findings))
	for i, f := range p.Findings {
		out[i] = reviewFinding{f, both(f.Review)}
		for _, r := range rules.Review.Reviews {
			if r.Name == f.Review {
				out[i].title = r.Title
			}
		}
	}
	return out
}

// commentTab shows what the public said, and what was done about it.
func (s *server) commentTab(c *casePage) (templ.Component, error) {
	return commentPage(c, planOf(c.view)), nil
}

// planRevision is one version with what it changed.
type planRevision struct {
	plan.Version
	changes []content.Difference // against the version before; nil for the first
}

// planChanges is the history of a plan as its page shows it.
type planChanges struct {
	*casePage
	p         *plan.Plan
	under     []content.Difference // of the change under way against the version in force
	revisions []planRevision       // the newest first
}

// planChangesTab shows what each version changed, and what the change under way is about to.
func (s *server) planChangesTab(c *casePage) (templ.Component, error) {
	p := planOf(c.view)
	contents := []plan.Content{p.Drafted}
	for _, v := range p.Versions {
		contents = append(contents, v.Content)
	}
	k, err := s.knownOfPlan(c.visit, c.view.Policy, contents...)
	if err != nil {
		return nil, err
	}
	between := func(before, after plan.Content) []content.Difference {
		return content.Changes(content.Compare(content.Of(before, k.names), content.Of(after, k.names)))
	}
	h := planChanges{casePage: c, p: p}
	for i, v := range p.Versions {
		r := planRevision{Version: v}
		if i > 0 {
			r.changes = between(p.Versions[i-1].Content, v.Content)
		}
		h.revisions = append(h.revisions, r)
	}
	slices.Reverse(h.revisions)
	if v := p.InForce(); v != nil && p.Change != nil {
		h.under = between(v.Content, p.Drafted)
	}
	return planChangesPage(h), s.namePlan(c, p)
}
