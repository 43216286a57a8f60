// Package attachments keeps uploaded files on disk and finds out what they are. Who may have which is for the store to say.
package attachments

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
)

// Files keeps attachments under the digest of their content: ab/cdef… for sha256:abcdef…. A file is there whole or not at all.
type Files struct{ root *os.Root }

// Open opens the directory, which is created when missing, and removes what a crash left there, as of the real time now.
func Open(directory string, now time.Time) (*Files, error) {
	if err := os.MkdirAll(directory, 0o750); err != nil {
		return nil, fmt.Errorf("directory of attachments: %w", err)
	}
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, fmt.Errorf("directory of attachments: %w", err)
	}
	mimetype.SetLimit(sniffed)
	f := &Files{root: root}
	if err := f.sweep(now); err != nil {
		return nil, err
	}
	return f, nil
}

// incoming holds files that are being received; what a crash left there is swept away a day later.
const incoming = "incoming"

// Received is a file that has arrived and is not kept yet: Keep it, and Discard it in any case.
type Received struct {
	Digest string
	Size   int64 // in bytes
	files  *Files
	file   *os.File
	name   string // under incoming; empty once it is kept
}

// SourceError is a failure to read what was sent, as against one of the disk.
type SourceError struct{ Cause error }

func (e SourceError) Error() string { return "the file did not arrive whole: " + e.Cause.Error() }

// Unwrap returns the cause.
func (e SourceError) Unwrap() error { return e.Cause }

// source tells a reader's failure from that of the disk.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// ErrTooLarge is the error of a file larger than allowed.
var ErrTooLarge = errors.New("larger than allowed")

// Receive writes what is read to the disk, up to limit bytes. The error is a SourceError, ErrTooLarge, or the disk's.
func (f *Files) Receive(body io.Reader, limit int64) (*Received, error) {
	from := &source{Reader: body}
	var random [16]byte
	rand.Read(random[:]) // it never returns an error
	name := path.Join(incoming, hex.EncodeToString(random[:]))
	if err := f.root.MkdirAll(incoming, 0o750); err != nil {
		return nil, err
	}
	file, err := f.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return nil, err
	}
	r := &Received{files: f, file: file, name: name}
	sum := sha256.New()
	r.Size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(from, limit+1))
	switch {
	case err == nil && r.Size > limit:
		err = ErrTooLarge
	case from.err != nil:
		err = SourceError{from.err}
	}
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		return nil, errors.Join(err, r.Discard())
	}
	r.Digest = digestOf(sum)
	return r, nil
}

func digestOf(sum hash.Hash) string { return digestPrefix + hex.EncodeToString(sum.Sum(nil)) }

const digestPrefix = "sha256:"

// Keep gives the file its place. One that is there already is the same.
func (r *Received) Keep() error {
	at := place(r.Digest)
	if err := r.files.root.MkdirAll(path.Dir(at), 0o750); err != nil {
		return err
	}
	if err := r.files.root.Rename(r.name, at); err != nil {
		return err
	}
	r.name = ""
	return errors.Join(r.file.Close(), r.files.sync(path.Dir(at)), r.files.sync("."))
}

// Discard removes the file unless it was kept.
func (r *Received) Discard() error {
	if r.name == "" {
		return nil
	}
	return errors.Join(r.file.Close(), r.files.root.Remove(r.name))
}

// Open returns the file of a digest, which IsDigest must hold of.
func (f *Files) Open(digest string) (*os.File, error) { return f.root.Open(place(digest)) }

var digests = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// IsDigest reports whether a text is the digest of a file.
func IsDigest(s string) bool { return digests.MatchString(s) }

func place(digest string) string {
	hex := strings.TrimPrefix(digest, digestPrefix)
	return path.Join(hex[:2], hex[2:])
}

// sync makes a directory's entries outlast a power cut.
func (f *Files) sync(directory string) error {
	d, err := f.root.Open(directory)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep removes what was being received when the program last stopped. Another process may share the directory, so young files stay.
func (f *Files) sweep(now time.Time) error {
	entries, err := fs.ReadDir(f.root.FS(), incoming)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("files being received: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || now.Sub(info.ModTime()) < 24*time.Hour {
			continue // gone meanwhile, or young
		}
		if err := f.root.Remove(path.Join(incoming, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("files being received: %w", err)
		}
	}
	return nil
}
