package transparency

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Claim is what is to be proved of a log: that its entries are those of its checkpoint, and that every checkpoint that somebody kept is a beginning of it.
type Claim struct {
	Origin     string
	Keys       []note.Verifier
	Lines      iter.Seq2[[]byte, error] // all entries of the log, in order
	Checkpoint []byte                   // signed
	Kept       [][]byte                 // earlier or later checkpoints, in any order, signed
}

// Report is what was found of a log whose claim holds.
type Report struct {
	Checkpoint Checkpoint
	Kept       int           // checkpoints that agree with it
	Longest    time.Duration // between the publication of an entry and the first known checkpoint with it
}

// What can be wrong with a log.
var (
	ErrContents  = errors.New("transparency: the entries are not those that the checkpoint states: some were changed, removed, added or put into another order")
	ErrHistory   = errors.New("transparency: what an earlier checkpoint states is not how the log begins: something of before was changed, removed or put in between")
	ErrShort     = errors.New("transparency: a checkpoint that was kept states more entries than the log has now")
	ErrBackdated = errors.New("transparency: an entry says that it was published after the time of a checkpoint that holds it, or longer before it was logged than is allowed")
)

// Verify proves the claim, without asking anybody. An entry may have been published at most delay before the last checkpoint without it; 0 for any time.
//
// The time of an entry is a statement of who keeps the log. That it was not put in later follows from the checkpoints alone that others have kept:
// without one of these, an owner of the keys can write the whole log anew.
func (c Claim) Verify(delay time.Duration) (Report, error) {
	last, err := OpenCheckpoint(c.Checkpoint, c.Origin, c.Keys...)
	if err != nil {
		return Report{}, err
	}
	known := []Checkpoint{last}
	for _, signed := range c.Kept {
		k, err := OpenCheckpoint(signed, c.Origin, c.Keys...)
		if err != nil {
			return Report{}, err
		}
		if k.Tree.N > last.Tree.N {
			return Report{}, ErrShort
		}
		known = append(known, k)
	}
	tree, times, err := c.read()
	if err != nil {
		return Report{}, err
	}
	if tree.size != last.Tree.N {
		return Report{}, fmt.Errorf("%w (there are %d, and it states %d)", ErrContents, tree.size, last.Tree.N)
	}
	for i, k := range known {
		switch is, err := tree.Tree(k.Tree.N); {
		case err != nil:
			return Report{}, err
		case is != k.Tree && i == 0:
			return Report{}, ErrContents
		case is != k.Tree:
			return Report{}, ErrHistory
		}
	}
	report := Report{Checkpoint: last, Kept: len(c.Kept)}
	report.Longest, err = inTime(times, known, delay)
	return report, err
}

func (c Claim) read() (tree *Memory, times []time.Time, err error) {
	tree = &Memory{}
	for line, err := range c.Lines {
		if err != nil {
			return nil, nil, err
		}
		e, err := ParseEntry(line)
		if err != nil {
			return nil, nil, fmt.Errorf("%w (line %d)", err, len(times)+1)
		}
		if err := tree.Add(line); err != nil {
			return nil, nil, err
		}
		times = append(times, e.At)
	}
	return tree, times, nil
}

// inTime holds the times of the entries against those of the checkpoints.
func inTime(times []time.Time, known []Checkpoint, delay time.Duration) (longest time.Duration, err error) {
	slices.SortFunc(known, func(a, b Checkpoint) int { return a.At.Compare(b.At) })
	from := int64(0)
	var before time.Time // of the last checkpoint without what follows
	for _, k := range known {
		if k.Tree.N < from {
			return 0, ErrHistory // a later checkpoint states less
		}
		for _, at := range times[from:k.Tree.N] {
			waited := k.At.Sub(at)
			longest = max(longest, waited)
			if waited <= -time.Second || delay > 0 && !before.IsZero() && before.Sub(at) > delay {
				return 0, ErrBackdated
			}
		}
		from, before = k.Tree.N, k.At
	}
	return longest, nil
}
