package store

import (
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"datacharter/domain/concern"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
)

// tell puts what an entry of a concern says into the boxes of those who are to know. It goes with the entry, in one transaction: what concerns no case needs no
// outbox.
func (tx *Tx) tell(c concern.Concern, e concern.Entry) error {
	for n, t := range c.Tells(e) {
		people, err := tx.audience(c, t)
		if err != nil {
			return err
		}
		params, err := json.Marshal(map[string]string{"title": c.Title})
		if err != nil {
			return err
		}
		var rows []noticeRow
		for _, person := range people {
			if person == e.By.Person {
				continue // he did it
			}
			rows = append(rows, noticeRow{
				MessageID: fmt.Sprintf("%s/%d/%d", c.ID, e.Number, n), Person: person, CaseID: c.ID, Kind: string(c.Kind), Subject: t.Subject,
				Params: storable(string(params)), At: micros(e.At),
			})
		}
		if err := insertRows(tx.db.Clauses(onlyOnce).Session(&gorm.Session{CreateBatchSize: 500}), rows); err != nil {
			return err
		}
	}
	return nil
}

// audience finds the people with open accounts who are told and want to know.
func (tx *Tx) audience(c concern.Concern, t concern.Tell) ([]string, error) {
	group := notice.RefusableGroup(t.Subject)
	switch t.To {
	case concern.ToRaiser:
		return recipients(tx.db, address{c.ID, lifecycle.Recipients{Person: c.Person}, group})
	case concern.ToSupporters:
		var people []string
		err := tx.db.Table("concern_entries AS e").Joins("JOIN people p ON p.id = e.person AND p.closed_at IS NULL").
			Where("e.concern_id = ? AND e.action = 'support'", c.ID).
			Where("NOT EXISTS (SELECT 1 FROM unwanted_notices u WHERE u.person = e.person AND u.notice_group = ?)", string(group)).Order("e.person").Pluck("e.person", &people).Error
		return people, err
	default:
		var people []string
		for _, g := range concern.Answerers(c.Supplier) {
			some, err := recipients(tx.db, address{c.ID, lifecycle.Recipients{Organization: g.Organization, Kind: g.Kind, Role: g.Role}, group})
			if err != nil {
				return nil, err
			}
			people = append(people, some...)
		}
		return people, nil
	}
}
