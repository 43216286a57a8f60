package exit

import (
	"slices"
	"time"

	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
)

// investigation is the step of who opened the exit or looked into it: by the separation of duty he neither chairs the hearing nor votes nor decides
// (行政处罚法 Art. 64).
const investigation = "exit-investigation"

// Consequences are what the notice announces beside the end of the authorisation; the decision may fall short of them and not exceed them
// (行政处罚法 Art. 45).
type Consequences struct {
	Way       string       `json:"way"`
	Money     policy.Money `json:"money"`
	BanMonths int          `json:"ban_months,omitempty"`
}

// Cure is one report of the operator that it has put right what was wrong, with what the agency found of it.
type Cure struct {
	Text        string      `json:"text"`
	Attachments []string    `json:"attachments"`
	At          time.Time   `json:"at"`
	By          identity.By `json:"by"`
	Accepted    bool        `json:"accepted,omitempty"`
	Reason      string      `json:"reason,omitempty"` // of who looked into it
	AssessedAt  *time.Time  `json:"assessed_at,omitempty"`
	AssessedBy  identity.By `json:"assessed_by,omitzero"`
}

// Resolved is a resolution as the case received it.
type Resolved struct {
	Hash       string                `json:"hash"`
	Resolution resolution.Resolution `json:"resolution"`
}

// Related is another open case of the same operator.
type Related struct {
	Case   string          `json:"case"`
	Kind   lifecycle.Kind  `json:"kind"`
	State  lifecycle.State `json:"state"`
	Agency string          `json:"agency,omitempty"`
}

// The inputs of cure.
type (
	// CureInput reports a cure.
	CureInput struct {
		Text        string   `json:"text" maxLength:"4000" doc:"what was done to put it right"`
		Attachments []string `json:"attachments" minItems:"1" doc:"digests of uploaded evidence"`
	}
)

