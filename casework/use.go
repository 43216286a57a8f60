package casework

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/use"
	"datacharter/signing"
	"datacharter/store"
)

// PlatformOrder is what somebody wants to do about a platform of an operator.
type PlatformOrder struct {
	Authorization string // to register one
	Platform      string // to revoke its key
	Key           string // the person's own name for this request: a repeat with the same key changes nothing
	Register      *use.PlatformInput
	Revoke        *use.RevokeInput
}

func (o PlatformOrder) request(person string) store.Request {
	content, err := json.Marshal([]any{o.Register, o.Revoke})
	if err != nil {
		panic("inputs made of JSON's own types: " + err.Error())
	}
	return store.Request{ID: CommandID(person, o.Key), Fingerprint: Fingerprint("platform", o.Authorization, o.Platform, string(content))}
}

const platformPrefix = "plt-"

// registering are the states of an authorisation in which platforms can be registered: the agreement is signed and filed, and not ended.
func registering(a *authorization.Authorization) bool {
	return a.State == authorization.Filed || a.State == authorization.Operating || a.State == authorization.Suspended
}

// RegisterPlatform registers a platform with its public key. store.ErrNotFound when there is no such authorisation for the actor.
func (d *Desk) RegisterPlatform(ctx context.Context, actor identity.Actor, o PlatformOrder) (use.Platform, *refusal.Refusal, error) {
	if _, err := d.Store.GetCaseSummary(ctx, actor, authorization.Kind, o.Authorization); err != nil {
		return use.Platform{}, nil, err
	}
	request := o.request(actor.Person)
	key, keyErr := signing.ParseKey(o.Register.Key)
	return inTx(ctx, d.Store, func(tx *store.Tx) (use.Platform, *refusal.Refusal, error) {
		before, fingerprint, known, err := tx.UsePlatformOf(request.ID)
		switch {
		case err != nil:
			return before, nil, err
		case known && fingerprint != request.Fingerprint:
			return before, refusal.KeyReused.With(), nil
		case known:
			return before, nil, nil
		}
		a, by, refused, err := keeperOf(tx, actor.Person, o.Authorization)
		if refused != nil || err != nil {
			return use.Platform{}, refused, err
		}
		if !registering(a) {
			return use.Platform{}, refusal.AgreementNeeded.With(), nil
		}
		open, err := tx.OpenUsePlatforms(a.ID)
		if err != nil {
			return use.Platform{}, nil, err
		}
		if refused := o.Register.Check(keyErr == nil, open); refused != nil {
			return use.Platform{}, refused, nil
		}
		text, err := key.PEM()
		if err != nil {
			return use.Platform{}, nil, err
		}
		p, err := tx.AddUsePlatform(request, use.Platform{
			ID: NewID(platformPrefix, actor.Person, o.Key), Authorization: a.ID, Operator: a.Applicant, Name: o.Register.Name, Algorithm: key.Algorithm, Key: text, By: by,
		})
		return p, nil, err
	})
}

// keeperOf loads an authorisation for somebody who looks after the platforms of its operator.
func keeperOf(tx *store.Tx, person, id string) (*authorization.Authorization, identity.By, *refusal.Refusal, error) {
	a, err := authorizationOf(tx, id)
	if err != nil {
		return nil, identity.By{}, nil, err
	}
	by, refused, err := actsFor(tx, person, use.Keepers(a.Applicant))
	return a, by, refused, err
}

func authorizationOf(tx *store.Tx, id string) (*authorization.Authorization, error) {
	c, err := tx.Case(authorization.Machine, id)
	if err != nil {
		return nil, err
	}
	a, is := c.(*authorization.Authorization)
	if !is || a.Version == 0 {
		return nil, store.ErrNotFound
	}
	return a, nil
}

func actsFor(tx *store.Tx, person string, may []identity.Grant) (identity.By, *refusal.Refusal, error) {
	actor, err := tx.Actor(person)
	if err != nil {
		return identity.By{}, nil, err
	}
	by, refused := oneOf(actor.Capacities(may), may[0].Organization)
	return by, refused, nil
}

// RevokePlatform ends a platform's key; one that was ended before stays as it was.
func (d *Desk) RevokePlatform(ctx context.Context, actor identity.Actor, o PlatformOrder) (use.Platform, *refusal.Refusal, error) {
	found, err := d.Store.GetUsePlatform(ctx, actor, o.Platform)
	if err != nil {
		return found, nil, err
	}
	return inTx(ctx, d.Store, func(tx *store.Tx) (use.Platform, *refusal.Refusal, error) {
		_, by, refused, err := keeperOf(tx, actor.Person, found.Authorization)
		if refused != nil || err != nil {
			return use.Platform{}, refused, err
		}
		if refused := o.Revoke.Check(); refused != nil {
			return use.Platform{}, refused, nil
		}
		p, err := tx.UsePlatform(o.Platform)
		if err != nil {
			return p, nil, err
		}
		p, err = tx.RevokeUsePlatform(p, use.Revocation{Reason: o.Revoke.Reason, By: by})
		return p, nil, err
	})
}

