package transparency

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// Folder is a copy of a log that somebody else than its owner keeps: its keys, its entries, and every checkpoint that he ever saw of it. The more bodies keep
// one, the fewer can be deceived.
type Folder string

// The files of a folder.
const (
	keysFile       = "keys"
	entriesFile    = "entries.jsonl"
	checkpointsDir = "checkpoints"
	lastFile       = "checkpoint"
)

// ErrOtherKeys says that a folder keeps other keys of the log.
var ErrOtherKeys = errors.New("transparency: the folder keeps other keys of this log")

// Keep puts the keys, and a checkpoint that they have signed, beside those that were kept before. A checkpoint that contradicts an earlier one is kept too:
// both together prove that somebody was deceived.
func (f Folder) Keep(public string, signed []byte) error {
	origin, keys, err := ParsePublic(public)
	if err != nil {
		return err
	}
	if _, err := OpenCheckpoint(signed, origin, keys...); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(string(f), checkpointsDir), 0o755); err != nil { //nolint:gosec // all of it is public
		return err
	}
	known, err := os.ReadFile(f.file(keysFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = f.put(keysFile, []byte(public))
	case err == nil && string(known) != public:
		err = ErrOtherKeys
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(signed)
	return f.put(filepath.Join(checkpointsDir, hex.EncodeToString(sum[:])), signed)
}

// Copy puts the entries and the last checkpoint in the place of those of before.
func (f Folder) Copy(signed []byte, lines iter.Seq2[[]byte, error]) (err error) {
	made, err := os.CreateTemp(string(f), entriesFile+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(made.Name()))
		}
	}()
	out := bufio.NewWriter(made)
	for line, err := range lines {
		if err != nil {
			return errors.Join(err, made.Close())
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return errors.Join(err, made.Close())
		}
	}
	if err := errors.Join(out.Flush(), made.Chmod(0o644), made.Close()); err != nil {
		return err
	}
	if err := os.Rename(made.Name(), f.file(entriesFile)); err != nil {
		return err
	}
	return f.put(lastFile, signed)
}

// Claim is what the folder claims of the log: that its entries are those of its last checkpoint, and that every checkpoint that was kept is a beginning of it.
func (f Folder) Claim() (Claim, error) {
	public, err := os.ReadFile(f.file(keysFile))
	if err != nil {
		return Claim{}, err
	}
	c := Claim{Lines: f.lines()}
	if c.Origin, c.Keys, err = ParsePublic(string(public)); err != nil {
		return c, err
	}
	if c.Checkpoint, err = os.ReadFile(f.file(lastFile)); err != nil {
		return c, err
	}
	c.Kept, err = f.Kept()
	return c, err
}

// Kept are all checkpoints that were kept.
func (f Folder) Kept() ([][]byte, error) {
	files, err := os.ReadDir(f.file(checkpointsDir))
	if err != nil {
		return nil, err
	}
	kept := make([][]byte, len(files))
	for i, file := range files {
		if kept[i], err = os.ReadFile(filepath.Join(f.file(checkpointsDir), file.Name())); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

func (f Folder) file(name string) string { return filepath.Join(string(f), name) }

// put writes a file whole or not at all.
func (f Folder) put(name string, content []byte) error {
	temporary := f.file(name) + "-new"
	if err := os.WriteFile(temporary, content, 0o644); err != nil { //nolint:gosec // all of it is public
		return err
	}
	return os.Rename(temporary, f.file(name))
}

// maxLine bounds a line, and what is read of a file before it is known to be no log.
const maxLine = 16 << 20

func (f Folder) lines() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		file, err := os.Open(f.file(entriesFile))
		if err != nil {
			yield(nil, err)
			return
		}
		scanner := bufio.NewScanner(file)
		scanner.Buffer(nil, maxLine)
		more := true
		for more && scanner.Scan() {
			more = yield(bytes.Clone(scanner.Bytes()), nil)
		}
		if err := errors.Join(scanner.Err(), file.Close()); err != nil && more {
			yield(nil, fmt.Errorf("%s: %w", f.file(entriesFile), err))
		}
	}
}
