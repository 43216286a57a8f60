package meeting

import (
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

func TestRecusal(t *testing.T) {
	w := newWorld(t).call(case1, case2).open(everybody()...)
	w.not(person("m1"), "recuse", RecuseInput{Item: 1}, refusal.Required)
	w.not(person("m1"), "recuse", RecuseInput{Item: 9, Nature: "亲属"}, refusal.UnknownReference)
	w.not(person("m1"), "recuse", RecuseInput{Item: 1, Person: "m2", Nature: "亲属"}, refusal.NotEntitled)
	w.not(person("m1"), "recuse", RecuseInput{Item: 1, Person: "nobody", Nature: "亲属"}, refusal.UnknownReference)
	w.do(person("m1"), "recuse", RecuseInput{Item: 1, Nature: "配偶在申请单位任职"})
	sent := w.sent("declare-interest")
	if len(sent) != 1 || sent[0].Case != case1 || string(sent[0].Data) != `{"person":"m1"}` {
		t.Fatalf("sent %+v", sent)
	}
	w.not(person("m1"), "recuse", RecuseInput{Item: 1, Nature: "亲属"}, refusal.RecusedAlready)
	w.put(1, "")
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}, refusal.InterestDeclared)
	w.votes(1, "m2+")
	w.not(person("m2"), "recuse", RecuseInput{Item: 1, Nature: "亲属"}, refusal.VotedAlready)
	w.do(person("chair"), "recuse", RecuseInput{Item: 1, Person: "m3", Nature: "曾任申请单位顾问"})
	same(t, w.m.Items[0].Recused[1].By, "chair")
	w.votes(1, "m4+", "chair-").conclude(1, "")
	r := w.m.Items[0].Resolution
	same(t, r.Recused, []string{"m1", "m3"})
	if r.Count.Entitled != 3 || r.Count.Needed != 2 || r.Outcome != resolution.Agreed {
		t.Fatalf("recused members stayed in the base: %+v", r.Count)
	}
	w.put(2, "").votes(2, "m1+") // the other item is not closed to him
}

// A recused chair neither speaks nor presides on the item; the secretary does.
func TestRecusedChair(t *testing.T) {
	w := newWorld(t).call(case1).open(everybody()...)
	w.do(person("chair"), "recuse", RecuseInput{Item: 1, Nature: "本人曾主持该项目"})
	w.not(person("chair"), "put-question", PutInput{Item: 1}, refusal.InterestDeclared)
	w.put(1, "").votes(1, "m1+", "m2+", "m3+", "m4+")
	w.not(person("chair"), "conclude", ConcludeInput{Item: 1}, refusal.InterestDeclared)
	w.conclude(1, "")
	same(t, w.m.Items[0].Resolution.Count.Entitled, 4)
}

// Recusals can take the quorum's base away altogether.
func TestEverybodyRecused(t *testing.T) {
	w := newWorld(t).call(case1).open(everybody()...).put(1, "")
	for _, p := range everybody() {
		w.do(person(p), "recuse", RecuseInput{Item: 1, Nature: "利害关系"})
	}
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1}, refusal.QuorumMissing)
}

func TestExcludedAtOpening(t *testing.T) {
	w := newWorld(t)
	h := w.head(case1)
	h.Acted("review:legal", "m1")
	h.Acted(resolution.Step(resolution.MajorDecision), "m2") // an earlier vote on the same decision, deferred
	h.Interests = []string{"m3"}
	w.facts.Rosters[body][4].Organizations = []string{body, "operator-demo"}
	w.call(case1, case2).open(everybody()...)
	same(t, w.m.Items[0].Excluded, []Exclusion{
		{Person: "m1", Code: refusal.ActedBefore.Name}, {Person: "m3", Code: refusal.InterestDeclared.Name}, {Person: "m4", Code: refusal.OwnOrganization.Name},
	})
	same(t, len(w.m.Items[1].Excluded), 1) // of the same applicant
	w.put(1, "")
	for p, code := range map[string]refusal.Code{"m1": refusal.ActedBefore, "m3": refusal.InterestDeclared, "m4": refusal.OwnOrganization} {
		w.not(person(p), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}, code)
	}
	w.votes(1, "m2+", "chair+").conclude(1, "")
	same(t, w.m.Items[0].Resolution.Count.Entitled, 2)
}

