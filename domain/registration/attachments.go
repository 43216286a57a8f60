package registration

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (r *Registration) AttachmentDigests() []string {
	out := r.Drafted.files()
	if r.Entry != nil {
		out = append(out, r.Entry.files()...)
	}
	for _, p := range r.Procedures {
		for _, s := range p.Submitted {
			out = append(out, s.Content.files()...)
		}
		out = append(out, p.Request.Attachments...)
		for _, o := range p.Objections {
			out = append(out, o.Evidence...)
		}
	}
	for _, c := range r.Conduct {
		out = append(out, c.Evidence...)
	}
	return out
}
