package registration

import (
	"slices"
	"strings"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Confirmation is a joint registrant's word that it agrees to an application as it stands (签认). Joint registrants apply by one of them after they agreed
// (26号); that each says so in the system is this project's choice (default).
type Confirmation struct {
	Organization string      `json:"organization"`
	Hash         string      `json:"hash"` // of the content
	By           identity.By `json:"by"`
	At           time.Time   `json:"at"`
}

// Unconfirmed lists the joint registrants that have not agreed to the application as it stands; none where there is no content to agree to.
func (r *Registration) Unconfirmed() []string {
	if p := r.underWay(); len(r.Drafted.Joint) == 0 || p != nil && len(p.Submitted) == 0 {
		return nil
	}
	hash := lifecycle.ContentHash(r.Drafted)
	return slices.DeleteFunc(slices.Clone(r.Drafted.Joint), func(id string) bool {
		return slices.ContainsFunc(r.Confirmations, func(c Confirmation) bool { return c.Organization == id && c.Hash == hash })
	})
}

// agreed: an application is one of all its joint registrants.
var agreed = guard{
	Words: words("联合登记主体均已签认", "every joint registrant has confirmed the application as it stands"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		var names []string
		for _, id := range r.Unconfirmed() {
			if org, ok := env.Facts.Organizations[id]; ok && org.Name != "" {
				id = org.Name
			}
			names = append(names, id)
		}
		if len(names) > 0 {
			return refusal.JointUnconfirmed.With("organizations", strings.Join(names, "、"))
		}
		return nil
	},
}

// toConfirm: the actor's organisation has not confirmed the application as it stands.
var toConfirm = guard{
	Words: words("本单位尚未签认现有内容", "not confirmed yet by one's own organisation as it stands"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		if !slices.Contains(r.Unconfirmed(), env.By.Organization) {
			return refusal.NothingToConfirm.With()
		}
		return nil
	},
}

func confirm(r *Registration, _ Nothing, _ lifecycle.Env) (contents, refused) {
	return contents{JointConfirmed{Hash: lifecycle.ContentHash(r.Drafted)}}, nil
}

// confirmed keeps the last word of each organisation.
func (r *Registration) confirmed(c Confirmation) {
	r.Confirmations = slices.DeleteFunc(r.Confirmations, func(o Confirmation) bool { return o.Organization == c.Organization })
	r.Confirmations = append(r.Confirmations, c)
}

// tellParties tells who is to confirm the application.
func (r *Registration) tellParties() effects {
	var out effects
	for _, id := range r.Unconfirmed() {
		out = append(out, r.tell(lifecycle.Recipients{Organization: id, Role: identity.Registrant}, "registration-to-confirm"))
	}
	return out
}

func tellConfirmed(r *Registration, _ JointConfirmed, _ lifecycle.Event) effects {
	return effects{r.tell(r.registrants(), "registration-joint-confirmed")}
}
