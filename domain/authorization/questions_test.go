package authorization_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// A question goes to the applicant's people, its answer back to whoever asked, and no clock stands still for either.
func TestQuestion(t *testing.T) {
	r := submitted(t)
	before := encode(r.a.Deadlines)
	r.notices = nil
	in := question()
	in.Attachments = []string{agencyFile}
	r.do(t, officer, "ask-question", in)
	q := r.a.Questions[0]
	if q.No != 1 || q.Text != in.Text || q.Path != in.Path || q.By.Person != "officer" || q.By.Role != identity.CaseOfficer || !q.At.Equal(r.now) || q.Answer != nil {
		t.Errorf("%+v", q)
	}
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"question-asked"}) {
		t.Errorf("the applicant is told %v", got)
	}
	r.do(t, applicant, "answer-question", authorization.ReplyInput{Question: 1, Text: "we do", Attachments: []string{operatorFile}})
	if a := r.a.Questions[0].Answer; a == nil || a.Text != "we do" || a.By.Person != "applicant" || !a.At.Equal(r.now) {
		t.Errorf("%+v", a)
	}
	if len(r.notices) != 1 || r.notices[0].Subject != "question-answered" || r.notices[0].To != (lifecycle.Recipients{Person: "officer"}) {
		t.Errorf("the asker is told %+v", r.notices)
	}
	if got := encode(r.a.Deadlines); got != before {
		t.Errorf("the clocks moved: %s", got)
	}
	if got := r.a.AttachmentDigests(); !slices.Contains(got, agencyFile) || !slices.Contains(got, operatorFile) {
		t.Errorf("attachments %v", got)
	}
	r.refuse(t, applicant, "answer-question", authorization.ReplyInput{Question: 1, Text: "more"}, refusal.NothingToAnswer)
	r.do(t, officer, "ask-question", question())
	r.refuse(t, applicant, "answer-question", authorization.ReplyInput{Question: 1, Text: "more"}, refusal.AnsweredAlready)
	r.do(t, applicant, "answer-question", authorization.ReplyInput{Question: 2, Text: "yes"})
}

// A reviewer asks within the task that he holds, and in no other; asking is no act, so that he may hand the task on.
func TestQuestionInReview(t *testing.T) {
	r := reviewing(t)
	business := r.task(t, "business")
	in := authorization.TaskQuestionInput{Task: business.ID, QuestionInput: question()}
	r.refuse(t, reviewers["business"], "ask-in-review", in, refusal.TaskNotClaimed)
	r.claim(t, "business")
	r.do(t, reviewers["business"], "ask-in-review", in)
	if q := r.a.Questions[0]; q.Task != business.ID || q.By.Role != identity.BusinessReviewer {
		t.Errorf("%+v", q)
	}
	r.refuse(t, reviewers["security"], "ask-in-review", in, refusal.NotEntitled)
	r.refuse(t, reviewers["business"], "ask-question", question(), refusal.NotEntitled)
	if slices.ContainsFunc(r.a.Acts, func(a lifecycle.Act) bool { return a.Person == "business-reviewer" }) {
		t.Errorf("asking counts as an act: %v", r.a.Acts)
	}
	r.do(t, reviewers["business"], "release", lifecycle.TaskInput{Task: business.ID})
	r.refuse(t, also(holds("x", operator, identity.Applicant), officer), "ask-question", question(), refusal.OwnOrganization)
	hash := r.a.Submissions[0].Hash
	r.do(t, applicant, "answer-question", authorization.ReplyInput{Question: 1, Text: "so"})
	if len(r.a.Submissions) != 1 || r.a.Submissions[0].Hash != hash || lifecycle.ContentHash(r.a.Application) != hash {
		t.Error("an answer changes the application")
	}
}

