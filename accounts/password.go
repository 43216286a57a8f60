package accounts

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// Temporary is a new account or a reset one, with the password that is shown once.
type Temporary struct {
	Username string
	Password string
}

// SetTemporary gives a person a temporary password, with an account unless he has one, and ends his sessions. An empty username leaves the present one, or
// is the person's ID for a new account. store.ErrNotFound or store.ErrClosed for a person who is not there.
func (a *Accounts) SetTemporary(ctx context.Context, person, username string) (Temporary, *refusal.Refusal, error) {
	present, err := a.store.GetAccount(ctx, person)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return Temporary{}, nil, err
	case username == "" && err == nil:
		username = present.Username
	case username == "":
		username = person
	}
	folded, ok := foldUsername(username)
	if !ok {
		field := refusal.UsernameForm.At("username", "min", strconv.Itoa(minUsername), "max", strconv.Itoa(maxUsername))
		return Temporary{}, refusal.InvalidFields([]refusal.Field{field}), nil
	}
	password := newPassword()
	hash, err := a.hasher.hash(ctx, password)
	if errors.Is(err, errBusy) {
		return Temporary{}, refusal.SignInBusy.With(), nil
	}
	if err == nil {
		err = a.store.SetTemporaryPassword(ctx, person, folded, hash)
	}
	if errors.Is(err, store.ErrTaken) {
		return Temporary{}, refusal.InvalidFields([]refusal.Field{refusal.Taken.At("username")}), nil
	}
	if err != nil {
		return Temporary{}, nil, err
	}
	return Temporary{Username: folded, Password: password}, nil, nil
}

// newPassword makes a password of 20 letters and digits, 100 random bits, in groups that can be read out: neither 0, 1, 8 nor 9 is among them.
func newPassword() string {
	letters := strings.ToLower(rand.Text())
	return strings.Join([]string{letters[:5], letters[5:10], letters[10:15], letters[15:20]}, "-")
}

// ChangePassword replaces a person's password by one of his choice, in the fields "current" and "new", and ends his sessions but the one of the hash keep.
func (a *Accounts) ChangePassword(ctx context.Context, person, current, chosen, keep string) (*refusal.Refusal, error) {
	account, err := a.store.GetAccount(ctx, person)
	if errors.Is(err, store.ErrNotFound) {
		return refusal.NoAccount.With(), nil
	}
	if err != nil {
		return nil, err
	}
	if fault := a.policy.check(chosen, current, account.Username); fault != nil {
		return refusal.InvalidFields([]refusal.Field{*fault}), nil
	}
	if _, refused, err := a.enter(ctx, person, current, refusal.PasswordWrong); refused != nil || err != nil {
		if refused != nil && refused.Code == refusal.PasswordWrong.Name {
			refused = refusal.InvalidFields([]refusal.Field{refusal.PasswordWrong.At("current")})
		}
		return refused, err
	}
	hash, err := a.hasher.hash(ctx, chosen)
	if errors.Is(err, errBusy) {
		return refusal.SignInBusy.With(), nil
	}
	if err != nil {
		return nil, err
	}
	return nil, a.store.SetPassword(ctx, person, hash, keep)
}

// common lists passwords and their beginnings that are guessed first, in letters and digits only.
//
//go:embed common.txt
var common string

// minDistinct is how many different characters a password has at least.
const minDistinct = 5

// check says what is wrong with a password that a person chose, or nil.
func (p Policy) check(chosen, current, username string) *refusal.Field {
	const path = "new"
	password, ok := plain(chosen)
	was, _ := plain(current)
	length, core, name := len([]rune(password)), lettersAndDigits(password), lettersAndDigits(username)
	var fault refusal.Field
	switch {
	case len(chosen) > maxBytes:
		fault = refusal.TooLong.At(path, "max", strconv.Itoa(maxBytes/4))
	case chosen == "":
		fault = refusal.Required.At(path)
	case !ok:
		fault = refusal.PasswordCharacters.At(path)
	case length < p.MinLength:
		fault = refusal.TooShort.At(path, "min", strconv.Itoa(p.MinLength))
	case password == was:
		fault = refusal.PasswordUnchanged.At(path)
	case core == name, len(name) > 3 && strings.Contains(core, name):
		fault = refusal.PasswordIsName.At(path)
	case isCommon(core), distinct(password) < minDistinct:
		fault = refusal.PasswordCommon.At(path)
	default:
		return nil
	}
	return &fault
}

// isCommon reports whether the letters and digits of a password are in the list, as they are or without the digits around them.
func isCommon(core string) bool {
	bare := strings.TrimFunc(core, unicode.IsDigit)
	for word := range strings.FieldsSeq(common) {
		if word == core || word == bare {
			return true
		}
	}
	return false
}

func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// notInUsername reports whether a character does not belong into a user name.
func notInUsername(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_@", r)
}
