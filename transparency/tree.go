package transparency

import (
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// Append returns the hashes that a tree of a size has to keep for more lines, in the order of their indexes; read reads those that it keeps already.
func Append(size int64, read tlog.HashReader, lines ...[]byte) ([]tlog.Hash, error) {
	kept := tlog.StoredHashCount(size)
	var added []tlog.Hash
	both := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var before []int64
		for _, i := range indexes {
			if i < kept {
				before = append(before, i)
			}
		}
		found, err := read.ReadHashes(before)
		if err != nil {
			return nil, err
		}
		out := make([]tlog.Hash, len(indexes))
		for n, i := range indexes {
			if i < kept {
				out[n], found = found[0], found[1:]
			} else {
				out[n] = added[i-kept]
			}
		}
		return out, nil
	})
	for n, line := range lines {
		hashes, err := tlog.StoredHashes(size+int64(n), line, both)
		if err != nil {
			return nil, err
		}
		added = append(added, hashes...)
	}
	return added, nil
}

// Memory is a tree that is held in memory.
type Memory struct {
	size   int64
	hashes []tlog.Hash
}

var errNoHash = errors.New("transparency: there is no such hash")

// ReadHashes implements tlog.HashReader.
func (m *Memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for n, i := range indexes {
		if i < 0 || i >= int64(len(m.hashes)) {
			return nil, errNoHash
		}
		out[n] = m.hashes[i]
	}
	return out, nil
}

// Add adds lines.
func (m *Memory) Add(lines ...[]byte) error {
	added, err := Append(m.size, m, lines...)
	if err != nil {
		return err
	}
	m.hashes = append(m.hashes, added...)
	m.size += int64(len(lines))
	return nil
}

// Tree is the tree of the first so many entries.
func (m *Memory) Tree(size int64) (tlog.Tree, error) {
	root, err := tlog.TreeHash(size, m)
	return tlog.Tree{N: size, Hash: root}, err
}
