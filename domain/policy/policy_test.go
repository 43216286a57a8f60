package policy

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
)

func TestFractionHasOneSpelling(t *testing.T) {
	for text, want := range map[string]Fraction{"1/2": {1, 2}, "0/1": {0, 1}, "2/3": {2, 3}, "1/1": {1, 1}, "500/1000": {500, 1000}} {
		var got Fraction
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "1/0", "2/1", "-1/2", "1/-2", "1/2/3", "+1/2", "01/2", " 1/2", "1/1001", "0.5", "a/b"} {
		if err := new(Fraction).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken for a share", text)
		}
	}
}

func TestFractionReachedAndExceeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fraction{Den: rapid.IntRange(1, maxDenominator).Draw(t, "den")}
		f.Num = rapid.IntRange(0, f.Den).Draw(t, "num")
		whole := rapid.IntRange(0, 1000).Draw(t, "whole")
		part := rapid.IntRange(0, whole).Draw(t, "part")
		if f.Exceeded(part, whole) && !f.Reached(part, whole) {
			t.Error("exceeded and not reached")
		}
		if f.Reached(part, whole) && !f.Exceeded(part, whole) && part*f.Den != f.Num*whole {
			t.Error("reached, not exceeded, and not equal")
		}
		if half := (Fraction{1, 2}); half.Exceeded(part, whole) && half.Exceeded(whole-part, whole) {
			t.Error("both sides have a majority")
		}
	})
}

func rule(test func(o map[string]any) bool) Condition {
	return Condition{Source: "stub", Test: func(facts map[string]any) (bool, error) { return test(facts), nil }}
}

func TestVerdictTakesTheRulesInOrder(t *testing.T) {
	yes := rule(func(map[string]any) bool { return true })
	no := rule(func(map[string]any) bool { return false })
	fails := Condition{Test: func(map[string]any) (bool, error) { return false, errors.New("fails") }}
	for _, c := range []struct {
		rejected, returned, passed Condition
		want                       StageVerdict
		fails                      bool
	}{
		{yes, yes, yes, StageRejected, false},
		{no, yes, yes, StageReturned, false},
		{no, no, yes, StagePassed, false},
		{no, no, no, StageReturned, false},
		{yes, fails, fails, StageRejected, false},
		{fails, no, yes, "", true},
		{no, fails, yes, "", true},
		{no, no, fails, "", true},
		{Condition{Source: "true"}, no, yes, "", true}, // was not compiled
	} {
		got, err := ReviewPhase{Rejected: c.rejected, Returned: c.returned, Passed: c.passed}.Verdict(Outcomes{Total: 1})
		if (err != nil) != c.fails || !c.fails && got != c.want {
			t.Errorf("got %s, %v; want %s", got, err, c.want)
		}
	}
}

// An empty profile has everything wrong, and the check says so instead of failing.
func TestCheckOfAnEmptyProfile(t *testing.T) {
	var paths []string
	for _, p := range Check(&Profile{}) {
		paths = append(paths, p.Path)
	}
	for _, want := range []string{
		"name", "version", "title", "basis", "application.completeness.span", "application.modes", "review.reviews", "decisions.major.quorum",
		"decisions.agreement.another_body", "agreement.items", "agreement.max_term.span", "operation.suspension_grounds", "exit.grounds", "exit.steps",
	} {
		if !slices.Contains(paths, want) {
			t.Errorf("nothing was said of %s", want)
		}
	}
}

func TestHardRulesSayWhereTheyComeFrom(t *testing.T) {
	for _, r := range HardRules {
		if r.Article == "" || !slices.Contains(Marks, r.Mark) || !r.Rule.Complete() {
			t.Errorf("%+v", r.Duty)
		}
	}
}

// Without rules of its own a profile has the default ones of reports and demands, which are as sound as any that are checked, and marked.
func TestRulesOfConcerns(t *testing.T) {
	var p Profile
	answer := p.OfConcerns().Answer
	c := &checker{}
	c.walk("answer", reflect.ValueOf(answer))
	if len(c.problems) > 0 || answer.Mark != Default || answer.Span.Span != calendar.WorkingDays(20) {
		t.Errorf("%+v %v", answer, c.problems)
	}
	own := Concerns{Answer: Limit{Span: Span{calendar.WorkingDays(5)}}}
	p.Concerns = &own
	if got := p.OfConcerns(); got != own {
		t.Errorf("%+v", got)
	}
}
