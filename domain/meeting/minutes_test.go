package meeting

import (
	"encoding/json"
	"testing"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// The minutes hold all that regulations ask for: time, place, chair, recorder, present, absent, guests and what they said,
// each member's opinion, recusals, dissent by name, result.
func TestMinutes(t *testing.T) {
	w := newWorld(t)
	w.profile.Decisions.Major.Base = policy.OfPresent
	w.head(case1).Acted("review:legal", "m3")
	w.call(case1, case2).open("chair", "m1", "m2", "m3")
	w.do(person("sec"), "hear", HearInput{Name: "审计列席人", Office: "示例市审计局", Capacity: Observer})
	w.do(person("sec"), "hear", HearInput{Name: "示例专家", Office: "示例大学", Capacity: Expert, Item: 1, Words: "技术可行"})
	w.do(person("sec"), "hear", HearInput{Name: "示例专家", Office: "示例大学", Capacity: Expert, Item: 1, Words: "建议加强监测"})
	w.do(person("m2"), "recuse", RecuseInput{Item: 2, Nature: "亲属关系"})
	w.put(1, "").votes(1, "m1+", "m2+", "chair-")
	w.now = w.now.Add(time.Hour)
	w.do(person("sec"), "conclude", ConcludeInput{Item: 1, Reason: "多数同意"})
	w.put(2, resolution.ToAmend).votes(2, "m1+", "m3-", "chair-").conclude(2, "")
	w.put(2, resolution.ToAgree).votes(2, "m1+", "m3-", "chair-").conclude(2, "风险不可控")
	w.do(person("chair"), "close", Nothing{})

	m := w.m.Minutes()
	if m.Place != "一号会议室" || m.Chair != "chair" || m.Recorder != "sec" || !m.Began.Equal(monday) || !m.Ended.Equal(w.now) || m.Title == "" {
		t.Fatalf("%+v", m)
	}
	same(t, len(m.Present), 4)
	same(t, m.Absent, []Attendee{{Person: "m4", Role: identity.Member}})
	same(t, m.Guests, []Statement{
		{Name: "审计列席人", Office: "示例市审计局", Capacity: Observer}, {Name: "示例专家", Office: "示例大学", Capacity: Expert},
	})
	first, second := m.Items[0], m.Items[1]
	same(t, len(first.Statements), 2)
	same(t, first.Excluded, []Exclusion{{Person: "m3", Code: refusal.ActedBefore.Name}})
	same(t, first.Resolution.Outcome, resolution.Agreed)
	same(t, first.Resolution.Reason, "多数同意")
	same(t, first.Dissent, []resolution.Vote{{Person: "chair", Role: identity.Chair, Vote: resolution.Against, Words: "我的意见是chair-"}})
	same(t, first.ChairDiffers, true)
	same(t, len(first.Opinions), 3)
	same(t, second.Resolution.Outcome, resolution.Refused)
	same(t, second.Dissent[0].Person, "m1")
	same(t, second.ChairDiffers, false) // the others were divided
	same(t, second.Recused[0].Nature, "亲属关系")
	same(t, len(second.Lost), 1)
}

func TestSigning(t *testing.T) {
	held := func(present ...string) *world {
		w := newWorld(t).call(case1, case2).open(present...).put(1, "").put(2, resolution.ToDefer)
		for _, p := range present {
			if p != "chair" {
				w.votes(1, p+"+").votes(2, p+"+")
			}
		}
		if present[0] == "chair" {
			w.votes(1, "chair+").votes(2, "chair+")
		}
		w.conclude(1, "").conclude(2, "")
		w.do(person("sec"), "close", Nothing{})
		return w
	}
	w := held("chair", "m1", "m2", "m3")
	hash := lifecycle.ContentHash(w.m.Minutes())
	w.not(person("m1"), "sign-minutes", Nothing{}, refusal.NotEntitled)
	w.do(person("sec"), "sign-minutes", Nothing{})
	w.not(person("sec"), "sign-minutes", Nothing{}, refusal.MinutesSigned)
	w.not(person("sec2"), "sign-minutes", Nothing{}, refusal.MinutesSigned)
	same(t, w.m.State, Closed)
	if len(w.effects) > 0 {
		t.Fatalf("one signature sent out %+v", w.effects)
	}
	w.do(person("chair"), "sign-minutes", Nothing{})
	same(t, w.m.State, Signed)
	same(t, w.m.Signatures, []Signature{
		{As: AsSecretary, Person: "sec", Hash: hash, At: w.now}, {As: AsChair, Person: "chair", Hash: hash, At: w.now},
	})
	same(t, w.notices(), []string{"meeting-minutes-signed member", "meeting-minutes-signed chair"})
	w.published(t)

	w = held("m1", "m2", "m3") // the chair never came: a member signs in his place
	w.not(person("m4"), "sign-minutes", Nothing{}, refusal.NotEntitled)
	w.do(person("m2"), "sign-minutes", Nothing{})
	w.not(person("m1"), "sign-minutes", Nothing{}, refusal.MinutesSigned)
	w.not(person("chair"), "sign-minutes", Nothing{}, refusal.MinutesSigned)
	w.do(person("sec2"), "sign-minutes", Nothing{})
	same(t, w.m.State, Signed)

	w = held("chair", "m1", "m2") // who became chair since signs for the office
	w.do(holding("new", body, identity.Chair), "sign-minutes", Nothing{})
	same(t, w.m.Signatures[0].As, AsChair)

	w = held("chair", "m1", "m2") // nobody signs twice, whatever he is
	both := holding("chair", body, identity.Chair, identity.Secretary)
	w.do(both, "sign-minutes", Nothing{})
	w.not(both, "sign-minutes", Nothing{}, refusal.MinutesSigned)
	w.do(person("sec"), "sign-minutes", Nothing{})
	same(t, w.m.State, Signed)
}

// published checks that the public learns of the one item agreed to, and no names.
func (w *world) published(t *testing.T) {
	t.Helper()
	n := 0
	for _, e := range w.effects {
		if e.Publication == nil {
			continue
		}
		n++
		var got Published
		if err := json.Unmarshal(e.Publication.Content, &got); err != nil {
			t.Fatal(err)
		}
		r := w.m.Items[0].Resolution
		same(t, got, Published{
			Resolution: "m-1.1", Hash: r.Hash(), Body: body, Decision: resolution.MajorDecision, Case: case1, ContentHash: r.ContentHash, DecidedOn: "2026-03-16",
		})
	}
	same(t, n, 1)
}

func TestHear(t *testing.T) {
	w := newWorld(t).call(case1).open()
	in := HearInput{Name: "示例专家", Office: "示例大学", Capacity: Expert}
	for name, tc := range map[string]struct {
		change func(in *HearInput)
		want   refusal.Code
	}{
		"no name":            {func(in *HearInput) { in.Name = "" }, refusal.Required},
		"no office":          {func(in *HearInput) { in.Office = " " }, refusal.Required},
		"a capacity unknown": {func(in *HearInput) { in.Capacity = "lobbyist" }, refusal.NotAChoice},
		"an item unknown":    {func(in *HearInput) { in.Item, in.Words = 2, "可行" }, refusal.UnknownReference},
		"an item, no words":  {func(in *HearInput) { in.Item = 1 }, refusal.Required},
		"words on no item":   {func(in *HearInput) { in.Words = "可行" }, refusal.Required},
	} {
		t.Run(name, func(t *testing.T) {
			bad := in
			tc.change(&bad)
			w.not(person("sec"), "hear", bad, tc.want)
		})
	}
	for range maxHeard {
		w.do(person("sec"), "hear", in)
	}
	w.not(person("sec"), "hear", in, refusal.TooMany)
}
