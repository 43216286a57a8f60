package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"testing"
)

func chained() eventRow {
	return eventRow{
		CaseID: "auth-1", Seq: 2, Kind: "authorization", Type: "noted", Schema: 1, At: 1767574800123456, Person: "anna", Organization: "agency",
		Role: "case-officer", CommandID: "k-2", Data: `{"note":"一"}`, PrevHash: bytes.Repeat([]byte{7}, sha256.Size),
	}
}

// TestChainEncoding holds the encoding still: records made with it must be verifiable for ever.
func TestChainEncoding(t *testing.T) {
	e := chained()
	b := []byte("datacharter event 1\n")
	b = append(b, e.PrevHash...)
	text := func(s string) { b = append(append(b, 0, 0, 0, 0, 0, 0, 0, byte(len(s))), s...) }
	text("auth-1")
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 2)
	text("authorization")
	text("noted")
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 1)
	b = append(b, 0x00, 0x06, 0x47, 0x99, 0x94, 0x13, 0x46, 0x40)
	for _, s := range []string{"anna", "agency", "case-officer", "k-2", `{"note":"一"}`} {
		text(s)
	}
	want := sha256.Sum256(b)
	if got := e.chain(); !bytes.Equal(got, want[:]) {
		t.Errorf("hash %x, want %x", got, want)
	}
	const known = "160ff0dadcf50533d22c6c2c84b7837a6d3d0ac001675b12ab143f3e8b7980ab"
	if got := hex.EncodeToString(e.chain()); got != known {
		t.Errorf("hash %s, want %s", got, known)
	}
}

// TestChainCoversEveryColumn changes each column in turn.
func TestChainCoversEveryColumn(t *testing.T) {
	e := chained()
	whole := e.chain()
	for i := range reflect.TypeFor[eventRow]().NumField() {
		name := reflect.TypeFor[eventRow]().Field(i).Name
		changed := e
		field := reflect.ValueOf(&changed).Elem().Field(i)
		switch field.Kind() {
		case reflect.String:
			field.SetString(field.String() + "x")
		case reflect.Slice:
			field.SetBytes(bytes.Repeat([]byte{8}, sha256.Size))
		default:
			field.SetInt(field.Int() + 1)
		}
		if same := bytes.Equal(changed.chain(), whole); same != (name == "Hash") {
			t.Errorf("a change of %s goes unnoticed: %v", name, same)
		}
	}
	moved := e
	moved.Organization, moved.Role = "agencyc", "ase-officer"
	if bytes.Equal(moved.chain(), whole) {
		t.Error("text moved from one column to the next goes unnoticed")
	}
}
