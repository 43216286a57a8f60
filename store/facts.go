package store

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/use"
)

// Facts looks up what a decision needs to know. Where several organisations uploaded the same file, it is the actor's that counts.
// find returns the definition of a kind, nil for one that is not known. The gradings stay what they are until the transaction ends.
func (tx *Tx) Facts(actor identity.Actor, needs lifecycle.Needs, find func(lifecycle.Kind) lifecycle.Definition) (facts lifecycle.Facts, err error) {
	if err := tx.holdGradings(needs.Gradings, "SHARE"); err != nil {
		return facts, err
	}
	return tx.facts(actor, needs, find)
}

func (tx *Tx) facts(actor identity.Actor, needs lifecycle.Needs, find func(lifecycle.Kind) lifecycle.Definition) (facts lifecycle.Facts, err error) {
	if facts.Organizations, err = tx.organizations(needs.Organizations); err != nil {
		return facts, err
	}
	if facts.Resources, err = tx.resources(needs.Resources); err != nil {
		return facts, err
	}
	if facts.Attachments, err = tx.attachments(actor, needs.Attachments); err != nil {
		return facts, err
	}
	if facts.Cases, err = tx.cases(needs.Cases, find); err != nil {
		return facts, err
	}
	if facts.Gradings, err = tx.CurrentGradings(needs.Gradings); err != nil {
		return facts, err
	}
	if facts.Open, err = tx.openOf(needs.OpenOf); err != nil {
		return facts, err
	}
	if facts.Exits, err = tx.casesOf(needs.ExitsOf, "exit", find); err != nil {
		return facts, err
	}
	if facts.Products, err = tx.casesOf(needs.ProductsOf, "product", find); err != nil {
		return facts, err
	}
	if facts.Used, err = tx.used(needs.UsedOf); err != nil {
		return facts, err
	}
	facts.Rosters, err = tx.rosters(needs.Rosters)
	return facts, err
}

// Facts looks up what a decision would need to know now, for somebody who wants to foresee it.
func (s *Store) Facts(ctx context.Context, actor identity.Actor, needs lifecycle.Needs, find func(lifecycle.Kind) lifecycle.Definition) (lifecycle.Facts, error) {
	tx := &Tx{store: s, db: s.read.WithContext(ctx), now: s.businessNow()}
	return tx.facts(actor, needs, find)
}

// lookUp reads the rows with the IDs and makes a map of them; nil without a query when there are none.
func lookUp[R, T any](ids []string, query func(ids []string) *gorm.DB, fact func(R) (id string, value T, err error)) (map[string]T, error) {
	if ids = possible(ids); len(ids) == 0 {
		return nil, nil
	}
	var rows []R
	if err := query(ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	facts := make(map[string]T, len(rows))
	for _, row := range rows {
		id, value, err := fact(row)
		if err != nil {
			return nil, err
		}
		facts[id] = value
	}
	return facts, nil
}

// possible leaves out IDs that people can send and PostgreSQL cannot look for: it would fail instead of finding nothing.
func possible(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id != storable(id) })
}

func (tx *Tx) organizations(ids []string) (map[string]lifecycle.Organization, error) {
	query := func(ids []string) *gorm.DB { return tx.db.Where("id IN ?", ids) }
	return lookUp(ids, query, func(r organizationRow) (string, lifecycle.Organization, error) { return r.ID, r.organization(), nil })
}

func (tx *Tx) resources(ids []string) (map[string]lifecycle.Resource, error) {
	query := func(ids []string) *gorm.DB { return tx.db.Select("id, title, provider, digest").Where("id IN ?", ids) }
	return lookUp(ids, query, func(r resourceRow) (string, lifecycle.Resource, error) {
		return r.ID, lifecycle.Resource{ID: r.ID, Title: r.Title, Provider: r.Provider, Digest: r.Digest}, nil
	})
}

func (tx *Tx) attachments(actor identity.Actor, digests []string) (map[string]lifecycle.Attachment, error) {
	query := func(digests []string) *gorm.DB {
		return tx.db.Where("digest IN ?", digests).Order("digest, organization")
	}
	found := map[string]lifecycle.Attachment{}
	return lookUp(digests, query, func(r attachmentRow) (string, lifecycle.Attachment, error) {
		if _, seen := found[r.Digest]; !seen || actor.In(r.Organization) {
			found[r.Digest] = r.attachment()
		}
		return r.Digest, found[r.Digest], nil
	})
}