// What happens in the case while the meeting sits counts too.
func TestSeparationIsCheckedAgainAtTheVote(t *testing.T) {
	vote := VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}
	w := newWorld(t).call(case1).open(everybody()...).put(1, "")
	w.head(case1).Acted("review:security", "m1")
	w.not(person("m1"), "vote", vote, refusal.ActedBefore)
	w.head(case1).Interests = []string{"m2", "sec"}
	w.not(person("m2"), "vote", vote, refusal.InterestDeclared)
	w.not(person("sec"), "put-question", PutInput{Item: 1}, refusal.InterestDeclared)
	both := person("m3")
	both.Grants = append(both.Grants, identity.Grant{Organization: "operator-demo", Kind: identity.Operator, Role: identity.Applicant})
	w.not(both, "vote", vote, refusal.OwnOrganization)
	for _, p := range []string{"m1", "m2", "m3"} {
		w.do(person("chair"), "recuse", RecuseInput{Item: 1, Person: p, Nature: "应当回避"})
	}
	w.votes(1, "m4+", "chair+")
	w.do(person("chair"), "conclude", ConcludeInput{Item: 1})
}

// An administrator has no exception, nor has anybody outside the body.
func TestNobodyElseMovesAMeeting(t *testing.T) {
	w := newWorld(t).call(case1)
	for _, a := range []identity.Actor{
		holding("admin", body, identity.Administrator), holding("aud", "sup-demo", identity.Auditor),
		holding("sec-b", "gov-other", identity.Secretary),
		{Person: "anonymous"},
		identity.System(),
	} {
		w.not(a, "open", Nothing{}, refusal.NotEntitled)
	}
}

// A case that was withdrawn, changed or decided elsewhere is not decided here any more.
func TestLapsedItems(t *testing.T) {
	vote := VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}
	w := newWorld(t).call(case1, case2).open(everybody()...).put(1, "").put(2, "")
	w.votes(2, "m1+", "m2+", "m3+", "m4+", "chair+")
	w.head(case1).Pending = nil
	w.not(person("m1"), "vote", vote, refusal.ItemNotPending)
	w.not(person("sec"), "put-question", PutInput{Item: 1}, refusal.ItemNotPending)
	w.head(case2).Pending.ContentHash = lifecycle.ContentHash("amended since")
	w.conclude(2, "")
	if len(w.effects) > 0 || w.m.Items[1].Dropped != Lapsed || w.m.Items[1].Resolution != nil {
		t.Fatalf("%+v", w.m.Items[1])
	}
	w.do(person("sec"), "close", Nothing{})
	same(t, w.m.Items[0].Dropped, Lapsed)
	same(t, w.m.State, Closed)
}

func TestOpening(t *testing.T) {
	open := func(w *world, want refusal.Code) {
		t.Helper()
		w.not(person("sec"), "open", Nothing{}, want)
	}
	in := CallInput{Body: body, Decision: resolution.MajorDecision, AgendaInput: agenda(case1)}
	in.Time = monday.AddDate(0, 0, 3)
	w := newWorld(t)
	w.do(person("sec"), "call", in)
	open(w, refusal.MeetingNotYet)
	w.now = monday.AddDate(0, 0, 3).Add(-time.Hour) // the day has begun in China
	w.do(person("sec"), "open", Nothing{})
	same(t, w.notices(), []string{"meeting-opened member", "meeting-opened chair"})
	if _, wakes := w.m.WakeAt(); wakes {
		t.Fatal("an open meeting still waits for its day")
	}

	w = newWorld(t).call(case1)
	w.head(case1).Pending.ContentHash = lifecycle.ContentHash("changed")
	open(w, refusal.ItemChanged)
	w.do(person("sec"), "amend-agenda", agenda(case1))
	w.do(person("sec"), "open", Nothing{})

	w = newWorld(t).call(case1)
	w.head(case1).Pending = nil
	open(w, refusal.ItemNotPending)
	delete(w.facts.Cases, case1)
	open(w, refusal.UnknownReference)

	w = newWorld(t).call(case1)
	w.head(case1).Interests = []string{"sec"}
	open(w, refusal.InterestDeclared)

	for name, seats := range map[string][]lifecycle.Seat{
		"nobody":       nil,
		"only a chair": {{Person: "chair", Role: identity.Chair}},
		"no chair":     {{Person: "m1", Role: identity.Member}, {Person: "m2", Role: identity.Member}},
		"two chairs":   {{Person: "chair", Role: identity.Chair}, {Person: "c2", Role: identity.Chair}, {Person: "m1", Role: identity.Member}},
	} {
		w := newWorld(t).call(case1)
		w.facts.Rosters[body] = seats
		if r := w.try(person("sec"), "open", Nothing{}); r == nil || r.Code != refusal.RosterIncomplete.Name {
			t.Errorf("%s: %+v", name, r)
		}
	}

	w = newWorld(t).call(case1)
	w.facts.Rosters[body] = append(w.facts.Rosters[body], lifecycle.Seat{Person: "chair", Role: identity.Member})
	w.do(person("sec"), "open", Nothing{})
	same(t, len(w.m.Roster), 5) // the chair has one seat
	w.facts.Rosters[body] = nil // and the roster stays as it is
	w.do(person("m1"), "mark-present", PersonInput{})
}
