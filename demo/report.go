package demo

import (
	"fmt"
	"io"
	"strings"
)

// WriteSummary prints how many authorisations came to which end, and which. The error says how many did not come to theirs.
func WriteSummary(out io.Writer, results []Result, language string) error {
	lost := 0
	var text strings.Builder
	for i, r := range results {
		if i == 0 || r.Ending != results[i-1].Ending {
			fmt.Fprintf(&text, "%2d  %s  %s\n", r.Ending.Times, r.Ending.Name, r.Ending.Words.In(language))
		}
		fmt.Fprintf(&text, "      %-22s  %s\n", r.Case, r.State)
		if r.Err != nil {
			lost++
			fmt.Fprintf(&text, "      ! %s\n", strings.ReplaceAll(r.Err.Error(), "\n", " "))
		}
	}
	if _, err := io.WriteString(out, text.String()); err != nil {
		return err
	}
	if lost > 0 {
		return fmt.Errorf("%d of %d authorisations did not come to their planned end; each is marked with ! above", lost, len(results))
	}
	return nil
}
