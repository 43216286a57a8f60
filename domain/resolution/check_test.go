package resolution_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"

	"pgregory.net/rapid"
)

func refused(t *testing.T, r *refusal.Refusal, want refusal.Code) {
	t.Helper()
	if r == nil {
		t.Fatalf("not refused; want %s", want.Name)
	}
	if r.Code != want.Name {
		t.Fatalf("refused with %s; want %s", r.Code, want.Name)
	}
}

// Every forgery starts from a true resolution: seven members, one recused, one absent, three for and two against; it needs four.
func TestCheckRefusesForgeries(t *testing.T) {
	roll := resolution.Roll{Members: roster(7), Present: []string{"p0", "p1", "p2", "p3", "p4", "p5"}, Recused: []string{"p5"}}
	honest := func() resolution.Resolution {
		return resolved(national, resolution.ToAgree, voting(roll, choices("+++--")))
	}
	if r := resolution.Check(honest(), national, pending); r != nil {
		t.Fatalf("a true resolution is refused with %s", r.Code)
	}
	if honest().Outcome != resolution.Refused {
		t.Fatalf("three of six is %q", honest().Outcome)
	}
	recounted := func(r *resolution.Resolution) { r.Outcome, r.Count = resolution.Tally(national, r.Proposal, r.Roll) }
	for name, tc := range map[string]struct {
		forge func(r *resolution.Resolution)
		want  refusal.Code
	}{
		"another decision":         {func(r *resolution.Resolution) { r.Decision = resolution.Agreement }, refusal.ResolutionOtherContent},
		"other content":            {func(r *resolution.Resolution) { r.ContentHash = lifecycle.ContentHash("x") }, refusal.ResolutionOtherContent},
		"no content":               {func(r *resolution.Resolution) { r.ContentHash = "" }, refusal.ResolutionOtherContent},
		"another kind of body":     {func(r *resolution.Resolution) { r.BodyKind = identity.Agency }, refusal.ResolutionOtherBody},
		"the body that may not":    {func(r *resolution.Resolution) { r.Body = pending.NotBody }, refusal.ResolutionOtherBody},
		"no body":                  {func(r *resolution.Resolution) { r.Body = "" }, refusal.ResolutionOtherBody},
		"another body of the kind": {func(r *resolution.Resolution) { r.Body = "gov-other" }, refusal.ResolutionOtherBody},
		"another ID":               {func(r *resolution.Resolution) { r.ID = "m-1.3" }, refusal.ResolutionIncomplete},
		"no meeting":               {func(r *resolution.Resolution) { r.Meeting, r.ID = "", resolution.ID("", 2) }, refusal.ResolutionIncomplete},
		"no day":                   {func(r *resolution.Resolution) { r.DecidedOn = time.Time{} }, refusal.ResolutionIncomplete},
		"no reason":                {func(r *resolution.Resolution) { r.Reason = " " }, refusal.ResolutionIncomplete},
		"too long a reason":        {func(r *resolution.Resolution) { r.Reason = strings.Repeat("因", resolution.MaxText+1) }, refusal.ResolutionIncomplete},
		"directions besides":       {func(r *resolution.Resolution) { r.Directions = "改" }, refusal.ResolutionIncomplete},
		"no roster":                {func(r *resolution.Resolution) { r.Members = nil }, refusal.ResolutionRoster},
		"nobody at all":            {func(r *resolution.Resolution) { r.Roll = resolution.Roll{}; recounted(r) }, refusal.ResolutionRoster},
		"a member twice": {func(r *resolution.Resolution) {
			r.Members = append(slices.Clone(r.Members), r.Members[1])
			recounted(r)
		}, refusal.ResolutionRoster},
		"two chairs": {func(r *resolution.Resolution) {
			r.Members = slices.Clone(r.Members)
			r.Members[1].Role = identity.Chair
		}, refusal.ResolutionRoster},
		"no chair": {func(r *resolution.Resolution) {
			r.Members = slices.Clone(r.Members)
			r.Members[0].Role = identity.Member
		}, refusal.ResolutionRoster},
		"a secretary with a seat": {func(r *resolution.Resolution) {
			r.Members = slices.Clone(r.Members)
			r.Members[6].Role = identity.Secretary
		}, refusal.ResolutionRoster},
		"an absent member struck off": {func(r *resolution.Resolution) {
			r.Members = r.Members[:6]
			r.Outcome, r.Reason = resolution.Agreed, ""
		}, refusal.ResolutionCount},
		"a stranger present":   {func(r *resolution.Resolution) { r.Present = append(slices.Clone(r.Present), "stranger") }, refusal.ResolutionRoster},
		"present twice":        {func(r *resolution.Resolution) { r.Present = append(slices.Clone(r.Present), "p1") }, refusal.ResolutionRoster},
		"a stranger recused":   {func(r *resolution.Resolution) { r.Recused = []string{"p5", "stranger"} }, refusal.ResolutionRoster},
		"a voter also recused": {func(r *resolution.Resolution) { r.Recused = []string{"p5", "p4"}; recounted(r) }, refusal.ResolutionVotes},
		"an absent voter": {func(r *resolution.Resolution) {
			r.Votes = append([]resolution.Vote{{Person: "p6", Role: identity.Member, Vote: resolution.For, Words: "+"}}, r.Votes...)
		}, refusal.ResolutionVotes},
		"an unknown voter": {func(r *resolution.Resolution) {
			r.Votes = append([]resolution.Vote{{Person: "stranger", Role: identity.Member, Vote: resolution.For, Words: "+"}}, r.Votes...)
		}, refusal.ResolutionVotes},
		"the recused votes": {func(r *resolution.Resolution) {
			r.Votes = append([]resolution.Vote{{Person: "p5", Role: identity.Member, Vote: resolution.For, Words: "+"}}, r.Votes...)
		}, refusal.ResolutionVotes},
		"a second vote":         {func(r *resolution.Resolution) { r.Votes = append([]resolution.Vote{r.Votes[0]}, r.Votes...) }, refusal.ResolutionVotes},
		"more votes than seats": {func(r *resolution.Resolution) { r.Votes = slices.Repeat(r.Votes, 3); recounted(r) }, refusal.ResolutionVotes},
		"a vote against lost":   {func(r *resolution.Resolution) { r.Votes = slices.Delete(slices.Clone(r.Votes), 3, 4); recounted(r) }, refusal.ResolutionVotes},
		"a vote without words":  {func(r *resolution.Resolution) { r.Votes = slices.Clone(r.Votes); r.Votes[0].Words = "\t" }, refusal.ResolutionVotes},
		"endless words": {func(r *resolution.Resolution) {
			r.Votes = slices.Clone(r.Votes)
			r.Votes[0].Words = strings.Repeat("话", resolution.MaxWords+1)
		}, refusal.ResolutionVotes},
		"an unknown choice":  {func(r *resolution.Resolution) { r.Votes = slices.Clone(r.Votes); r.Votes[0].Vote = "yes" }, refusal.ResolutionVotes},
		"a member as chair":  {func(r *resolution.Resolution) { r.Votes = slices.Clone(r.Votes); r.Votes[0].Role = identity.Chair }, refusal.ResolutionVotes},
		"the chair not last": {func(r *resolution.Resolution) { r.Votes = slices.Clone(r.Votes); slices.Reverse(r.Votes) }, refusal.ChairSpeaksLast},
		"a vote turned":      {func(r *resolution.Resolution) { r.Votes = slices.Clone(r.Votes); r.Votes[4].Vote = resolution.For }, refusal.ResolutionCount},
		"a higher count":     {func(r *resolution.Resolution) { r.Count.For++ }, refusal.ResolutionCount},
		"a lower need": {func(r *resolution.Resolution) {
			r.Count.Needed--
			r.Count.Carried = true
			r.Outcome, r.Reason = resolution.Agreed, ""
		}, refusal.ResolutionCount},
		"a wrong base":      {func(r *resolution.Resolution) { r.Count.Base = policy.OfVotes }, refusal.ResolutionCount},
		"a wrong threshold": {func(r *resolution.Resolution) { r.Count.Threshold = policy.Fraction{Num: 1, Den: 3} }, refusal.ResolutionCount},
		"a wrong quorum":    {func(r *resolution.Resolution) { r.Count.Quorum = policy.Fraction{Num: 1, Den: 9} }, refusal.ResolutionCount},
		"other rules throughout": {func(r *resolution.Resolution) {
			loose := national
			loose.Base = policy.OfVotes
			*r = resolved(loose, r.Proposal, r.Roll)
		}, refusal.ResolutionCount},
		"another outcome":    {func(r *resolution.Resolution) { r.Outcome, r.Reason = resolution.Agreed, "" }, refusal.ResolutionCount},
		"another question":   {func(r *resolution.Resolution) { r.Proposal = resolution.ToDefer }, refusal.ResolutionCount},
		"an unknown outcome": {func(r *resolution.Resolution) { r.Outcome = "waved-through" }, refusal.ResolutionCount},
		"a lost motion":      {func(r *resolution.Resolution) { r.Proposal, r.Outcome = resolution.ToAmend, "" }, refusal.ResolutionCount},
		"below the quorum": {func(r *resolution.Resolution) {
			few := resolution.Roll{Members: roster(7), Present: []string{"p0", "p1"}}
			*r = resolved(national, resolution.ToAgree, voting(few, choices("++")))
			r.Outcome = resolution.Agreed
		}, refusal.ResolutionCount},
	} {
		t.Run(name, func(t *testing.T) {
			forged := honest()
			tc.forge(&forged)
			refused(t, resolution.Check(forged, national, pending), tc.want)
			if forged.Hash() == honest().Hash() {
				t.Error("the forgery has the hash of the true resolution")
			}
		})
	}
}

