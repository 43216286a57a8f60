// Package policy describes the rules of authorised operation as data: which reviews, limits, thresholds, grounds and duties apply.
// A profile is immutable once loaded and pinned to each case by its hash.
package policy

import (
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// Mark says how a figure was verified against its source.
type Mark string

// The marks, from certain to doubtful.
const (
	SeenFull Mark = "seen-full" // the article itself was read
	Seen     Mark = "seen"      // read in an excerpt, a summary or a press text
	Derived  Mark = "derived"   // calculated or concluded from marked facts
	Known    Mark = "known"     // general knowledge, not re-read
	Default  Mark = "default"   // this system's choice where no rule sets a figure
	Unsure   Mark = "unsure"    // to be verified before anyone relies on it
)

// Source says where a rule comes from.
type Source struct {
	Article string `yaml:"article" json:"article"` // such as "27号 Art. 13"
	Mark    Mark   `yaml:"mark" json:"mark"`
}

// Limit is a time limit with its rule in words and its source.
type Limit struct {
	Source       `yaml:",inline"`
	Span         Span      `yaml:"span" json:"span"`
	Rule         text.Text `yaml:"rule" json:"rule"`
	RemindBefore int       `yaml:"remind_before,omitempty" json:"remind_before,omitempty"` // working days before the due date; 0 for no reminder
}

// Span is a calendar.Span that reads and writes text such as "3 working_days".
type Span struct{ calendar.Span }

// MarshalText implements encoding.TextMarshaler.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Span) UnmarshalText(raw []byte) error {
	span, err := calendar.ParseSpan(string(raw))
	s.Span = span
	return err
}

// Profile is one version of the rules of a region or sector. The yaml tags name the fields of a profile's file; every field must be
// there unless it is omitempty.
type Profile struct {
	Name    string       `yaml:"name" json:"name"` // lower-case letters, digits and hyphens
	Version int          `yaml:"version" json:"version"`
	Title   text.Text    `yaml:"title" json:"title"`
	Basis   []Instrument `yaml:"basis" json:"basis"`
	Hash    string       `yaml:"-" json:"hash"` // "sha256:…" of the file as loaded

	Application Application    `yaml:"application" json:"application"`
	Review      ReviewPhase    `yaml:"review" json:"review"`
	Decisions   Decisions      `yaml:"decisions" json:"decisions"`
	Agreement   AgreementRules `yaml:"agreement" json:"agreement"`
	Operation   Operation      `yaml:"operation" json:"operation"`
	Exit        ExitRules      `yaml:"exit" json:"exit"`

	Registration   *Registration   `yaml:"registration,omitempty" json:"registration,omitempty"`     // nil in profiles older than registrations
	Plan           *Plan           `yaml:"plan,omitempty" json:"plan,omitempty"`                     // nil in profiles older than plans as cases: authorisations then rest on a plan in words
	Product        *Product        `yaml:"product,omitempty" json:"product,omitempty"`               // nil in profiles older than products as cases: authorisations then list their products themselves
	Grading        *Grading        `yaml:"grading,omitempty" json:"grading,omitempty"`               // nil in profiles older than its rules
	Supervision    *Supervision    `yaml:"supervision,omitempty" json:"supervision,omitempty"`       // nil in profiles older than findings
	Responsibility *Responsibility `yaml:"responsibility,omitempty" json:"responsibility,omitempty"` // nil in profiles older than the matrix of who answers for what
	Disclosure     *Disclosure     `yaml:"disclosure,omitempty" json:"disclosure,omitempty"`         // nil in profiles older than yearly disclosures
	Finance        *Finance        `yaml:"finance,omitempty" json:"finance,omitempty"`               // nil in profiles older than prices and revenue as a case
	Complaint      *Complaint      `yaml:"complaint,omitempty" json:"complaint,omitempty"`           // nil in profiles older than complaints: see OfComplaints
	Concerns       *Concerns       `yaml:"concerns,omitempty" json:"concerns,omitempty"`             // nil where the default holds: see OfConcerns
}

