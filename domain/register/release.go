package register

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Subject is the subject under which releases are published.
const Subject = "authorization-entry"

// Release is one change of an entry, in the manner of OCDS: the whole entry as it stands since, and what changed.
type Release struct {
	No      int      `json:"no" doc:"1, 2, 3 … of the entry"`
	Reasons []Reason `json:"reasons" doc:"why, in the order of what happened"`
	Changed []string `json:"changed" doc:"names of the entry's fields that differ from the release before; all of them in the first"`
	Entry   Entry    `json:"entry"`
}

// NewRelease compares an entry with what was known of it before, as JSON; nil for nothing. Without a reason it is amended.
func NewRelease(no int, known json.RawMessage, now Entry, reasons ...Reason) (Release, error) {
	before, err := fieldsOf(known)
	if err != nil {
		return Release{}, err
	}
	raw, err := json.Marshal(now)
	if err != nil {
		return Release{}, fmt.Errorf("entry %s: %w", now.ID, err)
	}
	after, err := fieldsOf(raw)
	if err != nil {
		return Release{}, err
	}
	r := Release{No: no, Reasons: slices.Compact(slices.Clone(reasons)), Changed: []string{}, Entry: now}
	if len(r.Reasons) == 0 {
		r.Reasons = []Reason{Amended}
	}
	for _, f := range Fields {
		if !bytes.Equal(before[f.Name], after[f.Name]) {
			r.Changed = append(r.Changed, f.Name)
		}
	}
	return r, nil
}

func fieldsOf(entry json.RawMessage) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if len(entry) == 0 {
		return fields, nil
	}
	if err := json.Unmarshal(entry, &fields); err != nil {
		return nil, fmt.Errorf("read an entry: %w", err)
	}
	return fields, nil
}
