package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// stopwatch takes how long a handler is at every request, from its first line until its answer is written: the time of the server.
type stopwatch struct {
	next http.Handler
	mu   sync.Mutex
	took []time.Duration
}

// ServeHTTP implements http.Handler.
func (w *stopwatch) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	began := time.Now()
	w.next.ServeHTTP(to, r)
	took := time.Since(began)
	w.mu.Lock()
	w.took = append(w.took, took)
	w.mu.Unlock()
}

// reset returns what was taken since the last time, ascending.
func (w *stopwatch) reset() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	took := w.took
	w.took = nil
	slices.Sort(took)
	return took
}

// front is a handler on a port with its clients.
type front struct {
	watch   *stopwatch
	readers []*reader
}

// reader is a browser of somebody, without scripts.
type reader struct {
	http *http.Client
	base string
}

func newFront(public *url.URL, watch *stopwatch) (*front, error) {
	f := &front{watch: watch}
	for range readers {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		f.readers = append(f.readers, &reader{base: public.String(), http: &http.Client{
			Jar: jar, Timeout: time.Minute, Transport: &http.Transport{DisableCompression: true}, // the header is set by hand, and nothing is unpacked
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}})
	}
	return f, nil
}

// signIn has each reader enter as somebody, as in a demonstration.
func (f *front) signIn(ctx context.Context) error {
	for i, r := range f.readers {
		sent := url.Values{"person": {people[i]}}.Encode()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.base+"/sign-in", strings.NewReader(sent))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if _, err := r.do(req, http.StatusSeeOther); err != nil {
			return fmt.Errorf("sign in as %s: %w", people[i], err)
		}
	}
	return nil
}

// get reads an address as browsers do over plain HTTP: packed with gzip, which is longer than what they take over HTTPS.
func (r *reader) get(ctx context.Context, path string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+path, nil)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept-Language", "zh-CN,zh;q=0.9")
	return r.do(req, http.StatusOK)
}

func (r *reader) do(req *http.Request, want int) (a answer, err error) {
	res, err := r.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	a = answer{contentType: res.Header.Get("Content-Type"), encoding: res.Header.Get("Content-Encoding")}
	if a.body, err = io.ReadAll(res.Body); err == nil && res.StatusCode != want {
		err = fmt.Errorf("%s: %s", req.URL.Path, res.Status)
	}
	return a, err
}

// readTurn is what one turn measured.
type readTurn struct {
	served []time.Duration // by the server's clock, ascending
	seen   []time.Duration // by the clients', ascending
	bytes  int             // of all answers
	cpu    time.Duration   // of this process: the clients' as well
}

// turn lets all readers ask at once, each one request after the other.
func (f *front) turn(ctx context.Context, address func(n int) string, each int) (readTurn, error) {
	f.watch.reset()
	seen, bytes := make([][]time.Duration, len(f.readers)), make([]int, len(f.readers))
	before, err := cpuSpent()
	if err != nil {
		return readTurn{}, err
	}
	group, ctx := errgroup.WithContext(ctx)
	for i, r := range f.readers {
		group.Go(func() error {
			for k := range each {
				asked := time.Now()
				a, err := r.get(ctx, address(i*each+k))
				if err != nil {
					return err
				}
				seen[i] = append(seen[i], time.Since(asked))
				bytes[i] += len(a.body)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return readTurn{}, err
	}
	after, err := cpuSpent()
	t := readTurn{served: f.watch.reset(), seen: slices.Concat(seen...), cpu: after - before}
	slices.Sort(t.seen)
	for _, n := range bytes {
		t.bytes += n
	}
	return t, err
}
