package store

import "errors"

// What callers can expect and tell apart with errors.Is. Texts name no personal data.
var (
	// ErrNotFound means that there is no such thing, or that the actor may not see it.
	ErrNotFound = errors.New("store: not found")
	// ErrVersionConflict means that another command changed the case meanwhile: load it again and decide anew.
	ErrVersionConflict = errors.New("store: the case has changed meanwhile")
	// ErrDuplicateCommand means that a command of this ID was recorded meanwhile: read its outcome.
	ErrDuplicateCommand = errors.New("store: this command was recorded already")
	// ErrTaken means that an identifier, credit code or policy version is in use.
	ErrTaken = errors.New("store: already in use")
	// ErrClosed means that the person or organisation is closed.
	ErrClosed = errors.New("store: the person or organisation is closed")
	// ErrRoleNotPossible means that an organisation of this kind cannot give this role.
	ErrRoleNotPossible = errors.New("store: an organisation of this kind cannot give this role")
	// ErrSeparation means that one person would serve an agency and an operator at once.
	ErrSeparation = errors.New("store: nobody serves an agency and an operator at once")
	// ErrBadCursor means that a cursor was not made by this program for this list.
	ErrBadCursor = errors.New("store: not a cursor of this list")
	// ErrTooMany means that a person keeps as many as he may.
	ErrTooMany = errors.New("store: no more may be kept")
	// ErrCut means that an export ended before the list did.
	ErrCut = errors.New("store: the list is longer than an export may be")
	// ErrNotMigrated means that the database lacks migrations of this program.
	ErrNotMigrated = errors.New("the database is not migrated to this program's version: run the migrations first")
	// ErrNewerSchema means that a newer program has migrated the database.
	ErrNewerSchema = errors.New("the database was migrated by a newer version of this program")
)
