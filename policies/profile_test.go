package policies_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/policy"
	"datacharter/policies"
)

func nationalText(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("national.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestNational(t *testing.T) {
	p := policies.National()
	if p.Name != "national" || p.Version != 4 {
		t.Errorf("got %s version %d", p.Name, p.Version)
	}
	if problems := policy.Check(p); len(problems) > 0 {
		t.Errorf("unsound: %v", problems)
	}
	var names []string
	for _, r := range p.Review.Reviews {
		names = append(names, r.Name)
	}
	want := []string{"business", "supplier", "security", "finance", "fair-competition", "legality"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
	for _, i := range p.Basis[:2] { // 26号 and 27号 are in force for five years
		if i.From.String() != "2025-03-01" || i.To == nil || i.To.String() != "2030-02-28" {
			t.Errorf("%s: in force from %v to %v", i.Number.ZH, i.From, i.To)
		}
	}
}

// A figure that no rule sets says so: every limit with an article "by analogy", or none, is a default, and no default hides its being one.
func TestNationalDefaultsSaySo(t *testing.T) {
	raw, err := json.Marshal(policies.National())
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(path, e)
			}
		case map[string]any:
			article, _ := v["article"].(string)
			if (strings.Contains(article, "by analogy") || article == "none") && v["mark"] != string(policy.Default) {
				t.Errorf("%s: %s is marked %v", path, article, v["mark"])
			}
			for key, e := range v {
				walk(path+"."+key, e)
			}
		}
	}
	walk("", tree)
}

func TestProfileRoundTripsThroughJSON(t *testing.T) {
	p := policies.National()
	first, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back policy.Profile
	decoder := json.NewDecoder(bytes.NewReader(first))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&back); err != nil {
		t.Fatal(err)
	}
	if back.Review.Passed.Source != p.Review.Passed.Source || back.Agreement.MaxTerm != p.Agreement.MaxTerm {
		t.Errorf("lost: %+v", back)
	}
	second, err := json.Marshal(back)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Errorf("not the same (-first +second):\n%s", diff)
	}
	if _, err := back.Review.Verdict(policy.Outcomes{Total: 1, Approved: 1}); err == nil {
		t.Error("a condition that was not compiled was tested")
	}
}

func TestHashIsOfTheFileAsItIs(t *testing.T) {
	text := nationalText(t)
	changed, err := policies.Parse("national.yaml", []byte(text+"\n# a remark\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p := policies.National(); !strings.HasPrefix(p.Hash, "sha256:") || len(p.Hash) != len("sha256:")+64 || changed.Hash == p.Hash {
		t.Errorf("hashes %s and %s", p.Hash, changed.Hash)
	}
}

func TestLibrary(t *testing.T) {
	text := nationalText(t)
	next := strings.Replace(text, "\nversion: 4\n", "\nversion: 5\n", 1)
	library, err := policies.NewLibrary(fstest.MapFS{
		"national.yaml":   {Data: []byte(text)}, // the one shipped, once more
		"national-5.yaml": {Data: []byte(next)},
		"README.md":       {Data: []byte("not a profile")},
	})
	if err != nil {
		t.Fatal(err)
	}
	newest, ok := library.Newest("national")
	if !ok || newest.Version != 5 {
		t.Errorf("newest: %v", newest)
	}
	if pinned, ok := library.ByHash(policies.National().Hash); !ok || pinned.Version != 4 {
		t.Error("the version of a running case was not found by its hash")
	}
	if _, ok := library.ByHash("sha256:none"); ok {
		t.Error("found what is not there")
	}
	if _, ok := library.Newest("nowhere"); ok {
		t.Error("found what is not there")
	}
	if got := string(library.Text(newest.Hash)); got != next {
		t.Errorf("the text kept is not the file's: %d bytes of %d", len(got), len(next))
	}
	if n := len(library.All()); n != 5 {
		t.Errorf("%d profiles", n)
	}
}

func TestLibraryRefuses(t *testing.T) {
	text := nationalText(t)
	for name, dir := range map[string]fstest.MapFS{
		"a version with two contents": {"other.yaml": {Data: []byte(text + "# changed\n")}},
		"a broken profile":            {"other.yaml": {Data: []byte("name: other\n")}},
	} {
		if _, err := policies.NewLibrary(dir); err == nil || !strings.Contains(err.Error(), "other.yaml:") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := policies.NewLibrary(os.DirFS(filepath.Join(t.TempDir(), "none"))); err == nil {
		t.Error("a directory that is not there was taken for an empty one")
	}
}

func TestCheck(t *testing.T) {
	sound, err := policies.Check("national.yaml")
	if err != nil || len(sound.Problems) > 0 || !strings.Contains(sound.String(), sound.Profile.Hash) {
		t.Errorf("%v, %v", sound, err)
	}
	file := filepath.Join(t.TempDir(), "broken.yaml")
	if err := os.WriteFile(file, []byte("name: x\nversion: one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken, err := policies.Check(file)
	if err != nil || broken.Profile != nil || !strings.Contains(broken.String(), file+":2:10: version: expected a whole number, found text") {
		t.Errorf("%v, %v", broken, err)
	}
	if _, err := policies.Check(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(nationalText(f)))
	for _, s := range []string{"", "{}", "[]", "a", "name: x", "name: [", "? a\n: b", "&a b", "<<: *a", "review:\n  passed: '1'", "---\n---\n", "\t", "basis: [{}]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := policies.Parse("f", raw)
		if err != nil {
			var problems policies.Problems
			if p != nil || !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("%v, %v", p, err)
			}
			for _, problem := range problems {
				if problem.Line < 1 || problem.Line > bytes.Count(raw, []byte("\n"))+bytes.Count(raw, []byte("\r"))+1 || problem.Column < 1 {
					t.Errorf("a place outside the file: %v", problem)
				}
			}
			return
		}
		if _, err := json.Marshal(p); err != nil {
			t.Errorf("has no JSON: %v", err)
		}
		if problems := policy.Check(p); len(problems) > 0 {
			t.Errorf("accepted unsound: %v", problems)
		}
	})
}

// A case keeps the rules it began with even when a later program would no longer accept them for new cases.
func TestRestoreDoesNotCheckAnew(t *testing.T) {
	loosened := strings.Replace(nationalText(t), "chair_last: true", "chair_last: false", 1)
	if _, err := policies.Parse("national.yaml", []byte(loosened)); err == nil {
		t.Fatal("a loosened hard rule was accepted for new cases")
	}
	p, err := policies.Restore("national.yaml", []byte(loosened))
	if err != nil {
		t.Fatal(err)
	}
	if holds, err := p.Review.Passed.Holds(map[string]any{"total": int64(1), "approved": int64(1), "returned": int64(0), "rejected": int64(0)}); err != nil || !holds {
		t.Fatalf("the restored profile's conditions do not work: %v, %v", holds, err)
	}
	if _, err := policies.Restore("national.yaml", []byte("name: [")); err == nil {
		t.Fatal("a broken text was restored")
	}
}
