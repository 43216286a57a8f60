package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// objects reads the rows of a JSON file: packages of CKAN, or datasets of DCAT.
func (m Mapping) objects(content []byte) ([]record, *Failure) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		return nil, &Failure{Code: NotUTF8, Offset: int64(len(content))}
	}
	var whole any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&whole); err != nil {
		code := NotJSON
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			code = Truncated
		}
		return nil, &Failure{Code: code, Offset: decoder.InputOffset()}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &Failure{Code: TrailingData, Offset: decoder.InputOffset()}
	}
	rows, nodes := packages(whole), map[string]map[string]any(nil)
	if m.Form == DCAT {
		rows, nodes = datasets(whole)
	}
	if rows == nil {
		return nil, &Failure{Code: ShapeUnknown, Offset: int64(len(content))}
	}
	reader := valueReader{nodes: nodes, local: m.Form == DCAT, language: m.Language}
	records := make([]record, len(rows))
	for i, row := range rows {
		object, is := row.(map[string]any)
		if !is {
			records[i].skip = RowNotObject
			continue
		}
		records[i] = reader.record(object)
	}
	return records, nil
}

// packages finds the list of packages in an answer of CKAN; nil when there is none.
func packages(whole any) []any {
	switch v := whole.(type) {
	case []any:
		return v
	case map[string]any:
		for _, name := range []string{"result", "results", "packages", "datasets"} {
			if found := packages(v[name]); found != nil {
				return found
			}
		}
	}
	return nil
}

// datasets finds the datasets of a JSON-LD document, with all nodes of its graph by their identifiers.
func datasets(whole any) (found []any, nodes map[string]map[string]any) {
	nodes = map[string]map[string]any{}
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				visit(one)
			}
		case map[string]any:
			if id, is := v["@id"].(string); is && len(v) > 1 {
				nodes[id] = v
			}
			if slices.ContainsFunc(texts(v["@type"]), func(t string) bool { return localName(t) == "Dataset" }) {
				found = append(found, v)
				return
			}
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if local := localName(name); local == "dataset" || local == "@graph" {
					visit(v[name])
				}
			}
		}
	}
	visit(whole)
	return found, nodes
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, texts(one)...)
		}
		return out
	}
	return nil
}

// localName is a term without its namespace: dct:title, http://purl.org/dc/terms/title and title are one.
func localName(name string) string {
	if strings.HasPrefix(name, "@") {
		return name
	}
	return name[strings.LastIndexAny(name, ":/#")+1:]
}

// valueReader follows paths in objects.
type valueReader struct {
	nodes    map[string]map[string]any // to which objects may refer by @id alone
	local    bool                      // names stand for terms of any namespace
	language string
}

// record is an object by the paths in it.
func (r valueReader) record(object map[string]any) record {
	return record{
		get: func(path string) []string { return r.at(object, strings.Split(path, ".")) },
		parts: func(path string) []record {
			var out []record
			for _, one := range r.objectsAt(object, strings.Split(path, ".")) {
				out = append(out, r.record(one))
			}
			return out
		},
	}
}

// objectsAt are the objects at the end of a path, in their order; lists on the way are gone through.
func (r valueReader) objectsAt(v any, path []string) []map[string]any {
	switch v := v.(type) {
	case []any:
		var out []map[string]any
		for _, one := range v {
			out = append(out, r.objectsAt(one, path)...)
		}
		return out
	case map[string]any:
		if list, is := v["@list"]; is {
			return r.objectsAt(list, path)
		}
		v = r.known(v)
		if len(path) == 0 {
			return []map[string]any{v}
		}
		var out []map[string]any
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if r.means(name, path[0]) {
				out = append(out, r.objectsAt(v[name], path[1:])...)
			}
		}
		return out
	}
	return nil
}

// known is the node to which an object refers by its identifier alone, or the object.
func (r valueReader) known(object map[string]any) map[string]any {
	if node, is := r.nodes[textOf(object["@id"])]; is && len(object) == 1 {
		return node
	}
	return object
}

// means reports whether a name in a file stands for a term of a path.
func (r valueReader) means(name, term string) bool {
	return name == term || r.local && localName(name) == term
}

// at are the texts at the end of a path; lists on the way are gone through.
func (r valueReader) at(v any, path []string) []string {
	switch v := v.(type) {
	case []any:
		var out []string
		for _, one := range r.inLanguage(v) {
			out = append(out, r.at(one, path)...)
		}
		return out
	case map[string]any:
		if list, is := v["@list"]; is {
			return r.at(list, path)
		}
		if len(path) == 0 {
			return r.at(v["@value"], nil)
		}
		if path[0] != "@id" {
			v = r.known(v)
		}
		var out []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if r.means(name, path[0]) {
				out = append(out, r.at(v[name], path[1:])...)
			}
		}
		return out
	case nil:
		return nil
	}
	if len(path) > 0 && !(r.local && len(path) == 1 && path[0] == "@id") { // a context may let an identifier stand as a text
		return nil
	}
	return []string{textOf(v)}
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// inLanguage keeps, of texts in several languages, those in the mapping's own when there are any.
func (r valueReader) inLanguage(all []any) []any {
	own := slices.DeleteFunc(slices.Clone(all), func(v any) bool {
		object, _ := v.(map[string]any)
		language, _, _ := strings.Cut(textOf(object["@language"]), "-")
		return language == "" || language != r.language
	})
	if len(own) > 0 {
		return own
	}
	return all
}
