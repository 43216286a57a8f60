package registration

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Object is what is registered.
type Object string

// The objects. They are told apart throughout (26号 Art. 3).
const (
	Resource Object = "resource" // 公共数据资源
	Product  Object = "product"  // 公共数据产品和服务
)

// Application is what a registrant hands in for a first or a change registration.
type Application struct {
	Object        Object    `json:"object" enum:"resource,product"`
	Name          string    `json:"name" maxLength:"200" doc:"name of the data; public during the notice"`
	Brief         string    `json:"brief,omitempty" maxLength:"2000" doc:"content in brief; public during the notice"`
	Registry      string    `json:"registry" doc:"organisation ID of the registry 登记机构"`
	Resource      string    `json:"resource,omitempty" doc:"resource of the catalogue, by ID"`
	Authorization string    `json:"authorization,omitempty" doc:"authorisation within whose scope it lies; needed for a product or service"`
	Product       string    `json:"product,omitempty" maxLength:"200" doc:"name of the product or service in the agreement"`
	Supplied      string    `json:"supplied,omitempty" format:"date" doc:"day on which the resource was supplied or the product delivered; empty when that is still to come"`
	LateReason    string    `json:"late_reason,omitempty" maxLength:"2000" doc:"why the application comes later than the limit from that day"`
	Joint         []string  `json:"joint,omitempty" maxItems:"20" doc:"organisation IDs of joint registrants 联合登记主体"`
	Agent         Agent     `json:"agent"`
	Materials     Materials `json:"materials"`
	Reviewed      string    `json:"reviewed,omitempty" maxLength:"4000" doc:"the registrant's own business review 业务审核: by whom, when, with what result"`
	Commitment    []string  `json:"commitment,omitempty" doc:"digest of the signed letter of commitment 登记承诺书"`
}

// Materials are the seven groups of a first registration (26号 Art. 9(1)).
type Materials struct {
	Registrant   Material     `json:"registrant"`   // 主体信息
	Source       Material     `json:"source"`       // 数据合法合规性来源
	Resource     Material     `json:"resource"`     // 数据资源情况
	Preservation Preservation `json:"preservation"` // 存证情况
	Product      Material     `json:"product"`      // 产品和服务信息
	Scenario     Material     `json:"scenario"`     // 应用场景信息
	Risk         Material     `json:"risk"`         // 数据安全风险评估
}

// Material is one group: in words, with what proves it.
type Material struct {
	Text        string   `json:"text,omitempty" maxLength:"4000"`
	Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
}

// Preservation is the group of evidence preservation (存证): where a digest of the data is kept, so that its source can be checked (26号 Art. 7).
type Preservation struct {
	Material
	Digest string `json:"digest,omitempty" maxLength:"200" doc:"digest that was preserved, such as sha256:… or sm3:…"`
	Keeper string `json:"keeper,omitempty" maxLength:"200" doc:"who keeps it"`
}

// Group is one group of materials under its key.
type Group struct {
	Key string
	Material
}

// Groups are the seven groups in their order.
func (m Materials) Groups() []Group {
	return []Group{
		{"registrant", m.Registrant},
		{"source", m.Source},
		{"resource", m.Resource},
		{"preservation", m.Preservation.Material},
		{"product", m.Product},
		{"scenario", m.Scenario},
		{"risk", m.Risk},
	}
}

// Bounds of inputs, in characters and in number.
const (
	maxText  = 4000
	maxBrief = 2000
	maxName  = 200
	maxJoint = 20
)

var digestForm = regexp.MustCompile(`^(sha256|sm3):[0-9a-f]{64}$`)

// needs says what must be looked up to check the application.
func (a Application) needs(registrant string) lifecycle.Needs {
	n := lifecycle.Needs{Attachments: a.files(), Organizations: append([]string{}, a.Joint...)}
	for _, id := range []string{a.Registry, registrant, a.Agent.Organization} {
		if id != "" {
			n.Organizations = append(n.Organizations, id)
		}
	}
	if a.Resource != "" {
		n.Resources = []string{a.Resource}
	}
	if a.Authorization != "" {
		n.Cases = []string{a.Authorization}
	}
	return n
}

// files lists the attachments, repeats among them.
func (a Application) files() []string {
	out := append(append([]string{}, a.Agent.Mandate...), a.Commitment...)
	for _, g := range a.Materials.Groups() {
		out = append(out, g.Attachments...)
	}
	return out
}

