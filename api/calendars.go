package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// YearFile is a year's notice in the shape of the files under policies/calendars. It is read as it stands, and checked field by field.
type YearFile struct{ json.RawMessage }

// Schema implements huma.SchemaProvider. It describes; what a year must have is said by the check alone, in one way for everybody.
func (YearFile) Schema(registry huma.Registry) *huma.Schema {
	const name = "YearFile"
	if _, ok := registry.Map()[name]; !ok {
		of := func(kind, doc string) *huma.Schema { return &huma.Schema{Type: kind, Description: doc} }
		day := of(huma.TypeObject, "")
		day.AdditionalProperties = true
		day.Properties = map[string]*huma.Schema{
			"date": of(huma.TypeString, "YYYY-MM-DD"), "isOffDay": of(huma.TypeBoolean, "off; otherwise a weekend day that is worked"),
			"name": of(huma.TypeString, "of the holiday; may be left out"),
		}
		days := of(huma.TypeArray, "the days that are off beside the weekends, and the weekend days that are worked")
		days.Items = day
		papers := of(huma.TypeArray, "addresses of the notice; may be left out when its number or name is given")
		papers.Items = of(huma.TypeString, "")
		year := of(huma.TypeObject, "a year's notice of working days")
		year.AdditionalProperties = true
		year.Properties = map[string]*huma.Schema{
			"year": of(huma.TypeInteger, ""), "notice": of(huma.TypeString, "its number or name"), "papers": papers,
			"issued": of(huma.TypeString, "YYYY-MM-DD, its day; may be left out"), "days": days,
			"$schema": of(huma.TypeString, "not used"), "$id": of(huma.TypeString, "not used"),
		}
		year.PrecomputeMessages()
		registry.Map()[name] = year
	}
	return &huma.Schema{Ref: schemasRef + name}
}

// WorkingDays is the calendar of working days in force.
type WorkingDays struct {
	Version string           `json:"version" doc:"as time limits name it"`
	Years   []CalendarYear   `json:"years" nullable:"false"`
	Uploads []CalendarUpload `json:"uploads" nullable:"false" doc:"newest first; of a year the newest counts"`
}

// CalendarYear is one year of it: weekends are off, except the work days; the off days are off besides.
type CalendarYear struct {
	Year   int             `json:"year"`
	Notice string          `json:"notice"`
	Issued calendar.Date   `json:"issued,omitzero" format:"date"`
	Upload int64           `json:"upload,omitempty" doc:"the upload it comes from; left out for one that came with the program or its directory"`
	Off    []calendar.Date `json:"off" nullable:"false"`
	Work   []calendar.Date `json:"work" nullable:"false"`
}

// CalendarUpload is one notice that was uploaded.
type CalendarUpload struct {
	Version int64     `json:"version" doc:"1, 2, 3 … in the order of upload"`
	Year    int       `json:"year"`
	Notice  string    `json:"notice"`
	Issued  string    `json:"issued,omitempty" format:"date"`
	Digest  string    `json:"digest"`
	AddedAt time.Time `json:"added_at"`
	AddedBy string    `json:"added_by"`
}

// CalendarMoves is what a calendar would move.
type CalendarMoves struct {
	Calendar string          `json:"calendar" doc:"version of the calendar that would be in force"`
	Totals   *CalendarTotals `json:"totals,omitempty" doc:"over all open cases; with the first part alone"`
	Items    []DueDateMove   `json:"items" nullable:"false"`
	Next     string          `json:"next,omitempty" doc:"cursor of the part that follows; left out when none does"`
}

// CalendarTotals counts what would happen to due dates.
type CalendarTotals struct {
	Cases   int `json:"cases" doc:"open cases with a running limit"`
	Earlier int `json:"earlier"`
	Later   int `json:"later"`
	Settled int `json:"settled" doc:"stay where they are, and are provisional no longer"`
}

// DueDateMove is one due date that would become another.
type DueDateMove struct {
	Case    string         `json:"case"`
	Kind    lifecycle.Kind `json:"kind"`
	Title   string         `json:"title"`
	Limit   string         `json:"limit"`
	Rule    text.Text      `json:"rule"`
	Article string         `json:"article"`
	From    calendar.Date  `json:"from" format:"date"`
	To      calendar.Date  `json:"to" format:"date"`
	Days    int            `json:"days" doc:"calendar days; negative when it comes earlier"`
	Href    string         `json:"href"`
}

// RecountProgress says how far a recount is.
type RecountProgress struct {
	Calendar   string     `json:"calendar" doc:"version of the calendar by which is counted"`
	Round      int        `json:"round"`
	Total      int        `json:"total" doc:"open cases with a running limit when it began"`
	Checked    int        `json:"checked"`
	Recounted  int        `json:"recounted" doc:"cases with a limit that changed"`
	Failed     int        `json:"failed" doc:"cases that did not answer; start it again for them"`
	StartedAt  time.Time  `json:"started_at"`
	StartedBy  string     `json:"started_by"`
	FinishedAt *time.Time `json:"finished_at,omitempty"`
	Superseded bool       `json:"superseded" doc:"another calendar is in force by now; what was left was not counted"`
}

