package authorization

import (
	"cmp"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// InterestInput names who declares an interest: oneself, or for the system whoever recused himself in a meeting.
type InterestInput struct {
	Person string `json:"person,omitempty" doc:"left empty: oneself"`
}

// InterestNoted closes the case to a person who declared an interest.
type InterestNoted struct {
	Person string `json:"person"`
}

// EventType implements lifecycle.Content.
func (InterestNoted) EventType() string { return "interest-declared" }

var notApplicants = guard{
	Words: words("不属于申请单位", "not of the applicant's organisation"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if env.Actor.In(a.Applicant) {
			return refusal.NotEntitled.With()
		}
		return nil
	},
}

// declareInterest gives back what the person has claimed. The system may repeat itself: a member recuses himself in one meeting after another.
func declareInterest(a *Authorization, in InterestInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	person := cmp.Or(in.Person, env.Actor.Person)
	f.Unless(person == env.Actor.Person || env.Actor.IsSystem(), refusal.NotEntitled.At("person"))
	f.Unless(person != identity.SystemPerson, refusal.Required.At("person"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if slices.Contains(a.Interests, person) {
		return nil, nil
	}
	out := contents{InterestNoted{Person: person}}
	for _, t := range a.Tasks {
		if t.State == lifecycle.TaskClaimed && t.Claimant == person {
			out = append(out, lifecycle.TaskReleased{Task: t.ID})
		}
	}
	return out, nil
}

func interestEvents() []lifecycle.EventType[*Authorization] {
	return []lifecycle.EventType[*Authorization]{
		lifecycle.On(func(a *Authorization, e InterestNoted, _ lifecycle.Event) {
			a.Interests = append(a.Interests, e.Person)
		}),
	}
}
