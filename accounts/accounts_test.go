package accounts_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/domain/notice"
	"datacharter/domain/refusal"
	"datacharter/store"
)

func TestFirstPassword(t *testing.T) {
	w := setup(t, quick)
	ctx := t.Context()
	w.refused(refusal.NoAccount, mustRefuse(w.ChangePassword(ctx, "anna", "x", good, "")), nil)
	if _, _, err := w.SetTemporary(ctx, "nobody", ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("for nobody: %v", err)
	}
	for _, odd := range []string{"a", strings.Repeat("a", 65), "an na", "anna!", "an\x00na"} {
		_, refused, err := w.SetTemporary(ctx, "anna", odd)
		w.refused(refusal.UsernameForm, refused, err)
	}
	first, refused, err := w.SetTemporary(ctx, "anna", "")
	w.fine(refused, err)
	if first.Username != "anna" || len(first.Password) != 23 {
		t.Fatalf("account %q with a password of %d characters", first.Username, len(first.Password))
	}
	entered, refused, err := w.SignIn(ctx, "anna", first.Password)
	w.fine(refused, err)
	if !entered.MustChange || entered.CodeNeeded {
		t.Errorf("entered %+v", entered)
	}
	w.refused(refusal.PasswordWrong, mustRefuse(w.ChangePassword(ctx, "anna", "wrong", good, "")), nil)
	w.fine(w.ChangePassword(ctx, "anna", first.Password, good, ""))
	entered, refused, err = w.SignIn(ctx, "anna", good)
	w.fine(refused, err)
	if entered.MustChange || w.signIn("anna", first.Password) != "sign-in-failed" {
		t.Errorf("entered %+v", entered)
	}
	if strings.Contains(w.account().Hash, good) || !strings.HasPrefix(w.account().Hash, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("hash %s", w.account().Hash)
	}

	second, refused, err := w.SetTemporary(ctx, "anna", "anna.li")
	w.fine(refused, err)
	if second.Password == first.Password || w.signIn("anna", second.Password) != "sign-in-failed" || w.signIn("anna.li", good) != "sign-in-failed" {
		t.Error("the former name or password still counts")
	}
	w.pass(quick.Temporary)
	if got := w.signIn("anna.li", second.Password); got != "temporary-password-expired" {
		t.Errorf("after a week: %s", got)
	}
	if err := w.store.CreatePerson(ctx, "bert", "某"); err != nil {
		t.Fatal(err)
	}
	_, refused, err = w.SetTemporary(ctx, "bert", "ANNA.LI")
	w.refused(refusal.Taken, refused, err)
}

// mustRefuse is a refusal; an error counts as another one than any test expects.
func mustRefuse(r *refusal.Refusal, err error) *refusal.Refusal {
	if err != nil {
		return refusal.InternalError.With()
	}
	return r
}

func TestNamesAndPasswordsHaveOneForm(t *testing.T) {
	w := withPassword(t, quick)
	for _, name := range []string{"anna.li", "ANNA.LI", " anna.li ", "ａｎｎａ.li"} {
		if got := w.signIn(name, good); got != "" {
			t.Errorf("%q: %s", name, got)
		}
	}
	composed := strings.Replace(good, "Ö", "O\u0308", 1)
	if composed == good || w.signIn("anna.li", composed) != "" {
		t.Error("a password typed in another composition is refused")
	}
	for _, wrong := range []string{"", good + " ", strings.ToLower(good), strings.Repeat("x", 5000), "\x00"} {
		if got := w.signIn("anna.li", wrong); got != "sign-in-failed" {
			t.Errorf("%.20q: %q", wrong, got)
		}
	}
}

func TestClosedPersonCannotSignIn(t *testing.T) {
	w := withPassword(t, quick)
	if err := w.store.ClosePerson(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if got := w.signIn("anna.li", good); got != "sign-in-failed" {
		t.Errorf("refused with %q", got)
	}
}

func TestLockout(t *testing.T) {
	w := withPassword(t, quick)
	fail := func(n int) {
		t.Helper()
		for range n {
			if got := w.signIn("anna.li", "wrong"); got != "sign-in-failed" {
				t.Fatalf("refused with %q", got)
			}
		}
	}
	fail(4)
	if got := w.signIn("anna.li", good); got != "" {
		t.Fatalf("the fifth attempt, a right one: %s", got)
	}
	fail(5) // a success had set the count back
	_, refused, err := w.SignIn(t.Context(), "anna.li", good)
	w.refused(refusal.AccountLocked, refused, err)
	if refused != nil && refused.Params["minutes"] != "15" {
		t.Errorf("locked for %+v", refused.Params)
	}
	w.pass(14*time.Minute + 30*time.Second)
	_, refused, err = w.SignIn(t.Context(), "anna.li", good)
	w.refused(refusal.AccountLocked, refused, err)
	if refused != nil && refused.Params["minutes"] != "1" {
		t.Errorf("locked for %+v", refused.Params)
	}
	fail(3)
	if got := w.signIn("anna.li", good); got != "sign-in-failed" { // the eleventh attempt is not looked at
		t.Errorf("a lock is an oracle: %q", got)
	}
	w.pass(30 * time.Second)
	if got := w.signIn("anna.li", good); got != "" {
		t.Errorf("after the lock: %s", got)
	}

	fail(5)
	temporary, refused, err := w.SetTemporary(t.Context(), "anna", "")
	w.fine(refused, err)
	if got := w.signIn("anna.li", temporary.Password); got != "" {
		t.Errorf("after a reset: %s", got)
	}
}

// Attempts that are made at once are no more guesses than attempts made one after the other.
func TestAttemptsAtOnce(t *testing.T) {
	w := withPassword(t, quick)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, refused, err := w.SignIn(t.Context(), "anna.li", "wrong"); codeOf(refused) != "sign-in-failed" || err != nil {
				t.Errorf("refused %+v, error %v", refused, err)
			}
		})
	}
	wg.Wait()
	if a := w.account(); a.Failures != 10 || a.LockedUntil == nil {
		t.Errorf("%d attempts were looked at, locked until %v", a.Failures, a.LockedUntil)
	}
}

