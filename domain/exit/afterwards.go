package exit

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Duty is a duty that outlives the authorisation, until the end of its limit or, for what is owed, until it is discharged.
type Duty struct {
	policy.Source
	Code  string        `json:"code"`
	Title text.Text     `json:"title"`
	Until calendar.Date `json:"until"`
	Owed  bool          `json:"owed,omitempty"` // by the agency: it does not end by itself
	EndAt *time.Time    `json:"end_at,omitempty"`
	Proof string        `json:"proof,omitempty"` // attachment
	Note  string        `json:"note,omitempty"`
}

// Ban keeps the operator from applying again.
type Ban struct {
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	LiftedAt *time.Time    `json:"lifted_at,omitempty"`
}

// Listing is an entry on the blacklist 失信名单 with what came of an appeal.
type Listing struct {
	Reason   string       `json:"reason"`
	At       time.Time    `json:"at"`
	By       identity.By  `json:"by"`
	Appeal   string       `json:"appeal,omitempty"`
	AppealAt *time.Time   `json:"appeal_at,omitempty"`
	Answer   string       `json:"answer,omitempty"` // empty while the appeal is open
	Answerer *identity.By `json:"answered_by,omitempty"`
	Struck   bool         `json:"struck,omitempty"`
}

func (l *Listing) appealed() bool { return l != nil && l.AppealAt != nil && l.Answer == "" }

// The inputs of what comes afterwards.
type (
	// DischargeInput ends what the agency owes.
	DischargeInput struct {
		Duty  string `json:"duty" maxLength:"100" doc:"code of the duty"`
		Proof string `json:"proof" doc:"digest of the attachment that proves it"`
		Note  string `json:"note" maxLength:"4000"`
	}
	// AppealAnswerInput answers an appeal against the blacklist.
	AppealAnswerInput struct {
		Strike bool   `json:"strike,omitempty" doc:"the entry is struck off"`
		Reason string `json:"reason" maxLength:"4000"`
	}
)

// The events of what comes afterwards.
type (
	// WoundDown closes the wind-down; the authorisation is at its end, and duties go on.
	WoundDown struct {
		Duties []Duty `json:"duties,omitempty"`
	}
	// MoneyOwed adds what the agency owes because nothing can be undone any more.
	MoneyOwed struct {
		Duty Duty `json:"duty"`
	}
	// DutyEnded ends a duty.
	DutyEnded struct {
		Duty  string `json:"duty"`
		Proof string `json:"proof,omitempty"`
		Note  string `json:"note,omitempty"`
	}
	// Blacklisted enters the operator into the blacklist.
	Blacklisted struct {
		Reason string `json:"reason"`
	}
	// ListingAppealed records an appeal.
	ListingAppealed struct {
		Reason string `json:"reason"`
	}
	// AppealAnswered answers it.
	AppealAnswered struct {
		Strike bool   `json:"strike,omitempty"`
		Reason string `json:"reason"`
	}
	// ExitConcluded closes the case once nothing is left of it.
	ExitConcluded struct{}
)

// EventType implements lifecycle.Content.
func (WoundDown) EventType() string { return "wound-down" }

// EventType implements lifecycle.Content.
func (MoneyOwed) EventType() string { return "money-owed" }

// EventType implements lifecycle.Content.
func (DutyEnded) EventType() string { return "duty-ended" }

// EventType implements lifecycle.Content.
func (Blacklisted) EventType() string { return "blacklisted" }

// EventType implements lifecycle.Content.
func (ListingAppealed) EventType() string { return "listing-appealed" }

// EventType implements lifecycle.Content.
func (AppealAnswered) EventType() string { return "appeal-answered" }

// EventType implements lifecycle.Content.
func (ExitConcluded) EventType() string { return "exit-concluded" }

const (
	banLimit    = "ban"
	appealLimit = "appeal"
)

// LimitName is the name of the time limit of the duty.
func (d Duty) LimitName() string { return "duty-" + d.Code }

// months are those of a limit that is counted in months.
func months(l policy.Limit) int {
	n, ok := l.Span.Span.(calendar.Months)
	if !ok {
		return 0
	}
	return int(n)
}

// Banned reports whether the operator may not apply on a day: from service to its end, unless it is stayed or lifted.
func (c *Exit) Banned(on calendar.Date) bool {
	return c.Ban != nil && c.Ban.LiftedAt == nil && c.Stay == nil && !on.Before(c.Ban.From) && on.Before(c.Ban.Until)
}

