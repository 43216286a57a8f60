package plan

import (
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/regrading"
)

// Subjects of what the public is told.
const (
	CommentSubject = "plan-comment" // a PublicPlan on which it is heard
	EntrySubject   = "plan-entry"   // a PublicPlan in force, or ended
)

// PublicPlan is what the public learns of a plan.
type PublicPlan struct {
	Agency     string      `json:"agency"` // organisation ID
	Version    int         `json:"version,omitempty" doc:"of the one in force; left out while the public is heard"`
	Name       string      `json:"name"`
	Necessity  string      `json:"necessity"`
	Mode       string      `json:"mode"`
	Extent     string      `json:"extent,omitempty"`
	Conditions []Condition `json:"conditions"`
	Method     string      `json:"method"`
	Resources  []Resource  `json:"resources"`
	TermMonths int         `json:"term_months"`
	Exit       string      `json:"exit"`
	Products   []Product   `json:"products"`
	Sharing    string      `json:"sharing"`
	Exclusive  Exclusive   `json:"exclusive"`
	Oversight  Oversight   `json:"oversight"`

	Heard   *Period        `json:"heard,omitempty"` // until when the public is heard
	Since   *calendar.Date `json:"since,omitempty"` // in force
	Filed   *calendar.Date `json:"filed,omitempty"`
	Reason  string         `json:"reason,omitempty"` // of a change
	Minor   bool           `json:"minor,omitempty"`  // a change that needed no decision
	Opening *Notice        `json:"opening,omitempty"`
	Ended   bool           `json:"ended,omitempty"`
	Ends    bool           `json:"ends,omitempty"` // the public is heard on ending it

	Hearings []Hearing `json:"hearings,omitempty" doc:"what became of what the public said (713号令 Art. 32), once the plan is published"`
}

// Period is a first and a last day.
type Period struct {
	From  calendar.Date `json:"from"`
	Until calendar.Date `json:"until"`
}

// Notice is what applicants are told.
type Notice struct {
	Text  string         `json:"text"`
	Until *calendar.Date `json:"until,omitempty"`
}

// Takes reports whether the plan, as the public knows it, takes applications on a day. The last day announced counts, though the case may take note of
// its end a little later.
func (p PublicPlan) Takes(on calendar.Date) bool {
	return !p.Ended && p.Opening != nil && (p.Opening.Until == nil || !p.Opening.Until.Before(on))
}

type effects = []lifecycle.Effect

func (p *Plan) public(c Content) PublicPlan {
	return PublicPlan{
		Agency: p.Agency, Name: c.Name, Necessity: c.Necessity, Mode: c.Mode, Extent: c.Extent, Conditions: c.Conditions, Method: c.Method, Resources: c.Resources,
		TermMonths: c.TermMonths, Exit: c.Undertaking.Exit, Products: c.Products, Sharing: c.Accounting.Sharing, Exclusive: c.Exclusive, Oversight: c.Oversight,
	}
}

// Entry is what the public knows of the plan, and false while it is not published.
func (p *Plan) Entry() (PublicPlan, bool) {
	if len(p.Versions) == 0 {
		return PublicPlan{}, false
	}
	v := p.Versions[len(p.Versions)-1]
	if v.Published == nil {
		return PublicPlan{}, false
	}
	e := p.public(v.Content)
	since := calendar.DateOf(v.From)
	e.Version, e.Since, e.Reason, e.Minor, e.Ended = v.No, &since, v.Reason, v.Minor, p.State == Ended
	if v.Filing != nil {
		e.Filed = &v.Filing.On
	}
	e.Hearings = v.Hearings
	if p.Open != nil {
		e.Opening = &Notice{Text: p.Open.Notice, Until: p.Open.Until}
	}
	return e, true
}

func (p *Plan) tell(to lifecycle.Recipients, subject string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, "case", p.ID)
}

func publishComment(p *Plan, e CommentBegun, _ lifecycle.Event) effects {
	told := p.public(p.Drafted)
	told.Heard = &Period{From: e.From, Until: e.Until}
	if p.Change != nil {
		told.Reason, told.Ends = p.Change.Reason, p.Change.Cancels
	}
	return effects{lifecycle.Publish(CommentSubject, told)}
}

// publishEntry publishes the version in force as it stands after any event that changes it.
func publishEntry[E lifecycle.Content](p *Plan, _ E, _ lifecycle.Event) effects {
	entry, public := p.Entry()
	if !public {
		return nil
	}
	return effects{lifecycle.Publish(EntrySubject, entry)}
}

func publishClosed(p *Plan, e Closed, at lifecycle.Event) effects {
	return append(publishEntry(p, e, at), p.tell(p.planners(), "plan-applications-closed"))
}

func publishEnd(p *Plan, e WasEnded, at lifecycle.Event) effects {
	return append(publishEntry(p, e, at), p.tell(p.planners(), "plan-ended"), p.tell(p.administrators(), "plan-ended"))
}

func tellPassed(p *Plan, e ReviewsPassed, _ lifecycle.Event) effects {
	return effects{
		p.tell(p.planners(), "plan-reviews-passed"),
		p.tell(lifecycle.Recipients{Kind: e.Pending.BodyKind, Role: identity.Secretary}, "decision-awaited"),
	}
}

func tellReturned(p *Plan, _ ReviewsReturned, _ lifecycle.Event) effects {
	return effects{p.tell(p.planners(), "plan-returned")}
}

func tellResolution(p *Plan, _ ResolutionRecorded, _ lifecycle.Event) effects {
	return effects{p.tell(p.planners(), "resolution-recorded"), p.tell(p.administrators(), "resolution-recorded")}
}

func tellNothing(p *Plan, e CameToNothing, _ lifecycle.Event) effects {
	if e.Outcome == WasWithdrawn {
		return effects{p.tell(p.administrators(), "plan-withdrawn")}
	}
	return effects{p.tell(p.planners(), "plan-came-to-nothing"), p.tell(p.administrators(), "plan-came-to-nothing")}
}

// tellAnswers tells those who commented that their opinions were answered, each once.
func tellAnswers(p *Plan, e Found, _ lifecycle.Event) effects {
	var out effects
	told := map[string]bool{}
	for _, a := range e.Finding.Answers {
		person := p.Comment.Opinions[a.No-1].By.Person
		if !told[person] {
			told[person] = true
			out = append(out, p.tell(lifecycle.Recipients{Person: person}, "plan-opinion-answered"))
		}
	}
	return out
}

func tellRegraded(p *Plan, _ regrading.Recorded, _ lifecycle.Event) effects {
	return effects{p.tell(p.planners(), "resource-regraded"), p.tell(p.administrators(), "resource-regraded")}
}

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (p *Plan) AttachmentDigests() []string {
	out := p.Drafted.files()
	for _, v := range p.Versions {
		out = append(out, v.Content.files()...)
		if v.Filing != nil {
			out = append(out, v.Filing.Evidence...)
		}
	}
	return out
}

// ResourceIDs lists the resources of the catalogue that the case names, repeats among them.
func (p *Plan) ResourceIDs() []string {
	out := p.Drafted.resourceIDs()
	if v := p.InForce(); v != nil {
		out = append(out, v.Content.resourceIDs()...)
	}
	return out
}
