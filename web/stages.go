package web

import (
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/words"
)

// Limits of reviews and wind-down steps are called so, with the name that a profile gives the review or step.
const (
	ofReview     = "review:"
	ofStep       = "step-"
	ofAgencyStep = "agency-step-"      // of a step that the agency takes instead of the operator
	ofOwed       = "duty-making-good-" // of what is owed after an annulment that came too late
)

// stageOrder is the order in which limits by which somebody's work is measured run, in the kind of case that has them.
var stageOrder = []string{
	"completeness", "completion", ofReview, "major-decision", "agreement-drafting", "agreement-decision", "signing", "filing", "operation-report",
	"register-resources", "register-products", "assessment", "hearing", "resolution", "decision", "service", ofStep, ofAgencyStep, ofOwed, "appeal",
	"acceptance", "formal-review", "recheck", "coding", "deregistration", "plan-completion", "plan-decision", "plan-filing", "plan-publication",
	"product-completion", "product-trial-result", "product-ceiling", "yearly-disclosure", "disclosure-chase", "price-adjustment", "price-report", "final-settlement",
	"incident-review", "complaint-acceptance", "complaint-answer", "complaint-chase", "finding-handling", "rectification", "reinspection", "finding-consequence",
}

// agreed are limits that are dates which were agreed on, or time that somebody is given to use or not: nobody's work is measured by them, and nobody misses
// them when the day comes.
var agreed = []string{
	"start", "renewal-window", "expiry-warning", "expiry", "expiry-at-latest", "meeting", "notice", "validity", "registration-renewal", "plan-comment",
	"plan-applications", "product-trial", "disclosure-year-end", "complete-year", "allowance-review", "cure", "statement", "hearing-request", "reconsideration", "suit", "ban",
	"duty-logs", "duty-confidentiality", "duty-records",
}

// stageAt is the place of a limit in stageOrder; those that are not in it come last.
func stageAt(name string) int {
	if i := slices.IndexFunc(stageOrder, func(stage string) bool {
		return name == stage || slices.Contains([]string{ofReview, ofStep, ofAgencyStep, ofOwed}, stage) && strings.HasPrefix(name, stage)
	}); i >= 0 {
		return i
	}
	return len(stageOrder)
}

// limitFigures are the limits of a kind by which somebody's work is measured, in the order in which they run.
func (s *server) limitFigures(p *place, uses []store.LimitUse) []limitFigure {
	var out []limitFigure
	for _, u := range uses {
		if u.Kind == p.def.Kind() && !slices.Contains(agreed, u.Name) {
			out = append(out, limitFigure{u, s.limitWords(u.Name)})
		}
	}
	slices.SortStableFunc(out, func(a, b limitFigure) int { return stageAt(a.Name) - stageAt(b.Name) })
	return out
}

// limitWords names a limit, without the number of its round; those of reviews and steps as the newest profile that has them.
func (s *server) limitWords(name string) text.Text {
	for _, profile := range slices.Backward(s.Policies.All()) {
		for _, r := range reviewsOf(profile) {
			if name == ofReview+r.Name {
				return r.Title
			}
		}
		for _, step := range profile.Exit.Steps {
			switch name {
			case ofStep + step.Code:
				return step.Title
			case ofAgencyStep + step.Code:
				return text.Text{ZH: step.Title.ZH + "（实施机构代为办理）", EN: step.Title.EN + " (by the agency instead)"}
			}
		}
	}
	if w, ok := words.Limit(name); ok {
		return w
	}
	return both(name)
}

// reviewsOf lists the reviews of a profile, those of plans and products last.
func reviewsOf(p *policy.Profile) []policy.Review {
	out := p.Review.Reviews
	if p.Plan != nil {
		out = slices.Concat(out, p.Plan.Review.Reviews)
	}
	if p.Product != nil {
		out = slices.Concat(out, p.Product.Review.Reviews)
	}
	return out
}

// inRound names a limit of a case, with the number of its round from the second on.
func (s *server) inRound(name string) text.Text {
	i := strings.LastIndexByte(name, ':')
	if i < 0 {
		return s.limitWords(name)
	}
	round, err := strconv.Atoi(name[i+1:])
	if err != nil {
		return s.limitWords(name)
	}
	w := s.limitWords(name[:i])
	if round > 1 {
		w = text.Text{ZH: w.ZH + "（第" + strconv.Itoa(round) + "轮）", EN: w.EN + " (round " + strconv.Itoa(round) + ")"}
	}
	return w
}
