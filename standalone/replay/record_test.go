package replay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protojson"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/internal/lives"
	"datacharter/policies"
	"datacharter/workflows"
)

// fixtures is where the replay tests look for histories.
const fixtures = "../../workflows/testdata/replay"

// TestRecordReplay records the histories that workflows must be able to replay. It runs only when asked:
//
//	DATACHARTER_RECORD_REPLAY=1 go test ./standalone/replay -run TestRecordReplay
//
// The rule: record from the released commit, never from the branch under test. A history recorded by changed code fits the changed code
// and proves nothing about the cases that are running. Files of earlier releases stay as long as cases of theirs may run: give the
// new ones the release's name in front with DATACHARTER_RECORD_PREFIX.
func TestRecordReplay(t *testing.T) {
	if os.Getenv("DATACHARTER_RECORD_REPLAY") == "" {
		t.Skip("histories are recorded on demand")
	}
	const dayLength = 25 * time.Millisecond
	t.Run("lives", func(t *testing.T) {
		s := newRealServer(t, dayLength, 10_000)
		d := s.director()

		whole := d.Draft("a-whole", 6) // returned once, then all the way to expiry
		whole.Submit()
		whole.As(lives.Officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "plan", Text: "缺少实施方案"}}})
		d.Wait(12 * 24 * time.Hour)
		whole.As(lives.Applicant, "resubmit", authorization.Nothing{})
		d.Wait(6 * 24 * time.Hour)
		whole.Accept()
		whole.Approve()
		whole.Decide("m-major", resolution.For)
		whole.Contract("m-agreement", 14)
		whole.Reaches(authorization.Operating, 24*time.Hour)
		whole.As(lives.Administrator, "suspend", authorization.SuspendInput{Ground: "security-risk", Authority: "网安函〔2026〕1号", Reason: "整改"})
		d.Wait(20 * 24 * time.Hour)
		whole.As(lives.Administrator, "resume", authorization.ReasonInput{Reason: "整改完成"})
		whole.Reaches(authorization.Exiting, 24*time.Hour)
		whole.Exit().WindDown()
		whole.Reaches(authorization.Closed, 24*time.Hour)
		s.record("authorization-whole", "a-whole")
		s.record("meeting", "m-major")
		s.record("exit-expiry", whole.Exit().ID)

		stopped := d.Operating("a-stopped", 60, 1) // an exit that is stopped, then one that is not
		x := stopped.Leave(ground(t, "beyond-scope"))
		x.Reaches(exit.Hearing, time.Hour)
		x.As(lives.Applicant, "state-defence", exit.DefenceInput{Points: []string{"申辩"}})
		x.As(lives.Administrator, "stop", exit.ReasonInput{Reason: "证据不足"})
		stopped.Reaches(authorization.Operating, time.Hour)
		s.record("exit-stopped", x.ID)
		x = stopped.Leave(ground(t, "beyond-scope"))
		x.Decide(exit.Terminate)
		x.Serve()
		x.WindDown()
		stopped.Reaches(authorization.Closed, time.Hour)
		s.record("exit-breach", x.ID)
		s.record("authorization-two-exits", "a-stopped")
	})
	t.Run("continued", func(t *testing.T) {
		s := newRealServer(t, dayLength, 60)
		a := s.director().Operating("a-continued", 60, 7)
		x := a.Leave(ground(t, "waiver"))
		x.Decide(exit.Continue)
		a.Reaches(authorization.Operating, time.Hour)
		s.record("authorization-continued", "a-continued")
	})
	t.Run("refused", func(t *testing.T) {
		s := newRealServer(t, dayLength, 10_000)
		d := s.director()
		d.Try(lives.Applicant, authorization.Machine, "a-nothing", "submit", nil) // starts a workflow that has nothing to run
		a := d.Draft("a-refused", 12)
		a.Submit()
		d.Try(lives.Applicant, authorization.Machine, a.ID, "accept", nil)
		a.As(lives.Officer, "refuse", authorization.ReasonInput{Reason: "不符合条件"})
		d.Wait(24 * time.Hour)
		s.record("authorization-nothing", "a-nothing")
		s.record("authorization-refused", a.ID)
		s.record("deliveries", workflows.DeliveriesID)
	})
}

// record writes the history of every run of a workflow, one file each when there are several.
func (s *realServer) record(name, id string) {
	s.t.Helper()
	runs := s.histories(id)
	for i, h := range runs {
		for _, e := range h.Events { // a sticky queue is named after the machine
			if q := e.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue(); q.GetNormalName() != "" {
				q.Name = "sticky"
			}
		}
		file := os.Getenv("DATACHARTER_RECORD_PREFIX") + name
		if len(runs) > 1 {
			file += fmt.Sprintf("-%d", i+1)
		}
		raw, err := protojson.Marshal(h)
		if err == nil {
			err = os.WriteFile(filepath.Join(fixtures, file+".json"), append(raw, '\n'), 0o644)
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Logf("%s: %d events, %d bytes", file, len(h.Events), len(raw))
	}
}

func ground(t *testing.T, code string) policy.ExitGround {
	t.Helper()
	for _, g := range policies.National().Exit.Grounds {
		if g.Code == code {
			return g
		}
	}
	t.Fatalf("no ground %q", code)
	return policy.ExitGround{}
}
