package main

import (
	"context"
	"errors"
	"time"

	"datacharter/accounts"
	"datacharter/domain/refusal"
	"datacharter/store"
)

type userPassword struct {
	database `embed:""`
	ID       string `arg:"" help:"The person."`
	Username string `help:"Name to sign in with; the person's ID for a new account, else as it is."`
	DropCode bool   `help:"Turn one-time codes off too, for a person who has lost his device."`
}

// Run sets the temporary password, which ends the person's sessions, and prints it.
func (c *userPassword) Run(ctx context.Context, out output) error {
	return withStore(ctx, c.database, func(db *store.Store) error {
		people := accounts.New(db, accounts.Defaults, time.Now)
		if c.DropCode { // first: once there is a new password, nothing may keep it from being shown
			if refused, err := people.DropCode(ctx, c.ID); err != nil {
				return err
			} else if refused != nil {
				return errors.New(inWords(refused))
			}
		}
		temporary, refused, err := people.SetTemporary(ctx, c.ID, c.Username)
		if err != nil {
			return err
		}
		if refused != nil {
			return errors.New(inWords(refused))
		}
		out.printf("user name: %s\npassword:  %s\n", temporary.Username, temporary.Password)
		out.printf("to be changed at the first sign-in, until %s\n", time.Now().Add(accounts.Defaults.Temporary).Format(time.RFC3339))
		return nil
	})
}

// inWords is a refusal in English, or that of its first field.
func inWords(r *refusal.Refusal) string {
	if len(r.Fields) > 0 {
		return r.Fields[0].Path + ": " + r.Fields[0].Detail("en")
	}
	return r.Detail("en")
}
