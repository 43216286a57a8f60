package lives

import (
	"time"

	"datacharter/domain/meeting"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// Meeting is one meeting with one item.
type Meeting struct {
	*Director
	ID, Body string
	notice   time.Duration // how long before the meeting it was called
}

// Call has the body's secretary call a meeting in three days. In a world whose days are short these may go by while the call is on its way;
// it is called for a later day then.
func (d *Director) Call(id, body, decision, item string) *Meeting {
	d.T.Helper()
	m := &Meeting{Director: d, ID: id, Body: body}
	for m.notice = 3 * 24 * time.Hour; ; m.notice *= 2 {
		out := d.Try(body+"-secretary", meeting.Machine, id, "call", meeting.CallInput{Body: body, Decision: decision, AgendaInput: meeting.AgendaInput{
			Title: "会议(虚构)", Time: d.Now().Add(m.notice), Place: "一号会议室", Items: []string{item},
		}})
		if out.Refusal == nil {
			return m
		}
		if len(out.Refusal.Fields) != 1 || out.Refusal.Fields[0].Code != refusal.MeetingDay.Name || m.notice > 300*24*time.Hour {
			d.T.Fatalf("the call of %s is refused: %+v", id, *out.Refusal)
		}
	}
}

// as has somebody of the body give a command, which must be accepted.
func (m *Meeting) as(who, command string, input any) {
	m.T.Helper()
	m.Do(m.Body+who, meeting.Machine, m.ID, command, input)
}

// Open waits for the day and opens the meeting with all but one member.
func (m *Meeting) Open() {
	m.T.Helper()
	m.Wait(m.notice)
	m.as("-secretary", "open", meeting.Nothing{})
	for _, who := range present {
		m.as(who, "mark-present", meeting.PersonInput{})
	}
}

var present = []string{"-1", "-2", "-3", "-chair"}

// Vote puts a question on which all say the same, the chair last, and has the result announced.
func (m *Meeting) Vote(proposal resolution.Proposal, choice resolution.Choice) {
	m.T.Helper()
	m.as("-secretary", "put-question", meeting.PutInput{Item: 1, Proposal: proposal, Directions: "修改", Reason: "暂缓"})
	for _, who := range present {
		m.as(who, "vote", meeting.VoteInput{Item: 1, Vote: choice, Words: "意见"})
	}
	m.as("-secretary", "conclude", meeting.ConcludeInput{Item: 1, Reason: "理由"})
}

// Close ends the meeting and has its minutes signed.
func (m *Meeting) Close() {
	m.T.Helper()
	m.as("-secretary", "close", meeting.Nothing{})
	m.as("-chair", "sign-minutes", meeting.Nothing{})
	m.as("-secretary", "sign-minutes", meeting.Nothing{})
}
