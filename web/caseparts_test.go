package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/review"
	"datacharter/internal/town"
)

// Every part of the page of an authorization is there in every state, for those who may see it, in both languages.
func TestPartsOfEveryState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	people := map[string]*client{"applicant": w.as(town.Applicant), "officer": w.as(town.Officer), "auditor": w.as(town.Auditor)}
	for _, info := range authorization.Machine.States {
		id := w.in(authorization.Kind, info.Name)
		for who, c := range people {
			for _, language := range []string{"zh", "en"} {
				first := c.speaking(language).get("/authorizations/" + id)
				if info.Draft && who != "applicant" {
					first.wants(http.StatusNotFound)
					continue
				}
				if info.Name == authorization.Deleted && first.status == http.StatusNotFound {
					continue // what was never handed in is the applicant's alone
				}
				first.wants(http.StatusOK)
				tabs := partsOn(first)
				if !slices.Contains(tabs, "application") || !slices.Contains(tabs, "record") {
					t.Errorf("%s: %s finds the parts %q", info.Name, who, tabs)
				}
				for _, tab := range tabs {
					if p := c.get("/authorizations/" + id + "?tab=" + tab).wants(http.StatusOK); p.heading() != first.heading() {
						t.Errorf("%s, %s: %q", info.Name, tab, p.heading())
					}
				}
			}
		}
	}
}

// partsOn are the parts to which the page of a case leads.
func partsOn(p *page) []string {
	var out []string
	for _, link := range p.links() {
		if _, tab, ok := strings.Cut(link, "?tab="); ok && !strings.Contains(tab, "&") && !slices.Contains(out, tab) {
			out = append(out, tab)
		}
	}
	return out
}

func TestApplicationTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Returned)
	edited := town.Application()
	edited["purpose"] = "只有草稿里有"
	w.Authorization(town.Applicant, id, "edit", edited)
	at := "/authorizations/" + id + "?tab=application"
	officer, applicant := w.as(town.Officer), w.as(town.Applicant)
	if text := officer.get(at).text(); !strings.Contains(text, "服务农业保险") || strings.Contains(text, "只有草稿里有") || !strings.Contains(text, town.ProductName) {
		t.Errorf("the officer reads %.3000s", text)
	}
	officer.get(at + "&version=0").wants(http.StatusNotFound)
	for _, bad := range []string{"9", "-1", "x"} {
		officer.get(at + "&version=" + bad).wants(http.StatusNotFound)
	}
	if text := applicant.get(at + "&version=0").text(); !strings.Contains(text, "只有草稿里有") {
		t.Errorf("the applicant reads %.3000s", text)
	}
	if p := applicant.get(at); !slices.Contains(p.links(), "/resources/"+town.Resource) {
		t.Error("resources lead nowhere")
	}
}

func TestDifferencesTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Returned)
	at := "/authorizations/" + id + "?tab=differences"
	officer := w.as(town.Officer)
	if text := officer.get(at).text(); !strings.Contains(text, "请补充") || !strings.Contains(text, "尚未重新提交") {
		t.Errorf("before: %.3000s", text)
	}
	edited := town.Application()
	edited["purpose"] = "服务农业保险，惠及农户"
	w.Authorization(town.Applicant, id, "edit", edited)
	w.Authorization(town.Applicant, id, "resubmit", town.Object{})
	p := officer.get(at)
	var gone, come []string
	for _, n := range all(p.document(), tag("del")) {
		gone = append(gone, textOf(n))
	}
	for _, n := range all(p.document(), tag("ins")) {
		come = append(come, textOf(n))
	}
	if !slices.Equal(gone, []string{"服务农业保险"}) || !slices.Equal(come, []string{"服务农业保险，惠及农户"}) {
		t.Errorf("%q became %q", gone, come)
	}
	for _, word := range []string{"请补充", "用途", "删去", "新增"} {
		if !strings.Contains(p.text(), word) {
			t.Errorf("%s is not said: %.3000s", word, p.text())
		}
	}
}

func TestQuestionsTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	home := "/authorizations/" + id
	ask, answer := home+"/do/ask-question", home+"/do/answer-question"
	officer, applicant := w.as(town.Officer), w.as(town.Applicant)
	p := officer.get(ask).wants(http.StatusOK).form(ask).submit().wants(http.StatusUnprocessableEntity)
	if len(p.faults()) == 0 {
		t.Error("an empty question is taken")
	}
	form := p.form(ask).set("text", "谁使用？").set("path", "purpose")
	if done := form.submit().wants(http.StatusOK); done.at.Query().Get("tab") != "questions" || !strings.Contains(done.text(), "谁使用？") || !strings.Contains(done.text(), "待答复") {
		t.Errorf("asked: %s %.2000s", done.at, done.text())
	}
	form.submit().wants(http.StatusOK)
	if n := len(w.Case(authorization.Kind, id).(*authorization.Authorization).Questions); n != 1 {
		t.Errorf("sent twice it is asked %d times", n)
	}
	applicant.get(ask).wants(http.StatusForbidden)
	officer.get(answer).wants(http.StatusForbidden)
	reply := applicant.get(answer+"?question=1").wants(http.StatusOK).form(answer).set("text", "保险公司").attach("attachments#file", "说明.txt", "text/plain", []byte("说明"))
	if done := reply.submit().wants(http.StatusOK); !strings.Contains(done.text(), "保险公司") || !strings.Contains(done.text(), "说明.txt") || strings.Contains(done.text(), "待答复") {
		t.Errorf("answered: %.2000s", done.text())
	}
	applicant.get(answer).wants(http.StatusConflict)
}

func TestAgreementTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.AgreementDrafting)
	home := "/authorizations/" + id
	propose := home + "/do/propose-agreement"
	officer, applicant := w.as(town.Officer), w.as(town.Applicant)
	if text := officer.get(home + "?tab=agreement").text(); !strings.Contains(text, "还没有协议文本") {
		t.Errorf("%.2000s", text)
	}
	p := officer.get(propose).wants(http.StatusOK).form(propose).submit().wants(http.StatusUnprocessableEntity)
	if len(p.faults()) < 5 || !strings.Contains(p.text(), "需更正") {
		t.Errorf("an empty agreement: %q", p.faults())
	}
	w.Authorization(town.Officer, id, "propose-agreement", w.Agreement())
	form := applicant.get(propose).wants(http.StatusOK).form(propose)
	form.set("platform", "另一平台")
	done := form.submit().wants(http.StatusOK)
	for _, word := range []string{"另一平台", "第2版", "与第1版对照", "有改动", "未变"} {
		if !strings.Contains(done.text(), word) {
			t.Errorf("%s is not said: %.3000s", word, done.text())
		}
	}
	stale := form.set("platform", "第三平台")
	stale.values.Set(formKey, "another")
	stale.submit().wants(http.StatusPreconditionFailed)
	if n := len(w.Case(authorization.Kind, id).(*authorization.Authorization).Versions); n != 2 {
		t.Errorf("%d versions", n)
	}
	agree := home + "/do/agree-text"
	applicant.get(agree).wants(http.StatusConflict)
	if p := officer.get(agree).wants(http.StatusOK); !strings.Contains(p.text(), "另一平台") {
		t.Error("one agrees without seeing to what")
	}
	officer.get(agree).form(agree).submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.AgreementPending)
	for version, want := range map[string]int{"1": http.StatusOK, "2": http.StatusOK, "0": http.StatusNotFound, "3": http.StatusNotFound, "x": http.StatusNotFound} {
		officer.get(home + "/agreement/" + version).wants(want)
	}
	w.as(town.OtherApplicant).get(home + "/agreement/1").wants(http.StatusNotFound)
	w.nobody().steadfast().get(home + "/agreement/1").wants(http.StatusSeeOther)
}

func TestOperationTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	home := "/authorizations/" + id
	officer, applicant := w.as(town.Officer), w.as(town.Applicant)
	begin := addressOf("/products/new", url.Values{"authorization": {id}, "product": {town.ProductName}})
	tab := applicant.get(home + "?tab=operation").wants(http.StatusOK)
	if !slices.Contains(tab.links(), begin) || slices.Contains(officer.get(home+"?tab=operation").links(), begin) {
		t.Errorf("the applicant is led to %q", tab.links())
	}
	officer.get(home + "/do/set-ceiling").wants(http.StatusConflict)
	product := "/products/" + w.Offered(id, "0.05", "0.03")
	done := applicant.get(home + "?tab=operation").wants(http.StatusOK)
	if text := done.text(); !strings.Contains(text, "在架") || !strings.Contains(text, "数据调用量") || !slices.Contains(done.links(), product) || slices.Contains(done.links(), begin) {
		t.Errorf("%.3000s", text)
	}
	report := home + "/do/report-operation"
	done = applicant.get(report).wants(http.StatusOK).form(report).set("summary", "平稳").submit().wants(http.StatusOK)
	if !strings.Contains(done.text(), "平稳") || !strings.Contains(done.text(), "年中报告") {
		t.Errorf("%.3000s", done.text())
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	home := "/authorizations/" + id
	officer := w.as(town.Officer)
	for range 2 {
		officer.post(home+"/follow", nil).wants(http.StatusOK)
	}
	if p := officer.get("/cases?followed=1"); !slices.Contains(p.links(), home) {
		t.Errorf("what is followed is not listed: %q", p.links())
	}
	if p := officer.get(home); !strings.Contains(p.text(), "取消关注") {
		t.Error("the page does not say that one follows")
	}
	for range 2 {
		officer.post(home+"/unfollow", nil).wants(http.StatusOK)
	}
	if p := officer.get("/cases?followed=1"); slices.Contains(p.links(), home) {
		t.Error("still followed")
	}
	w.as(town.OtherApplicant).post(home+"/follow", nil).wants(http.StatusNotFound)
	officer.get(home + "/follow").wants(http.StatusMethodNotAllowed)
}

// The picture lists all phases and, on demand, all states, the present one marked.
func TestAllStates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.as(town.Officer).get("/authorizations/" + w.AuthorizationIn(authorization.Reviewing))
	for _, info := range authorization.Machine.States {
		if !strings.Contains(p.text(), info.Words.ZH) {
			t.Errorf("%s is missing", info.Name)
		}
	}
	marked := all(p.document(), class("dc-states__now"))
	if len(marked) != 1 || !strings.Contains(textOf(marked[0]), authorization.Machine.State(authorization.Reviewing).Words.ZH) {
		t.Errorf("%d states are marked as the present one", len(marked))
	}
}

// Reviews of several rounds are told apart.
func TestRoundsOfReviews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.ReviewReturned)
	w.Authorization(town.Applicant, id, "resubmit", town.Object{})
	w.Review(id, func(lifecycle.Task) string { return review.Approve })
	text := w.as(town.Officer).get("/authorizations/" + id).text()
	for _, words := range []string{"第1轮审查 · 第1阶段", "第2轮审查 · 第1阶段", "第2轮审查 · 第2阶段"} {
		if !strings.Contains(text, words) {
			t.Errorf("%s is missing: %.2000s", words, text)
		}
	}
}
