package api

import (
	"context"
	"time"

	"datacharter/casework"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/store"
)

// concernAnswerers are who may answer somewhere; whose concern it is, is decided with the answer.
var concernAnswerers = func() rights {
	var may rights
	for _, role := range concern.Roles() {
		may = append(may, lifecycle.In(lifecycle.Anywhere, role))
	}
	return may
}()

// concernsAt are where the concerns of each kind stand.
var concernsAt = map[concern.Kind]string{concern.Report: base + "/quality-reports", concern.Demand: base + "/demands"}

// Concern is what quality reports and data demands have in common.
type Concern struct {
	ID         string          `json:"id"`
	Href       string          `json:"href"`
	Resource   string          `json:"resource,omitempty" doc:"of the catalogue"`
	Title      string          `json:"title" doc:"of the resource when it was reported, or of the demand"`
	State      concern.State   `json:"state"`
	StateWords text.Text       `json:"state_words"`
	Person     string          `json:"person,omitempty" doc:"who raised it; told to himself, to who answers and to supervisors alone"`
	At         time.Time       `json:"at"`
	Changed    time.Time       `json:"changed"`
	Due        *Deadline       `json:"due,omitempty" doc:"the limit for the first answer; left out for one that was raised before there was a limit"`
	Overdue    bool            `json:"overdue,omitempty"`
	Answers    []concern.State `json:"answers,omitempty" doc:"what the caller may answer now"`
	History    []ConcernEntry  `json:"history,omitempty" doc:"what was done about it, the first entry first; left out in lists"`
}

// ConcernEntry is one thing that was done about a concern.
type ConcernEntry struct {
	concern.Entry
	StateWords text.Text `json:"state_words"`
}

// QualityReport is a report of what is wrong with a resource.
type QualityReport struct {
	Concern
	concern.ReportInput
	FieldWords text.Text `json:"field_words"`
}

// DataDemand is a demand for data.
type DataDemand struct {
	Concern
	Data      string `json:"data"`
	Use       string `json:"use"`
	By        string `json:"by,omitempty" format:"date"`
	Supports  int    `json:"supports" doc:"people who have the same demand"`
	Supported bool   `json:"supported,omitempty" doc:"the caller is one of them; left out in lists"`
}

// ConcernStands is where a concern stands after a request; a repeat of the request says the same.
type ConcernStands struct {
	ID         string        `json:"id"`
	Number     int64         `json:"number" doc:"of the entry in its history"`
	State      concern.State `json:"state"`
	StateWords text.Text     `json:"state_words"`
	Supports   int           `json:"supports"`
	Href       string        `json:"href"`
}

// NewAnswer answers a concern.
type NewAnswer struct {
	concern.AnswerInput
	Organization string `json:"organization,omitempty" maxLength:"100" doc:"for which it is answered; needed by who may answer for several"`
}

// ConcernNarrowing is what lists of concerns can be narrowed by.
type ConcernNarrowing struct {
	Resource string `query:"resource" maxLength:"200"`
	Mine     yesNo  `query:"mine" enum:"true,false" doc:"true: only those that the caller raised"`
	ToAnswer yesNo  `query:"to_answer" enum:"true,false" doc:"true: only those that wait for an answer which the caller may give, the first due first"`
	Overdue  yesNo  `query:"overdue" enum:"true,false" doc:"true: only those whose first answer is overdue, the longest overdue first"`
}

type reportListInput struct {
	Paging
	ConcernNarrowing
	State concern.State `query:"state" enum:"open,confirmed,not-confirmed,mended,withdrawn"`
}

type demandListInput struct {
	Paging
	ConcernNarrowing
	State concern.State `query:"state" enum:"open,promised,available,declined,withdrawn"`
}

type newReportInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
	Body concern.ReportInput
}

type newDemandInput struct {
	Keyed
	Body concern.DemandInput
}

type newAnswerInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
	Body NewAnswer
}

type (
	reportOutput        struct{ Body QualityReport }
	demandOutput        struct{ Body DataDemand }
	concernStandsOutput struct {
		Location string `header:"Location"`
		Body     ConcernStands
	}
)

func (in ConcernNarrowing) filter(p Paging, kind concern.Kind, state concern.State) store.ConcernFilter {
	return store.ConcernFilter{
		Kind: kind, State: state, Resource: in.Resource, Mine: in.Mine == "true", ToAnswer: in.ToAnswer == "true",
		Overdue: in.Overdue == "true", Cursor: p.Cursor, Limit: p.Limit,
	}
}

func (s *server) listQualityReports(ctx context.Context, in *reportListInput) (*listOutput[QualityReport], error) {
	page, err := s.Store.ListConcerns(ctx, callOf(ctx).actor, in.filter(in.Paging, concern.Report, in.State))
	if err != nil {
		return nil, err
	}
	return shown(page, func(c concern.Concern) QualityReport { return s.reportView(callOf(ctx).actor, c) }), nil
}

