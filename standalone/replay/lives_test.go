package replay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/encoding/protojson"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/internal/lives"
	"datacharter/policies"
	"datacharter/workflows"
)

// TestLives leads whole lives on a real server with the product's own workers and database, and replays the histories that come of them.
// With DATACHARTER_RECORD_REPLAY=1 it keeps the histories as fixtures of the replay tests in workflows/:
//
//	DATACHARTER_RECORD_REPLAY=1 go test ./standalone/replay -run TestLives
//
// The rule: record from the released commit, never from the branch under test. A history recorded by changed code fits the changed code
// and proves nothing about the cases that are running. Files of earlier releases stay as long as cases of theirs may run: put the
// new release's name in front of its own with DATACHARTER_RECORD_PREFIX.
func TestLives(t *testing.T) {
	t.Parallel()
	const dayLength = 15 * time.Millisecond
	t.Run("lives", func(t *testing.T) {
		t.Parallel()
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

		stopped := d.Operating("a-stopped", 60, 14) // an exit that is stopped, then one that is not
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
	t.Run("court upheld", func(t *testing.T) { // days are longer here: a hearing is asked for within five working ones
		t.Parallel()
		s := newRealServer(t, 4*dayLength, 10_000)
		a := s.director().Operating("a-upheld", 60, 14)
		x := a.Leave(ground(t, "breach"))
		x.Upheld()
		s.record("exit-upheld", x.ID)
		a.Reaches(authorization.Closed, time.Hour)
	})
	t.Run("registration", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		r := s.director().Register("r-whole")
		r.Pass()
		r.Code()
		r.Change()
		r.Expire()
		s.record("registration", "r-whole")
	})
	t.Run("product", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		s.record("product", s.director().Operating("a-products", 60, 14).LiveProduct().ID)
	})
	t.Run("disclosure", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		a := s.director().Operating("a-disclosing", 60, 14)
		d := a.Disclosure(authorization.AgencySide, a.Case().Started.Year())
		d.Live()
		s.record("disclosure", d.ID)
	})
	t.Run("three years", func(t *testing.T) { // and here, where much is due in three months
		t.Parallel()
		s := newRealServer(t, 4*dayLength, 10_000)
		a := s.director().Operating("a-years", 42, 14) // so that its end does not fall into the disclosures of its third year
		first := a.Case().Started.Year()
		a.Years(3)
		for year := first; year < first+3; year++ {
			for _, side := range []authorization.Side{authorization.AgencySide, authorization.OperatorSide} {
				if d := a.Disclosure(side, year).Stands(); len(d.Versions) != 1 || d.Chased > 0 || len(d.Versions[0].Content.Authorizations) != 1 {
					t.Errorf("the %s's disclosure of %d: %d versions, chased %d times", side, year, len(d.Versions), d.Chased)
				}
			}
		}
		if n := len(a.Case().Reports); n != 3 {
			t.Errorf("%d reports", n)
		}
		a.Reaches(authorization.Exiting, 24*time.Hour)
		a.Exit().WindDown()
		a.Reaches(authorization.Closed, 24*time.Hour)
		a.Finance().Settle()
		f := a.Finance().Stands()
		if f.State != finance.Closed || len(f.Reports) != 3 || len(f.Allowances) != 1 || f.Years[2].Deviation == nil {
			t.Errorf("accounts %s with %d reports, %d allowances, years %+v", f.State, len(f.Reports), len(f.Allowances), f.Years)
		}
		s.record("finance", f.ID)
	})
	t.Run("finding", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		a := s.director().Operating("a-findings", 60, 14)
		s.record("finding", a.LiveFinding("f-whole").ID)
		first, second := a.LiveLedgerFinding()
		s.record("finding-ledger", first.ID)
		second.As(lives.Officer, "dismiss", finding.ReasonInput{Reason: "同上(虚构)"})
		s.record("finding-next", second.ID)
	})
	t.Run("complaint", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		s.record("complaint", s.director().Operating("a-complained", 60, 14).LiveComplaint("rep-whole").ID)
	})
	t.Run("plan", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 10_000)
		s.director().Live("p-whole")
		s.record("plan", "p-whole")
	})
	t.Run("continued", func(t *testing.T) {
		t.Parallel()
		s := newRealServer(t, dayLength, 60)
		a := s.director().Operating("a-continued", 60, 14)
		x := a.Leave(ground(t, "waiver"))
		x.Decide(exit.Continue)
		a.Reaches(authorization.Operating, time.Hour)
		s.record("authorization-continued", "a-continued")
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
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

// record replays the history of every run of a workflow, and keeps it when asked, one file each when there are several.
func (s *realServer) record(name, id string) {
	s.t.Helper()
	runs := s.histories(id)
	for i, h := range runs {
		replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DisableRegistrationAliasing: true})
		if err != nil {
			s.t.Fatal(err)
		}
		workflows.Register(replayer)
		if err := replayer.ReplayWorkflowHistory(quiet, h); err != nil {
			s.t.Errorf("%s, run %d, does not replay: %v", name, i+1, err)
		}
		file := os.Getenv("DATACHARTER_RECORD_PREFIX") + name
		if len(runs) > 1 {
			file += fmt.Sprintf("-%d", i+1)
		}
		if os.Getenv("DATACHARTER_RECORD_REPLAY") != "" {
			keep(s.t, file, h)
		}
	}
}

// keep writes a fixture.
func keep(t *testing.T, file string, h *historypb.History) {
	t.Helper()
	for _, e := range h.Events { // a sticky queue is named after the machine
		if q := e.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue(); q.GetNormalName() != "" {
			q.Name = "sticky"
		}
	}
	raw, err := protojson.Marshal(h)
	if err == nil {
		err = os.WriteFile(filepath.Join("..", "..", "workflows", "testdata", "replay", file+".json"), append(raw, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d events, %d bytes", file, len(h.Events), len(raw))
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
