package exit

import (
	"slices"

	"datacharter/domain/identity"
)

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (c *Exit) AttachmentDigests() []string {
	out := slices.Clone(c.Request.Evidence)
	for _, j := range c.Request.Judgements {
		out = append(out, j.Evidence...)
	}
	for _, cure := range c.Cures {
		out = append(out, cure.Attachments...)
	}
	for _, s := range c.Defence.Statements {
		out = append(out, s.Attachments...)
	}
	if c.Oral != nil {
		out = append(out, c.Oral.Record)
	}
	if c.Service != nil {
		out = append(out, c.Service.Proof)
	}
	if c.Stay != nil {
		out = append(out, c.Stay.Proof)
	}
	for _, r := range c.Reviews {
		out = append(out, r.Proof)
	}
	for _, s := range c.Steps {
		out = append(out, s.Proof...)
	}
	for _, d := range c.Duties {
		out = append(out, d.Proof)
	}
	return slices.DeleteFunc(out, func(digest string) bool { return digest == "" })
}

// Signers lists those who acted in what an exit in full has beside, repeats among them.
func (c *Exit) Signers() []identity.By {
	var out []identity.By
	for _, cure := range c.Cures {
		out = append(out, cure.By, cure.AssessedBy)
	}
	if o := c.Oral; o != nil {
		out = append(out, o.By, o.Chair, o.SignedBy)
		for _, x := range o.Objections {
			out = append(out, identity.By{Person: x.Chair, Organization: c.Agency})
		}
	}
	for _, r := range c.Reviews {
		out = append(out, r.By)
	}
	if c.Reinstated != nil {
		out = append(out, c.Reinstated.By)
	}
	if c.Listing != nil {
		out = append(out, c.Listing.By)
	}
	return slices.DeleteFunc(out, func(by identity.By) bool { return by.Person == "" })
}
