package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/words"
)

const peopleURL = "/admin/people"

// personInput is an account to be added.
type personInput struct {
	Name string `json:"name" maxLength:"100"`
}

// grantInput names a role in an organisation.
type grantInput struct {
	Role         identity.Role `json:"role" maxLength:"100"`
	Organization string        `json:"organization" maxLength:"100"`
}

var personShapes = form.Shapes{"name": {Label: text.Text{ZH: "姓名", EN: "name"}}}

var addPerson = text.Text{ZH: "新增人员", EN: "Add the person"}

// people is the list of people as it is shown.
type people struct {
	*visit
	list        []store.Person
	first, next string
	add         *upkeep
}

func (s *server) showPeople(v *visit) {
	s.showPeopleWith(v, v.upkeepOf(peopleURL, addPerson, personInput{}, personShapes, nil))
}

func (s *server) showPeopleWith(v *visit, add *upkeep) {
	cursor := v.Query("cursor")
	page, err := s.Store.ListPeople(v.ctx, cursor, pageLength)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(add.status(), v.T("人员和角色", "People and roles"), peoplePage(people{
		visit: v, list: page.Items, first: firstOf(cursor, peopleURL), next: nextOf(page.Next, peopleURL), add: add,
	}))
}

func (s *server) takePerson(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	u := v.upkeepOf(peopleURL, addPerson, personInput{}, personShapes, sent)
	var in personInput
	if !u.taken(&in) || isBlank(in.Name) && u.blame(refusal.Required.At("name")) {
		s.showPeopleWith(v, u)
		return
	}
	id := casework.NewID("per-", v.actor.Person, sent.Get(formKey))
	done, answered := s.once(u, []string{"create-person", in.Name}, func() error {
		err := s.Store.CreatePerson(v.ctx, id, in.Name)
		if errors.Is(err, store.ErrTaken) { // by this very request, cut short before
			return nil
		}
		return err
	})
	switch {
	case done:
		v.goOn(personURL(id), v.T("已新增人员，请授予角色。", "The person is added: give a role next."))
	case !answered:
		s.showPeopleWith(v, u)
	}
}

func personURL(id string) string { return peopleURL + "/" + url.PathEscape(id) }

// personView is one person as an administrator sees him.
type personView struct {
	*visit
	who    store.Person
	grants []identity.Grant
	names  names
	role   identity.Role // chosen to be given; empty before
	give   *upkeep       // nil before a role is chosen
	key    string        // of the next request
	care   accountCare
}

func (s *server) showPerson(v *visit) {
	s.showPersonWith(v, identity.Role(v.Query("role")), nil, "")
}

// showPersonWith shows a person, with the form in which a role is being given, and with what was wrong.
func (s *server) showPersonWith(v *visit, role identity.Role, sent url.Values, whole string) {
	p := personView{visit: v, role: role, key: newKey()}
	var err error
	if p.who, err = s.Store.GetPerson(v.ctx, v.Param("id")); err != nil {
		v.fail(err)
		return
	}
	if p.grants, err = s.Store.Grants(v.ctx, p.who.ID); err != nil {
		v.fail(err)
		return
	}
	var organizations []string
	for _, g := range p.grants {
		organizations = append(organizations, g.Organization)
	}
	if p.names, err = s.namesOf(v.ctx, nil, organizations); err != nil {
		v.fail(err)
		return
	}
	if p.care, err = s.careFor(v, p.who.ID); err != nil {
		v.fail(err)
		return
	}
	status := http.StatusOK
	if isRole(role) {
		shapes, err := s.grantShapes(v, role)
		if err != nil {
			v.fail(err)
			return
		}
		if sent == nil {
			sent = url.Values{"role": {string(role)}}
		}
		p.give = v.upkeepOf(personURL(p.who.ID)+"/grant", text.Text{ZH: "授予角色", EN: "Give the role"}, grantInput{}, shapes, sent)
		if p.give.whole = whole; whole != "" {
			if sent.Get("organization") == "" {
				p.give.blame(refusal.Required.At("organization"))
			}
		}
	}
	if whole != "" {
		status = http.StatusUnprocessableEntity
	}
	v.show(status, p.who.Name, personPage(p))
}

