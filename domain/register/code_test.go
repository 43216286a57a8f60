package register_test

import (
	"fmt"
	"strings"
	"testing"

	"datacharter/domain/register"
)

func TestCodesAreReadAsPeopleCopyThem(t *testing.T) {
	seen := map[string]string{}
	for n := range 20_000 {
		id := fmt.Sprintf("aut-%d", n)
		code := register.Code(id)
		if other, twice := seen[code]; twice {
			t.Fatalf("%s and %s have the code %s", id, other, code)
		}
		seen[code] = id
		for _, typed := range []string{
			code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), strings.ReplaceAll(code, "-", " "),
			strings.NewReplacer("0", "o", "1", "l").Replace(code), strings.ReplaceAll(code, "1", "I"),
		} {
			if got, ok := register.ParseCode(typed); !ok || got != code {
				t.Fatalf("%q of %s was read as %q", typed, code, got)
			}
		}
	}
	if got := register.Code("aut-0"); got != "ESKD-XM4X-SY1C" {
		t.Errorf("a code that is printed somewhere has changed: %s", got)
	}
	for _, typed := range []string{"", "7K3M", "7K3M-P0QX-42TBX", "7K3M-P0QX-42TU", "数据数据数据数据数据数据", "7K3M_P0QX_42TB"} {
		if got, ok := register.ParseCode(typed); ok {
			t.Errorf("%q was read as %q", typed, got)
		}
	}
}
