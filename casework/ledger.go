package casework

import (
	"cmp"
	"maps"
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/use"
	"datacharter/policies"
	"datacharter/store"
)

// sort is what one finding of the ledger gathers: the reason why uses lie beyond the scope, and the product.
type sort struct {
	reason  use.Code
	product string // of the agreement; empty for others, so that no platform can raise findings without end
}

// raise tells findings of what lies beyond the scope, in the transaction that keeps the batch: one open finding an authorisation, reason and product. Nothing is
// told under a profile older than findings.
func (r report) raise(a *authorization.Authorization, received use.Received, judged []use.Judged) error {
	if received.Beyond == 0 {
		return nil
	}
	profile, err := r.profile(a.Policy.Hash)
	if err != nil || profile.Supervision == nil {
		return err
	}
	all := gathered(a, judged)
	var effects []lifecycle.Effect
	for _, s := range slices.SortedFunc(maps.Keys(all), func(x, y sort) int { return cmp.Or(cmp.Compare(x.reason, y.reason), cmp.Compare(x.product, y.product)) }) {
		to, err := ledgerFinding(r.tx, a.ID, s)
		if err != nil {
			return err
		}
		effects = append(effects, lifecycle.SendTo(finding.Kind, to, finding.GatherUses, all[s]))
	}
	return r.tx.QueueOfBatch(received, effects)
}

// profile is that of an authorisation, read in the transaction when the program no longer ships it.
func (r report) profile(hash string) (*policy.Profile, error) {
	if p, ok := r.desk.Policies.ByHash(hash); ok {
		return p, nil
	}
	kept, err := r.tx.Policy(hash)
	if err != nil {
		return nil, err
	}
	return policies.Restore(kept.Name, kept.Content)
}

// gathered adds the uses beyond the scope up by their sort.
func gathered(a *authorization.Authorization, judged []use.Judged) map[sort]finding.UsesInput {
	agreed := map[string]bool{}
	if n := len(a.Versions); n > 0 {
		for _, p := range a.Versions[n-1].Content.Products {
			agreed[p.Name] = true
		}
	}
	out := map[sort]finding.UsesInput{}
	for _, e := range judged {
		product := e.Product
		if !agreed[product] {
			product = ""
		}
		var counted []use.Code
		for _, reason := range e.Reasons {
			if slices.Contains(counted, reason.Code) {
				continue // two resources of one use
			}
			counted = append(counted, reason.Code)
			s := sort{reason.Code, product}
			in, known := out[s]
			if !known {
				in = finding.UsesInput{Authorization: a.ID, Reason: string(s.reason), Product: s.product, First: e.At, Last: e.At}
			}
			in.Events++
			if e.At.Before(in.First) {
				in.First = e.At
			}
			if e.At.After(in.Last) {
				in.Last = e.At
			}
			out[s] = in
		}
	}
	return out
}

// ledgerFinding is the finding that gathers uses of a sort: the first that is not closed. Should it close before it is told, it passes them on.
func ledgerFinding(tx *store.Tx, authorization string, s sort) (string, error) {
	const some = 8
	for n := 1; ; n += some {
		ids := make([]string, some)
		for i := range ids {
			ids[i] = finding.LedgerID(authorization, string(s.reason), s.product, n+i)
		}
		closed, err := tx.ClosedCases(ids)
		if err != nil {
			return "", err
		}
		for _, id := range ids {
			if !closed[id] {
				return id, nil
			}
		}
	}
}
