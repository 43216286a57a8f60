package accounts_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"datacharter/domain/refusal"
)

// code is the one-time code of a secret at the world's time, moved by d.
func (w *world) code(secret string, d time.Duration) string {
	w.t.Helper()
	code, err := totp.GenerateCode(secret, w.now().Add(d))
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

// withCode is a world in which anna uses one-time codes; it returns her secret.
func withCode(t *testing.T) (*world, string) {
	t.Helper()
	w := withPassword(t, quick)
	e, refused, err := w.EnrolCode(t.Context(), "anna")
	w.fine(refused, err)
	w.fine(w.ConfirmCode(t.Context(), "anna", w.code(e.Secret, 0)))
	w.pass(time.Minute)
	return w, e.Secret
}

func TestEnrolment(t *testing.T) {
	w := withPassword(t, quick)
	ctx := t.Context()
	_, refused, err := w.PendingCode(ctx, "anna")
	w.refused(refusal.CodeOff, refused, err)
	w.refused(refusal.CodeOff, mustRefuse(w.ConfirmCode(ctx, "anna", "123456")), nil)
	w.refused(refusal.CodeOff, mustRefuse(w.VerifyCode(ctx, "anna", "123456")), nil)
	w.refused(refusal.CodeOff, mustRefuse(w.DropCode(ctx, "anna")), nil)
	_, refused, err = w.EnrolCode(ctx, "nobody")
	w.refused(refusal.NoAccount, refused, err)

	first, refused, err := w.EnrolCode(ctx, "anna")
	w.fine(refused, err)
	second, refused, err := w.EnrolCode(ctx, "anna")
	w.fine(refused, err)
	again, refused, err := w.PendingCode(ctx, "anna")
	w.fine(refused, err)
	if first.Secret == second.Secret || again.URL != second.URL || len(second.Secret) != 32 {
		t.Errorf("first %s, second %s, pending %s", first.URL, second.URL, again.URL)
	}
	if want := "otpauth://totp/datacharter:anna.li?issuer=datacharter&secret=" + second.Secret; second.URL != want {
		t.Errorf("URL %s, want %s", second.URL, want)
	}
	if picture, err := png.Decode(bytes.NewReader(second.PNG)); err != nil || picture.Bounds().Dx() != 256 {
		t.Errorf("picture: %v", err)
	}
	entered, refused, err := w.SignIn(ctx, "anna.li", good)
	if w.fine(refused, err); entered.CodeNeeded {
		t.Error("a code is asked for before it was confirmed")
	}
	w.refused(refusal.CodeWrong, mustRefuse(w.ConfirmCode(ctx, "anna", w.code(first.Secret, 0))), nil)
	w.fine(w.ConfirmCode(ctx, "anna", w.code(second.Secret, 0)))
	_, refused, err = w.EnrolCode(ctx, "anna")
	w.refused(refusal.CodeOn, refused, err)
	_, refused, err = w.PendingCode(ctx, "anna")
	w.refused(refusal.CodeOn, refused, err)
	entered, refused, err = w.SignIn(ctx, "anna.li", good)
	if w.fine(refused, err); !entered.CodeNeeded {
		t.Error("no code is asked for")
	}
}

func TestCodeCountsOnce(t *testing.T) {
	w, secret := withCode(t)
	verify := func(code string) string { return codeOf(mustRefuse(w.VerifyCode(t.Context(), "anna", code))) }
	code := w.code(secret, -30*time.Second)
	if got := verify(code[:3] + " " + code[3:]); got != "" {
		t.Errorf("the code of the step before: %s", got)
	}
	if got := verify(code); got != "code-wrong" {
		t.Errorf("the same code again: %q", got)
	}
	if got := verify(w.code(secret, 30*time.Second)); got != "" {
		t.Errorf("the code of the next step: %s", got)
	}
	if got := verify(w.code(secret, 0)); got != "code-wrong" {
		t.Errorf("a code older than the one used last: %q", got)
	}
	w.pass(time.Hour)
	for _, d := range []time.Duration{-time.Minute, time.Minute} {
		if got := verify(w.code(secret, d)); got != "code-wrong" {
			t.Errorf("a code off by %s: %q", d, got)
		}
	}
	for _, odd := range []string{"", "12345", strings.Repeat("1", 1000)} {
		w.pass(time.Hour)
		w.fine(w.VerifyCode(t.Context(), "anna", w.code(secret, 0)))
		if got := verify(odd); got != "code-wrong" {
			t.Errorf("%.10q: %q", odd, got)
		}
	}
}

// Whoever knows the password cannot try codes without end, and entering the password again does not set the count back.
func TestWrongCodesLock(t *testing.T) {
	w, secret := withCode(t)
	var got []string
	for range 6 {
		if code := w.signIn("anna.li", good); code != "" {
			got = append(got, code)
			break
		}
		got = append(got, codeOf(mustRefuse(w.VerifyCode(t.Context(), "anna", "000000"))))
	}
	if want := "code-wrong code-wrong code-wrong code-wrong account-locked account-locked"; strings.Join(got, " ") != want {
		t.Errorf("refused with %v, want %s", got, want)
	}
	w.refused(refusal.AccountLocked, mustRefuse(w.VerifyCode(t.Context(), "anna", w.code(secret, 0))), nil)
	w.pass(15 * time.Minute)
	if got := w.signIn("anna.li", good); got != "" {
		t.Errorf("after the lock: %s", got)
	}
	w.fine(w.VerifyCode(t.Context(), "anna", w.code(secret, 0)))
	if a := w.account(); a.Failures != 0 {
		t.Errorf("%d failures after a success", a.Failures)
	}
}

func TestDisableCode(t *testing.T) {
	w, _ := withCode(t)
	w.refused(refusal.PasswordWrong, mustRefuse(w.DisableCode(t.Context(), "anna", "wrong")), nil)
	w.fine(w.DisableCode(t.Context(), "anna", good))
	if a := w.account(); a.CodeSecret != "" || a.CodeConfirmed {
		t.Errorf("left: %+v", a)
	}
	w, _ = withCode(t)
	w.fine(w.DropCode(t.Context(), "anna"))
	entered, refused, err := w.SignIn(t.Context(), "anna.li", good)
	if w.fine(refused, err); entered.CodeNeeded {
		t.Error("a code is asked for")
	}
}
