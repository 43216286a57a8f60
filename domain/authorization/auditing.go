package authorization

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Audit is the report of the internal-control audit of one year (内部控制审计, 27号 Art. 21), handed in by the operator.
type Audit struct {
	Year        int         `json:"year"`
	Auditor     string      `json:"auditor"` // who audited
	Summary     string      `json:"summary"`
	Outcome     AuditResult `json:"outcome"`
	Defects     string      `json:"defects,omitempty"` // what was found wrong
	Attachments []string    `json:"attachments"`       // the report
	By          identity.By `json:"by"`
	At          time.Time   `json:"at"`
}

// AuditResult is what an audit found. It is stored: never rename one.
type AuditResult string

// The results.
const (
	AuditSound   AuditResult = "sound"
	AuditDefects AuditResult = "defects"
)

// AuditInput hands in the report of the audit of a year.
type AuditInput struct {
	Year        int         `json:"year" minimum:"2000" maximum:"2200" doc:"a year of operation that is over"`
	Auditor     string      `json:"auditor" maxLength:"200" doc:"firm or unit that audited"`
	Summary     string      `json:"summary" maxLength:"4000"`
	Outcome     AuditResult `json:"outcome" enum:"sound,defects"`
	Defects     string      `json:"defects,omitempty" maxLength:"4000" doc:"what was found wrong, where anything was"`
	Attachments []string    `json:"attachments" doc:"digests of the uploaded report"`
}

// AuditHandedIn records the report.
type AuditHandedIn struct {
	Audit Audit `json:"audit"`
}

// EventType implements lifecycle.Content.
func (AuditHandedIn) EventType() string { return "audit-handed-in" }

// LastAudit returns the audit of the latest year, or nil.
func (a *Authorization) LastAudit() *Audit {
	var last *Audit
	for i := range a.Audits {
		if last == nil || a.Audits[i].Year > last.Year {
			last = &a.Audits[i]
		}
	}
	return last
}

var auditRuled = guard{
	Words: words("规则方案有内部控制审计的规定，且已开始运营", "the profile has rules of audits, and operation has started"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if env.Policy.Supervision == nil || env.Policy.Supervision.Audit == nil || a.Started == nil {
			return refusal.SupervisionNotRuled.With()
		}
		return nil
	},
}

func handInAudit(a *Authorization, in AuditInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(in.Year < calendar.DateOf(env.Now).Year() && in.Year >= calendar.DateOf(*a.Started).Year(), refusal.NotAReportYear.At("year"))
	f.Unless(!slices.ContainsFunc(a.Audits, func(d Audit) bool { return d.Year == in.Year }), refusal.Repeated.At("year"))
	f.Text("auditor", in.Auditor, maxTitle)
	f.Text("summary", in.Summary, maxStatement)
	refusal.Choice(&f, "outcome", in.Outcome, AuditSound, AuditDefects)
	if in.Outcome == AuditDefects {
		f.Text("defects", in.Defects, maxStatement)
	} else {
		f.Unless(in.Defects == "", refusal.NoDefects.At("defects"))
	}
	f.Unless(len(in.Attachments) > 0, refusal.Required.At("attachments"))
	env.CheckFiles(&f, "attachments", in.Attachments, a.Applicant)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{AuditHandedIn{Audit{in.Year, in.Auditor, in.Summary, in.Outcome, in.Defects, in.Attachments, env.By, env.Now}}}
	if d := a.Deadline(auditDue); d != nil && d.Open() && d.From.Year() == in.Year {
		out = append(append(out, lifecycle.DeadlineEnded{Name: auditDue}), a.yearlyOn(auditDue, in.Year+1, env)...)
	}
	return out, nil
}

func auditRules() []rule {
	operated := from{Operating, Suspended, Exiting}
	return []rule{{
		Command: "hand-in-audit", Words: words("提交内部控制审计报告", "hand in the internal-control audit"), From: operated, To: operated, By: lifecycle.By(applicant), Guards: []guard{auditRuled, yearOver},
		Emits: lifecycle.Emits(AuditHandedIn{}),
		Decide: lifecycle.Needing(lifecycle.Decide(handInAudit), func(_ *Authorization, in AuditInput) lifecycle.Needs {
			return lifecycle.Needs{Attachments: in.Attachments}
		}),
	}}
}

func auditEvents() []lifecycle.EventType[*Authorization] {
	return []lifecycle.EventType[*Authorization]{
		lifecycle.Sending(
			lifecycle.On(func(a *Authorization, e AuditHandedIn, _ lifecycle.Event) { a.Audits = append(a.Audits, e.Audit) }),
			func(a *Authorization, _ AuditHandedIn, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.officers(), "audit-handed-in")
			}),
	}
}
