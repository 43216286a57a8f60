package transparency

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 4, 1, 4, 0, 0, 0, time.UTC)

const origin = "register.example"

func keysOf(t testing.TB) Keys {
	t.Helper()
	private, err := GenerateKeys(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParseKeys(private)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func line(t testing.TB, i int) []byte {
	t.Helper()
	l, err := Entry{
		ID: fmt.Sprint("aut-1/", i), Case: "aut-1", Kind: "authorization", Subject: "authorization-entry", At: noon.Add(time.Duration(i) * time.Minute),
		Content: json.RawMessage(fmt.Sprintf(`{"no":%d,"name":"交通<流量>"}`, i)),
	}.Line()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func lines(t testing.TB, n int) [][]byte {
	t.Helper()
	out := make([][]byte, n)
	for i := range out {
		out[i] = line(t, i)
	}
	return out
}

func each(all [][]byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, l := range all {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// signedAt is the checkpoint of the first so many lines, a minute after the last of them was published.
func (k Keys) signedAt(t testing.TB, all [][]byte, size int) []byte {
	t.Helper()
	var m Memory
	if err := m.Add(all[:size]...); err != nil {
		t.Fatal(err)
	}
	tree, err := m.Tree(int64(size))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := Checkpoint{origin, tree, noon.Add(time.Duration(size) * time.Minute)}.Sign(k.Signers...)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestEntriesReadBack(t *testing.T) {
	l := line(t, 3)
	if bytes.ContainsAny(l, "\n") || !bytes.Contains(l, []byte("<流量>")) {
		t.Errorf("%s", l)
	}
	e, err := ParseEntry(l)
	if again, errAgain := e.Line(); err != nil || errAgain != nil || !bytes.Equal(again, l) {
		t.Errorf("%s, %v, %v", again, err, errAgain)
	}
	for _, no := range []string{"", "{}", "[]", `{"id":"a"}`, `{"id":1}`} {
		if _, err := ParseEntry([]byte(no)); !errors.Is(err, ErrEntry) {
			t.Errorf("%s: %v", no, err)
		}
	}
	if _, err := (Entry{ID: "a", Content: json.RawMessage("{")}).Line(); err == nil {
		t.Error("content that is no JSON")
	}
}

func TestKeys(t *testing.T) {
	k := keysOf(t)
	name, verifiers, err := ParsePublic(k.Public())
	if err != nil || name != origin || len(verifiers) != 2 {
		t.Fatal(name, verifiers, err)
	}
	signed := k.signedAt(t, lines(t, 5), 5)
	if got := strings.Count(string(signed), "\n— "+origin+" "); got != 2 {
		t.Errorf("%d signatures:\n%s", got, signed)
	}
	c, err := OpenCheckpoint(signed, origin, verifiers...)
	if err != nil || c.Tree.N != 5 || !c.At.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("%+v, %v", c, err)
	}
	for i := range verifiers {
		if _, err := OpenCheckpoint(signed, origin, verifiers[i]); err != nil {
			t.Errorf("with the %d. key alone: %v", i+1, err)
		}
	}
	stranger := keysOf(t)
	for name, open := range map[string]func() (Checkpoint, error){
		"another log":  func() (Checkpoint, error) { return OpenCheckpoint(signed, "other", verifiers...) },
		"others' keys": func() (Checkpoint, error) { return OpenCheckpoint(signed, origin, stranger.Verifiers...) },
		"one of them":  func() (Checkpoint, error) { return OpenCheckpoint(signed, origin, verifiers[0], stranger.Verifiers[1]) },
		"another size": func() (Checkpoint, error) {
			return OpenCheckpoint(bytes.Replace(signed, []byte("\n5\n"), []byte("\n6\n"), 1), origin, verifiers...)
		},
		"nothing": func() (Checkpoint, error) { return OpenCheckpoint(nil, origin, verifiers...) },
		"one signature": func() (Checkpoint, error) {
			return OpenCheckpoint(signedText(t, k.Signers[:1], Checkpoint{origin, tlog.Tree{}, noon}.text()), origin, verifiers...)
		},
		"a line too many": func() (Checkpoint, error) {
			return OpenCheckpoint(signedText(t, k.Signers, Checkpoint{origin, tlog.Tree{}, noon}.text()+"x\n"), origin, verifiers...)
		},
		"a size of letters": func() (Checkpoint, error) {
			return OpenCheckpoint(signedText(t, k.Signers, origin+"\nfive\nx\ny\n"), origin, verifiers...)
		},
	} {
		if c, err := open(); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	for _, no := range []string{"", "a b", "a b c", strings.Replace(k.Public(), origin, "other", 1), k.Public() + "more"} {
		if _, _, err := ParsePublic(no); !errors.Is(err, ErrKeys) {
			t.Errorf("%q: %v", no, err)
		}
		if _, err := ParseKeys(no); !errors.Is(err, ErrKeys) {
			t.Errorf("%q: %v", no, err)
		}
	}
}

func signedText(t *testing.T, signers []note.Signer, text string) []byte {
	t.Helper()
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// TestAppend: however the lines are parcelled out, the tree is the same, every line can be proved to be in it, and every beginning to be one.
func TestAppend(t *testing.T) {
	all := lines(t, 40)
	var whole Memory
	if err := whole.Add(all...); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var m Memory
		for m.size < int64(len(all)) {
			n := rapid.Int64Range(1, int64(len(all))-m.size).Draw(t, "lines")
			if err := m.Add(all[m.size : m.size+n]...); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(m.hashes, whole.hashes) {
			t.Fatal("another tree")
		}
		now, err := m.Tree(m.size)
		if err != nil {
			t.Fatal(err)
		}
		at := rapid.Int64Range(0, m.size-1).Draw(t, "line")
		proof, err := tlog.ProveRecord(m.size, at, &m)
		if err != nil || tlog.CheckRecord(proof, now.N, now.Hash, at, tlog.RecordHash(all[at])) != nil {
			t.Fatal("the line is not proved", err)
		}
		before, err := m.Tree(at + 1)
		if err != nil {
			t.Fatal(err)
		}
		grown, err := tlog.ProveTree(now.N, before.N, &m)
		if err != nil || tlog.CheckTree(grown, now.N, now.Hash, before.N, before.Hash) != nil {
			t.Fatal("the beginning is not proved", err)
		}
	})
	if _, err := whole.ReadHashes([]int64{1 << 40}); err == nil {
		t.Error("a hash that there is not")
	}
}

func TestVerify(t *testing.T) {
	k, all := keysOf(t), lines(t, 10)
	claim := func(change func(*Claim)) Claim {
		c := Claim{origin, k.Verifiers, each(all), k.signedAt(t, all, 10), [][]byte{k.signedAt(t, all, 7), k.signedAt(t, all, 3)}}
		change(&c)
		return c
	}
	other := slices.Clone(all)
	other[4] = line(t, 44)
	late := append(lines(t, 10), line(t, 2)) // published at the time of the third, logged as the last
	for _, c := range []struct {
		name  string
		claim Claim
		delay time.Duration
		want  error
	}{
		{"all is well", claim(func(*Claim) {}), 0, nil},
		{"nothing was kept", claim(func(c *Claim) { c.Kept = nil }), time.Hour, nil},
		{"an empty log", Claim{origin, k.Verifiers, each(nil), k.signedAt(t, all, 0), nil}, 0, nil},
		{"a line changed", claim(func(c *Claim) { c.Lines = each(other) }), 0, ErrContents},
		{"a line less", claim(func(c *Claim) { c.Lines = each(all[:9]) }), 0, ErrContents},
		{"a line changed, and the checkpoint with it", claim(func(c *Claim) { c.Lines, c.Checkpoint = each(other), k.signedAt(t, other, 10) }), 0, ErrHistory},
		{"the last lines removed, and the checkpoint with them", claim(func(c *Claim) { c.Lines, c.Checkpoint = each(all[:5]), k.signedAt(t, all, 5) }), 0, ErrShort},
		{"a kept one of others", claim(func(c *Claim) { c.Kept = append(c.Kept, keysOf(t).signedAt(t, all, 4)) }), 0, ErrCheckpoint},
		{"no line of a log", claim(func(c *Claim) { c.Lines = each([][]byte{[]byte("x")}) }), 0, ErrEntry},
		{"published long before it was logged", claim(func(c *Claim) { c.Lines, c.Checkpoint = each(late), k.signedAt(t, late, 11) }), 4 * time.Minute, ErrBackdated},
		{"as long as is allowed", claim(func(c *Claim) { c.Lines, c.Checkpoint = each(late), k.signedAt(t, late, 11) }), 5 * time.Minute, nil},
		{"published after its checkpoint", claim(func(c *Claim) { c.Lines, c.Checkpoint, c.Kept = each(other[:5]), k.signedAt(t, other, 5), nil }), 0, ErrBackdated},
	} {
		r, err := c.claim.Verify(c.delay)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %+v, %v", c.name, r, err)
		}
	}
	r, err := claim(func(*Claim) {}).Verify(0)
	if err != nil || r.Kept != 2 || r.Checkpoint.Tree.N != 10 || r.Longest != 4*time.Minute {
		t.Errorf("%+v, %v", r, err) // the fourth was published 4 minutes before the first checkpoint with it
	}
	broken := errors.New("broken")
	if _, err := claim(func(c *Claim) { c.Lines = func(yield func([]byte, error) bool) { yield(nil, broken) } }).Verify(0); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// TestEveryChangeIsFound: among 10,000 entries any single change, removal, insertion or swap is found.
func TestEveryChangeIsFound(t *testing.T) {
	const n = 10_000
	outer := t
	k, all := keysOf(t), lines(t, n)
	c := Claim{Origin: origin, Keys: k.Verifiers, Checkpoint: k.signedAt(t, all, n)}
	c.Lines = each(all)
	if _, err := c.Verify(0); err != nil {
		t.Fatal(err)
	}
	var tree Memory
	if err := tree.Add(all...); err != nil {
		t.Fatal(err)
	}
	const half = n / 2
	rapid.Check(t, func(t *rapid.T) {
		at, to := rapid.IntRange(0, n-1).Draw(t, "at"), rapid.IntRange(0, n-1).Draw(t, "to")
		altered := slices.Clone(all)
		switch rapid.SampledFrom([]string{"change", "removal", "insertion", "swap"}).Draw(t, "what") {
		case "change":
			altered[at] = slices.Clone(altered[at])
			altered[at][rapid.IntRange(0, len(altered[at])-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "removal":
			altered = slices.Delete(altered, at, at+1)
		case "insertion":
			altered = slices.Insert(altered, at, line(outer, n+to))
		case "swap":
			if at == to {
				return
			}
			altered[at], altered[to] = altered[to], altered[at]
		}
		same := 0
		for same < min(len(altered), n) && bytes.Equal(altered[same], all[same]) {
			same++
		}
		// What comes before needs no new hashes, so that many alterations can be tried.
		m := Memory{int64(same), slices.Clone(tree.hashes[:tlog.StoredHashCount(int64(same))])}
		if err := m.Add(altered[same:]...); err != nil {
			t.Fatal(err)
		}
		if m.size == n && must(m.Tree(n)) == must(tree.Tree(n)) {
			t.Fatal("the checkpoint of the whole does not tell")
		}
		if same < half && must(m.Tree(half)) == must(tree.Tree(half)) {
			t.Fatal("a checkpoint that was kept does not tell, once the whole is signed anew")
		}
	})
}

func must(tree tlog.Tree, err error) tlog.Tree {
	if err != nil {
		panic(err)
	}
	return tree
}