// Directions belong to an amendment, and reasons to what was not agreed.
func TestCheckAsksForDirections(t *testing.T) {
	roll := voting(resolution.Roll{Members: roster(3), Present: []string{"p0", "p1", "p2"}}, choices("+++"))
	for name, tc := range map[string]struct {
		proposal           resolution.Proposal
		directions, reason string
		taken              bool
	}{
		"amended":                    {resolution.ToAmend, "缩短期限", "", true},
		"amended with a summary":     {resolution.ToAmend, "缩短期限", "多数认为期限过长", true},
		"amended, but how":           {resolution.ToAmend, " ", "", false},
		"amended at too much length": {resolution.ToAmend, strings.Repeat("改", resolution.MaxText+1), "", false},
		"deferred":                   {resolution.ToDefer, "", "待评估", true},
		"deferred, but why":          {resolution.ToDefer, "", "", false},
		"deferred with directions":   {resolution.ToDefer, "缩短期限", "待评估", false},
		"agreed":                     {resolution.ToAgree, "", "", true},
		"agreed with directions":     {resolution.ToAgree, "缩短期限", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := resolved(national, tc.proposal, roll)
			r.Directions, r.Reason = tc.directions, tc.reason
			switch got := resolution.Check(r, national, pending); {
			case tc.taken && got != nil:
				t.Fatalf("refused with %s", got.Code)
			case !tc.taken:
				refused(t, got, refusal.ResolutionIncomplete)
			}
		})
	}
}

