package identity_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"datacharter/domain/identity"

	"pgregory.net/rapid"
)

const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// The file holds codes seen in public text, with verdicts.
func TestCreditCodesSeenInPublic(t *testing.T) {
	file, err := os.Open("testdata/uscc_codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 16 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		code, verdict, why := row[0], row[1], row[2]
		parsed, err := identity.ParseCreditCode(code)
		if (err == nil) != (verdict == "valid") {
			t.Errorf("%s is %s (%s), got %v", code, verdict, why, err)
		}
		if err == nil && parsed.String() != code {
			t.Errorf("%s became %s", code, parsed)
		}
		if expected, ok := strings.CutPrefix(why, "check character should be "); ok {
			if got, err := identity.ComputeCheck(code[:17]); err != nil || string(got) != expected {
				t.Errorf("%s: check %c, %v, want %s", code, got, err, expected)
			}
		}
	}
}

func TestParseCreditCode(t *testing.T) {
	for _, code := range []string{"91330100799655058B", "9144030071526726XG", "914403001922038216", "91350100M000100Y43"} {
		if got, err := identity.ParseCreditCode(code); err != nil || got.String() != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	for code, want := range map[string]identity.CreditCodeError{
		"":                      {Fault: identity.CreditCodeLength},
		"91330100799655058":     {Fault: identity.CreditCodeLength},
		"91330100799655058B ":   {Fault: identity.CreditCodeLength},
		"91350100M000100Y4Z":    {Fault: identity.CreditCodeCharacter, Position: 18}, // the standard's printed example; Z is not in its alphabet
		"91330100799655058b":    {Fault: identity.CreditCodeCharacter, Position: 18},
		"9133O100799655058B":    {Fault: identity.CreditCodeCharacter, Position: 5},
		"９1330100799655058B":    {Fault: identity.CreditCodeCharacter, Position: 1},
		"9133\xff100799655058":  {Fault: identity.CreditCodeLength},
		"9133\xff100799655058B": {Fault: identity.CreditCodeCharacter, Position: 5},
		"A1110000600037341L":    {Fault: identity.CreditCodeDepartment, Position: 1},
		"91330100799655058C":    {Fault: identity.CreditCodeCheck, Position: 18},
		"91330100799655085B":    {Fault: identity.CreditCodeCheck, Position: 18}, // two digits exchanged
	} {
		_, err := identity.ParseCreditCode(code)
		var got identity.CreditCodeError
		if !errors.As(err, &got) || got != want {
			t.Errorf("%q: got %v, want %v", code, err, want)
			continue
		}
		if len(code) > 5 && strings.Contains(err.Error(), code[:6]) {
			t.Errorf("the error repeats the code: %v", err)
		}
	}
}

func TestComputeCheck(t *testing.T) {
	for first17, want := range map[string]byte{
		"91350100M000100Y4": '3',
		"00000000000000000": '0', // the sum is 0: 31 wraps to 0
	} {
		if got, err := identity.ComputeCheck(first17); err != nil || got != want {
			t.Errorf("%s: %c, %v, want %c", first17, got, err, want)
		}
	}
	if _, err := identity.ComputeCheck("91330100799655058B"); err == nil {
		t.Error("18 characters were accepted")
	}
	if _, err := identity.ComputeCheck("9133010079965505Z"); err == nil {
		t.Error("Z was accepted")
	}
}

func TestOrganizationChecks(t *testing.T) {
	for code, want := range map[string]bool{
		"91330100799655058B": true,
		"9144030071526726XG": true, // X stands for 10
		"914403001922038216": true,
		"91350100M000100Y43": true,
	} {
		parsed, err := identity.ParseCreditCode(code)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.OrganizationChecks(); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
	// A wrong inner check under a right outer one is reported and not refused.
	const first17 = "91330100799655059"
	check, err := identity.ComputeCheck(first17)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := identity.ParseCreditCode(first17 + string(check))
	if err != nil || parsed.OrganizationChecks() {
		t.Errorf("%v, organisation code checks: %t", err, parsed.OrganizationChecks())
	}
	if (identity.CreditCode{}).OrganizationChecks() {
		t.Error("no code has an organisation code that checks")
	}
}

// anyCreditCode draws codes of every department that is not refused.
func anyCreditCode(t *rapid.T) identity.CreditCode {
	character := rapid.SampledFrom([]byte(creditCodeAlphabet))
	first17 := rapid.SliceOfN(character, 17, 17).Filter(func(b []byte) bool { return b[0] != 'A' }).Draw(t, "first 17")
	check, err := identity.ComputeCheck(string(first17))
	if err != nil {
		t.Fatal(err)
	}
	code, err := identity.ParseCreditCode(string(first17) + string(check))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestOneChangedCharacterIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := anyCreditCode(t).String()
		at := rapid.IntRange(0, len(code)-1).Draw(t, "position")
		other := rapid.SampledFrom([]byte(creditCodeAlphabet)).Filter(func(b byte) bool { return b != code[at] }).Draw(t, "character")
		changed := []byte(code)
		changed[at] = other
		if _, err := identity.ParseCreditCode(string(changed)); err == nil {
			t.Fatalf("%s and %s are both valid", code, changed)
		}
	})
}

