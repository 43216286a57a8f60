package store

import (
	"encoding/json"
	"maps"
	"slices"

	"gorm.io/gorm"

	"datacharter/domain/use"
	"datacharter/signing"
)

// The problems of the use ledger. Such a finding names a platform and the position of a batch of it, or an authorisation whose totals are wrong.
const (
	UseBatchChanged  Problem = "use-batch-changed"  // its hash is not that of its columns
	UseBatchMissing  Problem = "use-batch-missing"  // positions are left out, or the last batches are gone
	UseBatchUnlinked Problem = "use-batch-unlinked" // it does not continue the chain of its platform
	UseBatchUnsigned Problem = "use-batch-unsigned" // its signature does not fit its bytes and the platform's key
	UseEventsChanged Problem = "use-events-changed" // the events kept are not those of its bytes
	UseTotalsWrong   Problem = "use-totals-wrong"   // they are not what the events come to
)

// usedBatches is how many batches, with all their bytes, are read at a time.
const usedBatches = 20

// uses checks the chains of the platforms, the signatures, and that events and totals are those of the batches.
func (v *verification) uses(db *gorm.DB) error {
	var platforms []usePlatformRow
	if err := db.Order("id").Find(&platforms).Error; err != nil {
		return err
	}
	for _, p := range platforms {
		if err := v.platform(db, p); err != nil {
			return err
		}
	}
	wrong := map[string][]use.Total{}
	if err := wrongTotals(db, wrong); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(wrong)) {
		v.find(Finding{Problem: UseTotalsWrong, Case: id})
	}
	return nil
}

func (v *verification) platform(db *gorm.DB, p usePlatformRow) error {
	key, err := signing.ParseKey(p.PublicKey)
	known := err == nil
	last := use.Received{}
	for {
		var rows []useBatchRow
		if err := db.Where("platform = ? AND position > ?", p.ID, last.Position).Order("position").Limit(usedBatches).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			r := row.received()
			v.report.UseBatches++
			at := func(problem Problem) { v.find(Finding{Problem: problem, Case: p.ID, Seq: r.Position}) }
			switch {
			case r.Position != last.Position+1:
				v.find(Finding{Problem: UseBatchMissing, Case: p.ID, Seq: last.Position + 1, Last: r.Position - 1})
			case r.Prev != last.Hash:
				at(UseBatchUnlinked)
			}
			if r.Hash != r.Link() {
				at(UseBatchChanged)
			}
			if !known || !key.Verify(r.Body, r.Signature) {
				at(UseBatchUnsigned)
			}
			if same, err := sameEvents(db, p, r); err != nil {
				return err
			} else if !same {
				at(UseEventsChanged)
			}
			last = r
		}
		if len(rows) < usedBatches {
			break
		}
	}
	switch {
	case last.Position != p.Batches:
		v.find(Finding{Problem: UseBatchMissing, Case: p.ID, Seq: last.Position + 1, Last: p.Batches})
	case last.Hash != p.Head:
		v.find(Finding{Problem: UseBatchUnlinked, Case: p.ID, Seq: last.Position})
	}
	return nil
}

// sameEvents reports whether the rows of a batch's events are what its bytes and its outcome say.
func sameEvents(db *gorm.DB, p usePlatformRow, r use.Received) (bool, error) {
	var batch use.Batch
	var beyond []use.Beyond
	if json.Unmarshal(r.Body, &batch) != nil || json.Unmarshal([]byte(r.Outcome), &beyond) != nil {
		return false, nil //nolint:nilerr // what cannot be read was changed, which is what is asked
	}
	reasons := map[string][]use.Reason{}
	for _, b := range beyond {
		reasons[b.Event] = b.Reasons
	}
	var rows []useEventRow
	if err := db.Where("platform = ? AND position = ?", p.ID, r.Position).Order("n").Find(&rows).Error; err != nil {
		return false, err
	}
	if len(rows) != len(batch.Events) {
		return false, nil
	}
	for i, e := range batch.Events {
		want, err := newUseEventRow(use.Platform{ID: p.ID, Authorization: p.CaseID}, r.Position, i+1, use.Judged{Event: e, Reasons: reasons[e.ID]})
		if err != nil || rows[i] != want {
			return false, err
		}
	}
	return true, nil
}
