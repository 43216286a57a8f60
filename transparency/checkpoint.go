package transparency

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint states the tree at one time. As a note its text is the origin, the size, the root in base64 and the time, a line each: what
// https://c2sp.org/tlog-checkpoint describes, with the time as a further line.
type Checkpoint struct {
	Origin string // name of the log
	Tree   tlog.Tree
	At     time.Time // in whole seconds
}

// ErrCheckpoint says that a text is no checkpoint, or not one of the log.
var ErrCheckpoint = errors.New("transparency: not a checkpoint of this log")

func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s\n", c.Origin, c.Tree.N, base64.StdEncoding.EncodeToString(c.Tree.Hash[:]), c.At.UTC().Format(time.RFC3339))
}

// Sign writes the checkpoint as a note, signed with every key.
func (c Checkpoint) Sign(signers ...note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: c.text()}, signers...)
}

// OpenCheckpoint reads a note that every one of the keys has signed.
func OpenCheckpoint(signed []byte, origin string, keys ...note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(keys...))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	if len(n.Sigs) != len(keys) {
		return Checkpoint{}, fmt.Errorf("%w: %d of %d keys have signed it", ErrCheckpoint, len(n.Sigs), len(keys))
	}
	c, ok := parseCheckpoint(n.Text)
	if !ok || c.Origin != origin {
		return Checkpoint{}, ErrCheckpoint
	}
	return c, nil
}

func parseCheckpoint(text string) (c Checkpoint, ok bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return c, false
	}
	size, errSize := strconv.ParseInt(lines[1], 10, 64)
	root, errRoot := tlog.ParseHash(lines[2])
	at, errAt := time.Parse(time.RFC3339, lines[3])
	c = Checkpoint{lines[0], tlog.Tree{N: size, Hash: root}, at}
	return c, errSize == nil && errRoot == nil && errAt == nil && size >= 0 && c.text() == text
}