func TestQuestionFaults(t *testing.T) {
	r := submitted(t)
	long := strings.Repeat("问", 4001)
	ask := func(change func(*authorization.QuestionInput)) authorization.QuestionInput {
		in := question()
		change(&in)
		return in
	}
	for _, c := range []struct {
		in   authorization.QuestionInput
		code refusal.Code
		path string
	}{
		{ask(func(q *authorization.QuestionInput) { q.Text = " " }), refusal.Required, "text"},
		{ask(func(q *authorization.QuestionInput) { q.Text = long }), refusal.TooLong, "text"},
		{ask(func(q *authorization.QuestionInput) { q.Path = long[:603] }), refusal.TooLong, "path"},
		{ask(func(q *authorization.QuestionInput) { q.Attachments = []string{operatorFile} }), refusal.UnknownReference, "attachments[0]"},
		{ask(func(q *authorization.QuestionInput) { q.Attachments = []string{agencyFile, agencyFile} }), refusal.Repeated, "attachments[1]"},
	} {
		r.refuse(t, officer, "ask-question", c.in, c.code, c.path)
	}
	r.do(t, officer, "ask-question", ask(func(q *authorization.QuestionInput) { q.Text = long[:12000] }))
	for _, c := range []struct {
		in   authorization.ReplyInput
		code refusal.Code
		path string
	}{
		{authorization.ReplyInput{Question: 0, Text: "x"}, refusal.UnknownReference, "question"},
		{authorization.ReplyInput{Question: 2, Text: "x"}, refusal.UnknownReference, "question"},
		{authorization.ReplyInput{Question: -1, Text: "x"}, refusal.UnknownReference, "question"},
		{authorization.ReplyInput{Question: 1}, refusal.Required, "text"},
		{authorization.ReplyInput{Question: 1, Text: long}, refusal.TooLong, "text"},
		{authorization.ReplyInput{Question: 1, Text: "x", Attachments: []string{agencyFile}}, refusal.UnknownReference, "attachments[0]"},
	} {
		r.refuse(t, applicant, "answer-question", c.in, c.code, c.path)
	}
}

// Whatever is asked and answered, in whatever order: questions are numbered as they come, an answer stands, and nothing else of the case moves.
func TestQuestionsChangeNothingElse(t *testing.T) {
	starts := questioned(panicker{})
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(starts).Draw(rt, "place").copy(rt)
		before := besidesQuestions(r.a)
		answers := map[int]string{}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			text := rapid.StringN(0, 20, -1).Draw(rt, "text")
			if rapid.Bool().Draw(rt, "ask") {
				no := r.try(rt, officer, "ask-question", authorization.QuestionInput{Text: text})
				if asks := slices.Contains(rows["ask-question"].From, r.a.State) && strings.TrimSpace(text) != ""; asks != (no == nil) {
					rt.Fatalf("asking %q in %q: %v", text, r.a.State, no)
				}
			} else {
				n := rapid.IntRange(0, len(r.a.Questions)+1).Draw(rt, "question")
				if r.try(rt, applicant, "answer-question", authorization.ReplyInput{Question: n, Text: text}) == nil {
					if _, twice := answers[n]; twice {
						rt.Fatalf("question %d is answered twice", n)
					}
					answers[n] = text
				}
			}
		}
		for i, q := range r.a.Questions {
			if want, answered := answers[q.No]; q.No != i+1 || answered != (q.Answer != nil) || answered && roundTrip(want) != q.Answer.Text {
				rt.Fatalf("question %d: %+v", i+1, q)
			}
		}
		if got := besidesQuestions(r.a); got != before {
			rt.Fatalf("more than the questions changed:\n%s\n%s", before, got)
		}
	})
}

// besidesQuestions is the case without its questions, its version and when it changed.
func besidesQuestions(a *authorization.Authorization) string {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(encode(a)), &all); err != nil {
		panic(err)
	}
	delete(all, "questions")
	delete(all, "version")
	delete(all, "changed_at")
	return encode(all)
}

// roundTrip is a text as JSON keeps it.
func roundTrip(s string) string {
	var out string
	if err := json.Unmarshal([]byte(encode(s)), &out); err != nil {
		panic(err)
	}
	return out
}
