package grading_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/grading"
	"datacharter/domain/policy"
)

// lacks are what a set lacks: resource and code.
func lacks(s grading.Set) []string {
	var out []string
	for _, l := range s.Missing() {
		out = append(out, l.Resource+" "+l.Code)
	}
	return out
}

func alone(m grading.Member) grading.Set {
	m.Resource = "r"
	return grading.Set{Members: []grading.Member{m}}
}

func TestRequirement18CoreIsBarredAndImportantIsAssessed(t *testing.T) {
	for name, c := range map[string]struct {
		member grading.Member
		want   []string
	}{
		"core":                 {grading.Member{Grade: grading.Core}, []string{"r not-core"}},
		"core though assessed": {grading.Member{Grade: grading.Core, Papers: []grading.Paper{grading.RiskAssessment}}, []string{"r not-core"}},
		"important":            {grading.Member{Grade: grading.Important}, []string{"r risk-assessment"}},
		"important, assessed":  {grading.Member{Grade: grading.Important, Papers: []grading.Paper{grading.RiskAssessment}}, nil},
		"general":              {grading.Member{Grade: grading.General}, nil},
		"ungraded":             {grading.Member{}, []string{"r graded"}},
	} {
		if diff := cmp.Diff(c.want, lacks(alone(c.member))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if !grading.NotCore.Bars || grading.NotCore.Mark != policy.Derived {
		t.Error("that core data enters no plan is concluded, not written")
	}
}

func TestRequirement18SetAboveItsMembers(t *testing.T) {
	two := func(a *grading.Association, assessed bool, members ...grading.Grade) grading.Set {
		s := grading.Set{Association: a, RiskAssessment: assessed}
		for i, g := range members {
			s.Members = append(s.Members, grading.Member{Resource: string(rune('a' + i)), Grade: g})
		}
		return s
	}
	together := func(o grading.Object, d grading.Degree) *grading.Association {
		return &grading.Association{Pairs: []grading.Pair{{Object: o, Degree: d, Reason: "关联后可还原"}}}
	}
	none := &grading.Association{NoHarm: true, NoHarmReason: "互不相关"}
	for name, c := range map[string]struct {
		set   grading.Set
		grade grading.Grade
		want  []string
	}{
		"nobody looked":       {two(nil, false, grading.General, grading.General), grading.General, []string{" association-assessment"}},
		"nothing more":        {two(none, false, grading.General, grading.General), grading.General, nil},
		"together important":  {two(together(grading.Economy, grading.Serious), false, grading.General, grading.General), grading.Important, []string{" risk-assessment"}},
		"and assessed":        {two(together(grading.Economy, grading.Serious), true, grading.General, grading.General), grading.Important, nil},
		"together core":       {two(together(grading.NationalSecurity, grading.Serious), true, grading.General, grading.Important), grading.Core, []string{"b risk-assessment", " not-core"}},
		"a member is as high": {two(together(grading.Economy, grading.Serious), false, grading.Important, grading.General), grading.Important, []string{"a risk-assessment"}},
		"one alone":           {two(nil, false, grading.General), grading.General, nil},
		"nothing at all":      {grading.Set{}, grading.General, nil},
	} {
		if got := c.set.Grade(); got != c.grade {
			t.Errorf("%s: %s, want %s", name, got, c.grade)
		}
		if diff := cmp.Diff(c.want, lacks(c.set)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if f := (grading.Association{}).Check(); len(f) != 1 || f[0].Code != "harm-required" {
		t.Errorf("an assessment that says nothing: %v", f)
	}
	if f := none.Check(); len(f) > 0 {
		t.Errorf("%v", f)
	}
}

func TestRequirement19SharedNeedsTheSuppliersConsent(t *testing.T) {
	m := grading.Member{Grade: grading.General, Shared: true}
	if diff := cmp.Diff([]string{"r provider-consent"}, lacks(alone(m))); diff != "" {
		t.Error(diff)
	}
	m.Papers = []grading.Paper{grading.ProviderConsent}
	if got := lacks(alone(m)); got != nil {
		t.Error(got)
	}
	if grading.Consented.Article != "27号 Art. 5" {
		t.Error(grading.Consented.Article)
	}
}

func TestRequirement20PersonalNeedsAssessmentAndBasis(t *testing.T) {
	m := grading.Member{Grade: grading.General, Personal: true}
	if diff := cmp.Diff([]string{"r impact-assessment", "r personal-basis"}, lacks(alone(m))); diff != "" {
		t.Error(diff)
	}
	m.Papers = []grading.Paper{grading.ImpactAssessment}
	if diff := cmp.Diff([]string{"r personal-basis"}, lacks(alone(m))); diff != "" {
		t.Error(diff)
	}
	for _, basis := range []grading.Basis{grading.Consent, grading.Anonymised} {
		m.Basis = basis
		if got := lacks(alone(m)); got != nil {
			t.Error(got)
		}
	}
	made := time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)
	for _, r := range []grading.Requirement{grading.ImpactAssessed, grading.Based, grading.Assessed} {
		if until := r.KeptUntil(made); until.Before(made.AddDate(3, 0, 0)) {
			t.Errorf("%s is kept until %s", r.Code, until)
		}
	}
	if !grading.Consented.KeptUntil(made).IsZero() {
		t.Error("no rule says how long a consent is kept")
	}
}

func TestRequirement17SetIsAtLeastEachMember(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := grading.Set{}
		for _, g := range rapid.SliceOf(rapid.SampledFrom(grading.Grades())).Draw(t, "grades") {
			s.Members = append(s.Members, grading.Member{Grade: g})
		}
		alone := s.Grade()
		if rapid.Bool().Draw(t, "assessed") {
			s.Association = &grading.Association{Pairs: rapid.SliceOf(pair()).Draw(t, "pairs")}
			if grading.Of(s.Association.Pairs).Above(s.Grade()) {
				t.Fatal("the set is below what its members bring about together")
			}
		}
		for _, m := range s.Members {
			if m.Grade.Above(s.Grade()) {
				t.Fatalf("%s is above its set, %s", m.Grade, s.Grade())
			}
		}
		if alone.Above(s.Grade()) {
			t.Fatal("an assessment lowered the set")
		}
		// What is core is barred, whatever else is on record.
		barred := false
		for _, l := range s.Missing() {
			barred = barred || l.Bars
		}
		if s.Grade() == grading.Core && !barred {
			t.Fatal("core data may be provided")
		}
	})
}

func TestMemberOf(t *testing.T) {
	g := grading.Grading{Resource: "r", Grade: grading.Important, Input: grading.Input{Personal: true, Basis: grading.Consent, Shared: true, Papers: []grading.Paper{grading.RiskAssessment}}}
	want := grading.Member{Resource: "r", Grade: grading.Important, Personal: true, Basis: grading.Consent, Shared: true, Papers: []grading.Paper{grading.RiskAssessment}}
	if diff := cmp.Diff(want, grading.MemberOf(g)); diff != "" {
		t.Error(diff)
	}
}
