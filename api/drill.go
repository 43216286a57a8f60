package api

import (
	"context"

	"datacharter/domain/authorization"
	"datacharter/domain/drill"
)

type (
	drillInput struct {
		ID     string `path:"id" maxLength:"200"`
		Ground string `query:"ground" required:"true" maxLength:"100" doc:"code of a ground of the pinned profile"`
	}
	drillOutput struct{ Body ExitDrill }
)

// ExitDrill is what a dry run of an exit found. Nothing was changed.
type ExitDrill struct {
	Authorization string `json:"authorization"`
	drill.Drill
}

// drillExit runs the whole exit of an authorisation dry.
func (s *server) drillExit(ctx context.Context, in *drillInput) (*drillOutput, error) {
	actor := callOf(ctx).actor
	view, err := s.Case(ctx, actor, authorization.Machine, in.ID)
	if err != nil {
		return nil, err
	}
	found, refused, err := s.Drill(ctx, actor, view, in.Ground)
	switch {
	case err != nil:
		return nil, err
	case refused != nil:
		return nil, refuse(refused)
	}
	return &drillOutput{Body: ExitDrill{Authorization: in.ID, Drill: found}}, nil
}
