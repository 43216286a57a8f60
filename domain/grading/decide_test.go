package grading_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/grading"
	"datacharter/domain/identity"
)

// serious is a good input for important data.
func serious() grading.Input {
	return grading.Input{
		Sector: grading.Transport, Pairs: []grading.Pair{{Object: grading.SocialOrder, Degree: grading.Serious, Reason: "泄露后影响交通秩序"}},
	}
}

// facts know an ungraded resource "u", sources of each grade, a personal one "p", and the file "sha256:f".
func facts() grading.Facts {
	f := grading.Facts{
		Resource: "r", Resources: map[string]bool{"r": true, "u": true}, Gradings: map[string]grading.Grading{}, Files: map[string]bool{"sha256:f": true},
	}
	for id, g := range map[string]grading.Grading{
		"c": {Number: 1, Grade: grading.Core}, "i": {Number: 2, Grade: grading.Important}, "g": {Number: 3, Grade: grading.General},
		"p": {Number: 4, Grade: grading.General, Input: grading.Input{Personal: true}},
	} {
		f.Resources[id], f.Gradings[id] = true, g
	}
	return f
}

func TestRequirement17InputsAndVersionAreKept(t *testing.T) {
	in := serious()
	in.Attributes.Theme, in.DerivedFrom, in.Evidence = "停车", []string{"i"}, []string{"sha256:f"}
	got, refused := grading.Decide(in, facts())
	if refused != nil {
		t.Fatal(refused)
	}
	want := grading.Grading{
		Resource: "r", Input: in, Grade: grading.Important, Sources: []grading.Source{{Resource: "i", Number: 2, Grade: grading.Important}},
		Standard: "GB/T 43697-2024", Table: "1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecideRefuses(t *testing.T) {
	long := strings.Repeat("字", 2001)
	for name, c := range map[string]struct {
		change func(in *grading.Input)
		want   []string // path, code
	}{
		"nothing":               {func(*grading.Input) {}, nil},
		"no sector":             {func(in *grading.Input) { in.Sector = "" }, []string{"sector not-a-choice"}},
		"a long attribute":      {func(in *grading.Input) { in.Attributes.Stage = long }, []string{"attributes.stage too-long"}},
		"no harm stated":        {func(in *grading.Input) { in.Pairs = nil }, []string{"pairs harm-required"}},
		"no harm without why":   {func(in *grading.Input) { in.Pairs, in.NoHarm = nil, true }, []string{"no_harm_reason required"}},
		"no harm":               {func(in *grading.Input) { in.Pairs, in.NoHarm, in.NoHarmReason = nil, true, "已公开" }, nil},
		"both":                  {func(in *grading.Input) { in.NoHarm = true }, []string{"no_harm harm-contradicted"}},
		"an odd pair":           {func(in *grading.Input) { in.Pairs[0] = grading.Pair{Object: "x", Degree: "y"} }, []string{"pairs[0].object not-a-choice", "pairs[0].degree not-a-choice", "pairs[0].reason required"}},
		"an object twice":       {func(in *grading.Input) { in.Pairs = append(in.Pairs, in.Pairs[0]) }, []string{"pairs[1].object repeated"}},
		"too many pairs":        {func(in *grading.Input) { in.Pairs = slices.Repeat(in.Pairs, 7) }, []string{"pairs too-many"}},
		"an unknown source":     {func(in *grading.Input) { in.DerivedFrom = []string{"none"} }, []string{"derived_from[0] unknown-reference"}},
		"an ungraded source":    {func(in *grading.Input) { in.DerivedFrom = []string{"i", "u"} }, []string{"derived_from[1] source-ungraded"}},
		"itself":                {func(in *grading.Input) { in.DerivedFrom = []string{"r"} }, []string{"derived_from[0] derived-from-itself"}},
		"a source twice":        {func(in *grading.Input) { in.DerivedFrom = []string{"i", "i"} }, []string{"derived_from[1] repeated"}},
		"too many sources":      {func(in *grading.Input) { in.DerivedFrom = slices.Repeat([]string{"i"}, 101) }, []string{"derived_from too-many"}},
		"below a source":        {func(in *grading.Input) { in.DerivedFrom = []string{"i", "c"} }, []string{"processing graded-below-source"}},
		"as high as its source": {func(in *grading.Input) { in.DerivedFrom = []string{"i", "g"} }, nil},
		"personal no longer":    {func(in *grading.Input) { in.DerivedFrom = []string{"p"} }, []string{"processing graded-below-source"}},
		"still personal":        {func(in *grading.Input) { in.DerivedFrom, in.Personal = []string{"p"}, true }, nil},
		"processed": {func(in *grading.Input) {
			in.DerivedFrom, in.Processing, in.ProcessingReason = []string{"c", "p"}, grading.Desensitised, "已去标识并抽样"
		}, nil},
		"processed without why":  {func(in *grading.Input) { in.DerivedFrom, in.Processing = []string{"c"}, grading.Aggregated }, []string{"processing_reason required"}},
		"processed from nothing": {func(in *grading.Input) { in.Processing, in.ProcessingReason = grading.Aggregated, "x" }, []string{"derived_from required"}},
		"odd processing": {func(in *grading.Input) {
			in.DerivedFrom, in.Processing, in.ProcessingReason = []string{"i"}, "magic", "x"
		}, []string{"processing not-a-choice"}},
		"a reason too long":    {func(in *grading.Input) { in.ProcessingReason, in.NoHarmReason = long, long }, []string{"no_harm_reason too-long", "processing_reason too-long"}},
		"a basis for nothing":  {func(in *grading.Input) { in.Basis = grading.Consent }, []string{"personal required"}},
		"an odd basis":         {func(in *grading.Input) { in.Personal, in.Basis = true, "x" }, []string{"basis not-a-choice"}},
		"papers without files": {func(in *grading.Input) { in.Papers = []grading.Paper{grading.RiskAssessment} }, []string{"evidence required"}},
		"odd papers":           {func(in *grading.Input) { in.Papers, in.Evidence = []grading.Paper{"x", "x"}, []string{"sha256:f"} }, []string{"papers[0] not-a-choice", "papers[1] not-a-choice", "papers[1] repeated"}},
		"consent to nothing": {func(in *grading.Input) {
			in.Papers, in.Evidence = []grading.Paper{grading.ProviderConsent}, []string{"sha256:f"}
		}, []string{"shared required"}},
		"another's file": {func(in *grading.Input) { in.Evidence = []string{"sha256:f", "sha256:x"} }, []string{"evidence[1] unknown-reference"}},
		"too many files": {func(in *grading.Input) { in.Evidence = slices.Repeat([]string{"sha256:f"}, 21) }, []string{"evidence too-many"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := serious()
			c.change(&in)
			_, refused := grading.Decide(in, facts())
			var got []string
			if refused != nil {
				for _, f := range refused.Fields {
					got = append(got, f.Path+" "+f.Code)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is stated, a derivation is never below one of its sources without stated processing and reasons.
func TestRequirement17DerivationIsNotSilentlyLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := grading.Input{Sector: grading.Health, Personal: rapid.Bool().Draw(t, "personal")}
		for _, o := range rapid.SliceOfDistinct(rapid.SampledFrom(grading.Objects()), func(o grading.Object) grading.Object { return o }).Draw(t, "objects") {
			in.Pairs = append(in.Pairs, grading.Pair{Object: o, Degree: rapid.SampledFrom(grading.Degrees()).Draw(t, "degree"), Reason: "理由"})
		}
		if len(in.Pairs) == 0 {
			in.NoHarm, in.NoHarmReason = true, "理由"
		}
		known := facts()
		in.DerivedFrom = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"c", "i", "g", "p"}), func(id string) string { return id }).Draw(t, "sources")
		in.Processing = rapid.SampledFrom([]grading.Processing{"", grading.Desensitised, grading.Aggregated}).Draw(t, "processing")
		in.ProcessingReason = rapid.SampledFrom([]string{"", "理由"}).Draw(t, "reason")
		g, refused := grading.Decide(in, known)
		if refused != nil {
			return
		}
		for _, s := range g.Sources {
			if (s.Grade.Above(g.Grade) || s.Personal && !in.Personal) && (in.Processing == "" || in.ProcessingReason == "") {
				t.Fatalf("%s, from %s which is %s", g.Grade, s.Resource, s.Grade)
			}
		}
		if g.Grade != grading.Of(in.Pairs) || len(g.Sources) != len(in.DerivedFrom) {
			t.Fatalf("%+v", g)
		}
	})
}

func TestRaisedSince(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	history := func(grades ...grading.Grade) []grading.Grading {
		var all []grading.Grading
		for i, g := range grades {
			all = append(all, grading.Grading{Grade: g, At: day(10 * (i + 1))})
		}
		return all
	}
	for _, c := range []struct {
		history []grading.Grading
		then    int
		want    bool
	}{
		{nil, 1, false},
		{history(grading.General), 1, false},
		{history(grading.Important), 1, true},
		{history(grading.Important), 10, false},
		{history(grading.General, grading.Important), 5, true},
		{history(grading.General, grading.Important), 15, true},
		{history(grading.General, grading.Important), 20, false},
		{history(grading.General, grading.Important, grading.Important), 15, true},
		{history(grading.General, grading.Core, grading.General), 15, false},
		{history(grading.Core, grading.Important), 15, false},
	} {
		if got := grading.RaisedSince(c.history, day(c.then)); got != c.want {
			t.Errorf("%v since day %d: %v", c.history, c.then, got)
		}
	}
}

// What began at the last raise or later never rests on a lower grade, and without a raise nothing does.
func TestLastRaised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var history []grading.Grading
		for _, g := range rapid.SliceOf(rapid.SampledFrom(grading.Grades())).Draw(t, "grades") {
			at = at.Add(time.Hour)
			history = append(history, grading.Grading{Grade: g, At: at})
		}
		last, raised := grading.LastRaised(history)
		then := at.Add(-time.Duration(rapid.IntRange(0, 60*(len(history)+1)).Draw(t, "minutes before")) * time.Minute)
		if grading.RaisedSince(history, then) && (!raised || !then.Before(last)) {
			t.Fatalf("raised since %s, though last raised at %s", then, last)
		}
	})
}