// BatchOrder is a batch as a platform sent it.
type BatchOrder struct {
	Platform  string
	Body      []byte // the exact bytes that were signed
	Signature string
	Batch     use.Batch // what the body says
}

// ReportUse keeps a batch that a platform reports, with how each of its events is judged, in one transaction. A batch that was kept before is answered as it
// was then. store.ErrNotFound when there is no such platform for the actor.
func (d *Desk) ReportUse(ctx context.Context, actor identity.Actor, o BatchOrder) (use.Received, *refusal.Refusal, error) {
	p, err := d.Store.GetUsePlatform(ctx, actor, o.Platform)
	if err != nil {
		return use.Received{}, nil, err
	}
	if refused := signed(p, o); refused != nil {
		return use.Received{}, refused, nil
	}
	operator, err := d.creditCode(ctx, p.Operator)
	if err != nil {
		return use.Received{}, nil, err
	}
	return inTx(ctx, d.Store, func(tx *store.Tx) (use.Received, *refusal.Refusal, error) {
		return report{tx: tx, desk: d, order: o, operator: operator}.do(actor.Person)
	})
}

func signed(p use.Platform, o BatchOrder) *refusal.Refusal {
	if o.Signature == "" {
		return refusal.SignatureMissing.With()
	}
	key, err := signing.ParseKey(p.Key)
	if err != nil || !key.Verify(o.Body, o.Signature) {
		return refusal.SignatureWrong.With()
	}
	return nil
}

func (d *Desk) creditCode(ctx context.Context, organization string) (string, error) {
	facts, err := d.Store.Facts(ctx, identity.System(), lifecycle.Needs{Organizations: []string{organization}}, nil)
	return facts.Organizations[organization].CreditCode, err
}

// report is one batch on its way through its transaction.
type report struct {
	tx       *store.Tx
	desk     *Desk
	order    BatchOrder
	operator string // credit code
}

func (r report) do(person string) (use.Received, *refusal.Refusal, error) {
	p, a, by, refused, err := reporterOf(r.tx, person, r.order.Platform)
	if refused != nil || err != nil {
		return use.Received{}, refused, err
	}
	batch := r.order.Batch
	if before, known, err := r.tx.UseBatch(p.ID, batch.ID); err != nil {
		return before, nil, err
	} else if known {
		if string(before.Body) != string(r.order.Body) {
			return use.Received{}, refusal.BatchChanged.With(), nil
		}
		return before, nil, nil
	}
	if refused := batch.Check(p, r.tx.Now()); refused != nil {
		return use.Received{}, refused, nil
	}
	if _, known, err := r.tx.UseBatchNumbered(p.ID, batch.Number); err != nil {
		return use.Received{}, nil, err
	} else if known {
		return use.Received{}, refusal.NumberTaken.With(), nil
	}
	if refused, err := r.repeated(p); refused != nil || err != nil {
		return use.Received{}, refused, err
	}
	reasons, err := judge(r.tx, a, r.operator, batch.Uses())
	if err != nil {
		return use.Received{}, nil, err
	}
	received, judged, err := outcome(batch, reasons)
	if err != nil {
		return received, nil, err
	}
	received.Person, received.Body, received.Signature = by.Person, r.order.Body, r.order.Signature
	if received, err = r.tx.AddUseBatch(p, a.Agency, received, judged); err != nil {
		return received, nil, err
	}
	return received, nil, r.raise(a, received, judged)
}

// repeated refuses a batch with events that another batch has.
func (r report) repeated(p use.Platform) (*refusal.Refusal, error) {
	events := r.order.Batch.Events
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	before, err := r.tx.UsesReported(p.ID, ids)
	if err != nil {
		return nil, err
	}
	var f refusal.Faults
	for i, id := range ids {
		f.Unless(!before[id] || len(f) >= maxRepeats, refusal.ReportedBefore.At(refusal.In("events", i, "id")))
	}
	return f.Refusal(), nil
}

// maxRepeats bounds how many repeated events an answer names.
const maxRepeats = 100

