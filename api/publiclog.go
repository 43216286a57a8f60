package api

import (
	"context"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/transparency"
)

const logPath = registerPath + "/log"

// PublicLog is the transparency log of the public register as its last checkpoint states it.
type PublicLog struct {
	Name       string    `json:"name"`
	Keys       string    `json:"keys" doc:"name and keys for verifying, a line each: Ed25519 and SM2, as golang.org/x/mod/sumdb/note writes keys"`
	Size       int64     `json:"size" doc:"entries that the checkpoint states"`
	Root       string    `json:"root" doc:"hash of the tree, in base64"`
	At         time.Time `json:"at" doc:"of the checkpoint"`
	Checkpoint string    `json:"checkpoint" doc:"the signed note; whoever keeps one can prove later that nothing of before was changed"`
	Entries    string    `json:"entries"`
}

// LogProof proves that a tree holds an entry.
type LogProof struct {
	Position int64    `json:"position"`
	Size     int64    `json:"size" doc:"of the tree"`
	Entry    string   `json:"entry" doc:"the line whose hash is proved"`
	Hashes   []string `json:"hashes" nullable:"false" doc:"from the entry's sister up to the root, as RFC 6962 orders them"`
}

// LogGrowth proves that a tree begins with a smaller one.
type LogGrowth struct {
	From   int64    `json:"from"`
	To     int64    `json:"to"`
	Hashes []string `json:"hashes" nullable:"false"`
}

type (
	logInput        struct{ Conditional }
	logEntriesInput struct {
		Conditional
		From  int64 `query:"from" minimum:"0" doc:"position of the first, counted from 0"`
		Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"1000"`
	}
	logProofInput struct {
		Conditional
		Position    int64  `query:"position" minimum:"-1" default:"-1" doc:"of the entry; or publication is given"`
		Publication string `query:"publication" maxLength:"200" doc:"ID of a publication, such as that of a release"`
		Size        int64  `query:"size" minimum:"0" doc:"of the tree; left out or 0, that of the last checkpoint"`
	}
	logGrowthInput struct {
		Conditional
		From int64 `query:"from" minimum:"1" required:"true"`
		To   int64 `query:"to" minimum:"0" doc:"left out or 0, the size that the last checkpoint states"`
	}
)

func (s *server) getLog(ctx context.Context, in *logInput) (*cached[PublicLog], error) {
	c, err := s.Store.LastCheckpoint(ctx)
	if err != nil {
		return nil, err
	}
	public, err := s.Store.LogKeys(ctx)
	if err != nil {
		return nil, err
	}
	name, keys, err := transparency.ParsePublic(public)
	if err != nil {
		return nil, err
	}
	stated, err := transparency.OpenCheckpoint([]byte(c.Signed), name, keys...)
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, PublicLog{
		Name: name, Keys: public, Size: c.Size, Root: stated.Tree.Hash.String(), At: stated.At, Checkpoint: c.Signed, Entries: logPath + "/entries",
	}), nil
}

// listLogEntries answers with lines of JSON: what the tree holds, byte by byte.
func (s *server) listLogEntries(ctx context.Context, in *logEntriesInput) (*document, error) {
	lines, err := s.Store.LogLines(ctx, in.From, in.Limit)
	if err != nil {
		return nil, err
	}
	var body strings.Builder
	for _, l := range lines {
		body.WriteString(l)
		body.WriteByte('\n')
	}
	return answerDocument(in.Conditional, "application/x-ndjson", []byte(body.String())), nil
}

func (s *server) proveLogEntry(ctx context.Context, in *logProofInput) (*cached[LogProof], error) {
	size, err := s.logged(ctx, in.Size)
	if err != nil {
		return nil, err
	}
	position := in.Position
	if in.Publication != "" {
		if position, err = s.Store.LogPosition(ctx, in.Publication); err != nil {
			return nil, err
		}
	}
	if position < 0 || position >= size {
		return nil, store.ErrNotFound
	}
	line, err := s.Store.LogLines(ctx, position, 1)
	if err != nil {
		return nil, err
	}
	proof, err := s.Store.ProveEntry(ctx, size, position)
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, LogProof{Position: position, Size: size, Entry: line[0], Hashes: hashes(proof)}), nil
}

func (s *server) proveLogGrowth(ctx context.Context, in *logGrowthInput) (*cached[LogGrowth], error) {
	to, err := s.logged(ctx, in.To)
	if err != nil {
		return nil, err
	}
	if in.From > to {
		return nil, refuseField(refusal.Malformed.At("query.from"))
	}
	proof, err := s.Store.ProveGrowth(ctx, to, in.From)
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, LogGrowth{From: in.From, To: to, Hashes: hashes(proof)}), nil
}

// logged is the size of a tree that was asked for, or that of the last checkpoint: what no checkpoint states is not proved.
func (s *server) logged(ctx context.Context, asked int64) (int64, error) {
	c, err := s.Store.LastCheckpoint(ctx)
	if err != nil {
		return 0, err
	}
	if asked > c.Size {
		return 0, store.ErrNotFound
	}
	if asked == 0 {
		return c.Size, nil
	}
	return asked, nil
}

func hashes[P ~[]tlog.Hash](proof P) []string {
	out := make([]string, len(proof))
	for i, h := range proof {
		out[i] = h.String()
	}
	return out
}
