package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"datacharter/domain/grading"
	"datacharter/domain/identity"
)

// maxLineage is how many of each sort a lineage names.
const maxLineage = 50

// Lineage is where a resource comes from and where it goes, as far as the actor may see it.
type Lineage struct {
	From         []LinkedResource  // from which it was derived, by its grading that counts
	To           []LinkedResource  // derived from it, by the gradings that count, in the order of their IDs
	MoreTo       bool              // there are more of them
	Cases        []CaseSummary     // that name it and that the actor may see, the last changed first
	MoreCases    bool              // there are more of them
	Unseen       bool              // there are others that he may not see; drafts are nobody else's business
	Products     []RegisterProduct // of the authorisations of the public register that have it in scope, those last put on offer first
	MoreProducts bool              // there may be more of them
}

// LinkedResource is another resource of a lineage.
type LinkedResource struct {
	ID    string
	Title string        // empty when the catalogue does not have it
	Grade grading.Grade // of From, the one it had then; of To, the one it has
}

// Lineage returns the lineage of a resource that the catalogue has.
func (s *Store) Lineage(ctx context.Context, actor identity.Actor, resource string) (out Lineage, err error) {
	db := s.read.WithContext(ctx)
	return out, inTurn(
		func() error { return out.derivations(db, resource) },
		func() error { return out.cases(ctx, s, actor, resource) },
		func() error { return out.products(db, resource) },
	)
}

// derivations fills in what it was derived from, and what was derived from it.
func (l *Lineage) derivations(db *gorm.DB, resource string) error {
	var derived []string
	err := db.Table("grading_sources AS s").Select("s.resource_id").
		Where("s.source_id = ? AND s.number = (SELECT max(number) FROM gradings WHERE resource_id = s.resource_id)", resource).
		Order("s.resource_id").Limit(maxLineage+1).Pluck("s.resource_id", &derived).Error
	if err != nil {
		return err
	}
	if l.MoreTo = len(derived) > maxLineage; l.MoreTo {
		derived = derived[:maxLineage]
	}
	graded, err := currentGradings(db, append([]string{resource}, derived...))
	if err != nil {
		return err
	}
	for _, source := range graded[resource].Sources {
		l.From = append(l.From, LinkedResource{ID: source.Resource, Grade: source.Grade})
	}
	for _, id := range derived {
		l.To = append(l.To, LinkedResource{ID: id, Grade: graded[id].Grade})
	}
	return titled(db, l.From, l.To)
}

// titled fills the titles in.
func titled(db *gorm.DB, lists ...[]LinkedResource) error {
	var ids []string
	for _, list := range lists {
		for _, r := range list {
			ids = append(ids, r.ID)
		}
	}
	titles, err := resourceTitles(db, ids)
	for _, list := range lists {
		for i := range list {
			list[i].Title = titles[list[i].ID]
		}
	}
	return err
}

// cases fills in the cases that name the resource.
func (l *Lineage) cases(ctx context.Context, s *Store, actor identity.Actor, resource string) error {
	page, err := s.ListCases(ctx, actor, CaseFilter{Resource: resource, Limit: maxLineage})
	if err != nil {
		return err
	}
	l.Cases, l.MoreCases = page.Items, page.Next != ""
	var unseen []string
	may := sees(actor) // NULL where a part of it finds nothing
	err = s.read.WithContext(ctx).Table("case_resources AS n").Select("n.case_id").Joins("JOIN cases c ON c.id = n.case_id").
		Where("n.resource_id = ? AND NOT c.draft", resource).Where("NOT coalesce("+may.sql+", false)", may.args...).Limit(1).Pluck("n.case_id", &unseen).Error
	l.Unseen = len(unseen) > 0
	return err
}

// products fills in what is made of the resource, as the public register has it: whoever may not see a case may see its entry.
func (l *Lineage) products(db *gorm.DB, resource string) error {
	var rows []registerProductRow
	err := db.Table("case_resources AS n").Select("p.*").Joins("JOIN register_products p ON p.case_id = n.case_id").Where("n.resource_id = ?", resource).
		Order("p.listed_on DESC, p.case_id DESC, p.n DESC").Limit(maxLineage + 1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	if l.MoreProducts = len(rows) > maxLineage; l.MoreProducts {
		rows = rows[:maxLineage]
	}
	entries, err := entriesOf(db, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		entry := entries[r.CaseID]
		if !slices.Contains(entry.Resources, resource) { // it was applied for, and is not in the agreement
			continue
		}
		p, err := r.product()
		if err != nil {
			return err
		}
		l.Products = append(l.Products, RegisterProduct{Product: p, N: r.N, Entry: entry})
	}
	return nil
}
