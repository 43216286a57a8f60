package authorization

import "slices"

// AttachmentDigests lists the attachments that the case refers to now, repeats among them: who may see the case may see these.
func (a *Authorization) AttachmentDigests() []string {
	out := slices.Clone(a.Application.Attachments)
	for _, s := range a.Submissions {
		out = append(out, s.Content.Attachments...)
	}
	for _, q := range a.Questions {
		out = append(out, q.Attachments...)
		if q.Answer != nil {
			out = append(out, q.Answer.Attachments...)
		}
	}
	if a.Filing != nil {
		out = append(out, a.Filing.Evidence...)
	}
	for _, r := range a.Reports {
		out = append(out, r.Attachments...)
	}
	if a.Suspension != nil {
		out = append(out, a.Suspension.Evidence...)
	}
	for _, i := range a.Incidents {
		out = append(out, i.Evidence...)
	}
	for _, i := range a.Inspections {
		if i.Result != nil {
			out = append(out, i.Result.Evidence...)
		}
	}
	for _, e := range a.Evaluations {
		out = append(out, e.Evidence...)
	}
	for _, d := range a.Audits {
		out = append(out, d.Attachments...)
	}
	if a.Proposal != nil {
		out = append(out, a.Proposal.Evidence...)
	}
	for _, e := range a.Exits {
		out = append(out, e.Evidence...)
	}
	return out
}
