package registration

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// GroundExpired is the ground of the profile on which a registration ends that nobody renewed (26号 Art. 9(4), 15).
const GroundExpired = "waived-or-expired"

// The inputs of misconduct.
type (
	// MisconductInput records what the registrant did (26号 Art. 20).
	MisconductInput struct {
		Ground   string   `json:"ground" doc:"a ground of the policy profile"`
		Facts    string   `json:"facts" maxLength:"4000"`
		Evidence []string `json:"evidence" minItems:"1" doc:"digests of uploaded attachments"`
	}
	// RegistryInput records what the registry did, and what was done about it (26号 Art. 19).
	RegistryInput struct {
		MisconductInput
		Measure string `json:"measure" doc:"a measure of the policy profile"`
	}
	// RevocationInput revokes a registration for misconduct on record.
	RevocationInput struct {
		Finding int    `json:"finding" minimum:"1" doc:"number of the misconduct on record"`
		Reasons string `json:"reasons" maxLength:"4000"`
	}
)

const maxFindings = 100

// deregisterNow ends the registration within the limit from acceptance (26号 Art. 9(4)).
func deregisterNow(r *Registration, in OpinionInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.AtMost("opinion", in.Opinion, maxText)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	request := r.underWay().Request
	out := append(contents{finished(in.Task, "deregistered", in.Opinion), Done{}}, r.EndDeadlines()...)
	return append(out, WasClosed{Outcome: WasDeregistered, Ground: request.Ground, Reasons: request.Statement}), nil
}

// declineDeregistration leaves the registration as it is.
func declineDeregistration(r *Registration, in TaskReasonInput, env lifecycle.Env) (contents, refused) {
	if refused := checkReason(in.Reason); refused != nil {
		return nil, refused
	}
	return r.fail(NotPassed, in.Reason, env, finished(in.Task, string(NotPassed), in.Reason)), nil
}

func reportMisconduct(r *Registration, in MisconductInput, env lifecycle.Env) (contents, refused) {
	f := in.check(env, env.Policy.Registration.Misconduct)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	return r.found(MisconductFound{Of: OfRegistrant, Ground: in.Ground, Facts: in.Facts, Evidence: in.Evidence})
}

// reportRegistry is a supervisor's: it holds in every state, for what a registry did shows when a registration is long over.
func reportRegistry(r *Registration, in RegistryInput, env lifecycle.Env) (contents, refused) {
	f := in.check(env, env.Policy.Registration.RegistryFaults)
	f.Unless(policy.Has(env.Policy.Registration.Measures, in.Measure), refusal.NotAGround.At("measure"))
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	return r.found(MisconductFound{Of: OfRegistry, Ground: in.Ground, Measure: in.Measure, Facts: in.Facts, Evidence: in.Evidence})
}

func (r *Registration) found(e MisconductFound) (contents, refused) {
	if len(r.Conduct) >= maxFindings {
		return nil, refusal.TooMany.With("max", "100")
	}
	e.No = len(r.Conduct) + 1
	return contents{e}, nil
}

func (in MisconductInput) check(env lifecycle.Env, grounds []policy.Ground) (f refusal.Faults) {
	f.Unless(policy.Has(grounds, in.Ground), refusal.NotAGround.At("ground"))
	f.Text("facts", in.Facts, maxText)
	f.Unless(len(in.Evidence) > 0, refusal.Required.At("evidence"))
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	return f
}

// foundBefore: what is revoked for was recorded, by somebody else: a revocation comes after verification (26号 Art. 20).
var foundBefore = guard{
	Words: words("已有他人记录的登记主体违规行为", "misconduct of the registrant is on record, by somebody else"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		for _, c := range r.Conduct {
			if c.Of == OfRegistrant && c.By.Person != env.Actor.Person {
				return nil
			}
		}
		return refusal.RegistrationNoFinding.With()
	},
}

// isRegistered: what was never registered cannot be revoked, whatever is under way.
var isRegistered = guard{
	Words: words("已经登记", "it is registered"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		if r.Entry == nil {
			return refusal.NotInState.With()
		}
		return nil
	},
}

func revoke(r *Registration, in RevocationInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	var of *Misconduct
	if in.Finding >= 1 && in.Finding <= len(r.Conduct) {
		of = &r.Conduct[in.Finding-1]
	}
	f.Unless(of != nil && of.Of == OfRegistrant && of.By.Person != env.Actor.Person, refusal.UnknownReference.At("finding"))
	f.Text("reasons", in.Reasons, maxText)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	return append(r.Drop(), WasClosed{Outcome: WasRevoked, Ground: of.Ground, Reasons: in.Reasons}), nil
}
