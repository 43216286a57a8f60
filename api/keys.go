package api

import (
	"context"

	"datacharter/domain/refusal"
)

// Keyed is what every request that changes something must carry.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" pattern:"^[!-~]+$" doc:"names this request: a repeat with the same key and body changes nothing and gets the same answer"`
}

// once does what a request asks for, unless a request with the same key has done it before, and reports whether it did it now. asked is all that the
// request says: the same key with something else is refused. Should a crash come between do and
// the note that it was done, a repeat calls do again, so do must do nothing twice.
//
// A command on a case needs none of this: its key is kept with its outcome, in one transaction.
func (s *server) once(ctx context.Context, key string, asked []string, do func() error) (now bool, err error) {
	id := commandID(callOf(ctx).actor.Person, key)
	setting, sent := "request/"+id, fingerprint(asked...)
	var before string
	known, err := s.Store.GetSetting(ctx, setting, &before)
	switch {
	case err != nil:
		return false, err
	case known && before != sent:
		return false, refuse(refusal.KeyReused.With())
	case known:
		return false, nil
	}
	if err := do(); err != nil {
		return false, err
	}
	_, err = s.Store.PutSettingIfAbsent(ctx, setting, sent)
	return true, err
}