// check finds what is wrong even in a draft: what is there must be right, but only object, name and registry need be there.
func (a Application) check(registrant string, env lifecycle.Env) refusal.Faults {
	var f refusal.Faults
	refusal.Choice(&f, "object", a.Object, Resource, Product)
	f.Text("name", a.Name, maxName)
	f.AtMost("brief", a.Brief, maxBrief)
	switch registry, ok := env.Facts.Organizations[a.Registry]; {
	case a.Registry == "":
		f.Add(refusal.Required.At("registry"))
	case !ok || registry.Kind != identity.Registry || registry.Closed:
		f.Add(refusal.UnknownReference.At("registry"))
	}
	if a.Resource != "" {
		_, ok := env.Facts.Resources[a.Resource]
		f.Unless(ok, refusal.UnknownReference.At("resource"))
	}
	a.checkScope(&f, registrant, env)
	if a.Supplied != "" {
		on, err := calendar.ParseDate(a.Supplied)
		f.Unless(err == nil, refusal.NotADate.At("supplied"))
		f.Unless(err != nil || !on.After(calendar.DateOf(env.Now)), refusal.DateInFuture.At("supplied"))
	}
	f.AtMost("late_reason", a.LateReason, maxBrief)
	if f.Count("joint", len(a.Joint), maxJoint) {
		at := func(i int) string { return refusal.In("joint", i) }
		for i, id := range a.Joint {
			org, ok := env.Facts.Organizations[id]
			f.Unless(ok && !org.Closed && id != registrant && identity.MayGive(org.Kind, identity.Registrant), refusal.UnknownReference.At(at(i)))
		}
		f.Distinct(a.Joint, at)
	}
	a.checkMaterials(&f, registrant, env)
	return f
}

func (a Application) checkMaterials(f *refusal.Faults, registrant string, env lifecycle.Env) {
	a.Agent.check(f, a, registrant, env)
	owners := a.owners(registrant)
	for _, g := range a.Materials.Groups() {
		f.AtMost("materials."+g.Key+".text", g.Text, maxText)
		env.CheckFiles(f, "materials."+g.Key+".attachments", g.Attachments, owners...)
	}
	f.Unless(a.Materials.Preservation.Digest == "" || digestForm.MatchString(a.Materials.Preservation.Digest), refusal.RegistrationDigest.At("materials.preservation.digest"))
	f.AtMost("materials.preservation.keeper", a.Materials.Preservation.Keeper, maxName)
	f.AtMost("reviewed", a.Reviewed, maxText)
	env.CheckFiles(f, "commitment", a.Commitment, owners...)
}

// owners are the organisations whose files an application may name: all on whose behalf it is made, and who acts for them.
func (a Application) owners(registrant string) []string {
	all := append([]string{registrant}, a.Joint...)
	if a.Agent.Organization != "" {
		all = append(all, a.Agent.Organization)
	}
	return all
}

// checkScope finds whether the authorisation named has it: a resource that its agency registers, or a product that its operator does (27号 Art. 16).
func (a Application) checkScope(f *refusal.Faults, registrant string, env lifecycle.Env) {
	f.AtMost("product", a.Product, maxName)
	if a.Authorization == "" {
		return
	}
	of, ok := env.Facts.Cases[a.Authorization].(*authorization.Authorization)
	if !ok {
		f.Add(refusal.UnknownReference.At("authorization"))
		return
	}
	grant, filed := of.Granted()
	switch {
	case !filed:
		f.Add(refusal.UnknownReference.At("authorization"))
	case a.Object == Product:
		f.Unless(of.Applicant == registrant, refusal.UnknownReference.At("authorization"))
		f.Unless(a.Product == "" || slices.Contains(grant.Products, a.Product), refusal.UnknownReference.At("product"))
	default:
		f.Unless(of.Agency == registrant, refusal.UnknownReference.At("authorization"))
		f.Unless(a.Resource == "" || slices.Contains(grant.Resources, a.Resource), refusal.RegistrationScope.At("resource"))
	}
}

// checkComplete finds what is missing for the application to be handed in: any of the seven groups among it.
func (a Application) checkComplete(f *refusal.Faults) {
	said := func(s string) bool { return strings.TrimSpace(s) != "" }
	f.Unless(said(a.Brief), refusal.Required.At("brief"))
	for _, g := range a.Materials.Groups() {
		f.Unless(said(g.Text), refusal.Required.At("materials."+g.Key+".text"))
	}
	f.Unless(a.Materials.Preservation.Digest != "", refusal.Required.At("materials.preservation.digest"))
	f.Unless(said(a.Materials.Preservation.Keeper), refusal.Required.At("materials.preservation.keeper"))
	f.Unless(len(a.Materials.Risk.Attachments) > 0, refusal.Required.At("materials.risk.attachments"))
	f.Unless(said(a.Reviewed), refusal.Required.At("reviewed"))
	if said(a.Agent.Name) {
		f.Unless(len(a.Agent.Mandate) > 0, refusal.Required.At("agent.mandate"))
	}
	if a.Object == Product {
		f.Unless(a.Authorization != "", refusal.Required.At("authorization"))
		f.Unless(said(a.Product), refusal.Required.At("product"))
	}
}

// checkTimely demands the reason of an application that is late, and reports whether it is.
func (a Application) checkTimely(f *refusal.Faults, rules *policy.Registration, first time.Time, env lifecycle.Env) bool {
	late := a.late(rules, first, env)
	f.Unless(!late || strings.TrimSpace(a.LateReason) != "", refusal.RegistrationLate.At("late_reason"))
	return late
}

// late reports whether the application came, at first, after the limit from supply or delivery (26号 Art. 9(1)).
func (a Application) late(rules *policy.Registration, first time.Time, env lifecycle.Env) bool {
	on, err := calendar.ParseDate(a.Supplied)
	return err == nil && !first.Before(env.Calendar.Due(on, rules.AfterOperation.Span.Span).At)
}
