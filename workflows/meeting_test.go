package workflows_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/meeting"
	"datacharter/domain/resolution"
	"datacharter/internal/lives"
)

// awaiting is an authorisation that waits for the major decision.
func awaiting(t *testing.T) (*lifetime, *lives.Authorization) {
	t.Helper()
	l := newLifetime(t)
	var a *lives.Authorization
	l.before(func(d *lives.Director) {
		a = d.Draft("a-1", 12)
		a.Submit()
		a.Accept()
		a.Approve()
	})
	return l, a
}

// A meeting's resolution reaches the case on its agenda, and its workflow ends with the minutes.
func TestMeeting(t *testing.T) {
	for choice, want := range map[resolution.Choice]string{resolution.For: string(authorization.AgreementDrafting), resolution.Against: string(authorization.Refused)} {
		t.Run(string(choice), func(t *testing.T) {
			l, a := awaiting(t)
			l.suggestEvery(4)
			l.run(meeting.Kind, "m-1", func(d *lives.Director) {
				m := d.Call("m-1", lives.Government, resolution.MajorDecision, "a-1")
				m.Open()
				m.Vote(resolution.ToAgree, choice)
				m.Close()
				d.Wait(hour)
				if l.env != nil {
					t.Error("the workflow goes on after the minutes are signed")
				}
			})
			if l.ended != nil || len(l.inputs) < 2 || len(l.refused) > 0 {
				t.Errorf("ended with %v after %d runs, refused %v", l.ended, len(l.inputs), l.refused)
			}
			if got := string(a.Case().State); got != want {
				t.Errorf("the case is %s, want %s", got, want)
			}
			l.whole("m-1")
		})
	}
}

// The members are reminded the working day before, the secretary is told when the day has passed; the meeting can still be cancelled.
func TestForgottenMeeting(t *testing.T) {
	l, a := awaiting(t)
	l.run(meeting.Kind, "m-1", func(d *lives.Director) {
		d.Do(lives.Government+"-secretary", meeting.Machine, "m-1", "call", meeting.CallInput{
			Body: lives.Government, Decision: resolution.MajorDecision,
			AgendaInput: meeting.AgendaInput{Title: "会议(虚构)", Time: d.Now().Add(10 * day), Place: "一号会议室", Items: []string{"a-1"}},
		})
		d.Wait(12 * day)
		d.Do(lives.Government+"-secretary", meeting.Machine, "m-1", "cancel", meeting.ReasonInput{Reason: "改期"})
	})
	var told []string
	for _, n := range l.Notices("m-1") {
		if n.Params["deadline"] != "" {
			told = append(told, n.At.UTC().Format("2006-01-02T15:04:05 ")+n.Subject+" "+string(n.To.Role))
		}
	}
	same(t, "notices", told, []string{"2026-03-11T16:00:00 deadline-reminder member", "2026-03-12T16:00:00 deadline-passed secretary"})
	if a.Case().State != authorization.AwaitingDecision || l.ended != nil {
		t.Errorf("the case is %s, the workflow ended with %v", a.Case().State, l.ended)
	}
	l.punctual(meeting.Machine, "m-1")
}

// A meeting without quorum ends without minutes; the case still waits.
func TestInquorateMeeting(t *testing.T) {
	l, a := awaiting(t)
	l.run(meeting.Kind, "m-1", func(d *lives.Director) {
		d.Call("m-1", lives.Government, resolution.MajorDecision, "a-1")
		d.Wait(3 * day)
		d.Do(lives.Government+"-secretary", meeting.Machine, "m-1", "open", meeting.Nothing{})
		d.Do(lives.Government+"-1", meeting.Machine, "m-1", "mark-present", meeting.PersonInput{})
		d.Do(lives.Government+"-secretary", meeting.Machine, "m-1", "close", meeting.Nothing{})
	})
	types := l.types("m-1")
	if !slices.Contains(types, "meeting-inquorate") || a.Case().State != authorization.AwaitingDecision || l.ended != nil {
		t.Errorf("events %q, the case is %s, ended with %v", types, a.Case().State, l.ended)
	}
}
