package policies

import (
	"fmt"
	"os"

	"datacharter/domain/policy"
)

// Report is what was found in a profile's file: a profile that can be used, or problems.
type Report struct {
	File     string
	Profile  *policy.Profile // nil when there are problems
	Problems Problems
}

// String writes one line for each problem, or one that names the profile.
func (r Report) String() string {
	if len(r.Problems) > 0 {
		return r.Problems.Error()
	}
	return fmt.Sprintf("%s: %s version %d can be used, %s", r.File, r.Profile.Name, r.Profile.Version, r.Profile.Hash)
}

// Check reads the file of a profile and reports what is wrong with it. The error is of reading; problems are no error.
func Check(file string) (Report, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return Report{}, err
	}
	p, problems := parse(file, raw)
	return Report{File: file, Profile: p, Problems: problems}, nil
}
