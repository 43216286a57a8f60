package authorization_test

import (
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
)

// accounts are the commands to the case of prices and revenue, in order.
func (r *run) accounts() []string {
	var out []string
	for _, sent := range r.sent {
		if of, rest, _ := strings.Cut(sent, " "); of == authorization.FinanceID(r.a.ID) {
			name, _, _ := strings.Cut(rest, " ")
			out = append(out, name)
		}
	}
	return out
}

// The accounts are opened when operation begins, whatever happens meanwhile they are left alone, and they are told of the end (65号).
func TestAccountsFollowTheAuthorization(t *testing.T) {
	r := operatingByCase(t)
	if got := r.accounts(); !slices.Equal(got, []string{authorization.OpenAccounts}) || !r.a.Accounts {
		t.Fatalf("begun: %v", got)
	}
	r.suspend(t)
	r.resume(t)
	stopped := r.copy(t)
	stopped.openExit(t).exitEnds(t, exit.OutcomeStopped)
	if got := stopped.accounts(); len(got) != 1 {
		t.Errorf("the exit came to nothing: %v", got)
	}
	r.openExit(t).exitEnds(t, exit.OutcomeClosed)
	if got := r.accounts(); !slices.Equal(got, []string{authorization.OpenAccounts, authorization.EndAccounts}) {
		t.Errorf("ended: %v", got)
	}
	older, before := filedByCase(t), *r.policy
	before.Finance = nil
	older.policy = &before
	ended := older.started(t)
	if ended.openExit(t).exitEnds(t, exit.OutcomeClosed); len(ended.accounts()) > 0 || ended.a.Accounts {
		t.Errorf("by an older profile: %v", ended.accounts())
	}
}
