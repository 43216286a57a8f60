package ui

import (
	"context"
	"html"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// structured writes JSON-LD, which must not end its element: < stands escaped in it, as JSON allows.
func structured(nonce, data string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<script type="application/ld+json" nonce="`+html.EscapeString(nonce)+`">`+strings.ReplaceAll(data, "<", `\u003c`)+"</script>")
		return err
	})
}