// ban starts with service and lasts as long as was decided.
func (c *Exit) ban(served calendar.Date) *Ban {
	if c.Decision.BanMonths == 0 {
		return nil
	}
	return &Ban{From: served, Until: served.AddMonths(c.Decision.BanMonths)}
}

// closeInFull reports the end to the authorisation and lets the duties run that outlive it. Each keeps its own time, and the case is closed when all are over.
func closeInFull(c *Exit, env lifecycle.Env) contents {
	rules := env.Policy.Exit.Procedure
	var duties []Duty
	var limits contents
	for _, r := range rules.Duties {
		limit := env.Limit("duty-"+r.Code, r.Limit, c.operator(), lifecycle.Recipients{})
		limits = append(limits, limit)
		duties = append(duties, Duty{Source: r.Limit.Source, Code: r.Code, Title: r.Title, Until: limit.Deadline.Due.On})
	}
	if today := calendar.DateOf(env.Now); c.Ban != nil && today.Before(c.Ban.Until) {
		limits = append(limits, env.LimitOn(banLimit, rules.Ban, c.Ban.Until, c.operator(), lifecycle.Recipients{}))
	}
	out := append(contents{WoundDown{Duties: duties}}, limits...)
	if len(limits) == 0 && c.over(env, 0) {
		out = append(out, ExitConcluded{})
	}
	return out
}

// owe lets the agency settle what it owes after an annulment that comes too late to undo anything.
func (c *Exit) owe(review int, env lifecycle.Env) contents {
	limit := env.Policy.Exit.Procedure.MakingGood
	duty := Duty{
		Source: limit.Source, Code: "making-good-" + c.Reviews[review-1].Number, Owed: true,
		Title: text.Text{ZH: "复议或者诉讼后的补偿、赔偿", EN: "compensation or damages after the review"},
	}
	started := env.Limit(duty.LimitName(), limit, c.agency(identity.CaseOfficer), c.agency(identity.Administrator))
	duty.Until = started.Deadline.Due.On
	return contents{MoneyOwed{Duty: duty}, started}
}

// over reports whether nothing is left of the case but what a decision just ends: no limit runs, nothing is owed, and no review but the one of the
// number and no appeal is pending.
func (c *Exit) over(env lifecycle.Env, review int, ended ...string) bool {
	for _, r := range c.Reviews {
		if r.Result == "" && r.No != review {
			return false
		}
	}
	for _, d := range c.Duties {
		if d.Owed && d.EndAt == nil && !slices.Contains(ended, d.LimitName()) {
			return false
		}
	}
	for _, d := range c.Deadlines {
		if d.Open() && !slices.Contains(ended, d.Name) && env.Now.Before(d.Due.At) {
			return false
		}
	}
	return !c.Listing.appealed() || slices.Contains(ended, appealLimit)
}

// conclude closes a case of which nothing else is left.
func (c *Exit) conclude(env lifecycle.Env, review int, ended ...string) contents {
	if c.State != Surviving || !c.over(env, review, ended...) {
		return nil
	}
	return append(contents{ExitConcluded{}}, c.EndDeadlines()...)
}

// endDue follows a limit of the time afterwards that has passed. Of several that pass at once the last closes the case.
func (c *Exit) endDue(d lifecycle.Deadline, env lifecycle.Env) contents {
	var out contents
	for _, duty := range c.Duties {
		if duty.LimitName() == d.Name && !duty.Owed {
			out = append(out, DutyEnded{Duty: duty.Code})
		}
	}
	for i := len(c.Deadlines) - 1; i >= 0; i-- {
		if o := c.Deadlines[i]; o.Running() && !env.Now.Before(o.Due.At) {
			if o.Name == d.Name && c.State == Surviving && c.over(env, 0) {
				out = append(out, ExitConcluded{})
			}
			break
		}
	}
	return out
}

