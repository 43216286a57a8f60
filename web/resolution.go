package web

import (
	"net/http"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// resolutionOf finds a resolution: in its meeting for who sees that, else in the case that it decides on for who sees this. Nil when it is not for him.
func (s *server) resolutionOf(v *visit, id string, item int) (*resolution.Resolution, error) {
	m, err := s.Case(v.ctx, v.actor, meeting.Machine, id)
	if err != nil && refusalOf(err) == nil {
		return nil, err
	}
	if err == nil {
		held, ok := m.Subject.(*meeting.Meeting)
		if !ok || item < 1 || item > len(held.Items) {
			return nil, nil
		}
		return held.Items[item-1].Resolution, nil
	}
	decided, err := s.Store.Case(v.ctx, meeting.Machine, id) // only to learn on which case it decides, which he must see
	if refusalOf(err) != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	held, ok := decided.(*meeting.Meeting)
	if !ok || item < 1 || item > len(held.Items) {
		return nil, nil
	}
	on := held.Items[item-1]
	view, err := s.Case(v.ctx, v.actor, s.placeOf(on.Kind).def, on.Case)
	if refusalOf(err) != nil || err == nil && view.Closed {
		return nil, nil
	}
	return held.Items[item-1].Resolution, err
}

// showResolution shows a resolution as a page to print.
func (s *server) showResolution(v *visit) {
	item, err := strconv.Atoi(v.Param("item"))
	if err != nil {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	x, err := s.resolutionOf(v, v.Param("meeting"), item)
	if err != nil {
		v.fail(err)
		return
	}
	if x == nil {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	found, err := s.namesOf(v.ctx, nil, []string{x.Body})
	if err != nil {
		v.fail(err)
		return
	}
	profile, err := s.ProfileByHash(v.ctx, x.Policy.Hash)
	if err != nil {
		v.fail(err)
		return
	}
	of, title := authorization.Kind, x.Case
	switch x.Decision {
	case resolution.Plan:
		of = plan.Kind
	case resolution.Exit:
		of = exit.Kind
	}
	if c, err := s.Store.GetCaseSummary(v.ctx, v.actor, of, x.Case); err == nil {
		title = c.Title
	}
	rules, _ := resolution.Rules(profile, x.Decision)
	v.show(http.StatusOK, v.T("决议", "Resolution"), resolutionPage(v, *x, rules, found, s.caseURL(of, x.Case), title))
}
