package store

import (
	"slices"

	"datacharter/domain/lifecycle"
)

// NamingResources is a case that names resources of the catalogue: what becomes of a resource then leads to the case.
type NamingResources interface {
	// ResourceIDs lists the resources, in any order.
	ResourceIDs() []string
}

// RegisteringResources is a case by which resources that it names may be registered.
type RegisteringResources interface {
	// RegisteredIDs lists the resources that the case keeps registered now, in any order.
	RegisteredIDs() []string
}

// caseResourceRow says that a case names a resource.
type caseResourceRow struct {
	ResourceID string `gorm:"primaryKey"`
	CaseID     string `gorm:"primaryKey"`
	Registered bool   // the case keeps the resource registered
}

func (caseResourceRow) TableName() string { return "case_resources" }

func (r caseResourceRow) key() caseResourceRow {
	return caseResourceRow{ResourceID: r.ResourceID, CaseID: r.CaseID}
}

func caseResourceRows(c lifecycle.Case) []caseResourceRow {
	n, ok := c.(NamingResources)
	if !ok {
		return nil
	}
	var registered []string
	if r, ok := c.(RegisteringResources); ok {
		registered = r.RegisteredIDs()
	}
	return distinct(n.ResourceIDs(), func(resource string) caseResourceRow {
		return caseResourceRow{resource, c.Head().ID, slices.Contains(registered, resource)}
	})
}

// Naming is an open case that names a resource.
type Naming struct {
	ID   string
	Kind lifecycle.Kind
}

// OpenCasesNaming lists the open cases of the kinds that name a resource, drafts left out, by ID.
func (tx *Tx) OpenCasesNaming(resource string, of ...lifecycle.Kind) ([]Naming, error) {
	var rows []caseRow
	err := tx.db.Table("cases AS c").Select("c.id, c.kind").
		Where("c.id IN (SELECT case_id FROM case_resources WHERE resource_id = ?) AND c.kind IN ?", resource, of).
		Where(isOpen).Order("c.id").Find(&rows).Error
	out := make([]Naming, len(rows))
	for i, r := range rows {
		out[i] = Naming{ID: r.ID, Kind: lifecycle.Kind(r.Kind)}
	}
	return out, err
}

// QueueOfResource puts what follows from the n-th thing that happened to a resource into the outbox: it goes out in order, as the effects of a case do.
func (tx *Tx) QueueOfResource(resource string, n int64, effects []lifecycle.Effect) error {
	return tx.queueBeside(resource, "resource", n, effects)
}
