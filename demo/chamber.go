package demo

import (
	"context"
	"fmt"
	"time"

	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/resolution"
)

// chamber is a body whose members decide collectively. It holds one meeting after the other: whatever waits when a meeting is called
// is on its agenda.
type chamber struct {
	client           *Client
	body, decision   string
	secretary, chair string
	members          []string
	waiting          chan *motion
}

// motion is what is put to the vote on one authorisation, and how it goes.
type motion struct {
	proposal   resolution.Proposal // to agree when empty
	directions string              // of an amendment
	reason     string              // of a deferral, or of a refusal
	against    bool                // the members vote it down
	recused    string              // a member who stays away from it for his interest
	inquorate  bool                // it comes to a meeting to which too few come

	item string // the authorisation
	done chan error
}

// These motions end otherwise than agreed; the zero motion is agreed.
var (
	deferral  = motion{proposal: resolution.ToDefer, reason: "待上级部门明确收费政策后再议。"}
	amendment = motion{proposal: resolution.ToAmend, directions: "行业数据接口增加对中小企业的优惠安排。"}
	denial    = motion{against: true, reason: "公共利益论证不足，不同意授权。"}
	missed    = motion{inquorate: true}
	recusal   = motion{recused: "government-member-4"}
)

// maxAgenda bounds how many authorisations one meeting decides on.
const maxAgenda = 12

func newChamber(c *Client, body, decision, prefix string) *chamber {
	b := &chamber{client: c, body: body, decision: decision, secretary: prefix + "secretary", chair: prefix + "chair", waiting: make(chan *motion)}
	for i := range 4 {
		b.members = append(b.members, fmt.Sprintf("%smember-%d", prefix, i+1))
	}
	return b
}

// decide waits until a meeting has dealt with the motion.
func (b *chamber) decide(ctx context.Context, m motion, item string) error {
	m.item, m.done = item, make(chan error, 1)
	select {
	case b.waiting <- &m:
	case <-ctx.Done():
		return fmt.Errorf("waited for a meeting of %s on %s: %w", b.body, item, context.Cause(ctx))
	}
	return <-m.done // whoever took the motion answers, with an error when ctx ends
}

// sit holds meetings until ctx ends.
func (b *chamber) sit(ctx context.Context) {
	for {
		select {
		case first := <-b.waiting:
			full, poor := b.agenda(first)
			for _, agenda := range [][]*motion{full, poor} {
				if len(agenda) == 0 {
					continue
				}
				err := b.meet(ctx, agenda)
				for _, m := range agenda {
					m.done <- err
				}
			}
		case <-ctx.Done():
			return
		}
	}
}

// agenda takes what is waiting, apart by whether enough will come.
func (b *chamber) agenda(first *motion) (full, poor []*motion) {
	for next := first; ; {
		if next.inquorate {
			poor = append(poor, next)
		} else {
			full = append(full, next)
		}
		if len(full) == maxAgenda || len(poor) == maxAgenda {
			return full, poor
		}
		select {
		case next = <-b.waiting:
		default:
			return full, poor
		}
	}
}

// meet holds one meeting.
func (b *chamber) meet(ctx context.Context, agenda []*motion) error {
	called, err := b.call(ctx, agenda)
	if err != nil {
		return err
	}
	path := base + "meetings/" + called.ID
	mayOpen := func(c *Case) bool { return c.allows("open") }
	if _, err := b.client.await(ctx, b.secretary, path, "to be opened on its day", mayOpen); err != nil {
		return err
	}
	s := &session{chamber: b, path: path}
	s.give(ctx, b.secretary, "open", nil)
	if agenda[0].inquorate {
		s.attend(ctx, b.members[:1])
		s.give(ctx, b.secretary, "close", nil)
		return s.end(meeting.Inquorate)
	}
	s.attend(ctx, b.members)
	for i, m := range agenda {
		s.deal(ctx, i+1, m)
	}
	s.give(ctx, b.chair, "close", nil)
	s.give(ctx, b.secretary, "sign-minutes", nil)
	s.give(ctx, b.chair, "sign-minutes", nil)
	return s.end(meeting.Signed)
}

// noticeGiven is how far ahead a meeting is called, in business time.
const noticeGiven = 36 * time.Hour

// call calls a meeting. When its day went by before the call arrived, it is called anew.
func (b *chamber) call(ctx context.Context, agenda []*motion) (*Case, error) {
	in := meeting.CallInput{Body: b.body, Decision: b.decision}
	in.Title, in.Place = fmt.Sprintf("集体决策会议（%d项议题）", len(agenda)), "第一会议室"
	for _, m := range agenda {
		in.Items = append(in.Items, m.item)
	}
	for {
		now, err := b.client.now()
		if err != nil {
			return nil, err
		}
		in.Time = now.Add(noticeGiven).Truncate(time.Minute)
		called, err := b.client.give(ctx, b.secretary, base+"meetings", in)
		if !refusedWith(err, "meeting-day") {
			return called, err
		}
	}
}

// session is a meeting under way. After the first error nothing more is said in it.
type session struct {
	*chamber
	path string
	seen *Case
	err  error
}

func (s *session) give(ctx context.Context, person, command string, input any) {
	if s.err == nil {
		s.seen, s.err = s.client.give(ctx, person, s.path+"/"+command, input)
	}
}

// attend records the presence of the chair and of members.
func (s *session) attend(ctx context.Context, members []string) {
	for _, person := range append([]string{s.chair}, members...) {
		s.give(ctx, s.secretary, "mark-present", meeting.PersonInput{Person: person})
	}
}

// deal has one item of the agenda voted on, the chair last.
func (s *session) deal(ctx context.Context, no int, m *motion) {
	if m.recused != "" {
		s.give(ctx, m.recused, "recuse", meeting.RecuseInput{Item: no, Nature: "近亲属在申请单位任职。"})
	}
	put := meeting.PutInput{Item: no, Proposal: m.proposal, Directions: m.directions}
	if m.proposal == "" {
		put.Proposal = resolution.ToAgree
	}
	if m.proposal == resolution.ToDefer {
		put.Reason = m.reason
	}
	s.give(ctx, s.secretary, "put-question", put)
	for i, person := range append(s.members[:len(s.members):len(s.members)], s.chair) {
		if person == m.recused {
			continue
		}
		voice := meeting.VoteInput{Item: no, Vote: resolution.For, Words: "同意。"}
		switch {
		case m.against:
			voice.Vote, voice.Words = resolution.Against, "不同意，理由不充分。"
		case i == no%3: // so that there is something to count
			voice.Vote, voice.Words = resolution.Abstain, "保留意见。"
		}
		s.give(ctx, person, "vote", voice)
	}
	conclude := meeting.ConcludeInput{Item: no}
	if m.against {
		conclude.Reason = m.reason
	}
	s.give(ctx, s.chair, "conclude", conclude)
}

// end says whether the meeting ended as it should have.
func (s *session) end(state lifecycle.State) error {
	if s.err == nil && s.seen.State != state {
		return fmt.Errorf("%s ended %s, not %s", s.path, s.seen.State, state)
	}
	return s.err
}
