package authorization

import (
	"strings"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/responsibility"
)

// Parties are the organisations that the authorisation itself names: its agency and its operator with their names, and the suppliers of its resources by the
// names that the catalogue gives them, each once.
func (a *Authorization) Parties(names map[string]string, providers []string) []responsibility.Party {
	of := func(kind identity.Kind, id string) responsibility.Party {
		return responsibility.Party{Kind: kind, ID: id, Name: names[id]}
	}
	out := []responsibility.Party{of(identity.Agency, a.Agency), of(identity.Operator, a.Applicant)}
	seen := map[string]bool{}
	for _, name := range providers {
		if name = strings.TrimSpace(name); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, responsibility.Party{Kind: identity.DataSupplier, Name: name})
		}
	}
	return out
}

// Scope are the resources authorised, or those applied for while there is no agreement.
func (a *Authorization) Scope() []string {
	if v := a.version(); v != nil {
		return v.Content.Resources
	}
	return a.Application.Resources
}

// keptApart refuses an application by which an organisation would manage what it operates, where the profile keeps the two apart (管运适度分离).
func (a *Authorization) keptApart(f *refusal.Faults, env lifecycle.Env) {
	if env.Policy.Responsibility == nil {
		return
	}
	names := map[string]string{}
	for id, o := range env.Facts.Organizations {
		names[id] = o.Name
	}
	clash := func(providers ...string) []int {
		return responsibility.Clashing(a.Parties(names, providers))
	}
	f.Unless(len(clash()) == 0, refusal.ManagesAndOperates.At("agency"))
	for i, id := range a.Application.Resources {
		f.Unless(len(clash(env.Facts.Resources[id].Provider)) == len(clash()), refusal.ManagesAndOperates.At(refusal.In("resources", i)))
	}
}
