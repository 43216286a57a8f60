package api

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"datacharter/internal/town"
	"datacharter/useguide"
)

// TestWorkedExampleOfThePlatforms: the scripts that the pages and docs/platforms.md show do what they say, with either kind of key.
func TestWorkedExampleOfThePlatforms(t *testing.T) {
	manual, err := os.ReadFile("../docs/platforms.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range []string{useguide.Keys, useguide.Report} {
		if !strings.Contains(string(manual), "```sh\n"+script+"```\n") {
			t.Errorf("docs/platforms.md shows another script than\n%s", script)
		}
	}
	for _, tool := range []string{"sh", "curl", "openssl", "base64"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("without %s: %v", tool, err)
		}
	}
	w := newWorld(t)
	id := w.inOperation()
	server := httptest.NewServer(w.server.engine)
	defer server.Close()
	dir := t.TempDir()
	run := func(script string, env ...string) (string, error) {
		c := exec.CommandContext(t.Context(), "sh", "-c", script)
		c.Dir, c.Env = dir, append(os.Environ(), env...)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	if out, err := run(useguide.Keys); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w.SetNow(time.Now()) // which the script says
	for _, key := range []string{"ed25519", "sm2"} {
		public, err := os.ReadFile(filepath.Join(dir, key+".pub.pem"))
		w.Must(err)
		p := into[Platform](t, w.post(theApplicant, base+"/authorizations/"+id+"/platforms", object{"name": key, "key": string(public)}))
		secret, _, err := w.Store.IssueToken(t.Context(), theReporter, "example", w.Now().AddDate(1, 0, 0))
		w.Must(err)
		out, err := run(useguide.Report, "SYSTEM="+server.URL, "TOKEN="+secret, "PLATFORM="+p.ID, "KEY="+key+".pem", "NUMBER=1", "RESOURCE="+resource, "PRODUCT="+town.ProductName, "no_proxy=*")
		if err != nil || !strings.Contains(out, `"allowed":`) || !strings.Contains(out, `"position":1`) {
			t.Errorf("%s: %v: %s", key, err, out)
		}
		if got := into[Platform](t, w.get(theApplicant, platformsPath+"/"+p.ID)); got.Batches != 1 || got.Algorithm != key {
			t.Errorf("%+v", got)
		}
	}
}
