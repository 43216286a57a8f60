package web

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finding"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// shapeOversight offers what commands of inspections, evaluations and audits choose from; false for other commands.
func (s *server) shapeOversight(a *act, c *authorization.Authorization, suggested url.Values) (bool, error) {
	switch a.command {
	case "plan-inspection", "record-unplanned-inspection":
		return true, s.shapeInspection(a, c)
	case "record-inspection", "cancel-inspection":
		a.shapes["inspection"] = form.Shape{Kind: form.Select, Choices: pendingInspections(a, c)}
		if no := a.Query("inspection"); no != "" {
			suggested.Set("inspection", no)
		}
	case "evaluate":
		shapeEvaluation(a, c, suggested)
	case "list-affiliates":
		for _, known := range c.Affiliates {
			if a.actor.In(known.By.Organization) { // whose list the new one replaces
				maps.Copy(suggested, form.Values(authorization.AffiliatesInput{Affiliates: known.List}))
			}
		}
	case "hand-in-audit":
		a.shapes["attachments"] = form.Shape{Needed: true}
		suggested.Set("year", strconv.Itoa(a.view.Now.Year()-1))
	default:
		return false, nil
	}
	return true, nil
}

func (s *server) shapeInspection(a *act, c *authorization.Authorization) error {
	resources, err := s.resourceChoices(a.visit, c.Scope())
	if err != nil {
		return err
	}
	a.shapes["resources"] = form.Shape{Kind: form.Checks, Choices: resources}
	a.shapes["products"] = form.Shape{Kind: form.Checks, Choices: agreedProducts(c)}
	a.shapes["subject"] = form.Shape{Kind: form.Radios}
	if rules := a.view.Policy.Supervision; rules != nil {
		a.shapes["subject"] = form.Shape{Kind: form.Radios, Choices: subjectChoices(rules.Subjects)}
	}
	return nil
}

// pendingInspections are those that the visitor's organisations planned and that are to be held.
func pendingInspections(a *act, c *authorization.Authorization) []form.Choice {
	var out []form.Choice
	for _, i := range c.Inspections {
		if i.Pending() && a.actor.In(i.By.Organization) {
			out = append(out, form.Choice{Value: strconv.Itoa(i.No), Words: text.Text{ZH: fmt.Sprintf("第%d次，%s，%s", i.No, i.On, i.About), EN: fmt.Sprintf("no. %d, %s, %s", i.No, i.On, i.About)}})
		}
	}
	return out
}

// shapeEvaluation has a row for every criterion, filled in with what was scored before.
func shapeEvaluation(a *act, c *authorization.Authorization, suggested url.Values) {
	if a.view.Policy.Supervision == nil || a.view.Policy.Supervision.Evaluation == nil {
		return
	}
	criteria := a.view.Policy.Supervision.Evaluation.Criteria
	var choices []form.Choice
	for i, k := range criteria {
		most := strconv.Itoa(k.Points)
		choices = append(choices, form.Choice{Value: k.Code, Words: text.Text{ZH: k.Title.ZH + "（" + most + "分）", EN: k.Title.EN + ", of " + most}})
		suggested.Set(fmt.Sprintf("scores[%d].criterion", i), k.Code)
	}
	a.shapes["scores"] = form.Shape{Kind: form.Rows, Fixed: len(criteria)}
	a.shapes["scores[].criterion"] = form.Shape{Kind: form.Select, Choices: choices}
	suggested.Set("year", strconv.Itoa(a.view.Now.Year()-1))
	if open := c.OpenEvaluation(); open != nil {
		for name, values := range form.Values(authorization.EvaluateInput{Year: open.Year, Scores: open.Scores, Reasons: open.Reasons, Evidence: open.Evidence}) {
			suggested[name] = values
		}
	}
}

// raiseOn is where the visitor raises a finding on what supervision has on record, filled in; empty when he does not.
func (v supervisionView) raiseOn(origin finding.Origin, how finding.Found, subject, facts string) string {
	if v.raises() == "" {
		return ""
	}
	return addressOf("/findings/new", url.Values{"authorization": {v.a.ID}, "origin": {string(origin)}, "found_by": {string(how)}, "subject": {subject}, "facts": {facts}})
}

