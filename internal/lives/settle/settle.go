// Package settle puts the cast of the lives into a database.
package settle

import (
	"context"
	"errors"

	"datacharter/domain/catalogue"
	"datacharter/internal/agreedplan"
	"datacharter/internal/lives"
	"datacharter/store"
)

// In creates everybody and everything that the scripts of the lives name.
func In(ctx context.Context, db *store.Store) error {
	var errs []error
	for _, o := range lives.Organizations {
		errs = append(errs, db.CreateOrganization(ctx, o))
	}
	for _, p := range lives.People {
		errs = append(errs, db.CreatePerson(ctx, p.ID, p.ID+"(虚构)"), db.Grant(ctx, p.ID, p.Organization, p.Role))
	}
	_, err := db.PutResources(ctx, []catalogue.Resource{{
		ID: lives.Resource.ID, Source: "lives", SourceKey: "1", Title: lives.Resource.Title, Provider: lives.Resource.Provider,
	}})
	errs = append(errs, err, db.PutAttachment(ctx, lives.Evidence, lives.Officer), db.PutAttachment(ctx, lives.Proof, lives.Applicant))
	spec, err := lives.InForce()
	errs = append(errs, err, agreedplan.Record(ctx, db, spec))
	return errors.Join(errs...)
}
