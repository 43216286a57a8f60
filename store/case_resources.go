package store

import "datacharter/domain/lifecycle"

// NamingResources is a case that names resources of the catalogue: what becomes of a resource then leads to the case.
type NamingResources interface {
	// ResourceIDs lists the resources, in any order.
	ResourceIDs() []string
}

// caseResourceRow says that a case names a resource.
type caseResourceRow struct {
	ResourceID string `gorm:"primaryKey"`
	CaseID     string `gorm:"primaryKey"`
}

func (caseResourceRow) TableName() string { return "case_resources" }

func caseResourceRows(c lifecycle.Case) []caseResourceRow {
	n, ok := c.(NamingResources)
	if !ok {
		return nil
	}
	return distinct(n.ResourceIDs(), func(resource string) caseResourceRow { return caseResourceRow{resource, c.Head().ID} })
}
