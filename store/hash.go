package store

import (
	"crypto/sha256"
	"encoding/binary"
)

// noHash stands before the first event of a case.
var noHash = make([]byte, sha256.Size)

// chainPrefix separates these hashes from all others; its number changes with the encoding below.
const chainPrefix = "datacharter event 1\n"

// chain is the event's link in the hash chain of its case: the SHA-256 of
//
//	chainPrefix, the hash of the event before (32 zero bytes before the first), then every other column in the order of the table:
//	a text as its length in bytes and its bytes, a number – sequence, schema, microseconds since 1970 – by itself;
//	lengths and numbers as 8 bytes, the greatest first.
//
// The lengths keep the columns from running into each other, so that no two different rows encode alike.
func (e *eventRow) chain() []byte {
	b := make([]byte, 0, 512+len(e.Data))
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text := func(s string) {
		number(int64(len(s)))
		b = append(b, s...)
	}
	b = append(b, chainPrefix...)
	b = append(b, e.PrevHash...)
	text(e.CaseID)
	number(e.Seq)
	text(e.Kind)
	text(e.Type)
	number(int64(e.Schema))
	number(e.At)
	text(e.Person)
	text(e.Organization)
	text(e.Role)
	text(e.CommandID)
	text(e.Data)
	sum := sha256.Sum256(b)
	return sum[:]
}
