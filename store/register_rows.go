package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/register"
	"datacharter/domain/search"
)

// Registered is a case that may have an entry in the public register.
type Registered interface {
	// RegisterEntry returns the entry, and false while there is none.
	RegisterEntry() (register.Entry, bool)
}

// publicRows are the rows of the public register, of one case or of several.
type publicRows struct {
	entries  []registerRow
	products []registerProductRow
	words    []registerWords
	offers   []productWords
}

// registerRow is an entry of the public register.
type registerRow struct {
	CaseID    string `gorm:"primaryKey"`
	Title     string
	Grantee   string
	Agency    string
	Mode      string
	State     string
	StartsOn  string
	EndsOn    string
	ChangedAt int64
	Data      string
	Code      string
}

func (registerRow) TableName() string { return "register_entries" }

func (r registerRow) key() string { return r.CaseID }

func (r registerRow) entry() (register.Entry, error) {
	var e register.Entry
	if err := json.Unmarshal([]byte(r.Data), &e); err != nil {
		return e, fmt.Errorf("store: entry %s of the register: %w", r.CaseID, err)
	}
	return e, nil
}

// registerProductRow is a product or service of an entry.
type registerProductRow struct {
	ID       string `gorm:"primaryKey"`
	CaseID   string
	N        int
	Name     string
	Class    string
	Form     string
	Charge   string
	Unit     string
	Price    string
	Ceiling  string
	Listed   bool
	ListedOn string
	Grantee  string
}

func (registerProductRow) TableName() string { return "register_products" }

func (r registerProductRow) key() string { return r.ID }

func newRegisterProductRow(e register.Entry, n int, p register.Product) registerProductRow {
	row := registerProductRow{
		ID: fmt.Sprintf("%s/%d", e.ID, n), CaseID: e.ID, N: n, Name: p.Name, Class: string(p.Class), Form: p.Form, Charge: string(p.Charge()), Unit: p.Unit, Listed: p.Listed, Grantee: e.Grantee,
	}
	if p.Price != nil {
		row.Price = p.Price.String()
	}
	if p.Ceiling != nil {
		row.Ceiling = p.Ceiling.String()
	}
	if !p.Since.IsZero() {
		row.ListedOn = p.Since.String()
	}
	return row
}

func (r registerProductRow) product() (register.Product, error) {
	p := register.Product{Name: r.Name, Class: agreement.Class(r.Class), Form: r.Form, Unit: r.Unit, Listed: r.Listed}
	var err error
	if p.Price, err = priceOf(r.Price); err != nil {
		return p, fmt.Errorf("store: product %s/%d of the register: %w", r.CaseID, r.N, err)
	}
	if p.Ceiling, err = priceOf(r.Ceiling); err != nil {
		return p, fmt.Errorf("store: product %s/%d of the register: %w", r.CaseID, r.N, err)
	}
	if r.ListedOn != "" {
		if p.Since, err = calendar.ParseDate(r.ListedOn); err != nil {
			return p, fmt.Errorf("store: product %s/%d of the register: %w", r.CaseID, r.N, err)
		}
	}
	return p, nil
}

func priceOf(s string) (*pricing.Price, error) {
	if s == "" {
		return nil, nil
	}
	p, err := pricing.ParsePrice(s)
	return &p, err
}

// registerTermRow is one search term of an entry.
type registerTermRow struct {
	Term      string `gorm:"primaryKey"`
	ChangedAt int64  `gorm:"primaryKey"` // of the entry: under each term the entries lie in the order of their last change
	CaseID    string `gorm:"primaryKey"`
}

func (registerTermRow) TableName() string { return "register_terms" }

// registerWords are an entry's words, and the organisations by whose names it is found too.
type registerWords struct {
	caseID, words, grantee, agency string
	changedAt                      int64
}

// registerTermRows are the terms of entries. The names of organisations never change once they are given.
func registerTermRows(db *gorm.DB, all []registerWords) ([]registerTermRow, error) {
	var ids []string
	for _, w := range all {
		ids = append(ids, w.grantee, w.agency)
	}
	names, err := organizationNames(db, ids)
	if err != nil {
		return nil, err
	}
	var rows []registerTermRow
	for _, w := range all {
		terms := search.Terms(strings.Join([]string{w.words, names[w.grantee], names[w.agency]}, "\n"))
		rows = append(rows, distinct(terms, func(term string) registerTermRow { return registerTermRow{term, w.changedAt, w.caseID} })...)
	}
	return rows, nil
}

