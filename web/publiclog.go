package web

import (
	"errors"
	"net/url"

	"datacharter/domain/register"
	"datacharter/store"
	"datacharter/transparency"
)

const (
	publicLogPath = registerPath + "/log"
	logProofPath  = "/api/v1/register/log/proof"
)

// publicLogPage is the transparency log as its last checkpoint states it.
type publicLogPage struct {
	publication
	keys    string
	signed  string
	stated  *transparency.Checkpoint // nil while there is none
	command string                   // that proves the log
}

// showPublicLog says what the transparency log states, and how anybody proves it.
func (s *server) showPublicLog(p publication) {
	l := publicLogPage{publication: p, command: "datacharter verify register " + s.public.String() + " --keep ./register-log"}
	title := p.T("透明日志", "Transparency log")
	last, err := s.Store.LastCheckpoint(p.ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
		p.publish(title, publicLog(l))
		return
	case err == nil:
		l.signed = last.Signed
		l.keys, err = s.Store.LogKeys(p.ctx)
	}
	if err != nil {
		p.fail(err)
		return
	}
	name, keys, err := transparency.ParsePublic(l.keys)
	if err != nil {
		p.fail(err)
		return
	}
	stated, err := transparency.OpenCheckpoint([]byte(l.signed), name, keys...)
	if err != nil {
		p.fail(err)
		return
	}
	l.stated = &stated
	p.publish(title, publicLog(l))
}

// proofURL is where the proof is that the log holds a release.
func proofURL(r register.Published) string {
	return addressOf(logProofPath, url.Values{"publication": {r.ID}})
}
