package lifecycle

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// admit checks who, when and separation of duty, in this order, and returns the capacity in which the actor acts.
// Tasks and guards see that capacity as env.By.
func (m *Compiled[S]) admit(c S, r *Rule[S], in any, env Env) (identity.By, *refusal.Refusal) {
	by, entitled := capacity(c.Head(), r, in, env.Actor)
	if !entitled {
		return by, refusal.NotEntitled.With()
	}
	env.By = by
	h := c.Head()
	if h.Version > 0 || len(r.From) > 0 && !r.Opens {
		if !slices.Contains(r.From, h.State) {
			if m.states[h.State].Final {
				return by, refusal.CaseClosed.With()
			}
			return by, refusal.NotInState.With()
		}
	}
	step := r.Step
	if t, ok := in.(OnTask); ok {
		task := h.Task(t.TaskID())
		if task == nil {
			return by, refusal.NotFoundHere.With()
		}
		if r.Task != nil {
			if refused := r.Task(*task, env); refused != nil {
				return by, refused
			}
		}
		if !r.GivesUp {
			step = task.Step
		}
	}
	if h.takesSides(env.Actor, by) {
		return by, refusal.OwnOrganization.With()
	}
	if refused := h.Separate(env.Actor, step); refused != nil {
		return by, refused
	}
	for _, guard := range r.Guards {
		if refused := guard.Check(c, env); refused != nil {
			return by, refused
		}
	}
	return by, nil
}

// capacity finds the first grant under which the actor may give the command.
func capacity[S Case](h *Header, r *Rule[S], in any, actor identity.Actor) (identity.By, bool) {
	for _, p := range r.By {
		if p.Where == OfSystem {
			if actor.IsSystem() {
				return identity.By{Person: actor.Person}, true
			}
			continue
		}
		for _, g := range actor.Grants {
			if p.fits(h, g, in) {
				return identity.By{Person: actor.Person, Organization: g.Organization, Role: g.Role}, true
			}
		}
	}
	return identity.By{}, false
}

func (p Party) fits(h *Header, g identity.Grant, in any) bool {
	if p.Role != "" && p.Role != g.Role {
		return false
	}
	switch p.Where {
	case OfApplicant:
		return g.Organization == h.Applicant || h.Version == 0 && opensFor(in, g)
	case OfAgent:
		return h.Agent != "" && g.Organization == h.Agent
	case OfJoint:
		return slices.Contains(h.Joint, g.Organization)
	case OfAgency:
		return g.Organization == h.Agency || h.Version == 0 && opensFor(in, g)
	case OfBody, OfRegistry:
		return g.Organization == h.Body || h.Version == 0 && opensFor(in, g)
	case OfTask:
		t, ok := in.(OnTask)
		if !ok {
			return false
		}
		task := h.Task(t.TaskID())
		return task != nil && task.For(g)
	case Anywhere:
		return true
	default:
		return false
	}
}

// opensFor reports whether a case that does not exist yet may be created with the grant.
func opensFor(in any, g identity.Grant) bool {
	behalf, ok := in.(OnBehalf)
	return !ok || behalf.OrganizationID() == "" || behalf.OrganizationID() == g.Organization
}

// takesSides reports whether the actor belongs to the applicant's side and acts for another organisation, or belongs to the agency too:
// the implementing agency's people are never the operator's, whatever the command; nor are those of the deciding body ever an agent's or a joint applicant's.
func (h *Header) takesSides(actor identity.Actor, by identity.By) bool {
	if !h.OnSide(actor) {
		return false
	}
	return !slices.Contains(h.applies(), by.Organization) || actor.In(h.Agency) || by.Organization != h.Applicant && actor.In(h.Body)
}

// Separate is the separation of duty, without exception for anybody: who declared an interest stays away from the case;
// and when step is not empty – a review, a vote, a decision – nobody acts on a case of his own organisation, nor in two different steps,
// for which a task that he has claimed counts as much as one that he has finished.
func (h *Header) Separate(actor identity.Actor, step string) *refusal.Refusal {
	if slices.Contains(h.Interests, actor.Person) {
		return refusal.InterestDeclared.With()
	}
	if step == "" || actor.IsSystem() {
		return nil
	}
	if h.OnSide(actor) {
		return refusal.OwnOrganization.With()
	}
	for _, a := range h.Acts {
		if a.Person == actor.Person && a.Step != step {
			return refusal.ActedBefore.With()
		}
	}
	for _, t := range h.Tasks {
		if t.State == TaskClaimed && t.Claimant == actor.Person && t.Step != "" && t.Step != step {
			return refusal.HoldsAnother.With()
		}
	}
	return nil
}

// Acted notes that a person acted in a step, once.
func (h *Header) Acted(step, person string) {
	act := Act{Step: step, Person: person}
	if !slices.Contains(h.Acts, act) {
		h.Acts = append(h.Acts, act)
	}
}
