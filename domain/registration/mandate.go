package registration

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Agent is who applies on the registrant's behalf (委托代理). 26号 knows entrusted agents from the platform's form alone; that one whose organisation is in
// the system acts by itself, what its mandate covers, and that the registrant can end it at any time are this project's choices (default).
type Agent struct {
	Name         string   `json:"name,omitempty" maxLength:"200"`
	CreditCode   string   `json:"credit_code,omitempty" maxLength:"18"`
	Mandate      []string `json:"mandate,omitempty" doc:"digest of the mandate"`
	Organization string   `json:"organization,omitempty" maxLength:"100" doc:"organisation ID of the agent, when its people are to act here for the registrant"`
	Powers       []Power  `json:"powers,omitempty" maxItems:"3" enum:"application,later,ending" doc:"how far its mandate goes; needed with organization. application: draft, hand in and complete applications; later: change, correction, renewal and consent; ending: withdraw and deregister"`
}

// Power is something that a mandate covers. It is stored: never rename one.
type Power string

// The powers.
const (
	PowerApplication Power = "application" // draft, hand in and complete applications
	PowerLater       Power = "later"       // change, correction and renewal, and consent to what others want corrected
	PowerEnding      Power = "ending"      // withdraw applications, and deregister
)

// Powers lists the powers.
func Powers() []Power { return []Power{PowerApplication, PowerLater, PowerEnding} }

// check finds what is wrong with an agent. One that acts by itself shows its mandate and how far it goes from the draft on.
func (a Agent) check(f *refusal.Faults, of Application, registrant string, env lifecycle.Env) {
	f.AtMost("agent.name", a.Name, maxName)
	if a.CreditCode != "" {
		_, err := identity.ParseCreditCode(a.CreditCode)
		f.Unless(err == nil, refusal.BadCreditCode.At("agent.credit_code"))
	}
	env.CheckFiles(f, "agent.mandate", a.Mandate, of.owners(registrant)...)
	at := func(i int) string { return refusal.In("agent.powers", i) }
	for i, p := range a.Powers {
		refusal.Choice(f, at(i), p, Powers()...)
	}
	f.Distinct(texts(a.Powers), at)
	if a.Organization == "" {
		return
	}
	org, ok := env.Facts.Organizations[a.Organization]
	fits := ok && !org.Closed && identity.MayGive(org.Kind, identity.Registrant) && a.Organization != registrant && !slices.Contains(of.Joint, a.Organization)
	f.Unless(fits, refusal.UnknownReference.At("agent.organization"))
	f.Unless(len(a.Mandate) > 0, refusal.Required.At("agent.mandate"))
	f.Unless(len(a.Powers) > 0, refusal.Required.At("agent.powers"))
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// acting is the registrant when its agent acts for it; empty when it acts itself.
func (r *Registration) acting(env lifecycle.Env) string {
	if r.Agent != "" && env.By.Organization == r.Agent {
		return r.Applicant
	}
	return ""
}

// within: an agent acts as far as its mandate goes. The registrant needs none.
func within(power Power) guard {
	return guard{
		Words: words("代理人未超出委托权限", "of an agent: within its mandate"),
		Check: func(r *Registration, env lifecycle.Env) refused {
			if r.acting(env) != "" && !slices.Contains(r.Mandate.Powers, power) {
				return refusal.MandateExceeded.With()
			}
			return nil
		},
	}
}

// mandateKept finds whether an agent changes its own mandate.
func (r *Registration) mandateKept(f *refusal.Faults, in Application, env lifecycle.Env) {
	f.Unless(r.acting(env) == "" || lifecycle.ContentHash(in.Agent) == lifecycle.ContentHash(*r.Mandate), refusal.MandateByRegistrant.At("agent"))
}

// mandated: there is an agent who acts by itself.
var mandated = guard{
	Words: words("有以本单位名义在系统中办理的代理人", "there is an agent who acts in the system"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		if r.Mandate == nil {
			return refusal.NoMandate.With()
		}
		return nil
	},
}

func withdrawMandate(r *Registration, _ Nothing, _ lifecycle.Env) (contents, refused) {
	return contents{MandateWithdrawn{Agent: r.Agent}}, nil
}

// mandate lets the agent of an application that was drafted, edited or handed in act from now on; one without leaves nobody to act.
func (r *Registration) mandate(a Agent) {
	r.Mandate, r.Agent = nil, a.Organization
	if a.Organization != "" {
		r.Mandate = &a
	}
	r.address()
}

// unmandate takes the mandate back: neither the content as it is edited further nor the entry names the agent, and no limit reminds it.
func (r *Registration) unmandate() {
	r.Mandate, r.Agent, r.Drafted.Agent = nil, "", Agent{}
	if r.Entry != nil {
		r.Entry.Agent = Agent{}
	}
	r.address()
}

// address has the limits that run remind the agent of now.
func (r *Registration) address() {
	for i := range r.Deadlines {
		if to := &r.Deadlines[i].Reminds; to.Role == identity.Registrant {
			to.Also = r.Agent
		}
	}
}

// tellDrafted tells who is to confirm the application, and the registrant what its agent drafted in its name.
func tellDrafted(r *Registration, _ Drafted, e lifecycle.Event) effects {
	out := r.tellParties()
	if e.By.Organization != r.Applicant {
		out = append(out, r.tell(lifecycle.Recipients{Organization: r.Applicant, Role: identity.Registrant}, "registration-agent-drafted"))
	}
	return out
}

// tellMandate tells who loses a mandate, and who is to confirm anew: the application that is confirmed names its agent.
func tellMandate(r *Registration, e MandateWithdrawn, _ lifecycle.Event) effects {
	return append(effects{r.tell(lifecycle.Recipients{Organization: e.Agent, Role: identity.Registrant}, "registration-mandate-withdrawn")}, r.tellParties()...)
}
