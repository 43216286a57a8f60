package web

import (
	"slices"
	"strings"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// house is an organisation of the demonstration with its people, as the page of signing in shows them.
type house struct {
	ID, Name string
	Kind     identity.Kind
	Desks    []desk
}

// desk is what people do for a house: those with the same roles stand together.
type desk struct {
	Roles  string
	Deeds  text.Text
	People []DemoPerson
}

// deeds says in a line what each role does here, for who has never been here.
var deeds = map[identity.Role]text.Text{
	identity.Applicant:         {ZH: "提出授权运营申请，答复询问，起草产品和服务并定价上架，报送报告", EN: "applies, answers questions, drafts, prices and lists products, reports"},
	identity.OperatorSignatory: {ZH: "代表运营机构签署协议，也可以放弃授权", EN: "signs the agreement for the operator, and may give the authorisation up"},
	identity.UseReporter:       {ZH: "平台程序的账号，只报送使用台账和作事前核对", EN: "the account of a platform: reports use and asks before a use, and does nothing else"},
	identity.Registrant:        {ZH: "为本单位申请资源、产品和服务的登记", EN: "applies for the registration of resources, products and services"},
	identity.Registrar:         {ZH: "受理和审核登记，核验异议，登记赋码，办理注销", EN: "accepts and reviews registrations, re-checks objections, records codes, deregisters"},
	identity.CaseOfficer:       {ZH: "受理申请，拟订协议，报送备案，设定上限收费标准，提出监督问题并复查，登记送达", EN: "accepts applications, drafts agreements, files them, sets ceilings, raises findings and inspects again, records service"},
	identity.Planner:           {ZH: "起草实施方案，报送备案并公布，开始和停止受理申请", EN: "drafts implementation plans, files and publishes them, opens and closes them to applications"},
	identity.Expert:            {ZH: "对实施方案和模型类产品进行专家论证", EN: "argues on implementation plans and on models as an expert"},
	identity.BusinessReviewer:  {ZH: "从业务主管角度审查申请，审核产品的业务规范性", EN: "reviews applications for the business side, and products for compliance"},
	identity.SupplyReviewer:    {ZH: "就使用本单位数据提出意见", EN: "says whether the supplier's data may be used"},
	identity.SecurityReviewer:  {ZH: "审查申请和产品的数据安全", EN: "reviews the data security of applications and products"},
	identity.LegalReviewer:     {ZH: "进行合法性审查", EN: "reviews legality"},
	identity.FinanceReviewer:   {ZH: "审查财务和价格，核对收入报表，编制或者批准结算", EN: "reviews finance and prices, checks statements of income, runs or approves settlements"},
	identity.FairCompetition:   {ZH: "进行公平竞争审查", EN: "reviews fair competition"},
	identity.AgencySignatory:   {ZH: "代表实施机构签署协议", EN: "signs the agreement for the agency"},
	identity.ExitDecider:       {ZH: "听取陈述申辩后作出退出决定", EN: "decides on exits after hearing the operator"},
	identity.Secretary:         {ZH: "召集会议，登记到会，整理会议记录", EN: "calls meetings, records presence, keeps the minutes"},
	identity.Member:            {ZH: "在会议上发表意见并表决", EN: "speaks and votes at meetings"},
	identity.Chair:             {ZH: "主持会议，最后表态", EN: "chairs meetings and speaks last"},
	identity.Administrator:     {ZH: "启动退出，暂停运营，管理人员、机构和日历", EN: "starts exits, suspends operation, keeps people, organisations and calendars"},
	identity.Auditor:           {ZH: "查看全部案件和统计，提出监督问题并复查", EN: "reads every case and all figures, raises findings and inspects again"},
	identity.Reader:            {ZH: "查看公开登记，对登记公示提出异议，对实施方案提出意见", EN: "reads the public register, objects to registrations, comments on plans"},
}

// houseOrder is the one in which kinds of organisation are shown: who applies comes first.
var houseOrder = []identity.Kind{identity.Operator, identity.Government, identity.Agency, identity.DataSupplier, identity.Registry, identity.Supervisor, identity.Public}

// houses groups the people of the demonstration by organisation and what they do there; none outside a demonstration.
func (s *server) houses(v *visit) ([]house, error) {
	if len(s.demo) == 0 {
		return nil, nil
	}
	var houses []house
	for _, p := range s.demo {
		at := slices.IndexFunc(houses, func(h house) bool { return h.ID == p.Organization })
		if at < 0 {
			found, err := s.Store.GetOrganization(v.ctx, p.Organization)
			if err != nil {
				return nil, err
			}
			at = len(houses)
			houses = append(houses, house{ID: found.ID, Name: found.Name, Kind: found.Kind})
		}
		houses[at].seat(v, p)
	}
	slices.SortStableFunc(houses, func(a, b house) int { return slices.Index(houseOrder, a.Kind) - slices.Index(houseOrder, b.Kind) })
	return houses, nil
}

// seat puts a person beside those with the same roles.
func (h *house) seat(v *visit, p DemoPerson) {
	var roles []string
	var does text.Text
	for _, r := range p.Roles {
		roles = append(roles, v.page.In(identity.RoleWords(r)))
		does = text.Text{ZH: joined(does.ZH, "；", deeds[r].ZH), EN: joined(does.EN, "; ", deeds[r].EN)}
	}
	words := strings.Join(roles, " · ")
	at := slices.IndexFunc(h.Desks, func(d desk) bool { return d.Roles == words })
	if at < 0 {
		at = len(h.Desks)
		h.Desks = append(h.Desks, desk{Roles: words, Deeds: does})
	}
	h.Desks[at].People = append(h.Desks[at].People, p)
}

func joined(before, between, next string) string {
	if before == "" {
		return next
	}
	return before + between + next
}

// short is a name without the remark that the person is fictitious, which the page makes of all of them.
func (d DemoPerson) short() string { return strings.TrimSuffix(d.Name, "（虚构）") }

func (s *server) isDemo(person string) bool {
	return slices.ContainsFunc(s.demo, func(d DemoPerson) bool { return d.ID == person })
}

// enterAs signs a fictitious person of the demonstration in.
func (s *server) enterAs(v *visit, person string, on errand) {
	if !s.isDemo(person) {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	s.enter(v, person, byDemo, on)
}
