package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
)

// onlyOnce leaves a row alone that is there already.
var onlyOnce = clause.OnConflict{DoNothing: true}

// Deliver delivers notices and publications and notes that it did, all of them in one transaction or none. A repeat changes nothing.
//
// A notice goes into the boxes of its recipients; who they are is decided now. Those who declared an interest in the case get it only when it names them,
// those who do not want its group not at all.
// A publication enters the public record and the transparency log.
func (s *Store) Deliver(ctx context.Context, messages ...Message) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		d := delivery{db: db.WithContext(s.dialect.within(ctx)), told: map[address][]string{}}
		ids := make([]string, len(messages))
		for i, m := range messages {
			ids[i] = m.ID
			if err := d.add(m); err != nil {
				return err
			}
		}
		if err := insertRows(d.db.Clauses(onlyOnce), d.notices); err != nil {
			return err
		}
		if err := insertRows(d.db.Clauses(onlyOnce), d.publications); err != nil {
			return err
		}
		if len(d.publications) > 0 {
			if _, err := logPublications(d.db); err != nil {
				return err
			}
		}
		return s.delivered(d.db, ids)
	})
}

// delivery gathers the rows of many messages.
type delivery struct {
	db           *gorm.DB
	told         map[address][]string // whom each address means, so that it is looked up once
	notices      []noticeRow
	publications []publicationRow
}

// address is to whom a notice of a case goes; the group is empty for one that nobody can refuse.
type address struct {
	caseID string
	to     lifecycle.Recipients
	group  notice.Group
}

func (d *delivery) add(m Message) error {
	switch {
	case m.Effect.Notice != nil:
		people, err := d.people(address{m.Case, m.Effect.Notice.To, notice.RefusableGroup(m.Effect.Notice.Subject)})
		if err != nil {
			return err
		}
		rows, err := newNoticeRows(m, people)
		d.notices = append(d.notices, rows...)
		return err
	case m.Effect.Publication != nil:
		d.publications = append(d.publications, newPublicationRow(m))
		return nil
	default:
		return fmt.Errorf("store: message %s is neither a notice nor a publication", m.ID)
	}
}

func (d *delivery) people(a address) ([]string, error) {
	if people, known := d.told[a]; known {
		return people, nil
	}
	people, err := recipients(d.db, a)
	d.told[a] = people
	return people, err
}
