package grading_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/grading"
	"datacharter/domain/policy"
)

// expected is §6.5, table 1, written out once more: object, then the grade of especially serious, serious and ordinary harm.
var expected = map[grading.Object][3]grading.Grade{
	grading.NationalSecurity:   {grading.Core, grading.Core, grading.Important},
	grading.Economy:            {grading.Core, grading.Important, grading.General},
	grading.SocialOrder:        {grading.Core, grading.Important, grading.General},
	grading.PublicInterest:     {grading.Core, grading.Important, grading.General},
	grading.OrganisationRights: {grading.General, grading.General, grading.General},
	grading.PersonalRights:     {grading.General, grading.General, grading.General},
}

func TestRequirement17EveryPair(t *testing.T) {
	rows := grading.Table()
	if len(rows) != len(expected) || len(grading.Objects()) != len(expected) {
		t.Fatalf("%d rows, %d objects", len(rows), len(grading.Objects()))
	}
	for i, o := range grading.Objects() {
		for j, d := range grading.Degrees() {
			want := expected[o][j]
			if got := grading.Of([]grading.Pair{{Object: o, Degree: d}}); got != want || rows[i].Object != o || rows[i].Grade(d) != want {
				t.Errorf("%s, %s: %s, want %s", o, d, got, want)
			}
		}
	}
}

// TestRequirement17EveryCombination takes every way in which the six objects can be harmed or not: 4,096.
func TestRequirement17EveryCombination(t *testing.T) {
	degrees := grading.Degrees()
	for n := range 1 << (2 * len(expected)) {
		var pairs []grading.Pair
		want := grading.General
		for i, o := range grading.Objects() {
			j := n >> (2 * i) & 3
			if j == len(degrees) {
				continue
			}
			pairs = append(pairs, grading.Pair{Object: o, Degree: degrees[j]})
			switch g := expected[o][j]; {
			case g == grading.Core:
				want = g
			case g == grading.Important && want == grading.General:
				want = g
			}
		}
		got := grading.Of(pairs)
		if got != want {
			t.Fatalf("%v: %s, want %s", pairs, got, want)
		}
		if level := grading.LevelOf(pairs); (level > 0) != (got == grading.General) || level > 4 {
			t.Fatalf("%v: level %d of %s", pairs, level, got)
		}
	}
}

// TestTheTableIsMarked: nobody has read it in print, and people are told so; the levels are less certain still.
func TestTheTableIsMarked(t *testing.T) {
	if grading.TableSource.Mark != policy.Known || grading.HighestSource.Mark != policy.Known || grading.TableNote.Mark != policy.Known || grading.LevelSource.Mark != policy.Unsure {
		t.Error("the marks do not say what was verified")
	}
}

func TestLevels(t *testing.T) {
	for want, pairs := range map[grading.Level][]grading.Pair{
		1: nil,
		2: {{Object: grading.PersonalRights, Degree: grading.Ordinary}},
		3: {{Object: grading.PersonalRights, Degree: grading.Ordinary}, {Object: grading.OrganisationRights, Degree: grading.Serious}},
		4: {{Object: grading.Economy, Degree: grading.Ordinary}},
		0: {{Object: grading.Economy, Degree: grading.Serious}},
	} {
		if got := grading.LevelOf(pairs); got != want {
			t.Errorf("%v: %d, want %d", pairs, got, want)
		}
	}
	if grading.LevelOf([]grading.Pair{{Object: grading.PersonalRights, Degree: grading.EspeciallySerious}}) != 4 {
		t.Error("the gravest harm to rights is not of the highest level")
	}
}

func pair() *rapid.Generator[grading.Pair] {
	return rapid.Custom(func(t *rapid.T) grading.Pair {
		return grading.Pair{Object: rapid.SampledFrom(grading.Objects()).Draw(t, "object"), Degree: rapid.SampledFrom(grading.Degrees()).Draw(t, "degree")}
	})
}

// Another pair never lowers the grade nor, while data stays general, its level.
func TestRequirement17Monotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOf(pair()).Draw(t, "pairs")
		more := append(slices.Clone(pairs), pair().Draw(t, "another"))
		before, after := grading.Of(pairs), grading.Of(more)
		if before.Above(after) {
			t.Fatalf("%s became %s", before, after)
		}
		if level := grading.LevelOf(more); after == grading.General && level < grading.LevelOf(pairs) {
			t.Fatalf("level %d became %d", grading.LevelOf(pairs), level)
		}
	})
}

func TestRequirement17OrderIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOf(pair()).Draw(t, "pairs")
		other := rapid.Permutation(pairs).Draw(t, "other order")
		if grading.Of(pairs) != grading.Of(other) || grading.LevelOf(pairs) != grading.LevelOf(other) {
			t.Fatal("the order of the pairs changes the grade")
		}
	})
}

func TestGradesAreOrdered(t *testing.T) {
	all := append(grading.Grades(), "")
	for i, a := range all {
		for j, b := range all {
			if a.Above(b) != (i < j) {
				t.Errorf("%q above %q: %v", a, b, a.Above(b))
			}
		}
	}
	if grading.Highest() != grading.General || grading.Highest("", grading.Important, grading.General) != grading.Important {
		t.Error("the highest is another")
	}
}

// Everything that people read is there in both languages.
func TestWords(t *testing.T) {
	var incomplete []string
	note := func(value string, complete bool) {
		if !complete {
			incomplete = append(incomplete, value)
		}
	}
	for _, v := range grading.Objects() {
		note(string(v), v.Words().Complete() && v.Words().ZH != string(v))
	}
	for _, v := range grading.Degrees() {
		note(string(v), v.Words().Complete() && v.Words().ZH != string(v))
	}
	for _, v := range grading.Grades() {
		note(string(v), v.Words().Complete() && v.Words().ZH != string(v))
	}
	for _, v := range grading.Sectors() {
		note(string(v), v.Words().Complete() && v.Words().ZH != string(v))
	}
	for _, v := range []grading.Processing{grading.Desensitised, grading.Aggregated} {
		note(string(v), v.Words().ZH != string(v))
	}
	for _, v := range []grading.Basis{grading.Consent, grading.Anonymised} {
		note(string(v), v.Words().ZH != string(v))
	}
	for _, a := range (grading.Attributes{}).List() {
		note(a.Name, a.Words.Complete())
	}
	for _, r := range grading.Requirements() {
		note(r.Code, r.Title.Complete() && r.Rule.Complete() && r.Article != "" && r.Mark != "")
	}
	if len(incomplete) > 0 {
		t.Errorf("without words: %v", incomplete)
	}
	if w := grading.Grade("secret").Words(); w.ZH != "secret" || w.EN != "secret" {
		t.Errorf("what is not known is shown as %+v", w)
	}
}
