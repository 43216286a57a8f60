// Package lives leads fictitious cases through their lives by commands, for tests. The same scripts run against the rules in memory and
// workflows in skipped time, against the database, and against a real server whose histories are recorded.
package lives

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// The organisations, all fictitious.
const (
	Agency     = "lives-agency"
	Government = "lives-government"
	Supplier   = "lives-supplier"
	Operator   = "lives-operator"
	Registry   = "lives-registry"

	PlanID = "lives-plan" // in force, and open to applications, from the beginning
)

// Organizations are all organisations.
var Organizations = []lifecycle.Organization{
	{ID: Agency, Kind: identity.Agency, Name: "实施机构(虚构)"},
	{ID: Government, Kind: identity.Government, Name: "人民政府(虚构)"},
	{ID: Supplier, Kind: identity.DataSupplier, Name: "数据提供单位(虚构)"},
	{ID: Registry, Kind: identity.Registry, Name: "登记机构(虚构)"},
	{ID: Operator, Kind: identity.Operator, Name: "运营机构(虚构)", CreditCode: identity.FictitiousCreditCode(77).String()},
}

// Person is one fictitious person with his only role.
type Person struct {
	ID           string
	Organization string
	Kind         identity.Kind
	Role         identity.Role
}

// The people who are named in scripts; deciding bodies have members "<organisation>-1" … "-4" besides.
const (
	Applicant       = "applicant"
	Signatory       = "signatory"
	Officer         = "officer"
	Administrator   = "administrator"
	Decider         = "decider"
	Lawyer          = "lawyer"
	AgencySignatory = "agency-signatory"
	Registrant      = "registrant"
	Planner         = "planner"
)

// People are all people.
var People = append([]Person{
	{Applicant, Operator, identity.Operator, identity.Applicant},
	{Signatory, Operator, identity.Operator, identity.OperatorSignatory},
	{Officer, Agency, identity.Agency, identity.CaseOfficer},
	{Administrator, Agency, identity.Agency, identity.Administrator},
	{Decider, Agency, identity.Agency, identity.ExitDecider},
	{Lawyer, Agency, identity.Agency, identity.LegalReviewer},
	{AgencySignatory, Agency, identity.Agency, identity.AgencySignatory},
	{Registrant, Agency, identity.Agency, identity.Registrant},
	{Planner, Agency, identity.Agency, identity.Planner},
	{"expert", Agency, identity.Agency, identity.Expert},
	{"registrar-1", Registry, identity.Registry, identity.Registrar},
	{"registrar-2", Registry, identity.Registry, identity.Registrar},
	{"registrar-3", Registry, identity.Registry, identity.Registrar},
	{"registrar-4", Registry, identity.Registry, identity.Registrar},
	{"business-reviewer", Agency, identity.Agency, identity.BusinessReviewer},
	{"security-reviewer", Agency, identity.Agency, identity.SecurityReviewer},
	{"finance-reviewer", Agency, identity.Agency, identity.FinanceReviewer},
	{"supply-reviewer", Supplier, identity.DataSupplier, identity.SupplyReviewer},
	{"legal-reviewer", Government, identity.Government, identity.LegalReviewer},
	{"fair-competition-reviewer", Government, identity.Government, identity.FairCompetition},
}, append(body(Agency, identity.Agency), body(Government, identity.Government)...)...)

// body seats a chair, four members and a secretary.
func body(id string, kind identity.Kind) []Person {
	return []Person{
		{id + "-secretary", id, kind, identity.Secretary},
		{id + "-chair", id, kind, identity.Chair},
		{id + "-1", id, kind, identity.Member},
		{id + "-2", id, kind, identity.Member},
		{id + "-3", id, kind, identity.Member},
		{id + "-4", id, kind, identity.Member},
	}
}

// Resource is the one catalogue resource.
var Resource = lifecycle.Resource{ID: "lives-resource", Title: "公交到站数据(虚构)", Provider: "数据提供单位(虚构)", Digest: "sha256:resource"}

// Evidence is an attachment that the agency uploaded, Proof one of the operator.
var (
	Evidence = lifecycle.Attachment{Digest: "sha256:evidence", Name: "evidence.pdf", MediaType: "application/pdf", Size: 1, Organization: Agency}
	Proof    = lifecycle.Attachment{Digest: "sha256:proof", Name: "proof.pdf", MediaType: "application/pdf", Size: 1, Organization: Operator}
)

// whoHolds finds the person for a task.
func whoHolds(t lifecycle.Task) string {
	for _, p := range People {
		if t.For(identity.Grant{Organization: p.Organization, Kind: p.Kind, Role: p.Role}) {
			return p.ID
		}
	}
	return ""
}
