package policies

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"datacharter/domain/policy"
)

// A version once in use stays here, under a name such as national-1.yaml: cases are pinned to its hash.
//
//go:embed *.yaml
var profileFiles embed.FS

var shipped = sync.OnceValue(func() *Library {
	l := &Library{texts: map[string][]byte{}}
	if err := l.add(profileFiles); err != nil {
		panic(err) // the program was built with a broken profile
	}
	return l
})

// National returns the newest national profile shipped with the program. Profiles are shared: nobody may change one.
func National() *policy.Profile {
	p, _ := shipped().Newest("national") // built in
	return p
}

// Library holds profiles, to be found by name or by the hash to which a case is pinned.
type Library struct {
	profiles []*policy.Profile // by name and version
	texts    map[string][]byte // the files they were read from, by hash
}

// NewLibrary loads the profiles shipped with the program, then every *.yaml at the top of each extra directory. The error names
// every problem of every file, as Problems does, and a version that two files define differently.
func NewLibrary(extra ...fs.FS) (*Library, error) {
	l := &Library{profiles: slices.Clone(shipped().profiles), texts: maps.Clone(shipped().texts)}
	for _, dir := range extra {
		if err := l.add(dir); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Library) add(dir fs.FS) error {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return fmt.Errorf("profile directory: %w", err)
	}
	var failed error
	for _, entry := range entries {
		if path.Ext(entry.Name()) == ".yaml" && !entry.IsDir() {
			failed = errors.Join(failed, l.load(dir, entry.Name()))
		}
	}
	slices.SortFunc(l.profiles, func(a, b *policy.Profile) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version))
	})
	return failed
}

func (l *Library) load(dir fs.FS, file string) error {
	raw, err := fs.ReadFile(dir, file)
	if err != nil {
		return fmt.Errorf("profile %s: %w", file, err)
	}
	p, err := Parse(file, raw)
	if err != nil {
		return err
	}
	for _, other := range l.profiles {
		if other.Name == p.Name && other.Version == p.Version {
			if other.Hash != p.Hash {
				return fmt.Errorf("%s: version %d of profile %q is there already with other content", file, p.Version, p.Name)
			}
			return nil
		}
	}
	l.profiles = append(l.profiles, p)
	l.texts[p.Hash] = raw
	return nil
}

// Newest returns the highest version of the profile of the name.
func (l *Library) Newest(name string) (*policy.Profile, bool) {
	for _, p := range slices.Backward(l.profiles) {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

// ByHash returns the profile of the hash, "sha256:…".
func (l *Library) ByHash(hash string) (*policy.Profile, bool) {
	i := slices.IndexFunc(l.profiles, func(p *policy.Profile) bool { return p.Hash == hash })
	if i < 0 {
		return nil, false
	}
	return l.profiles[i], true
}

// Text returns the file that the profile of the hash was read from, or nil.
func (l *Library) Text(hash string) []byte { return bytes.Clone(l.texts[hash]) }

// All returns every profile, by name and version.
func (l *Library) All() []*policy.Profile { return slices.Clone(l.profiles) }
