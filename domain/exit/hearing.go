package exit

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// chairing is the step of who chairs the hearing: by the separation of duty he has not investigated, and does not decide.
const chairing = "exit-hearing"

// Oral is the hearing (听证) from the operator's request to the signed record (行政处罚法 Art. 63–65).
type Oral struct {
	Requested time.Time   `json:"requested"`
	By        identity.By `json:"by"`
	Reason    string      `json:"reason,omitempty"`

	On         calendar.Date `json:"on,omitzero"` // zero while it is not called
	Time       string        `json:"time,omitempty"`
	Place      string        `json:"place,omitempty"`
	Chair      identity.By   `json:"chair,omitzero"`
	ClosedDoor string        `json:"closed_door,omitempty"` // why it is not public; empty when it is

	Objections []Objection `json:"objections,omitempty"` // to the chair

	Record   string      `json:"record,omitempty"` // attachment 听证笔录
	Attended []string    `json:"attended,omitempty"`
	Summary  string      `json:"summary,omitempty"`
	SignedBy identity.By `json:"signed_by,omitzero"` // of the operator
	Unsigned string      `json:"unsigned,omitempty"` // why the operator did not sign
	ClosedAt *time.Time  `json:"closed_at,omitempty"`
}

// Objection is the operator's application that the chair be replaced 申请回避.
type Objection struct {
	Chair  string    `json:"chair"` // person
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	Answer string    `json:"answer,omitempty"` // empty while it is open
	Upheld bool      `json:"upheld,omitempty"`
}

func (o *Oral) open() bool { return o != nil && o.ClosedAt == nil }

func (o *Oral) called() bool { return o.open() && !o.On.IsZero() }

func (o *Oral) objected() *Objection {
	if o == nil || len(o.Objections) == 0 || o.Objections[len(o.Objections)-1].Answer != "" {
		return nil
	}
	return &o.Objections[len(o.Objections)-1]
}

// The inputs of the hearing.
type (
	// HearingInput asks for a hearing.
	HearingInput struct {
		Reason string `json:"reason,omitempty" maxLength:"4000"`
	}
	// CallInput calls it; whoever does chairs it.
	CallInput struct {
		Date       string `json:"date" format:"date" doc:"at least the profile's time ahead"`
		Time       string `json:"time" maxLength:"200" doc:"time of day"`
		Place      string `json:"place" maxLength:"200"`
		ClosedDoor string `json:"closed_door,omitempty" maxLength:"4000" doc:"left empty for a public hearing: which secret keeps the public out"`
	}
	// ObjectionAnswerInput answers the objection to the chair.
	ObjectionAnswerInput struct {
		Upheld bool   `json:"upheld,omitempty" doc:"the chair is replaced"`
		Reason string `json:"reason" maxLength:"4000"`
	}
	// RecordInput is the record of the hearing.
	RecordInput struct {
		Record   string   `json:"record" doc:"digest of the uploaded record 听证笔录"`
		Attended []string `json:"attended" minItems:"1" maxItems:"50" doc:"who took part, and as what"`
		Summary  string   `json:"summary" maxLength:"4000"`
	}
)

