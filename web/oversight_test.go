package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/finding"
	"datacharter/internal/town"
)

// TestInspectionByPages: an officer plans an inspection, which the operator reads; a supervisor records one that nobody announced, and one click leads to the finding on it,
// filled in and naming the inspection.
func TestInspectionByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	tab := "/authorizations/" + of + "?tab=supervision"
	do := func(command string) string { return "/authorizations/" + of + "/do/" + command }
	officer, auditor, operator := w.as(town.Officer), w.as(town.Auditor), w.as(town.Applicant)
	p := officer.get(do("plan-inspection")).wants(http.StatusOK).form(do("plan-inspection")).set("subject", "security").submit().wants(http.StatusUnprocessableEntity)
	today := w.Now().Format("2006-01-02")
	p.form(do("plan-inspection")).set("on", today).set("about", "季度安全检查(虚构)").set("who", "数据安全处(虚构)").submit().wants(http.StatusOK)
	if text := operator.get(tab).text(); !strings.Contains(text, "季度安全检查") || !strings.Contains(text, "待检查") {
		t.Errorf("the operator is not told: %.1500s", text)
	}
	if slices.Contains(operator.get(tab).links(), do("record-unplanned-inspection")) {
		t.Error("the operator is led to inspect itself")
	}
	auditor.get(do("record-unplanned-inspection")).form(do("record-unplanned-inspection")).set("subject", "security").set("about", "日志(虚构)").set("who", "省局监督处(虚构)").
		set("held_on", today).set("outcome", "found").set("report", "夜间批量调用未审批(虚构)").submit().wants(http.StatusOK)
	raise := ""
	for _, link := range auditor.get(tab).links() {
		if strings.HasPrefix(link, "/findings/new?") && strings.Contains(link, url.QueryEscape("inspection/2")) {
			raise = link
		}
	}
	if raise == "" {
		t.Fatalf("nothing leads to the finding: %q", auditor.get(tab).links())
	}
	got := auditor.get(raise).wants(http.StatusOK).form("/findings/new").submit().wants(http.StatusOK)
	id := strings.TrimPrefix(got.at.Path, "/findings/")
	f := w.Case(finding.Kind, id).(*finding.Finding) //nolint:forcetypeassert // its own kind
	if f.Origin != "inspection/2" || f.Found != finding.ByUnplannedInspection || f.Facts != "夜间批量调用未审批(虚构)" {
		t.Errorf("%+v", f)
	}
	for language, words := range map[string][]string{"zh": {"飞行检查", "据此提出的监督问题", "年度成效评价"}, "en": {"unplanned", "Finding raised on it", "Yearly evaluations"}} {
		text := w.as(town.Applicant).speaking(language).get(tab).wants(http.StatusOK).text()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("in %s without %q: %.1500s", language, word, text)
			}
		}
	}
	if text := w.nobody().get("/register/" + of).text(); strings.Contains(text, "批量调用") {
		t.Error("the public reads of an inspection")
	}
}

// TestAffiliatesByPages: each organisation lists by a form that shows its own list, all parties read all lists, and the public none.
func TestAffiliatesByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	tab, at := "/authorizations/"+of+"?tab=supervision", "/authorizations/"+of+"/do/list-affiliates"
	operator, auditor := w.as(town.Applicant), w.as(town.Auditor)
	first := func(v *client) *blank {
		return v.get(at).wants(http.StatusOK).form(at)
	}
	first(operator).set("affiliates[0].name", "子公司甲(虚构)").submit().wants(http.StatusUnprocessableEntity).
		form(at).set("affiliates[0].relation", "全资持有(虚构)").submit().wants(http.StatusOK)
	first(auditor).set("affiliates[0].name", "关联方乙(虚构)").set("affiliates[0].relation", "同受控制(虚构)").submit().wants(http.StatusOK)
	if again := operator.get(at).wants(http.StatusOK).body; !strings.Contains(again, "子公司甲") || strings.Contains(again, `value="关联方乙`) {
		t.Error("the form does not begin with the operator's own list, or with another's")
	}
	for _, language := range []string{"zh", "en"} {
		if text := w.as(town.Officer).speaking(language).get(tab).wants(http.StatusOK).text(); !strings.Contains(text, "子公司甲") || !strings.Contains(text, "关联方乙") {
			t.Errorf("%.2000s", text)
		}
	}
	if text := w.nobody().get("/register/" + of).text(); strings.Contains(text, "子公司甲") || strings.Contains(text, "关联方乙") {
		t.Error("the public reads of affiliates")
	}
}

// TestRequirement56EvaluationByPages: an officer scores the year that is over by the criteria of the profile, the operator states its view, the signatory concludes; whoever
// opens an exit sees what failed.
func TestRequirement56EvaluationByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	w.SetNow(w.Now().AddDate(1, 0, 0))
	do := func(command string) string { return "/authorizations/" + of + "/do/" + command }
	scored := w.as(town.Officer).get(do("evaluate")).wants(http.StatusOK).form(do("evaluate")).set("reasons", "按台账和检查记录评分(虚构)")
	for i := range 5 {
		scored.set("scores["+string(rune('0'+i))+"].points", "5")
	}
	scored.submit().wants(http.StatusOK)
	operator := w.as(town.Applicant)
	operator.get(do("view-evaluation")).form(do("view-evaluation")).set("view", "对评分有异议(虚构)").submit().wants(http.StatusOK)
	w.as(town.AgencySignatory).get(do("conclude-evaluation")).form(do("conclude-evaluation")).set("opinion", "维持评分(虚构)").submit().wants(http.StatusOK)
	if text := operator.get("/authorizations/" + of + "?tab=supervision").wants(http.StatusOK).text(); !strings.Contains(text, "不合格") || !strings.Contains(text, "对评分有异议") || !strings.Contains(text, "不予邀请续约") {
		t.Errorf("%.2500s", text)
	}
	if text := w.as(town.Administrator).get(do("open-exit")).wants(http.StatusOK).text(); !strings.Contains(text, "退出将一并载明的评价和审计结果") || !strings.Contains(text, "25分") {
		t.Errorf("%.1500s", text)
	}
	w.Authorization(town.Administrator, of, "open-exit", town.Object{"ground": "failed-evaluation", "statement": "评价不合格", "evidence": []string{w.Evidence(town.Administrator, "exit of "+of)}})
	at := "/exits/" + w.ExitOf(of, exit.Opened) + "?tab=procedure"
	for language, want := range map[string]string{"zh": "评价和审计结果", "en": "Evaluations and audits"} {
		if text := operator.speaking(language).get(at).wants(http.StatusOK).text(); !strings.Contains(text, want) || !strings.Contains(text, "25") {
			t.Errorf("%s: the exit does not show what it was opened with: %.1500s", language, text)
		}
	}
}
