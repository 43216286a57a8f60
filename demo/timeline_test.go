package demo

import (
	"encoding/json"
	"testing"
)

// Events name a product, or have the whole of it.
func TestNamesOfProducts(t *testing.T) {
	for raw, want := range map[string]name{`"指数"`: "指数", `{"name":"指数","listed":true}`: "指数", `{}`: ""} {
		var got name
		if err := json.Unmarshal([]byte(raw), &got); err != nil || got != want {
			t.Errorf("%s: %q, %v", raw, got, err)
		}
	}
	var got name
	if json.Unmarshal([]byte(`7`), &got) == nil {
		t.Error("a number is a name")
	}
}
