package web

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/transparency"
)

// signLog signs a checkpoint of all that was published, with keys made for it.
func (w *world) signLog() transparency.Keys {
	w.t.Helper()
	private, err := transparency.GenerateKeys(rand.Reader, "register.example")
	w.Must(err)
	keys, err := transparency.ParseKeys(private)
	w.Must(err)
	w.Must(w.Store.SignLog(w.t.Context(), keys))
	return keys
}

// TestPublicLog: the page of the transparency log states what its last checkpoint does, in both languages, and an entry leads to the proof of its changes.
func TestPublicLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	citizen := w.nobody()
	if text := citizen.get(publicLogPath).wants(http.StatusOK).text(); !strings.Contains(text, "尚无检查点") {
		t.Errorf("%.600s", text)
	}
	id := w.AuthorizationIn(authorization.Operating)
	keys := w.signLog()
	last, err := w.Store.LastCheckpoint(t.Context())
	w.Must(err)
	for language, words := range map[string][]string{"zh": {"最近的检查点", "怎样核验"}, "en": {"The last checkpoint", "How to prove it"}} {
		text := citizen.speaking(language).get(publicLogPath).wants(http.StatusOK).text()
		for _, want := range append(words, strings.TrimSpace(last.Signed), strings.TrimSpace(keys.Public()), "datacharter verify register "+w.at) {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%s: %q is missing: %.900s", language, want, text)
			}
		}
	}
	p := citizen.get(registerPath + "/" + id).wants(http.StatusOK)
	if n := strings.Count(p.body, logProofPath+"?publication="); n == 0 {
		t.Errorf("the entry leads to no proof: %.900s", p.body)
	}
}
