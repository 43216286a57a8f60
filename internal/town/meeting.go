package town

import (
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
)

// Meeting gives a person's command on a meeting, which must not be refused.
func (w *Town) Meeting(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, meeting.Kind, id, command, input)
}

// Called calls a meeting of a body now, to decide on one case.
func (w *Town) Called(body, decision, id string) string {
	w.t.Helper()
	return w.Do(PersonID(body, identity.Secretary, 1), meeting.Kind, "", "call", Object{
		"body": body, "decision": decision, "title": "常务会议", "time": w.Now(), "place": "一号会议室", "items": []string{id},
	}).Case
}

// Opened opens a meeting with the chair and two members present.
func (w *Town) Opened(m, body string) {
	w.t.Helper()
	secretary := PersonID(body, identity.Secretary, 1)
	w.Meeting(secretary, m, "open", Object{})
	for _, person := range voters(body) {
		w.Meeting(secretary, m, "mark-present", Object{"person": person})
	}
}

// voters are those who vote in a body, the chair last.
func voters(body string) []string {
	return []string{PersonID(body, identity.Member, 1), PersonID(body, identity.Member, 2), PersonID(body, identity.Chair, 1)}
}

// Voted decides on the first item: agree, amend, defer, or refuse by voting against.
func (w *Town) Voted(m, body, how string) {
	w.t.Helper()
	chair := PersonID(body, identity.Chair, 1)
	question, voice := Object{"item": 1, "proposal": how}, "for"
	switch how {
	case "amend":
		question["directions"] = "补充材料"
	case "defer":
		question["reason"] = "待论证"
	case "refuse":
		question["proposal"], voice = "agree", "against"
	}
	w.Meeting(chair, m, "put-question", question)
	for _, person := range voters(body) {
		w.Meeting(person, m, "vote", Object{"item": 1, "vote": voice, "words": "意见"})
	}
	w.Meeting(chair, m, "conclude", Object{"item": 1, "reason": "按表决结果"})
}

// Decided holds a meeting of a body on a case as far as its vote.
func (w *Town) Decided(body, decision, id, how string) string {
	w.t.Helper()
	m := w.Called(body, decision, id)
	w.Opened(m, body)
	w.Voted(m, body, how)
	return m
}

// Minuted closes a meeting and signs its minutes, which lets its resolutions take effect.
func (w *Town) Minuted(m, body string) {
	w.t.Helper()
	w.Meeting(PersonID(body, identity.Chair, 1), m, "close", Object{})
	w.Meeting(PersonID(body, identity.Secretary, 1), m, "sign-minutes", Object{})
	w.Meeting(PersonID(body, identity.Chair, 1), m, "sign-minutes", Object{})
}

// MeetingIn makes a meeting of the government in the state and returns its ID.
func (w *Town) MeetingIn(state lifecycle.State) string {
	w.t.Helper()
	m := w.Called(Government, "major-decision", w.AuthorizationIn(authorization.AwaitingDecision))
	switch state {
	case meeting.Called:
	case meeting.Cancelled:
		w.Meeting(Secretary, m, "cancel", Object{"reason": "改期"})
	case meeting.Inquorate:
		w.Meeting(Secretary, m, "open", Object{})
		w.Meeting(Secretary, m, "close", Object{})
	default:
		w.Opened(m, Government)
		if state == meeting.Open {
			break
		}
		w.Voted(m, Government, "agree")
		w.Meeting(Secretary, m, "close", Object{})
		if state == meeting.Signed {
			w.Meeting(Secretary, m, "sign-minutes", Object{})
			w.Meeting(Chair, m, "sign-minutes", Object{})
		}
	}
	return w.Stands(meeting.Kind, m, state)
}
