package api

import (
	"context"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// ProblemCode explains one code of problems and of fields at fault.
type ProblemCode struct {
	Code   string    `json:"code"`
	Status int       `json:"status" doc:"of an answer with this code; a field's code stands in an answer with its own"`
	Words  text.Text `json:"words" doc:"{name} stands for a parameter"`
}

type codeInput struct {
	Code string `path:"code" maxLength:"100"`
}

type codeOutput struct{ Body ProblemCode }

func problemCode(c refusal.Code) ProblemCode {
	return ProblemCode{Code: c.Name, Status: casework.Status(c.Name, c.Class), Words: c.Words}
}

func (s *server) listCodes(context.Context, *nothingInput) (*listOutput[ProblemCode], error) {
	return all(refusal.Codes(), problemCode), nil
}

func (s *server) getCode(_ context.Context, in *codeInput) (*codeOutput, error) {
	for _, c := range refusal.Codes() {
		if c.Name == in.Code {
			return &codeOutput{Body: problemCode(c)}, nil
		}
	}
	return nil, store.ErrNotFound
}
