package casework

import (
	"context"
	"errors"
)

// ErrKeyReused is the error of a key that was used for something else.
var ErrKeyReused = errors.New("the key was used for another request")

// Once does what a person's request asks for, unless a request with the same key has done it before, and reports whether it did it now. asked is all that the request says: the same key
// with something else is ErrKeyReused. Should a crash come between do and the note that it was done, a repeat calls do again, so do must do nothing twice.
//
// A command on a case needs none of this: its key is kept with its outcome, in one transaction.
func (d *Desk) Once(ctx context.Context, person, key string, asked []string, do func() error) (now bool, err error) {
	setting, sent := "request/"+CommandID(person, key), Fingerprint(asked...)
	var before string
	known, err := d.Store.GetSetting(ctx, setting, &before)
	switch {
	case err != nil:
		return false, err
	case known && before != sent:
		return false, ErrKeyReused
	case known:
		return false, nil
	}
	if err := do(); err != nil {
		return false, err
	}
	_, err = d.Store.PutSettingIfAbsent(ctx, setting, sent)
	return true, err
}
