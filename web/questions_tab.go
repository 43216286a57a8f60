package web

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/web/form"
)

// questionsTab lists what the applicant was asked and what he answered.
func (s *server) questionsTab(c *casePage) (templ.Component, error) {
	asked := authorizationOf(c.view).Questions
	k, err := s.knownOfQuestions(c, asked)
	return questionsPage(c, asked, k), err
}

// knownOfQuestions looks up whom and which files questions and answers name.
func (s *server) knownOfQuestions(c *casePage, questions []authorization.Question) (known, error) {
	var people, organizations, files []string
	for _, q := range questions {
		people, organizations, files = append(people, q.By.Person), append(organizations, q.By.Organization), append(files, q.Attachments...)
		if q.Answer != nil {
			people, organizations = append(people, q.Answer.By.Person), append(organizations, q.Answer.By.Organization)
			files = append(files, q.Answer.Attachments...)
		}
	}
	if err := s.alsoName(c, people, organizations); err != nil {
		return known{}, err
	}
	found, err := s.Store.Attachments(c.ctx, c.actor, unique(files))
	return known{files: found}, err
}

// questionTask names the review within which a question was asked; empty for none.
func (c *casePage) questionTask(q authorization.Question) string {
	if t := c.view.Head.Task(q.Task); t != nil {
		return c.page.In(t.Title)
	}
	return ""
}

// commandURL is where a command on the case is asked for.
func (c *casePage) commandURL(command string) string {
	return c.place.href(c.view.Head.ID) + "/do/" + command
}

// openQuestions are the questions that wait for an answer, as choices.
func openQuestions(c *authorization.Authorization) []form.Choice {
	var out []form.Choice
	for _, q := range c.Questions {
		if q.Answer == nil {
			out = append(out, form.Choice{Value: strconv.Itoa(q.No), Words: both(strconv.Itoa(q.No) + ". " + cut(q.Text))})
		}
	}
	return out
}

// cut shortens a text for a list.
func cut(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// suggestQuestion chooses the question to answer: the one that the address names, else the only one that waits.
func suggestQuestion(a *act, c *authorization.Authorization, suggested url.Values) {
	choices := openQuestions(c)
	a.shapes["question"] = form.Shape{Kind: form.Select, Choices: choices}
	if asked := a.Query("question"); asked != "" {
		suggested.Set("question", asked)
	} else if len(choices) == 1 {
		suggested.Set("question", choices[0].Value)
	}
}
