package meeting

import (
	"strings"
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

func TestDecisions(t *testing.T) {
	for name, tc := range map[string]struct {
		proposal resolution.Proposal
		votes    []string
		reason   string
		want     resolution.Outcome
	}{
		"agreed":                   {"", []string{"m1+", "m2+", "m3-", "m4-", "chair+"}, "", resolution.Agreed},
		"refused":                  {resolution.ToAgree, []string{"m1+", "m2+", "m3-", "m4-", "chair0"}, "风险不可控", resolution.Refused},
		"to be amended":            {resolution.ToAmend, []string{"m1+", "m2+", "m3+", "m4-", "chair-"}, "", resolution.Amended},
		"deferred":                 {resolution.ToDefer, []string{"m1+", "m2+", "m3+", "m4+", "chair+"}, "", resolution.Deferred},
		"deferred for more reason": {resolution.ToDefer, []string{"m1+", "m2+", "m3+", "m4+", "chair+"}, "先听取专家意见", resolution.Deferred},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).call(case1).open(everybody()...)
			hash := w.head(case1).Pending.ContentHash
			w.put(1, tc.proposal).votes(1, tc.votes...)
			w.do(person("chair"), "conclude", ConcludeInput{Item: 1, Reason: tc.reason})
			r := w.m.Items[0].Resolution
			if r == nil || r.Outcome != tc.want || r.ContentHash != hash || r.ID != "m-1.1" || r.Policy != w.head(case1).Policy || !r.DecidedOn.Equal(w.now) {
				t.Fatalf("resolution %+v", r)
			}
			if tc.reason != "" && r.Reason != tc.reason {
				t.Fatalf("reason %q", r.Reason)
			}
			if sent := w.sent("record-resolution"); len(sent) != 1 || sent[0].Case != case1 || sent[0].Kind != "authorization" {
				t.Fatalf("sent %+v", sent)
			}
			same(t, w.notices(), []string{"meeting-item-decided secretary"})
		})
	}
}

func TestRefusalNeedsAReason(t *testing.T) {
	w := newWorld(t).call(case1).open(everybody()...).put(1, "").votes(1, "m1-", "m2-", "m3-", "m4-", "chair-")
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1, Reason: " "}, refusal.Required)
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1, Reason: strings.Repeat("因", 4001)}, refusal.TooLong)
	w.conclude(1, "不符合规划")
}

func TestLostMotionGoesBack(t *testing.T) {
	w := newWorld(t).call(case1).open(everybody()...)
	w.put(1, resolution.ToDefer).put(1, resolution.ToAmend) // nobody has voted yet
	w.votes(1, "m1+")
	w.not(person("chair"), "put-question", PutInput{Item: 1}, refusal.VotingBegun)
	w.votes(1, "m2-", "m3-", "m4-", "chair-").conclude(1, "")
	i := w.m.Items[0]
	if len(i.Lost) != 1 || i.Lost[0].Count.For != 1 || len(i.Lost[0].Votes) != 5 || i.Question != nil || len(i.Votes) > 0 || !i.open() || len(w.effects) > 0 {
		t.Fatalf("after a lost motion: %+v", i)
	}
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}, refusal.NoQuestion)
	w.put(1, resolution.ToAgree).votes(1, "m1+", "m2+", "m3+", "m4+", "chair+").conclude(1, "")
	same(t, w.m.Items[0].Resolution.Outcome, resolution.Agreed)
	w.not(person("sec"), "put-question", PutInput{Item: 1}, refusal.ItemClosed)
	w.not(person("m1"), "recuse", RecuseInput{Item: 1, Nature: "亲属"}, refusal.ItemClosed)
}

func TestVoting(t *testing.T) {
	w := newWorld(t).call(case1, case2).open("chair", "m1", "m2", "m3")
	vote := VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}
	w.not(person("m1"), "vote", vote, refusal.NoQuestion)
	w.put(1, "")
	w.not(person("m4"), "vote", vote, refusal.NotPresent)
	w.not(person("m9"), "vote", vote, refusal.NotOnRoster)
	w.not(person("sec"), "vote", vote, refusal.NotEntitled)
	w.not(person("chair"), "vote", vote, refusal.ChairSpeaksLast)
	w.not(person("m1"), "vote", VoteInput{Item: 3, Vote: resolution.For, Words: "同意"}, refusal.UnknownReference)
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: "yes", Words: "同意"}, refusal.NotAChoice)
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: "\n"}, refusal.Required)
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: strings.Repeat("话", 2001)}, refusal.TooLong)
	w.votes(1, "m1+", "m2+")
	same(t, w.m.Acts, []lifecycle.Act{{Step: "vote", Person: "m1"}, {Step: "vote", Person: "m2"}})
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.Against, Words: "改为反对"}, refusal.VotedAlready)
	w.not(person("chair"), "vote", vote, refusal.ChairSpeaksLast)
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1}, refusal.VotesMissing)
	w.votes(1, "m3-")
	w.not(person("chair"), "conclude", ConcludeInput{Item: 1}, refusal.VotesMissing)
	w.votes(1, "chair+")
	w.do(person("m4"), "mark-present", PersonInput{})
	w.not(person("m4"), "vote", vote, refusal.VotingOver)
	w.not(person("sec"), "close", Nothing{}, refusal.ConcludeFirst)
	w.conclude(1, "")
	count := w.m.Items[0].Resolution.Count
	if count.Present != 4 || count.Entitled != 5 || count.For != 3 || !count.Carried {
		t.Fatalf("who came after the chair's voice was counted: %+v", count)
	}
	w.put(2, "").votes(2, "m4+") // but not too late for the next item
}

