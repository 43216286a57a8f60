package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/register"
)

// RegisterEntry is an entry of the public register with the names of what it refers to.
type RegisterEntry struct {
	register.Entry
	ChangedAt time.Time
	Names     register.Names // of its organisations; shared by the entries of one answer
}

// RegisterFilter narrows a list of entries; empty fields do not.
type RegisterFilter struct {
	Text    string // every word must occur in the title, the ID, a product's name or form, or the name of the grantee or agency
	Agency  string
	Grantee string
	State   register.State
	Mode    string
	Sort    RegisterSort
	Cursor  string
	Limit   int // DefaultLimit when 0, at most MaxLimit
}

// RegisterSort is an order of entries.
type RegisterSort string

// The orders of entries.
const (
	ByPublicChange RegisterSort = "changed" // last changed first; the default
	ByTermEnd      RegisterSort = "ends"    // the first to end first
)

// ListRegister lists the entries of the public register. Everybody may read it.
func (s *Store) ListRegister(ctx context.Context, f RegisterFilter) (Page[RegisterEntry], error) {
	list := "register"
	if f.Sort == ByTermEnd {
		list = "register by end"
	}
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[RegisterEntry]{}, err
	}
	db := s.read.WithContext(ctx)
	by, words, most, err := f.order(db)
	if err != nil {
		return Page[RegisterEntry]{}, s.found(err)
	}
	found, err := approachTo(db, words, most)
	if err != nil {
		return Page[RegisterEntry]{}, s.found(err)
	}
	q := narrowed(found.over(db, by.tables, by.id).Select("e.*").Where(by.only.sql, by.only.args...), f.narrowings()...)
	if more {
		key := any(at.Num)
		if f.Sort == ByTermEnd {
			key = at.Text
		}
		q = q.Where("("+by.key+", "+by.id+") "+by.after+" (?, ?)", key, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []registerRow
	if err := q.Order(by.order).Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[RegisterEntry]{}, s.found(err)
	}
	names, err := namesOf(db, rows)
	if err != nil {
		return Page[RegisterEntry]{}, s.found(err)
	}
	return page(rows, limit, func(r registerRow) (RegisterEntry, error) { return r.named(names) }, func(r registerRow) place {
		if f.Sort == ByTermEnd {
			return place{List: list, Text: r.EndsOn, ID: r.CaseID}
		}
		return place{List: list, Num: r.ChangedAt, ID: r.CaseID}
	})
}

func (f RegisterFilter) narrowings() []equal {
	return []equal{{"e.grantee", f.Grantee}, {"e.agency", f.Agency}, {"e.state", string(f.State)}, {"e.mode", f.Mode}}
}

// order is the order of the list, what its text keeps it to besides, and its few. Under a pair of Chinese characters the entries lie in the order of
// their last change already; a list that is narrowed has an index of its own.
func (f RegisterFilter) order(db *gorm.DB) (by listOrder, words []restriction, most int, err error) {
	by, terms := listOrder{"register_entries e", "e.case_id", "e.changed_at", "e.changed_at DESC, e.case_id DESC", "<", anything}, termsOf(f.Text)
	switch narrow := slices.ContainsFunc(f.narrowings(), func(e equal) bool { return e.value != "" }); {
	case f.Sort == ByTermEnd:
		by.key, by.order, by.after = "e.ends_on", "e.ends_on, e.case_id", ">"
	case !narrow:
		a, err := alongRarest(db, terms, termTable{"register_terms", "case_id", "changed_at"})
		if err != nil {
			return by, nil, 0, err
		}
		if a != nil {
			by = listOrder{"register_terms o CROSS JOIN register_entries e", "o.case_id", "o.changed_at", "o.changed_at DESC, o.case_id DESC", "<", condition{
				"o.term = ? AND e.case_id = o.case_id", []any{a.pair},
			}}
			return by, a.others(), fewUnderTerm, nil
		}
	}
	return by, under(terms, "register_terms", "case_id"), few, nil
}

func (r registerRow) named(names register.Names) (RegisterEntry, error) {
	e, err := r.entry()
	return RegisterEntry{Entry: e, ChangedAt: fromMicros(r.ChangedAt), Names: names}, err
}

func namesOf(db *gorm.DB, rows []registerRow) (register.Names, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Grantee, r.Agency)
	}
	return organizationNames(db, ids)
}

// equal is a condition that a column has a value; none when that is empty.
type equal struct{ column, value string }

