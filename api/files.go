package api

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
	"strings"
	"time"
)

// files keeps attachments under the digest of their content: ab/cdef… for sha256:abcdef…. A file is there whole or not at all.
type files struct{ root *os.Root }

// incoming holds files that are being received; what a crash left there is swept away a day later.
const incoming = "incoming"

// received is a file that has arrived and is not kept yet.
type received struct {
	files  *files
	file   *os.File
	name   string // under incoming; empty once it is kept
	digest string
	size   int64
}

// source tells a reader's failure, which is the caller's affair, from that of the disk.
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

var errTooLarge = errors.New("larger than allowed")

// receive writes what is read to the disk, up to limit bytes. The error is a *source's, errTooLarge, or the disk's.
func (f *files) receive(from *source, limit int64) (*received, error) {
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
	r := &received{files: f, file: file, name: name}
	sum := sha256.New()
	r.size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(from, limit+1))
	if err == nil && r.size > limit {
		err = errTooLarge
	}
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		return nil, errors.Join(err, r.discard())
	}
	r.digest = digestOf(sum)
	return r, nil
}

func digestOf(sum hash.Hash) string { return digestPrefix + hex.EncodeToString(sum.Sum(nil)) }

const digestPrefix = "sha256:"

// keep gives the file its place. One that is there already is the same.
func (r *received) keep() error {
	at := place(r.digest)
	if err := r.files.root.MkdirAll(path.Dir(at), 0o750); err != nil {
		return err
	}
	if err := r.files.root.Rename(r.name, at); err != nil {
		return err
	}
	r.name = ""
	return errors.Join(r.file.Close(), r.files.sync(path.Dir(at)), r.files.sync("."))
}

// discard removes the file unless it was kept.
func (r *received) discard() error {
	if r.name == "" {
		return nil
	}
	return errors.Join(r.file.Close(), r.files.root.Remove(r.name))
}

// open returns the file of a digest.
func (f *files) open(digest string) (*os.File, error) { return f.root.Open(place(digest)) }

func place(digest string) string {
	hex := strings.TrimPrefix(digest, digestPrefix)
	return path.Join(hex[:2], hex[2:])
}

// sync makes a directory's entries outlast a power cut.
func (f *files) sync(directory string) error {
	d, err := f.root.Open(directory)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep removes what was being received when the program last stopped. Another process may share the directory, so young files stay.
func (f *files) sweep(now time.Time) error {
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
