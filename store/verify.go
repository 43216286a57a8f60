package store

import "context"

// Report is what Verify found.
type Report struct {
	Cases    int64
	Events   int64
	Commands int64
	Findings []Finding // empty when the record is whole
}

// Finding is one thing that is wrong with the record.
type Finding struct {
	Problem Problem
	Case    string
	Seq     int64  // of the event, 0 when it is not about one
	Command string // its ID, when it is about one
}

// Problem is a kind of finding.
type Problem string

// The problems.
const (
	EventChanged         Problem = "event-changed"          // its hash is not that of its columns
	EventMissing         Problem = "event-missing"          // a number is left out, or the last ones are gone
	EventUnlinked        Problem = "event-unlinked"         // it does not continue the chain: it, or the one before, was exchanged
	EventUnexpected      Problem = "event-unexpected"       // the case does not know of it
	EventWithoutCommand  Problem = "event-without-command"  // no accepted command accounts for it
	CommandWithoutEvents Problem = "command-without-events" // fewer or more events than the command led to
	CaseMissing          Problem = "case-missing"           // there are events and no case
	CaseUnfounded        Problem = "case-unfounded"         // there is a case and no events
	HeadChanged          Problem = "head-changed"           // the case's last hash is not that of its last event
)

// Verify checks the whole record on one snapshot. progress is called with the number of events done and in all.
// Who can write to all tables can also make a record that holds together; against that only a witness outside helps.
func (s *Store) Verify(ctx context.Context, progress func(done, all int64)) (Report, error) {
	panic("not yet")
}
