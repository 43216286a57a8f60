package signing_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"datacharter/signing"
)

func pemOf(t *testing.T, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// TestSignatures: each algorithm verifies what its own key signed, and nothing else.
func TestSignatures(t *testing.T) {
	message := []byte(`{"platform":"p"}`)
	edPublic, edPrivate, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	smPrivate, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edDER, edErr := x509.MarshalPKIXPublicKey(edPublic)
	smDER, smErr := smx509.MarshalPKIXPublicKey(&smPrivate.PublicKey)
	smSigned, err := smPrivate.Sign(rand.Reader, message, sm2.NewSM2SignerOption(true, nil))
	if err != nil {
		t.Fatal(err)
	}
	for algorithm, c := range map[string]struct {
		pem    string
		signed []byte
	}{
		signing.Ed25519: {pemOf(t, edDER, edErr), ed25519.Sign(edPrivate, message)},
		signing.SM2:     {pemOf(t, smDER, smErr), smSigned},
	} {
		key, err := signing.ParseKey("\n" + c.pem + " \n")
		if err != nil || key.Algorithm != algorithm {
			t.Fatalf("%s: %+v %v", algorithm, key, err)
		}
		if again, err := key.PEM(); err != nil || again != c.pem {
			t.Errorf("%s: written as %q, %v", algorithm, again, err)
		}
		signature := base64.StdEncoding.EncodeToString(c.signed)
		if !key.Verify(message, signature) || !key.Verify(message, signature+"\n") {
			t.Errorf("%s: its own signature does not count", algorithm)
		}
		bent := append([]byte{}, c.signed...)
		bent[len(bent)-1] ^= 1
		for name, wrong := range map[string]string{"none": "", "not base64": "?", "bent": base64.StdEncoding.EncodeToString(bent), "short": base64.StdEncoding.EncodeToString(c.signed[:10])} {
			if key.Verify(message, wrong) {
				t.Errorf("%s: %s counts", algorithm, name)
			}
		}
		if key.Verify(append([]byte(" "), message...), signature) {
			t.Errorf("%s: a signature of another message counts", algorithm)
		}
	}
}

// TestKeysThatCannotBeUsed: other algorithms, private keys and what is no key are refused.
func TestKeysThatCannotBeUsed(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	otherDER, otherErr := x509.MarshalPKIXPublicKey(&p256.PublicKey)
	edPublic, edPrivate, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	privateDER, privateErr := x509.MarshalPKCS8PrivateKey(edPrivate)
	edDER, edErr := x509.MarshalPKIXPublicKey(edPublic)
	good := pemOf(t, edDER, edErr)
	for name, text := range map[string]string{
		"nothing": "", "words": "key", "P-256": pemOf(t, otherDER, otherErr), "a private key": strings.ReplaceAll(pemOf(t, privateDER, privateErr), "PUBLIC", "PRIVATE"),
		"a private key called public": pemOf(t, privateDER, privateErr), "two": good + good, "words before": "x\n" + good, "no DER": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
	} {
		if key, err := signing.ParseKey(text); err == nil {
			t.Errorf("%s is a key: %+v", name, key)
		}
	}
}
