package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
)

// TestFront: who is not signed in learns what this is, and finds the register.
func TestFront(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, language := range []string{"zh", "en"} {
		p := w.nobody().speaking(language).get("/").wants(http.StatusOK)
		if p.at.Path != "/" || !p.sends("/register") || !slices.Contains(p.links(), "/sign-in") || !strings.HasPrefix(p.language(), language) {
			t.Error(p.at, p.text())
		}
	}
}

// TestHome: the first page shows what waits by when it is due, what is followed and what is new, each with the way there.
func TestHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(7)
	w.Must(w.Store.Follow(t.Context(), w.Actor(reviewer), cases[0]))
	w.SetNow(w.Now().AddDate(0, 0, 40))
	w.reviewing(1)
	for language, words := range map[string][]string{"zh": {"等我办理", "已逾期", "我关注的案件", "未读通知", "有新任务待领取"}, "en": {"What waits for me", "Overdue", "Cases that I follow", "Unread notices"}} {
		p := w.as(reviewer).speaking(language).get("/").wants(http.StatusOK)
		for _, want := range append(words, "气象数据授权运营") {
			if !strings.Contains(p.text(), want) {
				t.Errorf("%s: without %q: %s", language, want, p.text())
			}
		}
		for _, want := range []string{"/inbox?due=overdue&tab=all", "/inbox?due=today&tab=all", "/inbox?due=week&tab=all", "/authorizations/" + cases[0], "/notices", "/tasks/" + w.taskOf(authorization.Kind, cases[0], "business").ID} {
			if !slices.Contains(p.links(), want) {
				t.Errorf("%s: no link to %s", language, want)
			}
		}
	}
	overdue := w.as(reviewer).get("/inbox?due=overdue&tab=all").wants(http.StatusOK)
	claims := all(overdue.document(), func(n *html.Node) bool { return n.Data == "button" && attr(n, "name") == "claim" })
	if len(claims) != len(cases) {
		t.Errorf("%d overdue: %s", len(claims), overdue.text())
	}
	for person, start := range map[string]string{town.Applicant: "/authorizations/new", town.Secretary: "/meetings/new", town.Auditor: "/supervision", town.Administrator: "/admin"} {
		links := w.as(person).get("/").wants(http.StatusOK).links()
		for _, other := range []string{"/authorizations/new", "/meetings/new"} {
			if slices.Contains(links, other) != (other == start) {
				t.Errorf("%s: %s", person, other)
			}
		}
		if !slices.Contains(links, start) {
			t.Errorf("%s: not %s", person, start)
		}
	}
}

// TestNotices: notices say what they are about by its title, lead there, and are marked as read.
func TestNotices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(2)
	task := w.taskOf(authorization.Kind, cases[0], "business").ID
	me := w.as(reviewer)
	p := me.get("/notices").wants(http.StatusOK)
	for _, want := range []string{"/tasks/" + task, "/authorizations/" + cases[0]} {
		if !slices.Contains(p.links(), want) {
			t.Errorf("no link to %s: %v", want, p.links())
		}
	}
	if text := p.text(); !strings.Contains(text, "有新任务待领取： 业务主管审查 。") || strings.Contains(text, task) {
		t.Error(text)
	}
	if english := me.speaking("en").get("/notices").text(); !strings.Contains(english, "business department's review") {
		t.Error(english)
	}
	me.speaking("zh")
	p.form("/notices/read").submit().wants(http.StatusUnprocessableEntity)
	var ids []string
	for _, n := range p.form("/notices/read").control("notice") {
		ids = append(ids, attr(n, "value"))
	}
	unread := func(person string) int64 {
		n, err := w.Store.UnreadNotices(t.Context(), person)
		w.Must(err)
		return n
	}
	theirs := unread(town.Applicant)
	form := p.form("/notices/read").set("notice", ids[0])
	form.submit().wants(http.StatusOK)
	form.submit().wants(http.StatusOK)
	if got := unread(reviewer); got != int64(len(ids)-1) {
		t.Errorf("%d unread", got)
	}
	w.as(town.Applicant).post("/notices/read", url.Values{"notice": {ids[1]}}).wants(http.StatusOK)
	me.get("/notices").form("/notices/read").press("all", "yes").wants(http.StatusOK)
	if unread(reviewer) != 0 || unread(town.Applicant) != theirs {
		t.Errorf("%d and %d unread", unread(reviewer), unread(town.Applicant))
	}
	if p := me.get("/notices").wants(http.StatusOK); !strings.Contains(p.text(), "有新任务待领取") || p.sends("/notices/read") {
		t.Error("what is read is gone, or can be read again")
	}
	if text := me.get("/notices?show=unread").wants(http.StatusOK).text(); !strings.Contains(text, "没有未读通知。") {
		t.Error(text)
	}
	me.get("/notices?after=nonsense").wants(http.StatusNotFound)
}

