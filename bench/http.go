package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// caller speaks to one handler over HTTP, with one connection for each client.
type caller struct {
	base   string
	tokens map[string]string // by person
	http   *http.Client
}

func newCaller(address string, tokens map[string]string, clients int) *caller {
	transport := &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}
	return &caller{base: "http://" + address, tokens: tokens, http: &http.Client{Transport: transport, Timeout: time.Minute}}
}

// post gives a command. The answer, which must be the case, is decoded into shown unless that is nil: a load generator that reads more than it
// needs takes time from what it measures.
func (c *caller) post(ctx context.Context, person, path string, input []byte, shown any) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1"+path, bytes.NewReader(input))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.tokens[person])
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", rand.Text())
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusCreated {
		problem, err := io.ReadAll(res.Body)
		return errors.Join(fmt.Errorf("%s as %s: %s: %.300s", path, person, res.Status, problem), err)
	}
	if shown != nil {
		err = json.NewDecoder(res.Body).Decode(shown)
	}
	_, rest := io.Copy(io.Discard, res.Body) // to its end, so that the connection is used again
	return errors.Join(err, rest)
}

// route is the commands of the lifecycle with their inputs as they are sent.
type route struct {
	commands []command
	inputs   [][]byte
	draft    []byte
}

func newRoute() (route, error) {
	r := route{commands: lifecycle()}
	for _, c := range r.commands {
		raw, err := json.Marshal(c.input)
		if err != nil {
			return route{}, err
		}
		r.inputs = append(r.inputs, raw)
	}
	var err error
	r.draft, err = json.Marshal(application(""))
	return r, err
}

// drafts are cases not yet submitted. They are made between the turns: a draft has no workflow, so it would flatter the one contender that has any.
type drafts struct {
	caller *caller
	route  route
	ready  chan string
}

const (
	mostPerSecond = 1500   // commands, more than any contender is expected to manage
	maxDrafts     = 10_000 // kept ready
)

// prepare makes as many drafts as can be used up within the time.
func (d *drafts) prepare(ctx context.Context, clients int, within time.Duration) error {
	need := min(clients+int(mostPerSecond*within.Seconds())/len(d.route.commands), maxDrafts)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for range need - len(d.ready) {
		group.Go(func() error {
			id, err := d.make(ctx)
			if err == nil {
				d.ready <- id
			}
			return err
		})
	}
	return group.Wait()
}

func (d *drafts) make(ctx context.Context) (string, error) {
	var shown struct {
		ID string `json:"id"`
	}
	err := d.caller.post(ctx, applicant, "/authorizations", d.route.draft, &shown)
	return shown.ID, err
}

// take returns a draft; should the turn need more than were prepared, it makes one.
func (d *drafts) take(ctx context.Context) (string, error) {
	select {
	case id := <-d.ready:
		return id, nil
	default:
		return d.make(ctx)
	}
}

// httpSession takes one case after the other through the lifecycle.
type httpSession struct {
	drafts   *drafts
	id       string
	given    int
	tasks    map[string]string // IDs by name
	finished []string          // IDs of the cases that reached their end
}

func (s *httpSession) step(ctx context.Context) (err error) {
	route := s.drafts.route
	if s.given == 0 {
		s.tasks = map[string]string{}
		if s.id, err = s.drafts.take(ctx); err != nil {
			return err
		}
	}
	command := route.commands[s.given]
	path := "/authorizations/" + s.id + "/" + command.name
	if command.task != "" {
		path = "/tasks/" + s.tasks[command.task] + "/" + command.name
	}
	var shown struct {
		Tasks []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"tasks"`
	}
	var answer any
	if command.opensTasks {
		answer = &shown
	}
	if err := s.drafts.caller.post(ctx, command.person, path, route.inputs[s.given], answer); err != nil {
		return err
	}
	for _, t := range shown.Tasks {
		s.tasks[t.Name] = t.ID
	}
	if s.given++; s.given == len(route.commands) {
		s.finished = append(s.finished, s.id)
		s.given = 0
	}
	return nil
}
