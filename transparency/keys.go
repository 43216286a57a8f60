package transparency

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"
)

// Keys are the two keys of a log: Ed25519, which every reader of such notes knows, and SM2 with SM3 (GB/T 32918) beside it.
type Keys struct {
	Signers   []note.Signer
	Verifiers []note.Verifier
	public    string
}

// Public is what others need for verifying: the name of the log and its keys, a line each.
func (k Keys) Public() string { return k.public }

// Name is the name of the log.
func (k Keys) Name() string { return k.Signers[0].Name() }

// algorithm marks SM2 keys in the format of note keys: 0xff is for those that have no number, followed by their name.
const algorithm = "\xffSM2"

const privatePrefix = "PRIVATE+SM2+"

// ErrKeys says that a text holds no keys of a log.
var ErrKeys = errors.New("transparency: not the keys of a log")

// GenerateKeys makes the private keys of a log as a text of two lines.
func GenerateKeys(random io.Reader, name string) (string, error) {
	ed, _, err := note.GenerateKey(random, name)
	if err != nil {
		return "", err
	}
	sm, err := sm2.GenerateKey(random)
	if err != nil {
		return "", err
	}
	return ed + "\n" + privatePrefix + name + "+" + base64.StdEncoding.EncodeToString(sm.D.FillBytes(make([]byte, 32))) + "\n", nil
}

// ParseKeys reads private keys. No error holds a part of them.
func ParseKeys(private string) (Keys, error) {
	lines := strings.Fields(private)
	if len(lines) != 2 {
		return Keys{}, ErrKeys
	}
	ed, err := note.NewSigner(lines[0])
	if err != nil {
		return Keys{}, ErrKeys
	}
	edKey, err := publicOf(ed.Name(), lines[0])
	if err != nil {
		return Keys{}, err
	}
	sm, err := parseSM2(lines[1], ed.Name())
	if err != nil {
		return Keys{}, err
	}
	public := ed.Name() + "\n" + edKey + "\n" + sm.vkey() + "\n"
	verifiers, err := parseVerifiers(edKey, sm.vkey())
	return Keys{[]note.Signer{ed, sm}, verifiers, public}, err
}

// ParsePublic reads what Public wrote: the name of the log, and its keys for verifying.
func ParsePublic(public string) (name string, keys []note.Verifier, err error) {
	lines := strings.Fields(public)
	if len(lines) != 3 {
		return "", nil, ErrKeys
	}
	keys, err = parseVerifiers(lines[1], lines[2])
	if err != nil || keys[0].Name() != lines[0] || keys[1].Name() != lines[0] {
		return "", nil, ErrKeys
	}
	return lines[0], keys, nil
}

func parseVerifiers(ed, sm string) ([]note.Verifier, error) {
	a, err := note.NewVerifier(ed)
	if err != nil {
		return nil, ErrKeys
	}
	b, err := parseSM2Public(sm)
	return []note.Verifier{a, b}, err
}

// publicOf is the Ed25519 key for verifying that belongs to a private one, which note.NewSigner has read.
func publicOf(name, private string) (string, error) {
	encoded := strings.SplitN(private, "+", 5) // PRIVATE+KEY+name+hash+key
	raw, err := base64.StdEncoding.DecodeString(encoded[len(encoded)-1])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", ErrKeys
	}
	public, is := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	if !is {
		return "", ErrKeys
	}
	return note.NewEd25519VerifierKey(name, public)
}

// sm2Key is an SM2 key as the notes know keys; without the private part it only verifies.
type sm2Key struct {
	name    string
	private *sm2.PrivateKey
	public  *ecdsa.PublicKey
}

func parseSM2(line, name string) (sm2Key, error) {
	encoded, is := strings.CutPrefix(line, privatePrefix+name+"+")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if !is || err != nil {
		return sm2Key{}, ErrKeys
	}
	private, err := sm2.NewPrivateKey(raw)
	if err != nil {
		return sm2Key{}, ErrKeys
	}
	return sm2Key{name, private, &private.PublicKey}, nil
}

func parseSM2Public(vkey string) (sm2Key, error) {
	parts := strings.Split(vkey, "+") // base64 may have some, too
	if len(parts) < 3 {
		return sm2Key{}, ErrKeys
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(parts[2:], "+"))
	point, is := strings.CutPrefix(string(raw), algorithm)
	if err != nil || !is {
		return sm2Key{}, ErrKeys
	}
	public, err := sm2.NewPublicKey([]byte(point))
	k := sm2Key{name: parts[0], public: public}
	if err != nil || k.vkey() != vkey {
		return sm2Key{}, ErrKeys
	}
	return k, nil
}

func (k sm2Key) key() []byte {
	point, err := sm2.PublicKeyToECDH(k.public)
	if err != nil {
		panic("a public key that was parsed or generated: " + err.Error())
	}
	return append([]byte(algorithm), point.Bytes()...)
}

func (k sm2Key) vkey() string {
	return fmt.Sprintf("%s+%08x+%s", k.name, k.KeyHash(), base64.StdEncoding.EncodeToString(k.key()))
}

// Name implements note.Signer and note.Verifier.
func (k sm2Key) Name() string { return k.name }

// KeyHash implements note.Signer and note.Verifier.
func (k sm2Key) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(k.name+"\n"), k.key()...))
	return binary.BigEndian.Uint32(sum[:])
}

// Sign implements note.Signer.
func (k sm2Key) Sign(msg []byte) ([]byte, error) {
	return k.private.Sign(nil, msg, sm2.NewSM2SignerOption(true, nil))
}

// Verify implements note.Verifier.
func (k sm2Key) Verify(msg, sig []byte) bool { return sm2.VerifyASN1WithSM2(k.public, nil, msg, sig) }
