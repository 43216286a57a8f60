package casework

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"datacharter/domain/complaint"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/workflows"
)

// Lodge lodges a complaint as the system, whoever is signed in: nobody's account is recorded with it. A repeat with the same key lodges nothing more and gets the
// same number. The refusal is nil when it was lodged; the error is Unavailable, or the database's.
func (d *Desk) Lodge(ctx context.Context, in complaint.LodgeInput, key string) (number string, refused *refusal.Refusal, err error) {
	sent, err := json.Marshal(in)
	if err != nil {
		return "", nil, err
	}
	data, err := json.Marshal(complaint.Lodging{LodgeInput: in, Secret: newSecret()}) // of a repeat, the first one's is kept
	if err != nil {
		return "", nil, err
	}
	key = string(complaint.Kind) + "\n" + key // apart from all else that the system does
	cmd := workflows.Command{
		Kind: complaint.Kind, Case: NewID(complaint.Prefix, identity.SystemPerson, key), ID: CommandID(identity.SystemPerson, key), Name: complaint.Lodge,
		Person: identity.SystemPerson, Data: data, Fingerprint: Fingerprint(http.MethodPost, string(complaint.Kind), string(sent)),
	}
	out, err := d.give(ctx, cmd, true)
	switch {
	case errors.Is(err, ErrStillRunning):
		return "", nil, Unavailable{err} // he cannot ask after it: a repeat gets the number
	case err != nil || out.Refusal != nil:
		return "", out.Refusal, err
	}
	c, err := d.complaint(ctx, cmd.Case)
	if err != nil {
		return "", nil, err
	}
	return c.Number(), nil, nil
}

// Follow tells where the complaint of a number stands; store.ErrNotFound for a number that is none.
func (d *Desk) Follow(ctx context.Context, number string) (complaint.Standing, error) {
	id, secret, ok := complaint.Split(number)
	if !ok {
		return complaint.Standing{}, store.ErrNotFound
	}
	c, err := d.complaint(ctx, id)
	if err != nil {
		return complaint.Standing{}, err
	}
	if !c.Opens(secret) {
		return complaint.Standing{}, store.ErrNotFound
	}
	return c.Standing(), nil
}

func (d *Desk) complaint(ctx context.Context, id string) (*complaint.Complaint, error) {
	found, err := d.Store.GetCase(ctx, identity.System(), complaint.Kind, id)
	if err != nil {
		return nil, err
	}
	subject, err := complaint.Machine.Decode(found.Data)
	if err != nil {
		return nil, err
	}
	return subject.(*complaint.Complaint), nil //nolint:forcetypeassert // its own kind
}

// newSecret draws one: 26 letters of 5 bits each.
func newSecret() complaint.Secret { return complaint.Secret(strings.ToLower(rand.Text())) }
