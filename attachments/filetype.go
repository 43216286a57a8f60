package attachments

import (
	"io"
	"mime"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// sniffed is how much of a file is looked at: what an office document is shows only some way into its archive.
const sniffed = 1 << 20

// extensions lists those that go with a media type; of other types it is mimetype's own.
var extensions = map[string][]string{
	"image/jpeg": {".jpg", ".jpeg"},
	"text/plain": {".txt"},
}

// plain lists what the content of a text may look like: a table of one column, or a text of lines with commas, is the one or the other.
var plain = map[string][]string{
	"text/plain": {"text/plain", "text/csv"},
	"text/csv":   {"text/csv", "text/plain"},
}

// Type finds whether the file is of a type that the rules allow, and is what its name and its declared type say. It returns the media type.
func (r *Received) Type(rules policy.FileRules, name, declared string) (string, *refusal.Refusal, error) {
	media := mediaType(declared)
	if !slices.Contains(rules.MediaTypes, media) {
		return "", refusal.FileType.With("types", strings.Join(rules.MediaTypes, ", ")), nil
	}
	found, err := mimetype.DetectReader(io.NewSectionReader(r.file, 0, r.Size))
	if err != nil {
		return "", nil, err
	}
	known := extensions[media]
	if known == nil {
		known = []string{mimetype.Lookup(media).Extension()}
	}
	looks := plain[media]
	if looks == nil {
		looks = []string{media}
	}
	if !slices.Contains(known, strings.ToLower(path.Ext(name))) || !slices.ContainsFunc(looks, found.Is) {
		return "", refusal.FileMismatch.With(), nil
	}
	return media, nil, nil
}

// mediaType is a declared type without its parameters; empty when it is malformed.
func mediaType(declared string) string {
	media, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return ""
	}
	return media
}

const maxFileName = 200

// IsName reports whether a name can stand for a file on its reader's disk.
func IsName(name string) bool {
	return name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxFileName && strings.Trim(name, ". ") != "" &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return r == '/' || r == '\\' || unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r)
		})
}
