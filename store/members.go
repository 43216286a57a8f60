package store

import (
	"context"

	"datacharter/domain/identity"
	"datacharter/domain/use"
)

// Member is somebody with the roles that he has in an organisation.
type Member struct {
	Person string
	Name   string
	Roles  []identity.Role
}

// Members lists who acts for an organisation, by ID of person; accounts that are closed are left out. It asks nobody's right.
func (s *Store) Members(ctx context.Context, organization string) ([]Member, error) {
	var rows []struct{ Person, Name, Role string }
	err := s.read.WithContext(ctx).Table("grants AS g").Select("g.person, p.name, g.role").Joins("JOIN people AS p ON p.id = g.person").
		Where("g.organization = ? AND p.closed_at IS NULL", storable(organization)).Order("g.person, g.role").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var out []Member
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].Person != r.Person {
			out = append(out, Member{Person: r.Person, Name: r.Name})
		}
		m := &out[len(out)-1]
		m.Roles = append(m.Roles, identity.Role(r.Role))
	}
	return out, nil
}

// UseTakers lists who took products and services under an authorisation, as it was reported, each once, at most limit. It asks nobody's right.
func (s *Store) UseTakers(ctx context.Context, authorization string, limit int) ([]use.Taker, error) {
	var rows []struct{ Taker, TakerCode string }
	err := s.read.WithContext(ctx).Model(&useTakerRow{}).Distinct("taker", "taker_code").
		Where("case_id = ? AND (taker <> '' OR taker_code <> '')", storable(authorization)).Order("taker, taker_code").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var out []use.Taker
	for _, r := range rows {
		out = append(out, use.Taker{Name: r.Taker, Code: r.TakerCode})
	}
	return out, nil
}
