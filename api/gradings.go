package api

import (
	"context"
	"strconv"
	"strings"

	"datacharter/casework"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// graders are who may grade somewhere; for which organisation is decided with the grading.
var graders = func() rights {
	var may rights
	for _, role := range grading.Roles() {
		may = append(may, lifecycle.In(lifecycle.Anywhere, role))
	}
	return may
}()

// Grading is one grading of a resource, with how the table that decided it was verified.
type Grading struct {
	grading.Grading
	GradeWords  text.Text      `json:"grade_words"`
	TableSource policy.Source  `json:"table_source" doc:"of the decision table; its mark says how it was verified"`
	LevelSource *policy.Source `json:"level_source,omitempty"`
}

// ResourceGrading is how a resource is graded now, and what follows from it.
type ResourceGrading struct {
	Resource string         `json:"resource"`
	Current  *Grading       `json:"current,omitempty" doc:"the grading that counts; left out when the resource was never graded"`
	Missing  []grading.Lack `json:"missing" nullable:"false" doc:"what is missing for it to be provided by itself"`
	Raised   []RaisedCase   `json:"raised" nullable:"false" doc:"open authorisations that name it and were opened while it was protected less"`
	More     bool           `json:"more,omitempty" doc:"there may be more of these"`
}

// RaisedCase is an authorisation that rests on a grade that has been raised since.
type RaisedCase struct {
	ID    string          `json:"id"`
	Title string          `json:"title"`
	State lifecycle.State `json:"state"`
	Href  string          `json:"href"`
}

// NewGrading is a grading to be added.
type NewGrading struct {
	grading.Input
	Organization string `json:"organization,omitempty" maxLength:"100" doc:"for which it is graded; needed by who may grade for several"`
}

type gradingOutput struct {
	ETag string `header:"ETag" doc:"number of the grading that counts, for If-Match"`
	Body ResourceGrading
}

type newGradingInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
	IfMatch string `header:"If-Match" pattern:"^(\\*|\"(0|[1-9][0-9]{0,17})\")$" doc:"the ETag read: refused when the resource has been graded since"`
	Body    NewGrading
}

type newGradingOutput struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     Grading
}

func (s *server) getGrading(ctx context.Context, in *idInput) (*gradingOutput, error) {
	known, err := s.graded(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := ResourceGrading{Resource: in.ID, Missing: append([]grading.Lack{}, known.Missing...), Raised: []RaisedCase{}, More: known.More}
	if now := known.Current(); now != nil {
		view := gradingView(*now)
		out.Current = &view
	}
	for _, c := range known.Raised {
		out.Raised = append(out.Raised, RaisedCase{ID: c.ID, Title: c.Title, State: c.State, Href: s.collectionOf(c.Kind).href(c.ID)})
	}
	return &gradingOutput{ETag: gradingTag(known.Number()), Body: out}, nil
}

func (s *server) listGradings(ctx context.Context, in *idInput) (*listOutput[Grading], error) {
	known, err := s.graded(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return all(known.History, gradingView), nil
}

// graded finds what is known of the grading of a resource of the catalogue.
func (s *server) graded(ctx context.Context, resource string) (casework.Graded, error) {
	if _, err := s.Store.GetResource(ctx, resource); err != nil {
		return casework.Graded{}, err
	}
	return s.Desk.Grading(ctx, callOf(ctx).actor, resource)
}

func (s *server) gradeResource(ctx context.Context, in *newGradingInput) (*newGradingOutput, error) {
	o := casework.GradingOrder{Resource: in.ID, Organization: in.Body.Organization, Key: in.Key, Input: in.Body.Input}
	if number, err := strconv.ParseInt(strings.Trim(in.IfMatch, `"`), 10, 64); err == nil {
		o.After = &number
	}
	done, refused, err := s.Grade(ctx, callOf(ctx).actor, o)
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &newGradingOutput{ETag: gradingTag(done.Number), Location: base + "/resources/" + in.ID + "/grading", Body: gradingView(done)}, nil
}

func gradingTag(number int64) string { return `"` + strconv.FormatInt(number, 10) + `"` }

func gradingView(g grading.Grading) Grading {
	out := Grading{Grading: g, GradeWords: g.Grade.Words(), TableSource: grading.TableSource}
	if g.Level > 0 {
		out.LevelSource = &grading.LevelSource
	}
	return out
}
