package main

import (
	"fmt"

	"datacharter/policies"
)

type policyCommand struct {
	Check policyCheck `cmd:"" help:"Check a profile: every mistake with its line."`
}

type policyCheck struct {
	File string `arg:"" type:"existingfile" help:"The profile."`
}

// Run checks the profile and fails when it has mistakes.
func (c *policyCheck) Run(out output) error {
	report, err := policies.Check(c.File)
	if err != nil {
		return err
	}
	out.printf("%s\n", report)
	if n := len(report.Problems); n > 0 {
		return fmt.Errorf("%d problems in %s", n, c.File)
	}
	return nil
}
