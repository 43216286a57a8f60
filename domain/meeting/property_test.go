package meeting

import (
	"slices"
	"testing"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"

	"pgregory.net/rapid"
)

// history is what the checks remember of a meeting from one command to the next.
type history struct {
	votes   [][]resolution.Vote // per item, on the present question
	lost    []int
	decided []string // hash of the resolution, per item
	minutes string
}

// TestMeetingsAtRandom holds meetings in which people do what comes into their heads, and checks after every command what must always hold.
func TestMeetingsAtRandom(t *testing.T) {
	adopted := 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		share := func(label string) policy.Fraction {
			den := rapid.IntRange(1, 4).Draw(t, label+" of")
			return policy.Fraction{Num: rapid.IntRange(0, den).Draw(t, label), Den: den}
		}
		rules := &w.profile.Decisions.Major
		rules.Quorum, rules.Threshold = share("quorum"), share("threshold")
		rules.MoreThan, rules.ChairLast = rapid.Bool().Draw(t, "more than"), rapid.Bool().Draw(t, "chair last")
		rules.Base = rapid.SampledFrom([]policy.Base{policy.OfMembers, policy.OfPresent, policy.OfVotes}).Draw(t, "base")
		if rapid.IntRange(0, 3).Draw(t, "earlier reviewer") == 0 {
			w.head(case2).Acted("review:legal", "m3")
		}
		w.call(case1, case2).open(rapid.SliceOfDistinct(rapid.SampledFrom(everybody()), rapid.ID).Draw(t, "present")...)
		h := history{votes: make([][]resolution.Vote, 2), lost: make([]int, 2), decided: make([]string, 2)}
		h.check(w)
		t.Repeat(map[string]func(*rapid.T){
			"": func(*rapid.T) { h.check(w) },
			"vote": func(t *rapid.T) {
				in := VoteInput{Item: anyItem(t), Words: "意见"}
				in.Vote = rapid.SampledFrom([]resolution.Choice{resolution.For, resolution.For, resolution.Against, resolution.Abstain}).Draw(t, "vote")
				w.may(anybody(t), "vote", in)
			},
			"all vote": func(t *rapid.T) {
				i := anyItem(t)
				for _, p := range []string{"m1", "m2", "m3", "m4", "chair"} {
					vote := rapid.SampledFrom([]resolution.Choice{resolution.For, resolution.For, resolution.Against}).Draw(t, p)
					w.may(person(p), "vote", VoteInput{Item: i, Vote: vote, Words: "意见"})
				}
			},
			"put": func(t *rapid.T) {
				in := PutInput{Item: anyItem(t), Directions: "改", Reason: "因"}
				in.Proposal = rapid.SampledFrom([]resolution.Proposal{"", resolution.ToAgree, resolution.ToAmend, resolution.ToDefer}).Draw(t, "proposal")
				w.may(anybody(t), "put-question", in)
			},
			"conclude": func(t *rapid.T) {
				w.may(anybody(t), "conclude", ConcludeInput{Item: anyItem(t), Reason: "理由"})
				adopted += len(w.sent("record-resolution"))
			},
			"all agree": func(t *rapid.T) { // what people do at random seldom decides anything
				i := anyItem(t)
				w.may(person("sec"), "put-question", PutInput{Item: i, Proposal: resolution.ToAgree})
				for _, p := range []string{"m1", "m2", "m3", "m4", "chair"} {
					w.may(person(p), "vote", VoteInput{Item: i, Vote: resolution.For, Words: "意见"})
				}
				w.may(person("sec"), "conclude", ConcludeInput{Item: i, Reason: "理由"})
				adopted += len(w.sent("record-resolution"))
			},
			"present": func(t *rapid.T) {
				w.may(anybody(t), "mark-present", PersonInput{Person: rapid.SampledFrom(append(everybody(), "")).Draw(t, "person")})
			},
			"absent": func(t *rapid.T) {
				w.may(anybody(t), "mark-absent", PersonInput{Person: rapid.SampledFrom(everybody()).Draw(t, "person")})
			},
			"recuse": func(t *rapid.T) {
				if rapid.IntRange(0, 4).Draw(t, "often") == 0 {
					w.may(anybody(t), "recuse", RecuseInput{Item: anyItem(t), Nature: "利害关系"})
				}
			},
			"withdraw": func(t *rapid.T) {
				if rapid.IntRange(0, 19).Draw(t, "seldom") == 0 {
					w.head(case2).Pending = nil
				}
			},
			"close": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "seldom") == 0 {
					w.may(anybody(t), "close", Nothing{})
				}
			},
			"sign": func(t *rapid.T) { w.may(anybody(t), "sign-minutes", Nothing{}) },
		})
	})
	if adopted == 0 {
		t.Error("no meeting decided anything: the property holds of nothing")
	}
}

func anyItem(t *rapid.T) int { return rapid.IntRange(1, 2).Draw(t, "item") }

func anybody(t *rapid.T) identity.Actor {
	return person(rapid.SampledFrom(append(everybody(), "sec", "sec", "sec2", "stranger")).Draw(t, "by"))
}

// may gives a command that may be refused.
func (w *world) may(a identity.Actor, command string, input any) {
	w.effects = nil
	w.try(a, command, input)
}

