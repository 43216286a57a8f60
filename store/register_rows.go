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
	parties  []registerParties
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
	CaseID   string `gorm:"primaryKey"`
	N        int    `gorm:"primaryKey;autoIncrement:false"`
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

func (r registerProductRow) key() registerProductRow {
	return registerProductRow{CaseID: r.CaseID, N: r.N}
}

func newRegisterProductRow(e register.Entry, n int, p register.Product) registerProductRow {
	row := registerProductRow{
		CaseID: e.ID, N: n, Name: p.Name, Class: string(p.Class), Form: p.Form, Charge: string(p.Charge()), Unit: p.Unit, Listed: p.Listed, Grantee: e.Grantee,
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

// Numbers of registerTermRow that are no product's.
const (
	ofEntry = 0
	ofNames = -1 // of the organisations
)

// registerTermRow is one search term of an entry or of one of its products.
type registerTermRow struct {
	Term   string `gorm:"primaryKey"`
	CaseID string `gorm:"primaryKey"`
	N      int    `gorm:"primaryKey;autoIncrement:false"`
}

func (registerTermRow) TableName() string { return "register_terms" }

// registerWords are the words by which an entry, or a product of it, is found.
type registerWords struct {
	caseID string
	n      int
	words  string
}

func registerTermRows(all []registerWords) []registerTermRow {
	var rows []registerTermRow
	for _, w := range all {
		rows = append(rows, distinct(search.Terms(w.words), func(term string) registerTermRow { return registerTermRow{term, w.caseID, w.n} })...)
	}
	return rows
}

// registerParties are the organisations by whose names an entry is found too.
type registerParties struct{ caseID, grantee, agency string }

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
	h := c.Head()
	rows := publicRows{
		entries: []registerRow{{
			CaseID: e.ID, Title: e.Title, Grantee: e.Grantee, Agency: e.Agency, Mode: e.Mode, State: string(e.State),
			StartsOn: e.Term.From.String(), EndsOn: e.Term.Last().String(), ChangedAt: micros(publicSince(h)), Data: string(data),
		}},
		parties: []registerParties{{e.ID, e.Grantee, e.Agency}},
	}
	names := []string{e.Title, e.ID}
	for i, p := range e.Products {
		rows.products = append(rows.products, newRegisterProductRow(e, i+1, p))
		rows.words = append(rows.words, registerWords{e.ID, i + 1, strings.Join([]string{p.Name, p.Form, e.Title}, "\n")})
		names = append(names, p.Name)
	}
	rows.words = append(rows.words, registerWords{e.ID, ofEntry, strings.Join(names, "\n")})
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
	p.parties = append(p.parties, q.parties...)
}

func (p publicRows) insert(db *gorm.DB) error {
	return inTurn(
		func() error { return insertRows(db, p.entries) },
		func() error { return insertRows(db, p.products) },
		func() error { return insertRows(db, registerTermRows(p.words)) },
		func() error { return insertNames(db, p.parties) },
	)
}

func (p publicRows) sync(db *gorm.DB, before publicRows) error {
	return inTurn(
		func() error { return syncRows(db, before.entries, p.entries, registerRow.key) },
		func() error { return syncRows(db, before.products, p.products, registerProductRow.key) },
		func() error {
			if slices.Equal(before.words, p.words) {
				return nil
			}
			return syncRows(db, registerTermRows(before.words), registerTermRows(p.words), itself[registerTermRow])
		},
		func() error {
			if slices.Equal(before.parties, p.parties) {
				return nil
			}
			for _, gone := range before.parties {
				if err := db.Where("case_id = ? AND n = ?", gone.caseID, ofNames).Delete(&registerTermRow{}).Error; err != nil {
					return err
				}
			}
			return insertNames(db, p.parties)
		},
	)
}

// insertNames adds the terms of the names of the entries' organisations. A name never changes once it is given.
func insertNames(db *gorm.DB, all []registerParties) error {
	if len(all) == 0 {
		return nil
	}
	var ids []string
	for _, p := range all {
		ids = append(ids, p.grantee, p.agency)
	}
	names, err := organizationNames(db, ids)
	if err != nil {
		return err
	}
	words := make([]registerWords, len(all))
	for i, p := range all {
		words[i] = registerWords{p.caseID, ofNames, names[p.grantee] + "\n" + names[p.agency]}
	}
	return insertRows(db, registerTermRows(words))
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
