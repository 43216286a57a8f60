package authorization

import (
	"slices"
	"strings"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Affiliate is an organisation that the operator controls, that controls it, or that is controlled together with it (关联方). What the operator may not do itself
// it may not do through one either: it takes no part in re-developing what it delivered, directly or indirectly (27号 Art. 6).
type Affiliate struct {
	Name       string `json:"name" maxLength:"200"`
	CreditCode string `json:"credit_code,omitempty" maxLength:"18" doc:"unified social credit code; left out where it has none"`
	Relation   string `json:"relation" maxLength:"400" doc:"how the two are connected"`
}

// Affiliates are those that one organisation knows of, as its people listed them last. Nobody takes away what another organisation listed: an operator could
// otherwise drop what its supervisor found.
type Affiliates struct {
	List []Affiliate `json:"list"` // may be empty: it knows of none
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// AffiliatesInput lists all affiliates that one's organisation knows of, in place of those that it listed before.
type AffiliatesInput struct {
	Affiliates []Affiliate `json:"affiliates" maxItems:"200" doc:"all that one's organisation knows of; none when empty"`
}

// AffiliatesListed records the affiliates.
type AffiliatesListed struct {
	List []Affiliate `json:"list"`
}

// EventType implements lifecycle.Content.
func (AffiliatesListed) EventType() string { return "affiliates-listed" }

const maxAffiliates = 200

var competitionRuled = guard{
	Words: words("规则方案有公平竞争指标", "the profile has indicators of fair competition"),
	Check: func(_ *Authorization, env lifecycle.Env) refused {
		if env.Policy.Supervision == nil || len(env.Policy.Supervision.Competition) == 0 {
			return refusal.SupervisionNotRuled.With()
		}
		return nil
	},
}

func listAffiliates(_ *Authorization, in AffiliatesInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	if f.Count("affiliates", len(in.Affiliates), maxAffiliates) {
		known := make([]string, len(in.Affiliates))
		for i, x := range in.Affiliates {
			f.Text(refusal.In("affiliates", i, "name"), x.Name, maxTitle)
			f.Text(refusal.In("affiliates", i, "relation"), x.Relation, 2*maxTitle)
			if x.CreditCode != "" {
				_, err := identity.ParseCreditCode(x.CreditCode)
				f.Unless(err == nil, refusal.BadCreditCode.At(refusal.In("affiliates", i, "credit_code")))
			}
			known[i] = x.CreditCode + "\n" + strings.TrimSpace(x.Name)
		}
		f.Distinct(known, func(i int) string { return refusal.In("affiliates", i) })
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{AffiliatesListed{in.Affiliates}}, nil
}

func affiliateRules() []rule {
	operated := from{Operating, Suspended, Exiting}
	return []rule{{
		Command: "list-affiliates", Words: words("登记关联方", "list affiliates"), From: operated, To: operated, By: lifecycle.By(officer, applicant, auditor), Guards: []guard{competitionRuled},
		Emits: lifecycle.Emits(AffiliatesListed{}), Decide: lifecycle.Decide(listAffiliates),
	}}
}

func affiliateEvents() []lifecycle.EventType[*Authorization] {
	return []lifecycle.EventType[*Authorization]{
		lifecycle.On(func(a *Authorization, e AffiliatesListed, at lifecycle.Event) {
			listed := Affiliates{List: e.List, By: at.By, At: at.At}
			if i := slices.IndexFunc(a.Affiliates, func(l Affiliates) bool { return l.By.Organization == at.By.Organization }); i >= 0 {
				a.Affiliates[i] = listed
			} else {
				a.Affiliates = append(a.Affiliates, listed)
			}
		}),
	}
}
