package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// called runs the program in the process and returns its exit code and what it printed.
func called(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// must runs the program and insists on success.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, stdout, stderr := called(t, args...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, stderr)
	}
	return stdout
}

func TestFirstStepsOfAnAdministrator(t *testing.T) {
	t.Setenv("DATACHARTER_DATABASE_URL", "sqlite:"+filepath.Join(t.TempDir(), "record.db"))
	must(t, "migrate", "up")
	if out := must(t, "migrate", "status"); !strings.Contains(out, "0001_record.sql: applied") {
		t.Errorf("status: %s", out)
	}
	must(t, "user", "add", "first-admin", "某某")
	must(t, "user", "grant", "first-admin", "bureau", "administrator", "--kind", "agency", "--name", "某局")
	if out := must(t, "user", "token", "first-admin"); len(strings.Fields(out)[0]) < 32 {
		t.Errorf("token: %s", out)
	}
	first := must(t, "user", "password", "first-admin", "--username", "Li.Admin")
	second := must(t, "user", "password", "first-admin")
	if !strings.Contains(first, "li.admin") || !strings.Contains(second, "li.admin") || first == second {
		t.Errorf("passwords: %s%s", first, second)
	}
	for _, source := range []string{"jiangsu", "hongkong"} {
		file := "../../demo/catalogue/" + source + ".json"
		first := must(t, "import", file, "--no-rows", "--language", "en")
		second := must(t, "import", file, "--no-rows", "--language", "en")
		if !strings.Contains(first, " 0 changed, 0 unchanged") || !strings.Contains(second, "(0 created, 0 changed") {
			t.Errorf("%s: first %s second %s", source, first, second)
		}
	}
	must(t, "rebuild")
	if out := must(t, "verify"); !strings.Contains(out, "as they were written") {
		t.Errorf("verify: %s", out)
	}
	if out := must(t, "migrate", "down", "0"); !strings.Contains(out, "took back") {
		t.Errorf("down: %s", out)
	}
}

// TestImportWithMapping: a source of one's own is imported with a mapping, tried first, and again by its name alone.
func TestImportWithMapping(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DATACHARTER_DATABASE_URL", "sqlite:"+filepath.Join(dir, "record.db"))
	must(t, "migrate", "up")
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mapping := write("mapping.yaml", "source: 宁波\nform: csv\nfields: {sourceKey: 编号, title: 名称, provider: 部门, frequency: 更新}\n")
	first := write("first.csv", "编号,名称,部门,更新\n1,=停车场,交通局,每天\n2,公交,交通局,每月\n3,,交通局,\n")
	report := filepath.Join(dir, "report.csv")
	if out := must(t, "import", first, "--mapping", mapping, "--dry-run", "--language", "en"); !strings.Contains(out, "Dry run") || !strings.Contains(out, "2 created") {
		t.Errorf("dry run: %s", out)
	}
	var stdout, stderr strings.Builder
	if code := run(t.Context(), []string{"import", first, "--source", "宁波"}, &stdout, &stderr); code != 1 || !strings.Contains(stderr.String(), "mapping-unknown") {
		t.Errorf("a dry run kept the mapping: %d %s", code, stderr.String())
	}
	if out := must(t, "import", first, "--mapping", mapping, "--language", "en"); !strings.Contains(out, "2 created") || strings.Contains(out, "Dry run") {
		t.Errorf("import: %s", out)
	}
	second := write("second.csv", strings.Replace(strings.Replace(contentOf(t, first), "每月", "每周", 1), "3,,", "4,水质,", 1))
	out := must(t, "import", second, "--source", "宁波", "--report", report, "--language", "en")
	if !strings.Contains(out, "1 created, 1 changed, 1 unchanged") {
		t.Errorf("again: %s", out)
	}
	got, err := os.ReadFile(report)
	for _, want := range []string{"row,title,done,identifier,fields changed,remarks", "1,'=停车场,unchanged,", "2,公交,changed,res-", `"update frequency, update frequency as published"`, "3,水质,created,"} {
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%v: no %q in\n%s", err, want, got)
		}
	}
	bad := write("bad.yaml", "source: shanghai\nform: csv\n")
	if code := run(t.Context(), []string{"import", first, "--mapping", bad}, &stdout, &stderr); code != 1 || !strings.Contains(stderr.String(), "source-key-unfit") {
		t.Errorf("a bad mapping: %d %s", code, stderr.String())
	}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWhatIsWrongIsSaidInOneLine(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.yaml")
	if err := os.WriteFile(broken, []byte("name: x\nnonsense: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	url := "--database-url=sqlite:" + filepath.Join(dir, "none.db")
	for _, args := range [][]string{
		{"verify", url},
		{"user", "add", "somebody", "某某", url},
		{"user", "password", "somebody", url},
		{"user", "password", "somebody", "--drop-code", url},
		{"policy", "check", broken},
		{"health", "--url", "http://127.0.0.1:1"},
		{"migrate", "up", "--database-url", "mysql:x"},
	} {
		code, _, stderr := called(t, args...)
		if code != 1 || strings.Count(strings.TrimSpace(stderr), "\n") != 0 || stderr == "" {
			t.Errorf("%v: exit %d, stderr %q", args, code, stderr)
		}
	}
	if code, _, _ := called(t, "no-such-command"); code == 0 {
		t.Error("a command that there is not succeeds")
	}
	if out := must(t, "policy", "check", "../../policies/national.yaml"); !strings.Contains(out, "can be used") {
		t.Errorf("the national profile: %s", out)
	}
	if out := must(t, "version"); strings.TrimSpace(out) == "" {
		t.Error("no version")
	}
}
