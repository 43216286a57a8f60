package plan

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// recordResolution takes a resolution of a government's meeting, after checking it as if nobody were to be trusted.
func recordResolution(p *Plan, in resolution.Resolution, env lifecycle.Env) (contents, refused) {
	taken := make([]string, len(p.Resolutions))
	for i, r := range p.Resolutions {
		taken[i] = r.Resolution.ID
	}
	if r := resolution.Receive(in, &p.Header, taken, env.Policy); r != nil {
		return nil, r
	}
	return p.resolved(in, env), nil
}

func (p *Plan) resolved(in resolution.Resolution, env lifecycle.Env) contents {
	recorded := ResolutionRecorded{Resolution: in, Hash: in.Hash()}
	rules := env.Policy.Plan
	switch in.Outcome {
	case resolution.Agreed:
		if p.Change != nil && p.Change.Cancels {
			return append(contents{recorded, WasEnded{Reason: p.Change.Reason}}, p.EndDeadlines()...)
		}
		out := append(contents{recorded, CameInForce{Resolution: in.ID}}, p.EndDeadlines(awaited)...)
		return append(out, env.Limit(filing, rules.Filing, p.planners(), p.administrators()),
			env.Limit(publication, rules.Publication, p.planners(), p.administrators()))
	case resolution.Amended:
		recorded.State = Amending
		out := append(contents{recorded}, p.EndDeadlines(awaited)...)
		return append(out, env.Limit(completion, rules.Review.Completion, p.planners(), p.administrators()))
	case resolution.Deferred:
		recorded.State, recorded.Pending = AwaitingDecision, p.Pending
		return append(append(contents{recorded}, p.EndDeadlines(awaited)...), p.decisionLimit(env))
	default:
		return append(contents{recorded}, p.fail(WasRefused, in.Reason, lifecycle.Task{})...)
	}
}
