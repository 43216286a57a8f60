package store

import (
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/register"
)

// TestRegisterPlans reads how SQLite finds the lists of the register: in the order of an index, from the one that the narrowest condition has,
// without sorting and without going through a table.
func TestRegisterPlans(t *testing.T) {
	s := openTest(t)
	var plan []string
	err := s.read.Callback().Query().After("gorm:query").Register("explain", func(db *gorm.DB) {
		statement := db.Statement.SQL.String()
		if !strings.Contains(statement, "LIMIT 3") || !strings.Contains(statement, "register_") && !strings.Contains(statement, "publications") {
			return
		}
		rows, err := db.Statement.ConnPool.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement, db.Statement.Vars...)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() {
			if err := rows.Close(); err != nil {
				t.Error(err)
			}
		}()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Error(err)
			}
			plan = append(plan, detail)
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	entries := func(f RegisterFilter) func() error {
		f.Limit = 2
		return func() error { _, err := s.ListRegister(t.Context(), f); return err }
	}
	products := func(f RegisterProductFilter) func() error {
		f.Limit = 2
		return func() error { _, err := s.ListRegisterProducts(t.Context(), f); return err }
	}
	releases := func(f ReleaseFilter) func() error {
		f.Limit = 2
		return func() error { _, err := s.ListReleases(t.Context(), f); return err }
	}
	yes := true
	for _, c := range []struct {
		name, index string
		read        func() error
	}{
		{"all", "register_entries_changed", entries(RegisterFilter{})},
		{"by end", "register_entries_ends", entries(RegisterFilter{Sort: ByTermEnd})},
		{"of a state, by end", "register_entries_state_ends", entries(RegisterFilter{Sort: ByTermEnd, State: register.Operating})},
		{"of a state", "register_entries_state", entries(RegisterFilter{State: register.Operating, Mode: "field"})},
		{"of a mode", "register_entries_mode", entries(RegisterFilter{Mode: "field"})},
		{"of an agency", "register_entries_agency", entries(RegisterFilter{Agency: "a", State: register.Operating, Mode: "field"})},
		{"of a grantee", "register_entries_grantee", entries(RegisterFilter{Grantee: "g", Agency: "a", State: register.Operating})},
		{"releases", "publications_subject", releases(ReleaseFilter{})},
		{"releases of a case", "publications_case", releases(ReleaseFilter{Case: "a"})},
		{"products", "register_products_listed", products(RegisterProductFilter{})},
		{"products on offer", "register_products_offered", products(RegisterProductFilter{Listed: &yes})},
		{"products of a class", "register_products_class", products(RegisterProductFilter{Class: agreement.Industry})},
		{"products of a charge", "register_products_charge", products(RegisterProductFilter{Charge: register.Free, Class: agreement.Industry})},
		{"products of a grantee", "register_products_grantee", products(RegisterProductFilter{Grantee: "g", Charge: register.Free})},
	} {
		plan = nil
		if err := c.read(); err != nil {
			t.Fatal(err)
		}
		using := slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line+" ", "INDEX "+c.index+" ") })
		if !using || len(plan) != 1 { // sorting would be a second step
			t.Errorf("%s: want the index %s alone, got %q", c.name, c.index, plan)
		}
	}
}
