package accounts

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// One-time codes follow RFC 6238 in the form that every authenticator app knows: SHA-1, six digits, 30 seconds.
const (
	codeStep   = 30 * time.Second
	codeSkew   = 1 // steps that a device's clock may be off, either way
	codeIssuer = "datacharter"
	qrSize     = 256 // pixels
)

// Enrolment is a secret for one-time codes that its person has yet to confirm.
type Enrolment struct {
	Secret string // base32, to be typed where no picture can be taken
	URL    string // otpauth://…
	PNG    []byte // the URL as a QR code
}

// EnrolCode makes a secret for a person's one-time codes, in place of one not confirmed yet. It demands no code before ConfirmCode.
func (a *Accounts) EnrolCode(ctx context.Context, person string) (Enrolment, *refusal.Refusal, error) {
	return a.enrolment(ctx, person, func(account *store.Account) (*refusal.Refusal, error) {
		if account.CodeConfirmed {
			return refusal.CodeOn.With(), nil
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: codeIssuer, AccountName: account.Username, Algorithm: otp.AlgorithmSHA1})
		if err == nil {
			account.CodeSecret, account.CodeStep = key.Secret(), 0
		}
		return nil, err
	})
}

// PendingCode returns the secret that EnrolCode made, until it is confirmed.
func (a *Accounts) PendingCode(ctx context.Context, person string) (Enrolment, *refusal.Refusal, error) {
	return a.enrolment(ctx, person, func(account *store.Account) (*refusal.Refusal, error) { return pending(account), nil })
}

// pending refuses unless a secret waits to be confirmed.
func pending(account *store.Account) *refusal.Refusal {
	switch {
	case account.CodeConfirmed:
		return refusal.CodeOn.With()
	case account.CodeSecret == "":
		return refusal.CodeOff.With()
	default:
		return nil
	}
}

func (a *Accounts) enrolment(ctx context.Context, person string, prepare rule) (Enrolment, *refusal.Refusal, error) {
	account, refused, err := a.decide(ctx, person, prepare)
	if refused != nil || err != nil {
		return Enrolment{}, refused, err
	}
	query := url.Values{"secret": {account.CodeSecret}, "issuer": {codeIssuer}}
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + codeIssuer + ":" + account.Username, RawQuery: query.Encode()}
	key, err := otp.NewKeyFromURL(address.String())
	if err != nil {
		return Enrolment{}, nil, err
	}
	picture, err := key.Image(qrSize, qrSize)
	if err != nil {
		return Enrolment{}, nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return Enrolment{}, nil, err
	}
	return Enrolment{Secret: key.Secret(), URL: key.URL(), PNG: out.Bytes()}, nil, nil
}

// ConfirmCode turns one-time codes on, after a code has shown that the person's device has the secret.
func (a *Accounts) ConfirmCode(ctx context.Context, person, code string) (*refusal.Refusal, error) {
	_, refused, err := a.decide(ctx, person, func(account *store.Account) (*refusal.Refusal, error) {
		if refused := pending(account); refused != nil {
			return refused, nil
		}
		ok, err := a.useCode(account, code)
		if err == nil && !ok {
			return refusal.CodeWrong.With(), nil
		}
		account.CodeConfirmed = ok
		return nil, err
	})
	return refused, err
}

// VerifyCode checks a one-time code after SignIn or Reenter has asked for one. A code counts once; a wrong one counts as a failed attempt.
func (a *Accounts) VerifyCode(ctx context.Context, person, code string) (*refusal.Refusal, error) {
	var verdict *refusal.Refusal
	_, refused, err := a.decide(ctx, person, func(account *store.Account) (*refusal.Refusal, error) {
		if !account.CodeConfirmed {
			return refusal.CodeOff.With(), nil
		}
		if met := a.policy.begin(account, a.now()); met.locked {
			verdict = locked(*account, a.now())
			return nil, nil
		}
		ok, err := a.useCode(account, code)
		switch {
		case ok:
			succeed(account)
		case account.LockedUntil != nil:
			verdict = locked(*account, a.now())
		default:
			verdict = refusal.CodeWrong.With()
		}
		return nil, err
	})
	if refused == nil {
		refused = verdict
	}
	return refused, err
}

// DisableCode turns a person's one-time codes off, which takes his password.
func (a *Accounts) DisableCode(ctx context.Context, person, password string) (*refusal.Refusal, error) {
	if _, refused, err := a.Reenter(ctx, person, password); refused != nil || err != nil {
		return refused, err
	}
	return a.DropCode(ctx, person)
}

// DropCode turns a person's one-time codes off, for an administrator: the person has lost his device.
func (a *Accounts) DropCode(ctx context.Context, person string) (*refusal.Refusal, error) {
	_, refused, err := a.decide(ctx, person, func(account *store.Account) (*refusal.Refusal, error) {
		if account.CodeSecret == "" {
			return refusal.CodeOff.With(), nil
		}
		account.CodeSecret, account.CodeConfirmed, account.CodeStep = "", false, 0
		return nil, nil
	})
	return refused, err
}

// rule alters an account or refuses, in which case nothing is stored.
type rule func(*store.Account) (*refusal.Refusal, error)

var errRefused = errors.New("accounts: refused")

func (a *Accounts) decide(ctx context.Context, person string, r rule) (store.Account, *refusal.Refusal, error) {
	var refused *refusal.Refusal
	account, err := a.store.ChangeAccount(ctx, person, func(account *store.Account) error {
		var err error
		if refused, err = r(account); err == nil && refused != nil {
			err = errRefused
		}
		return err
	})
	switch {
	case errors.Is(err, errRefused):
		return account, refused, nil
	case errors.Is(err, store.ErrNotFound):
		return account, refusal.NoAccount.With(), nil
	default:
		return account, nil, err
	}
}

// useCode reports whether a code is that of this step or of one next to it, later than the code used last, and notes its use.
func (a *Accounts) useCode(account *store.Account, code string) (bool, error) {
	code = strings.Join(strings.Fields(code), "")
	now := a.now().Unix() / int64(codeStep/time.Second)
	for step := max(now-codeSkew, account.CodeStep+1); step <= now+codeSkew; step++ {
		want, err := hotp.GenerateCodeCustom(account.CodeSecret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return false, err
		}
		if subtle.ConstantTimeCompare([]byte(code), []byte(want)) == 1 {
			account.CodeStep = step
			return true, nil
		}
	}
	return false, nil
}
