package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

type userCommand struct {
	Add      userAdd      `cmd:"" help:"Add a person."`
	Grant    userGrant    `cmd:"" help:"Give a person a role in an organisation, which is created when --kind and --name are given."`
	Token    userToken    `cmd:"" help:"Issue an API token; it is shown once."`
	Password userPassword `cmd:"" help:"Make a local account or reset it, with a temporary password that is shown once."`
}

type userAdd struct {
	database `embed:""`
	ID       string `arg:"" help:"Short name of the person, used in the record."`
	Name     string `arg:"" help:"The person's full name."`
}

// Run adds the person.
func (c *userAdd) Run(ctx context.Context) error {
	return withStore(ctx, c.database, func(db *store.Store) error { return db.CreatePerson(ctx, c.ID, c.Name) })
}

type userGrant struct {
	database     `embed:""`
	ID           string        `arg:"" help:"The person."`
	Organization string        `arg:"" help:"ID of the organisation."`
	Role         identity.Role `arg:"" help:"The role, such as case-officer or administrator."`
	Kind         identity.Kind `help:"Create the organisation, of this kind: agency, government, data-supplier, operator, supervisor or public."`
	Name         string        `help:"Full name of the organisation to create."`
	CreditCode   string        `help:"Its unified social credit code."`
}

// Run gives the role, after creating the organisation when asked to.
func (c *userGrant) Run(ctx context.Context) error {
	return withStore(ctx, c.database, func(db *store.Store) error {
		if c.Kind != "" {
			if err := c.create(ctx, db); err != nil {
				return err
			}
		}
		return db.Grant(ctx, c.ID, c.Organization, c.Role)
	})
}

func (c *userGrant) create(ctx context.Context, db *store.Store) error {
	if !slices.ContainsFunc(identity.Kinds, func(k identity.KindInfo) bool { return k.Kind == c.Kind }) || c.Name == "" {
		return errors.New("an organisation to create needs a kind of the list and a name")
	}
	if c.CreditCode != "" {
		if _, err := identity.ParseCreditCode(c.CreditCode); err != nil {
			return err
		}
	}
	return db.CreateOrganization(ctx, lifecycle.Organization{ID: c.Organization, Name: c.Name, Kind: c.Kind, CreditCode: c.CreditCode})
}

type userToken struct {
	database `embed:""`
	ID       string        `arg:"" help:"The person."`
	Label    string        `help:"What the token is for." default:"command line"`
	Valid    time.Duration `help:"How long it is valid." default:"2160h"`
}

// Run issues the token and prints it.
func (c *userToken) Run(ctx context.Context, out output) error {
	return withStore(ctx, c.database, func(db *store.Store) error {
		secret, token, err := db.IssueToken(ctx, c.ID, c.Label, time.Now().Add(c.Valid))
		if err != nil {
			return err
		}
		out.printf("%s\n", secret)
		out.printf("valid until %s\n", token.ExpiresAt.Format(time.RFC3339))
		return nil
	})
}

func withStore(ctx context.Context, d database, use func(*store.Store) error) (err error) {
	db, err := store.Open(ctx, d.DatabaseURL, store.Options{Logger: logger()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return use(db)
}
