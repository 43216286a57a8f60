package store

import (
	"strings"
	"testing"

	"datacharter/domain/identity"
)

// TestScopePlans reads how SQLite finds the cases that a reviewer may see, all of them or one: by the index made for it, which holds no cancelled tasks
// and leads to the case. Any other is gone through for longer the more tasks there are.
func TestScopePlans(t *testing.T) {
	s := openTest(t)
	reviewer := identity.Actor{Person: "p", Grants: []identity.Grant{{Role: identity.BusinessReviewer, Organization: "o", Kind: identity.Agency}}}
	these := concerning(reviewer)
	of := these[len(these)-1]
	for by, statement := range map[string]string{
		"case_id>?": "SELECT 1 FROM " + of.from + " WHERE " + of.where.sql + atMost(few),
		"case_id=?": "SELECT 1 FROM " + of.from + " WHERE " + of.id + " = 'c' AND (" + of.where.sql + ")" + atMost(1),
	} {
		var plan []struct{ Detail string }
		if err := s.read.Raw("EXPLAIN QUERY PLAN "+statement, of.where.args...).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		if len(plan) != 1 || !strings.Contains(plan[0].Detail, "USING COVERING INDEX tasks_meant") || !strings.Contains(plan[0].Detail, by) {
			t.Errorf("%s: %v", by, plan)
		}
	}
}