// TestNoticeOfHiddenCase: a notice of a case that its reader does not see any more still says what it said, without the way there.
func TestNoticeOfHiddenCase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.reviewing(1)[0]
	w.Authorization(reviewer, id, "declare-interest", town.Object{})
	p := w.as(reviewer).get("/notices").wants(http.StatusOK)
	if slices.Contains(p.links(), "/authorizations/"+id) || strings.Contains(p.text(), "气象数据授权运营") {
		t.Error(p.text())
	}
	if !strings.Contains(p.text(), "有新任务待领取") {
		t.Error(p.text())
	}
}

// TestHomeLeadsToAllThatIsFollowed: who follows more than the first page has room for gets to the rest, and to nothing else.
func TestHomeLeadsToAllThatIsFollowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := w.reviewing(homeCases + 2)
	for _, id := range cases[1:] {
		w.Must(w.Store.Follow(t.Context(), w.Actor(reviewer), id))
	}
	c := w.as(reviewer)
	home := c.get("/").wants(http.StatusOK)
	i := slices.IndexFunc(home.links(), func(to string) bool { return strings.HasPrefix(to, "/cases?") })
	if i < 0 {
		t.Fatalf("no way to all that is followed: %v", home.links())
	}
	links := c.get(home.links()[i]).wants(http.StatusOK).links()
	for n, id := range cases {
		if slices.Contains(links, "/authorizations/"+id) != (n > 0) {
			t.Errorf("case %d of those that are followed is listed wrongly", n)
		}
	}
}

// TestHomeTellsWhoseTurnItIs: what waits for an act of somebody's office, and not for a task, stands on his first page until he has acted.
func TestHomeTellsWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	waits := func(person, id string) bool {
		p := w.as(person).get("/").wants(http.StatusOK)
		for _, section := range all(p.document(), func(n *html.Node) bool { return attr(n, "aria-labelledby") == "turns" }) {
			for _, a := range all(section, tag("a")) {
				if attr(a, "href") == "/authorizations/"+id {
					return true
				}
			}
		}
		return false
	}
	if !waits(town.Officer, id) || waits(town.Administrator, id) || waits(town.Auditor, id) || waits(town.OtherApplicant, id) {
		t.Error("a submitted application waits for the agency's officer alone")
	}
	w.Authorization(town.Officer, id, "return", town.Object{"missing": []town.Object{{"path": "purpose", "text": "请补充"}}})
	if waits(town.Officer, id) || !waits(town.Applicant, id) {
		t.Error("a returned application waits for its applicant alone")
	}
	if waits(town.Applicant, w.AuthorizationIn(authorization.Operating)) {
		t.Error("what is in operation waits for nothing")
	}
	more := func() bool {
		return slices.Contains(w.as(town.Officer).get("/").wants(http.StatusOK).links(), "/cases?waiting=1")
	}
	if more() {
		t.Error("there is said to be more than there is")
	}
	for range homeCases + 1 {
		w.AuthorizationIn(authorization.Submitted)
	}
	if !more() {
		t.Error("nothing says that more waits than is shown")
	}
	listed := w.as(town.Officer).get("/cases?waiting=1").wants(http.StatusOK).links()
	if n := len(slices.DeleteFunc(listed, func(to string) bool { return !strings.HasPrefix(to, "/authorizations/aut-") })); n != homeCases+1 {
		t.Errorf("%d are listed of all that waits", n)
	}
}
