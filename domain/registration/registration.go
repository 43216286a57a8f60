// Package registration is the case of one registration of a public data resource, or of a product or service: its application, acceptance, formal review,
// public notice and code, and whatever is changed, corrected, renewed and ended of it later (26号).
package registration

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Kind is the name of this kind of case.
const Kind lifecycle.Kind = "registration"

// Registration is the folded state of one registration. Its applicant is the registrant (登记主体), its body the registry (登记机构).
type Registration struct {
	lifecycle.Header

	Drafted    Application  `json:"drafted"`              // as last edited by the registrant
	Entry      *Application `json:"entry,omitempty"`      // what is registered; nil before the code
	Procedures []Procedure  `json:"procedures,omitempty"` // oldest first; the last one may be under way
	Code       *Code        `json:"code,omitempty"`       // nil before it was assigned
	Valid      *Validity    `json:"valid,omitempty"`      // nil before the code
	Window     bool         `json:"window,omitempty"`     // renewal may be applied for
	Conduct    []Misconduct `json:"conduct,omitempty"`
	Closing    *Closing     `json:"closing,omitempty"` // nil while the case is open

	Mandate       *Agent         `json:"mandate,omitempty"`       // in force, of an agent who acts in the system; nil when there is none
	Confirmations []Confirmation `json:"confirmations,omitempty"` // the last of each joint registrant
}

// Type is a type of registration (26号 Art. 9 and 15).
type Type string

// The types.
const (
	First          Type = "first"          // 首次登记
	Change         Type = "change"         // 变更登记
	Correction     Type = "correction"     // 更正登记
	Renewal        Type = "renewal"        // 续展
	Deregistration Type = "deregistration" // 注销登记
)

// Procedure is one application to the registry and what became of it.
type Procedure struct {
	No         int          `json:"no"` // 1, 2 … within the case
	Type       Type         `json:"type"`
	Request    Request      `json:"request"`
	Submitted  []Submission `json:"submitted,omitempty"` // of a first or change registration, oldest first
	At         time.Time    `json:"at"`
	By         identity.By  `json:"by"`
	For        string       `json:"for,omitempty"`  // the registrant, when its agent applied
	Late       bool         `json:"late,omitempty"` // after the limit from supply or delivery (26号 Art. 9(1))
	Missing    []Missing    `json:"missing,omitempty"`
	Returns    int          `json:"returns,omitempty"`
	Consent    *identity.By `json:"consent,omitempty"` // of the registrant, to a correction that somebody else asked for
	AcceptedAt *time.Time   `json:"accepted_at,omitempty"`
	Delay      *Reasons     `json:"delay,omitempty"` // why the formal review took longer, as the registrant was told
	Opinion    *Reasons     `json:"opinion,omitempty"`
	Notice     *Notice      `json:"notice,omitempty"`
	Objections []Objection  `json:"objections,omitempty"`
	Result     Result       `json:"result,omitempty"` // empty while it is under way
	Reasons    string       `json:"reasons,omitempty"`
	EndedAt    *time.Time   `json:"ended_at,omitempty"`
}

// Result is how a procedure ended.
type Result string

// The results.
const (
	Granted     Result = "granted"
	NotAccepted Result = "not-accepted" // 不予受理
	NotPassed   Result = "not-passed"   // 形式审核不通过
	Ended       Result = "ended"        // 终止登记: an objection was upheld (26号 Art. 12)
	Withdrawn   Result = "withdrawn"    // by the registrant
	Dropped     Result = "dropped"      // the registration itself ended meanwhile
)

// Request is what is asked for beside the content of an application.
type Request struct {
	Statement   string   `json:"statement,omitempty"`
	Attachments []string `json:"attachments,omitempty"`
	Ground      string   `json:"ground,omitempty"` // of deregistration: one of the profile's
	Name        string   `json:"name,omitempty"`   // as corrected
	Brief       string   `json:"brief,omitempty"`  // as corrected
	Months      int      `json:"months,omitempty"` // of renewal
}

// Submission is one version of an application as handed in.
type Submission struct {
	Hash    string      `json:"hash"`
	Content Application `json:"content"`
	At      time.Time   `json:"at"`
	By      identity.By `json:"by"`
}

// Missing is one item that the registry found missing or wrong, all of them at once (一次性告知, 26号 Art. 10).
type Missing struct {
	Path string `json:"path" maxLength:"200" doc:"field of the application"`
	Text string `json:"text" maxLength:"1000"`
}

