package registration

import (
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// Subjects of what the public is told.
const (
	NoticeSubject = "registration-notice" // a Notice
	EntrySubject  = "registration-entry"  // a PublicEntry
)

// PublicEntry is what the public learns of a registration when it comes about, changes and ends: no more than its notice said, and the code.
type PublicEntry struct {
	Registrant   string        `json:"registrant"` // organisation ID
	Object       Object        `json:"object"`
	Name         string        `json:"name"`
	Brief        string        `json:"brief"`
	Code         string        `json:"code"`
	Confirmation string        `json:"confirmation"`
	From         calendar.Date `json:"from"`
	To           calendar.Date `json:"to"`
	Reason       Type          `json:"reason"`
	Outcome      Outcome       `json:"outcome,omitempty"` // when it ended
	Ground       string        `json:"ground,omitempty"`
}

type effects = []lifecycle.Effect

func (r *Registration) tell(to lifecycle.Recipients, subject string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, "case", r.ID)
}

// told tells the registrant, and whoever else asked for the procedure.
func (r *Registration) told(subject string) effects {
	out := effects{r.tell(r.registrants(), subject)}
	if p := r.Current(); !r.byRegistrant(p) {
		out = append(out, r.tell(lifecycle.Recipients{Person: p.By.Person}, subject))
	}
	return out
}

func tellReturned(r *Registration, _ ReturnedIncomplete, _ lifecycle.Event) effects {
	return r.told("registration-returned")
}

func tellAccepted(r *Registration, _ Accepted, _ lifecycle.Event) effects {
	return r.told("registration-accepted")
}

func tellDelay(r *Registration, _ DelayExplained, _ lifecycle.Event) effects {
	return r.told("registration-delayed")
}

func publishNotice(r *Registration, e NoticeBegun, _ lifecycle.Event) effects {
	return effects{lifecycle.Publish(NoticeSubject, e.Notice), r.tell(r.registrants(), "registration-noticed")}
}

func tellObjection(r *Registration, _ Objected, _ lifecycle.Event) effects {
	return effects{r.tell(r.registrants(), "registration-objected")}
}

func tellAnswer(r *Registration, e ObjectionAnswered, _ lifecycle.Event) effects {
	out := effects{r.tell(r.registrants(), "registration-objection-answered")}
	if o := r.Current().Objections[e.No-1]; !o.Lodged {
		out = append(out, r.tell(lifecycle.Recipients{Person: o.By.Person}, "registration-objection-answered"))
	}
	return out
}

// entry is what the public learns now.
func (r *Registration) entry() lifecycle.Effect {
	e := PublicEntry{
		Registrant: r.Applicant, Object: r.Entry.Object, Name: r.Entry.Name, Brief: r.Entry.Brief, Code: r.Code.Code, Confirmation: r.Code.Confirmation,
		From: r.Valid.From, To: r.Valid.To, Reason: r.Current().Type,
	}
	if r.Closing != nil {
		e.Outcome, e.Ground = r.Closing.Outcome, r.Closing.Ground
	}
	return lifecycle.Publish(EntrySubject, e)
}

// report tells the authorisation within whose scope the resource or product lies what became of its registration.
func (r *Registration) report() effects {
	if r.Entry.Authorization == "" {
		return nil
	}
	in := authorization.RegistrationInput{Registration: r.ID, Object: string(r.Entry.Object), Code: r.Code.Code, Ended: r.Closing != nil}
	if in.Subject = r.Entry.Resource; r.Entry.Object == Product {
		in.Subject = r.Entry.Product
	}
	return effects{lifecycle.SendTo(authorization.Kind, r.Entry.Authorization, "record-registration", in)}
}

func publishCode(r *Registration, _ Coded, _ lifecycle.Event) effects {
	return append(append(r.told("registration-coded"), r.entry()), r.report()...)
}

// publishDone says nothing of a deregistration: its end follows.
func publishDone(r *Registration, _ Done, _ lifecycle.Event) effects {
	if r.Closing != nil {
		return nil
	}
	return append(r.told("registration-done"), r.entry())
}

func tellFailed(r *Registration, e Failed, _ lifecycle.Event) effects {
	if e.Result == Withdrawn {
		return effects{r.tell(r.registrars(), "registration-withdrawn")}
	}
	return r.told("registration-failed")
}

func tellWindow(r *Registration, _ WindowOpened, _ lifecycle.Event) effects {
	return effects{r.tell(r.registrants(), "registration-renewable")}
}

func tellMisconduct(r *Registration, e MisconductFound, _ lifecycle.Event) effects {
	if e.Of == OfRegistry {
		return effects{r.tell(r.registrars(), "registration-registry-conduct")}
	}
	return effects{r.tell(r.registrants(), "registration-misconduct")}
}

func publishClosing(r *Registration, _ WasClosed, _ lifecycle.Event) effects {
	return append(append(effects{r.tell(r.registrants(), "registration-closed"), r.tell(r.registrars(), "registration-closed")}, r.entry()), r.report()...)
}
