package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/internal/town"
	"datacharter/store"
)

var reviewer = town.PersonID(town.Agency, identity.BusinessReviewer, 1)

// reviewing opens n cases that are under review.
func (w *world) reviewing(n int) []string {
	w.t.Helper()
	ids := make([]string, n)
	for i := range ids {
		ids[i] = w.AuthorizationIn(authorization.Reviewing)
	}
	return ids
}

// colleague is another person who holds a role in the agency.
func (w *world) colleague(role identity.Role) string {
	w.t.Helper()
	id := town.PersonID(town.Agency, role, 9)
	w.Must(w.Store.CreatePerson(w.t.Context(), id, "同事"))
	w.Must(w.Store.Grant(w.t.Context(), id, town.Agency, role))
	w.server.demo = append(w.server.demo, DemoPerson{ID: id})
	return id
}

// taskOf is the case's task of a name.
func (w *world) taskOf(kind lifecycle.Kind, id, name string) lifecycle.Task {
	w.t.Helper()
	tasks := w.Case(kind, id).Head().Tasks
	i := slices.IndexFunc(tasks, func(t lifecycle.Task) bool { return t.Name == name && t.State != lifecycle.TaskCancelled })
	if i < 0 {
		w.t.Fatalf("%s has no task %s", id, name)
	}
	return tasks[i]
}

func (w *world) version(id string) int64 { return w.Case(authorization.Kind, id).Head().Version }

// offered are the tasks that a page lets one choose.
func (p *page) offered() []string {
	var out []string
	for _, n := range all(p.document(), func(n *html.Node) bool {
		return n.Data == "input" && attr(n, "name") == "task" && attr(n, "type") == "checkbox"
	}) {
		out = append(out, attr(n, "value"))
	}
	return out
}

// sends reports whether the page has a form that is sent to the address.
func (p *page) sends(action string) bool {
	return len(all(p.document(), func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action })) > 0
}

// TestMorning: a reviewer clears his inbox from the first page on, one task after the other.
func TestMorning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(3)
	me := w.as(reviewer)
	p := me.get("/").wants(http.StatusOK).form("/inbox/next").submit().wants(http.StatusOK)
	for i := range cases {
		at := p.at.Path
		if !strings.HasPrefix(at, "/tasks/") || !strings.Contains(p.text(), "服务农业保险") || !strings.Contains(p.text(), "27号第13条、第14条第3项") {
			t.Fatalf("task %d at %s: %s", i, at, p.text())
		}
		p = p.form(at+"/decide").set("outcome", "approve").set("opinion", "符合要求。").press("then", "next").wants(http.StatusOK)
	}
	if p.at.Path != "/inbox" || len(p.offered()) > 0 {
		t.Errorf("after the last: %s %s", p.at, p.text())
	}
	for _, id := range cases {
		if task := w.taskOf(authorization.Kind, id, "business"); task.DoneBy == nil || task.DoneBy.Person != reviewer || task.Opinion != "符合要求。" {
			t.Errorf("%+v", task)
		}
	}
	if done := me.get("/inbox?tab=done").wants(http.StatusOK).text(); strings.Count(done, "符合，同意") != len(cases) {
		t.Error(done)
	}
}

// TestNextOnce: the button that claims the next task claims one, however often it is sent.
func TestNextOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reviewing(3)
	form := w.as(reviewer).get("/inbox").form("/inbox/next")
	first, again := form.submit().wants(http.StatusOK), form.submit().wants(http.StatusOK)
	if first.at.Path != again.at.Path {
		t.Errorf("led to %s and %s", first.at, again.at)
	}
	counts, err := w.Store.InboxCounts(t.Context(), w.Actor(reviewer), store.InboxTimes{})
	if err != nil || counts.Mine != 1 || counts.Claimable != 2 {
		t.Errorf("%+v %v", counts, err)
	}
	if w.as(town.Applicant).get("/inbox").sends("/inbox/next") {
		t.Error("offered to who may claim nothing")
	}
	w.as(town.Applicant).post("/inbox/next", url.Values{formKey: {"k"}}).wants(http.StatusOK)
	w.as(reviewer).post("/inbox/next", url.Values{}).wants(http.StatusBadRequest)
}

