package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/review"
	"datacharter/internal/town"
)

// TestCommentFromOutside: whoever is no party may comment on a plan while the public is heard, once for a key, and learns nothing of the case.
func TestCommentFromOutside(t *testing.T) {
	w := newWorld(t)
	id := w.PlanIn(plan.Reviewing)
	path := func(id string) string { return base + "/plans/" + id + "/comment" }
	opinion := object{"text": "请缩短期限"}
	for range 2 {
		r := w.post(town.Reader, path(id), opinion, "Idempotency-Key", "comment-1")
		if got := into[Received](t, r); r.status != http.StatusOK || got.Case != id || strings.Contains(string(r.body), "content") {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
	w.get(town.Reader, base+"/plans/"+id).wants(t, http.StatusNotFound, "not-found")
	if said := w.Case(plan.Kind, id).(*plan.Plan).Comment.Opinions; len(said) != 1 || said[0].Name != "" || said[0].Text != "请缩短期限" {
		t.Errorf("%+v", said)
	}
	w.post(town.Reader, path(id), object{"text": " "}).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	for _, state := range []lifecycle.State{plan.Draft, plan.Published, plan.AwaitingDecision} {
		w.post(town.Reader, path(w.PlanIn(state)), opinion).wants(t, http.StatusNotFound, "not-found")
	}
}

// TestReviewsFind: a review of a plan wants what it must find, and one of an application has no such fields.
func TestReviewsFind(t *testing.T) {
	w := newWorld(t)
	id := w.PlanIn(plan.Reviewing)
	tasks := w.Case(plan.Kind, id).Head().Tasks
	i := slices.IndexFunc(tasks, func(t lifecycle.Task) bool { return t.Name == "risk" })
	reviewer := w.Reviewer(tasks[i])
	at := tasksPath + tasks[i].ID
	w.post(reviewer, at+"/claim", object{})
	approval := object{"outcome": review.Approve, "opinion": "风险可控"}
	w.post(reviewer, at+"/decide", approval).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	approval["risk"] = plan.Controllable
	if r := w.post(reviewer, at+"/decide", approval); r.status != http.StatusOK || !strings.Contains(string(r.body), `"risk":"controllable"`) {
		t.Errorf("%d %s", r.status, r.body)
	}

	application := w.Case("authorization", w.AuthorizationIn("reviewing")).Head().Tasks[0]
	reviewer = w.Reviewer(application)
	w.post(reviewer, tasksPath+application.ID+"/claim", object{})
	r := w.post(reviewer, tasksPath+application.ID+"/decide", approval)
	r.wants(t, http.StatusUnprocessableEntity, "invalid-input")
	if !strings.Contains(string(r.body), "unknown-field") || !strings.Contains(string(r.body), `"risk"`) {
		t.Errorf("%s", r.body)
	}
	delete(approval, "risk")
	if r := w.post(reviewer, tasksPath+application.ID+"/decide", approval); r.status != http.StatusOK {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// TestPublicHearings: what became of the public's opinions is public with the plan, in the agency's words alone, and before that nothing of it.
func TestPublicHearings(t *testing.T) {
	w := newWorld(t)
	id := w.PlanIn(plan.Reviewing)
	const said, name = "请公布收费办法的原话", "李四光"
	if r := w.post(town.Reader, base+"/plans/"+id+"/comment", object{"name": name, "text": said}); r.status != http.StatusOK && r.status != http.StatusAccepted {
		t.Fatalf("%d %s", r.status, r.body)
	}
	at := base + "/register/plans?plan=" + id
	open := func() string { return string(w.get("", at).body) + string(w.get("", at+"&of=comments").body) }
	if body := open(); strings.Contains(body, said) || strings.Contains(body, "hearings") {
		t.Errorf("%s", body)
	}
	w.PlanReviewed(id, func(lifecycle.Task) string { return "approve" })
	meeting := w.Decided(town.Government, "plan", id, "agree")
	w.Minuted(meeting, town.Government)
	w.Planned(town.Planner, id, "file", town.Object{"on": w.Now().Format(time.DateOnly), "with": "省数据局", "receipt": "1"})
	w.Planned(town.Planner, id, "publish", town.Object{})
	now := into[list[PublicPlan]](t, w.get("", at)).Items
	if len(now) != 1 || len(now[0].Content.Hearings) != 1 {
		t.Fatalf("%+v", now)
	}
	if h := now[0].Content.Hearings[0]; h.Received != 1 || len(h.Answered) != 1 || h.Answered[0] != (plan.Handled{Summary: "归纳", Adopted: true, Reply: "采纳"}) {
		t.Errorf("%+v", h)
	}
	if body := open(); strings.Contains(body, said) || strings.Contains(body, name) || strings.Contains(body, town.Reader) {
		t.Errorf("%s", body)
	}
}

// TestPublicPlans: without a token anybody reads the plans as published, the newest of each when asked for it, and the texts on which the public is heard.
func TestPublicPlans(t *testing.T) {
	w := newWorld(t)
	published := w.PlanIn(plan.Published)
	reviewing := w.PlanIn(plan.Reviewing)
	w.PlanIn(plan.Draft)
	at := base + "/register/plans"
	content := w.Case(plan.Kind, published).(*plan.Plan).InForce().Content
	content.Rights.Others = "数据使用者依约使用"
	raw, err := json.Marshal(content)
	w.Must(err)
	amended := object{}
	w.Must(json.Unmarshal(raw, &amended))
	amended["reason"] = "补充其他参与方的义务"
	if r := w.post(town.Planner, base+"/plans/"+published+"/amend", amended); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}

	every := into[list[PublicPlan]](t, w.get("", at+"?plan="+published)).Items
	now := into[list[PublicPlan]](t, w.get("", at+"?current=true&plan="+published)).Items
	if len(every) != 3 || len(now) != 1 || now[0].Content.Version != 2 || !now[0].Content.Minor || now[0].Content.Reason == "" || now[0].Content.Opening == nil {
		t.Errorf("%d %+v", len(every), now)
	}
	current := into[list[PublicPlan]](t, w.get("", at+"?current=true")).Items
	if n := len(slices.DeleteFunc(current, func(p PublicPlan) bool { return p.Plan != published })); n != 1 {
		t.Errorf("the plan is there %d times", n)
	}
	heard := into[list[PublicPlan]](t, w.get("", at+"?of=comments&plan="+reviewing)).Items
	if len(heard) != 1 || heard[0].Content.Heard == nil || heard[0].Content.Version != 0 {
		t.Errorf("%+v", heard)
	}
	if body := string(w.get("", at+"?of=comments").body); strings.Contains(body, "pre_review") || strings.Contains(body, town.Planner) {
		t.Errorf("%s", body)
	}
	first := w.get("", at)
	if again := w.send("", http.MethodGet, at, nil, "If-None-Match", first.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("%d", again.status)
	}
	w.get("", at+"?of=everything").wants(t, http.StatusUnprocessableEntity, "invalid-input")
}
