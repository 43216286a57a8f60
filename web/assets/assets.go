// Package assets serves what browsers load: style, scripts and icon, built from the npm registry's packages by lockfile and embedded.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Base is where the files are served.
const Base = "/assets/"

// Files are the built files by their plain names.
type Files struct {
	urls map[string]string
	kept map[string]file // by the name in the URL
}

type file struct {
	media        string
	raw, gz, brr []byte
}

// Load reads the embedded files. It fails when the program was built without them.
func Load() (*Files, error) {
	manifest, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		return nil, errors.New("the pages' style and scripts are missing from this build: run make assets, then build again")
	}
	var names map[string]string
	if err := json.Unmarshal(manifest, &names); err != nil {
		return nil, fmt.Errorf("assets: manifest: %w", err)
	}
	f := &Files{urls: map[string]string{}, kept: map[string]file{}}
	for plain, name := range names {
		kept := file{media: mime.TypeByExtension(path.Ext(name))}
		for ending, into := range map[string]*[]byte{"": &kept.raw, ".gz": &kept.gz, ".br": &kept.brr} {
			if *into, err = dist.ReadFile("dist/" + name + ending); err != nil {
				return nil, fmt.Errorf("assets: %w", err)
			}
		}
		f.urls[plain], f.kept[name] = Base+name, kept
	}
	return f, nil
}

// URL is the address of a file by its plain name, such as workbench.css; it changes with the file's content.
func (f *Files) URL(plain string) string {
	url, ok := f.urls[plain]
	if !ok {
		panic("no asset " + plain)
	}
	return url
}

// ServeHTTP answers with a file in the best encoding that the browser takes. An address names one content for ever.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kept, ok := f.kept[strings.TrimPrefix(r.URL.Path, Base)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kept.media)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	body := kept.raw
	switch accepted := r.Header.Get("Accept-Encoding"); {
	case strings.Contains(accepted, "br"):
		h.Set("Content-Encoding", "br")
		body = kept.brr
	case strings.Contains(accepted, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = kept.gz
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who has gone away misses nothing
	}
}
