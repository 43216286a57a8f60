package finding

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// GatherUses is the command by which the use ledger tells a finding of uses beyond the scope. The first opens it; those after them are gathered in it; and one that
// is closed by then passes them on to its successor. So the ledger need not know how the finding stands when it is told, and no use is told twice or lost.
const GatherUses = "gather-uses"

// usedBeyond is the subject of what the ledger raises.
const usedBeyond = "beyond-scope"

// Prefix begins the IDs of findings.
const Prefix = "fnd-"

// UsesInput tells of uses beyond the scope that the ledger took in.
type UsesInput struct {
	Authorization string    `json:"authorization"`
	Reason        string    `json:"reason"`
	Product       string    `json:"product,omitempty"`
	Events        int64     `json:"events"`
	First         time.Time `json:"first"`
	Last          time.Time `json:"last"`
}

// LedgerID names the nth finding that the ledger raises on an authorisation for a reason and a product, counted from 1: the next one follows when one was closed.
func LedgerID(authorization, reason, product string, n int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{authorization, reason, product}, "\n")))
	return Prefix + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])) + "." + strconv.Itoa(n)
}

// successor is the ID after one of LedgerID; false for an ID that is none.
func successor(id string) (string, bool) {
	at := strings.LastIndexByte(id, '.')
	n, err := strconv.Atoi(id[at+1:])
	if at < 0 || err != nil {
		return "", false
	}
	return id[:at+1] + strconv.Itoa(n+1), true
}

// gather opens a finding for the first uses of their reason and product, adds further ones, or passes them on.
func gather(f *Finding, in UsesInput, env lifecycle.Env) (contents, refused) {
	switch {
	case f.Version == 0:
		return raiseFromLedger(f, in, env)
	case f.Uses == nil || f.Uses.Reason != in.Reason || f.Uses.Product != in.Product || f.Authorization != in.Authorization:
		return nil, refusal.InvalidInput.With()
	case openState(f.State):
		return contents{UsesGathered{f.Uses.and(in.uses())}}, nil
	}
	next, ok := successor(f.ID)
	if !ok {
		return nil, refusal.InvalidInput.With()
	}
	return contents{UsesPassedOn{next, in}}, nil
}

func raiseFromLedger(f *Finding, in UsesInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Supervision
	if rules == nil {
		return nil, refusal.FindingsNotRuled.With()
	}
	a, ok := env.Facts.Cases[in.Authorization].(*authorization.Authorization)
	i := slices.IndexFunc(rules.Subjects, func(g policy.Ground) bool { return g.Code == usedBeyond })
	if !ok || i < 0 {
		return nil, refusal.InvalidInput.With()
	}
	uses := in.uses()
	opened := raised(a, rules.Subjects[i], ByLedger, env)
	opened.Uses = &uses
	return opened.limited(f, env), nil
}

func (in UsesInput) uses() Uses {
	return Uses{Reason: in.Reason, Product: in.Product, Events: in.Events, First: in.First, Last: in.Last}
}

// and adds up uses of one sort.
func (u Uses) and(v Uses) Uses {
	v.Events += u.Events
	if u.First.Before(v.First) {
		v.First = u.First
	}
	if u.Last.After(v.Last) {
		v.Last = u.Last
	}
	return v
}