// TestSeparationInInbox: what separation of duty forbids is not offered, and all that is offered is allowed.
func TestSeparationInInbox(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(3)
	w.Must(w.Store.Grant(t.Context(), reviewer, town.Agency, identity.SecurityReviewer))
	me := w.as(reviewer)
	business, security := w.taskOf(authorization.Kind, cases[0], "business"), w.taskOf(authorization.Kind, cases[0], "security")
	if got := me.get("/inbox?tab=claimable").offered(); len(got) != 6 || !slices.Contains(got, security.ID) {
		t.Fatalf("before: %v", got)
	}
	me.get("/tasks/" + business.ID).form("/tasks/" + business.ID + "/claim").submit().wants(http.StatusOK)
	got := me.get("/inbox?tab=claimable").offered()
	if len(got) != 4 || slices.Contains(got, security.ID) {
		t.Errorf("after: %v", got)
	}
	for _, id := range got {
		listed, err := w.Store.GetTask(t.Context(), w.Actor(reviewer), id)
		w.Must(err)
		view, err := w.Desk.Case(t.Context(), w.Actor(reviewer), authorization.Machine, listed.Case)
		w.Must(err)
		if !view.MayOn(id, "claim") {
			t.Errorf("%s is offered and may not be claimed", id)
		}
	}
	if p := me.get("/tasks/" + security.ID).wants(http.StatusOK); p.sends("/tasks/" + security.ID + "/claim") {
		t.Error("the task's page offers it")
	}
	results := me.post("/inbox/several", url.Values{formKey: {"k"}, "act": {"claim"}, "task": {security.ID}}).wants(http.StatusOK)
	if !strings.Contains(results.text(), "未办理") {
		t.Error(results.text())
	}
}

// TestSeveral: several are claimed at once, sent twice nothing happens twice, and the page says of each what became of it.
func TestSeveral(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(3)
	other := w.as(w.colleague(identity.BusinessReviewer))
	me := w.as(reviewer)
	form := me.get("/inbox?tab=claimable").form("/inbox/several").set("task", func() (ids []string) {
		for _, id := range cases {
			ids = append(ids, w.taskOf(authorization.Kind, id, "business").ID)
		}
		return ids
	}()...)
	taken := w.taskOf(authorization.Kind, cases[0], "business").ID
	other.get("/tasks/" + taken).form("/tasks/" + taken + "/claim").submit().wants(http.StatusOK)
	first := form.press("act", "claim").wants(http.StatusOK)
	versions := []int64{w.version(cases[0]), w.version(cases[1]), w.version(cases[2])}
	again := form.submit().wants(http.StatusOK)
	for i, id := range cases {
		if w.version(id) != versions[i] {
			t.Errorf("sent again, %s went on", id)
		}
	}
	for _, p := range []*page{first, again} {
		if text := p.text(); strings.Count(text, "已办理") != 2 || strings.Count(text, "未办理") != 1 || !strings.Contains(text, "领取") {
			t.Errorf("%s: %s", p.at, text)
		}
	}
	if got := me.get("/inbox").offered(); len(got) != 2 {
		t.Errorf("in my hands: %v", got)
	}
	if text := me.get("/inbox?tab=taken").wants(http.StatusOK).text(); !strings.Contains(text, "同事") {
		t.Error(text)
	}
	if got := me.post("/inbox/several", url.Values{formKey: {"k"}, "act": {"claim"}}).wants(http.StatusUnprocessableEntity).faults(); len(got) != 1 {
		t.Errorf("nothing chosen: %v", got)
	}
	me.post("/inbox/several", url.Values{formKey: {"k"}, "act": {"decide"}, "task": {taken}}).wants(http.StatusBadRequest)
	back := me.get("/inbox").form("/inbox/several")
	mine := w.taskOf(authorization.Kind, cases[1], "business").ID
	back.press("release", mine).wants(http.StatusOK)
	if task := w.taskOf(authorization.Kind, cases[1], "business"); task.State != lifecycle.TaskOpen {
		t.Errorf("%+v", task)
	}
}

