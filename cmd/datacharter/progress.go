package main

import (
	"fmt"
	"os"
	"time"
)

const progressEvery = 200 * time.Millisecond

// progress prints how far a long piece of work is, on one line of stderr that it keeps rewriting, so that stdout holds results alone.
func progress(what string) func(done, all int) {
	var last time.Time
	return func(done, all int) {
		if done < all && time.Since(last) < progressEvery {
			return
		}
		last = time.Now()
		end := ""
		if done >= all {
			end = "\n"
		}
		_, _ = fmt.Fprintf(os.Stderr, "\r%s: %d of %d%s", what, done, all, end)
	}
}