// Instrument is a legal text that the profile rests on, with the dates between which it is in force.
type Instrument struct {
	Number text.Text      `yaml:"number" json:"number"`
	Title  text.Text      `yaml:"title" json:"title"`
	From   calendar.Date  `yaml:"from" json:"from"`
	To     *calendar.Date `yaml:"to,omitempty" json:"to,omitempty"`
	Mark   Mark           `yaml:"mark" json:"mark"`
}

// Application holds the rules of the application phase.
type Application struct {
	Completeness  Limit     `yaml:"completeness" json:"completeness"` // agency checks completeness
	Completion    Limit     `yaml:"completion" json:"completion"`     // applicant completes what was missing
	MaxReturns    int       `yaml:"max_returns" json:"max_returns"`   // 一次性告知: 1
	ReturnsRule   Duty      `yaml:"returns_rule" json:"returns_rule"` // explains MaxReturns
	Modes         []Mode    `yaml:"modes" json:"modes"`
	MaxTermMonths int       `yaml:"max_term_months" json:"max_term_months"` // that may be applied for; AgreementRules.MaxTerm explains it
	Attachments   FileRules `yaml:"attachments" json:"attachments"`
}

// Mode is a mode of authorisation: 整体 / 分领域 / 依场景.
type Mode struct {
	Source `yaml:",inline"`
	Code   string    `yaml:"code" json:"code"`
	Title  text.Text `yaml:"title" json:"title"`
}

// FileRules bounds what may be attached.
type FileRules struct {
	Source     `yaml:",inline"`
	MaxBytes   int64    `yaml:"max_bytes" json:"max_bytes"`
	MaxFiles   int      `yaml:"max_files" json:"max_files"`
	MediaTypes []string `yaml:"media_types" json:"media_types"`
}

// ReviewPhase says which reviews there are, in which stages, and what they mean together.
type ReviewPhase struct {
	Reviews    []Review  `yaml:"reviews" json:"reviews"`
	Completion Limit     `yaml:"completion" json:"completion"` // applicant amends what reviewers returned
	Rejected   Condition `yaml:"rejected" json:"rejected"`     // tested first when a stage is complete, on the counts of outcomes
	Returned   Condition `yaml:"returned" json:"returned"`     // tested second
	Passed     Condition `yaml:"passed" json:"passed"`         // tested third; a stage that fits none is returned
}

// Review is one review: a task for a role within a kind of organisation.
type Review struct {
	Source `yaml:",inline"`
	Name   string        `yaml:"name" json:"name"`
	Title  text.Text     `yaml:"title" json:"title"`
	Rule   text.Text     `yaml:"rule" json:"rule"`   // what is reviewed, and why
	Stage  int           `yaml:"stage" json:"stage"` // 1, 2 …; a stage opens when the one before has passed
	Kind   identity.Kind `yaml:"kind" json:"kind"`
	Role   identity.Role `yaml:"role" json:"role"`
	Limit  Limit         `yaml:"limit" json:"limit"`
	When   *Condition    `yaml:"when,omitempty" json:"when,omitempty"` // on the application or plan; nil for always

	Finding string `yaml:"finding,omitempty" json:"finding,omitempty"` // what else it must find, of a plan: one of the findings
}

// Decisions holds the two collective decisions (27号 Art. 11 and Art. 13).
type Decisions struct {
	Major     Decision `yaml:"major" json:"major"`         // by the government, on the application
	Agreement Decision `yaml:"agreement" json:"agreement"` // by the agency's own mechanism, on the agreement
}

// Base is what a threshold is counted on.
type Base string

// The bases.
const (
	OfMembers Base = "members" // all members entitled to vote on the item
	OfPresent Base = "present" // those present and not recused
	OfVotes   Base = "votes"   // votes for and against, without abstentions
)

