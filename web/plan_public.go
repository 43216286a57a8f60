package web

import (
	"encoding/json"
	"fmt"
	"net/url"

	"datacharter/domain/calendar"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// Addresses of what the public is told of plans.
const (
	plansPath = registerPath + "/plans"
	heardPath = plansPath + "/heard"
)

// toldPlan is what the public was told of a plan at one time.
type toldPlan struct {
	id string // of the case
	at string
	plan.PublicPlan
}

func publicPlanOf(p store.PublicationView) (plan.PublicPlan, error) {
	var told plan.PublicPlan
	if err := json.Unmarshal(p.Content, &told); err != nil {
		return told, fmt.Errorf("publication %s: %w", p.ID, err)
	}
	return told, nil
}

// publicPlan is a plan as it is published now; nil when it was never published.
func (s *server) publicPlan(v *visit, id string) (*plan.PublicPlan, error) {
	found, err := s.toldPlans(v, store.PublicationFilter{Case: id, Subject: plan.EntrySubject, Newest: true, Limit: 1})
	if err != nil || len(found.told) == 0 {
		return nil, err
	}
	return &found.told[0].PublicPlan, nil
}

// heard reports whether the public is heard on the plan now, as its case has it: a day announced may have come before the case took note of it.
func (s *server) heard(v *visit, id string) (bool, error) {
	subject, err := s.Store.Case(v.ctx, plan.Machine, id)
	if err != nil {
		return false, err
	}
	p, ok := subject.(*plan.Plan)
	return ok && p.State == plan.Reviewing && p.Comment != nil && !p.Comment.Over, nil
}

// toldPlans is a part of what the public was told of plans.
type toldPlans struct {
	told []toldPlan
	next string
}

func (s *server) toldPlans(v *visit, f store.PublicationFilter) (toldPlans, error) {
	page, err := s.Store.ListPublications(v.ctx, f)
	if err != nil {
		return toldPlans{}, err
	}
	out := toldPlans{next: page.Next}
	for _, p := range page.Items {
		told, err := publicPlanOf(p)
		if err != nil {
			return out, err
		}
		out.told = append(out.told, toldPlan{p.Case, v.page.Moment(p.At), told})
	}
	return out, nil
}

// planList is a list of plans as published, or of those on which the public is or was heard.
type planList struct {
	publication
	path  string
	told  []toldPlan
	names names
	modes map[string]text.Text
	today calendar.Date
	first string
	next  string
}

func (s *server) listPlansInForce(p publication) { s.listPlans(p, plansPath, plan.EntrySubject) }

func (s *server) listPlansHeard(p publication) { s.listPlans(p, heardPath, plan.CommentSubject) }

func (s *server) listPlans(p publication, path, subject string) {
	found, err := s.toldPlans(p.visit, store.PublicationFilter{Subject: subject, Newest: true, Cursor: p.Query(cursor), Limit: pageLength})
	if err != nil {
		p.fail(err)
		return
	}
	l := planList{publication: p, path: path, told: found.told, modes: s.modes(), today: calendar.DateOf(s.Clock.Now())}
	if l.names, err = s.namesOf(p.ctx, nil, agenciesOf(found.told)); err != nil {
		p.fail(err)
		return
	}
	if p.Query(cursor) != "" {
		l.first = p.to(path, nil)
	}
	if found.next != "" {
		l.next = p.to(path, url.Values{cursor: {found.next}})
	}
	title := p.T("授权运营实施方案", "Implementation plans")
	if path == heardPath {
		title = p.T("实施方案公开征求意见", "Public comment on implementation plans")
	}
	p.publish(title, planListPage(l, title))
}

func agenciesOf(told []toldPlan) []string {
	out := make([]string, len(told))
	for i, t := range told {
		out[i] = t.Agency
	}
	return out
}

// publicPlanPage is what the public knows of one plan.
type publicPlanPage struct {
	publication
	id        string
	title     string
	heard     *toldPlan // the newest text on which the public is or was heard; nil when never
	open      bool      // it is heard now
	now       *toldPlan // as published; nil before
	versions  []toldPlan
	names     names
	resources map[string]string
	modes     map[string]text.Text
	rules     *policy.Plan // the newest, for words
}

func (s *server) showPublicPlan(p publication) {
	v := publicPlanPage{publication: p, id: p.Param("id"), modes: s.modes()}
	entries, err := s.everyEntry(p.visit, v.id)
	if err != nil {
		p.fail(err)
		return
	}
	heard, err := s.toldPlans(p.visit, store.PublicationFilter{Case: v.id, Subject: plan.CommentSubject, Newest: true, Limit: 1})
	if err != nil {
		p.fail(err)
		return
	}
	if len(entries) == 0 && len(heard.told) == 0 {
		p.refuse(refusal.NotFoundHere.With())
		return
	}
	var ids []string
	for i := range heard.told {
		v.heard, v.title = &heard.told[i], heard.told[i].Name
		ids = append(ids, resourcesOf(v.heard.PublicPlan)...)
	}
	if v.open, err = s.heard(p.visit, v.id); err != nil {
		p.fail(err)
		return
	}
	for i := range entries {
		if i == 0 {
			v.now, v.title = &entries[0], entries[0].Name
		}
		if n := len(v.versions); n == 0 || v.versions[n-1].Version != entries[i].Version { // the newest of each version
			v.versions = append(v.versions, entries[i])
		}
		ids = append(ids, resourcesOf(entries[i].PublicPlan)...)
	}
	if v.resources, err = s.Store.ResourceTitles(p.ctx, unique(ids)); err != nil {
		p.fail(err)
		return
	}
	if v.names, err = s.namesOf(p.ctx, nil, append(agenciesOf(entries), agenciesOf(heard.told)...)); err != nil {
		p.fail(err)
		return
	}
	for _, profile := range s.Policies.All() {
		if profile.Plan != nil {
			v.rules = profile.Plan
		}
	}
	p.publish(v.title, planPublicPage(v))
}

// everyEntry is all that was published of a plan in force, the newest first.
func (s *server) everyEntry(v *visit, id string) ([]toldPlan, error) {
	return wholeList(store.PublicationFilter{Case: id, Subject: plan.EntrySubject}, func(f store.PublicationFilter) ([]toldPlan, string, error) {
		found, err := s.toldPlans(v, f)
		return found.told, found.next, err
	})
}

// wholeList reads a list of the public record part by part, to its end.
func wholeList[T any](f store.PublicationFilter, read func(store.PublicationFilter) (part []T, next string, err error)) ([]T, error) {
	var out []T
	f.Limit = store.MaxLimit
	for {
		part, next, err := read(f)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		if f.Cursor = next; next == "" {
			return out, nil
		}
	}
}

func resourcesOf(p plan.PublicPlan) []string {
	out := make([]string, len(p.Resources))
	for i, r := range p.Resources {
		out[i] = r.ID
	}
	return out
}

// resource names a resource of the catalogue.
func (v publicPlanPage) resource(id string) string {
	if title := v.resources[id]; title != "" {
		return title
	}
	return id
}

// ground names a code of the newest rules.
func (v publicPlanPage) ground(grounds func(*policy.Plan) []policy.Ground, code string) string {
	if v.rules == nil {
		return code
	}
	return v.page.In(groundTitle(grounds(v.rules), code))
}

func methods(r *policy.Plan) []policy.Ground      { return r.Methods }
func capabilities(r *policy.Plan) []policy.Ground { return r.Capabilities }
