package accounts

import (
	"strconv"
	"time"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// attempt is how the counting of an attempt to sign in meets it.
type attempt struct {
	looked bool // its password is looked at
	locked bool // the account was locked before it
}

// begin counts an attempt as a failure until it proves to be none.
func (p Policy) begin(a *store.Account, now time.Time) attempt {
	if a.LockedUntil != nil && !now.Before(*a.LockedUntil) {
		a.Failures, a.LockedUntil = 0, nil
	}
	met := attempt{looked: a.Failures < 2*p.Failures, locked: a.LockedUntil != nil}
	if met.looked {
		a.Failures++
	}
	if !met.locked && a.Failures >= p.Failures {
		until := now.Add(p.LockedFor)
		a.LockedUntil = &until
	}
	return met
}

// refund takes back the count of an attempt, and the lock that it brought.
func (p Policy) refund(a *store.Account) {
	a.Failures = max(a.Failures-1, 0)
	if a.Failures < p.Failures {
		a.LockedUntil = nil
	}
}

// succeed forgets failures: the person has proved who he is.
func succeed(a *store.Account) { a.Failures, a.LockedUntil = 0, nil }

// locked refuses for a lock, with the minutes until it ends, at least one.
func locked(a store.Account, now time.Time) *refusal.Refusal {
	minutes := 1
	if a.LockedUntil != nil {
		minutes = max(minutes, int((a.LockedUntil.Sub(now)+time.Minute-1)/time.Minute))
	}
	return refusal.AccountLocked.With("minutes", strconv.Itoa(minutes))
}
