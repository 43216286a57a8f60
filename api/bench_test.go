package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/refusal"
	"datacharter/internal/testpostgres"
	"datacharter/internal/town"
	"datacharter/workflows"
)

// BenchmarkReportUse measures how many events a second one platform after the other can report, in signed batches of 500, over the handlers of the API: from
// the bytes to the commit on a PostgreSQL that waits for the disk, judged by the scope and added to the totals.
func BenchmarkReportUse(b *testing.B) {
	server, err := testpostgres.Launch(testpostgres.Options{Durable: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
	})
	database, err := server.NewDatabase(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	w := worldOf(b, town.On(b, database))
	r := w.reporting(w.inOperation(), ed25519Key)
	const events = 500
	n := 0
	for b.Loop() {
		b.StopTimer()
		batch := make([]object, events)
		for i := range batch {
			batch[i] = r.event(fmt.Sprintf("e-%d-%d", n, i))
		}
		body := r.batch(fmt.Sprint("b-", n), batch...)
		signature := r.sign(body)
		b.StartTimer()
		if got := r.send(theReporter, body, signature); got.status != http.StatusCreated {
			b.Fatalf("%d %s", got.status, got.body)
		}
		n++
	}
	b.ReportMetric(float64(n*events)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkCommand measures what HTTP adds to a command: everything but deciding and recording it, which the fake gives at once. The store's
// reads – who calls, does he see the case, what to answer – are in it.
func BenchmarkCommand(b *testing.B) {
	w := newWorld(b)
	id := w.AuthorizationIn(authorization.Submitted)
	view, err := w.Store.GetCase(b.Context(), w.Actor(theAuditor), authorization.Kind, id)
	w.Must(err)
	for name, outcome := range map[string]workflows.Outcome{
		"done": {Version: view.Version}, "refused": {Version: view.Version, Refusal: refusal.NotInState.With()},
	} {
		b.Run(name, func(b *testing.B) {
			w.server.Give = func(context.Context, workflows.Command, bool) (workflows.Outcome, error) { return outcome, nil }
			body, err := json.Marshal(object{"reason": "理由"})
			w.Must(err)
			for n := 0; b.Loop(); n++ {
				r := w.send(theOfficer, http.MethodPost, authorizationsAt(id, "refuse"), body, "Idempotency-Key", fmt.Sprint(n))
				if r.status != http.StatusOK && r.status != http.StatusConflict {
					b.Fatalf("%s", r.body)
				}
			}
		})
	}
	b.Run("reads alone", func(b *testing.B) {
		for b.Loop() {
			actor, _, err := w.Store.Authenticate(b.Context(), w.secrets[theOfficer])
			w.Must(err)
			for range 2 {
				_, err = w.Store.GetCase(b.Context(), actor, authorization.Kind, id)
				w.Must(err)
			}
		}
	})
}
