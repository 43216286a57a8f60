package demo

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// WriteSummary prints how many authorisations came to which end, and which; the error names those that did not come to theirs.
func WriteSummary(out io.Writer, results []Result, language string) error {
	var failed []error
	for i, r := range results {
		if i == 0 || r.Ending != results[i-1].Ending {
			if _, err := fmt.Fprintf(out, "%s  %s\n", r.Ending.Name, r.Ending.Words.In(language)); err != nil {
				return err
			}
		}
		line := fmt.Sprintf("  %-24s %s", r.Case, r.State)
		if r.Err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", r.Ending.Name, r.Err))
			line += "  " + strings.ReplaceAll(r.Err.Error(), "\n", " ")
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}
