package disclosure

import (
	"slices"
	"strings"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The inputs of publishing.
type (
	// ReturnInput says why a draft goes back; it stays inside.
	ReturnInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// CorrectInput says why a disclosure is corrected, in words for the public.
	CorrectInput struct {
		PublicReason string `json:"public_reason" maxLength:"1000"`
	}
	// WithdrawInput says why a disclosure is withdrawn: in words for the public, and for the records.
	WithdrawInput struct {
		PublicReason string `json:"public_reason" maxLength:"1000"`
		Records      string `json:"records" maxLength:"4000" doc:"for the records alone"`
	}
)

const maxPublic = 1000 // characters

// notPrepared: what is published was looked at by a second person.
var notPrepared = guard{
	Words: say("不是本次披露内容的编制人员", "who checks did not prepare it"),
	Check: func(d *Disclosure, env lifecycle.Env) refused {
		if slices.Contains(d.Preparers, env.Actor.Person) {
			return refusal.PreparedByHim.With()
		}
		return nil
	},
}

var correcting = guard{
	Words: say("正在更正已公布的内容", "a correction of what is published is under way"),
	Check: func(d *Disclosure, _ lifecycle.Env) refused {
		if d.Correction == nil {
			return refusal.NotInState.With()
		}
		return nil
	},
}

func returnIt(_ *Disclosure, in ReturnInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{WasReturned{Reason: strings.TrimSpace(in.Reason)}}, nil
}

// publish makes public exactly what was handed in. What is disclosed first says what the records still say; what is corrected later says what they said then.
func publish(d *Disclosure, _ Nothing, env lifecycle.Env) (contents, refused) {
	if len(d.Versions) == 0 && d.compile(env).Hash() != d.Submitted.Hash {
		return nil, refusal.DisclosureStale.With()
	}
	published := WasPublished{Content: *d.Drafted, Hash: d.Submitted.Hash, By: d.Submitted.By}
	if d.Correction != nil {
		published.Reason = d.Correction.Reason
	}
	return append(contents{published}, d.EndDeadlines(yearly, chase)...), nil
}

func correct(_ *Disclosure, in CorrectInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("public_reason", in.PublicReason, maxPublic)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{CorrectionBegun{Reason: strings.TrimSpace(in.PublicReason)}}, nil
}

func dropCorrection(*Disclosure, Nothing, lifecycle.Env) (contents, refused) {
	return contents{CorrectionDropped{}}, nil
}

// withdraw takes what is published away. The duty stands, so that it is asked for again.
func withdraw(d *Disclosure, in WithdrawInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("public_reason", in.PublicReason, maxPublic)
	f.Text("records", in.Records, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{
		WasWithdrawn{Reason: strings.TrimSpace(in.PublicReason), Records: strings.TrimSpace(in.Records)},
		env.Limit(chase, env.Policy.Disclosure.Chase, d.preparers(), d.checkers()),
	}, nil
}
