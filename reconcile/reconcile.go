// Package reconcile finds the cases whose row in the database and workflow in Temporal disagree, and repairs them. It is the one place where
// Temporal is asked about cases, and it asks case by case: the database is the record, and what Temporal lists may lag behind.
package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datacharter/store"
	"datacharter/workflows"
)

// Problem is how a case's row and workflow disagree.
type Problem string

// The problems.
const (
	Missing Problem = "missing" // the case is open and no workflow runs: its due times pass unnoticed until somebody gives it a command
	Differs Problem = "differs" // the workflow knows another version of the case than its row
	Left    Problem = "left"    // a workflow runs though the case is closed, or is a draft
	Silent  Problem = "silent"  // the workflow runs and does not say what it knows: no worker answers, or it waits for a corrected program
)

// Problems lists every problem.
var Problems = []Problem{Missing, Differs, Left, Silent}

// Disagreement is one case whose row and workflow disagree.
type Disagreement struct {
	store.CaseSummary
	Problem Problem
	Known   int64 // version that the workflow knows; 0 when it is missing or silent
}

// Part is what was found in a part of the cases.
type Part struct {
	Checked int // cases
	Found   []Disagreement
	Next    string // cursor of the part that follows; empty when none does
}

// Reconciler compares and repairs. Store and Temporal are needed.
type Reconciler struct {
	Store    *store.Store
	Temporal client.Client
	// Pause is how long to wait before looking again at a case that seems to disagree: it may have moved on between two looks. 300 ms when 0.
	Pause time.Duration
}

// The sizes of a part, in cases.
const (
	DefaultCases = 100
	MaxCases     = 500
)

const (
	askedAtOnce  = 16              // cases
	answerWithin = 5 * time.Second // of one workflow
	defaultPause = 300 * time.Millisecond
)

// Disagreements looks at the open cases, or with open false at the closed ones and the drafts, which must have no workflow; limit of them at most, from
// the one after cursor on, in the order of their IDs. A case is named only when it disagrees twice, with a pause between.
func (r *Reconciler) Disagreements(ctx context.Context, open bool, cursor string, limit int) (Part, error) {
	if limit <= 0 {
		limit = DefaultCases
	}
	limit = min(limit, MaxCases)
	cases, err := r.Store.CasesAfter(ctx, cursor, limit, open)
	if err != nil {
		return Part{}, err
	}
	found := make([]*Disagreement, len(cases))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(askedAtOnce)
	for i, c := range cases {
		group.Go(func() error {
			var err error
			found[i], err = r.twice(within, c)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Part{}, err
	}
	out := Part{Checked: len(cases)}
	for _, d := range found {
		if d != nil {
			out.Found = append(out.Found, *d)
		}
	}
	if len(cases) == limit {
		out.Next = cases[limit-1].ID
	}
	return out, nil
}

// Check looks at one case; nil when row and workflow agree, store.ErrNotFound when there is no such case.
func (r *Reconciler) Check(ctx context.Context, id string) (*Disagreement, error) {
	c, err := r.Store.CaseByID(ctx, id)
	if err != nil {
		return nil, err
	}
	return r.twice(ctx, c)
}

func (r *Reconciler) twice(ctx context.Context, c store.CaseSummary) (*Disagreement, error) {
	d, err := r.compare(ctx, c)
	if d == nil || err != nil {
		return nil, err
	}
	pause := r.Pause
	if pause == 0 {
		pause = defaultPause
	}
	select {
	case <-time.After(pause):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c, err = r.Store.CaseByID(ctx, c.ID); err != nil {
		return nil, err
	}
	return r.compare(ctx, c)
}

// compare asks Temporal about one case. An error means that Temporal cannot be reached.
func (r *Reconciler) compare(ctx context.Context, c store.CaseSummary) (*Disagreement, error) {
	runs, err := r.runs(ctx, c.ID)
	open := !c.Closed && !c.Draft
	switch {
	case err != nil:
		return nil, err
	case !runs && open:
		return &Disagreement{CaseSummary: c, Problem: Missing}, nil
	case !runs:
		return nil, nil
	}
	known, answers, err := r.known(ctx, c.ID)
	switch {
	case err != nil:
		return nil, err
	case !open:
		return &Disagreement{CaseSummary: c, Problem: Left, Known: known}, nil
	case !answers:
		return &Disagreement{CaseSummary: c, Problem: Silent}, nil
	case known != c.Version:
		return &Disagreement{CaseSummary: c, Problem: Differs, Known: known}, nil
	default:
		return nil, nil
	}
}

// runs reports whether a workflow of the case is running.
func (r *Reconciler) runs(ctx context.Context, id string) (bool, error) {
	found, err := r.Temporal.DescribeWorkflowExecution(ctx, id, "")
	var none *serviceerror.NotFound
	switch {
	case errors.As(err, &none):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("ask for the workflow of %s: %w", id, err)
	}
	return found.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// known asks the running workflow for the version that it knows; false when it does not answer.
func (r *Reconciler) known(ctx context.Context, id string) (version int64, answers bool, err error) {
	within, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	value, err := r.Temporal.QueryWorkflow(within, id, "", workflows.HeaderQuery)
	var unreachable *serviceerror.Unavailable
	switch {
	case err == nil:
		var header workflows.Header
		if err := value.Get(&header); err != nil {
			return 0, false, fmt.Errorf("what the workflow of %s knows: %w", id, err)
		}
		return header.Version, true, nil
	case ctx.Err() != nil:
		return 0, false, ctx.Err()
	case errors.As(err, &unreachable):
		return 0, false, fmt.Errorf("ask the workflow of %s: %w", id, err)
	default:
		return 0, false, nil
	}
}
