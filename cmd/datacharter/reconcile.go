package main

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"

	"datacharter/reconcile"
	"datacharter/serve"
)

type reconcileCommand struct {
	connection `embed:""`
	Repair     bool `help:"Bring each of them in line."`
	All        bool `help:"Look at closed cases and drafts too; they must have no workflow."`
}

// Run names every disagreement on a line of its own: the case, what is wrong, the row's version and the workflow's. It fails when any is left.
func (c *reconcileCommand) Run(ctx context.Context, out output) error {
	return c.with(ctx, signIn{}, func(system *serve.System, temporal client.Client) error {
		r := system.Reconciler(temporal)
		checked, left, err := c.walk(ctx, r, true, out)
		if err == nil && c.All {
			var checkedToo, leftToo int
			checkedToo, leftToo, err = c.walk(ctx, r, false, out)
			checked, left = checked+checkedToo, left+leftToo
		}
		if err != nil {
			return err
		}
		out.printf("%d cases looked at, %d disagree\n", checked, left)
		if left > 0 {
			return fmt.Errorf("%d cases disagree with their workflow", left)
		}
		return nil
	})
}

func (c *reconcileCommand) walk(ctx context.Context, r *reconcile.Reconciler, open bool, out output) (checked, left int, err error) {
	for next, first := "", true; first || next != ""; first = false {
		part, err := r.Disagreements(ctx, open, next, reconcile.MaxCases)
		if err != nil {
			return checked, left, err
		}
		for _, d := range part.Found {
			out.printf("%s\t%s\t%d\t%d\n", d.ID, d.Problem, d.Version, d.Known)
			if !c.Repair {
				left++
				continue
			}
			after, err := r.Repair(ctx, d.ID)
			if err != nil {
				return checked, left, err
			}
			if after != nil {
				left++
			} else {
				out.printf("%s\trepaired\n", d.ID)
			}
		}
		checked += part.Checked
		next = part.Next
	}
	return checked, left, nil
}
