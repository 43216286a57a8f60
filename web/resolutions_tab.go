package web

import (
	"fmt"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// decided reports whether a meeting has taken a decision on the case, or is to take one.
func decided(v *casework.View) bool {
	return len(authorizationOf(v).Resolutions) > 0 || v.Head.Pending != nil
}

// resolutionsTab lists the resolutions on the case, the newest first.
func (s *server) resolutionsTab(c *casePage) (templ.Component, error) {
	a := authorizationOf(c.view)
	var bodies []string
	for _, r := range a.Resolutions {
		bodies = append(bodies, r.Resolution.Body)
	}
	if err := s.alsoName(c, nil, bodies); err != nil {
		return nil, err
	}
	return resolutionsPage(c, a.Resolutions), nil
}

// decisionWords names a decision.
func decisionWords(decision string) text.Text {
	if w, ok := words.FieldChoice(callInput, "decision", decision); ok {
		return w
	}
	return both(decision)
}

var resolutionTone = map[string]string{"agreed": "ok", "amended": "warn", "deferred": "warn", "refused": "bad"}

// votes says how a question was decided.
func (c *casePage) votes(n resolution.Count) string {
	return c.T(
		fmt.Sprintf("同意 %d、不同意 %d、弃权 %d；应有 %d 票同意", n.For, n.Against, n.Abstain, n.Needed),
		fmt.Sprintf("%d for, %d against, %d abstained; %d for were needed", n.For, n.Against, n.Abstain, n.Needed),
	)
}

func newestFirst(resolutions []authorization.Resolved) []authorization.Resolved {
	out := make([]authorization.Resolved, 0, len(resolutions))
	for i := len(resolutions) - 1; i >= 0; i-- {
		out = append(out, resolutions[i])
	}
	return out
}
