// Package useguide is the worked example for whoever programs a platform that reports use. The pages and docs/platforms.md show these very scripts, and a
// test runs them.
package useguide

import _ "embed" // of the scripts

var (
	// Keys makes the keys of a platform.
	//go:embed keys.sh
	Keys string
	// Report asks about a use, and reports it.
	//go:embed report.sh
	Report string
)
