package disclosure

import (
	"strconv"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

// The subjects under which disclosures are published: an agency's and an operator's lie apart.
const (
	AgencySubject   = "disclosure-agency"   // a PublicDisclosure
	OperatorSubject = "disclosure-operator" // a PublicDisclosure
)

// PublicDisclosure is what the public learns of one disclosure: a version, or the tombstone of one that was withdrawn.
type PublicDisclosure struct {
	Side         authorization.Side `json:"side" enum:"agency,operator"`
	Organization Named              `json:"organization"`
	Year         int                `json:"year"`
	Version      int                `json:"version"`
	Reason       string             `json:"reason,omitempty" doc:"of a correction, or of the withdrawal"`
	Withdrawn    *time.Time         `json:"withdrawn,omitempty" doc:"when it was withdrawn; its content is left out then"`
	Content      *Content           `json:"content,omitempty"`
}

// Subject is the subject under which the disclosures of a side are published.
func Subject(side authorization.Side) string {
	if side == authorization.AgencySide {
		return AgencySubject
	}
	return OperatorSubject
}

func (d *Disclosure) tell(to lifecycle.Recipients, subject string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, "case", d.ID, "year", strconv.Itoa(d.Year))
}

func tellDue(d *Disclosure, _ YearEnded, _ lifecycle.Event) effects {
	return effects{d.tell(d.preparers(), "disclosure-due")}
}

func tellChecker(d *Disclosure, _ Handed, _ lifecycle.Event) effects {
	return effects{d.tell(d.checkers(), "disclosure-to-check")}
}

func tellReturned(d *Disclosure, _ WasReturned, _ lifecycle.Event) effects {
	return effects{d.tell(d.preparers(), "disclosure-returned")}
}

func tellPublished(d *Disclosure, e WasPublished, _ lifecycle.Event) effects {
	content := e.Content
	return effects{
		lifecycle.Publish(Subject(d.Side), PublicDisclosure{
			Side: d.Side, Organization: content.Organization, Year: d.Year, Version: len(d.Versions), Reason: e.Reason, Content: &content,
		}),
		d.tell(d.preparers(), "disclosure-published"),
	}
}

func tellWithdrawn(d *Disclosure, e WasWithdrawn, at lifecycle.Event) effects {
	last := d.Versions[len(d.Versions)-1]
	return effects{
		lifecycle.Publish(Subject(d.Side), PublicDisclosure{
			Side: d.Side, Organization: last.Content.Organization, Year: d.Year, Version: last.No, Reason: e.Reason, Withdrawn: &at.At,
		}),
		d.tell(d.preparers(), "disclosure-withdrawn"),
		d.tell(supervisors, "disclosure-withdrawn"),
	}
}

func tellChased(d *Disclosure, _ WasChased, _ lifecycle.Event) effects {
	return effects{d.tell(d.preparers(), "disclosure-late"), d.tell(supervisors, "disclosure-late")}
}
