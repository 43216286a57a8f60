package web

import (
	"encoding/json"
	"fmt"
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// difference is one part in which two applications differ, in words. Of lists only what was taken out and what was put in is named.
type difference struct {
	part          text.Text
	before, after []string
}

// differencesOf tells in words in what two applications differ.
func (s *server) differencesOf(v *visit, p *policy.Profile, before, after authorization.Application) ([]difference, error) {
	var out []difference
	for _, c := range authorization.Diff(before, after) {
		b, err := s.inWords(v, p, c.Path, c.Before)
		if err != nil {
			return nil, err
		}
		a, err := s.inWords(v, p, c.Path, c.After)
		if err != nil {
			return nil, err
		}
		out = append(out, difference{applicationField(c.Path), without(b, a), without(a, b)})
	}
	return out, nil
}

// without lists the lines that are not among the others.
func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return slices.Contains(others, line) })
}

// inWords writes the value of a part of an application, one line for each thing in it.
func (s *server) inWords(v *visit, p *policy.Profile, path string, value json.RawMessage) ([]string, error) {
	switch path {
	case "resources", "attachments":
		var ids []string
		if err := json.Unmarshal(value, &ids); err != nil {
			return nil, fmt.Errorf("%s of an application: %w", path, err)
		}
		return s.namesOfAll(v, path, ids)
	case "products":
		var products []authorization.Intended
		if err := json.Unmarshal(value, &products); err != nil {
			return nil, fmt.Errorf("products of an application: %w", err)
		}
		var out []string
		for _, x := range products {
			out = append(out, v.productLine(x))
		}
		return out, nil
	case "term_months":
		var months int
		if err := json.Unmarshal(value, &months); err != nil {
			return nil, fmt.Errorf("term of an application: %w", err)
		}
		return []string{v.page.Plural(months, "个月", "month")}, nil
	}
	var line *string
	if err := json.Unmarshal(value, &line); err != nil {
		return nil, fmt.Errorf("%s of an application: %w", path, err)
	}
	if line == nil || *line == "" {
		return nil, nil
	}
	switch path {
	case "mode":
		return []string{v.page.In(modeWords(p, *line))}, nil
	case "agency":
		found, err := s.namesOf(v.ctx, nil, []string{*line})
		return []string{found.organization(*line)}, err
	case "renews":
		title, err := s.titleOf(v, *line)
		return []string{title}, err
	}
	return []string{*line}, nil
}

// namesOfAll names resources or files.
func (s *server) namesOfAll(v *visit, path string, ids []string) ([]string, error) {
	var out []string
	if path == "attachments" {
		files, err := s.filesNamed(v, ids)
		for _, f := range files {
			out = append(out, f.Name)
		}
		return out, err
	}
	choices, err := s.resourceChoices(v, ids)
	for _, c := range choices {
		out = append(out, v.page.In(c.Words))
	}
	return out, err
}

// productLine is an intended product in one line.
func (v *visit) productLine(p authorization.Intended) string {
	line := p.Name + v.T("（", " (") + v.page.In(words.Value(p.Class)) + v.T("，", ", ") + p.Form + v.T("）", ")")
	if p.Scenario != "" {
		line += v.T("：", ": ") + p.Scenario
	}
	return line
}

// modeWords names a mode; one that the profile does not have by its code.
func modeWords(p *policy.Profile, code string) text.Text {
	for _, m := range p.Application.Modes {
		if m.Code == code {
			return m.Title
		}
	}
	return both(code)
}
