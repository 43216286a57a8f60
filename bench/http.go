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

// post gives a command and returns the answer, which must be the case.
func (c *caller) post(ctx context.Context, person, path string, input []byte) (answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1"+path, bytes.NewReader(input))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.tokens[person])
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", rand.Text())
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	answer, err = io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK && res.StatusCode != http.StatusCreated {
		err = fmt.Errorf("%s as %s: %s: %.300s", path, person, res.Status, answer)
	}
	return answer, err
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
	perSec float64 // commands a second that the contender is capable of, at most
}

// maxDrafts is more than any turn uses up.
const maxDrafts = 10_000

// prepare makes as many drafts as can be used up within the time.
func (d *drafts) prepare(ctx context.Context, clients int, within time.Duration) error {
	need := clients + int(d.perSec*within.Seconds())/len(d.route.commands)
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
	answer, err := d.caller.post(ctx, applicant, "/authorizations", d.route.draft)
	if err != nil {
		return "", err
	}
	var shown struct {
		ID string `json:"id"`
	}
	return shown.ID, json.Unmarshal(answer, &shown)
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
		s.tasks = nil
		if s.id, err = s.drafts.take(ctx); err != nil {
			return err
		}
	}
	command := route.commands[s.given]
	path := "/authorizations/" + s.id + "/" + command.name
	if command.task != "" {
		path = "/tasks/" + s.tasks[command.task] + "/" + command.name
	}
	answer, err := s.drafts.caller.post(ctx, command.person, path, route.inputs[s.given])
	if err != nil {
		return err
	}
	s.given++
	if s.given == len(route.commands) {
		s.finished = append(s.finished, s.id)
		s.given = 0
		return nil
	}
	if next := route.commands[s.given].task; next != "" && s.tasks[next] == "" {
		return s.learnTasks(answer)
	}
	return nil
}

func (s *httpSession) learnTasks(answer []byte) error {
	var shown struct {
		Tasks []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"tasks"`
	}
	if err := json.Unmarshal(answer, &shown); err != nil {
		return err
	}
	s.tasks = map[string]string{}
	for _, t := range shown.Tasks {
		s.tasks[t.Name] = t.ID
	}
	return nil
}
