package authorization_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/register"
)

// releases are what was published of the case's entry, oldest first.
func (r *run) releases(t fataler) []register.Release {
	t.Helper()
	var out []register.Release
	for _, p := range r.published {
		var release register.Release
		if err := json.Unmarshal(p.Content, &release); err != nil || p.Subject != register.Subject {
			t.Fatalf("%s: %v", p.Subject, err)
		}
		out = append(out, release)
	}
	return out
}

// The public knows of an authorisation from the filing of its agreement on, in these states and in no other.
func TestWhichStatesArePublic(t *testing.T) {
	public := map[lifecycle.State]register.State{
		authorization.Filed: register.Filed, authorization.Operating: register.Operating, authorization.Suspended: register.Suspended,
		authorization.Exiting: register.Exiting, authorization.Closed: register.Closed,
	}
	for _, p := range places() {
		e, got := p.a.RegisterEntry()
		state, want := public[p.a.State]
		if got != want || e.State != state || got && !e.State.Words().Complete() {
			t.Errorf("%s: %q, %v", p.name, e.State, got)
		}
		if got != (len(p.published) > 0) || got != (p.a.Public != nil) {
			t.Errorf("%s: an entry %v, %d releases, %+v", p.name, got, len(p.published), p.a.Public)
		}
	}
}

