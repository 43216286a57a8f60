package workflows_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
)

// clock lists what the clocks of a case did, such as "03-04T16:00 deadline-reminded completeness".
func (l *lifetime) clockEvents(id string) []string {
	var out []string
	for _, e := range l.Events(id) {
		if e.Type == "deadline-reminded" || e.Type == "deadline-passed" {
			var in struct {
				Name string `json:"name"`
			}
			if err := json.Unmarshal(e.Data, &in); err != nil {
				l.t.Fatal(err)
			}
			out = append(out, e.At.UTC().Format("2006-01-02T15:04:05.999 ")+strings.TrimPrefix(e.Type, "deadline-")+" "+in.Name)
		}
	}
	return out
}

// punctual checks that every reminder and every end of a limit was acted on in its own instant, whatever run it fell into.
func (l *lifetime) punctual(def lifecycle.Definition, id string) {
	l.t.Helper()
	c := def.Blank(id)
	for _, e := range l.Events(id) {
		if h := c.Head(); e.Type == "deadline-reminded" || e.Type == "deadline-passed" {
			if at, ok := h.WakeAt(); !ok || !at.Equal(e.At) {
				l.t.Errorf("%s/%d: %s at %s, due at %s", id, e.Seq, e.Type, e.At, at)
			}
		} else if at, ok := h.WakeAt(); ok && at.Before(e.At) {
			l.t.Errorf("%s/%d: %s at %s while something was due at %s", id, e.Seq, e.Type, e.At, at)
		}
		if err := def.Evolve(c, e); err != nil {
			l.t.Fatal(err)
		}
	}
}
func TestX(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		d.Wait(day)
		a.As(lives.Officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "plan", Text: "缺"}}})
		d.Wait(13 * day)
		a.As(lives.Applicant, "resubmit", authorization.Nothing{})
		d.Wait(5 * day)
		a.Accept()
		d.Wait(40 * day)
		a.Review("business", authorization.Approve)
		a.Review("supplier", authorization.Approve)
		a.Review("security", authorization.Return)
		a.Review("finance", authorization.Approve)
		d.Wait(day)
		a.As(lives.Applicant, "resubmit", authorization.Nothing{})
		d.Wait(40 * day)
		a.As(lives.Applicant, "withdraw", authorization.ReasonInput{Reason: "不再需要"})
	})
	for _, s := range l.clockEvents("a-1") {
		t.Log(s)
	}
	for _, n := range l.Notices("a-1") {
		t.Log(n.At, n.Subject, n.To, n.Params["deadline"])
	}
	l.punctual(authorization.Machine, "a-1")
	t.Log(l.ended)
}

var _ = errors.New
var _ = slices.Sort[[]int]
var _ time.Time
var _ testsuite.WorkflowTestSuite
