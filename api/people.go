package api

import (
	"context"
	"errors"
	"strings"
	"time"

	"datacharter/casework"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// Person is an account. Administrators alone read people's names.
type Person struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created_at"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
	Href      string     `json:"href"`
}

// PersonDetail is an account with what its holder is entitled to.
type PersonDetail struct {
	Person
	Grants []identity.Grant `json:"grants" nullable:"false"`
}

// NewPerson is an account to be added.
type NewPerson struct {
	Name string `json:"name" maxLength:"100"`
}

// GrantInput names a role in an organisation.
type GrantInput struct {
	Organization string        `json:"organization" maxLength:"100"`
	Role         identity.Role `json:"role" maxLength:"100"`
}

type peopleInput struct{ Paging }

type createPersonInput struct {
	Keyed
	Body NewPerson
}

type grantInput struct {
	ID string `path:"id" maxLength:"100"`
	Keyed
	Body GrantInput
}

type personOutput struct {
	Location string `header:"Location"`
	Body     PersonDetail
}

func (s *server) listPeople(ctx context.Context, in *peopleInput) (*listOutput[Person], error) {
	page, err := s.Store.ListPeople(ctx, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return shown(page, personView), nil
}

func (s *server) getPerson(ctx context.Context, in *idInput) (*personOutput, error) {
	p, err := s.Store.GetPerson(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	grants, err := s.Store.Grants(ctx, in.ID)
	return &personOutput{Body: PersonDetail{Person: personView(p), Grants: append([]identity.Grant{}, grants...)}}, err
}

func (s *server) createPerson(ctx context.Context, in *createPersonInput) (*personOutput, error) {
	if strings.TrimSpace(in.Body.Name) == "" {
		return nil, refuseField(refusal.Required.At("name"))
	}
	id := casework.NewID("per-", callOf(ctx).actor.Person, in.Key)
	_, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"create-person", string(canonical(&in.Body))}, func() error {
		err := s.Store.CreatePerson(ctx, id, strings.TrimSpace(in.Body.Name))
		if errors.Is(err, store.ErrTaken) { // by this very request, cut short before
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out, err := s.getPerson(ctx, &idInput{ID: id})
	if err == nil {
		out.Location = out.Body.Href
	}
	return out, err
}

// grant gives a role; one that is held stays.
func (s *server) grant(ctx context.Context, in *grantInput) (*personOutput, error) {
	return s.changeGrants(ctx, in, "grant", s.Store.Grant)
}

// revoke takes a role away; one that is not held stays away.
func (s *server) revoke(ctx context.Context, in *grantInput) (*personOutput, error) {
	return s.changeGrants(ctx, in, "revoke", func(ctx context.Context, person, organization string, role identity.Role) error {
		err := s.Store.Revoke(ctx, person, organization, role)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
}

func (s *server) changeGrants(
	ctx context.Context, in *grantInput, what string, change func(context.Context, string, string, identity.Role) error,
) (*personOutput, error) {
	if r := s.checkGrant(ctx, in); r != nil {
		return nil, r
	}
	_, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{what, in.ID, string(canonical(&in.Body))}, func() error {
		return change(ctx, in.ID, in.Body.Organization, in.Body.Role)
	})
	if err != nil {
		return nil, err
	}
	return s.getPerson(ctx, &idInput{ID: in.ID})
}

func (s *server) checkGrant(ctx context.Context, in *grantInput) error {
	if _, err := s.Store.GetPerson(ctx, in.ID); err != nil {
		return err
	}
	_, err := s.Store.GetOrganization(ctx, in.Body.Organization)
	if errors.Is(err, store.ErrNotFound) {
		return refuseField(refusal.UnknownReference.At("organization"))
	}
	return err
}

func personView(p store.Person) Person {
	return Person{ID: p.ID, Name: p.Name, CreatedAt: p.CreatedAt, ClosedAt: p.ClosedAt, Href: base + "/people/" + p.ID}
}