func TestChairNeedNotBeLastWhereTheProfileSaysSo(t *testing.T) {
	w := newWorld(t)
	w.profile.Decisions.Major.ChairLast = false
	w.call(case1).open("chair", "m1", "m2").put(1, "").votes(1, "chair+", "m1+")
	w.do(person("m4"), "mark-present", PersonInput{})
	w.votes(1, "m4+", "m2+").conclude(1, "")
	same(t, w.m.Items[0].Resolution.Count.Present, 4)
}

func TestQuestions(t *testing.T) {
	w := newWorld(t).call(case1).open("chair", "m1", "m2")
	w.not(person("sec"), "put-question", PutInput{Item: 0}, refusal.UnknownReference)
	w.not(person("sec"), "put-question", PutInput{Item: 1, Proposal: "applaud"}, refusal.NotAChoice)
	w.not(person("sec"), "put-question", PutInput{Item: 1, Proposal: resolution.ToAmend, Reason: "因"}, refusal.Required)
	w.not(person("sec"), "put-question", PutInput{Item: 1, Proposal: resolution.ToDefer, Directions: "改"}, refusal.Required)
	w.not(person("sec"), "conclude", ConcludeInput{Item: 2}, refusal.UnknownReference)
	w.not(holding("m1", body, identity.Chair), "put-question", PutInput{Item: 1}, refusal.NotOnRoster) // chair only since the roster was frozen
	w.do(person("chair"), "put-question", PutInput{Item: 1, Directions: "改", Reason: "因"})
	same(t, *w.m.Items[0].Question, Question{Proposal: resolution.ToAgree, By: "chair", At: w.now})
}

func TestQuorum(t *testing.T) {
	w := newWorld(t).call(case1, case2).open("m1", "m2").put(1, "")
	w.not(person("m1"), "vote", VoteInput{Item: 1, Vote: resolution.For, Words: "同意"}, refusal.QuorumMissing)
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1}, refusal.QuorumMissing)
	w.do(person("sec"), "close", Nothing{})
	same(t, w.m.State, Inquorate)
	same(t, []Why{w.m.Items[0].Dropped, w.m.Items[1].Dropped}, []Why{NoQuorum, NoQuorum})
	same(t, w.notices(), []string{"meeting-inquorate member", "meeting-inquorate chair", "meeting-inquorate secretary"})
	if w.m.ClosedAt == nil || w.head(case1).Pending == nil {
		t.Fatal("an inquorate meeting is over and leaves its cases waiting")
	}
}

// Who votes and leaves stays counted; who leaves before can break the quorum of what is still open.
func TestLeaving(t *testing.T) {
	w := newWorld(t).call(case1, case2).open("chair", "m1", "m2").put(1, "").votes(1, "m1+", "m2+")
	w.do(person("sec"), "mark-absent", PersonInput{Person: "m2"})
	w.votes(1, "chair+").conclude(1, "")
	same(t, w.m.Items[0].Resolution.Present, []string{"chair", "m1", "m2"})
	w.put(2, "")
	w.not(person("m1"), "vote", VoteInput{Item: 2, Vote: resolution.For, Words: "同意"}, refusal.QuorumMissing)
	w.do(person("chair"), "close", Nothing{})
	same(t, w.m.State, Closed)
	same(t, w.m.Items[1].Dropped, NoQuorum)
	same(t, w.notices(), []string{"meeting-minutes-due secretary", "meeting-minutes-due chair"})
}

