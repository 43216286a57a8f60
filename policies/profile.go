package policies

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/policy"
)

// Problem is one mistake in a profile's file, with the line and column at which it stands, both from 1.
type Problem struct {
	File         string
	Line, Column int
	Text         string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
}

// Problems is the error of a profile that cannot be used: every mistake found, in the order of the file.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// maxBytes bounds a profile's file: the national one has 32 KB.
const maxBytes = 1 << 18

// Parse reads a profile strictly, compiles its conditions and checks it; name is the file's name, for the problems. The error is
// Problems. Mistakes of form are found all at once, and so are mistakes of content in a file of sound form.
func Parse(name string, raw []byte) (*policy.Profile, error) {
	p, problems := parse(name, raw)
	if len(problems) > 0 {
		return nil, problems
	}
	return p, nil
}

// Restore reads a profile to which cases are pinned: it was checked when it came into use, so checks that came later do not apply to it.
func Restore(name string, raw []byte) (*policy.Profile, error) {
	p, d := read(raw)
	if len(d.problems) > 0 {
		return nil, d.sorted(name)
	}
	return p, nil
}

func parse(name string, raw []byte) (*policy.Profile, Problems) {
	if len(raw) > maxBytes {
		return nil, Problems{{name, 1, 1, fmt.Sprintf("profile: is larger than %d bytes", maxBytes)}}
	}
	p, d := read(raw)
	if len(d.problems) == 0 {
		for _, problem := range policy.Check(p) {
			d.report(d.place(problem.Path), problem.Path, "%s", problem.Text)
		}
	}
	if len(d.problems) > 0 {
		return nil, d.sorted(name)
	}
	return p, nil
}

// read reads a profile of sound form and compiles its conditions; the decoder holds the problems.
func read(raw []byte) (*policy.Profile, *decoder) {
	p := new(policy.Profile)
	d := decode(raw, p)
	if len(d.problems) == 0 {
		d.compile(p)
	}
	sum := sha256.Sum256(raw)
	p.Hash = "sha256:" + hex.EncodeToString(sum[:])
	return p, d
}

// place finds where the value of a path stands, or else what holds it.
func (d *decoder) place(path string) place {
	for {
		if at, ok := d.places[path]; ok {
			return at
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return d.places[""]
		}
		path = path[:i]
	}
}

func (d *decoder) sorted(file string) Problems {
	slices.SortStableFunc(d.problems, func(a, b located) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	var out Problems
	for _, p := range d.problems {
		out = append(out, Problem{file, p.line, p.column, p.text})
	}
	return out
}
