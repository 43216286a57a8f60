package web

import (
	"net/url"
	"reflect"
	"slices"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/registration"
	"datacharter/domain/text"
	"datacharter/web/content"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// registrationTabs are the parts of the page of a registration.
func (s *server) registrationTabs() []tab {
	return []tab{{name: "registration", words: text.Text{ZH: "登记内容", EN: "Registration"}, show: s.registrationTab}, stand}
}

func registrationOf(v *casework.View) *registration.Registration {
	return v.Subject.(*registration.Registration) //nolint:forcetypeassert // by its kind
}

// registrationView is a registration as its page shows it.
type registrationView struct {
	*casePage
	r       *registration.Registration
	drafted []content.Part // of the application under way; nil when there is none
	entry   []content.Part // of what is registered; nil before
	files   known
}

var (
	registrationType = reflect.TypeFor[registration.Application]()
	agentType        = reflect.TypeFor[registration.Agent]()
	materialType     = reflect.TypeFor[registration.Material]()
)

func (s *server) registrationTab(c *casePage) (templ.Component, error) {
	v, err := s.registrationView(c, registrationOf(c.view))
	if err != nil {
		return nil, err
	}
	return registrationPage(v), nil
}

// registrationMaterial is what a task is about: the application, and what came of the procedure so far.
func (s *server) registrationMaterial(c *casePage, r *registration.Registration) (templ.Component, error) {
	v, err := s.registrationView(c, r)
	if err != nil {
		return nil, err
	}
	return registrationPage(v), nil
}

// registrationView looks up what a registration refers to.
func (s *server) registrationView(c *casePage, r *registration.Registration) (*registrationView, error) {
	v := &registrationView{casePage: c, r: r}
	people, organizations := []string{}, []string{r.Body, r.Applicant}
	for _, p := range r.Procedures {
		people, organizations = append(people, p.By.Person), append(organizations, p.By.Organization)
		for _, said := range []*registration.Reasons{p.Delay, p.Opinion} {
			if said != nil {
				people, organizations = append(people, said.By.Person), append(organizations, said.By.Organization)
			}
		}
		for _, o := range p.Objections {
			people, organizations = append(people, o.By.Person), append(organizations, o.By.Organization)
			if o.Answer != nil {
				people, organizations = append(people, o.Answer.By.Person), append(organizations, o.Answer.By.Organization)
			}
		}
	}
	for _, f := range r.Conduct {
		people, organizations = append(people, f.By.Person), append(organizations, f.By.Organization)
	}
	if r.Code != nil {
		people, organizations = append(people, r.Code.By.Person), append(organizations, r.Code.By.Organization)
	}
	contents := []registration.Application{r.Drafted}
	if r.Entry != nil {
		contents = append(contents, *r.Entry)
	}
	var resources []string
	for _, a := range contents {
		organizations, resources = append(append(organizations, a.Joint...), a.Registry, a.Agent.Organization), append(resources, a.Resource)
	}
	if err := s.alsoName(c, people, organizations); err != nil {
		return nil, err
	}
	var err error
	if v.files.files, err = s.Store.Attachments(c.ctx, c.actor, unique(r.AttachmentDigests())); err != nil {
		return nil, err
	}
	if v.files.resources, err = s.Store.ResourceTitles(c.ctx, unique(resources)); err != nil {
		return nil, err
	}
	if r.Entry != nil {
		v.entry = content.Of(*r.Entry, v.named)
	}
	if r.Entry == nil || lifecycle.ContentHash(r.Drafted) != lifecycle.ContentHash(*r.Entry) {
		v.drafted = content.Of(r.Drafted, v.named)
	}
	return v, nil
}

// named implements content.Names.
func (v *registrationView) named(of reflect.Type, field, value string) (content.Value, bool) {
	switch {
	case of == registrationType && (field == "registry" || field == "joint"), of == agentType && field == "organization":
		return titled(value, v.names.organizations[value], ""), true
	case of == registrationType && field == "resource":
		return titled(value, v.files.resources[value], "/resources/"+url.PathEscape(value)), true
	case of == registrationType && field == "authorization":
		return titled(value, "", "/authorizations/"+url.PathEscape(value)), true
	case of == registrationType && field == "commitment", of == agentType && field == "mandate", of == materialType && field == "attachments":
		return v.files.file(value), true
	default:
		return content.Value{}, false
	}
}

// partner is a joint registrant with whether it has confirmed what is applied for as it stands.
type partner struct {
	organization string
	confirmed    bool
}

func (v *registrationView) partners() []partner {
	open, out := v.r.Unconfirmed(), make([]partner, len(v.r.Joint))
	for i, id := range v.r.Joint {
		out[i] = partner{id, !slices.Contains(open, id)}
	}
	return out
}

// procedures are those of the case, the newest first.
func (v *registrationView) procedures() []registration.Procedure {
	out := slices.Clone(v.r.Procedures)
	slices.Reverse(out)
	return out
}

// grounds are those of the profile that a code may be one of.
func (v *registrationView) ground(grounds []policy.Ground, code string) string {
	return v.page.In(groundTitle(grounds, code))
}

// typeWords names a type of registration.
func typeWords(p *ui.Page, t registration.Type) string { return p.In(words.Value(t)) }

// registrationRule is what a task of a registration is for, as the profile says.
func registrationRule(p *taskPage) *taskRule {
	rules := p.view.Policy.Registration
	l, ok := map[string]policy.Limit{
		"acceptance": rules.Acceptance, "formal-review": rules.Review, "recheck": rules.Recheck, "coding": rules.Coding, "deregistration": rules.Deregistration,
	}[p.task.Name]
	if !ok {
		return nil
	}
	return &taskRule{words: l.Rule, article: source(l.Source)}
}
