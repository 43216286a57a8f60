package api

import (
	"context"
	"strings"

	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
)

// PolicySummary is one version of a policy profile.
type PolicySummary struct {
	Name    string    `json:"name"`
	Version int       `json:"version"`
	Hash    string    `json:"hash" doc:"of the profile's file; cases are pinned to it"`
	Title   text.Text `json:"title"`
	Href    string    `json:"href"`
}

type policyInput struct {
	Ref string `path:"ref" maxLength:"200" doc:"a profile's name, for its newest version, or a hash"`
}

type policyOutput struct{ Body *policy.Profile }

// listPolicies lists the profiles of this program, and those that it no longer has but that cases were begun under.
func (s *server) listPolicies(ctx context.Context, _ *nothingInput) (*listOutput[PolicySummary], error) {
	profiles := s.Policies.All()
	kept, err := s.Store.ListPolicies(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if _, ok := s.Policies.ByHash(k.Hash); ok {
			continue
		}
		p, err := s.ProfileByHash(ctx, k.Hash)
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, p)
	}
	return all(profiles, func(p *policy.Profile) PolicySummary {
		return PolicySummary{Name: p.Name, Version: p.Version, Hash: p.Hash, Title: p.Title, Href: base + "/policies/" + p.Hash}
	}), nil
}

func (s *server) getPolicy(ctx context.Context, in *policyInput) (*policyOutput, error) {
	if p, ok := s.Policies.Newest(in.Ref); ok {
		return &policyOutput{Body: p}, nil
	}
	if !strings.HasPrefix(in.Ref, "sha256:") {
		return nil, store.ErrNotFound
	}
	p, err := s.ProfileByHash(ctx, in.Ref)
	return &policyOutput{Body: p}, err
}
