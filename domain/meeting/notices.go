package meeting

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// tellMembers tells the body's members and chair.
func (m *Meeting) tellMembers(subject string) []lifecycle.Effect {
	return []lifecycle.Effect{m.tell(identity.Member, subject), m.tell(identity.Chair, subject)}
}

// tell tells those who hold a role in the body which meeting it is, when and where.
func (m *Meeting) tell(role identity.Role, subject string, more ...string) lifecycle.Effect {
	params := append([]string{"case", m.ID, "title", m.Title, "time", minute(m.Time), "place", m.Place}, more...)
	return lifecycle.Tell(lifecycle.Recipients{Organization: m.Body, Role: role}, subject, params...)
}

func day(t time.Time) string { return calendar.DateOf(t).String() }

func minute(t time.Time) string { return t.In(calendar.China).Format("2006-01-02 15:04") }
