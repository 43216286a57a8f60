package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Account is what a person needs to sign in with a password. All times are real times.
type Account struct {
	Person            string
	Username          string     // case-folded
	Hash              string     // of the password
	MustChange        bool       // the password is a temporary one that somebody else knows
	Failures          int        // attempts since the last that succeeded
	LockedUntil       *time.Time // nil when it is not locked
	CodeSecret        string     // of the second factor; empty when there is none
	CodeConfirmed     bool       // the person has shown that he holds the secret
	CodeStep          int64      // of the code that was used last
	PasswordChangedAt time.Time
}

type accountRow struct {
	Person            string `gorm:"primaryKey"`
	Username          string
	Hash              string
	MustChange        bool
	Failures          int
	LockedUntil       sql.NullInt64
	CodeSecret        string
	CodeConfirmed     bool
	CodeStep          int64
	PasswordChangedAt int64
}

func (accountRow) TableName() string { return "accounts" }

func (r accountRow) account() Account {
	return Account{
		Person: r.Person, Username: r.Username, Hash: r.Hash, MustChange: r.MustChange, Failures: r.Failures, LockedUntil: fromOptionalMicros(r.LockedUntil),
		CodeSecret: r.CodeSecret, CodeConfirmed: r.CodeConfirmed, CodeStep: r.CodeStep, PasswordChangedAt: fromMicros(r.PasswordChangedAt),
	}
}

func newAccountRow(a Account) accountRow {
	return accountRow{
		Person: a.Person, Username: a.Username, Hash: a.Hash, MustChange: a.MustChange, Failures: a.Failures, LockedUntil: optionalMicros(a.LockedUntil),
		CodeSecret: a.CodeSecret, CodeConfirmed: a.CodeConfirmed, CodeStep: a.CodeStep, PasswordChangedAt: micros(a.PasswordChangedAt),
	}
}

// GetAccount returns a person's account; ErrNotFound when he has none or is closed.
func (s *Store) GetAccount(ctx context.Context, person string) (Account, error) {
	return s.account(ctx, "a.person = ?", person)
}

// AccountNamed returns the account of a case-folded user name; ErrNotFound when there is none or its person is closed.
func (s *Store) AccountNamed(ctx context.Context, username string) (Account, error) {
	return s.account(ctx, "a.username = ?", username)
}

func (s *Store) account(ctx context.Context, condition, value string) (Account, error) {
	var row accountRow
	err := s.lookUp(ctx).Table("accounts AS a").Select("a.*").Joins("JOIN people p ON p.id = a.person AND p.closed_at IS NULL").
		Where(condition, value).Take(&row).Error
	return row.account(), s.found(err)
}

// ChangeAccount lets change alter an account that nobody else changes meanwhile, and returns what became of it. Nothing is stored when change fails.
// ErrNotFound or ErrClosed for who has no account or is closed. It ends no session: see SetPassword.
func (s *Store) ChangeAccount(ctx context.Context, person string, change func(*Account) error) (Account, error) {
	var after Account
	err := s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		var before accountRow
		if err := db.Take(&before, "person = ?", person).Error; err != nil {
			return s.found(err)
		}
		after = before.account()
		if err := change(&after); err != nil {
			return err
		}
		row := newAccountRow(after)
		if row == before {
			return nil
		}
		return s.orTaken(db.Select("*").Omit("person").Updates(&row).Error)
	})
	return after, err
}

// SetPassword gives a person who has an account a password of his own choice, which ends a lock, and ends his sessions but the one of the hash keep.
// ErrNotFound or ErrClosed for who has no account or is closed.
func (s *Store) SetPassword(ctx context.Context, person, hash, keep string) error {
	return s.setPassword(ctx, person, keep, func(row *accountRow) { row.Hash, row.MustChange = hash, false })
}

// SetTemporaryPassword gives a person a password that he must change, making the account unless he has one, which ends a lock and his sessions.
// An empty username leaves the present one; ErrTaken when another person has it, ErrNotFound or ErrClosed for a person who is not there.
func (s *Store) SetTemporaryPassword(ctx context.Context, person, username, hash string) error {
	return s.setPassword(ctx, person, "", func(row *accountRow) {
		row.Hash, row.MustChange = hash, true
		if username != "" {
			row.Username = username
		}
	})
}

func (s *Store) setPassword(ctx context.Context, person, keep string, set func(*accountRow)) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		row, save := accountRow{}, db.Select("*").Omit("person").Updates
		err := db.Take(&row, "person = ?", person).Error
		missing := errors.Is(err, gorm.ErrRecordNotFound)
		if err != nil && !missing {
			return err
		}
		set(&row)
		row.Failures, row.LockedUntil, row.PasswordChangedAt = 0, sql.NullInt64{}, micros(s.wallNow())
		if missing {
			if row.Username == "" {
				return ErrNotFound
			}
			row.Person, save = person, db.Create
		}
		if err := s.orTaken(save(&row).Error); err != nil {
			return err
		}
		return s.endSessions(db, person, keep)
	})
}
