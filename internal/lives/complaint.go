package lives

import (
	"time"

	"datacharter/domain/complaint"
	"datacharter/domain/identity"
)

// Complaint is one complaint or report being led through its life.
type Complaint struct {
	*Director
	ID   string
	Rest *Authorization
}

// Complain has somebody complain of the operator, without a name.
func (a *Authorization) Complain(id string) *Complaint {
	a.T.Helper()
	c := &Complaint{Director: a.Director, ID: id, Rest: a}
	in := complaint.LodgeInput{About: complaint.AboutOperator, Authorization: a.ID, Facts: "产品超出约定场景使用(虚构)"}
	c.As(identity.SystemPerson, complaint.Lodge, complaint.Lodging{LodgeInput: in, Secret: "abcdefghijklmnopqrstuvwxyz"})
	return c
}

// As has a person give a command, which must be accepted.
func (c *Complaint) As(person, command string, input any) {
	c.T.Helper()
	c.Do(person, complaint.Machine, c.ID, command, input)
}

// Stands is the complaint as it stands.
func (c *Complaint) Stands() *complaint.Complaint {
	return c.Case(complaint.Machine, c.ID).(*complaint.Complaint) //nolint:forcetypeassert // its own kind
}

// chased waits until it has been asked for so many times.
func (c *Complaint) chased(times int) {
	c.T.Helper()
	c.Until("the complaint being asked for", 24*time.Hour, func() bool { return c.Stands().Chased >= times })
}

// LiveComplaint leads a complaint past the limit of its acceptance until it is asked for twice, through that of its answer, and to its answer.
func (a *Authorization) LiveComplaint(id string) *Complaint {
	a.T.Helper()
	c := a.Complain(id)
	c.chased(2)
	c.As(Officer, "accept", complaint.Nothing{})
	c.chased(c.Stands().Chased + 1)
	c.As(Officer, "answer", complaint.AnswerInput{Outcome: complaint.Upheld, Text: "经查属实(虚构)"})
	c.Until("the end of the complaint", time.Hour, func() bool { return c.Stands().State == complaint.Answered })
	return c
}
