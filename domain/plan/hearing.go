package plan

// Hearing is what became of what the public said in one period: public with the plan (713号令 Art. 32). It holds neither anybody's name nor his own words.
type Hearing struct {
	Period
	Ends     bool      `json:"ends,omitempty" doc:"the public was heard on ending the plan"`
	Received int       `json:"received" doc:"how many opinions came in"`
	Answered []Handled `json:"answered,omitempty" doc:"in no one's own words; those that came in before the text was changed and put before the public again may be missing"`
}

// Handled is one opinion of the public, as the agency sums it up, and what was done about it.
type Handled struct {
	Summary string `json:"summary" doc:"in the agency's words"`
	Adopted bool   `json:"adopted" doc:"it was taken up"`
	Reply   string `json:"reply"`
}

// hearing is what the public may know of the period.
func (c *Commenting) hearing(ends bool) Hearing {
	out := Hearing{Period: Period{From: c.From, Until: c.Until}, Ends: ends, Received: len(c.Opinions)}
	for _, o := range c.Opinions {
		if o.Answer != nil && o.Answer.Summary != "" {
			out.Answered = append(out.Answered, Handled{Summary: o.Answer.Summary, Adopted: o.Answer.Adopted, Reply: o.Answer.Text})
		}
	}
	return out
}

// hearings are those on what is under way, the oldest first.
func (p *Plan) hearings() []Hearing {
	if p.Comment == nil || p.Comment.Settled {
		return nil
	}
	return append(p.Earlier[:len(p.Earlier):len(p.Earlier)], p.Comment.hearing(p.Change != nil && p.Change.Cancels))
}

// settle ends the hearings on what is under way, and returns them.
func (p *Plan) settle() []Hearing {
	out := p.hearings()
	p.Earlier = nil
	if p.Comment != nil {
		p.Comment.Settled = true
	}
	return out
}
