package meeting

import (
	"cmp"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
)

// ConcludeInput announces the result of an item's question.
type ConcludeInput struct {
	Item   int    `json:"item" minimum:"1"`
	Reason string `json:"reason,omitempty" maxLength:"4000" doc:"the conclusion in words; required when the body does not agree, as the reason of its refusal"`
}

// conclude counts the votes: they decide, and nobody else does.
func conclude(m *Meeting, in ConcludeInput, env lifecycle.Env) (contents, refused) {
	i, r := m.at(in.Item)
	if r != nil {
		return nil, r
	}
	rules := m.rules(env)
	if r := m.mayConclude(i, rules); r != nil {
		return nil, r
	}
	if !m.waits(i, env.Facts) {
		return contents{ItemDropped{Item: i.No, Why: Lapsed}}, nil
	}
	if r := m.pending(i, "", env); r != nil {
		return nil, r
	}
	roll := m.roll(i, rules)
	outcome, count := resolution.Tally(rules, i.Question.Proposal, roll)
	if outcome == "" {
		return contents{MotionLost{Item: i.No, Count: count}}, nil
	}
	var f refusal.Faults
	f.AtMost("reason", in.Reason, resolution.MaxText)
	reason := cmp.Or(trim(in.Reason), i.Question.Reason)
	f.Unless(outcome != resolution.Refused || reason != "", refusal.Required.At("reason"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	decided := resolution.Resolution{
		ID: resolution.ID(m.ID, i.No), Meeting: m.ID, Item: i.No, Body: m.Body, BodyKind: m.BodyKind, Decision: m.Decision,
		Case: i.Case, ContentHash: i.ContentHash, Policy: m.Policy,
		Proposal: i.Question.Proposal, Outcome: outcome, Directions: i.Question.Directions, Reason: reason,
		Roll: roll, Count: count, DecidedOn: env.Now.UTC(),
	}
	return contents{ResolutionAdopted{Resolution: decided, Hash: decided.Hash()}}, nil
}

func mayConcludeAny(m *Meeting, env lifecycle.Env) bool {
	return m.some(func(i *Item) refused { return m.mayConclude(i, m.rules(env)) })
}

// nothingComplete keeps a meeting from ending to escape a result that all have voted on.
var nothingComplete = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "没有已表决完毕而未宣布结果的议题", EN: "no item has all its votes and no result"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		if mayConcludeAny(m, env) {
			return refusal.ConcludeFirst.With()
		}
		return nil
	},
}

// end ends the meeting. What is still open leaves it without resolution. A meeting without quorum on which nobody voted ends inquorate:
// it has no minutes to sign.
func end(m *Meeting, _ Nothing, env lifecycle.Env) (contents, refused) {
	rules := m.rules(env)
	voted := false
	var out contents
	for n := range m.Items {
		i := &m.Items[n]
		if i.open() {
			out = append(out, ItemDropped{Item: i.No, Why: m.why(i, rules, env)})
		}
		voted = voted || len(i.Lost) > 0 || len(i.Votes) > 0
	}
	if !voted && !m.quorate(rules) {
		return append(out, QuorumMissed{}), nil
	}
	return append(out, Ended{}), nil
}

// why says why an open item leaves the meeting.
func (m *Meeting) why(i *Item, rules policy.Decision, env lifecycle.Env) Why {
	switch {
	case !m.waits(i, env.Facts):
		return Lapsed
	case m.noQuorum(i, rules) != nil:
		return NoQuorum
	default:
		return Undecided
	}
}

// needsOpenItems asks for the cases of all items without result.
func needsOpenItems(m *Meeting, _ Nothing) lifecycle.Needs {
	var needs lifecycle.Needs
	for n := range m.Items {
		if m.Items[n].open() {
			needs.Cases = append(needs.Cases, m.Items[n].Case)
		}
	}
	return needs
}