// NewRecount names the calendar that was looked at.
type NewRecount struct {
	Calendar string `json:"calendar" maxLength:"40" doc:"version of the calendar in force, as the preview names it"`
}

type uploadCalendarInput struct {
	Keyed
	Body YearFile
}

type previewCalendarInput struct {
	Cursor string `query:"cursor" maxLength:"200" doc:"next of the part before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"due dates; those of one case stay together"`
	Body   *YearFile
}

type startRecountInput struct {
	Keyed
	Body NewRecount
}

type workingDaysOutput struct{ Body WorkingDays }

type calendarUploadOutput struct{ Body CalendarUpload }

type calendarMovesOutput struct{ Body CalendarMoves }

type recountOutput struct{ Body RecountProgress }

func (s *server) listCalendars(ctx context.Context, _ *nothingInput) (*workingDaysOutput, error) {
	now, err := s.calendars.InForce(ctx)
	if err != nil {
		return nil, err
	}
	uploads, err := s.calendars.Uploads(ctx)
	if err != nil {
		return nil, err
	}
	out := WorkingDays{Version: now.Version, Years: []CalendarYear{}, Uploads: []CalendarUpload{}}
	for _, y := range now.Years {
		out.Years = append(out.Years, CalendarYear{
			Year: y.Year.Year, Notice: y.Notice, Issued: y.Issued, Upload: y.Upload, Off: append([]calendar.Date{}, y.Off...), Work: append([]calendar.Date{}, y.Work...),
		})
	}
	for _, u := range uploads {
		out.Uploads = append(out.Uploads, uploadView(u))
	}
	return &workingDaysOutput{Body: out}, nil
}

func uploadView(u store.Calendar) CalendarUpload {
	return CalendarUpload{Version: u.Version, Year: u.Year, Notice: u.Notice, Issued: u.Issued, Digest: u.Digest, AddedAt: u.AddedAt, AddedBy: u.AddedBy}
}

func (s *server) uploadCalendar(ctx context.Context, in *uploadCalendarInput) (*calendarUploadOutput, error) {
	person := callOf(ctx).actor.Person
	put, refused, err := s.calendars.Put(ctx, person, casework.CommandID(person, in.Key), in.Body.RawMessage)
	if refused != nil {
		return nil, refuse(refused)
	}
	return &calendarUploadOutput{Body: uploadView(put)}, err
}

func (s *server) previewCalendar(ctx context.Context, in *previewCalendarInput) (*calendarMovesOutput, error) {
	var content []byte
	if in.Body != nil {
		content = in.Body.RawMessage
	}
	p, refused, err := s.calendars.Preview(ctx, content, in.Cursor, in.Limit)
	if refused != nil {
		return nil, refuse(refused)
	}
	if err != nil {
		return nil, err
	}
	out := CalendarMoves{Calendar: p.Calendar, Items: []DueDateMove{}, Next: p.Next}
	if t := p.Totals; t != nil {
		out.Totals = &CalendarTotals{Cases: t.Cases, Earlier: t.Earlier, Later: t.Later, Settled: t.Settled}
	}
	for _, m := range p.Moves {
		out.Items = append(out.Items, s.moveView(m))
	}
	return &calendarMovesOutput{Body: out}, nil
}

func (s *server) moveView(m calendars.Move) DueDateMove {
	return DueDateMove{
		Case: m.Case, Kind: m.Kind, Title: m.Title, Limit: m.Name, Rule: m.Rule, Article: m.Article, From: m.From.On, To: m.To.On, Days: m.Days,
		Href: s.collectionOf(m.Kind).href(m.Case),
	}
}

func (s *server) getRecount(ctx context.Context, _ *nothingInput) (*recountOutput, error) {
	p, known, err := s.calendars.Progress(ctx)
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, refuse(refusal.NoRecount.With())
	}
	return &recountOutput{Body: progressView(p)}, nil
}

func (s *server) startRecount(ctx context.Context, in *startRecountInput) (*recountOutput, error) {
	person := callOf(ctx).actor.Person
	_, err := s.Once(ctx, person, in.Key, []string{"start-recount", string(canonical(&in.Body))}, func() error {
		_, refused, err := s.calendars.StartRecount(ctx, person, in.Body.Calendar)
		if refused != nil {
			return refuse(refused)
		}
		return untilLater(casework.Transport(err))
	})
	if err != nil {
		return nil, err
	}
	return s.getRecount(ctx, nil)
}

func progressView(p calendars.Progress) RecountProgress {
	return RecountProgress{
		Calendar: p.Calendar, Round: p.Round, Total: p.Total, Checked: p.Checked, Recounted: p.Recounted, Failed: p.Failed,
		StartedAt: p.StartedAt, StartedBy: p.StartedBy, FinishedAt: p.FinishedAt, Superseded: p.Superseded,
	}
}
