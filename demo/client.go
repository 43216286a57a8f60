package demo

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Client speaks to a running system over its HTTP API, for as many people as it has tokens of. It is safe for concurrent use.
//
// A request whose answer does not arrive, because the connection broke or the system is not available, is sent again with the same
// idempotency key until Patience has passed; a command still running is asked after where the answer says. A refusal is final.
type Client struct {
	Patience time.Duration  // how long one request is tried
	Heard    func(Answered) // told of every command that was acknowledged; may be nil

	base   string // such as http://127.0.0.1:8080
	tokens map[string]string
	http   *http.Client
	clock  businessClock
}

// Answered is one command that the system acknowledged.
type Answered struct {
	Person, Key string // which together name the command
	Command     string // the path it was posted to
	Case        string
	Version     int64 // of the case right after the command; 0 when whoever gave it is not shown the case
}

const (
	patience   = time.Minute
	tryWithin  = 15 * time.Second // one attempt; the system answers within 5 seconds or says where to ask
	firstPause = 50 * time.Millisecond
	maxPause   = time.Second
	maxAnswer  = 64 << 20 // bytes
)

// NewClient makes a client of the system at base for the people.
func NewClient(base string, users []User) *Client {
	tokens := make(map[string]string, len(users))
	for _, u := range users {
		tokens[u.User] = u.Token
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute} // without a proxy: the system is near
	return &Client{
		Patience: patience, base: strings.TrimSuffix(base, "/"), tokens: tokens, http: &http.Client{Transport: transport, Timeout: tryWithin},
	}
}

// request is one request, which may be sent more than once.
type request struct {
	method, path, person, key string
	kind                      string // media type of the body
	body                      []byte
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

// give posts a command in a person's name and returns the case after it; a *Problem when it is refused.
func (c *Client) give(ctx context.Context, person, path string, input any) (*Case, error) {
	var shown Case
	key, err := c.post(ctx, person, path, input, &shown)
	if err != nil {
		return nil, err
	}
	c.heardOf(Answered{Person: person, Key: key, Command: path, Case: shown.ID, Version: shown.Version})
	return &shown, nil
}

// tell posts a command of somebody who is not shown the case.
func (c *Client) tell(ctx context.Context, person, path string, input any) error {
	var received struct {
		Case string `json:"case"`
	}
	key, err := c.post(ctx, person, path, input, &received)
	if err == nil {
		c.heardOf(Answered{Person: person, Key: key, Command: path, Case: received.Case})
	}
	return err
}

// post posts a command under a key of its own, which it returns.
func (c *Client) post(ctx context.Context, person, path string, input, out any) (key string, err error) {
	if input == nil {
		input = struct{}{}
	}
	body, err := json.Marshal(input)
	if err != nil {
		return "", err
	}
	r := request{method: http.MethodPost, path: path, person: person, key: rand.Text(), kind: "application/json", body: body}
	return r.key, c.exchange(ctx, r, out)
}

func (c *Client) heardOf(a Answered) {
	if c.Heard != nil {
		c.Heard(a)
	}
}

// get reads into out.
func (c *Client) get(ctx context.Context, person, path string, out any) error {
	return c.exchange(ctx, request{method: http.MethodGet, path: path, person: person}, out)
}

// exchange sends a request for as long as it takes and decodes the answer.
func (c *Client) exchange(ctx context.Context, r request, out any) error {
	got, err := c.send(ctx, r)
	if err != nil {
		return fmt.Errorf("%s %s as %s: %w", r.method, r.path, r.person, err)
	}
	if got.status >= http.StatusBadRequest {
		return fmt.Errorf("%s %s as %s: %w", r.method, r.path, r.person, problemOf(got))
	}
	if err := json.Unmarshal(got.body, out); err != nil {
		return fmt.Errorf("%s %s as %s: answer %d: %w", r.method, r.path, r.person, got.status, err)
	}
	return nil
}

// send returns the final answer to a request.
func (c *Client) send(ctx context.Context, r request) (reply, error) {
	bounded, cancel := context.WithTimeout(ctx, c.Patience)
	defer cancel()
	ask := r
	var last error
	for pause := firstPause; ; pause = min(2*pause, maxPause) {
		got, err := c.once(bounded, ask)
		switch {
		case err != nil:
			last = err
		case got.status == http.StatusAccepted:
			ask = request{method: http.MethodGet, path: got.header.Get("Location"), person: r.person}
			last = errors.New("the command is still running")
		case got.status == http.StatusNotFound && ask.path != r.path: // a restarted system knows only what was recorded
			ask = r
			last = errors.New("the command was given up")
		case got.status == http.StatusServiceUnavailable:
			last = problemOf(got)
		default:
			return got, nil
		}
		select {
		case <-time.After(pause):
		case <-bounded.Done():
			if err := ctx.Err(); err != nil {
				return reply{}, fmt.Errorf("%w: %w", context.Cause(ctx), last)
			}
			return reply{}, fmt.Errorf("no answer within %s: %w", c.Patience, last)
		}
	}
}

func (c *Client) once(ctx context.Context, r request) (got reply, err error) {
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, bytes.NewReader(r.body))
	if err != nil {
		return reply{}, err
	}
	if r.person != nobody {
		req.Header.Set("Authorization", "Bearer "+c.tokens[r.person])
	}
	req.Header.Set("Accept-Language", "en")
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	if r.kind != "" {
		req.Header.Set("Content-Type", r.kind)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return reply{}, err
	}
	if err := c.clock.hear(res.Header.Get("DataCharter-Clock")); err != nil {
		return reply{}, err
	}
	return reply{status: res.StatusCode, header: res.Header, body: body}, nil
}