// Decision holds the rules of one collective decision.
type Decision struct {
	Source        `yaml:",inline"`
	Title         text.Text     `yaml:"title" json:"title"`
	BodyKind      identity.Kind `yaml:"body_kind" json:"body_kind"`
	Quorum        Fraction      `yaml:"quorum" json:"quorum"` // of members entitled to vote on the item, at least
	QuorumRule    Duty          `yaml:"quorum_rule" json:"quorum_rule"`
	Threshold     Fraction      `yaml:"threshold" json:"threshold"` // of the base
	MoreThan      bool          `yaml:"more_than" json:"more_than"` // the votes must exceed the threshold, not merely reach it
	Base          Base          `yaml:"base" json:"base"`
	ThresholdRule Duty          `yaml:"threshold_rule" json:"threshold_rule"` // explains Threshold, MoreThan and Base
	ChairLast     bool          `yaml:"chair_last" json:"chair_last"`         // 末位表态
	ChairLastRule Duty          `yaml:"chair_last_rule" json:"chair_last_rule"`
	Limit         Limit         `yaml:"limit" json:"limit"`               // until the decision should be taken
	AnotherBody   bool          `yaml:"another_body" json:"another_body"` // not by the body that took the first decision
}

// Fraction is a share such as 1/2, written "1/2".
type Fraction struct{ Num, Den int }

// AgreementRules holds the rules of the agreement.
type AgreementRules struct {
	Items         []AgreementItem `yaml:"items" json:"items"` // the 13 items of 27号 Art. 14
	MaxTerm       Limit           `yaml:"max_term" json:"max_term"`
	TermException bool            `yaml:"term_exception" json:"term_exception"`               // one agreement may run longer, with a documented reason
	LongerTerm    *Duty           `yaml:"longer_term,omitempty" json:"longer_term,omitempty"` // recorded reason of a profile whose MaxTerm exceeds five years
	NoArbitration Duty            `yaml:"no_arbitration" json:"no_arbitration"`
	Drafting      Limit           `yaml:"drafting" json:"drafting"`
	Signing       Limit           `yaml:"signing" json:"signing"`
	Filing        Limit           `yaml:"filing" json:"filing"`
	Papers        []Ground        `yaml:"papers,omitempty" json:"papers,omitempty"` // without which, beside both signatures, operation does not start
}

// AgreementItems lists the keys of the 13 mandatory items, in the order of 27号 Art. 14(1)–(13).
var AgreementItems = []string{
	"resources", "term", "products", "platform", "assets", "disclosure", "accounting", "security", "evaluation",
	"breach", "disputes", "change", "other",
}

// AgreementItem is one mandatory item of the agreement.
type AgreementItem struct {
	Source `yaml:",inline"`
	No     int       `yaml:"no" json:"no"`
	Key    string    `yaml:"key" json:"key"`
	Title  text.Text `yaml:"title" json:"title"`
}

// Duty is an obligation or a ban in words, with its source.
type Duty struct {
	Source `yaml:",inline"`
	Rule   text.Text `yaml:"rule" json:"rule"`
}

// Operation holds the rules of operation.
type Operation struct {
	Report              Limit    `yaml:"report" json:"report"`                 // the yearly operation report
	RenewalWindow       Limit    `yaml:"renewal_window" json:"renewal_window"` // opens that long before expiry
	ExpiryWarning       Limit    `yaml:"expiry_warning" json:"expiry_warning"`
	Start               Limit    `yaml:"start" json:"start"`   // explains the agreed start
	Expiry              Limit    `yaml:"expiry" json:"expiry"` // explains the agreed end
	SuspensionHoldsTerm Duty     `yaml:"suspension_holds_term" json:"suspension_holds_term"`
	SuspensionGrounds   []Ground `yaml:"suspension_grounds" json:"suspension_grounds"`
	PublicBenefitFree   Duty     `yaml:"public_benefit_free" json:"public_benefit_free"`
	PriceCeiling        Duty     `yaml:"price_ceiling" json:"price_ceiling"`
}

// Ground is a reason that a profile recognises.
type Ground struct {
	Source `yaml:",inline"`
	Code   string    `yaml:"code" json:"code"`
	Title  text.Text `yaml:"title" json:"title"`
}

