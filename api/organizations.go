package api

import (
	"context"
	"errors"
	"strings"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// Organization is an organisation that takes part.
type Organization struct {
	lifecycle.Organization
	Href string `json:"href"`
}

// NewOrganization is an organisation to be added.
type NewOrganization struct {
	Name       string        `json:"name" maxLength:"200"`
	Kind       identity.Kind `json:"kind" enum:"agency,government,data-supplier,operator,supervisor,public"`
	CreditCode string        `json:"credit_code,omitempty" maxLength:"18" doc:"unified social credit code 统一社会信用代码 (GB 32100); an applicant needs one"`
}

type organizationListInput struct {
	Paging
	Kind   identity.Kind `query:"kind" enum:"agency,government,data-supplier,operator,supervisor,public"`
	Closed yesNo         `query:"closed" enum:"true,false"`
}

type createOrganizationInput struct {
	Keyed
	Body NewOrganization
}

type organizationOutput struct {
	Location string `header:"Location"`
	Body     Organization
}

func (s *server) listOrganizations(ctx context.Context, in *organizationListInput) (*listOutput[Organization], error) {
	page, err := s.Store.ListOrganizations(ctx, store.OrganizationFilter{Kind: in.Kind, Closed: in.Closed.value(), Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return shown(page, organizationView), nil
}

func (s *server) getOrganization(ctx context.Context, in *idInput) (*organizationOutput, error) {
	o, err := s.Store.GetOrganization(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &organizationOutput{Body: organizationView(o)}, nil
}

func (s *server) createOrganization(ctx context.Context, in *createOrganizationInput) (*organizationOutput, error) {
	if r := in.Body.check(); r != nil {
		return nil, refuse(r)
	}
	o := lifecycle.Organization{
		ID: casework.NewID("org-", callOf(ctx).actor.Person, in.Key), Name: strings.TrimSpace(in.Body.Name), Kind: in.Body.Kind, CreditCode: in.Body.CreditCode,
	}
	_, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"create-organization", string(canonical(&in.Body))}, func() error {
		err := s.Store.CreateOrganization(ctx, o)
		if !errors.Is(err, store.ErrTaken) {
			return err
		}
		// The ID is this request's own: either it was cut short before, or the credit code is another's.
		if _, err = s.Store.GetOrganization(ctx, o.ID); errors.Is(err, store.ErrNotFound) {
			return refuse(&refusal.Refusal{Code: refusal.Taken.Name, Fields: []refusal.Field{refusal.Taken.At("credit_code")}})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	v := organizationView(o)
	return &organizationOutput{Location: v.Href, Body: v}, nil
}

func (o NewOrganization) check() *refusal.Refusal {
	var fields []refusal.Field
	if strings.TrimSpace(o.Name) == "" {
		fields = append(fields, refusal.Required.At("name"))
	}
	if o.Kind == "" {
		fields = append(fields, refusal.Required.At("kind"))
	}
	if _, err := identity.ParseCreditCode(o.CreditCode); o.CreditCode != "" && err != nil {
		fields = append(fields, refusal.BadCreditCode.At("credit_code"))
	}
	return refusal.InvalidFields(fields)
}

func organizationView(o lifecycle.Organization) Organization {
	return Organization{Organization: o, Href: base + "/organizations/" + o.ID}
}
