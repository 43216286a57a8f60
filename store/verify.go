package store

import (
	"bytes"
	"context"

	"gorm.io/gorm"
)

// Report is what Verify found.
type Report struct {
	Cases      int64 // with events
	Events     int64
	Commands   int64
	UseBatches int64     // reported by platforms
	Findings   []Finding // empty when the record is whole
}

// Finding is one thing that is wrong with the record.
type Finding struct {
	Problem Problem
	Case    string
	Seq     int64  // of the event, or of the first of several; 0 when it is not about events
	Last    int64  // of the last event, when it is about several
	Command string // when it is about one
}

// Problem is a kind of finding.
type Problem string

// The problems.
const (
	EventChanged         Problem = "event-changed"          // its hash is not that of its columns
	EventMissing         Problem = "event-missing"          // numbers are left out, or the last events are gone
	EventUnlinked        Problem = "event-unlinked"         // it does not continue the chain: it, or the one before, was exchanged
	EventUnexpected      Problem = "event-unexpected"       // the case does not know of it: it was inserted at the end
	EventWithoutCommand  Problem = "event-without-command"  // no accepted command of its case accounts for it
	CommandWithoutEvents Problem = "command-without-events" // there are not as many events as the command led to
	CaseMissing          Problem = "case-missing"           // there are events and no case
	CaseUnfounded        Problem = "case-unfounded"         // there is a case and no events
	HeadChanged          Problem = "head-changed"           // the case's last hash is not that of its last event
)

const verifyBatch = 1000

// Verify checks the whole record on one snapshot. progress is called with the number of events done and in all.
// Who can write to every table can also make a record that holds together; against that only a witness outside helps.
func (s *Store) Verify(ctx context.Context, progress func(done, all int64)) (Report, error) {
	var report Report
	err := s.read.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		v := verification{report: &report, progress: progress}
		return inTurn(
			func() error { return v.load(db) },
			func() error { return v.chains(db) },
			func() error { return v.commands(db) },
			func() error { return v.uses(db) },
		)
	}, s.dialect.snapshot())
	return report, err
}

// verification walks through the events of one case after the other.
type verification struct {
	report   *Report
	progress func(done, all int64)
	all      int64

	heads map[string]caseRow // the cases not met yet: ID, version and hash
	last  eventRow           // the event before
}

func (v *verification) find(f Finding) { v.report.Findings = append(v.report.Findings, f) }

func (v *verification) load(db *gorm.DB) error {
	var cases []caseRow
	if err := db.Select("id, version, head_hash").Find(&cases).Error; err != nil {
		return err
	}
	v.heads = make(map[string]caseRow, len(cases))
	for _, c := range cases {
		v.heads[c.ID] = c
	}
	if err := db.Model(&commandRow{}).Count(&v.report.Commands).Error; err != nil {
		return err
	}
	return db.Model(&eventRow{}).Count(&v.all).Error
}

func (v *verification) chains(db *gorm.DB) error {
	err := eachEvent(db, verifyBatch, func(e eventRow) error {
		v.event(e)
		if v.report.Events%verifyBatch == 0 {
			v.progress(v.report.Events, v.all)
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.end()
	v.progress(v.report.Events, v.all)
	var unfounded []caseRow
	err = db.Table("cases AS c").Select("c.id").Where("NOT EXISTS (SELECT 1 FROM case_events e WHERE e.case_id = c.id)").Order("c.id").Find(&unfounded).Error
	for _, c := range unfounded {
		v.find(Finding{Problem: CaseUnfounded, Case: c.ID})
	}
	return err
}

// event checks one event by itself and against the one before.
func (v *verification) event(e eventRow) {
	if v.last.CaseID != e.CaseID {
		v.end()
		v.last = eventRow{CaseID: e.CaseID, Hash: noHash}
		v.report.Cases++
	}
	v.report.Events++
	switch {
	case e.Seq != v.last.Seq+1:
		v.find(Finding{Problem: EventMissing, Case: e.CaseID, Seq: v.last.Seq + 1, Last: e.Seq - 1})
	case !bytes.Equal(e.PrevHash, v.last.Hash):
		v.find(Finding{Problem: EventUnlinked, Case: e.CaseID, Seq: e.Seq})
	}
	if !bytes.Equal(e.Hash, e.chain()) {
		v.find(Finding{Problem: EventChanged, Case: e.CaseID, Seq: e.Seq})
	}
	v.last = e
}

// end checks the last event of a case against what the case knows.
func (v *verification) end() {
	if v.last.CaseID == "" {
		return
	}
	head, known := v.heads[v.last.CaseID]
	switch {
	case !known:
		v.find(Finding{Problem: CaseMissing, Case: v.last.CaseID})
	case head.Version > v.last.Seq:
		v.find(Finding{Problem: EventMissing, Case: v.last.CaseID, Seq: v.last.Seq + 1, Last: head.Version})
	case head.Version < v.last.Seq:
		v.find(Finding{Problem: EventUnexpected, Case: v.last.CaseID, Seq: head.Version + 1, Last: v.last.Seq})
	case !bytes.Equal(head.HeadHash, v.last.Hash):
		v.find(Finding{Problem: HeadChanged, Case: v.last.CaseID, Seq: v.last.Seq})
	}
}

// commands checks that each event has its command and each command as many events as it led to.
func (v *verification) commands(db *gorm.DB) error {
	var orphans []eventRow
	err := db.Table("case_events AS e").Select("e.case_id, e.seq, e.command_id").
		Where("NOT EXISTS (SELECT 1 FROM commands c WHERE c.id = e.command_id AND c.case_id = e.case_id AND c.refusal IS NULL)").
		Order("e.case_id, e.seq").Find(&orphans).Error
	if err != nil {
		return err
	}
	for _, e := range orphans {
		v.find(Finding{Problem: EventWithoutCommand, Case: e.CaseID, Seq: e.Seq, Command: e.CommandID})
	}
	var short []commandRow
	err = db.Table("commands AS c").Select("c.id, c.case_id").
		Where("c.events <> (SELECT count(*) FROM case_events e WHERE e.case_id = c.case_id AND e.command_id = c.id)").
		Order("c.case_id, c.id").Find(&short).Error
	for _, c := range short {
		v.find(Finding{Problem: CommandWithoutEvents, Case: c.CaseID, Command: c.ID})
	}
	return err
}
