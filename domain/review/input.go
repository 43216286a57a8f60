package review

import "datacharter/domain/refusal"

// Input is one reviewer's decision on his task.
type Input struct {
	Task       string   `json:"task"`
	Outcome    string   `json:"outcome" enum:"approve,return,reject"`
	Opinion    string   `json:"opinion" maxLength:"4000"`
	Conditions []string `json:"conditions,omitempty" maxItems:"50" doc:"conditions attached to an approval"`
}

// Bounds of an input, in number and in characters.
const (
	maxConditions = 50
	maxOpinion    = 4000
)

// TaskID implements lifecycle.OnTask.
func (in Input) TaskID() string { return in.Task }

func (in Input) check() *refusal.Refusal {
	var f refusal.Faults
	refusal.Choice(&f, "outcome", in.Outcome, Approve, Return, Reject)
	f.Text("opinion", in.Opinion, maxOpinion)
	f.Unless(in.Outcome == Approve || len(in.Conditions) == 0, refusal.ConditionsNeedApproval.At("conditions"))
	if f.Count("conditions", len(in.Conditions), maxConditions) {
		at := func(i int) string { return refusal.In("conditions", i) }
		for i, c := range in.Conditions {
			f.Text(at(i), c, maxOpinion)
		}
		f.Distinct(in.Conditions, at)
	}
	return f.Refusal()
}

// StageOpened opens one stage of a round of reviews.
type StageOpened struct {
	Round int `json:"round"`
	Stage int `json:"stage"`
}

// EventType implements lifecycle.Content.
func (StageOpened) EventType() string { return "review-stage-opened" }
