package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// CaseSummary is a case as lists show it.
type CaseSummary struct {
	ID         string          `json:"id"`
	Kind       lifecycle.Kind  `json:"kind"`
	Version    int64           `json:"version"`
	State      lifecycle.State `json:"state"`
	StateWords text.Text       `json:"state_words"`
	Phase      lifecycle.Phase `json:"phase"`
	PhaseWords text.Text       `json:"phase_words"`
	Title      string          `json:"title"`
	Applicant  string          `json:"applicant,omitempty"`
	Agency     string          `json:"agency,omitempty"`
	Body       string          `json:"body,omitempty"`
	OpenedAt   time.Time       `json:"opened_at"`
	ChangedAt  time.Time       `json:"changed_at"`
	ClosedAt   *time.Time      `json:"closed_at,omitempty"`
	Href       string          `json:"href"`
}

// Event is one entry of a case's record. Each names the hash of the one before, so that a change to any shows.
type Event struct {
	Seq       int64           `json:"seq" doc:"1, 2, 3 …; the case's version after it"`
	Type      string          `json:"type"`
	Schema    int             `json:"schema" doc:"of data"`
	At        time.Time       `json:"at"`
	By        identity.By     `json:"by"`
	CommandID string          `json:"command_id"`
	Data      json.RawMessage `json:"data"`
	PrevHash  string          `json:"prev_hash"`
	Hash      string          `json:"hash"`
}

type caseListInput struct {
	Paging
	State     string         `query:"state" maxLength:"100"`
	Phase     string         `query:"phase" maxLength:"100"`
	Applicant string         `query:"applicant" maxLength:"100"`
	Agency    string         `query:"agency" maxLength:"100"`
	Decider   string         `query:"body" maxLength:"100"`
	Closed    yesNo          `query:"closed" enum:"true,false"`
	Draft     yesNo          `query:"draft" enum:"true,false"`
	Text      string         `query:"text" maxLength:"200" doc:"every word occurs in the title or the ID"`
	Sort      store.CaseSort `query:"sort" enum:"changed,opened" default:"changed" doc:"last changed or last opened first"`
}

type eventsInput struct {
	ID     string `path:"id" maxLength:"200"`
	Cursor string `query:"cursor" maxLength:"20" doc:"next of the part before: the number of its last event"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// reads registers the routes by which cases of the kind are read; the store decides who sees which.
func (c *collection) reads(words text.Text) {
	kind := string(c.def.Kind())
	get(c.server, "/"+c.name, "list-"+c.name, text.Text{ZH: "列出" + words.ZH, EN: "list cases: " + words.EN}, only(anyone), c.list)
	register(c.server, huma.Operation{
		OperationID: "get-" + kind, Method: http.MethodGet, Path: base + "/" + c.name + "/{id}", Responses: c.responses(http.StatusOK, false), Errors: []int{400, 404},
	}, text.Text{ZH: "查看" + words.ZH, EN: "read one case: " + words.EN}, only(anyone), false, c.get)
	get(c.server, "/"+c.name+"/{id}/events", "list-"+kind+"-events", text.Text{ZH: "读取" + words.ZH + "的全部记录", EN: "read the record of one case: " + words.EN}, only(anyone), c.events)
}

func (c *collection) list(ctx context.Context, in *caseListInput) (*listOutput[CaseSummary], error) {
	if err := c.known(in.State, in.Phase); err != nil {
		return nil, err
	}
	page, err := c.server.Store.ListCases(ctx, callOf(ctx).actor, store.CaseFilter{
		Kind: c.def.Kind(), State: lifecycle.State(in.State), Phase: lifecycle.Phase(in.Phase), Applicant: in.Applicant, Agency: in.Agency, Body: in.Decider,
		Closed: in.Closed.value(), Draft: in.Draft.value(), Text: in.Text, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return shown(page, c.summary), nil
}

// known refuses states and phases that the kind does not have, so that a slip of the pen is not an empty list.
func (c *collection) known(state, phase string) error {
	table := c.def.Table()
	var states, phases []string
	for _, s := range table.States {
		states = append(states, string(s.Name))
	}
	for _, p := range table.Phases {
		phases = append(phases, string(p.Name))
	}
	var fields []refusal.Field
	for _, f := range []struct {
		path, value string
		choices     []string
	}{{"query.state", state, states}, {"query.phase", phase, phases}} {
		if f.value != "" && !slices.Contains(f.choices, f.value) {
			fields = append(fields, refusal.NotAChoice.At(f.path, "choices", strings.Join(f.choices, ", ")))
		}
	}
	if len(fields) > 0 {
		return refuse(refusal.InvalidFields(fields))
	}
	return nil
}

func (c *collection) summary(s store.CaseSummary) CaseSummary {
	return CaseSummary{
		ID: s.ID, Kind: s.Kind, Version: s.Version, State: s.State, StateWords: c.def.State(s.State).Words, Phase: s.Phase, PhaseWords: c.phases[s.Phase],
		Title: s.Title, Applicant: s.Applicant, Agency: s.Agency, Body: s.Body, OpenedAt: s.OpenedAt, ChangedAt: s.ChangedAt, ClosedAt: s.ClosedAt,
		Href: c.href(s.ID),
	}
}

func (c *collection) get(ctx context.Context, in *idInput) (*caseOutput, error) {
	view, err := c.server.Case(ctx, callOf(ctx).actor, c.def, in.ID)
	if err != nil {
		return nil, err
	}
	return &caseOutput{Status: http.StatusOK, ETag: etag(view.Head.Version), Body: c.shown(view)}, nil
}

func (c *collection) events(ctx context.Context, in *eventsInput) (*listOutput[Event], error) {
	actor := callOf(ctx).actor
	if _, err := c.server.Store.GetCase(ctx, actor, c.def.Kind(), in.ID); err != nil {
		return nil, err
	}
	var after int64
	if in.Cursor != "" {
		var err error
		if after, err = strconv.ParseInt(in.Cursor, 10, 64); err != nil || after < 0 {
			return nil, store.ErrBadCursor
		}
	}
	events, err := c.server.Store.Events(ctx, actor, in.ID, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := all(events, func(e store.RecordedEvent) Event {
		return Event{
			Seq: e.Seq, Type: e.Type, Schema: e.Schema, At: e.At, By: e.By, CommandID: e.CommandID, Data: e.Data, PrevHash: e.PrevHash, Hash: e.Hash,
		}
	})
	if len(events) == in.Limit {
		out.Body.Next = strconv.FormatInt(events[len(events)-1].Seq, 10)
	}
	return out, nil
}
