package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/exit"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/ui"
)

// afterwards reports whether anything is to be shown of the time after the decision.
func afterwards(v *casework.View) bool {
	c := exitOf(v)
	return c.InFull() && (c.Service != nil || v.State.Phase == exit.AfterPhase || len(c.Duties) > 0)
}

func (s *server) afterTab(c *casePage) (templ.Component, error) {
	v, err := s.exitView(c)
	if err != nil {
		return nil, err
	}
	return afterPage(v), nil
}

// ofAfter are the commands that are given beside what comes after the decision.
var ofAfter = []string{
	"note-review", "stay-effect", "lift-stay", "note-review-result", "reinstate", "proceed", "discharge-duty", "blacklist", "appeal-listing", "answer-appeal",
}

// remedy is one way to have the decision reviewed, with its body and the operator's time once it runs.
type remedy struct {
	kind exit.ReviewKind
	body text.Text
	due  *ui.Due
}

func (v *exitView) remedies() []remedy {
	if !v.exit.InFull() || v.exit.Decision == nil || v.exit.Decision.Verdict != exit.Terminate {
		return nil
	}
	rules := v.view.Policy.Exit.Procedure
	at := func(kind exit.ReviewKind, limit string, of policy.ExitRemedy) remedy {
		r := remedy{kind: kind, body: of.Body}
		if i := slices.IndexFunc(v.dues, func(d ui.Due) bool { return d.Name == limit }); i >= 0 {
			r.due = &v.dues[i]
		}
		return r
	}
	return []remedy{
		at(exit.Reconsideration, exit.ReconsiderationLimit, rules.Reconsideration),
		at(exit.Suit, exit.SuitLimit, rules.Suit),
	}
}

// relatedCase is another open case of the operator; one that the visitor may not see has no address.
type relatedCase struct {
	title, url string
	state      text.Text
}

func (v *exitView) related() []relatedCase {
	var out []relatedCase
	for _, r := range v.exit.Related {
		p := v.server.placeOf(r.Kind)
		one := relatedCase{state: p.def.State(r.State).Words}
		if t, known := v.titles[r.Case]; known {
			one.title, one.url = t, p.href(r.Case)
		}
		out = append(out, one)
	}
	return out
}

func (v *exitView) letterURL() string { return "/exits/" + url.PathEscape(v.exit.ID) + "/decision" }

func (v *exitView) letterTitle() string {
	if v.exit.Decision.Verdict == exit.Continue {
		return v.T("继续授权运营决定书", "Decision that the authorisation goes on")
	}
	return v.T("终止授权运营决定书", "Decision that the authorisation ends")
}

// showLetter shows the decision of an exit as a letter, to be read and printed. The operator has it once it was served.
func (s *server) showLetter(v *visit) {
	p := s.placeOf(exit.Kind)
	view, err := s.Case(v.ctx, v.actor, p.def, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	c := exitOf(view)
	if c.Decision == nil || c.Service == nil && c.OnSide(v.actor) {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	page, err := s.newCasePage(v, p, view)
	if err != nil {
		v.fail(err)
		return
	}
	shown, err := s.exitView(page)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, shown.letterTitle(), letterPage(shown))
}
