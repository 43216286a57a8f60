// Package drill runs a whole exit dry (退出演练): on copies, by the rules themselves and with people who are not there, so that an administrator sees what an
// exit on a ground would touch, by when, and what would block it. It is pure: nothing of it is ever kept or sent.
package drill

import (
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/domain/use"
)

// MaxTakers is how many customers are listed at most.
const MaxTakers = 200

// ActingUser is somebody with roles in an organisation.
type ActingUser struct {
	Person string          `json:"person"`
	Name   string          `json:"name"`
	Roles  []identity.Role `json:"roles"`
}

// Records are what the system holds besides the case, as they stand.
type Records struct {
	Operator  []ActingUser       // who act for the operator
	Staff     []ActingUser       // who act for the agency
	Platforms []use.Platform     // that report uses
	Takers    []use.Taker        // customers, as uses were reported; MaxTakers and one more at most
	Totals    []use.Total        // of the whole term
	Products  []lifecycle.Header // cases of products and services that rest on the authorisation
	Accounts  *finance.Finance   // its prices and revenue; nil where there are none
	Resources map[string]string  // titles of its resources by ID, as the catalogue has them
	Cases     map[string]string  // titles of the operator's open cases by ID: of those that the administrator may see
}

// Drill is what a dry run found.
type Drill struct {
	Ground   policy.ExitGround `json:"ground"`
	Way      *policy.ExitWay   `json:"way,omitempty"`
	Blockers []ExitBlocker     `json:"blockers"`
	// Shortest and Longest are the procedure when everybody acts at once and waives what he may waive, and when every limit is used up and a hearing is asked
	// for; nil where a blocker stands in the way of the opening.
	Shortest *ExitCourse `json:"shortest,omitempty"`
	Longest  *ExitCourse `json:"longest,omitempty"`

	Products      []TouchedProduct         `json:"products"`
	Resources     []TouchedResource        `json:"resources"`
	Registrations []authorization.OnRecord `json:"registrations"`
	Users         []ActingUser             `json:"users"`
	Platforms     []TouchedPlatform        `json:"platforms"`
	Takers        []use.Taker              `json:"takers"`             // as far as uses were reported
	MoreTakers    bool                     `json:"more_takers"`        // than are listed
	Own           []OtherCase              `json:"own"`                // open cases that go with the authorisation: its accounts, findings, exit and disclosures
	Cases         []OtherCase              `json:"cases"`              // other open cases of the operator
	Tasks         []lifecycle.Task         `json:"tasks"`              // of the authorisation, that would be dropped
	Deadlines     []lifecycle.Deadline     `json:"deadlines"`          // of the authorisation, that would end with it
	Shares        []agreement.Share        `json:"shares"`             // by which the accounts are settled
	Accounts      *TouchedAccounts         `json:"accounts,omitempty"` // nil where there are none
}

// ExitBlocker is something that would keep the exit from opening or from coming to its end.
type ExitBlocker struct {
	Opening bool      `json:"opening"` // it could not even be opened
	Code    string    `json:"code"`
	Words   text.Text `json:"words"`
}

// TouchedProduct is one that would go off offer, with what the records hold of its delivery.
type TouchedProduct struct {
	Case     string          `json:"case,omitempty"` // empty for one that is listed on the authorisation itself
	Name     string          `json:"name"`
	State    lifecycle.State `json:"state,omitempty"` // of its case
	Listed   bool            `json:"listed"`
	Charge   pricing.Tariff  `json:"charge,omitempty"`
	Unit     string          `json:"unit,omitempty"`
	Volume   int64           `json:"volume"`           // delivered in the term, as reported, in Unit
	Amount   *pricing.Amount `json:"amount,omitempty"` // of the volume at today's charge; nil where there is none
	Lapses   bool            `json:"lapses"`           // it was never on offer: its case ends with the authorisation
	Delivery int64           `json:"deliveries"`       // uses reported
}

// TouchedResource is one that the operator could use no more.
type TouchedResource struct {
	ID    string `json:"id"`
	Title string `json:"title,omitempty"` // empty for one that the catalogue does not have
	Grade string `json:"grade,omitempty"` // by its present grading; empty for none
}

// TouchedPlatform is one that could report no more.
type TouchedPlatform struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// OtherCase is another open case of the same operator.
type OtherCase struct {
	ID     string          `json:"id"`
	Title  string          `json:"title,omitempty"` // empty for one that the administrator may not see
	Kind   lifecycle.Kind  `json:"kind"`
	State  lifecycle.State `json:"state"`
	Agency string          `json:"agency,omitempty"`
}

