package api

import (
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

const jsonType = "application/json"

// format reads and writes JSON. Of a body that is not JSON in UTF-8 the caller learns just that, wherever in it the fault lies.
var format = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}

// problemFormat writes problems, under the last part of their media type as huma looks formats up. Requests in such types are not understood.
var problemFormat = huma.Format{
	Marshal:   format.Marshal,
	Unmarshal: func([]byte, any) error { return huma.ErrUnknownContentType },
}

var errNotUTF8 = errors.New("not UTF-8")

// unmarshal refuses what encoding/json would silently replace.
func unmarshal(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errNotUTF8
	}
	return json.Unmarshal(data, v)
}

// encode writes JSON as answers do: without escaping what only HTML needs escaped.
func encode(w io.Writer, v any) error { return huma.DefaultJSONFormat.Marshal(w, v) }
