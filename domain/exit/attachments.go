package exit

import "slices"

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (c *Exit) AttachmentDigests() []string {
	out := slices.Clone(c.Request.Evidence)
	for _, s := range c.Defence.Statements {
		out = append(out, s.Attachments...)
	}
	if c.Service != nil {
		out = append(out, c.Service.Proof)
	}
	for _, s := range c.Steps {
		out = append(out, s.Proof...)
	}
	return out
}
