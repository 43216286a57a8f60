package exit_test

import (
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// The organisations and cases of the tests, all fictitious.
const (
	operator      = "org-operator"
	agency        = "org-agency"
	authorization = "authorization-1"
	exitID        = "exit-1"
	operatorFile  = "sha256:operator"
	agencyFile    = "sha256:agency"
)

// The people of the tests, by the capacity in which they act.
var people = map[string]identity.Actor{
	"applicant":        actor("applicant", operator, identity.Operator, identity.Applicant),
	"signatory":        actor("signatory", operator, identity.Operator, identity.OperatorSignatory),
	"officer":          actor("officer", agency, identity.Agency, identity.CaseOfficer),
	"lawyer":           actor("lawyer", agency, identity.Agency, identity.LegalReviewer),
	"decider":          actor("decider", agency, identity.Agency, identity.ExitDecider),
	"administrator":    actor("administrator", agency, identity.Agency, identity.Administrator),
	"requester":        also(actor("requester", agency, identity.Agency, identity.Administrator), agency, identity.Agency, identity.ExitDecider),
	"turncoat":         also(actor("turncoat", operator, identity.Operator, identity.Reader), agency, identity.Agency, identity.ExitDecider),
	"interested":       actor("interested", agency, identity.Agency, identity.ExitDecider),
	"finance":          actor("finance", agency, identity.Agency, identity.FinanceReviewer),
	"other-operator":   actor("other-operator", "org-other", identity.Operator, identity.Applicant),
	"other-agency":     also(actor("other-agency", "org-bureau", identity.Agency, identity.Administrator), "org-bureau", identity.Agency, identity.ExitDecider),
	"other-officer":    actor("other-officer", "org-bureau", identity.Agency, identity.CaseOfficer),
	"supervisor":       actor("supervisor", "org-audit", identity.Supervisor, identity.Auditor),
	"public":           actor("public", "org-public", identity.Public, identity.Reader),
	"system":           identity.System(),
	"nobody-in-charge": {Person: "nobody-in-charge"},
}

func actor(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

func also(a identity.Actor, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	a.Grants = append(a.Grants, identity.Grant{Organization: organization, Kind: kind, Role: role})
	return a
}

func limit(span calendar.Span) policy.Limit {
	return policy.Limit{
		Source: policy.Source{Article: "test", Mark: policy.Default}, Span: policy.Span{Span: span},
		Rule: text.Text{ZH: "测试", EN: "for the test"}, RemindBefore: 2,
	}
}

func ground(code string, trigger policy.Trigger, adverse, evidence, interim bool) policy.ExitGround {
	g := policy.ExitGround{Way: "test", Trigger: trigger, Adverse: adverse, Evidence: evidence, Interim: interim}
	g.Code, g.Title = code, text.Text{ZH: "情形" + code, EN: "ground " + code}
	return g
}

// profile has one ground for each procedure, and a step for each sort.
func profile() *policy.Profile {
	month := limit(calendar.CalendarDays(30))
	step := func(code, by string) policy.ExitStep {
		return policy.ExitStep{Code: code, Title: text.Text{ZH: code, EN: code}, By: by}
	}
	remove, settle := step("return-or-delete-data", policy.ByPeople), step(exit.SettleAccounts, policy.ByPeople)
	remove.Kind, remove.Role, remove.Proof, remove.Irreversible, remove.Limit = identity.Operator, identity.Applicant, true, true, &month
	settle.Kind, settle.Role, settle.Limit = identity.Agency, identity.FinanceReviewer, &month
	closing := step("close-access", policy.BySystem)
	week := limit(calendar.WorkingDays(5))
	closing.Limit = &week
	p := &policy.Profile{Name: "test", Version: 1, Hash: "sha256:test"}
	p.Application.Attachments.MaxFiles = 3
	p.Exit = policy.ExitRules{
		Grounds: []policy.ExitGround{
			ground("breach", policy.ByAdministrator, true, true, true),
			ground("public-interest", policy.ByAdministrator, true, true, false),
			ground("waiver", policy.ByOperator, false, false, false),
			ground("consent", policy.ByBoth, false, true, false),
			ground("expired", policy.ByExpiry, false, false, true),
		},
		Statement: limit(calendar.CalendarDays(30)),
		Decision:  limit(calendar.WorkingDays(20)),
		Service:   limit(calendar.WorkingDays(10)),
		Remedies:  policy.Duty{Rule: text.Text{ZH: "复议与诉讼", EN: "reconsideration and suit"}},
		Steps:     []policy.ExitStep{closing, remove, step("delist-products", policy.BySystem), settle, step(exit.PublicNotice, policy.BySystem)},
	}
	return p
}

// granted stands for the authorisation.
type granted struct {
	lifecycle.Header
	request *exit.Request
}

func (g *granted) ExitRequest() *exit.Request { return g.request }

// requested is the request that fits a ground.
func requested(g policy.ExitGround) *exit.Request {
	r := &exit.Request{Exit: exitID, Ground: g.Code, Trigger: g.Trigger, Products: []string{"product-1"}}
	if g.Evidence {
		r.Evidence = []string{agencyFile}
	}
	byAgency := identity.By{Person: "requester", Organization: agency, Role: identity.Administrator}
	byOperator := identity.By{Person: "signatory", Organization: operator, Role: identity.OperatorSignatory}
	switch g.Trigger {
	case policy.ByAdministrator:
		r.RequestedBy = byAgency
	case policy.ByOperator:
		r.RequestedBy = byOperator
	case policy.ByBoth:
		r.RequestedBy, r.AgreedBy = byOperator, &byAgency
	case policy.ByExpiry:
		r.RequestedBy = identity.By{Person: identity.SystemPerson}
	}
	return r
}
