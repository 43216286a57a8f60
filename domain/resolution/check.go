package resolution

import (
	"slices"
	"strings"
	"unicode/utf8"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Check refuses a resolution that does not decide what a case waits for, or that does not follow from its own votes under the rules
// pinned to the case. Whether it names the case is the caller's to check, who knows his ID.
func Check(r Resolution, rules policy.Decision, pending lifecycle.Pending) *refusal.Refusal {
	if r.Decision != pending.Decision || r.ContentHash != pending.ContentHash {
		return refusal.ResolutionOtherContent.With()
	}
	if !pending.MayBeDecidedBy(r.Body, r.BodyKind) {
		return refusal.ResolutionOtherBody.With()
	}
	if r.Meeting == "" || r.ID != ID(r.Meeting, r.Item) || r.DecidedOn.IsZero() {
		return refusal.ResolutionIncomplete.With()
	}
	if !r.wellSeated() {
		return refusal.ResolutionRoster.With()
	}
	if !r.wellVoted() {
		return refusal.ResolutionVotes.With()
	}
	if rules.ChairLast && !r.chairLast() {
		return refusal.ChairSpeaksLast.With()
	}
	outcome, count := Tally(rules, r.Proposal, r.Roll)
	if count != r.Count || outcome == "" || outcome != r.Outcome {
		return refusal.ResolutionCount.With()
	}
	if !r.reasoned() {
		return refusal.ResolutionIncomplete.With()
	}
	return nil
}

// Receive refuses a resolution that a case cannot take after checking it as if nobody were to be trusted: it must be on this case, be the first with its ID –
// taken are those the case has – pass Check, and nobody may have voted who acted in another step of the case.
func Receive(r Resolution, h *lifecycle.Header, taken []string, p *policy.Profile) *refusal.Refusal {
	rules, _ := Rules(p, h.Pending.Decision)
	if r.Case != h.ID {
		return refusal.ResolutionNotForThis.With()
	}
	if slices.Contains(taken, r.ID) {
		return refusal.ResolutionTaken.With()
	}
	if refused := Check(r, rules, *h.Pending); refused != nil {
		return refused
	}
	step := Step(r.Decision)
	for _, v := range r.Votes {
		if slices.ContainsFunc(h.Acts, func(act lifecycle.Act) bool { return act.Person == v.Person && act.Step != step }) {
			return refusal.ResolutionVoter.With()
		}
	}
	return nil
}

// Seated reports whether a roster can decide collectively: one chair and at least one other member, each person once.
func Seated(members []lifecycle.Seat) bool {
	chairs := 0
	for i, m := range members {
		if m.Person == "" || (m.Role != identity.Chair && m.Role != identity.Member) || seat(members[:i], m.Person) != nil {
			return false
		}
		if m.Role == identity.Chair {
			chairs++
		}
	}
	return chairs == 1 && len(members) > 1
}

func seat(members []lifecycle.Seat, person string) *lifecycle.Seat {
	for i := range members {
		if members[i].Person == person {
			return &members[i]
		}
	}
	return nil
}

// wellSeated reports whether roster, presence and recusals name members, each once.
func (r Resolution) wellSeated() bool {
	for _, people := range [][]string{r.Present, r.Recused} {
		for i, person := range people {
			if seat(r.Members, person) == nil || slices.Contains(people[:i], person) {
				return false
			}
		}
	}
	return Seated(r.Members)
}

// wellVoted reports whether everybody present and not recused voted once, with words, and nobody else did.
func (r Resolution) wellVoted() bool {
	for i, v := range r.Votes {
		s := seat(r.Members, v.Person)
		if s == nil || s.Role != v.Role || !slices.Contains(r.Present, v.Person) || slices.Contains(r.Recused, v.Person) {
			return false
		}
		if v.Vote != For && v.Vote != Against && v.Vote != Abstain {
			return false
		}
		if strings.TrimSpace(v.Words) == "" || utf8.RuneCountInString(v.Words) > MaxWords {
			return false
		}
		if slices.ContainsFunc(r.Votes[:i], func(w Vote) bool { return w.Person == v.Person }) {
			return false
		}
	}
	for _, person := range r.Present {
		voted := slices.ContainsFunc(r.Votes, func(v Vote) bool { return v.Person == person })
		if !voted && !slices.Contains(r.Recused, person) {
			return false
		}
	}
	return true
}

// chairLast reports whether the chair's voice, if there is one, came after all others (713号令 Art. 30).
func (r Resolution) chairLast() bool {
	at := slices.IndexFunc(r.Votes, func(v Vote) bool { return v.Role == identity.Chair })
	return at == -1 || at == len(r.Votes)-1
}

// reasoned reports whether an amendment, and only that, says what to change, and a deferral or refusal why.
func (r Resolution) reasoned() bool {
	if utf8.RuneCountInString(r.Directions) > MaxText || utf8.RuneCountInString(r.Reason) > MaxText {
		return false
	}
	directed := strings.TrimSpace(r.Directions) != ""
	switch r.Outcome {
	case Amended:
		return directed
	case Deferred, Refused:
		return !directed && strings.TrimSpace(r.Reason) != ""
	default:
		return !directed
	}
}