// Reasons are somebody's reasons in words.
type Reasons struct {
	Text string      `json:"text"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Notice is the public notice of a registration (公示, 26号 Art. 12): the only four things that the public is told, and for how long.
type Notice struct {
	Registrant string        `json:"registrant"` // organisation ID
	Type       Type          `json:"type"`
	Name       string        `json:"name"`
	Brief      string        `json:"brief"`
	From       calendar.Date `json:"from"`
	Until      calendar.Date `json:"until"` // last day on which an objection can be raised
}

// Objection is one objection to a registration under public notice: by name and with evidence (26号 Art. 12).
type Objection struct {
	No        int         `json:"no"`
	Name      string      `json:"name"` // real name of the objector, or of the organisation
	Statement string      `json:"statement"`
	Evidence  []string    `json:"evidence"`
	Lodged    bool        `json:"lodged,omitempty"` // on paper, entered by the registry
	Task      string      `json:"task"`             // of re-checking it
	By        identity.By `json:"by"`
	At        time.Time   `json:"at"`
	Answer    *Answer     `json:"answer,omitempty"`
}

// Answer is what re-checking an objection came to.
type Answer struct {
	Upheld bool `json:"upheld"`
	Reasons
}

// Code is the code by which the result of a registration can be looked up (登记结果查询码), as the registration platform assigned it.
// Its format is the platform's own business: the system keeps it as it is and never makes one.
type Code struct {
	Code         string        `json:"code"`
	Confirmation string        `json:"confirmation"` // number of the confirmation 登记确认单编号
	On           calendar.Date `json:"on"`
	By           identity.By   `json:"by"`
}

// Validity is the time for which a registration counts, both days among it.
type Validity struct {
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
}

// Misconduct is a finding against the registrant or the registry (26号 Art. 19 and 20).
type Misconduct struct {
	No       int         `json:"no"`
	Of       Side        `json:"of"`
	Ground   string      `json:"ground"`            // one of the profile's
	Measure  string      `json:"measure,omitempty"` // against a registry: one of the profile's
	Facts    string      `json:"facts"`
	Evidence []string    `json:"evidence"`
	By       identity.By `json:"by"`
	At       time.Time   `json:"at"`
}

// Side is whose conduct a finding is about.
type Side string

// The sides.
const (
	OfRegistrant Side = "registrant"
	OfRegistry   Side = "registry"
)

// Closing is how and why a case closed.
type Closing struct {
	Outcome Outcome   `json:"outcome"`
	Ground  string    `json:"ground,omitempty"`
	Reasons string    `json:"reasons,omitempty"`
	At      time.Time `json:"at"`
}

// Outcome is how a case closed.
type Outcome string

// The outcomes.
const (
	WasDeleted      Outcome = "deleted"
	WasWithdrawn    Outcome = "withdrawn"
	WasRefused      Outcome = "refused"      // 不予受理 or 不予登记
	WasEnded        Outcome = "ended"        // 终止登记
	WasDeregistered Outcome = "deregistered" // 注销
	WasRevoked      Outcome = "revoked"      // 撤销登记
)

// Machine is the state table made ready for use.
var Machine = table().Compile()

// Current returns the newest procedure, under way or not; nil in a draft.
func (r *Registration) Current() *Procedure {
	if len(r.Procedures) == 0 {
		return nil
	}
	return &r.Procedures[len(r.Procedures)-1]
}

// underWay returns the procedure that the registry deals with; nil when there is none.
func (r *Registration) underWay() *Procedure {
	if p := r.Current(); p != nil && p.Result == "" {
		return p
	}
	return nil
}

// open lists the objections that have no answer yet.
func (p *Procedure) open() []Objection {
	var out []Objection
	for _, o := range p.Objections {
		if o.Answer == nil {
			out = append(out, o)
		}
	}
	return out
}

// byRegistrant reports whether the registrant asked, itself or by its agent.
func (r *Registration) byRegistrant(p *Procedure) bool {
	return p.By.Organization == r.Applicant || p.For == r.Applicant && p.For != ""
}

// registrants are those who act for the registrant: its own clerks and its agent's.
func (r *Registration) registrants() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: r.Applicant, Also: r.Agent, Role: identity.Registrant}
}

func (r *Registration) registrars() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: r.Body, Role: identity.Registrar}
}

type contents = []lifecycle.Content

type refused = *refusal.Refusal
