//go:build screenshots

package web

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"datacharter/internal/browser"
)

// pictures is the directory into which the pictures of every page go; what it held is removed.
var pictures = flag.String("pictures", "", "directory for the pictures of every page")

// TestScreenshots makes pictures of every page in both languages and three widths.
func TestScreenshots(t *testing.T) {
	into := *pictures
	if into == "" {
		t.Fatal("say with -pictures into which directory; make screenshots does")
	}
	w := newWorld(t)
	w.Must(os.RemoveAll(into))
	v := &visitor{Tab: browser.Open(t), w: w}
	widths := map[int]string{360: "narrow", 768: "middle", 1280: "wide"}
	for _, s := range w.screens() {
		for _, language := range []string{"zh-CN", "en"} {
			v.Language(language)
			for _, width := range slices.Sorted(maps.Keys(widths)) {
				v.Width(width)
				v.visit(s)
				at := filepath.Join(into, language, widths[width])
				w.Must(os.MkdirAll(at, 0o750))
				w.Must(os.WriteFile(filepath.Join(at, s.name+".png"), v.Screenshot(), 0o600))
			}
		}
	}
}