// The entry of an authorisation that ended, word for word: who adds a field adds it here, and says why the public may know it.
func TestEntry(t *testing.T) {
	r := operating(t)
	sell(r)
	r.do(t, applicant, "list-product", authorization.ListingInput{Product: "alerts", Price: "0"})
	r.suspend(t).resume(t).openExit(t)
	r.do(t, system, "delist-all", nil)
	result := r.result(exit.OutcomeClosed)
	served := day("2026-03-09")
	result.Way, result.Effective = "breach", &served
	r.do(t, system, "record-exit-outcome", result)
	e, _ := r.a.RegisterEntry()
	raw, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantEntry, string(raw)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

const wantEntry = `{
 "id": "authorization-1",
 "title": "某市交通数据授权运营",
 "grantee": "org-operator",
 "agency": "org-agency",
 "state": "closed",
 "mode": "scenario",
 "plan": "某市交通数据授权运营实施方案",
 "plan_case": "plan-1",
 "plan_version": 1,
 "purpose": "better journeys",
 "resources": [
  "resource-1",
  "resource-2"
 ],
 "term": {
  "from": "2026-03-01",
  "to": "2031-02-28"
 },
 "decisions": [
  {
   "decision": "major-decision",
   "body": "org-government",
   "on": "2026-01-05",
   "outcome": "agreed"
  },
  {
   "decision": "agreement",
   "body": "org-agency",
   "on": "2026-01-05",
   "outcome": "agreed"
  }
 ],
 "filed": "2026-01-05",
 "started": "2026-03-01",
 "products": [
  {
   "name": "flow",
   "class": "industry",
   "form": "API",
   "unit": "calls",
   "price": "2",
   "ceiling": "2",
   "listed": false,
   "since": "2026-03-01"
  },
  {
   "name": "alerts",
   "class": "public-benefit",
   "form": "data set",
   "price": "0",
   "listed": false,
   "since": "2026-03-01"
  }
 ],
 "exit": {
  "opened": "2026-03-01",
  "kind": "breach",
  "effective": "2026-03-09",
  "ended": "2026-03-01"
 }
}`

// Each change of an entry is published once, with what changed and why.
func TestReleases(t *testing.T) {
	r := filed(t)
	want := []string{"1 agreement-filed [id title grantee agency state mode plan plan_case plan_version purpose resources term decisions filed products]"}
	step := func(line string) {
		t.Helper()
		want = append(want, fmt.Sprintf("%d %s", len(want)+1, line))
		var got []string
		for _, release := range r.releases(t) {
			line := fmt.Sprint(release.No)
			for _, reason := range release.Reasons {
				line += " " + string(reason)
			}
			got = append(got, fmt.Sprintf("%s %v", line, release.Changed))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
	r.started(t)
	step("operation-started [state started]")
	r.do(t, officer, "set-ceiling", authorization.CeilingInput{Product: "flow", Unit: "calls", Ceiling: "2"})
	step("ceiling-set [products]")
	r.do(t, applicant, "list-product", authorization.ListingInput{Product: "flow", Price: "2"})
	step("product-listed [products]")
	r.do(t, applicant, "change-price", authorization.ListingInput{Product: "flow", Price: "1.5"})
	step("price-changed [products]")
	r.do(t, officer, "set-ceiling", authorization.CeilingInput{Product: "flow", Unit: "calls", Ceiling: "1"})
	step("ceiling-set price-changed [products]")
	r.do(t, applicant, "change-price", authorization.ListingInput{Product: "flow", Price: "1"}) // the same as before: nothing to publish
	r.do(t, applicant, "report-operation", authorization.ReportInput{Year: r.today().Year(), Summary: "fine"})
	r.do(t, officer, "propose-exit", consent())
	r.do(t, applicant, "decline-exit", reason())
	r.suspend(t)
	step("suspended [state suspended]")
	r.pass(t, "2026-06-01")
	r.resume(t)
	step("resumed [state suspended]")
	r.openExit(t)
	step("exit-opened [state exit]")
	r.exitEnds(t, exit.OutcomeStopped)
	step("exit-stopped [state exit]")
	r.do(t, applicant, "delist-product", authorization.ProductInput{Product: "flow"})
	step("product-delisted [products]")
	r.openExit(t)
	step("exit-opened [state exit]")
	r.exitEnds(t, exit.OutcomeClosed)
	step("ended [state exit]")
}

// A suspension moves the end of a term that is shorter than it may be, and the public learns of it.
func TestMovedEnd(t *testing.T) {
	r := newRun(national).draft(t, func(a *authorization.Application) { a.TermMonths = 12 }).submit(t).accept(t).reviewed(t).agreed(t)
	r.propose(t, officer).agreeText(t).agreed(t).sign(t).file(t).started(t).suspend(t)
	if e, _ := r.a.RegisterEntry(); !e.Term.Ends.IsZero() || e.Term.Last() != day("2027-02-28") {
		t.Errorf("suspended: %+v", e.Term)
	}
	r.pass(t, "2026-03-31")
	r.resume(t)
	if e, _ := r.a.RegisterEntry(); e.Term.Ends != day("2027-03-30") || e.Term.Last() != e.Term.Ends || e.Term.To != day("2027-02-28") {
		t.Errorf("resumed: %+v", e.Term)
	}
	if all := r.releases(t); !slices.Contains(all[len(all)-1].Changed, "term") {
		t.Errorf("%+v", all[len(all)-1])
	}
}

// A renewal is an authorisation of its own, and says which one it follows.
func TestRenewalIsPublic(t *testing.T) {
	r := newRun(national)
	former := operating(t).a
	former.ID = "authorization-0"
	r.facts.Cases[former.ID] = former
	r.draft(t, func(a *authorization.Application) { a.Renews = former.ID }).submit(t).accept(t).reviewed(t).agreed(t)
	r.propose(t, officer).agreeText(t).agreed(t).sign(t).file(t)
	first := r.releases(t)[0]
	if !slices.Equal(first.Reasons, []register.Reason{register.Renewed}) || first.Entry.Renews != former.ID {
		t.Errorf("%+v", first)
	}
}

// Every reason has words, and so has every field of an entry.
func TestRegisterHasWords(t *testing.T) {
	for _, reason := range register.Reasons {
		if !reason.Words.Complete() || reason.Reason.Words() != reason.Words {
			t.Errorf("%s", reason.Reason)
		}
	}
	e, _ := operating(t).a.RegisterEntry()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(encode(e)), &fields); err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, f := range register.Fields {
		words[f.Name] = f.Words.Complete()
	}
	for name := range fields {
		if !words[name] {
			t.Errorf("no words for %s", name)
		}
	}
}

// internal are pieces of what people wrote in the tests that the public has no business with.
var internal = []string{
	"sha256:", "ISO 9001", "own platform", "MLPS 3", "considered", "for good reason", "order 7", "an incident", "remedied", "the log shows it", "no more need",
	"both sides want it", "apply again", "demand goes on", "so far so good", "2026-1\"", "the city's platform", "words", "balance sheet", "who keeps the log",
}

// checkDisclosure: what is published is the entry as it stands, in an unbroken row of releases, and neither names anybody nor says what is internal.
func checkDisclosure(t fataler, r *run) {
	t.Helper()
	e, public := r.a.RegisterEntry()
	all := r.releases(t)
	if public != (len(all) > 0) {
		t.Fatalf("an entry in %q: %v, with %d releases", r.a.State, public, len(all))
	}
	for i, release := range all {
		if release.No != i+1 || len(release.Changed) == 0 || len(release.Reasons) == 0 {
			t.Fatalf("release %d: %+v", i+1, release)
		}
	}
	if !public {
		return
	}
	if got := encode(all[len(all)-1].Entry); got != encode(e) || r.a.Public.No != len(all) {
		t.Fatalf("the last of %d releases, number %d, is\n%s\nnot\n%s", len(all), r.a.Public.No, got, encode(e))
	}
	said := encode(all)
	for _, secret := range append(r.everybody(), internal...) {
		if strings.Contains(said, secret) {
			t.Fatalf("the public learns %q: %s", secret, said)
		}
	}
}

// everybody names the people of whom the case knows.
func (r *run) everybody() []string {
	people := map[string]bool{}
	for _, e := range r.events {
		people[e.By.Person] = true
	}
	for _, resolved := range r.a.Resolutions {
		for _, seat := range resolved.Resolution.Members {
			people[seat.Person] = true
		}
	}
	for _, t := range r.a.Tasks {
		people[t.Claimant] = true
	}
	for _, person := range r.a.Interests {
		people[person] = true
	}
	delete(people, identity.SystemPerson)
	delete(people, "")
	var out []string
	for person := range people {
		out = append(out, person)
	}
	return out
}

func TestDisclosureOfPlaces(t *testing.T) {
	for _, p := range places() {
		checkDisclosure(t, p.run)
	}
}