func TestCreditCodeText(t *testing.T) {
	type holder struct {
		Code identity.CreditCode `json:"code,omitzero"`
	}
	rapid.Check(t, func(t *rapid.T) {
		in := holder{anyCreditCode(t)}
		text, err := json.Marshal(in)
		if err != nil || string(text) != `{"code":"`+in.Code.String()+`"}` {
			t.Fatalf("%s, %v", text, err)
		}
		var out holder
		if err := json.Unmarshal(text, &out); err != nil || out != in || out.Code.IsZero() {
			t.Fatalf("%s read back as %v, %v", text, out, err)
		}
	})
	out := holder{identity.FictitiousCreditCode(1)}
	if err := json.Unmarshal([]byte(`{"code":""}`), &out); err != nil || !out.Code.IsZero() {
		t.Errorf("no code read back as %v, %v", out, err)
	}
	if text, err := json.Marshal(out); err != nil || string(text) != "{}" {
		t.Errorf("no code is written %s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`{"code":"91350100M000100Y4Z"}`), &out); err == nil {
		t.Error("a wrong code was read")
	}
}

func TestFictitiousCreditCode(t *testing.T) {
	seen := map[identity.CreditCode]bool{}
	for n := range 1000 {
		code := identity.FictitiousCreditCode(n)
		if parsed, err := identity.ParseCreditCode(code.String()); err != nil || parsed != code || !code.OrganizationChecks() || seen[code] {
			t.Fatalf("%d: %s, %v, seen %t", n, code, err, seen[code])
		}
		if division := code.String()[2:8]; division != "010000" {
			t.Fatalf("%d: division %s", n, division)
		}
		seen[code] = true
	}
	for _, n := range []int{-1, 99_999_999, 1 << 40} {
		if code := identity.FictitiousCreditCode(n); len(code.String()) != 18 {
			t.Errorf("%d: %s", n, code)
		}
	}
}

func FuzzParseCreditCode(f *testing.F) {
	for _, s := range []string{"91330100799655058B", "91350100M000100Y4Z", "A1110000600037341L", "９1330100799655058B", "", "9133\xff100799655058B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := identity.ParseCreditCode(s)
		if err != nil {
			if fault := (identity.CreditCodeError{}); !errors.As(err, &fault) {
				t.Errorf("%q: %v is no CreditCodeError", s, err)
			}
			return
		}
		check, err := identity.ComputeCheck(s[:17])
		if err != nil || code.String() != s || check != s[17] {
			t.Errorf("%q was accepted as %s", s, code)
		}
	})
}
