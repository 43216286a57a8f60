package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/internal/town"
)

// TestFindingByPages: a supervisor raises a finding, the operator rectifies, the suspension that is asked for is led to by the administrator's page, and all in the
// browser without scripts; the public reads nothing of it.
func TestFindingByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	auditor, operator, admin := w.as(town.Auditor), w.as(town.Applicant), w.as(town.Administrator)
	tab := "/authorizations/" + of + "?tab=supervision"
	begin := "/findings/new?authorization=" + of
	if links := auditor.get(tab).wants(http.StatusOK).links(); !slices.Contains(links, begin) {
		t.Errorf("the supervisor is led to %q", links)
	}
	if slices.Contains(operator.get(tab).wants(http.StatusOK).links(), begin) {
		t.Error("the operator is led to raise findings on itself")
	}
	p := auditor.get(begin).wants(http.StatusOK).form("/findings/new").set("subject", "security").submit().wants(http.StatusUnprocessableEntity)
	p = p.form("/findings/new").set("found_by", "inspection-unplanned").set("facts", "日志缺失(虚构)").submit().wants(http.StatusOK)
	id := strings.TrimPrefix(p.at.Path, "/findings/")
	do := func(command string) string { return "/findings/" + id + "/do/" + command }
	w.Stands(finding.Kind, id, finding.Raised)

	auditor.get(do("order")).form(do("order")).set("measures", "补齐日志(虚构)").submit().wants(http.StatusOK)
	w.Finding(town.Applicant, id, "hand-in", town.Object{"statement": "已补齐(虚构)", "evidence": []string{w.Evidence(town.Applicant, "logs")}})
	auditor.get(do("suspend-operation")).form(do("suspend-operation")).set("ground", "security-risk").set("opinion", "抽查仍缺失(虚构)").submit().wants(http.StatusOK)
	for language, words := range map[string][]string{"zh": {"要求暂停运营", "计划外检查", "补齐日志", "复查"}, "en": {"asks for a suspension", "unplanned inspection", "Order to rectify", "Inspections"}} {
		text := w.as(town.Applicant).speaking(language).get("/findings/" + id).wants(http.StatusOK).text()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("in %s without %q: %.1200s", language, word, text)
			}
		}
	}
	suspend := "/authorizations/" + of + "/do/suspend"
	if links := admin.get("/findings/" + id).links(); !slices.Contains(links, suspend) {
		t.Errorf("the administrator is led to %q", links)
	}
	if page := admin.get(suspend).wants(http.StatusOK); page.form(suspend).values.Get("ground") != "security-risk" {
		t.Error("the ground that was asked for is not suggested")
	}
	admin.get(suspend).form(suspend).set("authority", "监督问题(虚构)").set("reason", "整改(虚构)").submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, of, authorization.Suspended)
	if text := operator.get("/findings/" + id).text(); !strings.Contains(text, "授权运营已暂停") {
		t.Errorf("%.1200s", text)
	}
	if text := operator.get(tab).text(); !strings.Contains(text, "数据安全管理不到位") || !strings.Contains(text, "未办结1项") {
		t.Errorf("%.1200s", text)
	}
	w.as(town.OtherApplicant).get("/findings/" + id).wants(http.StatusNotFound)
	if text := w.nobody().get("/register/" + of).wants(http.StatusOK).text(); strings.Contains(text, "日志缺失") || strings.Contains(text, "数据安全管理不到位") {
		t.Errorf("the public reads of a finding: %.1200s", text)
	}
}

// TestIncidentByPages: an officer suspends at once, and everybody reads why; the administrator cannot resume but reviews, and the mark stays.
func TestIncidentByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	tab := "/authorizations/" + of + "?tab=supervision"
	do := func(command string) string { return "/authorizations/" + of + "/do/" + command }
	officer, admin, operator := w.as(town.Officer), w.as(town.Administrator), w.as(town.Applicant)
	if !slices.Contains(officer.get(tab).links(), do("suspend-at-once")) || slices.Contains(operator.get(tab).links(), do("suspend-at-once")) {
		t.Error("the officer alone is led to suspend at once")
	}
	p := officer.get(do("suspend-at-once")).form(do("suspend-at-once")).set("ground", "security-risk").submit().wants(http.StatusUnprocessableEntity)
	p.form(do("suspend-at-once")).set("reason", "接口遭批量拖库(虚构)").submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, of, authorization.Suspended)
	for language, words := range map[string][]string{"zh": {"接口遭批量拖库", "待复核", "突发事件"}, "en": {"to be reviewed", "Incidents and emergency suspension"}} {
		text := w.as(town.Applicant).speaking(language).get(tab).wants(http.StatusOK).text()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("in %s without %q: %.1200s", language, word, text)
			}
		}
	}
	for _, person := range []string{town.Applicant, town.Signatory, town.Administrator, town.Auditor, town.AgencySignatory, town.Decider} {
		if text := w.as(person).get("/notices").wants(http.StatusOK).text(); !strings.Contains(text, "紧急暂停") {
			t.Errorf("%s is not told", person)
		}
	}
	admin.get(do("resume")).wants(http.StatusConflict)
	admin.get(do("lift-incident")).form(do("lift-incident")).set("opinion", "系误报(虚构)").submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, of, authorization.Operating)
	if text := operator.get(tab).text(); !strings.Contains(text, "系误报") || !strings.Contains(text, "接口遭批量拖库") || !strings.Contains(text, "解除暂停") {
		t.Errorf("the mark is gone: %.1200s", text)
	}
	if text := w.nobody().get("/register/" + of).text(); strings.Contains(text, "拖库") || strings.Contains(text, "误报") {
		t.Error("the public reads why")
	}
}
