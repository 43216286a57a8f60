package activities_test

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/fstest"

	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/workflows"
)

func TestApplyIsIdempotentByItsID(t *testing.T) {
	w := newWorld(t)
	first := w.drafted()
	again := w.drafted()
	if again.Version != first.Version || len(w.events()) != 1 {
		t.Fatalf("the repeat gave version %d and %d events", again.Version, len(w.events()))
	}
	w.refusedWith(w.apply(command("draft", "spruce-applicant", "draft", application("另一个"))), "idempotency-key-reused")
	w.refusedWith(w.apply(command("draft", "qinghe-applicant", "draft", application("公交到站预测"))), "idempotency-key-reused")

	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	late := w.drafted()
	if late.Version != first.Version || late.Header.State != authorization.Submitted {
		t.Fatalf("a late repeat is answered with version %d of a case %s", late.Version, late.Header.State)
	}
}

func TestARefusalIsKeptWithItsCommand(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	w.refusedWith(w.apply(command("s", "qinghe-applicant", "submit", struct{}{})), "not-entitled")
	if err := w.store.Grant(t.Context(), "qinghe-applicant", demo.Spruce, identity.Applicant); err != nil {
		t.Fatal(err)
	}
	w.refusedWith(w.apply(command("s", "qinghe-applicant", "submit", struct{}{})), "not-entitled")
	w.accepted(command("s2", "qinghe-applicant", "submit", struct{}{}))
}

func TestRolesCountAtTheTimeOfTheCommand(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	if err := w.store.Revoke(t.Context(), "spruce-applicant", demo.Spruce, identity.Applicant); err != nil {
		t.Fatal(err)
	}
	w.refusedWith(w.apply(command("s", "spruce-applicant", "submit", struct{}{})), "not-entitled")
}

func TestAnEditOfAnOldVersionIsRefusedAndNotKept(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	w.accepted(command("e1", "spruce-applicant", "edit", application("二")))
	stale := command("e2", "spruce-applicant", "edit", application("三"))
	stale.IfVersion = 1
	w.refusedWith(w.apply(stale), "stale-version")
	stale.IfVersion = 2
	if out := w.accepted(stale); out.Version != 3 {
		t.Fatalf("version %d", out.Version)
	}
}

func TestRacingCommands(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	const racers = 8
	versions := make([]int64, 2*racers)
	var group sync.WaitGroup
	for i := range racers {
		for j, cmd := range []workflows.Command{
			command("same", "spruce-applicant", "edit", application("同一")),
			command(fmt.Sprintf("other-%d", i), "spruce-applicant", "edit", application(fmt.Sprintf("第%d", i))),
		} {
			group.Go(func() {
				out, err := w.cases.Apply(t.Context(), cmd)
				if err != nil || out.Refusal != nil {
					t.Errorf("%s: %v, %v", cmd.ID, out.Refusal, err)
				}
				versions[2*i+j] = out.Version
			})
		}
	}
	group.Wait()
	seen := map[int64]int{}
	for _, v := range versions {
		seen[v]++
	}
	if len(seen) != racers+1 || len(w.events()) != racers+2 {
		t.Fatalf("%d versions and %d events: %v", len(seen), len(w.events()), versions)
	}
}

// A draft follows the newest version of its profile; once handed in, a case keeps its own, even when the program no longer ships it.
func TestPolicyPinning(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	old, err := os.ReadFile("../policies/national.yaml")
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Replace(old, []byte("version: 4"), []byte("version: 5"), 1)
	both, err := policies.NewLibrary(fstest.MapFS{"national-5.yaml": {Data: newer}})
	if err != nil {
		t.Fatal(err)
	}
	newest, ok := both.Newest("national")
	if !ok || newest.Version != 5 {
		t.Fatal("the library has no newer version")
	}
	if err := w.store.PutPolicy(t.Context(), store.Policy{Hash: newest.Hash, Name: newest.Name, Version: 5, Content: both.Text(newest.Hash)}); err != nil {
		t.Fatal(err)
	}
	shipped := w.cases
	w.cases = cases(t, w.store, both)
	another := command("another", "spruce-applicant", "draft", application("另一个"))
	another.Case = "aut-another"
	w.accepted(another)
	if drafted, err := w.store.Case(t.Context(), authorization.Machine, another.Case); err != nil || drafted.Head().Policy.Version != 5 {
		t.Errorf("a draft follows the profile of the plan that it names: %v", err)
	}
	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	w.cases = shipped // a program that ships version 1 alone
	w.accepted(command("accept", "officer", "accept", struct{}{}))
	found, err := w.store.Case(t.Context(), authorization.Machine, caseID)
	if err != nil {
		t.Fatal(err)
	}
	if pinned := found.Head().Policy; pinned.Hash != newest.Hash || pinned.Version != 5 {
		t.Fatalf("pinned to %+v", pinned)
	}
}

func TestATickTooEarlyLeavesNoTrace(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	before := len(w.events())
	out := w.accepted(command("tick", identity.SystemPerson, "tick", struct{}{}))
	if len(w.events()) != before || out.Header.WakeAt == nil {
		t.Fatalf("%d events, wake at %v", len(w.events())-before, out.Header.WakeAt)
	}
	again := w.apply(command("tick", identity.SystemPerson, "tick", struct{}{}))
	if again.Refusal != nil {
		t.Fatalf("the repeat was refused: %+v", again.Refusal)
	}
}

func TestPeopleCannotGiveTheSystemsCommands(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	for _, name := range []string{"tick", "record-resolution", "set-access", "record-exit-outcome"} {
		w.refusedWith(w.apply(command("by-people-"+name, "administrator", name, struct{}{})), "not-entitled")
	}
}

func TestLoadOfACaseThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	header, err := w.cases.Load(t.Context(), authorization.Kind, "aut-nobody")
	if err != nil || header.Version != 0 {
		t.Fatalf("%+v, %v", header, err)
	}
	if _, err := w.cases.Load(t.Context(), "no-such-kind", caseID); err == nil {
		t.Fatal("a kind that there is not was loaded")
	}
}
