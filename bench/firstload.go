package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// maxFirstLoad bounds what a browser that has never been here loads for a page, in bytes as they are sent. The dashboard alone may take more.
const maxFirstLoad = 150 * kilobyte

// loaded are what a page has browsers load: style, scripts and icon. Nothing comes from elsewhere.
var loaded = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

// checkFirstLoads prints what browsers load for the first page that they ever ask for, and fails when one is too heavy.
func checkFirstLoads(ctx context.Context, out io.Writer, s *site) error {
	var b strings.Builder
	b.WriteString("\n| first load | page KB | style, scripts and icon KB | in all KB |\n|---|---|---|---|\n")
	heaviest := 0
	for _, p := range pages {
		if strings.Contains(p.name, ", with") || strings.Contains(p.name, ", due") {
			continue // the same page with less on it
		}
		first, err := s.pages.readers[0].get(ctx, p.address(s, 0))
		if err != nil {
			return err
		}
		rest, err := s.pages.readers[0].loads(ctx, first)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		heaviest = max(heaviest, len(first.body)+rest)
		fmt.Fprintf(&b, "| %s | %.1f | %.1f | %.1f |\n", p.name, float64(len(first.body))/kilobyte, float64(rest)/kilobyte, float64(len(first.body)+rest)/kilobyte)
	}
	fmt.Fprintf(&b, "\nThe heaviest first load is %.1f KB, packed with gzip (aim: at most %d KB, %s).\n", float64(heaviest)/kilobyte, maxFirstLoad/kilobyte, reached(heaviest <= maxFirstLoad))
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	if heaviest > maxFirstLoad {
		return fmt.Errorf("a first load takes %d bytes, more than %d", heaviest, maxFirstLoad)
	}
	return nil
}

// loads returns how many bytes are sent besides a page itself.
func (r *reader) loads(ctx context.Context, page answer) (int, error) {
	packed, err := gzip.NewReader(bytes.NewReader(page.body))
	if err != nil {
		return 0, err
	}
	html, err := io.ReadAll(packed)
	if err != nil {
		return 0, err
	}
	sizes := map[string]int{}
	for _, match := range loaded.FindAllSubmatch(html, -1) {
		path := string(match[1])
		if _, known := sizes[path]; known {
			continue
		}
		a, err := r.get(ctx, path)
		if err != nil {
			return 0, err
		}
		sizes[path] = len(a.body)
	}
	all := 0
	for _, size := range sizes {
		all += size
	}
	if all == 0 {
		return 0, fmt.Errorf("it loads neither style nor script")
	}
	return all, nil
}
