package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/secure/precis"
)

// Parameters are those of argon2id. A hash carries its own, so that they can be raised at any time: an account's hash is made anew when its person
// signs in next.
type Parameters struct {
	Time    uint32 // passes
	Memory  uint32 // KiB
	Threads uint8
}

// Recommended is the second choice of RFC 9106, section 4, for memory-constrained environments.
var Recommended = Parameters{Time: 3, Memory: 64 << 10, Threads: 4}

const (
	saltBytes = 16
	hashBytes = 32
	maxBytes  = 1024 // of a password; nobody types more, and hashing it would cost
)

// errBusy means that an attempt had to wait too long for its turn.
var errBusy = errors.New("accounts: too many passwords to hash")

// hasher hashes passwords, a few at a time: each takes much memory.
type hasher struct {
	parameters Parameters
	patience   time.Duration
	turns      chan struct{}
	decoy      string // the hash of no password, for who has no account
}

func newHasher(p Policy) *hasher {
	salt, key := make([]byte, saltBytes), make([]byte, hashBytes)
	rand.Read(salt) // it never returns an error
	rand.Read(key)
	return &hasher{parameters: p.Hash, patience: p.Patience, turns: make(chan struct{}, p.AtOnce), decoy: encode(p.Hash, salt, key)}
}

// derive computes argon2id when its turn comes.
func (h *hasher) derive(ctx context.Context, password string, salt []byte, p Parameters) ([]byte, error) {
	patience := time.NewTimer(h.patience)
	defer patience.Stop()
	select {
	case h.turns <- struct{}{}:
	case <-patience.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.turns }()
	return argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, hashBytes), nil
}

// hash makes a hash with a new salt; the password must be one that plain accepts.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	password, _ = plain(password)
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := h.derive(ctx, password, salt, h.parameters)
	if err != nil {
		return "", err
	}
	return encode(h.parameters, salt, key), nil
}

// verify reports whether a hash is the password's, after the same work whatever the password is.
func (h *hasher) verify(ctx context.Context, hash, password string) (bool, error) {
	p, salt, want, err := decode(hash)
	if err != nil {
		return false, err
	}
	password, acceptable := plain(password)
	key, err := h.derive(ctx, password, salt, p)
	return err == nil && acceptable && subtle.ConstantTimeCompare(key, want) == 1, err
}

// outdated reports whether a hash was made with other parameters than those of now.
func (h *hasher) outdated(hash string) bool {
	p, _, _, err := decode(hash)
	return err != nil || p != h.parameters
}

// plain brings a password into the form that is hashed (RFC 8265), so that it does not matter how a keyboard composes a character.
// False for one that no account has: empty, too long or with control characters.
func plain(password string) (string, bool) {
	if len(password) > maxBytes {
		return "", false
	}
	p, err := precis.OpaqueString.String(password)
	if err != nil {
		return "", false
	}
	return p, true
}

// encode writes a hash in PHC form.
func encode(p Parameters, salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Time, p.Threads, b.EncodeToString(salt), b.EncodeToString(key))
}

var errHash = errors.New("accounts: a stored password hash is not in the form of argon2id")

func decode(hash string) (p Parameters, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); err != nil || p.Time == 0 || p.Threads == 0 {
		return p, nil, nil, errHash
	}
	salt, err1 := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) != hashBytes {
		return p, nil, nil, errHash
	}
	return p, salt, key, nil
}