// originWords names what a finding follows from.
func originWords(o finding.Origin) text.Text {
	switch kind, name := o.Parts(); kind {
	case finding.FromIndicator:
		return text.Text{ZH: "公平竞争指标", EN: "indicator of fair competition"}
	case finding.FromInspection:
		return text.Text{ZH: "第" + name + "次检查", EN: "inspection no. " + name}
	case finding.FromEvaluation:
		return text.Text{ZH: name + "年度成效评价", EN: "evaluation of " + name}
	case finding.FromComplaint:
		return text.Text{ZH: "投诉举报", EN: "complaint or report"}
	case finding.FromAudit:
		return text.Text{ZH: name + "年度内部控制审计", EN: "internal-control audit of " + name}
	default:
		return both(string(o))
	}
}

// raiseOnInspection is where a finding is raised on what an inspection found.
func (v supervisionView) raiseOnInspection(i authorization.Inspection) string {
	if i.Result == nil || i.Result.Outcome != authorization.InspectionFound {
		return ""
	}
	how := finding.ByUnplannedInspection
	if i.Planned {
		how = finding.ByPlannedInspection
	}
	return v.raiseOn(finding.Of(finding.FromInspection, i.No), how, i.Subject, i.Result.Report)
}

// findingsOf are the findings that follow from something on record.
func (v supervisionView) findingsOf(origin finding.Origin) []authorization.FindingKnown {
	var out []authorization.FindingKnown
	for _, f := range v.a.Findings {
		if f.Origin == string(origin) {
			out = append(out, f)
		}
	}
	return out
}

func (v supervisionView) today() calendar.Date { return calendar.DateOf(v.view.Now) }

// subject names a subject of findings.
func (v supervisionView) subject(code string) text.Text {
	if rules := v.view.Policy.Supervision; rules != nil {
		for _, g := range rules.Subjects {
			if g.Code == code {
				return g.Title
			}
		}
	}
	return both(code)
}

// criterion names a criterion of the yearly evaluation with its points.
func (v supervisionView) criterion(code string) (text.Text, int) {
	if rules := v.view.Policy.Supervision; rules != nil && rules.Evaluation != nil {
		for _, k := range rules.Evaluation.Criteria {
			if k.Code == code {
				return k.Title, k.Points
			}
		}
	}
	return both(code), 0
}

// flags are what evaluations and audits say against a renewal today.
func (v supervisionView) flags() []authorization.RenewalFlag {
	return v.a.RenewalFlags(v.view.Policy, v.view.Calendar, v.today())
}

// recorded are the people, organisations and attachments that inspections, evaluations and audits name.
func (v supervisionView) recorded() (people, organizations, digests []string) {
	by := func(person, organization string) {
		people, organizations = append(people, person), append(organizations, organization)
	}
	for _, i := range v.a.Inspections {
		by(i.By.Person, i.By.Organization)
		if i.Result != nil {
			by(i.Result.By.Person, i.Result.By.Organization)
			digests = append(digests, i.Result.Evidence...)
		}
		if i.Cancelled != nil {
			by(i.Cancelled.By.Person, i.Cancelled.By.Organization)
		}
	}
	for _, e := range v.a.Evaluations {
		by(e.By.Person, e.By.Organization)
		digests = append(digests, e.Evidence...)
		if e.View != nil {
			by(e.View.By.Person, e.View.By.Organization)
		}
		if e.Conclusion != nil {
			by(e.Conclusion.By.Person, e.Conclusion.By.Organization)
		}
	}
	for _, d := range v.a.Audits {
		by(d.By.Person, d.By.Organization)
		digests = append(digests, d.Attachments...)
	}
	for _, known := range v.a.Affiliates {
		by(known.By.Person, known.By.Organization)
	}
	return people, organizations, digests
}

func consequenceTone(c policy.Consequence) string {
	if c == policy.Refuse {
		return "dc-tag dc-tag--bad"
	}
	return "dc-tag dc-tag--warn"
}
