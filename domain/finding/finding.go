// Package finding is the case of one thing that supervision found wrong with an authorised operation (监督发现问题): how it came to light, the order to rectify
// it, the evidence of that, the inspection after it, and what follows when it is not mended (27号 Art. 15, 21).
package finding

import (
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Kind is the name of this kind of case.
const Kind = authorization.FindingKind

// The phases, in order.
const (
	RaisedPhase        lifecycle.Phase = "raised"
	RectificationPhase lifecycle.Phase = "rectification"
	ConsequencePhase   lifecycle.Phase = "consequence"
	ClosedPhase        lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Raised       lifecycle.State = "raised"
	Rectifying   lifecycle.State = "rectifying"
	Reinspecting lifecycle.State = "reinspecting"
	Suspended    lifecycle.State = "suspended"     // the agency is asked to suspend operation until it is mended
	ExitProposed lifecycle.State = "exit-proposed" // an administrator of the agency is to open the exit
	Dismissed    lifecycle.State = "dismissed"
	Lifted       lifecycle.State = "lifted" // 销号
	Exited       lifecycle.State = "exited" // it led to an exit
	Ended        lifecycle.State = "ended"  // it was open when the authorisation ended
)

// Finding is the folded state of one finding.
type Finding struct {
	lifecycle.Header

	Authorization string        `json:"authorization"`
	Subject       policy.Ground `json:"subject"`
	Found         Found         `json:"found_by"`
	Facts         string        `json:"facts,omitempty"` // empty for what the ledger raised: Uses says it
	Evidence      []string      `json:"evidence,omitempty"`
	RaisedBy      identity.By   `json:"raised_by"`
	Origin        Origin        `json:"origin,omitempty"` // what it follows from; empty for nothing on record
	Uses          *Uses         `json:"uses,omitempty"`   // gathered from the use ledger
	Order         *Order        `json:"order,omitempty"`
	Extended      *Reasoned     `json:"extended,omitempty"`
	Handed        []HandedIn    `json:"handed,omitempty"`      // evidence of rectification, the oldest first
	Inspections   []Inspection  `json:"inspections,omitempty"` // after it
	Taken         *Taken        `json:"taken,omitempty"`       // what was asked for last is done
	Declined      []Reasoned    `json:"declined,omitempty"`    // what was asked for and sent back, the oldest first
	Dismissal     *Reasoned     `json:"dismissal,omitempty"`
	End           *End          `json:"end,omitempty"`       // of the authorisation, with which it was concluded
	Successor     string        `json:"successor,omitempty"` // the finding that gathers further uses after this one closed
}

// Found is how a finding came to light. It is stored: never rename one.
type Found string

// The ways.
const (
	ByPlannedInspection   Found = "inspection-planned"
	ByUnplannedInspection Found = "inspection-unplanned"
	ByAudit               Found = "audit"
	ByComplaint           Found = "complaint"
	ByLedger              Found = "ledger" // of uses, by the system alone
)

// Taken is that the authorisation was suspended as asked, or its exit opened.
type Taken struct {
	Exit string    `json:"exit,omitempty"` // the exit; empty for a suspension
	At   time.Time `json:"at"`
}

// End is the end of the authorisation.
type End struct {
	Exit string    `json:"exit"` // by which it ended
	At   time.Time `json:"at"`
}

// Uses are the uses beyond the scope that the ledger gathered in one finding, by reason and product.
type Uses struct {
	Reason  string    `json:"reason"` // code of package use
	Product string    `json:"product,omitempty"`
	Events  int64     `json:"events"`
	First   time.Time `json:"first"`
	Last    time.Time `json:"last"`
}

// Order is the order to rectify (责令整改).
type Order struct {
	Measures string      `json:"measures"`
	By       identity.By `json:"by"`
	At       time.Time   `json:"at"`
}

// Reasoned is something done for a reason.
type Reasoned struct {
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// HandedIn is what the operator says it did, with its evidence.
type HandedIn struct {
	Statement string      `json:"statement"`
	Evidence  []string    `json:"evidence"`
	By        identity.By `json:"by"`
	At        time.Time   `json:"at"`
}

// Result is what an inspection after rectification came to. It is stored: never rename one.
type Result string

// The results.
const (
	ResultLifted    Result = "lifted"
	ResultExtended  Result = "extended"
	ResultSuspended Result = "suspended"
	ResultExit      Result = "exit-proposed"
)

// Inspection is the inspection after rectification, or after its limit ran out.
type Inspection struct {
	Result  Result      `json:"result"`
	Opinion string      `json:"opinion"`
	Ground  string      `json:"ground,omitempty"` // of a suspension or an exit, from the profile
	By      identity.By `json:"by"`
	At      time.Time   `json:"at"`
}

// Machine is the state table made ready for use.
var Machine = table().Compile()

type (
	contents = []lifecycle.Content
	effects  = []lifecycle.Effect
	refused  = *refusal.Refusal
)

func say(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

// The parties.
var (
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	administrator = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	auditor       = lifecycle.In(lifecycle.Anywhere, identity.Auditor)
	applicant     = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
)

var phases = []lifecycle.PhaseInfo{
	{Name: RaisedPhase, Words: say("提出", "raised")},
	{Name: RectificationPhase, Words: say("整改", "rectification")},
	{Name: ConsequencePhase, Words: say("处置", "consequence")},
	{Name: ClosedPhase, Words: say("办结", "closed")},
}

var states = []lifecycle.StateInfo{
	{Name: Raised, Phase: RaisedPhase, Turn: lifecycle.By(officer, auditor), Words: say("待处理", "to be dealt with")},
	{Name: Rectifying, Phase: RectificationPhase, Turn: lifecycle.By(applicant), Words: say("整改中", "being rectified")},
	{Name: Reinspecting, Phase: RectificationPhase, Turn: lifecycle.By(officer, auditor), Words: say("待复查", "to be inspected again")},
	{Name: Suspended, Phase: ConsequencePhase, Turn: lifecycle.By(applicant), Words: say("已要求暂停运营，待整改", "suspension asked for, to be rectified")},
	{Name: ExitProposed, Phase: ConsequencePhase, Turn: lifecycle.By(administrator), Words: say("已建议退出", "exit proposed")},
	{Name: Dismissed, Phase: ClosedPhase, Final: true, Words: say("不予处理", "dismissed")},
	{Name: Lifted, Phase: ClosedPhase, Final: true, Words: say("已销号", "lifted")},
	{Name: Exited, Phase: ClosedPhase, Final: true, Words: say("已启动退出", "led to an exit")},
	{Name: Ended, Phase: ClosedPhase, Final: true, Words: say("授权终止，随之办结", "concluded with the end of the authorisation")},
}

// bySupervisor reports whether a supervisor raised the finding; else the agency deals with it, also with what the ledger raised.
func (f *Finding) bySupervisor() bool { return f.RaisedBy.Role == identity.Auditor }

// Asks is what the finding waits for on the side of the authorisation.
func (f *Finding) Asks() authorization.Asked {
	switch {
	case f.Taken != nil:
		return ""
	case f.State == Suspended:
		return authorization.AskedSuspension
	case f.State == ExitProposed:
		return authorization.AskedExit
	default:
		return ""
	}
}

// Exit is the exit to which the finding led, or that was opened while a suspension was asked for; empty for none.
func (f *Finding) Exit() string {
	if f.Taken == nil {
		return ""
	}
	return f.Taken.Exit
}

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (f *Finding) AttachmentDigests() []string {
	out := slices.Clone(f.Evidence)
	for _, h := range f.Handed {
		out = append(out, h.Evidence...)
	}
	return out
}

func (f *Finding) operators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Applicant, Role: identity.Applicant}
}

// raisers are the people of the side that raised the finding.
func (f *Finding) raisers() lifecycle.Recipients {
	if f.bySupervisor() {
		return lifecycle.Recipients{Organization: f.RaisedBy.Organization, Role: identity.Auditor}
	}
	return lifecycle.Recipients{Organization: f.Agency, Role: identity.CaseOfficer}
}

func (f *Finding) administrators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: f.Agency, Role: identity.Administrator}
}
