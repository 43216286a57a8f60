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
	p.found.basket = &basket{into: p.view, key: p.key}
	p.chosen, err = s.resourceChoices(p.visit, applied(p.act).Application.Resources)
	return err
}

// takeChoice puts a resource into the application or takes one out. Which are there already, or not there, stay so: a repeat changes nothing.
func (s *server) takeChoice(p *applying, sent url.Values) {
	put, out := sent.Get("put"), sent.Get("out")
	if sent.Has(formResumed) || put == "" && out == "" {
		s.step(p, http.StatusOK)
		return
	}
	content := applied(p.act).Application
	content.Resources = slices.DeleteFunc(slices.Clone(content.Resources), func(id string) bool { return id == out })
	told := p.T("已移出。", "Taken out.")
	if put != "" && !slices.Contains(content.Resources, put) {
		content.Resources = append(content.Resources, put)
		told = p.T("已选入。", "Added.")
	}
	back := local(sent.Get("return"), p.url())
	if slices.Equal(content.Resources, applied(p.act).Application.Resources) {
		p.goOn(back, "")
		return
	}
	done, err := s.CarryOut(p.ctx, p.actor, editing(p.act, content, sent.Get(formKey), p.view.Head.Version, "put", put, "out", out))
	s.settle(p.visit, done, err, back, told, func(r *refusal.Refusal) { s.stepRefused(p, r) })
}
