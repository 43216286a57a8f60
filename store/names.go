package store

import (
	"context"

	"gorm.io/gorm"

	"datacharter/domain/catalogue"
)

// Names are the names of people and organisations by ID. Names of people are personal data: for those who are signed in alone.
type Names struct {
	People        map[string]string
	Organizations map[string]string
}

// Names looks names up, of closed accounts and organisations too. What is not known is left out.
func (s *Store) Names(ctx context.Context, people, organizations []string) (names Names, err error) {
	db := s.read.WithContext(ctx)
	query := func(ids []string) *gorm.DB { return db.Select("id, name").Where("id IN ?", ids) }
	if names.People, err = lookUp(people, query, func(r personRow) (string, string, error) { return r.ID, r.Name, nil }); err != nil {
		return Names{}, err
	}
	names.Organizations, err = lookUp(organizations, query, func(r organizationRow) (string, string, error) { return r.ID, r.Name, nil })
	return names, err
}

// ResourceTitles looks titles of resources up by ID. What is not known is left out.
func (s *Store) ResourceTitles(ctx context.Context, ids []string) (map[string]string, error) {
	return resourceTitles(s.read.WithContext(ctx), ids)
}

func resourceTitles(db *gorm.DB, ids []string) (map[string]string, error) {
	query := func(ids []string) *gorm.DB { return db.Select("id, title").Where("id IN ?", ids) }
	return lookUp(ids, query, func(r resourceRow) (string, string, error) { return r.ID, r.Title, nil })
}

// Resources looks resources up by ID. What is not known is left out.
func (s *Store) Resources(ctx context.Context, ids []string) (map[string]catalogue.Resource, error) {
	query := func(ids []string) *gorm.DB { return s.read.WithContext(ctx).Where("id IN ?", ids) }
	return lookUp(possible(ids), query, func(r resourceRow) (string, catalogue.Resource, error) {
		resource, err := r.resource()
		return r.ID, resource, err
	})
}