// TestTogether: reviews of one kind are decided with one opinion, each by itself; what does not fit is left out with the reason.
func TestTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(3)
	me := w.as(reviewer)
	var tasks []string
	for _, id := range cases {
		task := w.taskOf(authorization.Kind, id, "business").ID
		tasks = append(tasks, task)
		if id != cases[2] {
			me.get("/tasks/" + task).form("/tasks/" + task + "/claim").submit().wants(http.StatusOK)
		}
	}
	p := me.get("/inbox/decide?" + url.Values{"task": tasks}.Encode()).wants(http.StatusOK)
	if !strings.Contains(p.text(), "须由您领取") {
		t.Error(p.text())
	}
	version := w.version(cases[0])
	p = p.form("/inbox/decide").set("outcome", "approve").set("conditions", "按季度报送").submit().wants(http.StatusUnprocessableEntity)
	if w.version(cases[0]) != version || len(p.faults()) != 1 || p.form("/inbox/decide").values.Get("conditions") != "按季度报送" {
		t.Errorf("without an opinion: %v", p.faults())
	}
	form := p.form("/inbox/decide").set("opinion", "一并审查，均符合。")
	first := form.submit().wants(http.StatusOK)
	version = w.version(cases[0])
	again := form.submit().wants(http.StatusOK)
	if w.version(cases[0]) != version || strings.Count(first.text(), "已办理") != 2 || again.text() != first.text() {
		t.Errorf("%s\n%s", first.text(), again.text())
	}
	for i, id := range cases {
		task := w.taskOf(authorization.Kind, id, "business")
		if done := task.State == lifecycle.TaskDone; done != (i < 2) || done && (task.Opinion != "一并审查，均符合。" || !slices.Equal(task.Conditions, []string{"按季度报送"})) {
			t.Errorf("%+v", task)
		}
	}
	if none := w.as(town.Auditor).get("/inbox/decide?" + url.Values{"task": tasks}.Encode()).wants(http.StatusOK); none.sends("/inbox/decide") {
		t.Error("a supervisor is asked to decide")
	}
	me.get("/inbox/decide").wants(http.StatusUnprocessableEntity)
}

// TestPlansTogether: reviews of plans that find nothing beside their outcome are decided with one opinion; those that must find something of each plan
// are left out with the reason, and none is decided without what it must find.
func TestPlansTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plans := []string{w.PlanIn(plan.Reviewing), w.PlanIn(plan.Reviewing)}
	claimed := func(name string) (who *client, tasks url.Values) {
		tasks = url.Values{}
		for _, id := range plans {
			task := w.taskOf(plan.Kind, id, name)
			who = w.as(w.Reviewer(task))
			at := "/tasks/" + url.PathEscape(task.ID)
			who.get(at).form(at + "/claim").submit().wants(http.StatusOK)
			tasks.Add("task", task.ID)
		}
		return who, tasks
	}
	me, tasks := claimed("feasibility")
	tasks.Add("task", w.taskOf(authorization.Kind, w.reviewing(1)[0], "business").ID)
	if inbox := me.get("/inbox?scope=claimed").wants(http.StatusOK); !strings.Contains(inbox.text(), "一并出具审查意见") {
		t.Errorf("the inbox does not offer it: %.900s", inbox.text())
	}
	p := me.get("/inbox/decide?" + tasks.Encode()).wants(http.StatusOK)
	if text := p.text(); !strings.Contains(text, "2 件") || !strings.Contains(text, "实施机构") || !strings.Contains(text, "某市数据局") || !strings.Contains(text, "随方案提交集体决策") {
		t.Errorf("%.1200s", text)
	}
	form := p.form("/inbox/decide").set("outcome", "approve")
	if faults := form.submit().wants(http.StatusUnprocessableEntity).faults(); len(faults) != 1 {
		t.Errorf("without an opinion: %q", faults)
	}
	form.set("opinion", "必要且可行。").submit().wants(http.StatusOK)
	for _, id := range plans {
		if task := w.taskOf(plan.Kind, id, "feasibility"); task.State != lifecycle.TaskDone || task.Opinion != "必要且可行。" {
			t.Errorf("%+v", task)
		}
	}
	for name, why := range map[string][2]string{"risk": {"认定风险是否可控", "whether its risks are controllable"}, "participation": {"逐条答复社会公众", "answers each opinion"}} {
		me, tasks := claimed(name)
		for i, language := range []string{"zh", "en"} {
			p := me.speaking(language).get("/inbox/decide?" + tasks.Encode()).wants(http.StatusOK)
			if strings.Count(p.text(), why[i]) != 2 || p.sends("/inbox/decide") {
				t.Errorf("%s: %.900s", name, p.text())
			}
		}
		tasks.Set(formKey, "by hand")
		tasks.Set("outcome", "approve")
		tasks.Set("opinion", "同意")
		me.post("/inbox/decide", tasks).wants(http.StatusOK)
		for _, id := range plans {
			if task := w.taskOf(plan.Kind, id, name); task.State != lifecycle.TaskClaimed {
				t.Errorf("%s was decided without what it must find: %+v", name, task)
			}
		}
	}
}

