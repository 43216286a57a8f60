package api

import (
	"context"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/responsibility"
)

type (
	authorizationInput struct {
		ID string `path:"id" maxLength:"200"`
	}
	responsibilitiesOutput struct{ Body Responsibilities }
	competitionOutput      struct{ Body Competition }
)

// Responsibilities is who answers for what under an authorisation.
type Responsibilities struct {
	Authorization string                `json:"authorization"`
	Stages        responsibility.Matrix `json:"stages"`
}

// Competition is what the indicators of fair competition say of an authorisation. They decide nothing.
type Competition struct {
	Authorization string `json:"authorization"`
	casework.Competition
}

// lookAtCompetition holds an authorisation against the indicators of fair competition.
func (s *server) lookAtCompetition(ctx context.Context, in *authorizationInput) (*competitionOutput, error) {
	actor := callOf(ctx).actor
	view, err := s.Case(ctx, actor, authorization.Machine, in.ID)
	if err != nil {
		return nil, err
	}
	seen, refused, err := s.Competition(ctx, actor, view)
	switch {
	case err != nil:
		return nil, err
	case refused != nil:
		return nil, refuse(refused)
	}
	return &competitionOutput{Body: Competition{in.ID, seen}}, nil
}

// listResponsibilities tells every party of an authorisation who answers for what: whoever sees the case is one.
func (s *server) listResponsibilities(ctx context.Context, in *authorizationInput) (*responsibilitiesOutput, error) {
	view, err := s.Case(ctx, callOf(ctx).actor, authorization.Machine, in.ID)
	if err != nil {
		return nil, err
	}
	matrix, refused, err := s.Responsibilities(ctx, view)
	switch {
	case err != nil:
		return nil, err
	case refused != nil:
		return nil, refuse(refused)
	}
	return &responsibilitiesOutput{Body: Responsibilities{Authorization: in.ID, Stages: matrix}}, nil
}
