package disclosure

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Nothing is the input of commands that need none.
type Nothing struct{}

// callFor opens the disclosure of an organisation's year with the first authorisation that calls for it, and takes in the others. A repeat changes nothing.
func callFor(d *Disclosure, in authorization.DisclosureCall, env lifecycle.Env) (contents, refused) {
	if env.Policy.Disclosure == nil {
		return nil, refusal.PolicyUnknown.With()
	}
	called := Called{Authorization: in.Authorization, Agency: in.Agency, Operator: in.Operator}
	if slices.Contains(d.Authorizations, called) {
		return nil, nil
	}
	out := contents{WasCalledFor{Side: in.Side, Year: in.Year, Called: called, Policy: env.PolicyRef()}}
	if d.Version == 0 {
		out = append(out, runsOut(in.Year, env))
	}
	return out, nil
}

// compile takes the records as they stand into the draft. What people entered stays.
func compile(d *Disclosure, _ Nothing, env lifecycle.Env) (contents, refused) {
	return contents{Compiled{Content: d.compile(env)}}, nil
}

func edit(d *Disclosure, in Entered, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	in.check(&f, d.Side, d.Drafted.Products, false)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Edited{Entered: in}}, nil
}

// submit hands the draft in when it is complete and says something else than what is published.
func submit(d *Disclosure, _ Nothing, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	d.Drafted.check(&f, d.Side, d.Drafted.Products, true)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	hash := d.Drafted.Hash()
	if v := d.Published(); v != nil && v.Hash == hash {
		return nil, refusal.DisclosureSame.With()
	}
	return contents{Handed{Hash: hash}}, nil
}
