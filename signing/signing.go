// Package signing checks signatures of others' programs: Ed25519 (RFC 8032), and SM2 with SM3 (GB/T 32918, GB/T 32905).
package signing

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// The algorithms. They are stored: never rename one.
const (
	Ed25519 = "ed25519"
	SM2     = "sm2"
)

// Key is a public key for verifying.
type Key struct {
	Algorithm string
	key       crypto.PublicKey
}

// ErrKey says that a text holds no key that can be used.
var ErrKey = errors.New("signing: not a public key of Ed25519 or SM2 in PEM")

const blockType = "PUBLIC KEY" // X.509 SubjectPublicKeyInfo

// ParseKey reads a public key as openssl writes it: one PEM block, with nothing else around it.
func ParseKey(text string) (Key, error) {
	block, rest := pem.Decode([]byte(strings.TrimSpace(text)))
	if block == nil || block.Type != blockType || strings.TrimSpace(string(rest)) != "" || !strings.HasPrefix(strings.TrimSpace(text), "-----BEGIN") {
		return Key{}, ErrKey
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return Key{}, ErrKey
	}
	switch k := key.(type) {
	case ed25519.PublicKey:
		return Key{Ed25519, k}, nil
	case *ecdsa.PublicKey:
		if k.Curve == sm2.P256() {
			return Key{SM2, k}, nil
		}
	}
	return Key{}, ErrKey
}

// PEM writes the key as ParseKey reads it.
func (k Key) PEM() (string, error) {
	der, err := smx509.MarshalPKIXPublicKey(k.key)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der})), nil
}

// Verify reports whether a signature, in base64, fits the message: 64 bytes of Ed25519, or the ASN.1 of SM2 under the usual user ID 1234567812345678.
func (k Key) Verify(message []byte, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(signature))
	if err != nil {
		return false
	}
	switch key := k.key.(type) {
	case ed25519.PublicKey:
		return len(raw) == ed25519.SignatureSize && ed25519.Verify(key, message, raw)
	case *ecdsa.PublicKey:
		return sm2.VerifyASN1WithSM2(key, nil, message, raw)
	default:
		return false
	}
}
