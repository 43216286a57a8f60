package serve

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"datacharter/transparency"
)

// logName is the name of a log whose keys are made here. Keys of another name can be put in their place.
const logName = "datacharter-register"

// logKeys reads the private keys of the transparency log, and makes them when there are none. Only their owner can read the file.
func logKeys(path string) (transparency.Keys, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeLogKeys(path)
	}
	if err != nil {
		return transparency.Keys{}, fmt.Errorf("keys of the transparency log: %w", err)
	}
	keys, err := transparency.ParseKeys(string(text))
	if err != nil {
		return keys, fmt.Errorf("%s: %w", path, err)
	}
	return keys, nil
}

// makeLogKeys makes keys. Of two programs that do so at once, the second one takes those of the first.
func makeLogKeys(path string) ([]byte, error) {
	private, err := transparency.GenerateKeys(rand.Reader, logName)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	made, err := os.CreateTemp(dir, filepath.Base(path)+"-*") // whose mode is 0600
	if err != nil {
		return nil, err
	}
	_, err = made.WriteString(private)
	err = errors.Join(err, made.Sync(), made.Close())
	if err == nil {
		if err = os.Link(made.Name(), path); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	if err := errors.Join(err, os.Remove(made.Name())); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
