package registration

import "datacharter/domain/lifecycle"

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Registration] {
	type (
		R  = *Registration
		at = lifecycle.Event
	)
	return []lifecycle.EventType[R]{
		lifecycle.InterestEvent[R](),
		lifecycle.Sending(lifecycle.On(func(r R, e Drafted, _ at) {
			r.State, r.Applicant, r.Policy = Draft, e.Registrant, e.Policy
			r.put(e.Content)
		}), tellDrafted),
		lifecycle.Sending(lifecycle.On(func(r R, e Edited, _ at) { r.put(e.Content) }), func(r R, _ Edited, _ at) effects { return r.tellParties() }),
		lifecycle.On(func(r R, _ DraftDeleted, at at) {
			r.State, r.Closing = Deleted, &Closing{Outcome: WasDeleted, At: at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(r R, e Applied, at at) {
			r.State, r.Policy = Submitted, e.Policy
			p := Procedure{No: len(r.Procedures) + 1, Type: e.Type, Request: e.Request, Late: e.Late, At: at.At, By: at.By, For: e.For}
			if e.Content != nil {
				p.Submitted, r.Drafted = []Submission{*e.Content}, e.Content.Content
				r.parties(e.Content.Content)
			}
			r.Procedures = append(r.Procedures, p)
		}), func(r R, _ Applied, _ at) effects { return r.tellParties() }),
		lifecycle.On(func(r R, e Resubmitted, _ at) {
			p := r.Current()
			r.State, p.Missing = Submitted, nil
			if e.Content != nil {
				p.Submitted, p.Late = append(p.Submitted, *e.Content), e.Late
			}
			if e.Statement != "" {
				p.Request.Statement += "\n" + e.Statement
			}
			p.Request.Attachments = append(p.Request.Attachments, e.Attachments...)
		}),
		lifecycle.Sending(lifecycle.On(func(r R, e ReturnedIncomplete, _ at) {
			p := r.Current()
			r.State, p.Missing, p.Returns = Returned, e.Missing, p.Returns+1
		}), tellReturned),
		lifecycle.Sending(lifecycle.On(func(r R, e Accepted, at at) { r.State, r.Current().AcceptedAt = e.State, &at.At }), tellAccepted),
		lifecycle.Sending(lifecycle.On(func(r R, e DelayExplained, at at) {
			r.Current().Delay = &Reasons{Text: e.Reason, By: at.By, At: at.At}
		}), tellDelay),
		lifecycle.On(func(r R, e ReviewPassed, at at) {
			r.Current().Opinion = &Reasons{Text: e.Opinion, By: at.By, At: at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(r R, e NoticeBegun, _ at) { r.State, r.Current().Notice = Noticed, &e.Notice }), publishNotice),
		lifecycle.Sending(lifecycle.On(func(r R, e Objected, at at) {
			p := r.Current()
			p.Objections = append(p.Objections, Objection{
				No: e.No, Name: e.Name, Statement: e.Statement, Evidence: e.Evidence, Lodged: e.Lodged, Task: e.Task, By: at.By, At: at.At,
			})
			if !e.Lodged {
				r.Acted(objecting, at.By.Person)
			}
		}), tellObjection),
		lifecycle.Sending(lifecycle.On(func(r R, e ObjectionAnswered, at at) {
			r.Current().Objections[e.No-1].Answer = &Answer{Upheld: e.Upheld, Reasons: Reasons{Text: e.Reasons, By: at.By, At: at.At}}
		}), tellAnswer),
		lifecycle.On(func(r R, e NoticeOver, _ at) { r.State = e.State }),
		lifecycle.Sending(lifecycle.On(func(r R, e Coded, at at) {
			r.State, r.Code, r.Valid = Registered, &Code{Code: e.Code, Confirmation: e.Confirmation, On: e.On, By: at.By}, &e.Valid
			r.complete(at)
		}), publishCode),
		lifecycle.Sending(lifecycle.On(func(r R, e Done, at at) {
			r.State = Registered
			if e.Valid != nil {
				r.Valid, r.Window = e.Valid, false
			}
			r.complete(at)
		}), publishDone),
		lifecycle.Sending(lifecycle.On(failed), tellFailed),
		lifecycle.On(func(r R, _ CorrectionConsented, at at) { r.Current().Consent = &at.By }),
		lifecycle.Sending(lifecycle.On(func(r R, _ MandateWithdrawn, _ at) { r.unmandate() }), tellMandate),
		lifecycle.Sending(lifecycle.On(func(r R, e JointConfirmed, at at) {
			r.confirmed(Confirmation{Organization: at.By.Organization, Hash: e.Hash, By: at.By, At: at.At})
		}), tellConfirmed),
		lifecycle.Sending(lifecycle.On(func(r R, _ WindowOpened, _ at) { r.Window = true }), tellWindow),
		lifecycle.Sending(lifecycle.On(func(r R, e MisconductFound, at at) {
			r.Conduct = append(r.Conduct, Misconduct{
				No: e.No, Of: e.Of, Ground: e.Ground, Measure: e.Measure, Facts: e.Facts, Evidence: e.Evidence, By: at.By, At: at.At,
			})
		}), tellMisconduct),
		lifecycle.Sending(lifecycle.On(func(r R, e WasClosed, at at) {
			r.State = Deregistered
			if e.Outcome == WasRevoked {
				r.State = Revoked
				r.Acted(revocation, at.By.Person)
				if p := r.underWay(); p != nil {
					p.Result, p.EndedAt = Dropped, &at.At
				}
			}
			r.Closing = &Closing{Outcome: e.Outcome, Ground: e.Ground, Reasons: e.Reasons, At: at.At}
		}), publishClosing),
	}
}

func (r *Registration) put(content Application) {
	r.Drafted, r.Body = content, content.Registry
	r.parties(content)
	if r.Entry == nil {
		r.Title = content.Name
	}
}

// parties lets those act that the content names beside the registrant.
func (r *Registration) parties(content Application) {
	r.Joint = content.Joint
	r.mandate(content.Agent)
}

// complete ends the procedure under way and puts what it asked for into the entry.
func (r *Registration) complete(at lifecycle.Event) {
	p := r.Current()
	p.Result, p.EndedAt = Granted, &at.At
	switch p.Type {
	case First, Change:
		entry := p.Submitted[len(p.Submitted)-1].Content
		if entry.Agent.Organization != r.Agent { // whose mandate was withdrawn meanwhile
			entry.Agent = Agent{}
		}
		r.Entry = &entry
	case Correction:
		entry := *r.Entry
		if p.Request.Name != "" {
			entry.Name = p.Request.Name
		}
		if p.Request.Brief != "" {
			entry.Brief = p.Request.Brief
		}
		r.Entry = &entry
	case Renewal, Deregistration:
	}
	r.Title, r.Drafted = r.Entry.Name, *r.Entry
}

func failed(r *Registration, e Failed, at lifecycle.Event) {
	p := r.Current()
	p.Result, p.Reasons, p.EndedAt = e.Result, e.Reasons, &at.At
	if r.Entry != nil {
		r.State, r.Drafted, r.Joint = Registered, *r.Entry, r.Entry.Joint
		return
	}
	outcome := WasRefused
	switch e.Result {
	case Withdrawn:
		r.State, outcome = Withdrew, WasWithdrawn
	case Ended:
		r.State, outcome = Terminated, WasEnded
	default:
		r.State = Refused
	}
	r.Closing = &Closing{Outcome: outcome, Reasons: e.Reasons, At: at.At}
}
