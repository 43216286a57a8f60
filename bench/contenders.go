package main

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"datacharter/serve"
)

// contenders makes the three ways of doing the same work, each for so many clients.
func contenders(s *system, clients int) ([]*contender, error) {
	route, err := newRoute()
	if err != nil {
		return nil, err
	}
	product, err := s.Handler(s.temporal, serve.Front{PublicURL: &url.URL{Scheme: "http", Host: "127.0.0.1"}})
	if err != nil {
		return nil, err
	}
	plain, err := s.withoutEngine()
	if err != nil {
		return nil, err
	}
	b, err := overHTTP(s, "b", product, route, clients)
	if err != nil {
		return nil, err
	}
	c, err := overHTTP(s, "c", plain, route, clients)
	if err != nil {
		return nil, err
	}
	c.finished = func() []string { return nil } // its cases have no workflows
	return []*contender{bareTemporal(s, len(route.commands), clients), b, c}, nil
}

func bareTemporal(s *system, updates, clients int) *contender {
	sessions := make([]*bareSession, clients)
	for i := range sessions {
		sessions[i] = &bareSession{temporal: s.temporal, updates: updates}
	}
	return &contender{
		name: "a", commands: updates, sessions: asSessions(sessions), turns: map[int][]turn{},
		prepare:  func(context.Context, int, time.Duration) error { return nil },
		finished: func() []string { return concat(sessions, func(s *bareSession) []string { return s.finished }) },
	}
}

func overHTTP(s *system, name string, handler http.Handler, r route, clients int) (*contender, error) {
	address, err := s.serve(handler)
	if err != nil {
		return nil, err
	}
	d := &drafts{caller: newCaller(address, s.tokens, clients), route: r, ready: make(chan string, maxDrafts)}
	sessions := make([]*httpSession, clients)
	for i := range sessions {
		sessions[i] = &httpSession{drafts: d}
	}
	return &contender{
		name: name, commands: len(r.commands), sessions: asSessions(sessions), turns: map[int][]turn{}, prepare: d.prepare,
		finished: func() []string { return concat(sessions, func(s *httpSession) []string { return s.finished }) },
	}, nil
}

func asSessions[S session](all []S) []session {
	sessions := make([]session, len(all))
	for i, s := range all {
		sessions[i] = s
	}
	return sessions
}

func concat[S any](all []S, of func(S) []string) []string {
	var out []string
	for _, s := range all {
		out = append(out, of(s)...)
	}
	return out
}
