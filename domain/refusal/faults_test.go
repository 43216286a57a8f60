package refusal_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/refusal"
)

type colour string

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		check func(f *refusal.Faults)
		want  []string // path, code
	}{
		"nothing":              {func(*refusal.Faults) {}, nil},
		"a text":               {func(f *refusal.Faults) { f.Text("a", "words", 5) }, nil},
		"no text":              {func(f *refusal.Faults) { f.Text("a", " \n\t", 5) }, []string{"a required"}},
		"a long text":          {func(f *refusal.Faults) { f.Text("a", "六个字的文本", 5) }, []string{"a too-long"}},
		"characters not bytes": {func(f *refusal.Faults) { f.Text("a", "五个字文本", 5) }, nil},
		"a text may be empty":  {func(f *refusal.Faults) { f.AtMost("a", "", 5) }, nil},
		"a choice":             {func(f *refusal.Faults) { refusal.Choice(f, "a", colour("red"), "red", "blue") }, nil},
		"no choice":            {func(f *refusal.Faults) { refusal.Choice(f, "a", colour(""), "red", "blue") }, []string{"a not-a-choice"}},
		"what must hold": {func(f *refusal.Faults) {
			f.Unless(true, refusal.Repeated.At("a"))
			f.Unless(false, refusal.Repeated.At("b"))
		}, []string{"b repeated"}},
		"repeats": {func(f *refusal.Faults) {
			f.Distinct([]string{"x", "y", "x", "x"}, func(i int) string { return refusal.In("a", i, "b") })
		}, []string{"a[2].b repeated", "a[3].b repeated"}},
		"in order": {func(f *refusal.Faults) { f.Text("b", "", 1); f.Add(refusal.Required.At("a")) }, []string{"b required", "a required"}},
	} {
		var f refusal.Faults
		c.check(&f)
		var got []string
		for _, field := range f {
			got = append(got, field.Path+" "+field.Code)
			if strings.Contains(field.Detail("en")+field.Detail("zh"), "{") {
				t.Errorf("%s: a parameter is missing: %s", name, field.Detail("en"))
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if r := f.Refusal(); (r == nil) != (len(c.want) == 0) || r != nil && r.Code != refusal.InvalidInput.Name {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestCount(t *testing.T) {
	var f refusal.Faults
	if !f.Count("a", 3, 3) || f.Count("a", 4, 3) || len(f) != 1 || f[0].Params["max"] != "3" {
		t.Errorf("%v", f)
	}
}

func TestIn(t *testing.T) {
	for want, got := range map[string]string{"a[0]": refusal.In("a", 0), "a[2].b": refusal.In("a", 2, "b"), "a.b[1].c.d": refusal.In("a.b", 1, "c", "d")} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Every code is worded in both languages, with the same parameters, and is stable in form.
func TestCodesAreWorded(t *testing.T) {
	for _, c := range refusal.Codes() {
		if !c.Words.Complete() || c.Name == "" || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("%+v", c)
		}
		if strings.Count(c.Words.ZH, "{") != strings.Count(c.Words.EN, "{") {
			t.Errorf("%s: parameters differ between the languages", c.Name)
		}
		if r := c.With(); r.Class() != c.Class || r.Detail("zh-CN") != c.Words.ZH || r.Detail("en-GB") != c.Words.EN {
			t.Errorf("%s: %s", c.Name, r.Detail("en"))
		}
	}
	unknown := refusal.Refusal{Code: "of-a-newer-program"}
	if unknown.Class() != refusal.Conflict || unknown.Detail("en") != unknown.Code {
		t.Errorf("%+v", unknown)
	}
}
