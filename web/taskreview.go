package web

import (
	"strconv"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/web/content"
)

// reviewRule is what a review is for, as the profile says by which the case goes; nil when that does not know it.
func reviewRule(p *taskPage) *taskRule {
	for _, r := range p.view.Policy.Review.Reviews {
		if r.Name == p.task.Name {
			round, stage := strconv.Itoa(p.task.Round), strconv.Itoa(p.task.Stage)
			return &taskRule{words: r.Rule, article: source(r.Source), place: text.Text{
				ZH: "第" + round + "轮审查，第" + stage + "阶段", EN: "round " + round + " of the reviews, stage " + stage,
			}}
		}
	}
	return nil
}

// roundOf are the other reviews of a round.
type roundOf struct {
	no    int
	tasks []lifecycle.Task
}

// reviewsBeside are the other reviews of the case, the newest round first.
func (p *taskPage) reviewsBeside() []roundOf {
	var out []roundOf
	for i := len(p.view.Head.Tasks) - 1; i >= 0; i-- {
		t := p.view.Head.Tasks[i]
		if t.ID == p.task.ID || t.State == lifecycle.TaskCancelled {
			continue
		}
		if n := len(out); n == 0 || out[n-1].no != t.Round {
			out = append(out, roundOf{no: t.Round})
		}
		last := &out[len(out)-1]
		last.tasks = append([]lifecycle.Task{t}, last.tasks...)
	}
	return out
}

// reviewView is what a review is about: the application as handed in, what changed in it since it was handed in before, and the other reviews.
type reviewView struct {
	*taskPage
	submission authorization.Submission
	parts      []content.Part
	changes    []content.Difference // against the submission before
	rounds     []roundOf
	questions  []authorization.Question
	asked      known // what the questions refer to
}

func (s *server) reviewMaterial(p *taskPage, a *authorization.Authorization) (templ.Component, error) {
	n := len(a.Submissions) - 1 // what is reviewed was handed in
	m := &reviewView{taskPage: p, submission: a.Submissions[n], rounds: p.reviewsBeside(), questions: a.Questions}
	shown := []authorization.Application{m.submission.Content}
	if n > 0 {
		shown = append(shown, a.Submissions[n-1].Content)
	}
	application, err := s.knownOf(p.visit, p.view.Policy, shown)
	if err != nil {
		return nil, err
	}
	m.parts = content.Of(m.submission.Content, application.names)
	if n > 0 {
		m.changes = content.Changes(content.Compare(content.Of(a.Submissions[n-1].Content, application.names), m.parts))
	}
	if m.asked, err = s.knownOfQuestions(p.casePage, m.questions); err != nil {
		return nil, err
	}
	return reviewAbout(m), s.alsoName(p.casePage, []string{m.submission.By.Person}, []string{m.submission.By.Organization})
}

// roundLabel names the table of a round's other reviews.
func (m *reviewView) roundLabel(no int) string {
	return m.T("第"+strconv.Itoa(no)+"轮的其他审查意见", "Opinions of round "+strconv.Itoa(no))
}
