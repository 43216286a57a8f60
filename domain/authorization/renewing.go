package authorization

import (
	"fmt"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Renewal is where renewal stands: the window, the request, the answer.
type Renewal struct {
	OpenedAt    time.Time    `json:"opened_at"`
	RequestedAt *time.Time   `json:"requested_at,omitempty"`
	RequestedBy *identity.By `json:"requested_by,omitempty"`
	Months      int          `json:"months,omitempty"`
	Reason      string       `json:"reason,omitempty"`
	Answer      string       `json:"answer,omitempty"` // Invited or Declined
	AnswerText  string       `json:"answer_text,omitempty"`
	AnsweredAt  *time.Time   `json:"answered_at,omitempty"`

	Flags []RenewalFlag `json:"flags,omitempty"` // what evaluations and audits said against it when it was answered
}

// The answers to a request for renewal.
const (
	Invited  = "invited"
	Declined = "declined"
)

// The inputs of renewal.
type (
	// RenewalInput asks for renewal.
	RenewalInput struct {
		Months int    `json:"months" minimum:"1" maximum:"300"`
		Reason string `json:"reason" maxLength:"4000"`
	}
	// AnswerInput answers the request: invited means that a new application naming this one in "renews" is welcome,
	// and goes the same route as any other; nothing is renewed without it.
	AnswerInput struct {
		Answer string `json:"answer" enum:"invited,declined"`
		Text   string `json:"text" maxLength:"4000"`
	}
)

// The events of renewal.
type (
	// RenewalOpened opens the renewal window.
	RenewalOpened struct{}
	// RenewalRequested records the operator's request.
	RenewalRequested struct {
		Months int    `json:"months"`
		Reason string `json:"reason"`
	}
	// RenewalAnswered records the agency's answer.
	RenewalAnswered struct {
		Answer string        `json:"answer"`
		Text   string        `json:"text"`
		Flags  []RenewalFlag `json:"flags,omitempty"` // what spoke against it
	}
)

// EventType implements lifecycle.Content.
func (RenewalOpened) EventType() string { return "renewal-window-opened" }

// EventType implements lifecycle.Content.
func (RenewalRequested) EventType() string { return "renewal-requested" }

// EventType implements lifecycle.Content.
func (RenewalAnswered) EventType() string { return "renewal-answered" }

var windowOpen = guard{
	Words: words("续约窗口已开放且未提出", "the renewal window is open and no request stands"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		switch {
		case a.Renewal == nil:
			return refusal.RenewalWindowClosed.With()
		case a.Renewal.RequestedAt != nil && a.Renewal.Answer != Declined:
			return refusal.RenewalRequested.With()
		default:
			return nil
		}
	},
}

var renewalRequested = guard{
	Words: words("有待答复的续约申请", "a request waits for an answer"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if a.Renewal == nil || a.Renewal.RequestedAt == nil || a.Renewal.Answer != "" {
			return refusal.NothingToAnswer.With()
		}
		return nil
	},
}

func requestRenewal(_ *Authorization, in RenewalInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(in.Months >= 1, refusal.Required.At("months"))
	f.Unless(in.Months <= maxTerm, refusal.TermTooLong.At("months", "months", fmt.Sprint(maxTerm)))
	f.Text("reason", in.Reason, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{RenewalRequested(in)}, nil
}

// answerRenewal keeps what evaluations and audits say against a renewal with the answer, or lets nobody be invited, as the profile has it (27号 Art. 14(9)).
func answerRenewal(a *Authorization, in AnswerInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "answer", in.Answer, Invited, Declined)
	f.Text("text", in.Text, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	flags := a.flagsNow(env)
	if in.Answer == Invited {
		if r := a.against(flags); r != nil {
			return nil, r
		}
	}
	return contents{RenewalAnswered{in.Answer, in.Text, flags}}, nil
}

func renewalEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, _ RenewalOpened, e lifecycle.Event) { a.Renewal = &Renewal{OpenedAt: e.At} }),
			func(a A, _ RenewalOpened, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "renewal-window-open")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e RenewalRequested, at lifecycle.Event) {
				a.Renewal = &Renewal{OpenedAt: a.Renewal.OpenedAt, RequestedAt: &at.At, RequestedBy: &at.By, Months: e.Months, Reason: e.Reason}
			}),
			func(a A, _ RenewalRequested, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.officers(), "renewal-requested")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e RenewalAnswered, at lifecycle.Event) {
				a.Renewal.Answer, a.Renewal.AnswerText, a.Renewal.AnsweredAt, a.Renewal.Flags = e.Answer, e.Text, &at.At, e.Flags
			}),
			func(a A, _ RenewalAnswered, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "renewal-answered")
			}),
	}
}