// The events of the hearing.
type (
	// HearingRequested records the operator's wish to be heard.
	HearingRequested struct {
		Reason string `json:"reason,omitempty"`
	}
	// HearingCalled fixes time, place and chair.
	HearingCalled struct {
		On         calendar.Date `json:"on"`
		Time       string        `json:"time"`
		Place      string        `json:"place"`
		ClosedDoor string        `json:"closed_door,omitempty"`
	}
	// ChairObjected records the objection to the chair.
	ChairObjected struct {
		Reason string `json:"reason"`
	}
	// ChairAnswered answers it; when it is upheld the hearing is to be called anew.
	ChairAnswered struct {
		Upheld bool   `json:"upheld,omitempty"`
		Reason string `json:"reason"`
	}
	// HearingRecorded records what was said.
	HearingRecorded struct {
		Record   string   `json:"record"`
		Attended []string `json:"attended"`
		Summary  string   `json:"summary"`
	}
	// HearingClosed ends it, with the record signed or a reason why the operator did not sign.
	HearingClosed struct {
		Unsigned string             `json:"unsigned,omitempty"`
		State    lifecycle.State    `json:"state"`
		Pending  *lifecycle.Pending `json:"pending,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (HearingRequested) EventType() string { return "hearing-requested" }

// EventType implements lifecycle.Content.
func (HearingCalled) EventType() string { return "hearing-called" }

// EventType implements lifecycle.Content.
func (ChairObjected) EventType() string { return "chair-objected" }

// EventType implements lifecycle.Content.
func (ChairAnswered) EventType() string { return "chair-answered" }

// EventType implements lifecycle.Content.
func (HearingRecorded) EventType() string { return "hearing-recorded" }

// EventType implements lifecycle.Content.
func (HearingClosed) EventType() string { return "hearing-closed" }

var mayAskForHearing = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "可以申请听证且在期限内，未申请过", EN: "a hearing may be asked for, in time and once"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		switch d := c.Deadline(hearingRequestLimit); {
		case c.Oral != nil:
			return refusal.ExitNoted.With()
		case !c.InFull() || !c.Way.Hearing:
			return refusal.ExitNoHearing.With()
		case d == nil || !d.Open():
			return refusal.ExitHearingLate.With()
		}
		return nil
	},
}

// when makes a guard of what must hold.
func when(zh, en string, holds func(c *Exit, env lifecycle.Env) bool, otherwise refusal.Code) lifecycle.Guard[*Exit] {
	return lifecycle.Guard[*Exit]{Words: text.Text{ZH: zh, EN: en}, Check: func(c *Exit, env lifecycle.Env) refused {
		if !holds(c, env) {
			return otherwise.With()
		}
		return nil
	}}
}

var (
	hearingToCall = when("已申请听证，尚未确定主持人和时间", "a hearing was asked for and is not called yet",
		func(c *Exit, env lifecycle.Env) bool {
			return c.Oral.open() && !c.Oral.called() && !c.Oral.barred(env.Actor.Person)
		}, refusal.ExitNoHearing)
	hearingCalled = when("听证已确定时间且尚未记录", "a hearing is called and not on record yet",
		func(c *Exit, _ lifecycle.Env) bool {
			return c.Oral.called() && c.Oral.Record == "" && c.Oral.objected() == nil
		}, refusal.ExitNoHearing)
	chairObjected = when("有待答复的回避申请", "an objection to the chair waits for an answer",
		func(c *Exit, _ lifecycle.Env) bool { return c.Oral.objected() != nil }, refusal.ExitNoHearing)
	isChair = when("是听证主持人", "is the chair of the hearing",
		func(c *Exit, env lifecycle.Env) bool { return c.Oral.Chair.Person == env.Actor.Person }, refusal.ExitNotChair)
	hearingDay = when("听证日期已到", "the day of the hearing has come",
		func(c *Exit, env lifecycle.Env) bool { return !calendar.DateOf(env.Now).Before(c.Oral.On) }, refusal.ExitHearingEarly)
	hearingToSign = when("听证笔录待签字", "the record of the hearing is to be signed",
		func(c *Exit, _ lifecycle.Env) bool { return c.Oral.open() && c.Oral.Record != "" }, refusal.ExitNoHearing)
)

// barred reports whether an objection to the person as chair was upheld.
func (o *Oral) barred(person string) bool {
	for _, x := range o.Objections {
		if x.Upheld && x.Chair == person {
			return true
		}
	}
	return false
}

func requestHearing(c *Exit, in HearingInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.AtMost("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{HearingRequested(in)}, c.EndDeadlines(hearingRequestLimit)...)
	return append(out, env.Limit(hearingLimit, env.Policy.Exit.Procedure.HearingHeld, c.agency(identity.LegalReviewer), c.agency(identity.Administrator))), nil
}

// callHearing makes who gives it the chair. Time and place are told the profile's time ahead: the day of notice and that of the hearing do not count.
func callHearing(_ *Exit, in CallInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	on, err := calendar.ParseDate(in.Date)
	if err != nil {
		f.Add(refusal.NotADate.At("date"))
	} else if earliest := env.Calendar.Due(calendar.DateOf(env.Now), env.Policy.Exit.Procedure.HearingNotice.Span.Span).On; on.Before(earliest) {
		f.Add(refusal.ExitHearingNotice.At("date", "earliest", earliest.String()))
	}
	f.Text("time", in.Time, maxShort)
	f.Text("place", in.Place, maxShort)
	f.AtMost("closed_door", in.ClosedDoor, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{HearingCalled{On: on, Time: in.Time, Place: in.Place, ClosedDoor: in.ClosedDoor}}, nil
}

func objectToChair(_ *Exit, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return contents{ChairObjected(in)}, nil
}

func answerObjection(_ *Exit, in ObjectionAnswerInput, _ lifecycle.Env) (contents, refused) {
	if r := (ReasonInput{Reason: in.Reason}).check(); r != nil {
		return nil, r
	}
	return contents{ChairAnswered(in)}, nil
}

func needRecord(_ *Exit, in RecordInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: []string{in.Record}}
}

func recordHearing(_ *Exit, in RecordInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	env.CheckFile(&f, "record", in.Record, env.By.Organization)
	f.Unless(len(in.Attended) > 0, refusal.Required.At("attended"))
	if f.Count("attended", len(in.Attended), maxPoints) {
		for i, a := range in.Attended {
			f.Text(refusal.In("attended", i), a, maxShort)
		}
	}
	f.Text("summary", in.Summary, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{HearingRecorded(in)}, nil
}

func signRecord(c *Exit, _ Nothing, env lifecycle.Env) (contents, refused) {
	return c.closeHearing("", env), nil
}

// closeUnsigned notes why the operator did not sign the record.
func closeUnsigned(c *Exit, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return c.closeHearing(in.Reason, env), nil
}

// closeHearing goes on to a meeting or the decision once statement and defence are over too.
func (c *Exit) closeHearing(unsigned string, env lifecycle.Env) contents {
	closed := HearingClosed{Unsigned: unsigned, State: c.State}
	ended := c.EndDeadlines(hearingLimit)
	switch {
	case c.State != InHearing:
		return append(contents{closed}, ended...)
	case c.Way.Meeting:
		closed.State, closed.Pending = Resolving, c.pending(env)
		return append(append(contents{closed}, ended...), c.untilResolution(env))
	default:
		closed.State = Deciding
		return append(append(contents{closed}, ended...), c.untilDecision(env))
	}
}

func oralEvents() []lifecycle.EventType[*Exit] {
	type at = lifecycle.Event
	return []lifecycle.EventType[*Exit]{
		lifecycle.Sending(lifecycle.On(func(c *Exit, e HearingRequested, at at) {
			c.Oral = &Oral{Requested: at.At, By: at.By, Reason: e.Reason}
		}), func(c *Exit, _ HearingRequested, _ at) effects {
			return effects{c.tell(c.agency(identity.LegalReviewer), "exit-hearing-requested", "due", c.due(hearingLimit))}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e HearingCalled, at at) {
			o := c.Oral
			o.On, o.Time, o.Place, o.ClosedDoor, o.Chair = e.On, e.Time, e.Place, e.ClosedDoor, at.By
			c.Acted(chairing, at.By.Person)
		}), func(c *Exit, e HearingCalled, _ at) effects {
			return effects{c.tell(c.operator(), "exit-hearing-called", "on", e.On.String(), "time", e.Time, "place", e.Place)}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ChairObjected, at at) {
			c.Oral.Objections = append(c.Oral.Objections, Objection{Chair: c.Oral.Chair.Person, Reason: e.Reason, At: at.At})
		}), func(c *Exit, _ ChairObjected, _ at) effects {
			return effects{c.tell(c.agency(identity.Administrator), "exit-chair-objected")}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ChairAnswered, _ at) {
			x := c.Oral.objected()
			x.Answer, x.Upheld = e.Reason, e.Upheld
			if e.Upheld {
				c.Oral.On, c.Oral.Time, c.Oral.Place, c.Oral.ClosedDoor, c.Oral.Chair = calendar.Date{}, "", "", "", identity.By{}
			}
		}), func(c *Exit, e ChairAnswered, _ at) effects {
			if e.Upheld {
				return effects{c.tell(c.operator(), "exit-chair-replaced"), c.tell(c.agency(identity.LegalReviewer), "exit-chair-replaced")}
			}
			return effects{c.tell(c.operator(), "exit-chair-stays")}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e HearingRecorded, _ at) {
			c.Oral.Record, c.Oral.Attended, c.Oral.Summary = e.Record, e.Attended, e.Summary
		}), func(c *Exit, _ HearingRecorded, _ at) effects {
			return effects{c.tell(c.operator(), "exit-hearing-recorded")}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e HearingClosed, at at) {
			if c.Oral.Unsigned = e.Unsigned; e.Unsigned == "" {
				c.Oral.SignedBy = at.By
			}
			c.Oral.ClosedAt = &at.At
			c.State, c.Pending = e.State, e.Pending
		}), func(c *Exit, e HearingClosed, _ at) effects {
			if e.State == Deciding {
				return effects{c.tellDeciders()}
			}
			return nil
		}),
	}
}
