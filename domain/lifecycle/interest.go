package lifecycle

import (
	"cmp"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// InterestInput names who declares an interest: oneself, or for the system whoever recused himself in a meeting.
type InterestInput struct {
	Person string `json:"person,omitempty" doc:"left empty: oneself"`
}

// InterestNoted closes the case to a person who declared an interest.
type InterestNoted struct {
	Person string `json:"person"`
}

// EventType implements Content.
func (InterestNoted) EventType() string { return "interest-declared" }

// Interests returns the rule by which people declare an interest in a case and stay away from it, for the states in which a kind is open.
func Interests[S Case](states ...State) Rule[S] {
	return Rule[S]{
		Command: "declare-interest", Words: text.Text{ZH: "申报利害关系并回避", EN: "declare an interest and stay away"},
		From: states, To: states, By: By(Party{Where: Anywhere}, TheSystem),
		Guards: []Guard[S]{{
			Words: text.Text{ZH: "不属于申请单位", EN: "not of the applicant's organisation"},
			Check: func(c S, env Env) *refusal.Refusal {
				if c.Head().OnSide(env.Actor) {
					return refusal.NotEntitled.With()
				}
				return nil
			},
		}},
		Emits: Emits(InterestNoted{}), Decide: Decide(declareInterest[S]),
	}
}

// declareInterest gives back what the person has claimed. The system may repeat itself: a member recuses himself in one meeting after another.
func declareInterest[S Case](c S, in InterestInput, env Env) ([]Content, *refusal.Refusal) {
	var f refusal.Faults
	person := cmp.Or(in.Person, env.Actor.Person)
	f.Unless(person == env.Actor.Person || env.Actor.IsSystem(), refusal.NotEntitled.At("person"))
	f.Unless(person != identity.SystemPerson, refusal.Required.At("person"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	h := c.Head()
	if slices.Contains(h.Interests, person) {
		return nil, nil
	}
	out := []Content{InterestNoted{Person: person}}
	for _, t := range h.Tasks {
		if t.State == TaskClaimed && t.Claimant == person {
			out = append(out, TaskReleased{Task: t.ID})
		}
	}
	return out, nil
}

// InterestEvent is the event of that rule.
func InterestEvent[S Case]() EventType[S] {
	return On(func(c S, e InterestNoted, _ Event) {
		h := c.Head()
		h.Interests = append(h.Interests, e.Person)
	})
}
