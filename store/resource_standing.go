package store

import (
	"gorm.io/gorm"

	"datacharter/domain/catalogue"
)

// standing is what a batch of resources meets in the catalogue.
type standing struct {
	rows       map[string]resourceRow // those there already, by ID
	held       map[string]heldRow     // changes of them that wait, by ID
	registered map[string]bool        // of those that the batch would change
	dismissed  map[dismissal]bool     // by people, of those that are registered
}

// dismissal says that somebody dismissed what a source said of a resource while the catalogue said something else.
type dismissal struct{ ResourceID, Base, Digest string }

// standingOf looks up what rows meet. The resources themselves are read by a query of their own, which may lock them.
func standingOf(db, resources *gorm.DB, rows []resourceRow) (known standing, err error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	if known.rows, err = storedResources(resources, ids); err != nil || len(known.rows) == 0 {
		return known, err
	}
	if known.held, err = lookUp(ids, func(ids []string) *gorm.DB { return db.Where("resource_id IN ?", ids) }, heldRow.byID); err != nil {
		return known, err
	}
	var changing []string
	for _, r := range rows {
		if before, is := known.rows[r.ID]; is && before.Digest != r.Digest {
			changing = append(changing, r.ID)
		}
	}
	known.registered, err = registeredAmong(db, changing)
	if err != nil || len(known.registered) == 0 {
		return known, err
	}
	var dismissed []dismissal
	err = db.Model(&decisionRow{}).Where("outcome = ? AND resource_id IN ?", string(catalogue.WasDismissed), changing).Find(&dismissed).Error
	known.dismissed = make(map[dismissal]bool, len(dismissed))
	for _, d := range dismissed {
		known.dismissed[d] = true
	}
	return known, err
}

// registeredAmong are those of the resources that a case keeps registered.
func registeredAmong(db *gorm.DB, ids []string) (map[string]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []string
	if err := db.Model(&caseResourceRow{}).Where("registered AND resource_id IN ?", ids).Distinct().Pluck("resource_id", &found).Error; err != nil {
		return nil, err
	}
	registered := make(map[string]bool, len(found))
	for _, id := range found {
		registered[id] = true
	}
	return registered, nil
}

// verdict says what it means to put a row where there may be one before.
func (k standing) verdict(row, before resourceRow, is bool) catalogue.Stored {
	switch {
	case !is:
		return catalogue.Created
	case before.Digest == row.Digest:
		return catalogue.Unchanged
	case !k.registered[row.ID]:
		return catalogue.Changed
	case k.dismissed[dismissal{row.ID, before.Digest, row.Digest}]:
		return catalogue.Dismissed
	default:
		return catalogue.Held
	}
}
