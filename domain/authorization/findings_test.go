package authorization_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// found is a finding that stands in a state and may ask for something.
func found(id string, state lifecycle.State, asks authorization.Asked) authorization.FindingState {
	s := authorization.FindingState{Case: id, Subject: policy.Ground{Code: "security"}, State: state, Asks: asks}
	if asks != "" {
		s.Ground = "security-risk"
	}
	return s
}

// toldFindings lists what the findings are told by the command that is given.
func toldFindings(t fataler, r *run, give func()) map[string]authorization.ConsequenceInput {
	t.Helper()
	r.sent = nil
	give()
	out := map[string]authorization.ConsequenceInput{}
	for _, line := range r.sent {
		to, data, ok := strings.Cut(line, " "+authorization.RecordConsequence+" ")
		var in authorization.ConsequenceInput
		if ok && json.Unmarshal([]byte(data), &in) != nil {
			t.Fatalf("a finding is told %s", line)
		}
		if ok {
			out[to] = in
		}
	}
	return out
}

// What is found is known to the authorisation, is told nobody twice, and nothing of it is public.
func TestFindingsAreKnown(t *testing.T) {
	r := operating(t)
	entry, _ := r.a.RegisterEntry()
	r.do(t, system, authorization.RecordFinding, found("fnd-1", "raised", ""))
	r.do(t, system, authorization.RecordFinding, found("fnd-2", "raised", ""))
	version := r.a.Version
	r.do(t, system, authorization.RecordFinding, found("fnd-2", "raised", ""))
	if r.a.Version != version || len(r.a.Findings) != 2 || r.a.Findings[0].Case != "fnd-1" {
		t.Errorf("%+v", r.a.Findings)
	}
	r.do(t, system, authorization.RecordFinding, found("fnd-1", "rectifying", ""))
	if f := r.a.Findings[0]; f.State != "rectifying" || f.Since.IsZero() || len(r.a.Findings) != 2 {
		t.Errorf("%+v", f)
	}
	now, _ := r.a.RegisterEntry()
	if diff := cmp.Diff(encode(entry), encode(now)); diff != "" {
		t.Errorf("the public learns of findings (-before +after):\n%s", diff)
	}
}

// A suspension asked for is carried out by the administrator's own command, and told to those who asked for it alone.
func TestSuspensionAsFindingsAsk(t *testing.T) {
	r := operating(t)
	r.do(t, system, authorization.RecordFinding, found("fnd-1", "suspended", authorization.AskedSuspension))
	r.do(t, system, authorization.RecordFinding, found("fnd-2", "exit-proposed", authorization.AskedExit))
	if r.a.State != authorization.Operating || len(r.a.Asking(authorization.AskedSuspension)) != 1 {
		t.Fatalf("a finding suspends by itself, or is not listed: %s", r.a.State)
	}
	told := toldFindings(t, r, func() { r.do(t, administrator, "suspend", suspension()) })
	if diff := cmp.Diff(map[string]authorization.ConsequenceInput{"fnd-1": {}}, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	late := toldFindings(t, r, func() {
		r.do(t, system, authorization.RecordFinding, found("fnd-3", "suspended", authorization.AskedSuspension))
	})
	if diff := cmp.Diff(map[string]authorization.ConsequenceInput{"fnd-3": {}}, late); diff != "" {
		t.Errorf("one that asks afterwards (-want +got):\n%s", diff)
	}
}

// TestRequirement56FindingsFeedExit: an exit that was proposed is named by the exit that is opened, and is told of it, also when it comes too late.
func TestRequirement56FindingsFeedExit(t *testing.T) {
	r := operating(t)
	r.do(t, system, authorization.RecordFinding, found("fnd-1", "exit-proposed", authorization.AskedExit))
	told := toldFindings(t, r, func() { r.do(t, administrator, "open-exit", breach()) })
	want := map[string]authorization.ConsequenceInput{"fnd-1": {Exit: r.a.ExitRequest().Exit}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.Equal(r.a.ExitRequest().Findings, []string{"fnd-1"}) {
		t.Errorf("the exit names %v", r.a.ExitRequest().Findings)
	}
	late := toldFindings(t, r, func() {
		r.do(t, system, authorization.RecordFinding, found("fnd-2", "exit-proposed", authorization.AskedExit))
	})
	if late["fnd-2"].Exit != r.a.ExitRequest().Exit {
		t.Errorf("one that comes too late is told %v", late)
	}
}

// endedFindings are the findings that are told that the authorisation has ended, by what is given.
func endedFindings(t fataler, r *run, give func()) map[string]authorization.EndInput {
	t.Helper()
	r.sent = nil
	give()
	out := map[string]authorization.EndInput{}
	for _, line := range r.sent {
		to, data, ok := strings.Cut(line, " "+authorization.ConcludeFinding+" ")
		var in authorization.EndInput
		if ok && json.Unmarshal([]byte(data), &in) != nil {
			t.Fatalf("a finding is told %s", line)
		}
		if ok {
			out[to] = in
		}
	}
	return out
}

// The end of the authorisation concludes the findings that are open, whatever the exit's ground; an exit that came to nothing concludes none, and one that was under
// way meanwhile is told of the end when it reports.
func TestFindingsEndWithTheAuthorization(t *testing.T) {
	r := operating(t)
	lifted := found("fnd-2", "lifted", "")
	lifted.Over = true
	r.do(t, system, authorization.RecordFinding, found("fnd-1", "suspended", authorization.AskedSuspension))
	r.do(t, system, authorization.RecordFinding, lifted)
	r.do(t, system, authorization.RecordFinding, found("fnd-3", "rectifying", ""))
	r.openExit(t)
	stopped := r.copy(t)
	if told := endedFindings(t, stopped, func() { stopped.exitEnds(t, exit.OutcomeStopped) }); len(told) > 0 {
		t.Errorf("the exit came to nothing: %v", told)
	}
	told := endedFindings(t, r, func() { r.exitEnds(t, exit.OutcomeClosed) })
	end := authorization.EndInput{Exit: r.a.ExitRequest().Exit, At: r.a.Ended.At}
	if diff := cmp.Diff(map[string]authorization.EndInput{"fnd-1": end, "fnd-3": end}, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	late := endedFindings(t, r, func() { r.do(t, system, authorization.RecordFinding, found("fnd-4", "raised", "")) })
	if diff := cmp.Diff(map[string]authorization.EndInput{"fnd-4": end}, late); diff != "" {
		t.Errorf("one that was under way (-want +got):\n%s", diff)
	}
	over := found("fnd-4", "ended", "")
	over.Over = true
	if again := endedFindings(t, r, func() { r.do(t, system, authorization.RecordFinding, over) }); len(again) > 0 {
		t.Errorf("one that is concluded is told again: %v", again)
	}
}
