package lives

import (
	"time"

	"datacharter/domain/meeting"
	"datacharter/domain/resolution"
)

// Meeting is one meeting with one item.
type Meeting struct {
	*Director
	ID, Body string
}

// notice is how long before a meeting it is called.
const notice = 3 * 24 * time.Hour

// Call has the body's secretary call a meeting.
func (d *Director) Call(id, body, decision, item string) *Meeting {
	d.T.Helper()
	m := &Meeting{Director: d, ID: id, Body: body}
	m.as("-secretary", "call", meeting.CallInput{Body: body, Decision: decision, AgendaInput: meeting.AgendaInput{
		Title: "会议(虚构)", Time: d.Now().Add(notice), Place: "一号会议室", Items: []string{item},
	}})
	return m
}

// as has somebody of the body give a command, which must be accepted.
func (m *Meeting) as(who, command string, input any) {
	m.T.Helper()
	m.Do(m.Body+who, meeting.Machine, m.ID, command, input)
}

// Open waits for the day and opens the meeting with all but one member.
func (m *Meeting) Open() {
	m.T.Helper()
	m.Wait(notice)
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