func isRole(role identity.Role) bool {
	for _, r := range identity.Roles {
		if r.Role == role {
			return true
		}
	}
	return false
}

// maxOffered is how many organisations are offered to choose from; beyond, one is named by its ID.
const maxOffered = 1000

// grantShapes offers the organisations that may give a role.
func (s *server) grantShapes(v *visit, role identity.Role) (form.Shapes, error) {
	shapes := form.Shapes{"role": {Kind: form.Hidden}, "organization": {Label: text.Text{ZH: "机构", EN: "organisation"}}}
	var choices []form.Choice
	for _, k := range identity.Kinds {
		if !identity.MayGive(k.Kind, role) {
			continue
		}
		filter := store.OrganizationFilter{Kind: k.Kind, Limit: store.MaxLimit}
		for {
			page, err := s.Store.ListOrganizations(v.ctx, filter)
			if err != nil {
				return nil, err
			}
			for _, o := range page.Items {
				if !o.Closed {
					choices = append(choices, form.Choice{Value: o.ID, Words: text.Text{ZH: o.Name + "（" + k.Words.ZH + "）", EN: o.Name + " (" + k.Words.EN + ")"}})
				}
			}
			if len(choices) > maxOffered {
				shapes["organization"] = form.Shape{Label: text.Text{ZH: "机构编号", EN: "ID of the organisation"}, Hint: text.Text{ZH: "机构编号见机构列表。", EN: "The list of organisations has it."}}
				return shapes, nil
			}
			if filter.Cursor = page.Next; page.Next == "" {
				break
			}
		}
	}
	shapes["organization"] = form.Shape{Kind: form.Select, Label: text.Text{ZH: "机构", EN: "organisation"}, Choices: choices}
	return shapes, nil
}

// takeGrant gives a role; one that is held stays.
func (s *server) takeGrant(v *visit) {
	s.changeGrant(v, "grant", v.T("已授予角色。", "The role is given."), s.Store.Grant)
}

// takeRevoke takes a role away; one that is not held stays away.
func (s *server) takeRevoke(v *visit) {
	s.changeGrant(v, "revoke", v.T("已收回角色。", "The role is taken away."), func(ctx context.Context, person, organization string, role identity.Role) error {
		err := s.Store.Revoke(ctx, person, organization, role)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
}

func (s *server) changeGrant(v *visit, what, told string, change func(context.Context, string, string, identity.Role) error) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	id, role, organization := v.Param("id"), identity.Role(sent.Get("role")), strings.TrimSpace(sent.Get("organization"))
	if _, err := s.Store.GetPerson(v.ctx, id); err != nil {
		v.fail(err)
		return
	}
	if sent.Has(formResumed) || sent.Get(formKey) == "" {
		s.showPersonWith(v, role, sent, "")
		return
	}
	if refused, err := s.checkGrant(v.ctx, role, organization); err != nil {
		v.fail(err)
		return
	} else if refused != nil {
		s.showPersonWith(v, role, sent, refused.Detail(v.page.Language))
		return
	}
	_, err = s.Once(v.ctx, v.actor.Person, sent.Get(formKey), []string{what, id, organization, string(role)}, func() error {
		return change(v.ctx, id, organization, role)
	})
	switch refused := refusalOf(err); {
	case err == nil:
		v.goOn(personURL(id), told)
	case refused == nil:
		v.fail(err)
	default:
		s.showPersonWith(v, role, sent, refused.Detail(v.page.Language))
	}
}

func (s *server) checkGrant(ctx context.Context, role identity.Role, organization string) (*refusal.Refusal, error) {
	if !isRole(role) || organization == "" {
		return refusal.InvalidInput.With(), nil
	}
	_, err := s.Store.GetOrganization(ctx, organization)
	if errors.Is(err, store.ErrNotFound) {
		return refusal.UnknownReference.With(), nil
	}
	return nil, err
}

// kindsGiving are the kinds of organisation that may give a role, in words.
func kindsGiving(v *visit, role identity.Role) string {
	var out []string
	for _, k := range identity.Kinds {
		if identity.MayGive(k.Kind, role) {
			out = append(out, v.page.In(words.Kind(k.Kind)))
		}
	}
	return strings.Join(out, v.T("、", ", "))
}
