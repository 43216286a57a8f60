// Package accounts holds the rules of signing in: passwords, lockout, one-time codes, sessions and what a person chooses for himself.
// Package openid beside it signs people in through an identity provider.
//
// All times are real times, whatever clock the business runs by. No function logs or returns a password, a code or a name.
package accounts

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// Policy is how strictly people sign in. Every figure in Defaults is this system's choice: no rule of law sets it.
type Policy struct {
	Failures     int           // so many failed attempts in a row, of password or code, lock an account
	LockedFor    time.Duration // for so long; attempts meanwhile do not prolong it
	Temporary    time.Duration // a temporary password that was not changed within this time counts no longer
	MinLength    int           // of a password, in characters
	Hash         Parameters
	AtOnce       int           // so many passwords are hashed at a time, each with the memory of Hash
	Patience     time.Duration // an attempt waits so long for its turn
	RefusalTakes time.Duration // no refusal of a password comes sooner, so that its time tells nothing
}

// Defaults are the policy unless another is set.
var Defaults = Policy{
	Failures: 5, LockedFor: 15 * time.Minute, Temporary: 7 * 24 * time.Hour, MinLength: 12,
	Hash: Recommended, AtOnce: 2, Patience: 10 * time.Second, RefusalTakes: 500 * time.Millisecond,
}

// Accounts signs people in with passwords. It is safe for concurrent use.
type Accounts struct {
	store  *store.Store
	policy Policy
	now    func() time.Time
	hasher *hasher
}

// New makes the rules for the accounts of a store; now tells real time, as time.Now does.
func New(s *store.Store, p Policy, now func() time.Time) *Accounts {
	return &Accounts{store: s, policy: p, now: now, hasher: newHasher(p)}
}

// Entered is what came of a right password.
type Entered struct {
	Person     string
	CodeNeeded bool // the person is not signed in before VerifyCode has accepted a code
	MustChange bool // nothing but ChangePassword may follow: somebody else knows the password
}

// SignIn checks a user name and password. Who gives an unknown name, a wrong password or any password that is not looked at gets the same answer after
// the same work. Every attempt is counted before its password is looked at, so that many at once try no more than one after the other.
//
// While an account is locked, as many attempts again are looked at as it took to lock it: whoever gives the right password among them is told of the
// lock. A lock thus lets Policy.Failures more guesses through, and no more, however many are made.
func (a *Accounts) SignIn(ctx context.Context, username, password string) (Entered, *refusal.Refusal, error) {
	person := ""
	if folded, ok := foldUsername(username); ok {
		account, err := a.store.AccountNamed(ctx, folded)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return Entered{}, nil, err
		}
		person = account.Person
	}
	return a.enter(ctx, person, password, refusal.SignInFailed)
}

// Reenter checks the password of somebody who is signed in, as SignIn does. It is complete once VerifyCode has accepted a code where one is needed.
func (a *Accounts) Reenter(ctx context.Context, person, password string) (Entered, *refusal.Refusal, error) {
	return a.enter(ctx, person, password, refusal.PasswordWrong)
}

// enter looks at an attempt by a person, empty when there is nobody of the name, and refuses a wrong password with the code.
func (a *Accounts) enter(ctx context.Context, person, password string, wrong refusal.Code) (Entered, *refusal.Refusal, error) {
	earliest := time.NewTimer(a.policy.RefusalTakes)
	defer earliest.Stop()
	account, met, err := a.begin(ctx, person)
	if err != nil {
		return Entered{}, nil, err
	}
	hash := a.hasher.decoy
	if met.looked {
		hash = account.Hash
	}
	right, err := a.hasher.verify(ctx, hash, password)
	switch {
	case errors.Is(err, errBusy):
		return Entered{}, refusal.SignInBusy.With(), a.change(context.WithoutCancel(ctx), person, a.policy.refund)
	case err != nil:
		return Entered{}, nil, errors.Join(err, a.change(context.WithoutCancel(ctx), person, a.policy.refund))
	case met.looked && right && !met.locked:
		return a.entered(ctx, account, password)
	}
	select {
	case <-earliest.C:
	case <-ctx.Done():
		return Entered{}, nil, ctx.Err()
	}
	if met.looked && right {
		return Entered{}, locked(account, a.now()), nil
	}
	return Entered{}, wrong.With(), nil
}

// begin counts an attempt. For nobody, it is one that is not looked at.
func (a *Accounts) begin(ctx context.Context, person string) (store.Account, attempt, error) {
	var met attempt
	if person == "" {
		return store.Account{}, met, nil
	}
	account, err := a.store.ChangeAccount(ctx, person, func(account *store.Account) error {
		met = a.policy.begin(account, a.now())
		return nil
	})
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrClosed) {
		return store.Account{}, attempt{}, nil
	}
	return account, met, err
}

// change alters a person's account; one that is not there stays away.
func (a *Accounts) change(ctx context.Context, person string, change func(*store.Account)) error {
	if person == "" {
		return nil
	}
	_, err := a.store.ChangeAccount(ctx, person, func(account *store.Account) error { change(account); return nil })
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrClosed) {
		return nil
	}
	return err
}

// entered ends an attempt with the right password. While a code is still to come, it counts as no attempt but proves nothing either.
func (a *Accounts) entered(ctx context.Context, account store.Account, password string) (Entered, *refusal.Refusal, error) {
	fresh := ""
	if a.hasher.outdated(account.Hash) {
		var err error
		if fresh, err = a.hasher.hash(ctx, password); err != nil && !errors.Is(err, errBusy) { // if others wait, there is a next time
			return Entered{}, nil, err
		}
	}
	err := a.change(ctx, account.Person, func(now *store.Account) {
		if account.CodeConfirmed {
			a.policy.refund(now)
		} else {
			succeed(now)
		}
		if fresh != "" && now.Hash == account.Hash {
			now.Hash = fresh
		}
	})
	if err == nil && account.MustChange && a.now().Sub(account.PasswordChangedAt) >= a.policy.Temporary {
		return Entered{}, refusal.TemporaryExpired.With(), nil
	}
	return Entered{Person: account.Person, CodeNeeded: account.CodeConfirmed, MustChange: account.MustChange}, nil, err
}

// The lengths of a user name, in characters.
const (
	minUsername = 2
	maxUsername = 64
)

// foldUsername brings a user name into the form in which it is stored (RFC 8265): case and width do not matter. False for what can be none.
func foldUsername(name string) (string, bool) {
	folded, err := precis.UsernameCaseMapped.String(strings.TrimSpace(name))
	n := utf8.RuneCountInString(folded)
	return folded, err == nil && n >= minUsername && n <= maxUsername && !strings.ContainsFunc(folded, notInUsername)
}
