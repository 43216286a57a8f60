package web

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/disclosure"
	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// disclosureTabs are the parts of the page of a yearly disclosure.
func (s *server) disclosureTabs() []tab {
	return []tab{
		{name: "content", words: text.Text{ZH: "披露内容", EN: "What is disclosed"}, show: s.disclosureTab},
		{name: "versions", words: text.Text{ZH: "公布情况", EN: "Published"}, when: wasDisclosed, show: s.disclosureVersionsTab},
		stand,
	}
}

func disclosureOf(v *casework.View) *disclosure.Disclosure {
	return v.Subject.(*disclosure.Disclosure) //nolint:forcetypeassert // by its kind
}

func wasDisclosed(v *casework.View) bool { return len(disclosureOf(v).Versions) > 0 }

// disclosureView is a disclosure as its page shows it.
type disclosureView struct {
	*casePage
	d       *disclosure.Disclosure
	content *disclosed // nil before it is compiled
}

// disclosureTab shows the draft, or what is published.
func (s *server) disclosureTab(c *casePage) (templ.Component, error) {
	v := disclosureView{casePage: c, d: disclosureOf(c.view)}
	if v.d.Drafted != nil {
		shown, err := s.disclosed(c.visit, *v.d.Drafted)
		if err != nil {
			return nil, err
		}
		shown.to = entryPath
		v.content = &shown
	}
	return disclosurePage(v), s.nameDisclosure(c, v.d)
}

func (s *server) disclosed(v *visit, c disclosure.Content) (disclosed, error) {
	titles, err := s.Store.ResourceTitles(v.ctx, resourcesIn(c))
	return disclosed{Page: v.page, Content: c, resources: titles, modes: s.modes()}, err
}

// disclosureVersionsTab lists what was published, the newest first.
func (s *server) disclosureVersionsTab(c *casePage) (templ.Component, error) {
	d := disclosureOf(c.view)
	return disclosureVersionsPage(disclosureView{casePage: c, d: d}), s.nameDisclosure(c, d)
}

// latestFirst are the published versions, the newest first.
func (v disclosureView) latestFirst() []disclosure.Version {
	out := slices.Clone(v.d.Versions)
	slices.Reverse(out)
	return out
}

// nameDisclosure looks up who did what in a disclosure.
func (s *server) nameDisclosure(c *casePage, d *disclosure.Disclosure) error {
	var people, organizations []string
	add := func(by identity.By) {
		people, organizations = append(people, by.Person), append(organizations, by.Organization)
	}
	for _, r := range []*disclosure.Reasoned{d.Returned, d.Correction, d.Withdrawn} {
		if r != nil {
			add(r.By)
		}
	}
	for _, v := range d.Versions {
		add(v.Prepared)
		add(v.Checked)
		if v.Withdrawn != nil {
			add(v.Withdrawn.By)
		}
	}
	return s.alsoName(c, people, organizations)
}

// shapeDisclosure fills in what was entered so far, and offers the products whose data can be said.
func shapeDisclosure(a *act, d *disclosure.Disclosure, suggested url.Values) {
	if a.command != "edit" {
		return
	}
	for name, values := range form.Values(d.Drafted.Entered) {
		suggested[name] = values
	}
	for _, name := range []string{"address", "postcode", "email", "phone"} {
		a.shapes[name] = form.Shape{Needed: true}
	}
	shown := disclosed{Page: a.page, Content: *d.Drafted}
	if shown.byAgency() {
		a.shapes["ways"] = form.Shape{Omit: true}
		return
	}
	var choices []form.Choice
	for _, o := range d.Drafted.Products {
		choices = append(choices, form.Choice{Value: o.Name, Words: both(o.Name)})
	}
	a.shapes["ways[].product"] = form.Shape{Kind: form.Select, Choices: choices}
}
