package api

import (
	"context"

	"datacharter/casework"
	"datacharter/reconcile"
)

// Disagreement is a case whose row and workflow disagree.
type Disagreement struct {
	CaseSummary
	Problem reconcile.Problem `json:"problem" enum:"missing,differs,left,silent" doc:"missing: no workflow runs; differs: it knows another version; left: it runs though the case is closed or a draft; silent: it does not answer"`
	Known   int64             `json:"known,omitempty" doc:"the version that the workflow knows"`
}

// Disagreements is what was found in a part of the cases.
type Disagreements struct {
	Checked int            `json:"checked" doc:"cases that were looked at"`
	Items   []Disagreement `json:"items" nullable:"false"`
	Next    string         `json:"next,omitempty" doc:"cursor of the part that follows; left out when none does"`
}

// Repaired says how a case stands after a repair.
type Repaired struct {
	Case    string            `json:"case"`
	Agrees  bool              `json:"agrees"`
	Problem reconcile.Problem `json:"problem,omitempty" enum:"missing,differs,left,silent" doc:"what is left; left out when row and workflow agree"`
}

type disagreementsInput struct {
	Open   yesNo  `query:"open" enum:"true,false" doc:"the open cases, as without it; or the closed ones and the drafts"`
	Cursor string `query:"cursor" maxLength:"200" doc:"next of the part before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"cases to look at"`
}

type repairInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
}

type disagreementsOutput struct{ Body Disagreements }

type repairedOutput struct{ Body Repaired }

func (s *server) listDisagreements(ctx context.Context, in *disagreementsInput) (*disagreementsOutput, error) {
	part, err := s.reconciler.Disagreements(ctx, in.Open != "false", in.Cursor, in.Limit)
	if err != nil {
		return nil, untilLater(casework.Transport(err))
	}
	out := Disagreements{Checked: part.Checked, Items: []Disagreement{}, Next: part.Next}
	for _, d := range part.Found {
		out.Items = append(out.Items, Disagreement{CaseSummary: s.collectionOf(d.Kind).summary(d.CaseSummary), Problem: d.Problem, Known: d.Known})
	}
	return &disagreementsOutput{Body: out}, nil
}

// repairCase repairs once for a key; a repeat looks again how the case stands.
func (s *server) repairCase(ctx context.Context, in *repairInput) (*repairedOutput, error) {
	var left *reconcile.Disagreement
	now, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"repair-case", in.ID}, func() (err error) {
		left, err = s.reconciler.Repair(ctx, in.ID)
		return err
	})
	if err == nil && !now {
		left, err = s.reconciler.Check(ctx, in.ID)
	}
	if err != nil {
		return nil, untilLater(casework.Transport(err))
	}
	out := Repaired{Case: in.ID, Agrees: left == nil}
	if left != nil {
		out.Problem = left.Problem
	}
	return &repairedOutput{Body: out}, nil
}
