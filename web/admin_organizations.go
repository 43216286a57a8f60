package web

import (
	"errors"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

const organizationsURL = "/admin/organizations"

// organizationInput is an organisation to be added.
type organizationInput struct {
	Name       string        `json:"name" maxLength:"200"`
	Kind       identity.Kind `json:"kind"`
	CreditCode string        `json:"credit_code,omitempty" maxLength:"18"`
}

var addOrganization = text.Text{ZH: "登记机构", EN: "Add the organisation"}

func organizationShapes() form.Shapes {
	var kinds []form.Choice
	for _, k := range identity.Kinds {
		kinds = append(kinds, form.Choice{Value: string(k.Kind), Words: k.Words})
	}
	return form.Shapes{
		"name": {Label: text.Text{ZH: "机构名称", EN: "name"}},
		"kind": {Kind: form.Select, Label: text.Text{ZH: "类别", EN: "kind"}, Choices: kinds},
		"credit_code": {
			Label: text.Text{ZH: "统一社会信用代码", EN: "unified social credit code"},
			Hint:  text.Text{ZH: "18位（GB 32100），校验位随即核对；申请运营的机构须有。", EN: "18 characters (GB 32100), whose check character is verified; an applicant needs one."},
		},
	}
}

// organizations is the list of organisations as it is shown.
type organizations struct {
	*visit
	list        []lifecycle.Organization
	kind        identity.Kind
	first, next string
	add         *upkeep
}

// kinds lead to the organisations of each kind.
func (l organizations) kinds() []ui.Link {
	out := []ui.Link{{URL: organizationsURL, Words: l.T("全部", "All"), Current: l.kind == ""}}
	for _, k := range identity.Kinds {
		out = append(out, ui.Link{URL: listURL(organizationsURL, "kind", string(k.Kind)), Words: l.page.In(k.Words), Current: l.kind == k.Kind})
	}
	return out
}

func (s *server) showOrganizations(v *visit) {
	s.showOrganizationsWith(v, v.upkeepOf(organizationsURL, addOrganization, organizationInput{}, organizationShapes(), nil))
}

func (s *server) showOrganizationsWith(v *visit, add *upkeep) {
	cursor, kind := v.Query("cursor"), v.Query("kind")
	page, err := s.Store.ListOrganizations(v.ctx, store.OrganizationFilter{Kind: identity.Kind(kind), Cursor: cursor, Limit: pageLength})
	if err != nil {
		v.fail(err)
		return
	}
	v.show(add.status(), v.T("机构", "Organisations"), organizationsPage(organizations{
		visit: v, list: page.Items, kind: identity.Kind(kind), first: firstOf(cursor, organizationsURL, "kind", kind),
		next: nextOf(page.Next, organizationsURL, "kind", kind), add: add,
	}))
}

func (s *server) takeOrganization(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	u := v.upkeepOf(organizationsURL, addOrganization, organizationInput{}, organizationShapes(), sent)
	var in organizationInput
	if !u.taken(&in) || u.blame(in.faults()...) {
		s.showOrganizationsWith(v, u)
		return
	}
	o := lifecycle.Organization{ID: casework.NewID("org-", v.actor.Person, sent.Get(formKey)), Name: in.Name, Kind: in.Kind, CreditCode: in.CreditCode}
	done, answered := s.once(u, []string{"create-organization", o.Name, string(o.Kind), o.CreditCode}, func() error {
		err := s.Store.CreateOrganization(v.ctx, o)
		if !errors.Is(err, store.ErrTaken) {
			return err
		}
		// The ID is this request's own: either it was cut short before, or the credit code is another's.
		if _, err = s.Store.GetOrganization(v.ctx, o.ID); errors.Is(err, store.ErrNotFound) {
			return refused{&refusal.Refusal{Code: refusal.Taken.Name, Fields: []refusal.Field{refusal.Taken.At("credit_code")}}}
		}
		return err
	})
	switch {
	case done:
		v.goOn(organizationsURL, v.T("已登记机构：", "Added: ")+in.Name)
	case !answered:
		s.showOrganizationsWith(v, u)
	}
}

func (o organizationInput) faults() (out []refusal.Field) {
	if isBlank(o.Name) {
		out = append(out, refusal.Required.At("name"))
	}
	known := false
	for _, k := range identity.Kinds {
		known = known || k.Kind == o.Kind
	}
	if !known {
		out = append(out, refusal.Required.At("kind"))
	}
	if _, err := identity.ParseCreditCode(o.CreditCode); o.CreditCode != "" && err != nil {
		out = append(out, refusal.BadCreditCode.At("credit_code"))
	}
	return out
}