func TestWhoMayGrade(t *testing.T) {
	grant := func(organization string, kind identity.Kind, role identity.Role) identity.Grant {
		return identity.Grant{Organization: organization, Kind: kind, Role: role}
	}
	for _, kind := range identity.Kinds {
		for _, role := range identity.Roles {
			actor := identity.Actor{Person: "a", Grants: []identity.Grant{grant("o", kind.Kind, role.Role)}}
			want := kind.Kind == identity.DataSupplier && role.Role == identity.SupplyReviewer ||
				kind.Kind == identity.Agency && (role.Role == identity.SecurityReviewer || role.Role == identity.CaseOfficer)
			if got := len(grading.Capacities(actor)) > 0; got != want {
				t.Errorf("%s of %s: %v", role.Role, kind.Kind, got)
			}
			if want && !slices.Contains(grading.Roles(), role.Role) {
				t.Errorf("%s is not named", role.Role)
			}
		}
	}
	actor := identity.Actor{Person: "a", Grants: []identity.Grant{
		grant("b", identity.Agency, identity.CaseOfficer), grant("b", identity.Agency, identity.SecurityReviewer), grant("s", identity.DataSupplier, identity.SupplyReviewer),
	}}
	want := []identity.By{{Person: "a", Organization: "s", Role: identity.SupplyReviewer}, {Person: "a", Organization: "b", Role: identity.SecurityReviewer}}
	if diff := cmp.Diff(want, grading.Capacities(actor)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
