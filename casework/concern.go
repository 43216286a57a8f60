package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"datacharter/activities"
	"datacharter/domain/calendar"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// ConcernOrder is one thing that a person wants to do about a quality report or data demand.
type ConcernOrder struct {
	Kind         concern.Kind
	ID           string // of the concern; empty to raise one
	Resource     string // that a report is about
	Action       concern.Action
	Organization string // for which he answers; empty when he may for one only
	Key          string // the person's own name for this request: a repeat with the same key changes nothing
	Report       *concern.ReportInput
	Demand       *concern.DemandInput
	Answer       *concern.AnswerInput
}

// ConcernDone is what became of an order: the concern as it was right after it, also for a repeat.
type ConcernDone struct {
	ID       string
	Number   int64
	State    concern.State
	Supports int
}

// concernPrefixes begin the IDs of concerns.
var concernPrefixes = map[concern.Kind]string{concern.Report: "qr-", concern.Demand: "dd-"}

func (o ConcernOrder) request(person string) store.Request {
	content, err := json.Marshal([]any{o.Report, o.Demand, o.Answer})
	if err != nil {
		panic("inputs made of JSON's own types: " + err.Error())
	}
	return store.Request{ID: CommandID(person, o.Key), Fingerprint: Fingerprint("concern", string(o.Kind), string(o.Action), o.ID, o.Resource, o.Organization, string(content))}
}

// Concern does what is asked about a quality report or data demand. Like a command on a case it is decided in the transaction in which it is kept, on what is
// known then. The error is store.ErrNotFound when there is no such report or demand for the actor, or the catalogue has no such resource.
func (d *Desk) Concern(ctx context.Context, actor identity.Actor, o ConcernOrder) (done ConcernDone, refused *refusal.Refusal, err error) {
	if o.ID != "" {
		if _, err := d.Store.GetConcern(ctx, actor, o.Kind, o.ID); err != nil {
			return done, nil, err
		}
	}
	request := o.request(actor.Person)
	days, err := d.Cases.Calendar(ctx)
	if err != nil {
		return done, nil, err
	}
	return inTx(ctx, d.Store, func(tx *store.Tx) (ConcernDone, *refusal.Refusal, error) {
		c := concerned{tx: tx, desk: d, order: o, request: request, calendar: days}
		return c.do(actor.Person)
	})
}

// concerned is one order on its way through its transaction.
type concerned struct {
	tx       *store.Tx
	desk     *Desk
	order    ConcernOrder
	request  store.Request
	calendar calendar.Calendar
}

func (c concerned) do(person string) (ConcernDone, *refusal.Refusal, error) {
	id, before, fingerprint, known, err := c.tx.ConcernEntryOf(c.request.ID)
	switch {
	case err != nil:
		return ConcernDone{}, nil, err
	case known && fingerprint != c.request.Fingerprint:
		return ConcernDone{}, refusal.KeyReused.With(), nil
	case known:
		return ConcernDone{id, before.Number, before.State, before.Supports}, nil, nil
	}
	actor, err := c.tx.Actor(person)
	if err != nil {
		return ConcernDone{}, nil, err
	}
	subject, err := c.subject(person)
	if err != nil {
		return ConcernDone{}, nil, err
	}
	cmd := concern.Command{Action: c.order.Action, By: identity.By{Person: person}, Report: c.order.Report, Demand: c.order.Demand, Answer: c.order.Answer}
	if c.order.Action == concern.Answer {
		var refused *refusal.Refusal
		if cmd.By, refused = oneOf(actor.Capacities(concern.Answerers(subject.Supplier)), c.order.Organization); refused != nil {
			return ConcernDone{}, refused, nil
		}
	}
	facts, err := c.facts(actor, subject)
	if err != nil {
		return ConcernDone{}, nil, err
	}
	e, refused := concern.Decide(subject, cmd, facts)
	if refused != nil {
		return ConcernDone{}, refused, nil
	}
	after, err := c.tx.AddConcernEntry(c.request, subject, e)
	return ConcernDone{after.ID, after.Number, after.State, after.Supports}, nil, err
}

// subject is the concern that the order is about: the one that there is, or a blank one.
func (c concerned) subject(person string) (blank concern.Concern, err error) {
	if c.order.ID != "" {
		return c.tx.Concern(c.order.ID)
	}
	blank = concern.Concern{
		ID: NewID(concernPrefixes[c.order.Kind], person, c.order.Key), Kind: c.order.Kind, Person: person, Resource: c.order.Resource,
		Report: c.order.Report, Demand: c.order.Demand,
	}
	if blank.Limit, err = c.limit(); err != nil {
		return blank, err
	}
	if blank.Demand != nil {
		blank.Title, blank.Resource = blank.Demand.Title, blank.Demand.Resource
	}
	if blank.Resource == "" {
		return blank, nil
	}
	found, err := c.tx.Facts(identity.Actor{}, lifecycle.Needs{Resources: []string{blank.Resource}}, nil)
	resource, ok := found.Resources[blank.Resource]
	switch {
	case err != nil:
		return blank, err
	case !ok && blank.Kind == concern.Report:
		return blank, store.ErrNotFound
	case !ok:
		return blank, nil // the demand is refused for it
	}
	if blank.Kind == concern.Report {
		blank.Title = resource.Title
	}
	blank.Supplier, err = c.tx.SupplierOf(blank.Resource)
	return blank, err
}

// limit is until when a concern raised now is to be answered first, by the newest profile: a concern is no case and pinned to none.
func (c concerned) limit() (*lifecycle.Deadline, error) {
	rules, ok := c.desk.Policies.Newest(activities.DefaultPolicy)
	if !ok {
		return nil, fmt.Errorf("there is no policy profile %q", activities.DefaultPolicy)
	}
	env := lifecycle.Env{Now: c.desk.Clock.Now(), Policy: rules, Calendar: c.calendar}
	started := env.Limit(concern.Limit, rules.OfConcerns().Answer, lifecycle.Recipients{}, lifecycle.Recipients{})
	return &started.Deadline, nil
}

// facts looks up what the decision needs to know.
func (c concerned) facts(actor identity.Actor, subject concern.Concern) (facts concern.Facts, err error) {
	facts = concern.Facts{Today: c.desk.Today(), Resources: map[string]bool{}, Files: map[string]bool{}}
	var needs lifecycle.Needs
	switch o := c.order; o.Action {
	case concern.Raise:
		if o.Report != nil {
			needs.Attachments = o.Report.Evidence
		}
		if o.Demand != nil && o.Demand.Resource != "" {
			needs.Resources = []string{o.Demand.Resource}
		}
		facts.Open, err = c.tx.OpenConcerns(actor.Person, o.Kind)
	case concern.Answer:
		if o.Answer.Resource != "" {
			needs.Resources = []string{o.Answer.Resource}
		}
	case concern.Support:
		facts.Supported, err = c.tx.Supports(subject.ID, actor.Person)
	case concern.Withdraw:
	}
	if err != nil {
		return facts, err
	}
	found, err := c.tx.Facts(actor, needs, nil)
	for id := range found.Resources {
		facts.Resources[id] = true
	}
	for digest, file := range found.Attachments {
		facts.Files[digest] = actor.In(file.Organization)
	}
	return facts, err
}
