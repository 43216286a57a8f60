package identity

import "datacharter/domain/text"

// Kind is what an organisation is to authorised operation.
type Kind string

// The kinds of organisation.
const (
	Agency       Kind = "agency"     // 实施机构
	Government   Kind = "government" // 同级人民政府
	DataSupplier Kind = "data-supplier"
	Operator     Kind = "operator" // 运营机构, and every applicant who wants to become one
	Registry     Kind = "registry" // 登记机构
	Supervisor   Kind = "supervisor"
	Public       Kind = "public"
)

// KindInfo is a kind with its words.
type KindInfo struct {
	Kind  Kind
	Words text.Text
}

// Kinds lists every kind.
var Kinds = []KindInfo{
	{Agency, text.Text{ZH: "实施机构", EN: "implementing agency"}},
	{Government, text.Text{ZH: "人民政府", EN: "government"}},
	{DataSupplier, text.Text{ZH: "数据提供单位", EN: "data supplier"}},
	{Operator, text.Text{ZH: "运营机构", EN: "operator"}},
	{Registry, text.Text{ZH: "登记机构", EN: "registry"}},
	{Supervisor, text.Text{ZH: "监督机构", EN: "supervisor"}},
	{Public, text.Text{ZH: "社会公众", EN: "public"}},
}

// KindWords names a kind; one that this program does not know is named by its code.
func KindWords(kind Kind) text.Text {
	for _, k := range Kinds {
		if k.Kind == kind {
			return k.Words
		}
	}
	return text.Text{ZH: string(kind), EN: string(kind)}
}

// Role is what a person does for an organisation.
type Role string

// The roles.
const (
	Applicant         Role = "applicant"          // drafts and submits for the operator
	OperatorSignatory Role = "operator-signatory" // signs for the operator (法定代表人或其授权人)
	UseReporter       Role = "use-reporter"       // the account of an operator's platform: reports use, and does nothing else
	Registrant        Role = "registrant"         // applies for registration, for whoever holds a resource or operates
	Registrar         Role = "registrar"          // 登记员
	CaseOfficer       Role = "case-officer"       // 经办人
	Planner           Role = "planner"            // drafts implementation plans
	Expert            Role = "expert"             // 论证专家
	BusinessReviewer  Role = "business-reviewer"
	SupplyReviewer    Role = "supply-reviewer"
	SecurityReviewer  Role = "security-reviewer"
	LegalReviewer     Role = "legal-reviewer"
	FinanceReviewer   Role = "finance-reviewer"
	FairCompetition   Role = "fair-competition-reviewer"
	AgencySignatory   Role = "agency-signatory"
	ExitDecider       Role = "exit-decider"
	Secretary         Role = "secretary"
	Member            Role = "member"
	Chair             Role = "chair"
	Administrator     Role = "administrator"
	Auditor           Role = "supervisor"
	Reader            Role = "reader" // the public
)

// Roles lists every role with its words and the kinds of organisation that may give it.
var Roles = []struct {
	Role  Role
	Words text.Text
	In    []Kind
}{
	{Applicant, text.Text{ZH: "申请经办人", EN: "applicant"}, []Kind{Operator}},
	{OperatorSignatory, text.Text{ZH: "运营机构签署人", EN: "operator's signatory"}, []Kind{Operator}},
	{UseReporter, text.Text{ZH: "使用台账报送", EN: "use reporter"}, []Kind{Operator}},
	{Registrant, text.Text{ZH: "登记经办人", EN: "registrant's clerk"}, []Kind{Agency, DataSupplier, Operator}},
	{Registrar, text.Text{ZH: "登记员", EN: "registrar"}, []Kind{Registry}},
	{CaseOfficer, text.Text{ZH: "经办人", EN: "case officer"}, []Kind{Agency}},
	{Planner, text.Text{ZH: "实施方案编制人", EN: "planner"}, []Kind{Agency}},
	{Expert, text.Text{ZH: "论证专家", EN: "expert"}, []Kind{Agency}},
	{BusinessReviewer, text.Text{ZH: "业务主管审查人", EN: "business reviewer"}, []Kind{Agency}},
	{SupplyReviewer, text.Text{ZH: "供数审查人", EN: "data supplier's reviewer"}, []Kind{DataSupplier}},
	{SecurityReviewer, text.Text{ZH: "安全审查人", EN: "security reviewer"}, []Kind{Agency, Government}},
	{LegalReviewer, text.Text{ZH: "合法性审查人", EN: "legality reviewer"}, []Kind{Agency, Government}},
	{FinanceReviewer, text.Text{ZH: "财务价格审查人", EN: "finance and price reviewer"}, []Kind{Agency, Government}},
	{FairCompetition, text.Text{ZH: "公平竞争审查人", EN: "fair-competition reviewer"}, []Kind{Agency, Government}},
	{AgencySignatory, text.Text{ZH: "实施机构签署人", EN: "agency's signatory"}, []Kind{Agency}},
	{ExitDecider, text.Text{ZH: "退出决定人", EN: "exit decider"}, []Kind{Agency}},
	{Secretary, text.Text{ZH: "会议秘书", EN: "meeting secretary"}, []Kind{Agency, Government}},
	{Member, text.Text{ZH: "会议成员", EN: "member"}, []Kind{Agency, Government}},
	{Chair, text.Text{ZH: "会议主持人", EN: "chair"}, []Kind{Agency, Government}},
	{Administrator, text.Text{ZH: "管理员", EN: "administrator"}, []Kind{Agency}},
	{Auditor, text.Text{ZH: "监督员", EN: "supervisor"}, []Kind{Supervisor}},
	{Reader, text.Text{ZH: "公众", EN: "member of the public"}, []Kind{Public}},
}

// RoleWords names a role; a role that this program does not know is named by its code.
func RoleWords(role Role) text.Text {
	for _, r := range Roles {
		if r.Role == role {
			return r.Words
		}
	}
	return text.Text{ZH: string(role), EN: string(role)}
}

// MayGive reports whether an organisation of the kind may give the role.
func MayGive(kind Kind, role Role) bool {
	for _, r := range Roles {
		if r.Role != role {
			continue
		}
		for _, k := range r.In {
			if k == kind {
				return true
			}
		}
	}
	return false
}