// productTermRow is one search term of a product or service.
type productTermRow struct {
	Term      string `gorm:"primaryKey"`
	ProductID string `gorm:"primaryKey"`
}

func (productTermRow) TableName() string { return "register_product_terms" }

// productWords are the words by which a product or service is found.
type productWords struct{ id, words string }

func productTermRows(all []productWords) []productTermRow {
	var rows []productTermRow
	for _, w := range all {
		rows = append(rows, distinct(search.Terms(w.words), func(term string) productTermRow { return productTermRow{term, w.id} })...)
	}
	return rows
}

// publicRowsOf projects what the public may know of a case; nothing of most.
func publicRowsOf(c lifecycle.Case) publicRows {
	registered, ok := c.(Registered)
	if !ok {
		return publicRows{}
	}
	e, public := registered.RegisterEntry()
	if !public {
		return publicRows{}
	}
	data, err := json.Marshal(e)
	if err != nil {
		panic("an entry that JSON cannot hold, in a case that it can: " + err.Error())
	}
	changedAt := micros(publicSince(c.Head()))
	rows := publicRows{entries: []registerRow{{
		CaseID: e.ID, Title: e.Title, Grantee: e.Grantee, Agency: e.Agency, Mode: e.Mode, State: string(e.State),
		StartsOn: e.Term.From.String(), EndsOn: e.Term.Last().String(), ChangedAt: changedAt, Data: string(data), Code: register.Code(e.ID),
	}}}
	words := []string{e.Title, e.ID}
	for i, p := range e.Products {
		product := newRegisterProductRow(e, i+1, p)
		rows.products = append(rows.products, product)
		rows.offers = append(rows.offers, productWords{product.ID, strings.Join([]string{p.Name, p.Form, e.Title}, "\n")})
		words = append(words, p.Name, p.Form)
	}
	rows.words = []registerWords{{e.ID, strings.Join(words, "\n"), e.Grantee, e.Agency, changedAt}}
	return rows
}

// publicSince is when the public last learned something new; of a case last changed before there was a register, when it last changed.
func publicSince(h *lifecycle.Header) time.Time {
	if h.Public == nil {
		return h.ChangedAt
	}
	return h.Public.ChangedAt
}

func (p *publicRows) add(q publicRows) {
	p.entries = append(p.entries, q.entries...)
	p.products = append(p.products, q.products...)
	p.words = append(p.words, q.words...)
	p.offers = append(p.offers, q.offers...)
}

func (p publicRows) insert(db *gorm.DB) error {
	terms, err := registerTermRows(db, p.words)
	if err != nil {
		return err
	}
	return inTurn(
		func() error { return insertRows(db, p.entries) },
		func() error { return insertRows(db, p.products) },
		func() error { return insertRows(db, terms) },
		func() error { return insertRows(db, productTermRows(p.offers)) },
	)
}

func (p publicRows) sync(db *gorm.DB, before publicRows) error {
	return inTurn(
		func() error { return syncRows(db, before.entries, p.entries, registerRow.key) },
		func() error { return syncRows(db, before.products, p.products, registerProductRow.key) },
		func() error { return syncRegisterTerms(db, before.words, p.words) },
		func() error {
			if slices.Equal(before.offers, p.offers) {
				return nil
			}
			return syncRows(db, productTermRows(before.offers), productTermRows(p.offers), itself[productTermRow])
		},
	)
}

func syncRegisterTerms(db *gorm.DB, before, after []registerWords) error {
	if slices.Equal(before, after) {
		return nil
	}
	old, err := registerTermRows(db, before)
	if err != nil {
		return err
	}
	terms, err := registerTermRows(db, after)
	if err != nil {
		return err
	}
	return syncRows(db, old, terms, itself[registerTermRow])
}

// organizationNames are the names of the organisations, by ID.
func organizationNames(db *gorm.DB, ids []string) (register.Names, error) {
	names := register.Names{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []organizationRow
	if err := db.Select("id, name").Where("id IN ?", distinct(ids, func(id string) string { return id })).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
