package web

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/content"
)

// sentBack is one occasion on which an application was sent back to the applicant.
type sentBack struct {
	at      time.Time
	by      identity.By // zero when a meeting did
	what    text.Text
	missing []authorization.Missing
	words   string // of a reviewer or a resolution
	url     string // of the resolution; may be empty
}

// revision is one submission with what it answers and what it changed.
type revision struct {
	no      int // of the submission; 0 for what is still to be answered
	at      time.Time
	by      identity.By
	asked   []sentBack
	changes []content.Difference
}

// sentBackEver reports whether there is anything to compare: the application came back, or was handed in again.
func sentBackEver(v *casework.View) bool {
	a := authorizationOf(v)
	returned := slices.ContainsFunc(a.Tasks, isReturn)
	amended := slices.ContainsFunc(a.Resolutions, amends)
	return len(a.Submissions) > 1 || a.Returns > 0 || returned || amended
}

// differencesTab shows, newest first, why the application was sent back and what the applicant changed.
func (s *server) differencesTab(c *casePage) (templ.Component, error) {
	a := authorizationOf(c.view)
	asked, err := s.sentBack(c.ctx, c.actor, a)
	if err != nil {
		return nil, err
	}
	var contents []authorization.Application
	var people, organizations []string
	for _, b := range asked {
		people, organizations = append(people, b.by.Person), append(organizations, b.by.Organization)
	}
	for _, sub := range a.Submissions {
		contents = append(contents, sub.Content)
		people, organizations = append(people, sub.By.Person), append(organizations, sub.By.Organization)
	}
	if err := s.alsoName(c, people, organizations); err != nil {
		return nil, err
	}
	k, err := s.knownOf(c.visit, c.view.Policy, contents)
	if err != nil {
		return nil, err
	}
	var revisions []revision
	for i := 1; i < len(a.Submissions); i++ {
		before, after := a.Submissions[i-1], a.Submissions[i]
		var answers []sentBack
		answers, asked = until(asked, after.At)
		revisions = append(revisions, revision{
			no: after.No, at: after.At, by: after.By, asked: answers,
			changes: content.Changes(content.Compare(content.Of(before.Content, k.names), content.Of(after.Content, k.names))),
		})
	}
	if len(asked) > 0 {
		revisions = append(revisions, revision{asked: asked})
	}
	slices.Reverse(revisions)
	return differencesPage(c, revisions), nil
}

// until parts what was asked before a time from what was asked since.
func until(asked []sentBack, at time.Time) (before, since []sentBack) {
	n := 0
	for n < len(asked) && asked[n].at.Before(at) {
		n++
	}
	return asked[:n], asked[n:]
}

// sentBack lists the occasions in the order of time. What was missing is in the record alone once the application has come back.
func (s *server) sentBack(ctx context.Context, actor identity.Actor, a *authorization.Authorization) ([]sentBack, error) {
	var out []sentBack
	err := s.eachEvent(ctx, actor, a.ID, func(e store.RecordedEvent) error {
		if e.Type != (authorization.ReturnedIncomplete{}).EventType() {
			return nil
		}
		var returned authorization.ReturnedIncomplete
		if err := json.Unmarshal(e.Data, &returned); err != nil {
			return fmt.Errorf("event %d of %s: %w", e.Seq, a.ID, err)
		}
		out = append(out, sentBack{at: e.At, by: e.By, what: text.Text{ZH: "退回补正", EN: "Returned for completion"}, missing: returned.Missing})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, t := range a.Tasks {
		if isReturn(t) {
			out = append(out, sentBack{
				at: *t.DoneAt, by: *t.DoneBy, words: t.Opinion, what: text.Text{ZH: t.Title.ZH + "：退回修改", EN: t.Title.EN + ": returned"},
			})
		}
	}
	for _, r := range a.Resolutions {
		if amends(r) {
			out = append(out, sentBack{
				at: r.Resolution.DecidedOn, what: text.Text{ZH: "会议决议：修改后再议", EN: "Resolution: to be amended"},
				words: r.Resolution.Directions, url: resolutionURL(r.Resolution),
			})
		}
	}
	slices.SortStableFunc(out, func(x, y sentBack) int { return x.at.Compare(y.at) })
	return out, nil
}

// eachEvent goes through the whole record of a case.
func (s *server) eachEvent(ctx context.Context, actor identity.Actor, id string, do func(store.RecordedEvent) error) error {
	after := int64(0)
	for {
		events, err := s.Store.Events(ctx, actor, id, after, store.MaxLimit)
		if err != nil || len(events) == 0 {
			return err
		}
		for _, e := range events {
			if err := do(e); err != nil {
				return err
			}
		}
		after = events[len(events)-1].Seq
	}
}

func amends(r authorization.Resolved) bool {
	return r.Resolution.Decision == resolution.MajorDecision && r.Resolution.Outcome == resolution.Amended
}

// resolutionURL is the page of a resolution.
func resolutionURL(r resolution.Resolution) string {
	return "/resolutions/" + r.Meeting + "/" + strconv.Itoa(r.Item)
}
