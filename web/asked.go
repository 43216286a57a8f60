package web

import (
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
	"datacharter/domain/text"
	"datacharter/web/ui"
)

// asked is one thing that the applicant was asked to put right.
type asked struct {
	about text.Text // the part of the application, or the review or decision that asks
	words string
	topic *topic // where it is put right; nil when that is not said
}

// askedOf lists what a returned application was returned for.
func askedOf(c *authorization.Authorization) []asked {
	var out []asked
	switch c.State { // in all others nothing is asked of the applicant
	case authorization.Returned:
		for _, m := range c.Missing {
			out = append(out, asked{applicationField(m.Path), m.Text, topicOf(m.Path)})
		}
	case authorization.ReviewReturned:
		for _, t := range c.Tasks {
			if t.Round == c.Round && t.Outcome == review.Return {
				out = append(out, asked{about: t.Title, words: t.Opinion})
			}
		}
	case authorization.Amending:
		if n := len(c.Resolutions); n > 0 {
			r := c.Resolutions[n-1].Resolution
			out = append(out, asked{text.Text{ZH: "集体决策", EN: "major decision"}, r.Directions + r.Reason, nil})
		}
	}
	return out
}

// sentBackFor is askedOf for a case of any kind.
func sentBackFor(subject lifecycle.Case) []asked {
	if a, ok := subject.(*authorization.Authorization); ok {
		return askedOf(a)
	}
	return nil
}

// lack is something that is missing or wrong, with the place where it is put right.
type lack struct {
	topic  *topic
	label  text.Text
	detail string
	url    string // empty when the fault belongs to no step
}

func (p *applying) lack(f refusal.Field) lack {
	l := lack{topic: topicOf(f.Path), label: p.partName(f.Path), detail: f.Detail(p.page.Language)}
	if l.topic != nil {
		at := control(f.Path)
		if len(l.topic.fields) == 1 && l.topic.name != "products" { // a list that has one control
			at = l.topic.name
		}
		l.url = p.stepURL(l.topic.name) + "#" + ui.ID(at)
	}
	return l
}

// lacks are what handing in would be refused for now.
func (p *applying) lacks() []lack {
	var out []lack
	if p.refused != nil {
		for _, f := range p.refused.Fields {
			out = append(out, p.lack(f))
		}
	}
	return out
}

// progress is how far a step is.
type progress int

const (
	toDo progress = iota
	complete
	mayStay // nothing in it, and nothing need be
)

func (p *applying) progress(t *topic) progress {
	for _, l := range p.lacks() {
		if l.topic == t {
			return toDo
		}
	}
	if t.optional && len(applied(p.act).Application.Attachments) == 0 {
		return mayStay
	}
	return complete
}

func (p *applying) progressWords(t *topic) string {
	switch p.progress(t) {
	case complete:
		return p.T("已完成", "complete")
	case mayStay:
		return p.T("选填", "optional")
	default:
		return p.T("未完成", "incomplete")
	}
}
