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
