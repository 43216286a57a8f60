package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"datacharter/domain/plan"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// TestSummaryOfOpinions: what is published about an opinion is the agency's summary and reply, which are needed and name nobody who gave his name.
func TestSummaryOfOpinions(t *testing.T) {
	r := submitted(t, "2026-01-05", content())
	r.do(t, "citizen", "comment", plan.CommentInput{Name: "李四", Text: "请公布收费"})
	task := r.claim(t, "participation")
	r.pass(t, "2026-02-05")
	in := r.answer(task, review.Approve)
	for _, c := range []struct {
		summary, reply string
		code           refusal.Code
		path           string
	}{
		{"", "采纳", refusal.Required, "answers[0].summary"},
		{" ", "采纳", refusal.Required, "answers[0].summary"},
		{strings.Repeat("长", 501), "采纳", refusal.TooLong, "answers[0].summary"},
		{"李四建议公布收费", "采纳", refusal.PlanNamesSomebody, "answers[0].summary"},
		{"建议公布收费", "感谢李四，采纳", refusal.PlanNamesSomebody, "answers[0].text"},
	} {
		in.Answers[0].Summary, in.Answers[0].Text = c.summary, c.reply
		r.refuse(t, "officer", "decide", in, c.code, c.path)
	}
	in.Answers[0].Summary, in.Answers[0].Text = "建议公布收费办法", "采纳"
	r.do(t, "officer", "decide", in)
}

// TestRequirement29HandlingOfOpinions (713号令 Art. 32): once the plan is published the public learns how many opinions came in and what became of each, over
// every period, and nobody's name or own words; a change and the end of the plan have hearings of their own.
func TestRequirement29HandlingOfOpinions(t *testing.T) {
	r := submitted(t, "2026-01-05", content())
	r.do(t, "citizen", "comment", plan.CommentInput{Name: "李四", Text: "机密原话"})
	for _, name := range []string{"supplier", "experts", "risk"} {
		r.review(t, name, review.Approve)
	}
	r.heard(t)
	r.review(t, "participation", review.Return)
	r.review(t, "feasibility", review.Return)
	r.want(t, plan.ReviewReturned)
	changed := with(func(c *plan.Content) { c.TermMonths = 24 })
	r.do(t, "planner", "edit", changed)
	r.do(t, "planner", "resubmit", plan.Nothing{})
	if len(r.p.Earlier) != 1 || len(r.p.Comment.Opinions) != 0 {
		t.Fatalf("%+v %+v", r.p.Earlier, r.p.Comment)
	}
	r.do(t, "citizen", "comment", plan.CommentInput{Text: "又一句原话"})
	if _, public := r.p.Entry(); public {
		t.Error("it is public before it is published")
	}
	r.reviewed(t).resolve(t, resolution.ToAgree, "ffff").published(t)
	e, _ := r.p.Entry()
	if len(e.Hearings) != 2 || e.Hearings[0].Received != 1 || len(e.Hearings[0].Answered) != 0 || e.Hearings[1].Received != 1 || len(e.Hearings[1].Answered) != 1 {
		t.Fatalf("%+v", e.Hearings)
	}
	if got := e.Hearings[1].Answered[0]; got != (plan.Handled{Summary: "归纳", Adopted: true, Reply: "采纳"}) {
		t.Errorf("%+v", got)
	}
	raw, err := json.Marshal(e)
	if err != nil || strings.Contains(string(raw), "原话") || strings.Contains(string(raw), "李四") || strings.Contains(string(raw), "citizen") {
		t.Errorf("%s", raw)
	}

	r.do(t, "planner", "propose-end", plan.ReasonInput{Reason: "上位规定调整"})
	r.do(t, "planner", "submit", plan.Nothing{})
	r.do(t, "citizen", "comment", plan.CommentInput{Text: "请保留"})
	if now, _ := r.p.Entry(); len(now.Hearings) != 2 {
		t.Errorf("what is under way is public already: %+v", now.Hearings)
	}
	r.reviewed(t).resolve(t, resolution.ToAgree, "ffff")
	r.want(t, plan.Ended)
	if e, _ := r.p.Entry(); len(e.Hearings) != 3 || !e.Hearings[2].Ends || e.Hearings[0].Ends || len(e.Hearings[2].Answered) != 1 {
		t.Errorf("%+v", e.Hearings)
	}
}

// TestHearingsOfAFailedChange: what the public said of a change that came to nothing is published with no version, and a later change begins anew.
func TestHearingsOfAFailedChange(t *testing.T) {
	r := inForce(t, "2026-01-05", content())
	change := func(months int) {
		r.do(t, "planner", "propose-change", plan.ReasonInput{Reason: "新需求"})
		r.do(t, "planner", "edit", with(func(c *plan.Content) { c.TermMonths = months }))
		r.do(t, "planner", "submit", plan.Nothing{})
		r.do(t, "citizen", "comment", plan.CommentInput{Text: "原话"})
	}
	change(12)
	r.do(t, "planner", "withdraw", plan.ReasonInput{Reason: "不需要"})
	if e, _ := r.p.Entry(); len(e.Hearings) != 1 || e.Hearings[0].Received != 0 {
		t.Errorf("%+v", e.Hearings)
	}
	change(24)
	r.reviewed(t).resolve(t, resolution.ToAgree, "ffff").published(t)
	if e, _ := r.p.Entry(); e.Version != 2 || len(e.Hearings) != 1 || e.Hearings[0].Received != 1 {
		t.Errorf("%+v", e.Hearings)
	}
	minor := with(func(c *plan.Content) { c.TermMonths, c.Rights.Others = 24, "依约使用" })
	r.do(t, "planner", "amend", plan.AmendInput{Content: minor, Reason: "补充"})
	if e, _ := r.p.Entry(); e.Version != 3 || !e.Minor || len(e.Hearings) != 1 {
		t.Errorf("a minor change loses what was said: %+v", e.Hearings)
	}
}
