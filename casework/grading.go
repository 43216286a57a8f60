package casework

import (
	"context"
	"encoding/json"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/store"
)

// Graded is what is known of the classification and grading of a resource.
type Graded struct {
	History []grading.Grading   // the first one first; none when it was never graded
	Raised  []store.CaseSummary // open authorisations that the actor may see, opened while the resource was protected less than now
	More    bool                // there may be more of them
	Missing []grading.Lack      // what is missing for it to be provided by itself
}

// Current is the grading that counts; nil when there is none.
func (g Graded) Current() *grading.Grading {
	if len(g.History) == 0 {
		return nil
	}
	return &g.History[len(g.History)-1]
}

// Number is that of the grading that counts, 0 when there is none.
func (g Graded) Number() int64 { return int64(len(g.History)) }

// Grading returns what is known of the grading of a resource that the catalogue has.
func (d *Desk) Grading(ctx context.Context, actor identity.Actor, resource string) (Graded, error) {
	history, err := d.Store.ListGradings(ctx, resource)
	if err != nil {
		return Graded{}, err
	}
	out := Graded{History: history}
	member := grading.Member{Resource: resource}
	if now := out.Current(); now != nil {
		member = grading.MemberOf(*now)
		if out.Raised, out.More, err = d.raised(ctx, actor, resource, history); err != nil {
			return Graded{}, err
		}
	}
	out.Missing = grading.Set{Members: []grading.Member{member}}.Missing()
	return out, nil
}

// maxRaised bounds through how many pages of authorisations is looked.
const maxRaised = 5

// raised finds the open authorisations that name a resource and were opened while it was protected less, the last changed first.
func (d *Desk) raised(ctx context.Context, actor identity.Actor, resource string, history []grading.Grading) (found []store.CaseSummary, more bool, err error) {
	last, raised := grading.LastRaised(history)
	if !raised {
		return nil, false, nil
	}
	open := false
	filter := store.CaseFilter{Kind: authorization.Kind, Resource: resource, Closed: &open, OpenedBefore: last, Limit: store.MaxLimit}
	for range maxRaised {
		page, err := d.Store.ListCases(ctx, actor, filter)
		if err != nil {
			return nil, false, err
		}
		for _, c := range page.Items {
			if grading.RaisedSince(history, c.OpenedAt) {
				found = append(found, c)
			}
		}
		if filter.Cursor = page.Next; page.Next == "" || len(found) >= store.MaxLimit {
			return found, page.Next != "", nil
		}
	}
	return found, true, nil
}

// GradingOrder is one grading as a person asked for it.
type GradingOrder struct {
	Resource     string
	Organization string // for which he grades; empty when he may for one only
	Key          string // the person's own name for this request: a repeat with the same key changes nothing
	After        *int64 // refuse unless this is the number of the grading that counts, 0 for none; nil for any
	Input        grading.Input
}

func (o GradingOrder) request(person string) store.Request {
	content, err := json.Marshal(o.Input)
	if err != nil {
		panic("an input made of JSON's own types: " + err.Error())
	}
	after := ""
	if o.After != nil {
		after = strconv.FormatInt(*o.After, 10)
	}
	return store.Request{ID: CommandID(person, o.Key), Fingerprint: Fingerprint("grade", o.Resource, o.Organization, after, string(content))}
}

// Grade grades a resource. Like a command on a case it is decided in the transaction in which it is kept, on what is known then.
// The error is store.ErrNotFound when the catalogue has no such resource.
func (d *Desk) Grade(ctx context.Context, actor identity.Actor, o GradingOrder) (done grading.Grading, refused *refusal.Refusal, err error) {
	request := o.request(actor.Person)
	return inTx(ctx, d.Store, func(tx *store.Tx) (grading.Grading, *refusal.Refusal, error) {
		return grade(tx, actor.Person, request, o)
	})
}

func grade(tx *store.Tx, person string, request store.Request, o GradingOrder) (done grading.Grading, refused *refusal.Refusal, err error) {
	before, fingerprint, known, err := tx.GradingOf(request.ID)
	switch {
	case err != nil:
		return done, nil, err
	case known && fingerprint != request.Fingerprint:
		return done, refusal.KeyReused.With(), nil
	case known:
		return before, nil, nil
	}
	if err := tx.LockGrading(o.Resource); err != nil {
		return done, nil, err
	}
	actor, err := tx.Actor(person)
	if err != nil {
		return done, nil, err
	}
	by, refused := oneOf(grading.Capacities(actor), o.Organization)
	if refused != nil {
		return done, refused, nil
	}
	facts, err := gradingFacts(tx, actor, by, o)
	if err != nil {
		return done, nil, err
	}
	if o.After != nil && *o.After != facts.Gradings[o.Resource].Number {
		return done, refusal.GradingSuperseded.With(), nil
	}
	done, refused = grading.Decide(o.Input, facts)
	if refused != nil {
		return done, refused, nil
	}
	done.By = by
	if done, err = tx.AddGrading(request, done); err != nil {
		return done, nil, err
	}
	return done, nil, tellCases(tx, done, facts.Gradings[o.Resource])
}

// tellCases tells the open plans and authorisations that rest on a resource what it lacks by its new grading, or that it lacks nothing any more.
func tellCases(tx *store.Tx, now, before grading.Grading) error {
	in := regrading.Input{Resource: now.Resource, Number: now.Number, Grade: now.Grade, Lacks: lacks(now)}
	if len(in.Lacks) == 0 && (before.Number == 0 || len(lacks(before)) == 0) {
		return nil
	}
	naming, err := tx.OpenCasesNaming(now.Resource, plan.Kind, authorization.Kind, product.Kind)
	if err != nil {
		return err
	}
	var effects []lifecycle.Effect
	for _, c := range naming {
		effects = append(effects, lifecycle.SendTo(c.Kind, c.ID, regrading.Command, in))
	}
	return tx.QueueOfResource(now.Resource, now.Number, effects)
}

// lacks are the codes of what a resource lacks by a grading to be provided.
func lacks(g grading.Grading) []string {
	var out []string
	for _, l := range (grading.Set{Members: []grading.Member{grading.MemberOf(g)}}).Missing() {
		out = append(out, l.Code)
	}
	return out
}

// gradingFacts looks up what a grading needs to know. store.ErrNotFound when the catalogue has no such resource.
func gradingFacts(tx *store.Tx, actor identity.Actor, by identity.By, o GradingOrder) (grading.Facts, error) {
	sources, files := o.Input.Needs()
	resources := append([]string{o.Resource}, sources...)
	found, err := tx.Facts(actor, lifecycle.Needs{Resources: resources, Attachments: files}, nil)
	if err != nil {
		return grading.Facts{}, err
	}
	if _, ok := found.Resources[o.Resource]; !ok {
		return grading.Facts{}, store.ErrNotFound
	}
	facts := grading.Facts{Resource: o.Resource, Resources: map[string]bool{}, Files: map[string]bool{}}
	for id := range found.Resources {
		facts.Resources[id] = true
	}
	for digest, file := range found.Attachments {
		facts.Files[digest] = file.Organization == by.Organization
	}
	facts.Gradings, err = tx.CurrentGradings(resources)
	return facts, err
}