func (h *history) check(w *world) {
	w.t.Helper()
	rules := w.profile.Decisions.Major
	for n := range w.m.Items {
		i := &w.m.Items[n]
		h.checkVotes(w, n, i, rules)
		if i.Resolution != nil {
			h.checkResolution(w, n, i, rules)
		}
	}
	if w.m.State == Closed || w.m.State == Signed {
		hash := lifecycle.ContentHash(w.m.Minutes())
		if h.minutes != "" && h.minutes != hash {
			w.t.Fatalf("the minutes changed after the meeting")
		}
		h.minutes = hash
		for _, s := range w.m.Signatures {
			if s.Hash != hash {
				w.t.Fatalf("%s signed other minutes", s.As)
			}
		}
	}
	if w.m.State == Signed && (w.m.Signatures[0].Person == w.m.Signatures[1].Person || len(w.m.Signatures) != 2) {
		w.t.Fatalf("signed by %+v", w.m.Signatures)
	}
}

// checkVotes: a vote stands once cast, comes from the roster, once, from nobody barred, and from the chair last.
func (h *history) checkVotes(w *world, n int, i *Item, rules policy.Decision) {
	w.t.Helper()
	if len(i.Lost) > h.lost[n] {
		h.lost[n], h.votes[n] = len(i.Lost), nil
	}
	if len(i.Votes) < len(h.votes[n]) || !slices.Equal(i.Votes[:len(h.votes[n])], h.votes[n]) {
		w.t.Fatalf("votes changed from %+v to %+v", h.votes[n], i.Votes)
	}
	h.votes[n] = slices.Clone(i.Votes)
	if len(i.Votes) > len(w.m.Roster) {
		w.t.Fatalf("%d votes of %d members", len(i.Votes), len(w.m.Roster))
	}
	for k, v := range i.Votes {
		if w.m.seat(v.Person) == nil || i.barred(v.Person) != "" || slices.ContainsFunc(i.Votes[:k], func(u resolution.Vote) bool { return u.Person == v.Person }) {
			w.t.Fatalf("vote of %s", v.Person)
		}
		if rules.ChairLast && v.Role == identity.Chair && k != len(i.Votes)-1 {
			w.t.Fatalf("the chair spoke before others: %+v", i.Votes)
		}
	}
}

// checkResolution: it follows from the votes by a count of its own, with the recused out of base and quorum, and never changes.
func (h *history) checkResolution(w *world, n int, i *Item, rules policy.Decision) {
	w.t.Helper()
	r := i.Resolution
	if h.decided[n] != "" && h.decided[n] != r.Hash() {
		w.t.Fatalf("resolution %s changed", r.ID)
	}
	h.decided[n] = r.Hash()
	pending := lifecycle.Pending{Decision: w.m.Decision, ContentHash: i.ContentHash, BodyKind: w.m.BodyKind}
	if refused := resolution.Check(*r, rules, pending); refused != nil {
		w.t.Fatalf("resolution refused with %s: %+v", refused.Code, r)
	}
	barred, inFavour, sides := 0, 0, 0
	for _, s := range w.m.Roster {
		if i.barred(s.Person) != "" {
			barred++
		}
	}
	for _, v := range i.Votes {
		if v.Vote == resolution.For {
			inFavour++
		}
		if v.Vote != resolution.Abstain {
			sides++
		}
	}
	entitled := len(w.m.Roster) - barred
	if len(i.Votes) == 0 || !rules.Quorum.Reached(len(i.Votes), entitled) {
		w.t.Fatalf("decided below the quorum: %+v", r.Count)
	}
	of := map[policy.Base]int{policy.OfMembers: entitled, policy.OfPresent: len(i.Votes), policy.OfVotes: sides}[rules.Base]
	carried := inFavour > 0 && rules.Threshold.Reached(inFavour, of) && (!rules.MoreThan || rules.Threshold.Exceeded(inFavour, of))
	if carried != (r.Outcome != resolution.Refused) || !carried && r.Proposal != resolution.ToAgree {
		w.t.Fatalf("%d of %d is %s on %s", inFavour, of, r.Outcome, r.Proposal)
	}
}

// FuzzInput gives every command bytes that nobody vetted, in every state in which it is possible.
func FuzzInput(f *testing.F) {
	for n, row := range may {
		f.Add(uint8(n), marshal(f, row.input))
	}
	f.Add(uint8(0), []byte(`{"body":"gov-demo","decision":"major-decision","title":"t","place":"p","time":"9999-12-31T23:59:59-23:59","items":["a-1"]}`))
	f.Add(uint8(0), []byte(`{"body":"gov-demo","decision":"major-decision","title":"t","place":"p","time":"2026-03-16T23:59:59+14:00","items":["a-1",""]}`))
	f.Add(uint8(7), []byte(`{"item":-1,"nature":"\u0000"}`))
	f.Add(uint8(9), []byte(`{"item":9223372036854775807,"vote":"for","words":"\ud800"}`))
	f.Fuzz(func(t *testing.T, n uint8, raw []byte) {
		row := may[int(n)%len(may)]
		state := lifecycle.State("")
		if len(row.from) > 0 {
			state = row.from[0]
		}
		a := somebody(row.roles[0], body)
		w := at(t, state, row.command, a.Person)
		if r := w.tryRaw(a, row.command, raw); r != nil && (r.Code == refusal.NotEntitled.Name || r.Code == refusal.NotInState.Name) && row.command != "call" {
			t.Fatalf("%s: %s", row.command, r.Code)
		}
	})
}