// narrowed adds the conditions, the one that fewest rows meet first: the others are written so that no database looks rows up by them.
func narrowed(q *gorm.DB, all ...equal) *gorm.DB {
	first := true
	for _, c := range all {
		if c.value == "" {
			continue
		}
		if first {
			q, first = q.Where(c.column+" = ?", c.value), false
		} else {
			q = q.Where("("+c.column+" || '') = ?", c.value)
		}
	}
	return q
}

// RegisterProduct is a product or service of the public register with the authorisation that it belongs to.
type RegisterProduct struct {
	register.Product
	N     int // of the authorisation's products, from 1
	Entry RegisterEntry
}

// RegisterProductFilter narrows a list of products and services; empty fields do not.
type RegisterProductFilter struct {
	Text    string // every word must occur in the name, the form or the title of the authorisation
	Class   agreement.Class
	Charge  register.Charge
	Grantee string
	Listed  *bool // on offer now
	Cursor  string
	Limit   int // DefaultLimit when 0, at most MaxLimit
}

// ListRegisterProducts lists the products and services of the public register, those last put on offer first.
func (s *Store) ListRegisterProducts(ctx context.Context, f RegisterProductFilter) (Page[RegisterProduct], error) {
	const list = "register products"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[RegisterProduct]{}, err
	}
	db := s.read.WithContext(ctx)
	found, err := approachTo(db, under(termsOf(f.Text), "register_product_terms", "product_id"), few)
	if err != nil {
		return Page[RegisterProduct]{}, s.found(err)
	}
	q := narrowed(found.over(db, "register_products p", "p.id").Select("p.*"), equal{"p.grantee", f.Grantee}, equal{"p.charge", string(f.Charge)}, equal{"p.class", string(f.Class)})
	if f.Listed != nil {
		q = q.Where("p.listed = ?", *f.Listed)
	}
	if more {
		q = q.Where("(p.listed_on, p.case_id, p.n) < (?, ?, ?)", at.Text, at.ID, at.N)
	}
	limit := pageSize(f.Limit)
	var rows []registerProductRow
	if err := q.Order("p.listed_on DESC, p.case_id DESC, p.n DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[RegisterProduct]{}, s.found(err)
	}
	entries, err := entriesOf(db, rows)
	if err != nil {
		return Page[RegisterProduct]{}, s.found(err)
	}
	return page(rows, limit, func(r registerProductRow) (RegisterProduct, error) {
		p, err := r.product()
		if e := entries[r.CaseID]; err == nil && r.N <= len(e.Products) && e.Products[r.N-1].Name == r.Name {
			p = e.Products[r.N-1] // with what no column has
		}
		return RegisterProduct{Product: p, N: r.N, Entry: entries[r.CaseID]}, err
	}, func(r registerProductRow) place { return place{List: list, Text: r.ListedOn, ID: r.CaseID, N: r.N} })
}

