package register

import (
	"crypto/sha256"
	"strings"
)

// letters are those of Crockford's base 32: none looks like another one.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeLength = 12 // of 5 bits each: of a million entries, two have the same code once in two million registers
	codeGroup  = 4
)

// Code is the short code of an entry, such as 7K3M-P0QX-42TB: it leads to the state of the authorisation today, from whatever it is printed on. It
// follows from the ID, so that it is the same in every copy of the register.
func Code(id string) string {
	sum := sha256.Sum256([]byte("datacharter register code " + id))
	var out strings.Builder
	bits, held := 0, uint(0)
	for i, at := 0, 0; i < codeLength; i++ {
		if bits < 5 {
			held, bits, at = held<<8|uint(sum[at]), bits+8, at+1
		}
		if i > 0 && i%codeGroup == 0 {
			out.WriteByte('-')
		}
		bits -= 5
		out.WriteByte(letters[held>>bits&31])
	}
	return out.String()
}

// looksLike are letters that are read for others.
var looksLike = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "")

// ParseCode reads a code as people copy it: with or without hyphens, in any case, with O for 0 and I or L for 1. It returns false for what is none.
func ParseCode(typed string) (string, bool) {
	plain := looksLike.Replace(strings.ToUpper(typed))
	if len(plain) != codeLength || strings.Trim(plain, letters) != "" {
		return "", false
	}
	return plain[:codeGroup] + "-" + plain[codeGroup:2*codeGroup] + "-" + plain[2*codeGroup:], true
}