// ExitRules holds the rules of exit.
type ExitRules struct {
	Grounds   []ExitGround `yaml:"grounds" json:"grounds"`
	Statement Limit        `yaml:"statement" json:"statement"` // statement and defence
	Decision  Limit        `yaml:"decision" json:"decision"`
	Service   Limit        `yaml:"service" json:"service"`
	Remedies  Duty         `yaml:"remedies" json:"remedies"` // what the decision says of reconsideration and suit
	Steps     []ExitStep   `yaml:"steps" json:"steps"`
	// Procedure is nil in profiles older than exits in full: these go on in the plain order.
	Procedure *ExitProcedure `yaml:"procedure,omitempty" json:"procedure,omitempty"`
}

// Trigger is who can start an exit on a ground.
type Trigger string

// The triggers.
const (
	ByAdministrator Trigger = "administrator"
	ByOperator      Trigger = "operator"
	ByBoth          Trigger = "agreement"
	ByExpiry        Trigger = "expiry"
)

// Ways lists the ways in which an authorisation ends: they differ in procedure and in who owes money
// (行政许可法 Art. 8, 69, 70; 法释〔2019〕17号 Art. 16, 21).
var Ways = []struct {
	Code  string
	Words text.Text
}{
	{"expiry", text.Text{ZH: "到期", EN: "expiry"}},
	{"consensual", text.Text{ZH: "协商终止", EN: "termination by consent"}},
	{"waiver", text.Text{ZH: "主动放弃", EN: "waiver"}},
	{"deregistration", text.Text{ZH: "主体终止注销", EN: "deregistration of a holder that ended"}},
	{"withdrawal", text.Text{ZH: "撤回", EN: "withdrawal"}},
	{"annulment", text.Text{ZH: "撤销", EN: "annulment"}},
	{"revocation", text.Text{ZH: "吊销", EN: "revocation"}},
	{"breach", text.Text{ZH: "违约解除", EN: "termination for breach"}},
}

// ExitGround is a ground of exit with its procedure.
type ExitGround struct {
	Ground   `yaml:",inline"`
	Way      string  `yaml:"way" json:"way"` // code of one of Ways
	Trigger  Trigger `yaml:"trigger" json:"trigger"`
	Adverse  bool    `yaml:"adverse" json:"adverse"`                 // goes against the operator: statement and defence, and a decision by somebody else, come first
	Evidence bool    `yaml:"evidence" json:"evidence"`               // must be evidenced
	Interim  bool    `yaml:"interim" json:"interim"`                 // access is suspended while it is pending
	Cure     bool    `yaml:"cure,omitempty" json:"cure,omitempty"`   // what is wrong can be put right
	Money    Money   `yaml:"money,omitempty" json:"money,omitempty"` // owed on this ground, when not what its way says
}

// Who takes a wind-down step.
const (
	BySystem = "system"
	ByPeople = "people"
)

// SystemSteps lists the codes of the wind-down steps that the system can take by itself.
var SystemSteps = []string{"close-access", "delist-products", "public-notice"}

// ExitStep is one step of the wind-down; steps are taken in the order of the profile, or, with a procedure, each as soon as those before it are done.
type ExitStep struct {
	Source       `yaml:",inline"`
	Code         string        `yaml:"code" json:"code"`
	Title        text.Text     `yaml:"title" json:"title"`
	By           string        `yaml:"by" json:"by"` // BySystem, or ByPeople for a task
	Kind         identity.Kind `yaml:"kind,omitempty" json:"kind,omitempty"`
	Role         identity.Role `yaml:"role,omitempty" json:"role,omitempty"`
	Proof        bool          `yaml:"proof" json:"proof"`               // an attachment must prove it
	Irreversible bool          `yaml:"irreversible" json:"irreversible"` // must not be undone once done
	Limit        *Limit        `yaml:"limit,omitempty" json:"limit,omitempty"`
	After        []string      `yaml:"after,omitempty" json:"after,omitempty"`       // codes of the steps that must be done before
	Optional     bool          `yaml:"optional,omitempty" json:"optional,omitempty"` // may have nothing to do, which is then explained
}
