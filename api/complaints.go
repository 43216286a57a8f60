package api

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"datacharter/domain/complaint"
	"datacharter/domain/refusal"
)

// How often one client may send something without a token. Both figures are this system's choice. A whole office may stand behind one address.
const (
	sendsAtOnce = 30
	sendsEvery  = 2 * time.Second
)

// notTooMany lets a request to a route to which anybody may send something pass unless its client sends too often.
func (s *server) notTooMany(ctx huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(ctx)
	if s.limit != nil {
		if wait := s.limit.Wait(s.proxies.Address(c.Request), s.wall()); wait > 0 {
			c.Header("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			writeProblem(c, refusal.TooManyRequests.With())
			return
		}
	}
	next(ctx)
}

// ComplaintLodged gives whoever lodged a complaint the number to follow it by. Nobody can be given it again later.
type ComplaintLodged struct {
	Number string `json:"number" doc:"keep it: it alone leads to the answer"`
}

// ComplaintNumber is such a number.
type ComplaintNumber struct {
	Number string `json:"number" maxLength:"200"`
}

type (
	lodgeInput struct {
		Keyed
		Body complaint.LodgeInput
	}
	lodgedOutput struct {
		Status int
		Body   ComplaintLodged
	}
	followInput struct {
		Body ComplaintNumber
	}
	followOutput struct {
		Body complaint.Standing
	}
)

func (s *server) lodgeComplaint(ctx context.Context, in *lodgeInput) (*lodgedOutput, error) {
	number, refused, err := s.Lodge(ctx, in.Body, in.Key)
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &lodgedOutput{Status: http.StatusCreated, Body: ComplaintLodged{Number: number}}, nil
}

func (s *server) followComplaint(ctx context.Context, in *followInput) (*followOutput, error) {
	if in.Body.Number == "" {
		return nil, refuseField(refusal.Required.At("number"))
	}
	standing, err := s.Follow(ctx, in.Body.Number)
	if err != nil {
		return nil, err
	}
	return &followOutput{Body: standing}, nil
}
