package main

import "datacharter/policies"

type policyCommand struct {
	Check policyCheck `cmd:"" help:"Check a profile: every mistake with its line."`
}

type policyCheck struct {
	File string `arg:"" type:"existingfile" help:"The profile."`
}

// Run checks the profile and fails when it has mistakes.
func (c *policyCheck) Run(out output) error {
	report, err := policies.Check(c.File)
	out.printf("%s", report)
	return err
}
