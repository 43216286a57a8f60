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

// ResourceIDs lists the resources of the catalogue that the case names, repeats among them.
func (r *Registration) ResourceIDs() []string {
	var out []string
	for _, a := range []*Application{&r.Drafted, r.Entry} {
		if a != nil && a.Resource != "" {
			out = append(out, a.Resource)
		}
	}
	return out
}

// RegisteredIDs lists the resource that the case keeps registered: from the code to the end, whatever is applied for meanwhile.
func (r *Registration) RegisteredIDs() []string {
	if r.Entry == nil || r.Closing != nil || r.Entry.Object != Resource || r.Entry.Resource == "" {
		return nil
	}
	return []string{r.Entry.Resource}
}
