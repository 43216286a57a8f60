package plan

import (
	"slices"
	"strings"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// AmendInput is a minor change: the whole content as it is to be, with the reason.
type AmendInput struct {
	Content
	Reason string `json:"reason" maxLength:"4000"`
}

// majorChanges lists the fields whose change makes it a major one, by the profile (27号 Art. 11).
func majorChanges(before, after Content, rules *policy.Plan) []string {
	var out []string
	for _, change := range lifecycle.Diff(before, after) {
		for _, field := range rules.MajorFields {
			within := change.Path == field || strings.HasPrefix(change.Path, field+".") || strings.HasPrefix(field, change.Path+".")
			if within && !slices.Contains(out, change.Path) {
				out = append(out, change.Path)
			}
		}
	}
	return out
}

// amend changes what is not major: it needs no decision, but a reason, and is published with it.
func amend(p *Plan, in AmendInput, env lifecycle.Env) (contents, refused) {
	f := in.check(p.Agency, env)
	in.checkComplete(&f, env.Policy.Plan)
	in.checkGraded(&f, env)
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	v := p.InForce()
	if v.Hash == in.Hash() {
		return nil, refusal.PlanSame.With()
	}
	if major := majorChanges(v.Content, in.Content, env.Policy.Plan); len(major) > 0 {
		return nil, refusal.PlanMajor.With()
	}
	return contents{Amended{Content: in.Content, Reason: strings.TrimSpace(in.Reason)}}, nil
}

// proposeChange begins a major change: a new version that goes the original way (27号 Art. 11). The version in force stays until it is agreed.
func proposeChange(_ *Plan, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	return propose(in, false)
}

// proposeEnd begins the end of a plan, which goes the original way too (713号令 Art. 37).
func proposeEnd(_ *Plan, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	return propose(in, true)
}

func propose(in ReasonInput, cancels bool) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return contents{ChangeProposed{Reason: strings.TrimSpace(in.Reason), Cancels: cancels}}, nil
}