// TestInboxFilters: what is asked for is what is listed, in both languages, with and without a script.
func TestInboxFilters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reviewing(2)
	me := w.as(reviewer)
	for query, want := range map[string]int{
		"":                         2,
		"&q=气象":                    2,
		"&q=公交":                    0,
		"&name=business":           2,
		"&name=security":           0,
		"&agency=" + town.Agency:   2,
		"&agency=" + town.Supplier: 0,
		"&applicant=虚构数据":          2,
		"&applicant=" + town.Rival: 0,
		"&due=overdue":             0,
		"&due=today":               0,
		"&from=2026-01-05":         2,
		"&from=2026-02-03":         0,
		"&to=2026-02-02":           2,
		"&to=2026-02-01":           0,
		"&sort=opened":             2,
	} {
		for _, language := range []string{"zh", "en"} {
			if got := me.speaking(language).get("/inbox?tab=claimable" + query).wants(http.StatusOK).offered(); len(got) != want {
				t.Errorf("%s: %d, wanted %d", query, len(got), want)
			}
		}
	}
	for _, query := range []string{"from=soon", "to=2026-02-30", "applicant=虚构", "applicant=无此单位"} {
		if p := me.get("/inbox?" + query).wants(http.StatusUnprocessableEntity); len(p.offered()) > 0 {
			t.Errorf("%s is overlooked", query)
		}
	}
	me.get("/inbox?after=nonsense").wants(http.StatusNotFound)
	part := me.send(http.MethodGet, "/inbox?tab=claimable&q=气象", nil, "HX-Request", "true").wants(http.StatusOK)
	if strings.Contains(part.body, "<html") || len(part.offered()) != 2 {
		t.Errorf("for a script: %.300s", part.body)
	}
	if whole := me.send(http.MethodGet, "/inbox", nil, "HX-Request", "true", "HX-History-Restore-Request", "true"); !strings.Contains(whole.body, "<html") {
		t.Error("back in the history the page lacks its frame")
	}
}

// TestSavedViews: a filter is kept under a name, for its person alone.
func TestSavedViews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := w.as(reviewer)
	form := me.get("/inbox?tab=claimable&q=气象&due=week&evil=%3Cscript%3E").form("/inbox/views").set("name", "本周气象")
	form.submit().wants(http.StatusOK)
	p := me.get("/inbox").wants(http.StatusOK)
	if !slices.Contains(p.links(), "/inbox?due=week&q=%E6%B0%94%E8%B1%A1&tab=claimable") {
		t.Error(p.links())
	}
	for name, want := range map[string]int{"": http.StatusUnprocessableEntity, strings.Repeat("长", 51): http.StatusUnprocessableEntity, "\xff": http.StatusUnprocessableEntity} {
		me.post("/inbox/views", url.Values{"name": {name}, "query": {"q=1"}}).wants(want)
	}
	for i := range store.MaxViews - 1 {
		me.post("/inbox/views", url.Values{"name": {strings.Repeat("i", i+1)}, "query": {"q=1"}}).wants(http.StatusOK)
	}
	me.post("/inbox/views", url.Values{"name": {"多了"}, "query": {"q=1"}}).wants(http.StatusUnprocessableEntity)
	me.get("/inbox").form("/inbox/views/delete").press("name", "本周气象").wants(http.StatusOK)
	if strings.Contains(me.get("/inbox").text(), "本周气象") || strings.Contains(w.as(town.Officer).get("/inbox").text(), "iii") {
		t.Error("a view stays, or is another's")
	}
}

// TestTaskPage: the material stays beside the form, and who has no part in a task does not see it.
func TestTaskPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.reviewing(1)[0]
	task := w.taskOf(authorization.Kind, id, "business").ID
	at := "/tasks/" + task
	for _, person := range []string{town.OtherApplicant, town.Reader, town.PersonID(town.Supplier, identity.SupplyReviewer, 1), town.Decider} {
		w.as(person).get(at).wants(http.StatusNotFound)
		w.as(person).post(at+"/decide", url.Values{formKey: {"k"}, "outcome": {"approve"}, "opinion": {"x"}}).wants(http.StatusNotFound)
	}
	if p := w.as(town.Auditor).get(at).wants(http.StatusOK); p.sends(at+"/claim") || p.sends(at+"/decide") {
		t.Error("a supervisor is offered the task")
	}
	me := w.as(reviewer)
	if p := me.get(at).wants(http.StatusOK); p.sends(at+"/decide") || !p.sends(at+"/claim") {
		t.Error("before it is claimed")
	}
	p := me.get(at).form(at + "/claim").submit().wants(http.StatusOK)
	for _, language := range []string{"zh", "en"} {
		p = me.speaking(language).get(at).wants(http.StatusOK)
		if !p.sends(at+"/decide") || !p.sends(at+"/release") {
			t.Error("after it is claimed")
		}
	}
	me.speaking("zh")
	version := w.version(id)
	p = p.form(at+"/decide").set("outcome", "approve").set("conditions", "按季度报送").press("then", "next").wants(http.StatusUnprocessableEntity)
	if w.version(id) != version || len(p.faults()) == 0 || !strings.Contains(p.text(), "服务农业保险") || p.form(at+"/decide").values.Get("conditions") != "按季度报送" {
		t.Errorf("refused: %v %s", p.faults(), p.text())
	}
	// The task in the form is that of the address, whatever the form says.
	other := w.reviewing(1)[0]
	p.form(at+"/decide").set("opinion", "符合。").set("conditions", "").set("task", w.taskOf(authorization.Kind, other, "business").ID).press("then", "inbox").wants(http.StatusOK)
	if got := w.taskOf(authorization.Kind, id, "business"); got.State != lifecycle.TaskDone {
		t.Errorf("%+v", got)
	}
	if p := me.get(at).wants(http.StatusOK); p.sends(at+"/decide") || !strings.Contains(p.text(), "符合。") {
		t.Error("after it is done")
	}
}