var (
	owes    = when("有待履行的补偿、赔偿义务", "the agency owes something", func(c *Exit, _ lifecycle.Env) bool { return c.owed("") != nil }, refusal.ExitNoDuty)
	adverse = when("不利于运营机构的终止决定已送达，且未列入", "a decision against the operator is served, and it is not listed", func(c *Exit, _ lifecycle.Env) bool {
		return c.InFull() && c.Ground.Adverse && c.Way.Ban && c.Listing == nil
	}, refusal.ExitNoListing)
	listed    = when("已列入且未申诉", "it is listed and has not appealed", func(c *Exit, _ lifecycle.Env) bool { return c.Listing != nil && c.Listing.AppealAt == nil }, refusal.ExitNoListing)
	appealing = when("有待答复的申诉", "an appeal waits for an answer", func(c *Exit, _ lifecycle.Env) bool { return c.Listing.appealed() }, refusal.ExitNoListing)
	notLister = when("不是作出列入的人", "is not who entered it", func(c *Exit, env lifecycle.Env) bool { return c.Listing.By.Person != env.Actor.Person }, refusal.ExitOwnListing)
)

// owed is what the agency owes by the code, or anything for none.
func (c *Exit) owed(code string) *Duty {
	for i := range c.Duties {
		if d := &c.Duties[i]; d.Owed && d.EndAt == nil && (code == "" || d.Code == code) {
			return d
		}
	}
	return nil
}

func needDischarge(_ *Exit, in DischargeInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: []string{in.Proof}}
}

func discharge(c *Exit, in DischargeInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	d := c.owed(in.Duty)
	f.Unless(in.Duty != "" && d != nil, refusal.UnknownReference.At("duty"))
	env.CheckFile(&f, "proof", in.Proof, env.By.Organization)
	f.Text("note", in.Note, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{DutyEnded(in)}, c.EndDeadlines(d.LimitName())...)
	return append(out, c.conclude(env, 0, d.LimitName())...), nil
}

func blacklist(_ *Exit, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return contents{Blacklisted(in)}, nil
}

func appeal(c *Exit, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	deciders := c.agency(identity.ExitDecider)
	return contents{ListingAppealed(in), env.Limit(appealLimit, env.Policy.Exit.Procedure.Appeal, deciders, c.agency(identity.Administrator))}, nil
}

func answerAppeal(c *Exit, in AppealAnswerInput, env lifecycle.Env) (contents, refused) {
	if r := (ReasonInput{Reason: in.Reason}).check(); r != nil {
		return nil, r
	}
	out := append(contents{AppealAnswered(in)}, c.EndDeadlines(appealLimit)...)
	return append(out, c.conclude(env, 0, appealLimit)...), nil
}

func afterEvents() []lifecycle.EventType[*Exit] {
	type at = lifecycle.Event
	return []lifecycle.EventType[*Exit]{
		lifecycle.Sending(lifecycle.On(func(c *Exit, e WoundDown, _ at) {
			c.State, c.Outcome, c.Duties = Surviving, OutcomeClosed, append(c.Duties, e.Duties...)
		}), func(c *Exit, _ WoundDown, at at) effects { return report(c, ExitEnded{Outcome: OutcomeClosed}, at) }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e MoneyOwed, _ at) { c.Duties = append(c.Duties, e.Duty) }),
			func(c *Exit, _ MoneyOwed, _ at) effects { return c.tellBoth("exit-money-owed") }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e DutyEnded, at at) {
			for i := range c.Duties {
				if d := &c.Duties[i]; d.Code == e.Duty {
					d.EndAt, d.Proof, d.Note = &at.At, e.Proof, e.Note
				}
			}
		}), func(c *Exit, _ DutyEnded, _ at) effects { return effects{c.tell(c.operator(), "exit-duty-ended")} }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e Blacklisted, at at) { c.Listing = &Listing{Reason: e.Reason, At: at.At, By: at.By} }),
			func(c *Exit, _ Blacklisted, _ at) effects { return effects{c.tell(c.operator(), "exit-blacklisted")} }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ListingAppealed, at at) { c.Listing.Appeal, c.Listing.AppealAt = e.Reason, &at.At }),
			func(c *Exit, _ ListingAppealed, _ at) effects {
				return effects{c.tell(c.agency(identity.ExitDecider), "exit-listing-appealed", "due", c.due(appealLimit))}
			}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e AppealAnswered, at at) {
			c.Listing.Answer, c.Listing.Struck, c.Listing.Answerer = e.Reason, e.Strike, &at.By
		}), func(c *Exit, _ AppealAnswered, _ at) effects {
			return effects{c.tell(c.operator(), "exit-appeal-answered")}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, _ ExitConcluded, _ at) { c.State = Closed }),
			func(c *Exit, _ ExitConcluded, _ at) effects { return c.tellBoth("exit-closed") }),
	}
}
