package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/meeting"
	"datacharter/internal/town"
)

// people of the government's meetings.
var (
	theSecretary = town.PersonID(town.Government, identity.Secretary, 1)
	theChair     = town.PersonID(town.Government, identity.Chair, 1)
	theMember    = town.PersonID(town.Government, identity.Member, 1)
	otherMember  = town.PersonID(town.Government, identity.Member, 2)
)

// TestMeetingInItsRoom holds a meeting by its pages alone: called, opened, the question put, members heard before the chair, result, minutes signed.
func TestMeetingInItsRoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.AwaitingDecision)
	secretary, chair, first, second := w.as(theSecretary), w.as(theChair), w.as(theMember), w.as(otherMember)

	form := secretary.get("/meetings/new").wants(http.StatusOK).form("/meetings/new")
	form.set("decision", "major-decision").set("title", "常务会议").set("time", w.Now().Add(8*60*60*1e9).Format("2006-01-02T15:04")).set("place", "一号会议室").set("items", id)
	called := form.submit().wants(http.StatusOK)
	at := called.at.Path
	if !strings.HasPrefix(at, "/meetings/mtg-") || called.heading() != "常务会议" {
		t.Fatalf("called at %s: %q", called.at, called.heading())
	}
	if again := form.submit().wants(http.StatusOK); again.at.Path != at {
		t.Errorf("called twice: %s and %s", at, again.at.Path)
	}
	secretary.get(at).form(at + "/do/open").submit().wants(http.StatusOK)
	for _, c := range []*client{chair, first, second} {
		c.get(at).wants(http.StatusOK).form(at + "/do/mark-present").submit().wants(http.StatusOK)
	}
	if chair.get(at).sends(at + "/do/vote") {
		t.Error("a vote is offered before the question is put")
	}
	chair.get(at).form(at+"/do/put-question").set("proposal", "agree").submit().wants(http.StatusOK)
	if chair.get(at).sends(at + "/do/vote") {
		t.Error("the chair is asked before the others have spoken")
	}
	ballot := first.get(at).form(at+"/do/vote").set("vote", "for").set("words", "同意授权")
	ballot.submit().wants(http.StatusOK)
	version := w.Case(meeting.Kind, strings.TrimPrefix(at, "/meetings/")).Head().Version
	ballot.submit().wants(http.StatusOK)
	if now := w.Case(meeting.Kind, strings.TrimPrefix(at, "/meetings/")).Head().Version; now != version {
		t.Errorf("voted twice: version %d, then %d", version, now)
	}
	empty := second.get(at).form(at+"/do/vote").set("vote", "against").submit().wants(http.StatusUnprocessableEntity)
	if len(empty.faults()) == 0 {
		t.Error("a vote without words shows no fault")
	}
	empty.form(at+"/do/vote").set("words", "条件不足").submit().wants(http.StatusOK)
	chair.get(at).form(at+"/do/vote").set("vote", "for").set("words", "同意").submit().wants(http.StatusOK)
	chair.get(at).form(at + "/do/conclude").submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.AgreementDrafting)

	item := "/resolutions/" + strings.TrimPrefix(at, "/meetings/") + "/1"
	for person, status := range map[string]int{theMember: 200, town.Officer: 200, town.Applicant: 200, town.OtherApplicant: 404} {
		if got := w.as(person).get(item); got.status != status {
			t.Errorf("%s reads the resolution: %d", person, got.status)
		}
	}
	if text := w.as(town.Applicant).get(item).text(); strings.Contains(text, "条件不足") || strings.Contains(text, otherMember) {
		t.Error("the resolution tells how members voted")
	}
	chair.get(at).form(at + "/do/close").submit().wants(http.StatusOK)
	minutes := secretary.get(at + "/minutes").wants(http.StatusOK)
	if !strings.Contains(minutes.text(), "条件不足") {
		t.Error("the minutes lack a member's words")
	}
	minutes.form(at + "/do/sign-minutes").submit().wants(http.StatusOK)
	chair.get(at + "/minutes").form(at + "/do/sign-minutes").submit().wants(http.StatusOK)
	w.Stands(meeting.Kind, strings.TrimPrefix(at, "/meetings/"), meeting.Signed)
	if list := chair.speaking("en").get("/meetings?past=1"); !strings.Contains(list.text(), "常务会议") {
		t.Error("the meeting is not among those that are over")
	}
}

// TestRecusedMemberSeesNoBallot: who stays away is offered no vote, and leaves the count.
func TestRecusedMemberSeesNoBallot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/meetings/" + w.MeetingIn(meeting.Open)
	chair, member := w.as(theChair), w.as(theMember)
	member.get(at).form(at+"/do/recuse").set("nature", "亲属任职").submit().wants(http.StatusOK)
	chair.get(at).form(at+"/do/put-question").set("proposal", "agree").submit().wants(http.StatusOK)
	page := member.get(at).wants(http.StatusOK)
	if page.sends(at+"/do/vote") || !strings.Contains(page.text(), "回避") || !strings.Contains(page.text(), "亲属任职") {
		t.Errorf("%.1500s", page.text())
	}
}

// TestLiveRoom: an open page gets nothing while nothing has changed, and the news otherwise; what somebody may be filling in stays.
func TestLiveRoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/meetings/" + w.MeetingIn(meeting.Open)
	chair, member := w.as(theChair), w.as(theMember)
	live := attr(all(member.get(at).document(), withAttr("id", "board"))[0], "hx-get")
	if got := member.get(live); got.status != http.StatusNoContent || got.body != "" {
		t.Errorf("%d %s", got.status, got.body)
	}
	chair.get(at).form(at+"/do/put-question").set("proposal", "agree").submit().wants(http.StatusOK)
	news := member.get(live).wants(http.StatusOK)
	if !strings.Contains(news.body, `hx-swap-oob="innerHTML:#acts"`) || !strings.Contains(news.body, "/do/vote") {
		t.Errorf("the ballot does not come: %.800s", news.body)
	}
	live = attr(all(member.get(at).document(), withAttr("id", "board"))[0], "hx-get")
	w.Meeting(otherMember, strings.TrimPrefix(at, "/meetings/"), "vote", town.Object{"item": 1, "vote": "for", "words": "同意"})
	if news := member.get(live).wants(http.StatusOK); strings.Contains(news.body, "#acts") || !strings.Contains(news.text(), "同意") {
		t.Errorf("the form is taken away from under a member: %.800s", news.body)
	}
	w.as(town.OtherApplicant).get(live).wants(http.StatusNotFound)
	w.as(town.OtherApplicant).get(at).wants(http.StatusNotFound)
	w.as(town.OtherApplicant).get("/meetings").wants(http.StatusForbidden)
	w.as(theMember).get("/meetings/new").wants(http.StatusForbidden)
}

func withAttr(name, value string) func(n *html.Node) bool {
	return func(n *html.Node) bool { return attr(n, name) == value }
}