// Leaving in the middle of a vote breaks the quorum, but the votes cast go into the minutes.
func TestWalkout(t *testing.T) {
	w := newWorld(t).call(case1).open("chair", "m1", "m2").put(1, "").votes(1, "m1-")
	for _, p := range []string{"m2", "chair"} {
		w.do(person("sec"), "mark-absent", PersonInput{Person: p})
	}
	w.not(person("sec"), "conclude", ConcludeInput{Item: 1}, refusal.QuorumMissing)
	w.not(person("chair"), "close", Nothing{}, refusal.NotPresent)
	w.do(person("sec"), "close", Nothing{})
	same(t, w.m.State, Closed)
	same(t, len(w.m.Minutes().Items[0].Opinions), 1)
}

// A lost motion is minuted, even when all have left since.
func TestWalkoutAfterALostMotion(t *testing.T) {
	w := newWorld(t).call(case1).open("m1", "m2", "m3").put(1, resolution.ToDefer).votes(1, "m1-", "m2-", "m3+").conclude(1, "")
	for _, p := range []string{"m1", "m2", "m3"} {
		w.do(person("sec"), "mark-absent", PersonInput{Person: p})
	}
	w.do(person("sec"), "close", Nothing{})
	same(t, w.m.State, Closed)
}

func TestUndecided(t *testing.T) {
	w := newWorld(t).call(case1).open(everybody()...)
	w.do(person("sec"), "close", Nothing{})
	same(t, w.m.State, Closed)
	same(t, w.m.Items[0].Dropped, Undecided)
}

func TestAttendance(t *testing.T) {
	w := newWorld(t).call(case1).open()
	w.do(person("m1"), "mark-present", PersonInput{})
	w.not(person("m1"), "mark-present", PersonInput{Person: "m1"}, refusal.AttendanceUnchanged)
	w.not(person("m1"), "mark-present", PersonInput{Person: "m2"}, refusal.NotEntitled)
	w.not(person("m9"), "mark-present", PersonInput{}, refusal.NotOnRoster)
	w.not(person("sec"), "mark-present", PersonInput{}, refusal.Required)
	w.not(person("sec"), "mark-present", PersonInput{Person: "nobody"}, refusal.UnknownReference)
	w.not(person("sec"), "mark-absent", PersonInput{Person: "m2"}, refusal.AttendanceUnchanged)
	w.not(person("sec"), "mark-absent", PersonInput{Person: "nobody"}, refusal.UnknownReference)
	w.not(person("m1"), "mark-absent", PersonInput{}, refusal.NotEntitled)
	w.now = w.now.Add(time.Hour)
	w.do(person("sec"), "mark-absent", PersonInput{Person: "m1"})
	s := w.m.seat("m1")
	if s.Present || s.Came == nil || s.Left == nil || !s.Left.Equal(w.now) {
		t.Fatalf("%+v", s)
	}
	w.do(person("m1"), "mark-present", PersonInput{})
	if s := w.m.seat("m1"); !s.Present || s.Left != nil || s.Came.Equal(w.now) {
		t.Fatalf("%+v", s)
	}
}

func TestBaseVariants(t *testing.T) {
	for name, tc := range map[string]struct {
		base     policy.Base
		of       int
		want     resolution.Outcome
		moreThan bool
	}{
		"members":                    {policy.OfMembers, 5, resolution.Refused, true},
		"present":                    {policy.OfPresent, 4, resolution.Refused, true},
		"present, reaching the half": {policy.OfPresent, 4, resolution.Agreed, false},
		"votes":                      {policy.OfVotes, 3, resolution.Agreed, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.profile.Decisions.Major.Base, w.profile.Decisions.Major.MoreThan = tc.base, tc.moreThan
			w.call(case1).open("chair", "m1", "m2", "m3").put(1, "").votes(1, "m1+", "m2-", "m3+", "chair0").conclude(1, "理由")
			r := w.m.Items[0].Resolution
			if r.Outcome != tc.want || r.Count.Of != tc.of {
				t.Fatalf("%s of %d", r.Outcome, r.Count.Of)
			}
		})
	}
}

// The second decision is taken by the agency's own body, not by the one that took the first (27号 Art. 13).
func TestAgreementDecision(t *testing.T) {
	w := newWorld(t)
	w.facts.Rosters["agency-demo"] = w.facts.Rosters[body]
	h := w.head(case1)
	h.Pending = &lifecycle.Pending{Decision: resolution.Agreement, ContentHash: lifecycle.ContentHash("agreement"), BodyKind: identity.Agency, NotBody: body}
	sec := holding("sec-a", "agency-demo", identity.Secretary)
	in := CallInput{Body: body, Decision: resolution.Agreement, AgendaInput: agenda(case1)}
	w.not(person("sec"), "call", in, refusal.ItemOtherBody)
	in.Body = "agency-demo"
	w.do(sec, "call", in)
	same(t, w.m.BodyKind, identity.Agency)
	w.do(sec, "open", Nothing{})
	w.not(person("sec"), "close", Nothing{}, refusal.NotEntitled)
}