// The events of cure and meeting.
type (
	// CureReported records what the operator says it has done.
	CureReported struct {
		Text        string   `json:"text"`
		Attachments []string `json:"attachments"`
	}
	// CureAssessed records what the agency found of it.
	CureAssessed struct {
		Accepted bool   `json:"accepted"`
		Reason   string `json:"reason"`
	}
	// IntentionNotified tells the operator, once the time to cure is over, that the authorisation is to be ended.
	IntentionNotified struct{}
	// ResolutionRecorded records what a meeting decided.
	ResolutionRecorded struct {
		Resolution resolution.Resolution `json:"resolution"`
		Hash       string                `json:"hash"`
		State      lifecycle.State       `json:"state"`
		Pending    *lifecycle.Pending    `json:"pending,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (CureReported) EventType() string { return "cure-reported" }

// EventType implements lifecycle.Content.
func (CureAssessed) EventType() string { return "cure-assessed" }

// EventType implements lifecycle.Content.
func (IntentionNotified) EventType() string { return "intention-notified" }

// EventType implements lifecycle.Content.
func (ResolutionRecorded) EventType() string { return "resolution-recorded" }

// The names of the limits of an exit in full before the decision.
const (
	cureLimit           = "cure"
	assessmentLimit     = "assessment"
	hearingRequestLimit = "hearing-request"
	hearingLimit        = "hearing"
	resolutionLimit     = "resolution"
)

// InFull reports whether the exit has the procedure of newer profiles; one that has not goes on as it began.
func (c *Exit) InFull() bool { return c.Way != nil }

// takeWay makes the exit one in full; whoever asked for it on the agency's side counts as who investigates.
func (c *Exit) takeWay(way *policy.ExitWay) {
	if c.Way = way; way == nil {
		return
	}
	for _, by := range []*identity.By{&c.Request.RequestedBy, c.Request.AgreedBy} {
		if by != nil && by.Organization == c.Agency {
			c.Acted(investigation, by.Person)
		}
	}
}

// Curable reports whether the operator is given time to put right what is wrong.
func (c *Exit) Curable() bool { return c.InFull() && c.Way.Cure && c.Ground.Cure && c.Ground.Adverse }

// intended is what the profile attaches to the ground's way.
func (c *Exit) intended(rules policy.ExitRules) *Consequences {
	out := &Consequences{Way: c.Ground.Way, Money: c.Way.Owed(c.Ground)}
	if c.Way.Ban {
		out.BanMonths = months(rules.Procedure.Ban)
	}
	return out
}

// noticeInFull goes on as ground and way demand: an expiry is wound down, what can be cured may be, an adverse ground hears the operator first.
func (c *Exit) noticeInFull(in ResultInput, env lifecycle.Env) (contents, refused) {
	notice := NoticeServed{Result: in.Result, Intended: c.intended(env.Policy.Exit), Related: c.others(env)}
	if !c.important(env) {
		notice.Dropped = []string{ReportImportant}
	}
	rules := env.Policy.Exit.Procedure
	switch {
	case c.Ground.Trigger == policy.ByExpiry:
		notice.State = WindingDown
		return result(in.Result, notice, WindDownBegun{})
	case c.Curable():
		notice.State = Curing
		return result(in.Result, notice, env.Limit(cureLimit, rules.Cure, c.operator(), lifecycle.Recipients{}))
	case c.Ground.Adverse:
		notice.State = Hearing
		return result(in.Result, append(contents{notice}, c.hear(env)...)...)
	case c.Way.Meeting:
		notice.State, notice.Pending = Resolving, c.pending(env)
		return result(in.Result, notice, c.untilResolution(env))
	default:
		notice.State = Deciding
		return result(in.Result, notice, c.untilDecision(env))
	}
}

// hear starts the period of statement and defence, and that in which a hearing can be asked for.
func (c *Exit) hear(env lifecycle.Env) contents {
	out := contents{env.Limit(statementLimit, env.Policy.Exit.Statement, c.operator(), lifecycle.Recipients{})}
	if c.Way.Hearing {
		out = append(out, env.Limit(hearingRequestLimit, env.Policy.Exit.Procedure.HearingRequest, c.operator(), lifecycle.Recipients{}))
	}
	return out
}

func (c *Exit) others(env lifecycle.Env) []Related {
	var out []Related
	for _, h := range env.Facts.Open[c.Applicant] {
		if h.ID != c.ID && h.ID != c.Authorization {
			out = append(out, Related{Case: h.ID, Kind: h.Kind, State: h.State, Agency: h.Agency})
		}
	}
	return out
}

// important reports whether the authorisation rests on important data by its present grade.
func (c *Exit) important(env lifecycle.Env) bool {
	return slices.ContainsFunc(c.Request.Resources, func(id string) bool {
		g, graded := env.Facts.Gradings[id]
		return graded && g.Grade != grading.General
	})
}

func needOthers(c *Exit, _ ResultInput) lifecycle.Needs {
	if c.Applicant == "" || !c.InFull() {
		return lifecycle.Needs{}
	}
	return lifecycle.Needs{OpenOf: []string{c.Applicant}, Gradings: c.Request.Resources}
}

// cured is the last report of a cure, or nil.
func (c *Exit) cured() *Cure {
	if len(c.Cures) == 0 {
		return nil
	}
	return &c.Cures[len(c.Cures)-1]
}

func (c *Exit) toAssess() bool { return c.cured() != nil && c.cured().AssessedAt == nil }

var cureToAssess = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "有待核验的改正报告", EN: "a cure was reported and is to be assessed"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		if !c.toAssess() {
			return refusal.ExitNoCure.With()
		}
		return nil
	},
}

var noCureToAssess = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "没有待核验的改正报告，改正期未满", EN: "no report waits to be assessed, and the time to cure is not over"},
	Check: func(c *Exit, _ lifecycle.Env) refused {
		if d := c.Deadline(cureLimit); c.toAssess() || d == nil || !d.Open() {
			return refusal.ExitCureReported.With()
		}
		return nil
	},
}

func reportCure(c *Exit, in CureInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("text", in.Text, maxText)
	f.Unless(len(in.Attachments) > 0, refusal.Required.At("attachments"))
	env.CheckFiles(&f, "attachments", in.Attachments, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	officers := c.agency(identity.CaseOfficer)
	return contents{CureReported(in), env.Limit(assessmentLimit, env.Policy.Exit.Procedure.Assessment, officers, c.agency(identity.Administrator))}, nil
}

func acceptCure(c *Exit, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(contents{CureAssessed{Accepted: true, Reason: in.Reason}}, c.EndDeadlines()...), nil
}

// rejectCure leaves what is left of the time to cure; when that is over it goes on to statement and defence.
func rejectCure(c *Exit, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	out := append(contents{CureAssessed{Reason: in.Reason}}, c.EndDeadlines(assessmentLimit)...)
	if d := c.Deadline(cureLimit); d == nil || !d.Open() {
		out = append(append(out, IntentionNotified{}), c.hear(env)...)
	}
	return out, nil
}

func (in ReasonInput) check() refused {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxText)
	return f.Refusal()
}

// afterDefence ends the period of statement and defence: the hearing comes before a meeting, and a meeting before the decision.
func (c *Exit) afterDefence(waived bool, env lifecycle.Env) contents {
	closed := DefenceClosed{Waived: waived}
	switch {
	case c.Oral.open():
		closed.State = InHearing
		return contents{closed}
	case c.InFull() && c.Way.Meeting:
		closed.State, closed.Pending = Resolving, c.pending(env)
		return contents{closed, c.untilResolution(env)}
	default:
		return contents{closed, c.untilDecision(env)}
	}
}

// pending is what a meeting decides on: ground, evidence, defence and the record of the hearing.
func (c *Exit) pending(env lifecycle.Env) *lifecycle.Pending {
	content := struct {
		Request    Request
		Way        string
		Statements []Statement
		Oral       *Oral
	}{c.Request, c.Ground.Way, c.Defence.Statements, c.Oral}
	rules := env.Policy.Exit.Procedure.Resolution
	p := &lifecycle.Pending{Decision: resolution.Exit, ContentHash: lifecycle.ContentHash(content), BodyKind: rules.BodyKind}
	if rules.BodyKind == identity.Agency {
		p.Body = c.Agency
	}
	return p
}

func (c *Exit) untilResolution(env lifecycle.Env) lifecycle.DeadlineStarted {
	secretaries := c.agency(identity.Secretary)
	return env.Limit(resolutionLimit, env.Policy.Exit.Procedure.Resolution.Limit, secretaries, c.agency(identity.Administrator))
}

// recordResolution takes a resolution after checking it as if nobody were to be trusted. One that neither agrees nor refuses leaves the case waiting.
func recordResolution(c *Exit, in resolution.Resolution, env lifecycle.Env) (contents, refused) {
	taken := make([]string, len(c.Resolutions))
	for i, r := range c.Resolutions {
		taken[i] = r.Resolution.ID
	}
	if r := resolution.Receive(in, &c.Header, taken, env.Policy); r != nil {
		return nil, r
	}
	recorded := ResolutionRecorded{Resolution: in, Hash: in.Hash(), State: Deciding}
	out := c.EndDeadlines(resolutionLimit)
	if in.Outcome == resolution.Agreed || in.Outcome == resolution.Refused {
		return append(append(contents{recorded}, out...), c.untilDecision(env)), nil
	}
	recorded.State, recorded.Pending = Resolving, c.Pending
	return append(append(contents{recorded}, out...), c.untilResolution(env)), nil
}

// resolved is what the last resolution leaves the decider: its ID and the one verdict that carries it out; empty when there is none.
func (c *Exit) resolved() (id string, verdict Verdict) {
	if len(c.Resolutions) == 0 {
		return "", ""
	}
	last := c.Resolutions[len(c.Resolutions)-1].Resolution
	if last.Outcome == resolution.Agreed {
		return last.ID, Terminate
	}
	return last.ID, Continue
}

// decideInFull adds what an exit in full decides besides. Nothing may be graver than the notice announced.
func (c *Exit) decideInFull(in DecisionInput, taken *DecisionTaken, f *refusal.Faults) {
	if !c.InFull() {
		f.Unless(in.BanMonths == 0, refusal.ExitGraver.At("ban_months"))
		f.Unless(!in.Harm, refusal.ExitNoHarm.At("harm"))
		return
	}
	f.Unless(in.BanMonths >= 0, refusal.NotNegative.At("ban_months"))
	f.Unless(in.BanMonths <= c.Intended.BanMonths, refusal.ExitGraver.At("ban_months"))
	f.Unless(!in.Harm || c.Way.Harm, refusal.ExitNoHarm.At("harm"))
	f.Unless(!in.Harm || in.Outcome == Continue, refusal.ExitHarm.At("outcome"))
	id, verdict := c.resolved()
	f.Unless(verdict == "" || verdict == in.Outcome || in.Harm, refusal.ExitAgainstResolution.At("outcome"))
	taken.Harm, taken.Resolution = in.Harm, id
	if in.Outcome == Terminate {
		taken.Money, taken.BanMonths = c.Intended.Money, in.BanMonths
	}
	if c.Oral != nil {
		taken.Record = c.Oral.Record
	}
}

func procedureEvents() []lifecycle.EventType[*Exit] {
	type at = lifecycle.Event
	return append([]lifecycle.EventType[*Exit]{
		lifecycle.Sending(lifecycle.On(func(c *Exit, e CureReported, at at) {
			c.Cures = append(c.Cures, Cure{Text: e.Text, Attachments: e.Attachments, At: at.At, By: at.By})
		}), func(c *Exit, _ CureReported, _ at) effects {
			return effects{c.tell(c.agency(identity.CaseOfficer), "exit-cure-reported", "due", c.due(assessmentLimit))}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e CureAssessed, at at) {
			cure := c.cured()
			cure.Accepted, cure.Reason, cure.AssessedAt, cure.AssessedBy = e.Accepted, e.Reason, &at.At, at.By
			c.Acted(investigation, at.By.Person)
			if e.Accepted {
				c.State = Stopping
			}
		}), func(c *Exit, e CureAssessed, _ at) effects {
			if e.Accepted {
				return effects{c.tell(c.operator(), "exit-cure-accepted")}
			}
			return effects{c.tell(c.operator(), "exit-cure-rejected")}
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, _ IntentionNotified, _ at) { c.State = Hearing }),
			func(c *Exit, _ IntentionNotified, _ at) effects {
				return effects{c.tell(c.operator(), "exit-notice-adverse", "due", c.due(statementLimit))}
			}),
		lifecycle.On(func(c *Exit, e ResolutionRecorded, _ at) {
			c.State, c.Pending = e.State, e.Pending
			c.Resolutions = append(c.Resolutions, Resolved{Hash: e.Hash, Resolution: e.Resolution})
			if !slices.Contains(c.Deciders, e.Resolution.Body) {
				c.Deciders = append(c.Deciders, e.Resolution.Body)
			}
			for _, v := range e.Resolution.Votes {
				c.Acted(resolution.Step(e.Resolution.Decision), v.Person)
			}
		}),
	}, oralEvents()...)
}