// entriesOf are the entries to which the products belong, by ID.
func entriesOf(db *gorm.DB, products []registerProductRow) (map[string]RegisterEntry, error) {
	var ids []string
	for _, p := range products {
		ids = append(ids, p.CaseID)
	}
	var rows []registerRow
	if err := db.Where("case_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	names, err := namesOf(db, rows)
	if err != nil {
		return nil, err
	}
	entries := make(map[string]RegisterEntry, len(rows))
	for _, r := range rows {
		if entries[r.CaseID], err = r.named(names); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// RegisterRecord is an entry with its history. Its names are those of its resources and deciding bodies too.
type RegisterRecord struct {
	RegisterEntry
	Releases []register.Published // the newest, newest first, as many as a list has; ListReleases has all
}

// GetRegisterEntry returns an entry with its history, or ErrNotFound when the public knows of no such authorisation.
func (s *Store) GetRegisterEntry(ctx context.Context, id string) (RegisterRecord, error) {
	db := s.lookUp(ctx)
	var row registerRow
	if err := db.Take(&row, "case_id = ?", id).Error; err != nil {
		return RegisterRecord{}, s.found(err)
	}
	e, err := row.entry()
	if err != nil {
		return RegisterRecord{}, err
	}
	ids := []string{e.Grantee, e.Agency}
	for _, d := range e.Decisions {
		ids = append(ids, d.Body)
	}
	names, err := organizationNames(db, ids)
	if err != nil {
		return RegisterRecord{}, s.found(err)
	}
	var resources []resourceRow
	if err := db.Select("id, title").Where("id IN ?", e.Resources).Find(&resources).Error; err != nil {
		return RegisterRecord{}, s.found(err)
	}
	for _, r := range resources {
		names[r.ID] = r.Title
	}
	releases, err := s.ListReleases(ctx, ReleaseFilter{Case: id, Limit: MaxLimit})
	return RegisterRecord{RegisterEntry{e, fromMicros(row.ChangedAt), names}, releases.Items}, err
}

// RegisterIDByCode returns the entry that a short code leads to, or ErrNotFound.
func (s *Store) RegisterIDByCode(ctx context.Context, code string) (string, error) {
	var row registerRow
	err := s.lookUp(ctx).Select("case_id").Where("code = ?", code).Order("case_id").Take(&row).Error
	return row.CaseID, s.found(err)
}

// ReleaseFilter narrows a list of releases; empty fields do not.
type ReleaseFilter struct {
	Case   string
	Cursor string
	Limit  int // DefaultLimit when 0, at most MaxLimit
}

// ListReleases lists the changes of the public register, newest first.
func (s *Store) ListReleases(ctx context.Context, f ReleaseFilter) (Page[register.Published], error) {
	all, err := s.ListPublications(ctx, PublicationFilter{Case: f.Case, Subject: register.Subject, Cursor: f.Cursor, Limit: f.Limit})
	if err != nil {
		return Page[register.Published]{}, err
	}
	out := Page[register.Published]{Items: make([]register.Published, len(all.Items)), Next: all.Next}
	for i, p := range all.Items {
		out.Items[i] = register.Published{ID: p.ID, At: p.At}
		if err := json.Unmarshal(p.Content, &out.Items[i].Release); err != nil {
			return Page[register.Published]{}, fmt.Errorf("store: release %s: %w", p.ID, err)
		}
	}
	return out, nil
}

// ReleaseNames are the names of the grantees and agencies of releases.
func (s *Store) ReleaseNames(ctx context.Context, releases []register.Published) (register.Names, error) {
	var ids []string
	for _, r := range releases {
		ids = append(ids, r.Release.Entry.Grantee, r.Release.Entry.Agency)
	}
	names, err := organizationNames(s.lookUp(ctx), ids)
	return names, s.found(err)
}

// RegisterCounts say how many entries and products of each sort there are, by value.
type RegisterCounts struct {
	States  []RegisterCount // of entries, in the order of register.States
	Modes   []RegisterCount // of entries
	Classes []RegisterCount // of products
	Charges []RegisterCount // of products
}

// RegisterCount is one number. Counting stops at MaxCount, so that it takes no longer the larger the register grows.
type RegisterCount struct {
	Value string
	N     int
	More  bool // there are more than N
}

// MaxCount is the number at which counting stops.
const MaxCount = 1000

// CountRegister counts the whole register by state, mode, class and charge.
func (s *Store) CountRegister(ctx context.Context) (RegisterCounts, error) {
	var c RegisterCounts
	db := s.lookUp(ctx)
	err := inTurn(
		func() (err error) { c.States, err = countValues(db, "register_entries", "state"); return err },
		func() (err error) { c.Modes, err = countValues(db, "register_entries", "mode"); return err },
		func() (err error) { c.Classes, err = countValues(db, "register_products", "class"); return err },
		func() (err error) { c.Charges, err = countValues(db, "register_products", "charge"); return err },
	)
	place := func(value string) int {
		for i, known := range register.States {
			if string(known.State) == value {
				return i
			}
		}
		return len(register.States)
	}
	slices.SortFunc(c.States, func(a, b RegisterCount) int { return place(a.Value) - place(b.Value) })
	return c, s.found(err)
}

// countValues counts the rows by the values of an indexed column, going from one value to the next instead of through all rows.
func countValues(db *gorm.DB, table, column string) ([]RegisterCount, error) {
	var rows []RegisterCount
	err := db.Raw(`WITH RECURSIVE found(value) AS (
			SELECT min(` + column + `) FROM ` + table + `
			UNION ALL
			SELECT (SELECT min(` + column + `) FROM ` + table + ` WHERE ` + column + ` > found.value) FROM found WHERE found.value IS NOT NULL
		)
		SELECT value, (SELECT count(*) FROM (SELECT 1 FROM ` + table + ` WHERE ` + column + ` = found.value` + atMost(MaxCount+1) + `) AS counted) AS n
		FROM found WHERE value IS NOT NULL AND value <> '' ORDER BY value`).Scan(&rows).Error
	for i := range rows {
		if rows[i].N > MaxCount {
			rows[i].N, rows[i].More = MaxCount, true
		}
	}
	return rows, err
}