// Run runs the exit of the authorisation on the ground dry, in the name of an administrator of its agency, as of env: now, the pinned profile, the calendar
// and the facts that Needs names. The authorisation is not changed.
func Run(a *authorization.Authorization, ground string, actor identity.Actor, records Records, env lifecycle.Env) (Drill, *refusal.Refusal) {
	i := slices.IndexFunc(env.Policy.Exit.Grounds, func(g policy.ExitGround) bool { return g.Code == ground })
	if i < 0 {
		return Drill{}, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("ground")})
	}
	d := Drill{Ground: env.Policy.Exit.Grounds[i], Users: records.Operator}
	d.Way = env.Policy.Exit.Way(d.Ground.Way)
	d.touched(a, records, env)
	d.blocked(a, records, actor)
	for _, c := range []struct {
		course **ExitCourse
		pace   pace
	}{{&d.Shortest, hurry}, {&d.Longest, patience}} {
		course, refused := follow(a, d.Ground, actor, env, c.pace)
		if refused != nil {
			d.Blockers = append([]ExitBlocker{{Opening: true, Code: refused.Code, Words: text.Text{ZH: refused.Detail("zh"), EN: refused.Detail("en")}}}, d.Blockers...)
			break
		}
		*c.course = course
	}
	d.accounts(records.Accounts, calendar.DateOf(env.Now))
	return d, nil
}

// Needs are the facts that Run looks at.
func Needs(a *authorization.Authorization) lifecycle.Needs {
	return lifecycle.Needs{OpenOf: []string{a.Applicant}, Gradings: a.Rests(), Organizations: []string{a.Applicant, a.Agency}}
}

func (d *Drill) touched(a *authorization.Authorization, records Records, env lifecycle.Env) {
	d.products(a, records)
	for _, id := range a.Rests() {
		r := TouchedResource{ID: id, Title: records.Resources[id]}
		if g, ok := env.Facts.Gradings[id]; ok {
			r.Grade = string(g.Grade)
		}
		d.Resources = append(d.Resources, r)
	}
	d.Registrations = a.Registrations
	for _, p := range records.Platforms {
		if p.Revoked == nil {
			d.Platforms = append(d.Platforms, TouchedPlatform{ID: p.ID, Name: p.Name})
		}
	}
	d.Takers = records.Takers
	if d.MoreTakers = len(d.Takers) > MaxTakers; d.MoreTakers {
		d.Takers = d.Takers[:MaxTakers]
	}
	d.cases(a, records, env.Facts.Open[a.Applicant])
	for _, t := range a.Tasks {
		if t.Active() {
			d.Tasks = append(d.Tasks, t)
		}
	}
	for _, l := range a.Deadlines {
		if l.Open() {
			d.Deadlines = append(d.Deadlines, l)
		}
	}
	if n := len(a.Versions); n > 0 {
		d.Shares = a.Versions[n-1].Content.Accounting.Shares
	}
}

func (d *Drill) products(a *authorization.Authorization, records Records) {
	for _, p := range a.Products {
		out := TouchedProduct{Name: p.Name, Listed: p.Listed, Unit: p.Unit}
		if p.Price != nil {
			out.Charge = pricing.Flat(*p.Price)
		}
		if p.Of != nil {
			out.Case, out.Charge, out.Unit = p.Of.Case, p.Of.Charge, p.Of.Unit
		}
		for _, t := range records.Totals {
			if t.Product == p.Name && t.Stage == use.ProductOperation {
				out.Delivery += t.Events
				if string(t.Unit) == out.Unit {
					out.Volume += t.Volume
				}
			}
		}
		if out.Charge != nil {
			if amount, err := out.Charge.Charge(out.Volume); err == nil {
				out.Amount = &amount
			}
		}
		d.Products = append(d.Products, out)
	}
	for _, h := range records.Products {
		i := slices.IndexFunc(d.Products, func(p TouchedProduct) bool { return p.Case == h.ID })
		if i < 0 {
			d.Products = append(d.Products, TouchedProduct{Case: h.ID, Name: h.Title, State: h.State, Lapses: true})
			continue
		}
		d.Products[i].State = h.State
	}
}

// blocked finds whom the agency lacks for the procedure: nobody may take part twice where duties are kept apart.
func (d *Drill) blocked(a *authorization.Authorization, records Records, opener identity.Actor) {
	has := func(role identity.Role) bool {
		return slices.ContainsFunc(records.Staff, func(u ActingUser) bool {
			away := slices.Contains(a.Interests, u.Person) || role == identity.ExitDecider && u.Person == opener.Person
			return slices.Contains(u.Roles, role) && !away
		})
	}
	need := []identity.Role{identity.CaseOfficer}
	if d.Ground.Trigger != policy.ByExpiry {
		need = append(need, identity.ExitDecider)
	}
	if d.Way != nil && d.Way.Hearing {
		need = append(need, identity.LegalReviewer)
	}
	if d.Way != nil && d.Way.Meeting {
		need = append(need, identity.Secretary, identity.Chair, identity.Member)
	}
	for _, role := range need {
		if !has(role) {
			words := identity.RoleWords(role)
			d.Blockers = append(d.Blockers, ExitBlocker{Code: "nobody-" + string(role), Words: text.Text{
				ZH: "实施机构没有可以承办的人员：" + words.ZH, EN: "the agency has nobody who could act as " + words.EN,
			}})
		}
	}
}
