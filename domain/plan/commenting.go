package plan

import (
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Commenting is one period in which the public is heard on a plan (公开征求意见, 713号令 Art. 15), and what it said.
type Commenting struct {
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"` // last day
	Over     bool          `json:"over,omitempty"`
	Content  Content       `json:"content"` // on which the public is heard
	Opinions []Opinion     `json:"opinions,omitempty"`
	Settled  bool          `json:"settled,omitempty"` // what it was about came in force, ended the plan, or came to nothing
}

// Opinion is what somebody said about a plan, and what was done about it.
type Opinion struct {
	No     int         `json:"no"`
	Name   string      `json:"name,omitempty"` // as given; left out by who did not want to
	Text   string      `json:"text"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
	Answer *Answer     `json:"answer,omitempty"`
}

// Answer says whether an opinion was taken up, and why (713号令 Art. 18, 32). Its summary and its text become public with the plan; the opinion's own
// words and the name of who gave it do not.
type Answer struct {
	No      int    `json:"no" minimum:"1" doc:"number of the opinion"`
	Summary string `json:"summary,omitempty" maxLength:"500" doc:"what the opinion asks for, in the agency's words (归纳); published with the plan, so without names or other personal data"`
	Adopted bool   `json:"adopted"`
	Text    string `json:"text" maxLength:"2000" doc:"the reply; sent to who gave the opinion and published with the plan, so without names or other personal data"`
}

// CommentInput is somebody's opinion on a plan.
type CommentInput struct {
	Name string `json:"name,omitempty" maxLength:"200" doc:"may be left out; never published"`
	Text string `json:"text" maxLength:"4000" doc:"read by the agency and its reviewers; once the plan is published, the agency's summary of it is published with the reply, without name and not in these words (713号令 Art. 32)"`
}

// maxOpinions bounds what one case can hold; maxOwn what one person can say.
const (
	maxOpinions = 1000
	maxOwn      = 5
	maxSummary  = 500 // characters
)

// commentDays is how long the public is heard, and how long the profile says.
func (c Content) commentDays(rules *policy.Plan) (days, whole int) {
	if span, ok := rules.Comment.Span.Span.(calendar.CalendarDays); ok {
		whole = int(span)
	}
	if c.CommentDays > 0 {
		return c.CommentDays, whole
	}
	return whole, whole
}

// beginComment puts the plan before the public.
func (p *Plan) beginComment(env lifecycle.Env) contents {
	days, whole := p.Drafted.commentDays(env.Policy.Plan)
	limit := env.Policy.Plan.Comment
	limit.Span = policy.Span{Span: calendar.CalendarDays(days)}
	if days < whole {
		limit.Rule = say(limit.Rule.ZH+"；本次缩短，理由见方案", limit.Rule.EN+"; shortened here, for the reason in the plan")
	}
	runs := env.Limit(commentEnds, limit, lifecycle.Recipients{}, lifecycle.Recipients{})
	return contents{CommentBegun{From: calendar.DateOf(env.Now), Until: runs.Deadline.Due.On}, runs}
}

var commenting = guard{
	Words: say("在公开征求意见期内", "while the public is heard"),
	Check: func(p *Plan, _ lifecycle.Env) refused {
		if p.Comment == nil || p.Comment.Over {
			return refusal.PlanNotCommenting.With()
		}
		return nil
	},
}

func comment(p *Plan, in CommentInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.AtMost("name", in.Name, maxTitle)
	f.Text("text", in.Text, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	own := 0
	for _, o := range p.Comment.Opinions {
		if o.By.Person == env.Actor.Person {
			own++
		}
	}
	if own >= maxOwn || len(p.Comment.Opinions) >= maxOpinions {
		return nil, refusal.PlanComments.With()
	}
	return contents{Commented{No: len(p.Comment.Opinions) + 1, Name: strings.TrimSpace(in.Name), Text: strings.TrimSpace(in.Text)}}, nil
}
