package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Case is a case as the API shows it, as far as the demonstration looks at it.
type Case struct {
	ID        string           `json:"id"`
	Kind      lifecycle.Kind   `json:"kind"`
	Version   int64            `json:"version"`
	State     lifecycle.State  `json:"state"`
	Title     string           `json:"title"`
	Allowed   []allowed        `json:"allowed"`
	Tasks     []lifecycle.Task `json:"tasks"`
	Content   json.RawMessage  `json:"content"`
	Applicant string           `json:"applicant"`
}

type allowed struct {
	Command string `json:"command"`
}

// allows reports whether whoever asked may give the command now.
func (c *Case) allows(command string) bool {
	return slices.ContainsFunc(c.Allowed, func(a allowed) bool { return a.Command == command })
}

// into decodes the case's content.
func (c *Case) into(content any) error {
	if err := json.Unmarshal(c.Content, content); err != nil {
		return fmt.Errorf("content of %s: %w", c.ID, err)
	}
	return nil
}

// Event is one event of a case's record.
type Event struct {
	Seq       int64           `json:"seq"`
	Type      string          `json:"type"`
	At        time.Time       `json:"at"`
	By        identity.By     `json:"by"`
	CommandID string          `json:"command_id"`
	Data      json.RawMessage `json:"data"`
}

// resource is a resource of the catalogue with the name of its source, which is named wherever the resource is shown.
type resource struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	Provider   string    `json:"provider"`
	SourceName text.Text `json:"sourceName"`
}

// Problem is a refusal.
type Problem struct {
	Status int            `json:"status"`
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Fields []FieldProblem `json:"errors"`
}

// FieldProblem is what is wrong with one field.
type FieldProblem struct {
	Path   string `json:"path"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string {
	words := []string{fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail)}
	for _, f := range p.Fields {
		words = append(words, fmt.Sprintf("%s: %s: %s", f.Path, f.Code, f.Detail))
	}
	return strings.Join(words, "; ")
}

// problemOf reads an answer that is none of success.
func problemOf(r reply) *Problem {
	p := &Problem{}
	if err := json.Unmarshal(r.body, p); err != nil || p.Code == "" {
		p.Code, p.Detail = "not-a-problem", fmt.Sprintf("an answer in another form: %.200q", r.body)
	}
	p.Status = r.status
	return p
}

// refusedWith reports whether an error is a refusal with one of the codes, as a whole or of a field.
func refusedWith(err error, codes ...string) bool {
	var p *Problem
	return errors.As(err, &p) && (slices.Contains(codes, p.Code) ||
		slices.ContainsFunc(p.Fields, func(f FieldProblem) bool { return slices.Contains(codes, f.Code) }))
}

// read reads a case.
func (c *Client) read(ctx context.Context, person, path string) (*Case, error) {
	var shown Case
	return &shown, c.get(ctx, person, path, &shown)
}

// listed reads a whole list, part by part.
func listed[T any](ctx context.Context, c *Client, person, path string) ([]T, error) {
	var all []T
	query := url.Values{"limit": {"200"}}
	for {
		var part struct {
			Items []T    `json:"items"`
			Next  string `json:"next"`
		}
		if err := c.get(ctx, person, path+"?"+query.Encode(), &part); err != nil {
			return nil, err
		}
		all = append(all, part.Items...)
		if part.Next == "" {
			return all, nil
		}
		query.Set("cursor", part.Next)
	}
}

// Events reads the whole record of a case, found under a path such as authorizations/ID.
func (c *Client) Events(ctx context.Context, person, at string) ([]Event, error) {
	return listed[Event](ctx, c, person, base+at+"/events")
}

// upload keeps a text as an attachment and returns its digest.
func (c *Client) upload(ctx context.Context, person, name, text string) (string, error) {
	var kept struct {
		Digest string `json:"digest"`
	}
	r := request{
		method: http.MethodPost, path: base + "attachments?name=" + url.QueryEscape(name), person: person, key: rand.Text(),
		kind: "text/plain; charset=utf-8", body: []byte(text),
	}
	err := c.exchange(ctx, r, &kept)
	return kept.Digest, err
}
