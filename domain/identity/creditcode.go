package identity

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// CreditCode is a unified social credit code (统一社会信用代码, GB 32100-2015 [seen]) that ParseCreditCode accepted. Its 18 characters are:
// registration department, entity kind, 6 of the registering body's division (GB/T 2260), 9 of the organisation code (GB 11714), check.
// Codes compare with ==. The zero value is no code; it is written as the empty text.
type CreditCode struct{ code string }

const (
	creditCodeSize     = 18
	creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // a character's value is its index; I, O, S, V and Z are left out
)

// creditCodeWeights are 3^i mod 31.
var creditCodeWeights = [creditCodeSize - 1]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CreditCodeFault says what is wrong with a credit code.
type CreditCodeFault string

// The faults, in the order in which they are looked for.
const (
	CreditCodeLength     CreditCodeFault = "length"     // not 18 characters
	CreditCodeCharacter  CreditCodeFault = "character"  // a character outside the alphabet, a small letter for instance
	CreditCodeDepartment CreditCodeFault = "department" // no registration department has the first character
	CreditCodeCheck      CreditCodeFault = "check"      // the check character is not that of the others
)

// CreditCodeError is why ParseCreditCode refused. It does not repeat the code.
type CreditCodeError struct {
	Fault    CreditCodeFault
	Position int // of the character at fault, from 1; 0 when it is the length
}

func (e CreditCodeError) Error() string {
	if e.Position == 0 {
		return fmt.Sprintf("unified social credit code: %s", e.Fault)
	}
	return fmt.Sprintf("unified social credit code: %s, at position %d", e.Fault, e.Position)
}

// ParseCreditCode accepts a code exactly as GB 32100 writes it, in capitals and without spaces. An error is a CreditCodeError.
//
// Of registration departments only A is refused: it is none of the standard's 1, 5, 9 and Y [known]. Later lists are said to give it to
// military institutions [unsure], who do not apply here. The check inside the organisation code is not asked for: see OrganizationChecks.
func ParseCreditCode(s string) (CreditCode, error) {
	if err := checkCharacters(s, creditCodeSize); err != nil {
		return CreditCode{}, err
	}
	if s[0] == 'A' {
		return CreditCode{}, CreditCodeError{CreditCodeDepartment, 1}
	}
	if s[creditCodeSize-1] != creditCodeCheck(s) {
		return CreditCode{}, CreditCodeError{CreditCodeCheck, creditCodeSize}
	}
	return CreditCode{s}, nil
}

// ComputeCheck returns the check character for the first 17 characters of a code.
func ComputeCheck(first17 string) (byte, error) {
	if err := checkCharacters(first17, creditCodeSize-1); err != nil {
		return 0, err
	}
	return creditCodeCheck(first17), nil
}

func checkCharacters(s string, length int) error {
	if utf8.RuneCountInString(s) != length {
		return CreditCodeError{Fault: CreditCodeLength}
	}
	position := 0
	for _, r := range s {
		position++
		if !strings.ContainsRune(creditCodeAlphabet, r) {
			return CreditCodeError{CreditCodeCharacter, position}
		}
	}
	return nil
}

// creditCodeCheck computes the check from the first 17 characters, all of the alphabet: 31 − Σ value·weight mod 31, where 31 is 0.
func creditCodeCheck(s string) byte {
	sum := 0
	for i, w := range creditCodeWeights {
		sum += w * strings.IndexByte(creditCodeAlphabet, s[i])
	}
	const modulus = len(creditCodeAlphabet)
	return creditCodeAlphabet[(modulus-sum%modulus)%modulus]
}

// OrganizationChecks reports whether the organisation code inside also has the check character of GB 11714 [known].
// Codes given during the transition may lack it [unsure], so it is a hint for the reader and no ground to refuse.
func (c CreditCode) OrganizationChecks() bool {
	const start, length = 8, 8
	if c.code == "" {
		return false
	}
	return c.code[start+length] == organizationCheck(c.code[start:start+length])
}

// organizationCheck returns the GB 11714 check of 8 characters: 11 − Σ value·weight mod 11, where 10 is X and 11 is 0;
// a letter's value goes from A = 10 to Z = 35.
func organizationCheck(s string) byte {
	sum := 0
	for i, w := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		value := int(s[i] - '0')
		if s[i] >= 'A' {
			value = int(s[i]-'A') + 10
		}
		sum += w * value
	}
	return "0X987654321"[sum%11]
}

// String returns the 18 characters, and the empty text for the zero value.
func (c CreditCode) String() string { return c.code }

// IsZero reports whether c is no code.
func (c CreditCode) IsZero() bool { return c.code == "" }

// MarshalText writes the code.
func (c CreditCode) MarshalText() ([]byte, error) { return []byte(c.code), nil }

// UnmarshalText reads a code as ParseCreditCode does, and the empty text as no code.
func (c *CreditCode) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = CreditCode{}
		return nil
	}
	parsed, err := ParseCreditCode(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// FictitiousCreditCode returns a code for demonstrations and tests that passes every check and belongs to nobody: its division is
// 010000, and GB/T 2260 gives no province a number that begins with 0, so no body can have registered it [known].
// Numbers from 0 to 99,999,999 give distinct codes; beyond that they repeat.
func FictitiousCreditCode(n int) CreditCode {
	const unallocatedDivision = "010000"
	organization := fmt.Sprintf("%08d", uint64(n)%100_000_000)
	first17 := "91" + unallocatedDivision + organization + string(organizationCheck(organization))
	return CreditCode{first17 + string(creditCodeCheck(first17))}
}
