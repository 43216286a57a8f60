package web

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/internal/town"
)

// TestCurePages: the operator reports a cure by its page, and the officer's judgement of it stands beside it.
func TestCurePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ExitIn(exit.Curing)
	w.Do(town.Applicant, exit.Kind, id, "report-cure", town.Object{"text": "已完成整改", "attachments": []string{w.Evidence(town.Applicant, "cure")}})
	at := "/exits/" + id + "/do/reject-cure"
	w.as(town.Officer).get(at).wants(http.StatusOK).form(at).set("reason", "仍有两处未改").submit().wants(http.StatusOK)
	page := w.as(town.Applicant).get("/exits/" + id + "?tab=procedure").wants(http.StatusOK)
	for _, words := range []string{"已完成整改", "仍有两处未改", "不认可", "60日", "不得因陈述、申辩"} {
		if !strings.Contains(page.text(), words) {
			t.Errorf("the procedure does not show %q", words)
		}
	}
}

// TestRequirement59DecisionLetter: the letter states ground, facts, answers, both remedies with their time and body, and the service; the operator has it
// once it was served, and not before.
func TestRequirement59DecisionLetter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	decided := w.ExitIn(exit.Decided)
	w.as(town.Applicant).get("/exits/" + decided + "/decision").wants(http.StatusNotFound)
	w.as(town.Officer).get("/exits/" + decided + "/decision").wants(http.StatusOK)
	w.as(town.Officer).get("/exits/" + w.ExitIn(exit.Curing) + "/decision").wants(http.StatusNotFound)

	id := w.ExitIn(exit.WindingDown)
	for language, words := range map[string][]string{
		"zh": {"终止授权运营决定书", "超范围使用", "与日志不符", "60日内申请行政复议", "6个月内向人民法院提起行政诉讼", "本级人民政府", "有管辖权的人民法院", "直接送达", "自送达之日起生效"},
		"en": {"Decision that the authorisation ends", "within 60 days", "within 6 months", "the people's government", "takes effect on service"},
	} {
		letter := w.as(town.Applicant).speaking(language).get("/exits/" + id + "/decision").wants(http.StatusOK)
		for _, s := range words {
			if !strings.Contains(letter.text(), s) {
				t.Errorf("%s: the letter lacks %q: %s", language, s, letter.text())
			}
		}
	}
}

// TestAfterPages: reviews, duties and the blacklist are kept by their pages, and the board shows the point of no return.
func TestAfterPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ExitIn(exit.WindingDown)
	officer := w.as(town.Officer)
	if board := officer.get("/exits/" + id).wants(http.StatusOK); !strings.Contains(board.text(), "不可恢复点") || !strings.Contains(board.text(), "尚未经过") {
		t.Error("the board does not show the point of no return")
	}
	at := "/exits/" + id + "/do/note-review"
	officer.get(at).wants(http.StatusOK).form(at).set("kind", "suit").set("body", "示例市人民法院").set("number", "（2026）示行初1号").submit().wants(http.StatusOK)
	at = "/exits/" + id + "/do/blacklist"
	officer.get(at).wants(http.StatusOK).form(at).set("reason", "严重超范围使用").submit().wants(http.StatusOK)
	at = "/exits/" + id + "/do/appeal-listing"
	operator := w.as(town.Applicant)
	operator.get(at).wants(http.StatusOK).form(at).set("reason", "情节不严重").submit().wants(http.StatusOK)
	page := operator.get("/exits/" + id + "?tab=after").wants(http.StatusOK)
	for _, words := range []string{"示例市人民法院", "审理中", "严重超范围使用", "情节不严重", "可以申诉"} {
		if !strings.Contains(page.text(), words) {
			t.Errorf("what comes afterwards does not show %q: %s", words, page.text())
		}
	}
	gone := officer.get("/exits/" + w.ExitIn(exit.Surviving) + "?tab=after").wants(http.StatusOK)
	for _, words := range []string{"保密", "保存运行日志", "保存评估和处理记录"} {
		if !strings.Contains(gone.text(), words) {
			t.Errorf("the duties do not show %q", words)
		}
	}
}

// TestDrillPage: an administrator of the agency runs the exit dry by its page, in both languages, and the database is the same afterwards; nobody else may.
func TestDrillPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	at := drillURL(id)
	w.as(town.Officer).get(at).wants(http.StatusForbidden)
	admin := w.as(town.Administrator)
	if page := admin.get("/authorizations/" + id + "?tab=operation").wants(http.StatusOK); !strings.Contains(page.body, at) {
		t.Error("the drill is not linked")
	}
	admin.get(at).wants(http.StatusOK)
	before := w.Dump()
	for language, words := range map[string][]string{
		"zh": {"没有发现障碍", "不可恢复点", "清退完毕", "返还或者删除数据", "使用方", "运营机构的用户和平台", "虚构"},
		"en": {"Nothing was found", "point of no return", "return or delete the data", "Customers", "Latest"},
	} {
		page := admin.speaking(language).get(at + "?ground=breach").wants(http.StatusOK)
		for _, s := range words {
			if !strings.Contains(page.text(), s) {
				t.Errorf("%s: the drill lacks %q", language, s)
			}
		}
	}
	admin.get(at + "?ground=nonsense").wants(http.StatusUnprocessableEntity)
	if w.Dump() != before {
		t.Error("a dry run changed the database")
	}
}
