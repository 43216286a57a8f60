package lives

import (
	"slices"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// Authorization is one authorisation being led through its life.
type Authorization struct {
	*Director
	ID string
}

// productName is the one product, free of charge.
const productName = "公交到站查询(虚构)"

// Application is a whole application for a term of months.
func Application(months int) authorization.Application {
	return authorization.Application{
		Title: "公交数据授权运营(虚构)", Agency: Agency, Plan: PlanID, Purpose: "便民出行(虚构)", Mode: "scenario", Resources: []string{Resource.ID}, TermMonths: months,
		Products:     []authorization.Intended{{Name: productName, Class: agreement.PublicBenefit, Form: "API"}},
		Capabilities: authorization.Capabilities{Management: "健全", Technology: "完备", Security: "三级等保"},
	}
}

// Draft drafts an application for a term of months.
func (d *Director) Draft(id string, months int) *Authorization {
	d.T.Helper()
	a := &Authorization{Director: d, ID: id}
	a.As(Applicant, "draft", Application(months))
	return a
}

// As has a person give the case a command, which must be accepted.
func (a *Authorization) As(person, command string, input any) {
	a.T.Helper()
	a.Do(person, authorization.Machine, a.ID, command, input)
}

// Case is the case as it stands.
func (a *Authorization) Case() *authorization.Authorization {
	return a.Director.Case(authorization.Machine, a.ID).(*authorization.Authorization)
}

// Reaches waits until the case is in the state.
func (a *Authorization) Reaches(state lifecycle.State, step time.Duration) {
	a.T.Helper()
	a.Until(a.ID+" in the state "+string(state), step, func() bool { return a.Case().State == state })
}

// Submit hands the application in.
func (a *Authorization) Submit() {
	a.T.Helper()
	a.As(Applicant, "submit", authorization.Nothing{})
}

// Accept finds the application complete.
func (a *Authorization) Accept() {
	a.T.Helper()
	a.As(Officer, "accept", authorization.Nothing{})
}

// Review has the open review of the name decided by whoever it is for.
func (a *Authorization) Review(name, outcome string) {
	a.T.Helper()
	for _, t := range a.Case().Tasks {
		if t.Name != name || !t.Active() {
			continue
		}
		person := whoHolds(t)
		a.As(person, "claim", lifecycle.TaskInput{Task: t.ID})
		a.As(person, "decide", review.Input{Task: t.ID, Outcome: outcome, Opinion: "意见"})
		return
	}
	a.T.Fatalf("%s has no open review %q", a.ID, name)
}

// Approve has every review of every stage approved.
func (a *Authorization) Approve() {
	a.T.Helper()
	for a.Case().State == authorization.Reviewing {
		tasks := a.Case().Tasks
		a.Review(tasks[slices.IndexFunc(tasks, lifecycle.Task.Active)].Name, review.Approve)
	}
}

// Decide has a meeting of the body that the case waits for decide on it.
func (a *Authorization) Decide(meeting string, choice resolution.Choice) {
	a.T.Helper()
	pending := a.Case().Pending
	body := Government
	if pending.Decision == resolution.Agreement {
		body = Agency
	}
	m := a.Call(meeting, body, pending.Decision, a.ID)
	m.Open()
	m.Vote(resolution.ToAgree, choice)
	m.Close()
	a.Until("the resolution of "+meeting, time.Hour, func() bool { return a.Case().Pending == nil })
}

// Contract leads from the first draft of the agreement to its filing; operation starts days from now, for as long as was applied for.
func (a *Authorization) Contract(meeting string, days int) {
	a.T.Helper()
	from := calendar.DateOf(a.Now()).AddDays(days)
	text := Agreement(agreement.Term{From: from, To: from.AddMonths(a.Case().Application.TermMonths).AddDays(-1)})
	hash := authorization.HashInput{Hash: text.Hash()}
	a.As(Officer, "propose-agreement", text)
	a.As(Applicant, "agree-text", hash)
	a.Decide(meeting, resolution.For)
	a.As(Signatory, "sign", hash)
	a.As(AgencySignatory, "sign", hash)
	a.As(Officer, "file", authorization.FilingInput{On: calendar.DateOf(a.Now()).String(), With: "省数据局(虚构)", Receipt: "回执1"})
}

// Agreement is a whole agreement within what is applied for.
func Agreement(term agreement.Term) agreement.Agreement {
	return agreement.Agreement{
		Resources: []string{Resource.ID}, Term: term, Platform: "平台", Assets: "归属", Security: "安全", Evaluation: "评价", Breach: "违约", Change: "变更", Other: "无",
		Products:   []agreement.Product{{Name: productName, Class: agreement.PublicBenefit, Form: "API", Standard: "标准", Security: "安全审核", Compliance: "规范审核"}},
		Disclosure: agreement.Openness{Requirements: "按年披露", NoRedevelopment: true},
		Accounting: agreement.Sharing{Rules: "分账核算", Shares: []agreement.Share{{Party: "运营机构", BasisPoints: 10000}}},
		Disputes:   agreement.Disputes{Ways: []agreement.Way{agreement.Negotiation, agreement.Litigation}, Text: "协商不成的依法起诉"},
	}
}

// Operating leads a new application with every approval into operation that starts after days.
func (d *Director) Operating(id string, months, days int) *Authorization {
	d.T.Helper()
	a := d.Draft(id, months)
	a.Submit()
	a.Accept()
	a.Approve()
	a.Decide(id+"-major", resolution.For)
	a.Contract(id+"-agreement", days)
	a.Reaches(authorization.Operating, 24*time.Hour)
	a.Offer(id + "-product")
	return a
}
