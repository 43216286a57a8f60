package meeting

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// events says what each event changes and what it sends out.
func events() []lifecycle.EventType[*Meeting] {
	type M = *Meeting
	return []lifecycle.EventType[M]{
		lifecycle.Sending(lifecycle.On(func(m M, e Convened, _ lifecycle.Event) {
			m.State, m.Body, m.BodyKind, m.Decision, m.Policy = Called, e.Body, e.BodyKind, e.Decision, e.Policy
			m.setAgenda(e.Agenda)
		}), func(m M, _ Convened, _ lifecycle.Event) []lifecycle.Effect { return m.tellMembers("meeting-called") }),
		lifecycle.Sending(lifecycle.On(func(m M, e AgendaAmended, _ lifecycle.Event) {
			m.setAgenda(e.Agenda)
		}), func(m M, _ AgendaAmended, _ lifecycle.Event) []lifecycle.Effect {
			return m.tellMembers("meeting-agenda-amended")
		}),
		lifecycle.Sending(lifecycle.On(func(m M, e CalledOff, _ lifecycle.Event) {
			m.State, m.Reason = Cancelled, e.Reason
		}), func(m M, _ CalledOff, _ lifecycle.Event) []lifecycle.Effect {
			return m.tellMembers("meeting-cancelled")
		}),
		lifecycle.Sending(lifecycle.On(begin), func(m M, _ Begun, _ lifecycle.Event) []lifecycle.Effect {
			return m.tellMembers("meeting-opened")
		}),
		lifecycle.On(func(m M, e MemberPresent, at lifecycle.Event) {
			s := m.seat(e.Person)
			s.Present, s.Left = true, nil
			if s.Came == nil {
				s.Came = &at.At
			}
		}),
		lifecycle.On(func(m M, e MemberAbsent, at lifecycle.Event) {
			s := m.seat(e.Person)
			s.Present, s.Left = false, &at.At
		}),
		lifecycle.On(func(m M, e Heard, _ lifecycle.Event) { m.Heard = append(m.Heard, e.Statement) }),
		lifecycle.Sending(lifecycle.On(func(m M, e MemberRecused, at lifecycle.Event) {
			i := m.item(e.Item)
			i.Recused = append(i.Recused, Recusal{Person: e.Person, Nature: e.Nature, By: at.By.Person, At: at.At})
		}), declareInterest),
		lifecycle.On(func(m M, e QuestionPut, at lifecycle.Event) {
			m.item(e.Item).Question = &Question{Proposal: e.Proposal, Directions: e.Directions, Reason: e.Reason, By: at.By.Person, At: at.At}
		}),
		lifecycle.On(func(m M, e VoteCast, _ lifecycle.Event) {
			i := m.item(e.Item)
			i.Votes = append(i.Votes, e.Vote)
			m.Acted(step, e.Vote.Person)
		}),
		lifecycle.On(func(m M, e MotionLost, _ lifecycle.Event) {
			i := m.item(e.Item)
			i.Lost = append(i.Lost, LostMotion{Question: *i.Question, Votes: i.Votes, Count: e.Count})
			i.Question, i.Votes = nil, nil
		}),
		lifecycle.Sending(lifecycle.On(func(m M, e ResolutionAdopted, _ lifecycle.Event) {
			m.item(e.Resolution.Item).Resolution = &e.Resolution
		}), deliver),
		lifecycle.On(func(m M, e ItemDropped, _ lifecycle.Event) { m.item(e.Item).Dropped = e.Why }),
		lifecycle.Sending(lifecycle.On(func(m M, _ Ended, at lifecycle.Event) {
			m.State, m.Ended = Closed, &at.At
		}), func(m M, _ Ended, _ lifecycle.Event) []lifecycle.Effect {
			return []lifecycle.Effect{m.tell(identity.Secretary, "meeting-minutes-due"), m.tell(identity.Chair, "meeting-minutes-due")}
		}),
		lifecycle.Sending(lifecycle.On(func(m M, _ QuorumMissed, at lifecycle.Event) {
			m.State, m.Ended = Inquorate, &at.At
		}), func(m M, _ QuorumMissed, _ lifecycle.Event) []lifecycle.Effect {
			return append(m.tellMembers("meeting-inquorate"), m.tell(identity.Secretary, "meeting-inquorate"))
		}),
		lifecycle.Sending(lifecycle.On(func(m M, e MinutesSigned, at lifecycle.Event) {
			m.Signatures = append(m.Signatures, Signature{As: e.As, Person: at.By.Person, Hash: e.Hash, At: at.At})
			if len(m.Signatures) == 2 { // one of each office
				m.State = Signed
			}
		}), publish),
	}
}

func (m *Meeting) setAgenda(a Agenda) {
	m.Title, m.Time, m.Place, m.Items = a.Title, a.Time, a.Place, nil
	for _, i := range a.Items {
		m.Items = append(m.Items, Item{AgendaItem: i})
	}
}

func begin(m *Meeting, e Begun, at lifecycle.Event) {
	m.State, m.Began, m.Recorder = Open, &at.At, at.By.Person
	for _, s := range e.Roster {
		m.Roster = append(m.Roster, Attendee{Person: s.Person, Role: s.Role})
	}
	for _, i := range e.Items {
		m.item(i.No).Excluded = i.Excluded
	}
}

// declareInterest closes the item's case to who is recused from it.
func declareInterest(m *Meeting, e MemberRecused, _ lifecycle.Event) []lifecycle.Effect {
	i := m.item(e.Item)
	return []lifecycle.Effect{lifecycle.SendTo(i.Kind, i.Case, "declare-interest", InterestInput{Person: e.Person})}
}

// InterestInput is what an item's case is told of a recusal.
type InterestInput struct {
	Person string `json:"person"`
}

// deliver hands a resolution to the case that it decides on.
func deliver(m *Meeting, e ResolutionAdopted, _ lifecycle.Event) []lifecycle.Effect {
	i := m.item(e.Resolution.Item)
	return []lifecycle.Effect{
		lifecycle.SendTo(i.Kind, i.Case, "record-resolution", e.Resolution),
		m.tell(identity.Secretary, "meeting-item-decided", "item", i.Case),
	}
}

// Published is what the public learns of a decision: that it was taken, by whom and with which hash, but no names.
type Published struct {
	Resolution  string `json:"resolution"`
	Hash        string `json:"hash"`
	Body        string `json:"body"`
	Decision    string `json:"decision"`
	Case        string `json:"case"`
	ContentHash string `json:"content_hash"`
	DecidedOn   string `json:"decided_on"` // day
}

// publish makes known what the body agreed to, once the minutes stand (713号令 Art. 32). What it did not agree to has no decision to publish.
func publish(m *Meeting, _ MinutesSigned, _ lifecycle.Event) []lifecycle.Effect {
	if m.State != Signed {
		return nil
	}
	out := m.tellMembers("meeting-minutes-signed")
	for _, i := range m.Items {
		r := i.Resolution
		if r == nil || r.Outcome != resolution.Agreed {
			continue
		}
		out = append(out, lifecycle.Publish("resolution", Published{
			Resolution: r.ID, Hash: r.Hash(), Body: r.Body, Decision: r.Decision, Case: r.Case, ContentHash: r.ContentHash, DecidedOn: day(r.DecidedOn),
		}))
	}
	return out
}
