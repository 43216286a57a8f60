package town

import (
	"context"
	"fmt"
	"strings"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// The organisations of the town, and the one resource of its catalogue, by ID.
const (
	Agency     = "org-agency"
	Government = "org-government"
	Supplier   = "org-supplier"
	Operator   = "org-operator"
	Rival      = "org-rival" // another operator
	Supervisor = "org-supervisor"
	Registry   = "org-registry"
	Citizens   = "org-citizens"

	Resource = "res-0123456789abcdef"
	Plan     = "pln-town" // in force, and open to applications, once InForce was called
)

// Post says how many people serve an organisation in a role.
type Post struct {
	Organization string
	Role         identity.Role
	Count        int
}

// Posts are all that the town has; nobody holds two.
var Posts = []Post{
	{Operator, identity.Applicant, 1},
	{Operator, identity.OperatorSignatory, 1},
	{Operator, identity.UseReporter, 1},
	{Rival, identity.Applicant, 1},
	{Rival, identity.OperatorSignatory, 1},
	{Agency, identity.Planner, 1},
	{Agency, identity.Expert, 1},
	{Agency, identity.CaseOfficer, 1},
	{Agency, identity.BusinessReviewer, 1},
	{Agency, identity.SecurityReviewer, 1},
	{Agency, identity.FinanceReviewer, 1},
	{Agency, identity.AgencySignatory, 1},
	{Agency, identity.ExitDecider, 1},
	{Agency, identity.LegalReviewer, 1}, // who chairs hearings
	{Agency, identity.Secretary, 1},
	{Agency, identity.Chair, 1},
	{Agency, identity.Member, 2},
	{Agency, identity.Administrator, 1},
	{Agency, identity.Registrant, 1},
	{Operator, identity.Registrant, 1},
	{Supplier, identity.SupplyReviewer, 1},
	{Government, identity.FairCompetition, 1},
	{Government, identity.LegalReviewer, 1},
	{Government, identity.Secretary, 1},
	{Government, identity.Chair, 1},
	{Government, identity.Member, 2},
	{Supervisor, identity.Auditor, 1},
	{Registry, identity.Registrar, 5},
	{Citizens, identity.Reader, 1},
}

// ID names the nth person who holds the post: by organisation and role, with the number from the second on.
func (p Post) ID(n int) string { return PersonID(p.Organization, p.Role, n) }

// Name is what the nth person who holds the post is called.
func (p Post) Name(n int) string {
	name := "虚构" + identity.RoleWords(p.Role).ZH
	if n > 1 {
		name += fmt.Sprint(n, "号")
	}
	return name
}

// PersonID names the nth person who serves an organisation in a role.
func PersonID(organization string, role identity.Role, n int) string {
	id := strings.TrimPrefix(organization, "org-") + "-" + string(role)
	if n > 1 {
		id += fmt.Sprint("-", n)
	}
	return id
}

// The people most often needed.
var (
	Applicant        = PersonID(Operator, identity.Applicant, 1)
	Signatory        = PersonID(Operator, identity.OperatorSignatory, 1)
	Reporter         = PersonID(Operator, identity.UseReporter, 1)
	OtherApplicant   = PersonID(Rival, identity.Applicant, 1)
	Planner          = PersonID(Agency, identity.Planner, 1)
	Officer          = PersonID(Agency, identity.CaseOfficer, 1)
	Administrator    = PersonID(Agency, identity.Administrator, 1)
	BusinessReviewer = PersonID(Agency, identity.BusinessReviewer, 1)
	AgencySignatory  = PersonID(Agency, identity.AgencySignatory, 1)
	Decider          = PersonID(Agency, identity.ExitDecider, 1)
	Lawyer           = PersonID(Agency, identity.LegalReviewer, 1)
	Secretary        = PersonID(Government, identity.Secretary, 1)
	Chair            = PersonID(Government, identity.Chair, 1)
	Member           = PersonID(Government, identity.Member, 1)
	Auditor          = PersonID(Supervisor, identity.Auditor, 1)
	Registrant       = PersonID(Agency, identity.Registrant, 1)
	Reader           = PersonID(Citizens, identity.Reader, 1)
)

var organizations = []lifecycle.Organization{
	{ID: Agency, Name: "某市数据局", Kind: identity.Agency},
	{ID: Government, Name: "某市人民政府", Kind: identity.Government},
	{ID: Supplier, Name: "某市气象局", Kind: identity.DataSupplier},
	{ID: Operator, Name: "虚构数据运营有限公司", Kind: identity.Operator, CreditCode: identity.FictitiousCreditCode(3).String()},
	{ID: Rival, Name: "虚构另一家有限公司", Kind: identity.Operator, CreditCode: identity.FictitiousCreditCode(4).String()},
	{ID: Supervisor, Name: "某市审计局", Kind: identity.Supervisor},
	{ID: Registry, Name: "某市公共数据登记中心（虚构）", Kind: identity.Registry},
	{ID: Citizens, Name: "公众", Kind: identity.Public},
}

func kindOf(organization string) identity.Kind {
	for _, o := range organizations {
		if o.ID == organization {
			return o.Kind
		}
	}
	return ""
}

// settle brings the organisations, the people and the resource.
func (w *Town) settle(ctx context.Context) {
	w.t.Helper()
	for _, o := range organizations {
		w.Must(w.Store.CreateOrganization(ctx, o))
	}
	for _, p := range Posts {
		for n := 1; n <= p.Count; n++ {
			id := p.ID(n)
			w.Must(w.Store.CreatePerson(ctx, id, p.Name(n)))
			w.Must(w.Store.Grant(ctx, id, p.Organization, p.Role))
		}
	}
	_, err := w.Store.PutResources(ctx, []catalogue.Resource{{
		ID: Resource, Source: catalogue.Shanghai, SourceKey: "1", Title: "气象观测数据", Provider: "某市气象局", Frequency: catalogue.Daily, Access: catalogue.Authorised,
	}})
	w.Must(err)
}