// reporterOf loads a platform in use, and its authorisation, for somebody who reports for its operator. The authorisation comes first, so that who changes it
// and who reports under it never wait for each other in a circle.
func reporterOf(tx *store.Tx, person, id string) (p use.Platform, a *authorization.Authorization, by identity.By, refused *refusal.Refusal, err error) {
	if p, err = tx.PeekUsePlatform(id); err != nil {
		return p, nil, by, nil, err
	}
	if a, err = authorizationOf(tx, p.Authorization); err != nil {
		return p, nil, by, nil, err
	}
	if p, err = tx.UsePlatform(id); err != nil {
		return p, nil, by, nil, err
	}
	if by, refused, err = actsFor(tx, person, use.Reporters(p.Operator)); refused == nil && err == nil && p.Revoked != nil {
		refused = refusal.PlatformRevoked.With()
	}
	return p, a, by, refused, err
}

// judge judges uses under an authorisation, each by what was permitted at its time.
func judge(tx *store.Tx, a *authorization.Authorization, operator string, uses []use.Use) ([][]use.Reason, error) {
	history := use.History{{Since: time.Time{}, Scope: use.ScopeOf(a, operator)}}
	for _, u := range uses {
		if u.At.Before(a.ChangedAt) {
			events, err := tx.EventsOf(a.ID)
			if err != nil {
				return nil, err
			}
			if history, err = use.HistoryOf(a.ID, events, operator); err != nil {
				return nil, err
			}
			break
		}
	}
	used, err := tx.Counted(a.ID, history.Counts(uses))
	if err != nil {
		return nil, err
	}
	return history.Judge(uses, used), nil
}

// outcome says what a batch came to.
func outcome(batch use.Batch, reasons [][]use.Reason) (use.Received, []use.Judged, error) {
	received := use.Received{ID: batch.ID, Number: batch.Number, Events: int64(len(batch.Events))}
	judged := make([]use.Judged, len(batch.Events))
	beyond := []use.Beyond{}
	for i, e := range batch.Events {
		judged[i] = use.Judged{Event: e, Reasons: reasons[i]}
		if len(reasons[i]) > 0 {
			beyond = append(beyond, use.Beyond{Event: e.ID, Reasons: reasons[i]})
		}
	}
	received.Beyond = int64(len(beyond))
	raw, err := json.Marshal(beyond)
	received.Outcome = string(raw)
	return received, judged, err
}

// UseQuestion is a use that a platform asks about before.
type UseQuestion struct {
	Platform string
	Key      string
	Use      use.Use // now, when it names no time
}

// UseAnswer is what it is answered.
type UseAnswer struct {
	At      time.Time // when it was asked about
	Reasons []use.Reason
}

// AskUse says whether a use would lie within the scope of its authorisation, and keeps a refusal. A repeat of a question that was refused is refused alike; one
// that was allowed is looked at anew.
func (d *Desk) AskUse(ctx context.Context, actor identity.Actor, q UseQuestion) (UseAnswer, *refusal.Refusal, error) {
	p, err := d.Store.GetUsePlatform(ctx, actor, q.Platform)
	if err != nil {
		return UseAnswer{}, nil, err
	}
	operator, err := d.creditCode(ctx, p.Operator)
	if err != nil {
		return UseAnswer{}, nil, err
	}
	raw, err := json.Marshal(q.Use)
	if err != nil {
		return UseAnswer{}, nil, errors.New("a use made of JSON's own types: " + err.Error())
	}
	request := store.Request{ID: CommandID(actor.Person, q.Key), Fingerprint: Fingerprint("ask-use", q.Platform, string(raw))}
	return inTx(ctx, d.Store, func(tx *store.Tx) (UseAnswer, *refusal.Refusal, error) {
		before, fingerprint, known, err := tx.UseRefusalOf(request.ID)
		switch {
		case err != nil:
			return UseAnswer{}, nil, err
		case known && fingerprint != request.Fingerprint:
			return UseAnswer{}, refusal.KeyReused.With(), nil
		case known:
			return UseAnswer{before.At, before.Reasons}, nil, nil
		}
		p, a, by, refused, err := reporterOf(tx, actor.Person, q.Platform)
		if refused != nil || err != nil {
			return UseAnswer{}, refused, err
		}
		asked := q.Use
		if asked.At.IsZero() {
			asked.At = tx.Now()
		}
		if refused := asked.Check(tx.Now()); refused != nil {
			return UseAnswer{}, refused, nil
		}
		reasons, err := judge(tx, a, operator, []use.Use{asked})
		if err != nil || len(reasons[0]) == 0 {
			return UseAnswer{At: tx.Now()}, nil, err
		}
		kept, err := tx.AddUseRefusal(request, a.ID, store.RefusedUse{Platform: p.ID, Person: by.Person, Use: asked, Reasons: reasons[0]})
		return UseAnswer{kept.At, kept.Reasons}, nil, err
	})
}