// TestSettlement: a settlement is added up line by line before it is sent, and the proof stays.
func TestSettlement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ExitIn(exit.WindingDown)
	task := w.stepTask(id, exit.SettleAccounts)
	at := "/tasks/" + task.ID
	me := w.as(w.Reviewer(task))
	line := func(form *blank, n, side, party, item, fen string) *blank {
		return form.set("accounts["+n+"].side", side).set("accounts["+n+"].party", party).set("accounts["+n+"].item", item).set("accounts["+n+"].fen", fen)
	}
	me.get(at).form(at + "/claim").submit().wants(http.StatusOK)
	p := line(me.get(at).form(at+"/finish-step").attach("proof#file", "清算报告.txt", "text/plain", []byte("settled")), "0", "received", "public", "运营收入", "123456").
		press("add", "accounts").wants(http.StatusOK)
	p = line(p.form(at+"/finish-step"), "1", "paid", "agency", "收益分成", "123450").press("check", "yes").wants(http.StatusOK)
	if text := p.text(); !strings.Contains(text, "1,234.56") || !strings.Contains(text, "收入减支出为 0.06 元") || !strings.Contains(text, "清算报告.txt") {
		t.Error(text)
	}
	if w.taskOf(exit.Kind, id, exit.SettleAccounts).State != lifecycle.TaskClaimed {
		t.Error("checking carries it out")
	}
	p = p.form(at+"/finish-step").set("accounts[1].fen", "123456").press("then", "inbox").wants(http.StatusOK)
	if got := w.taskOf(exit.Kind, id, exit.SettleAccounts); got.State != lifecycle.TaskDone || p.at.Path != "/inbox" {
		t.Errorf("%+v %s", got, p.text())
	}
}

// stepTask takes the steps of a wind-down up to the one of the code, and opens that.
func (w *world) stepTask(id, code string) lifecycle.Task {
	w.t.Helper()
	of := w.Case(exit.Kind, id).(*exit.Exit).Authorization
	for _, step := range w.Case(exit.Kind, id).(*exit.Exit).StepsLeft() {
		w.System(exit.Kind, id, "open-step", exit.StepInput{Step: step.Code})
		if step.Code == code {
			break
		}
		if step.Task = w.Case(exit.Kind, id).(*exit.Exit).Steps[slices.IndexFunc(w.Case(exit.Kind, id).(*exit.Exit).Steps, func(s exit.Step) bool { return s.Code == step.Code })].Task; step.Task == "" {
			if step.Code == "close-access" {
				w.System(authorization.Kind, of, "set-access", authorization.AccessInput{Access: authorization.AccessClosed})
			} else {
				w.System(authorization.Kind, of, "delist-all", authorization.Nothing{})
			}
			w.System(exit.Kind, id, "note-step", exit.StepResultInput{Step: step.Code, Result: "完成"})
			continue
		}
		person := w.Reviewer(*w.Case(exit.Kind, id).Head().Task(step.Task))
		me, at := w.as(person), "/tasks/"+step.Task
		me.get(at).form(at + "/claim").submit().wants(http.StatusOK)
		me.get(at).form(at+"/finish-step").attach("proof#file", "证明.txt", "text/plain", []byte("proof of "+step.Code)).set("certificate", "示例1号").press("then", "inbox").wants(http.StatusOK)
	}
	return w.taskOf(exit.Kind, id, code)
}
