package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"datacharter/store"
	"datacharter/transparency"
)

type verifyCommand struct {
	Record   verifyRecord   `cmd:"" default:"withargs" help:"Check the record: name every event that was changed, removed or inserted."`
	Register verifyRegister `cmd:"" help:"Prove of a public register that nothing in its transparency log was changed, removed or put in between. Needs no account."`
}

type verifyRecord struct {
	database `embed:""`
}

// Run checks the record and fails when anything is wrong with it.
func (c *verifyRecord) Run(ctx context.Context, out output) (err error) {
	db, err := store.Open(ctx, c.DatabaseURL, store.Options{Logger: logger()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	show := progress("events")
	report, err := db.Verify(ctx, func(done, all int64) { show(int(done), int(all)) })
	if err != nil {
		return err
	}
	for _, f := range report.Findings {
		out.printf("%s/%d: %s\n", f.Case, f.Seq, f.Problem)
	}
	if len(report.Findings) > 0 {
		return fmt.Errorf("%d findings in %d events of %d cases", len(report.Findings), report.Events, report.Cases)
	}
	out.printf("%d events of %d cases are as they were written\n", report.Events, report.Cases)
	return nil
}

type verifyRegister struct {
	Where string        `arg:"" help:"Address of a system, or folder of a copy that was kept."`
	Keep  string        `help:"Folder in which keys, entries and checkpoints are kept for the next time, and with whose checkpoints those of now must agree." placeholder:"DIR"`
	Delay time.Duration `help:"How long before a checkpoint without it an entry may have been published; 0 for any time." default:"0"`
}

// Run proves the log of a register, and fails when the proof does.
func (c *verifyRegister) Run(ctx context.Context, out output) error {
	if strings.HasPrefix(c.Where, "http://") || strings.HasPrefix(c.Where, "https://") {
		return c.remote(ctx, out)
	}
	claim, err := transparency.Folder(c.Where).Claim()
	if err != nil {
		return err
	}
	return c.verify(claim, out)
}

func (c *verifyRegister) verify(claim transparency.Claim, out output) error {
	r, err := claim.Verify(c.Delay)
	if err != nil {
		return err
	}
	out.printf("%s: %d entries are as they were published; checkpoint of %s\n", r.Checkpoint.Origin, r.Checkpoint.Tree.N, r.Checkpoint.At.Format(time.RFC3339))
	out.printf("%d checkpoints that were kept agree with it; no entry waited longer than %s for one of those known here\n", r.Kept, r.Longest.Round(time.Second))
	if r.Kept == 0 {
		out.printf("no checkpoint was kept before: what was changed before now cannot be told (see --keep)\n")
	}
	return nil
}

// remote proves the log of a running system, as far as checkpoints were kept of it.
func (c *verifyRegister) remote(ctx context.Context, out output) error {
	log := remoteLog{base: strings.TrimSuffix(c.Where, "/") + "/api/v1/register/log"}
	stated, err := log.read(ctx)
	if err != nil {
		return err
	}
	name, keys, err := transparency.ParsePublic(stated.Keys)
	if err != nil {
		return err
	}
	claim := transparency.Claim{Origin: name, Keys: keys, Checkpoint: []byte(stated.Checkpoint), Lines: log.lines(ctx, stated.Size)}
	if c.Keep == "" {
		return c.verify(claim, out)
	}
	folder := transparency.Folder(c.Keep)
	if claim.Kept, err = folder.Kept(); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := folder.Keep(stated.Keys, claim.Checkpoint); err != nil {
		return err
	}
	if err := c.verify(claim, out); err != nil {
		return err
	}
	return folder.Copy(claim.Checkpoint, claim.Lines)
}

// remoteLog is the log of a running system.
type remoteLog struct{ base string }

type statedLog struct {
	Keys       string `json:"keys"`
	Size       int64  `json:"size"`
	Checkpoint string `json:"checkpoint"`
}

func (l remoteLog) read(ctx context.Context) (stated statedLog, err error) {
	raw, err := l.get(ctx, "")
	if err != nil {
		return stated, err
	}
	err = json.Unmarshal(raw, &stated)
	return stated, err
}

// lines are the first so many entries.
func (l remoteLog) lines(ctx context.Context, size int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for at := int64(0); at < size; {
			raw, err := l.get(ctx, "/entries?from="+strconv.FormatInt(at, 10)+"&limit="+strconv.FormatInt(min(size-at, store.MaxLogLines), 10))
			if err == nil && len(raw) == 0 {
				err = fmt.Errorf("the log has %d entries and states %d", at, size)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for line := range bytes.Lines(raw) {
				if !yield(bytes.TrimSuffix(line, []byte("\n")), nil) {
					return
				}
				at++
			}
		}
	}
}

// maxAnswer bounds what is read of one answer.
const maxAnswer = 256 << 20

// get reads, and waits when the system says that it is asked too often.
func (l remoteLog) get(ctx context.Context, path string) ([]byte, error) {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, l.base+path, nil)
		if err != nil {
			return nil, err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		raw, err := io.ReadAll(io.LimitReader(bufio.NewReader(response.Body), maxAnswer))
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return nil, err
		}
		switch response.StatusCode {
		case http.StatusOK:
			return raw, nil
		case http.StatusTooManyRequests:
			seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
			if err != nil {
				seconds = 1
			}
			select {
			case <-time.After(time.Duration(seconds) * time.Second):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		default:
			return nil, fmt.Errorf("%s%s answers %s", l.base, path, response.Status)
		}
	}
}
