package api

import (
	"context"
	"net/http"
	"testing"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/reconcile"
)

// amended2026 moves what ends on Thursday, 8 January 2026, to the day after.
func amended2026() object {
	return object{"year": 2026, "notice": "（测试）更正通知", "days": []object{{"date": "2026-01-01", "isOffDay": true}, {"name": "临时", "date": "2026-01-07", "isOffDay": true}}}
}

func TestCalendars(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	before := into[WorkingDays](t, w.get(theReader, base+"/calendars"))
	if len(before.Years) != 2 || len(before.Uploads) != 0 || before.Version == "" {
		t.Fatalf("%+v", before)
	}
	for _, path := range []string{"/calendars", "/calendars/preview", "/calendars/recount"} {
		w.post(theOfficer, base+path, amended2026()).wants(t, http.StatusForbidden, "not-entitled")
	}
	w.get(theOfficer, base+"/calendars/recount").wants(t, http.StatusForbidden, "not-entitled")
	w.get(theAdmin, base+"/calendars/recount").wants(t, http.StatusNotFound, "no-recount")

	moves := into[CalendarMoves](t, w.post(theAdmin, base+"/calendars/preview", amended2026()))
	if len(moves.Items) != 1 || moves.Items[0].Case != id || moves.Items[0].Days != 1 || moves.Totals == nil || moves.Totals.Later != 1 || moves.Items[0].Href != base+"/authorizations/"+id {
		t.Errorf("%+v", moves)
	}
	if after := into[WorkingDays](t, w.get(theReader, base+"/calendars")); after.Version != before.Version {
		t.Error("the preview changed the calendar")
	}
	bad := amended2026()
	bad["days"] = []object{{"date": "2026-01-01", "isOffDay": true}, {"date": "2026-02-30", "isOffDay": true}}
	for _, path := range []string{"/calendars", "/calendars/preview"} {
		problem := into[Problem](t, w.post(theAdmin, base+path, bad))
		if problem.Status != http.StatusUnprocessableEntity || len(problem.Errors) != 1 || problem.Errors[0].Path != "days[1].date" || problem.Errors[0].Code != "not-a-date" {
			t.Errorf("%s: %+v", path, problem)
		}
	}
	body := canonical(ptr(amended2026()))
	first := w.send(theAdmin, http.MethodPost, base+"/calendars", body, "Idempotency-Key", "up")
	if upload := into[CalendarUpload](t, first); first.status != http.StatusCreated || upload.Version != 1 || upload.Year != 2026 || upload.AddedBy != theAdmin {
		t.Errorf("%d %s", first.status, first.body)
	}
	if again := w.send(theAdmin, http.MethodPost, base+"/calendars", body, "Idempotency-Key", "up"); string(again.body) != string(first.body) {
		t.Errorf("repeated: %s", again.body)
	}
	w.send(theAdmin, http.MethodPost, base+"/calendars", canonical(ptr(object{"year": 2027, "notice": "n", "days": []object{{"date": "2027-01-01", "isOffDay": true}}})), "Idempotency-Key", "up").wants(t, 422, "idempotency-key-reused")
	w.post(theAdmin, base+"/calendars", amended2026()).wants(t, http.StatusConflict, "calendar-unchanged")

	now := into[WorkingDays](t, w.get(theAdmin, base+"/calendars"))
	w.post(theAdmin, base+"/calendars/recount", object{"calendar": before.Version}).wants(t, http.StatusPreconditionFailed, "calendar-superseded")
	progress := into[RecountProgress](t, w.send(theAdmin, http.MethodPost, base+"/calendars/recount", canonical(ptr(object{"calendar": now.Version})), "Idempotency-Key", "go"))
	if progress.Calendar != now.Version || progress.Total != 1 || progress.Round != 1 || progress.FinishedAt != nil || progress.StartedBy != theAdmin {
		t.Errorf("%+v", progress)
	}
	w.send(theAdmin, http.MethodPost, base+"/calendars/recount", canonical(ptr(object{"calendar": now.Version})), "Idempotency-Key", "go")
	if len(w.begun) != 1 || w.begun[0].Calendar != now.Version {
		t.Errorf("%+v", w.begun)
	}
	if got := into[RecountProgress](t, w.get(theAdmin, base+"/calendars/recount")); got != progress {
		t.Errorf("%+v", got)
	}

	// One case alone: offered as long as it changes something.
	offered := func() bool {
		for _, a := range into[Case](t, w.get(theAdmin, base+"/authorizations/"+id)).Allowed {
			if a.Command == lifecycle.Recount {
				return true
			}
		}
		return false
	}
	if !offered() {
		t.Error("the recount is not offered")
	}
	c := w.do(theAdmin, authorizationsAt(id, lifecycle.Recount), object{"calendar": now.Version})
	if c.Deadlines[0].Due.String() != "2026-01-09" || c.Deadlines[0].Calendar != now.Version || offered() {
		t.Errorf("%+v", c.Deadlines)
	}
	w.post(theAdmin, authorizationsAt(id, lifecycle.Recount), object{}).wants(t, http.StatusConflict, "nothing-to-recount")
}

func ptr[T any](v T) *T { return &v }

// absent stands for a Temporal server that has no workflow, or is away. The rest of a client is not to be used.
type absent struct {
	client.Client
	away    error
	started []string
}

func (a *absent) DescribeWorkflowExecution(context.Context, string, string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	if a.away != nil {
		return nil, a.away
	}
	return nil, serviceerror.NewNotFound("none")
}

func (a *absent) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, _ any, _ ...any) (client.WorkflowRun, error) {
	a.started = append(a.started, o.ID)
	return nil, nil
}

func TestDisagreements(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	temporal := &absent{away: serviceerror.NewUnavailable("away")}
	w.server.reconciler.Temporal = temporal
	repair := base + "/disagreements/" + id + "/repair"
	w.get(theOfficer, base+"/disagreements").wants(t, http.StatusForbidden, "not-entitled")
	w.post(theOfficer, repair, nil).wants(t, http.StatusForbidden, "not-entitled")
	w.get(theAdmin, base+"/disagreements").wants(t, http.StatusServiceUnavailable, "unavailable")
	w.post(theAdmin, repair, nil).wants(t, http.StatusServiceUnavailable, "unavailable")
	temporal.away = nil
	found := into[Disagreements](t, w.get(theAdmin, base+"/disagreements"))
	if found.Checked != 2 || len(found.Items) != 2 || found.Items[0].ID != id || found.Items[0].Problem != reconcile.Missing || found.Items[0].StateWords.EN == "" {
		t.Fatalf("%+v", found)
	}
	if none := into[Disagreements](t, w.get(theAdmin, base+"/disagreements?open=false&limit=1")); none.Checked != 0 || len(none.Items) != 0 {
		t.Errorf("%+v", none)
	}
	for range 2 { // it starts once, though this server does not keep what was started
		r := into[Repaired](t, w.send(theAdmin, http.MethodPost, repair, nil, "Idempotency-Key", "fix"))
		if r.Agrees || r.Problem != reconcile.Missing || r.Case != id || len(temporal.started) != 1 {
			t.Errorf("%+v, started %v", r, temporal.started)
		}
	}
	w.post(theAdmin, base+"/disagreements/none/repair", nil).wants(t, http.StatusNotFound, "not-found")
}
