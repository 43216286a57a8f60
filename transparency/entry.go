// Package transparency is the transparency log (透明日志) of the public register: every published event is a leaf of a Merkle tree, in the order in which it
// was taken in; signed checkpoints state the tree; and whoever keeps one can prove later that nothing of before was changed, removed or put in between.
// Tree, proofs and notes are those of the Go checksum database (golang.org/x/mod/sumdb), whose formats other programs read as well.
package transparency

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Entry is one published event.
type Entry struct {
	ID      string          `json:"id"` // of the publication
	Case    string          `json:"case"`
	Kind    string          `json:"kind"`    // of the case
	Subject string          `json:"subject"` // what was published of it
	At      time.Time       `json:"at"`      // when it was published
	Content json.RawMessage `json:"content"`
}

// Line is the entry as the tree holds it: one line of JSON, without its end. What was written once is kept as bytes and never written anew, so that its hash
// does not depend on how a later version writes JSON.
func (e Entry) Line() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("publication %s: %w", e.ID, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// ErrEntry says that a line is no entry.
var ErrEntry = errors.New("transparency: not an entry of the log")

// ParseEntry reads a line.
func ParseEntry(line []byte) (e Entry, err error) {
	if err := json.Unmarshal(line, &e); err != nil || e.ID == "" || e.At.IsZero() {
		return Entry{}, ErrEntry
	}
	return e, nil
}
