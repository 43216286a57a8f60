package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// Whoever may be called to decide can read what he is to decide on: any body of the kind while none is named, the body that decided for good.
func TestDecidersAreParties(t *testing.T) {
	h := &lifecycle.Header{ID: "c", Applicant: "operator", Agency: "agency", Pending: &lifecycle.Pending{BodyKind: identity.Government}}
	want := []partyRow{{"c", "applicant", "operator"}, {"c", "agency", "agency"}, {"c", "decider", "any government"}}
	if diff := cmp.Diff(want, partyRows(h)); diff != "" {
		t.Error(diff)
	}
	h.Pending = &lifecycle.Pending{BodyKind: identity.Agency, Body: "agency"}
	h.Deciders = []string{"city"}
	want = []partyRow{{"c", "applicant", "operator"}, {"c", "agency", "agency"}, {"c", "decider", "agency"}, {"c", "decider-1", "city"}}
	if diff := cmp.Diff(want, partyRows(h)); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyThoseOfAMeetingAreOfABody(t *testing.T) {
	grants := []identity.Grant{
		{Organization: "city", Kind: identity.Government, Role: identity.LegalReviewer},
		{Organization: "city", Kind: identity.Government, Role: identity.Member},
		{Organization: "bureau", Kind: identity.Agency, Role: identity.Secretary},
		{Organization: "bureau", Kind: identity.Agency, Role: identity.Administrator},
	}
	got := bodiesOf(identity.Actor{Person: "p", Grants: grants})
	if diff := cmp.Diff([]string{"any government", "any agency"}, got); diff != "" {
		t.Error(diff)
	}
}
