package web

import (
	"net/http"
	"net/url"
	"slices"

	"datacharter/domain/refusal"
)

// foundAtOnce is how many resources are shown to choose from at a time beside those chosen.
const foundAtOnce = 20

// choosing is the step of resources: those chosen, and those found to choose from.
func (s *server) choosing(p *applying) error {
	var err error
	if p.found, err = s.searchResources(p.visit, p.url(), foundAtOnce); err != nil {
		return err
	}
	p.found.basket = &basket{into: p.view}
	p.chosen, err = s.resourceChoices(p.visit, applied(p.act).Application.Resources)
	return err
}

// takeChoice takes a resource out of the application. One that is not in it stays out: a repeat changes nothing.
func (s *server) takeChoice(p *applying, sent url.Values) {
	out := sent.Get("out")
	if sent.Has(formResumed) || out == "" {
		s.step(p, http.StatusOK)
		return
	}
	done, err := s.chooseResources(p.act, func(ids []string) []string {
		return slices.DeleteFunc(ids, func(id string) bool { return id == out })
	})
	s.settle(p.visit, done, err, local(sent.Get("return"), p.url()), p.T("已移出。", "Taken out."), func(r *refusal.Refusal) { s.stepRefused(p, r) })
}