func (s *server) listDemands(ctx context.Context, in *demandListInput) (*listOutput[DataDemand], error) {
	page, err := s.Store.ListConcerns(ctx, callOf(ctx).actor, in.filter(in.Paging, concern.Demand, in.State))
	if err != nil {
		return nil, err
	}
	return shown(page, func(c concern.Concern) DataDemand { return s.demandView(callOf(ctx).actor, c) }), nil
}

func (s *server) getQualityReport(ctx context.Context, in *idInput) (*reportOutput, error) {
	actor := callOf(ctx).actor
	c, err := s.Store.GetConcern(ctx, actor, concern.Report, in.ID)
	if err != nil {
		return nil, err
	}
	out := s.reportView(actor, c)
	out.History, err = s.concernHistory(ctx, actor, c)
	return &reportOutput{Body: out}, err
}

func (s *server) getDemand(ctx context.Context, in *idInput) (*demandOutput, error) {
	actor := callOf(ctx).actor
	c, err := s.Store.GetConcern(ctx, actor, concern.Demand, in.ID)
	if err != nil {
		return nil, err
	}
	out := s.demandView(actor, c)
	if out.Supported, err = s.Store.Supports(ctx, c.ID, actor.Person); err != nil {
		return nil, err
	}
	out.History, err = s.concernHistory(ctx, actor, c)
	return &demandOutput{Body: out}, err
}

func (s *server) concernHistory(ctx context.Context, actor identity.Actor, c concern.Concern) ([]ConcernEntry, error) {
	entries, err := s.Store.ConcernEntries(ctx, c.ID)
	out := make([]ConcernEntry, len(entries))
	for i, e := range entries {
		out[i] = ConcernEntry{c.For(actor, e), e.State.Words()}
	}
	return out, err
}

func (s *server) concernView(actor identity.Actor, c concern.Concern) Concern {
	out := Concern{
		ID: c.ID, Href: concernsAt[c.Kind] + "/" + c.ID, Resource: c.Resource, Title: c.Title, State: c.State, StateWords: c.State.Words(), At: c.At, Changed: c.Changed,
	}
	if due := c.Due(); due != nil {
		view := deadlineView(*due)
		if out.Due, out.Overdue = &view, c.Overdue(s.Clock.Now()); out.Overdue {
			view.State = "passed"
		}
	}
	if c.NamesPeople(actor) {
		out.Person = c.Person
	}
	if len(c.Capacities(actor)) > 0 {
		out.Answers = c.Answers()
	}
	return out
}

func (s *server) reportView(actor identity.Actor, c concern.Concern) QualityReport {
	return QualityReport{Concern: s.concernView(actor, c), ReportInput: *c.Report, FieldWords: c.Report.FieldWords()}
}

func (s *server) demandView(actor identity.Actor, c concern.Concern) DataDemand {
	return DataDemand{Concern: s.concernView(actor, c), Data: c.Demand.Data, Use: c.Demand.Use, By: c.Demand.By, Supports: c.Supports}
}

func (s *server) raiseQualityReport(ctx context.Context, in *newReportInput) (*concernStandsOutput, error) {
	return s.concern(ctx, casework.ConcernOrder{Kind: concern.Report, Action: concern.Raise, Resource: in.ID, Key: in.Key, Report: &in.Body})
}

func (s *server) raiseDemand(ctx context.Context, in *newDemandInput) (*concernStandsOutput, error) {
	return s.concern(ctx, casework.ConcernOrder{Kind: concern.Demand, Action: concern.Raise, Key: in.Key, Demand: &in.Body})
}

func (s *server) answerConcern(kind concern.Kind) func(context.Context, *newAnswerInput) (*concernStandsOutput, error) {
	return func(ctx context.Context, in *newAnswerInput) (*concernStandsOutput, error) {
		return s.concern(ctx, casework.ConcernOrder{
			Kind: kind, ID: in.ID, Action: concern.Answer, Key: in.Key, Organization: in.Body.Organization, Answer: &in.Body.AnswerInput,
		})
	}
}

// onConcern does what needs no more to be said.
func (s *server) onConcern(kind concern.Kind, action concern.Action) func(context.Context, *keyedIDInput) (*concernStandsOutput, error) {
	return func(ctx context.Context, in *keyedIDInput) (*concernStandsOutput, error) {
		return s.concern(ctx, casework.ConcernOrder{Kind: kind, ID: in.ID, Action: action, Key: in.Key})
	}
}

func (s *server) concern(ctx context.Context, o casework.ConcernOrder) (*concernStandsOutput, error) {
	done, refused, err := s.Desk.Concern(ctx, callOf(ctx).actor, o)
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	href := concernsAt[o.Kind] + "/" + done.ID
	return &concernStandsOutput{
		Location: href,
		Body:     ConcernStands{ID: done.ID, Number: done.Number, State: done.State, StateWords: done.State.Words(), Supports: done.Supports, Href: href},
	}, nil
}
