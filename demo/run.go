package demo

import (
	"context"
	"fmt"
	"sync"

	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// Demonstration drives authorisations to every end there is, all at once, as the people of the fictitious city.
type Demonstration struct {
	Client   *Client
	Endings  []Ending
	TermDays int                 // of the agreements that expire while one watches
	Progress func(done, all int) // told of every authorisation that has come to its end
	Beside   []Lead              // registrations, plans and complaints that are led meanwhile
}

// Result is how one authorisation ended.
type Result struct {
	Ending *Ending
	Case   string // empty when it did not even begin
	State  lifecycle.State
	Err    error // why it did not reach its planned end
}

// Run drives every authorisation and says how each ended. The error is of what concerns all of them: nothing was begun.
func (d Demonstration) Run(ctx context.Context) ([]Result, error) {
	shared, err := d.prepare(ctx)
	if err != nil {
		return nil, err
	}
	var results []Result
	for i := range d.Endings {
		for range d.Endings[i].Times {
			results = append(results, Result{Ending: &d.Endings[i]})
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	beside := d.lead(ctx, shared)
	var chambers, walks sync.WaitGroup
	chambers.Go(func() { shared.government.sit(ctx) })
	chambers.Go(func() { shared.agency.sit(ctx) })
	ended := make(chan struct{}, len(results))
	for i := range results {
		walks.Go(func() {
			results[i].walk(ctx, shared.walk(i))
			ended <- struct{}{}
		})
	}
	for i := range results {
		<-ended
		d.Progress(i+1, len(results))
	}
	walks.Wait()
	beside.Wait()
	cancel()
	chambers.Wait()
	return results, nil
}

// prepare learns the business time and the city's resources, which its plans are about, and has people say something of the catalogue.
func (d Demonstration) prepare(ctx context.Context) (*city, error) {
	c := &city{
		client: d.Client, term: d.TermDays,
		government: newChamber(d.Client, Government, resolution.MajorDecision, "government-"),
		agency:     newChamber(d.Client, Agency, resolution.Agreement, "agency-"),
	}
	for _, id := range Resources() {
		var r resource
		if err := d.Client.get(ctx, officer, base+"resources/"+id, &r); err != nil {
			return nil, fmt.Errorf("the city's resources are not there, which come with its people: %w", err)
		}
		c.resources = append(c.resources, r)
	}
	if _, err := d.Client.now(); err != nil {
		return nil, err
	}
	if err := c.say(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// walk begins the way of the authorisation with the number: by one of the companies, on resources of its own as far as there are enough.
func (c *city) walk(no int) *walk {
	w := &walk{city: c, no: no, by: companies[no%len(companies)]}
	for i := range min(1+no%3, len(c.resources)) {
		w.resources = append(w.resources, c.resources[(3*no+i)%len(c.resources)])
	}
	return w
}

// walk walks the whole way and looks where it led.
func (r *Result) walk(ctx context.Context, w *walk) {
	r.Err = r.Ending.way(ctx, w)
	if w.seen == nil {
		return
	}
	r.Case, r.State = w.seen.ID, w.seen.State
	if r.Err == nil && r.State != r.Ending.State {
		r.Err = fmt.Errorf("%s is %s, not %s", r.Case, r.State, r.Ending.State)
	}
}