func (tx *Tx) cases(ids []string, find func(lifecycle.Kind) lifecycle.Definition) (map[string]lifecycle.Case, error) {
	query := func(ids []string) *gorm.DB { return tx.db.Select("id, kind, data").Where("id IN ?", ids) }
	return lookUp(ids, query, func(r caseRow) (string, lifecycle.Case, error) {
		def := find(lifecycle.Kind(r.Kind))
		if def == nil {
			return r.ID, nil, fmt.Errorf("store: case %s is of the unknown kind %q", r.ID, r.Kind)
		}
		c, err := def.Decode([]byte(r.Data))
		return r.ID, c, err
	})
}

// openOf lists the open cases of operators, drafts apart, in the order of their IDs.
func (tx *Tx) openOf(organizations []string) (map[string][]lifecycle.Header, error) {
	if organizations = possible(organizations); len(organizations) == 0 {
		return nil, nil
	}
	var rows []caseRow
	err := tx.db.Select("id, kind, state, title, applicant, agency").Where("applicant IN ? AND closed = ? AND draft = ?", organizations, false, false).
		Order("id").Find(&rows).Error
	open := map[string][]lifecycle.Header{}
	for _, r := range rows {
		open[r.Applicant] = append(open[r.Applicant], lifecycle.Header{
			ID: r.ID, Kind: lifecycle.Kind(r.Kind), State: lifecycle.State(r.State), Title: r.Title, Applicant: r.Applicant, Agency: r.Agency,
		})
	}
	return open, err
}

// casesOf lists the cases of a kind of operators, open or closed, in the order of their IDs.
func (tx *Tx) casesOf(organizations []string, kind lifecycle.Kind, find func(lifecycle.Kind) lifecycle.Definition) (map[string][]lifecycle.Case, error) {
	if organizations = possible(organizations); len(organizations) == 0 {
		return nil, nil
	}
	var rows []caseRow
	err := tx.db.Select("id, kind, applicant, data").Where("applicant IN ? AND kind = ?", organizations, string(kind)).Order("id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := map[string][]lifecycle.Case{}
	for _, r := range rows {
		def := find(lifecycle.Kind(r.Kind))
		if def == nil {
			return nil, fmt.Errorf("store: case %s is of the unknown kind %q", r.ID, r.Kind)
		}
		c, err := def.Decode([]byte(r.Data))
		if err != nil {
			return nil, err
		}
		out[r.Applicant] = append(out[r.Applicant], c)
	}
	return out, nil
}

// used lists what was delivered under authorisations, month by month; the totals of the use ledger are read, no event is.
func (tx *Tx) used(authorizations []string) (map[string][]lifecycle.Used, error) {
	if authorizations = possible(authorizations); len(authorizations) == 0 {
		return nil, nil
	}
	var rows []useTotalRow
	err := tx.db.Where("case_id IN ? AND per = ? AND stage = ?", authorizations, string(agreement.PerMonth), string(use.ProductOperation)).
		Order("case_id, period, product, unit").Find(&rows).Error
	out := map[string][]lifecycle.Used{}
	for _, r := range rows {
		out[r.CaseID] = append(out[r.CaseID], lifecycle.Used{Month: r.Period, Product: r.Product, Unit: r.Unit, Volume: r.Volume + r.BeyondVolume})
	}
	return out, err
}

// seatRow is one role of a member of a deciding body.
type seatRow struct {
	Organization string
	Person       string
	Role         string
}

// rosters lists who sits in the bodies, ordered by person and role.
func (tx *Tx) rosters(bodies []string) (map[string][]lifecycle.Seat, error) {
	if bodies = possible(bodies); len(bodies) == 0 {
		return nil, nil
	}
	var seats []seatRow
	roles := []string{string(identity.Member), string(identity.Chair), string(identity.Secretary)}
	err := activeGrants(tx.db).Select("g.organization, g.person, g.role").Where("g.organization IN ? AND g.role IN ?", bodies, roles).
		Order("g.organization, g.person, g.role").Find(&seats).Error
	if err != nil {
		return nil, err
	}
	serves, err := tx.organizationsServed(seats)
	if err != nil {
		return nil, err
	}
	rosters := map[string][]lifecycle.Seat{}
	for _, s := range seats {
		rosters[s.Organization] = append(rosters[s.Organization], lifecycle.Seat{
			Person: s.Person, Role: identity.Role(s.Role), Organizations: serves[s.Person],
		})
	}
	return rosters, nil
}

// organizationsServed lists, for each person seated, the organisations for which he holds a role now.
func (tx *Tx) organizationsServed(seats []seatRow) (map[string][]string, error) {
	people := make([]string, len(seats))
	for i, s := range seats {
		people[i] = s.Person
	}
	var rows []seatRow
	err := activeGrants(tx.db).Distinct("g.person", "g.organization").Where("g.person IN ?", people).
		Order("g.person, g.organization").Find(&rows).Error
	serves := map[string][]string{}
	for _, r := range rows {
		serves[r.Person] = append(serves[r.Person], r.Organization)
	}
	return serves, err
}
