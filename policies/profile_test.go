package policies_test

import (
	"testing"

	"datacharter/policies"
)

func TestNational(t *testing.T) {
	p := policies.National()
	t.Log(p.Hash, len(p.Exit.Grounds), p.Review.Passed.Test != nil)
}