func TestCheckTakesEveryTrueResolution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		r := resolved(rules, proposals.Draw(t, "proposal"), anyRoll().Draw(t, "roll"))
		got := resolution.Check(r, rules, pending)
		if r.Outcome == "" {
			if got == nil {
				t.Fatal("a question that decided nothing passed as a resolution")
			}
			return
		}
		if got != nil {
			t.Fatalf("refused with %s: %+v", got.Code, r)
		}
		if rules.ChairLast {
			return
		}
		slices.Reverse(r.Votes)
		if got := resolution.Check(r, rules, pending); got != nil {
			t.Fatalf("the order of votes matters where the chair need not be last: %s", got.Code)
		}
	})
}

func TestHashSurvivesTheRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		r := resolved(rules, proposals.Draw(t, "proposal"), anyRoll().Draw(t, "roll"))
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back resolution.Resolution
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		if back.Hash() != r.Hash() {
			t.Fatalf("hash changed over\n%s", raw)
		}
	})
}

// Resolutions are stored and their hashes are public: a field renamed or moved would break every one of them.
func TestHashIsGolden(t *testing.T) {
	roll := resolution.Roll{Members: roster(3), Present: []string{"p0", "p1", "p2"}}
	r := resolved(national, resolution.ToAgree, voting(roll, choices("++-")))
	const want = "sha256:b10e0a4a3fe53107833f1a27814939f26fbbb5bc4ca9f37fb819f12736c5844f"
	if got := r.Hash(); got != want {
		t.Errorf("got %s", got)
	}
}

func FuzzCheck(f *testing.F) {
	roll := resolution.Roll{Members: roster(3), Present: []string{"p0", "p1", "p2"}}
	raw, err := json.Marshal(resolved(national, resolution.ToAgree, voting(roll, choices("++-"))))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"members":[{"person":"p0","role":"chair"}],"present":["p0","p0"],"votes":[{}],"count":{"quorum":"9/9"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var r resolution.Resolution
		if json.Unmarshal(raw, &r) != nil {
			return
		}
		if resolution.Check(r, national, pending) != nil {
			return
		}
		if recount(national, r.Proposal, r.Roll) != r.Outcome || len(r.Votes) > len(r.Members) {
			t.Fatalf("passed without following from its votes: %s", raw)
		}
	})
}
