// Package demo holds a fictitious city: organisations and people of every role, for trying the system out and for the demonstration.
package demo

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// The fictitious organisations, by ID.
const (
	Agency     = "shifan-data-bureau"
	Government = "shifan-government"
	Supplier   = "shifan-transport-centre"
	Spruce     = "spruce-data"
	Qinghe     = "qinghe-data"
	Yuanlan    = "yuanlan-data"
	Registry   = "shifan-data-registry"
	Supervisor = "shifan-data-inspectorate"
	Public     = "public"
)

// organizations are plainly fictitious: there is no city of 示范, and their credit codes use a division that no place has.
var organizations = []lifecycle.Organization{
	{ID: Agency, Kind: identity.Agency, Name: "示范市数据局（虚构）"},
	{ID: Government, Kind: identity.Government, Name: "示范市人民政府（虚构）"},
	{ID: Supplier, Kind: identity.DataSupplier, Name: "示范市交通信息中心（虚构）"},
	{ID: Spruce, Kind: identity.Operator, Name: "云杉数据运营有限公司（虚构）", CreditCode: identity.FictitiousCreditCode(1).String()},
	{ID: Qinghe, Kind: identity.Operator, Name: "青禾数据科技有限公司（虚构）", CreditCode: identity.FictitiousCreditCode(2).String()},
	{ID: Yuanlan, Kind: identity.Operator, Name: "远岚数据服务有限公司（虚构）", CreditCode: identity.FictitiousCreditCode(3).String()},
	{ID: Registry, Kind: identity.Registry, Name: "示范市公共数据登记中心（虚构）"},
	{ID: Supervisor, Kind: identity.Supervisor, Name: "示范市数据监督局（虚构）"},
	{ID: Public, Kind: identity.Public, Name: "社会公众（虚构）"},
}

// person is one fictitious person; all roles are held in one organisation.
type person struct {
	id, name, organization string
	roles                  []identity.Role
}

var people = []person{
	{"spruce-applicant", "甲一（虚构）", Spruce, []identity.Role{identity.Applicant}},
	{"spruce-signatory", "甲二（虚构）", Spruce, []identity.Role{identity.OperatorSignatory}},
	{"qinghe-applicant", "乙一（虚构）", Qinghe, []identity.Role{identity.Applicant}},
	{"qinghe-signatory", "乙二（虚构）", Qinghe, []identity.Role{identity.OperatorSignatory}},
	{"yuanlan-applicant", "丙一（虚构）", Yuanlan, []identity.Role{identity.Applicant}},
	{"yuanlan-signatory", "丙二（虚构）", Yuanlan, []identity.Role{identity.OperatorSignatory}},

	{"officer", "丁一（虚构）", Agency, []identity.Role{identity.CaseOfficer}},
	{"business-reviewer", "丁二（虚构）", Agency, []identity.Role{identity.BusinessReviewer}},
	{"security-reviewer", "丁三（虚构）", Agency, []identity.Role{identity.SecurityReviewer}},
	{"legal-reviewer", "丁四（虚构）", Agency, []identity.Role{identity.LegalReviewer}},
	{"finance-reviewer", "丁五（虚构）", Agency, []identity.Role{identity.FinanceReviewer}},
	{"competition-reviewer", "丁六（虚构）", Agency, []identity.Role{identity.FairCompetition}},
	{"agency-signatory", "丁七（虚构）", Agency, []identity.Role{identity.AgencySignatory}},
	{"exit-decider", "丁八（虚构）", Agency, []identity.Role{identity.ExitDecider}},
	{"administrator", "丁九（虚构）", Agency, []identity.Role{identity.Administrator}},
	{"agency-secretary", "戊一（虚构）", Agency, []identity.Role{identity.Secretary}},
	{"agency-chair", "戊二（虚构）", Agency, []identity.Role{identity.Chair}},
	{"agency-member-1", "戊三（虚构）", Agency, []identity.Role{identity.Member}},
	{"agency-member-2", "戊四（虚构）", Agency, []identity.Role{identity.Member}},
	{"agency-member-3", "戊五（虚构）", Agency, []identity.Role{identity.Member}},
	{"agency-member-4", "戊六（虚构）", Agency, []identity.Role{identity.Member}},

	{"supply-reviewer", "己一（虚构）", Supplier, []identity.Role{identity.SupplyReviewer}},

	{"government-secretary", "庚一（虚构）", Government, []identity.Role{identity.Secretary}},
	{"government-chair", "庚二（虚构）", Government, []identity.Role{identity.Chair}},
	{"government-member-1", "庚三（虚构）", Government, []identity.Role{identity.Member}},
	{"government-member-2", "庚四（虚构）", Government, []identity.Role{identity.Member}},
	{"government-member-3", "庚五（虚构）", Government, []identity.Role{identity.Member}},
	{"government-member-4", "庚六（虚构）", Government, []identity.Role{identity.Member}},
	{"government-legal", "庚七（虚构）", Government, []identity.Role{identity.LegalReviewer}},
	{"government-competition", "庚八（虚构）", Government, []identity.Role{identity.FairCompetition}},
	{"government-security", "庚九（虚构）", Government, []identity.Role{identity.SecurityReviewer}},
	{"government-finance", "庚十（虚构）", Government, []identity.Role{identity.FinanceReviewer}},

	{"spruce-registrant", "甲三（虚构）", Spruce, []identity.Role{identity.Registrant}},
	{"spruce-platform", "甲四（虚构）", Spruce, []identity.Role{identity.UseReporter}},
	{"agency-registrant", "丁十（虚构）", Agency, []identity.Role{identity.Registrant}},
	{"planner", "丁十一（虚构）", Agency, []identity.Role{identity.Planner}},
	{"expert", "丁十二（虚构）", Agency, []identity.Role{identity.Expert}},
	{"registrar-1", "癸一（虚构）", Registry, []identity.Role{identity.Registrar}},
	{"registrar-2", "癸二（虚构）", Registry, []identity.Role{identity.Registrar}},
	{"registrar-3", "癸三（虚构）", Registry, []identity.Role{identity.Registrar}},
	{"registrar-4", "癸四（虚构）", Registry, []identity.Role{identity.Registrar}},
	{"registrar-5", "癸五（虚构）", Registry, []identity.Role{identity.Registrar}},

	{"supervisor", "辛一（虚构）", Supervisor, []identity.Role{identity.Auditor}},
	{"reader", "壬一（虚构）", Public, []identity.Role{identity.Reader}},
}
