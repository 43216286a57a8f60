package product

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// follow takes note of where the authorisation stands. What is on offer ends with it; what was still under way lapses. The system may repeat itself.
func follow(p *Product, in authorization.StandInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "standing", in.Standing, authorization.StandsOperating, authorization.StandsSuspended, authorization.StandsExiting, authorization.StandsWindingDown,
		authorization.StandsEnded)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	switch {
	case in.Standing == authorization.StandsEnded && (p.Listed || p.Withheld):
		return append(p.Drop(), TakenOff{Side: ByAuthorization}), nil
	case in.Standing == authorization.StandsEnded:
		return append(p.Drop(), WentWithIt{}), nil
	case in.Standing == p.Standing:
		return nil, nil
	default:
		return contents{StandingNoted{
			Standing: in.Standing,
			Back:     p.Withheld && (in.Standing == authorization.StandsOperating || in.Standing == authorization.StandsSuspended),
		}}, nil
	}
}

// AttachmentDigests lists the attachments that the case refers to, repeats among them: who may see the case may see these.
func (p *Product) AttachmentDigests() []string {
	out := slices.Clone(p.Drafted.Attachments)
	for _, v := range p.Versions {
		out = append(out, v.Content.Attachments...)
		if v.Trial != nil {
			out = append(out, v.Trial.Evidence...)
		}
	}
	if p.Trial != nil {
		out = append(out, p.Trial.Evidence...)
	}
	return out
}

// ResourceIDs lists the resources of the catalogue that the case names, repeats among them.
func (p *Product) ResourceIDs() []string {
	out := slices.Clone(p.Drafted.Resources)
	if v := p.Offer(); v != nil {
		out = append(out, v.Content.Resources...)
	}
	return out
}
