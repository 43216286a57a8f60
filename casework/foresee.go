package casework

import (
	"context"
	"encoding/json"

	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/policies"
)

// Foresee says why a command on a case would be refused now, without giving it; nil when it would be carried out.
func (d *Desk) Foresee(ctx context.Context, actor identity.Actor, v *View, command string, data json.RawMessage) (*refusal.Refusal, error) {
	cmd := lifecycle.Command{Name: command, Actor: actor, Data: data}
	facts, err := d.Store.Facts(ctx, actor, v.Of.Needs(v.Subject, cmd), kinds.Definition)
	if err != nil {
		return nil, err
	}
	_, refused := v.Of.Decide(v.Subject, cmd, lifecycle.Env{Now: v.Now, Policy: v.Policy, Calendar: v.Calendar, Facts: facts, Compile: policies.ApplicantCondition})
	return refused, nil
}