// Somebody unknown costs the same work as somebody known, and nobody's work grows without bound.
func TestWorkIsBoundedAndTheSameForAll(t *testing.T) {
	none := quick
	none.AtOnce, none.Patience = 0, time.Millisecond // nothing can be hashed
	w := withPassword(t, quick)
	w.Accounts = accounts.New(w.store, none, w.now)
	for _, name := range []string{"anna.li", "nobody", "not a name", ""} {
		if got := w.signIn(name, good); got != "sign-in-busy" {
			t.Errorf("%q: %q", name, got)
		}
	}
	if a := w.account(); a.Failures != 0 || a.LockedUntil != nil {
		t.Errorf("an attempt that was not looked at counts: %+v", a)
	}
	_, refused, err := w.SetTemporary(t.Context(), "anna", "")
	w.refused(refusal.SignInBusy, refused, err)

	slow := quick
	slow.RefusalTakes = 50 * time.Millisecond
	w.Accounts = accounts.New(w.store, slow, w.now)
	for _, name := range []string{"anna.li", "nobody", "not a name"} {
		began := time.Now()
		if got := w.signIn(name, "wrong"); got != "sign-in-failed" || time.Since(began) < slow.RefusalTakes {
			t.Errorf("%q: %q after %s", name, got, time.Since(began))
		}
	}
}

func TestHashIsMadeAnewWithOtherParameters(t *testing.T) {
	w := withPassword(t, quick)
	before := w.account()
	stronger := quick
	stronger.Hash.Time = 2
	w.Accounts = accounts.New(w.store, stronger, w.now)
	if got := w.signIn("anna.li", "wrong"); got != "sign-in-failed" || w.account().Hash != before.Hash {
		t.Errorf("a wrong password: %q", got)
	}
	if got := w.signIn("anna.li", good); got != "" || !strings.Contains(w.account().Hash, "t=2") {
		t.Errorf("%q, hash %s", got, w.account().Hash)
	}
	if got := w.signIn("anna.li", good); got != "" || !w.account().PasswordChangedAt.Equal(before.PasswordChangedAt) {
		t.Errorf("with the new hash: %q", got)
	}
}

func TestDefaultsWork(t *testing.T) {
	policy := accounts.Defaults
	policy.RefusalTakes = 0
	w := withPassword(t, policy)
	if got := w.signIn("anna.li", good); got != "" || !strings.Contains(w.account().Hash, "$m=65536,t=3,p=4$") {
		t.Errorf("%q, hash %s", got, w.account().Hash)
	}
}

func TestPasswordRules(t *testing.T) {
	w := withPassword(t, quick)
	for chosen, want := range map[string]refusal.Code{
		"":                              refusal.Required,
		"elevenchars":                   refusal.TooShort,
		"十一个字的密码不够长吗":                   refusal.TooShort,
		"bell\x07bell\x07bell":          refusal.PasswordCharacters,
		strings.Repeat("a1b2c3d4", 200): refusal.TooLong,
		good:                            refusal.PasswordUnchanged,
		"Anna-Li Anna-Li":               refusal.PasswordIsName,
		"my name is anna.li!":           refusal.PasswordIsName,
		"Password2026!!":                refusal.PasswordCommon,
		"2026 P@ssword ssword":          {},
		"1qaz2WSX-3edc":                 refusal.PasswordCommon,
		"woaini-1314-520":               refusal.PasswordCommon,
		"abababababab":                  refusal.PasswordCommon,
		"!!!!!!!!!!!!!":                 refusal.PasswordCommon,
	} {
		refused, err := w.ChangePassword(t.Context(), "anna", good, chosen, "")
		if codeOf(refused) != want.Name || err != nil {
			t.Errorf("%.20q: %q, error %v, want %q", chosen, codeOf(refused), err, want.Name)
		}
		if refused == nil {
			w.fine(w.ChangePassword(t.Context(), "anna", chosen, good, ""))
		}
	}
	w.fine(w.ChangePassword(t.Context(), "anna", good, "十二个字的密码就已经够长", ""))
}

func TestPreferences(t *testing.T) {
	w := setup(t, quick)
	for _, test := range []struct {
		p    store.Preferences
		want refusal.Code
	}{
		{store.Preferences{}, refusal.Code{}},
		{store.Preferences{Language: "en", Unwanted: []notice.Group{notice.Tasks, notice.Meetings}}, refusal.Code{}},
		{store.Preferences{Language: "fr"}, refusal.NotAChoice},
		{store.Preferences{Unwanted: []notice.Group{notice.Exits}}, refusal.NoticeCompulsory},
		{store.Preferences{Unwanted: []notice.Group{notice.Overdue}}, refusal.NoticeCompulsory},
		{store.Preferences{Unwanted: []notice.Group{"weather"}}, refusal.NotAChoice},
	} {
		refused, err := w.SetPreferences(t.Context(), "anna", test.p)
		if codeOf(refused) != test.want.Name || err != nil {
			t.Errorf("%+v: %q, error %v, want %q", test.p, codeOf(refused), err, test.want.Name)
		}
	}
	if p, err := w.store.GetPreferences(t.Context(), "anna"); err != nil || p.Language != "en" || len(p.Unwanted) != 2 {
		t.Errorf("kept: %+v, error %v", p, err)
	}
}
