package authorization

import (
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Question is something that the agency or a reviewer wants to know of the applicant, with the answer. It is kept beside the application:
// what is reviewed, decided and signed is the application itself, which an answer does not change.
type Question struct {
	No          int         `json:"no"` // 1, 2 … within the case
	Text        string      `json:"text"`
	Path        string      `json:"path,omitempty"` // field of the application that it is about
	Attachments []string    `json:"attachments,omitempty"`
	Task        string      `json:"task,omitempty"` // the review within which it was asked
	By          identity.By `json:"by"`
	At          time.Time   `json:"at"`
	Answer      *Reply      `json:"answer,omitempty"`
}

// Reply is the applicant's answer to a question.
type Reply struct {
	Text        string      `json:"text"`
	Attachments []string    `json:"attachments,omitempty"`
	By          identity.By `json:"by"`
	At          time.Time   `json:"at"`
}

// The inputs of questions.
type (
	// QuestionInput asks the applicant something.
	QuestionInput struct {
		Text        string   `json:"text" maxLength:"4000"`
		Path        string   `json:"path,omitempty" maxLength:"200" doc:"field of the application that it is about"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	}
	// TaskQuestionInput asks it within a review.
	TaskQuestionInput struct {
		Task string `json:"task"`
		QuestionInput
	}
	// ReplyInput answers a question.
	ReplyInput struct {
		Question    int      `json:"question" minimum:"1" doc:"number of the question"`
		Text        string   `json:"text" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	}
)

// TaskID implements lifecycle.OnTask.
func (in TaskQuestionInput) TaskID() string { return in.Task }

// The events of questions.
type (
	// QuestionAsked records a question; who asked and when are the event's.
	QuestionAsked struct {
		No          int      `json:"no"`
		Text        string   `json:"text"`
		Path        string   `json:"path,omitempty"`
		Attachments []string `json:"attachments,omitempty"`
		Task        string   `json:"task,omitempty"`
	}
	// QuestionAnswered records the answer.
	QuestionAnswered struct {
		No          int      `json:"no"`
		Text        string   `json:"text"`
		Attachments []string `json:"attachments,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (QuestionAsked) EventType() string { return "question-asked" }

// EventType implements lifecycle.Content.
func (QuestionAnswered) EventType() string { return "question-answered" }

var (
	// asking are the states in which somebody else than the applicant has the case in hand, up to the filing of the agreement.
	asking = []lifecycle.State{Submitted, Reviewing, AwaitingDecision, AgreementDrafting, AgreementPending, Signing, ToBeFiled}
	// answering are those and the ones in which the application is back with the applicant: what was asked before can be answered there.
	answering = append([]lifecycle.State{Returned, ReviewReturned, Amending}, asking...)
)

// questionRules: a question stops no clock – whoever needs the time returns the application for completion. Asking is no deciding step:
// the officer who asks may do so beside whatever else he does, and a reviewer asks within the task that he holds.
func questionRules() []rule {
	attached := func(_ *Authorization, in QuestionInput) lifecycle.Needs {
		return lifecycle.Needs{Attachments: in.Attachments}
	}
	return []rule{
		{
			Command: "ask-question", Words: words("向申请单位提问", "ask the applicant a question"), From: asking, To: asking, By: lifecycle.By(officer),
			Emits: lifecycle.Emits(QuestionAsked{}), Decide: lifecycle.Needing(lifecycle.Decide(askQuestion), attached),
		},
		{
			Command: "ask-in-review", Words: words("在审查中向申请单位提问", "ask the applicant a question within a review"), From: from{Reviewing}, To: to{Reviewing},
			By: lifecycle.By(lifecycle.Party{Where: lifecycle.OfTask}), Task: lifecycle.Held,
			Emits: lifecycle.Emits(QuestionAsked{}),
			Decide: lifecycle.Needing(lifecycle.Decide(askInReview), func(a *Authorization, in TaskQuestionInput) lifecycle.Needs {
				return attached(a, in.QuestionInput)
			}),
		},
		{
			Command: "answer-question", Words: words("答复提问", "answer a question"), From: answering, To: answering, By: lifecycle.By(applicant),
			Guards: []guard{questionOpen},
			Emits:  lifecycle.Emits(QuestionAnswered{}),
			Decide: lifecycle.Needing(lifecycle.Decide(answerQuestion), func(_ *Authorization, in ReplyInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Attachments}
			}),
		},
	}
}

var questionOpen = guard{
	Words: words("有待答复的提问", "a question waits for an answer"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		for _, q := range a.Questions {
			if q.Answer == nil {
				return nil
			}
		}
		return refusal.NothingToAnswer.With()
	},
}

func askQuestion(a *Authorization, in QuestionInput, env lifecycle.Env) (contents, refused) {
	return a.ask("", in, env)
}

func askInReview(a *Authorization, in TaskQuestionInput, env lifecycle.Env) (contents, refused) {
	return a.ask(in.Task, in.QuestionInput, env)
}

func (a *Authorization) ask(task string, in QuestionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("text", in.Text, maxStatement)
	f.AtMost("path", in.Path, maxTitle)
	env.CheckFiles(&f, "attachments", in.Attachments, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{QuestionAsked{No: len(a.Questions) + 1, Text: in.Text, Path: in.Path, Attachments: in.Attachments, Task: task}}, nil
}

// answerQuestion answers a question once; what is to be added to an answer belongs into the application.
func answerQuestion(a *Authorization, in ReplyInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	asked := a.question(in.Question)
	f.Unless(asked != nil, refusal.UnknownReference.At("question"))
	f.Text("text", in.Text, maxStatement)
	env.CheckFiles(&f, "attachments", in.Attachments, a.Applicant)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if asked.Answer != nil {
		return nil, refusal.AnsweredAlready.With()
	}
	return contents{QuestionAnswered{No: in.Question, Text: in.Text, Attachments: in.Attachments}}, nil
}

// question returns the question of the number, or nil.
func (a *Authorization) question(no int) *Question {
	if no < 1 || no > len(a.Questions) {
		return nil
	}
	return &a.Questions[no-1]
}

// questionEvents tell the applicant's people of a question, and whoever asked of the answer.
func questionEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e QuestionAsked, at lifecycle.Event) {
				a.Questions = append(a.Questions, Question{
					No: e.No, Text: e.Text, Path: e.Path, Attachments: e.Attachments, Task: e.Task, By: at.By, At: at.At,
				})
			}),
			func(a A, _ QuestionAsked, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "question-asked")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e QuestionAnswered, at lifecycle.Event) {
				a.question(e.No).Answer = &Reply{Text: e.Text, Attachments: e.Attachments, By: at.By, At: at.At}
			}),
			func(a A, e QuestionAnswered, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, lifecycle.Recipients{Person: a.question(e.No).By.Person}, "question-answered")
			}),
	}
}
