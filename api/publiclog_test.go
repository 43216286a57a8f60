package api

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"datacharter/domain/authorization"
	"datacharter/transparency"
)

func (w *world) logKeys() transparency.Keys {
	w.t.Helper()
	private, err := transparency.GenerateKeys(rand.Reader, "register.example")
	w.Must(err)
	keys, err := transparency.ParseKeys(private)
	w.Must(err)
	return keys
}

// TestTransparencyLog: without a token anybody reads the log, proves that what he saw in the register is in it, and that it only grew.
func TestTransparencyLog(t *testing.T) {
	w := newWorld(t)
	keys := w.logKeys()
	w.get("", logPath).wants(t, http.StatusNotFound, "not-found")
	id := w.AuthorizationIn(authorization.Operating)
	w.Must(w.Store.SignLog(t.Context(), keys))
	before := into[PublicLog](t, w.get("", logPath))
	w.Offered(id, "0.5", "0.25")
	unsigned := into[PublicLog](t, w.get("", logPath))
	if unsigned.Size != before.Size || before.Size == 0 {
		t.Errorf("%d entries are stated before they are signed, %d at first", unsigned.Size, before.Size)
	}
	w.Must(w.Store.SignLog(t.Context(), keys))
	now := into[PublicLog](t, w.get("", logPath))
	tree := w.tree(now)
	if now.Size <= before.Size || now.Name != "register.example" || now.Keys != keys.Public() {
		t.Errorf("%+v", now)
	}

	release := into[list[PublicRelease]](t, w.get("", registerPath+"/releases?limit=1")).Items[0]
	proof := into[LogProof](t, w.get("", logPath+"/proof?publication="+url.QueryEscape(release.ID)))
	if proof.Size != now.Size || tlog.CheckRecord(w.hashes(proof.Hashes), proof.Size, tree.Hash, proof.Position, tlog.RecordHash([]byte(proof.Entry))) != nil {
		t.Errorf("not proved: %+v", proof)
	}
	entry, err := transparency.ParseEntry([]byte(proof.Entry))
	if err != nil || entry.ID != release.ID || !strings.Contains(string(entry.Content), `"0.25"`) {
		t.Errorf("%+v, %v", entry, err)
	}
	growth := into[LogGrowth](t, w.get("", fmt.Sprint(logPath, "/growth?from=", before.Size)))
	if growth.To != now.Size || tlog.CheckTree(tlog.TreeProof(w.hashes(growth.Hashes)), tree.N, tree.Hash, before.Size, w.tree(before).Hash) != nil {
		t.Errorf("not proved: %+v", growth)
	}
	lines := w.get("", logPath+"/entries?from=1&limit=2")
	if got := strings.Split(string(lines.body), "\n"); len(got) != 3 || got[2] != "" || lines.header.Get("Content-Type") != "application/x-ndjson" {
		t.Errorf("%q", got)
	}
	older := into[LogProof](t, w.get("", fmt.Sprint(logPath, "/proof?position=0&size=", before.Size)))
	if tlog.CheckRecord(w.hashes(older.Hashes), before.Size, w.tree(before).Hash, 0, tlog.RecordHash([]byte(older.Entry))) != nil {
		t.Errorf("not proved in the tree of before: %+v", older)
	}
	beyond := fmt.Sprint(now.Size)
	for path, status := range map[string]int{
		"/proof": 404, "/proof?position=" + beyond: 404, "/proof?position=-2": 422, "/proof?position=x": 422, "/proof?publication=none": 404, "/proof?publication=a%00b": 400,
		"/proof?position=0&size=" + beyond + "0": 404, "/growth": 422, "/growth?from=0": 422, "/growth?from=" + beyond + "0": 422, "/growth?from=1&to=" + beyond + "0": 404,
		"/entries?from=-1": 422, "/entries?limit=1001": 422, "/entries?from=99999999999999999999": 422, "/entries?from=" + beyond: 200, "?x=1": 422,
	} {
		if r := w.get("", logPath+path); r.status != status {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
}

func (w *world) tree(l PublicLog) tlog.Tree {
	w.t.Helper()
	name, keys, err := transparency.ParsePublic(l.Keys)
	w.Must(err)
	c, err := transparency.OpenCheckpoint([]byte(l.Checkpoint), name, keys...)
	w.Must(err)
	if c.Tree.N != l.Size || c.Tree.Hash.String() != l.Root || !c.At.Equal(l.At) {
		w.t.Errorf("%+v does not state what its checkpoint does: %+v", l, c)
	}
	return c.Tree
}

func (w *world) hashes(written []string) []tlog.Hash {
	w.t.Helper()
	out := make([]tlog.Hash, len(written))
	for i, h := range written {
		var err error
		out[i], err = tlog.ParseHash(h)
		w.Must(err)
	}
	return out
}
