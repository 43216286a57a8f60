package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// cast is everybody who has a part, whatever the command.
func cast() []identity.Actor {
	out := []identity.Actor{applicant, signatory, officer, agencySigns, administrator, claimant, system}
	for _, review := range national.Review.Reviews {
		out = append(out, reviewers[review.Name])
	}
	return out
}

// inputs are those with which a command may lead to different states.
func (r *run) inputs(command, task string) []any {
	switch {
	case command == "decide":
		var out []any
		for _, outcome := range []string{review.Approve, review.Return, review.Reject} {
			out = append(out, review.Input{Task: task, Outcome: outcome, Opinion: "considered"})
		}
		return out
	case command == "record-resolution" && r.a.Pending != nil:
		return []any{
			r.resolved(resolution.ToAgree, "ffff"), r.resolved(resolution.ToAmend, "ffff"),
			r.resolved(resolution.ToDefer, "ffff"), r.resolved(resolution.ToAgree, "aaaa"),
		}
	case command == "record-exit-outcome":
		return []any{r.result(exit.OutcomeStopped), r.result(exit.OutcomeContinued), r.result(exit.OutcomeClosed)}
	default:
		return []any{r.input(command, task)}
	}
}

// Every command is given in every place, by everybody who may and with every kind of input; what passes is folded and held against its row.
// In the end each row has led to every state that it names, so that no state is beyond reach and no row says too much.
func TestRowsLeadWhereTheySay(t *testing.T) {
	reached := map[string]map[lifecycle.State]bool{"draft": {authorization.Draft: true}}
	give := func(p place, actor identity.Actor, command string, input any, prepare func(*run)) {
		r := p.copy(t)
		prepare(r)
		from := r.a.State
		if r.try(t, actor, command, input) != nil {
			return
		}
		if reached[command] == nil {
			reached[command] = map[lifecycle.State]bool{}
		}
		reached[command][r.a.State] = true
		if authorization.Machine.State(from).Final && command != authorization.RecordFinding {
			t.Errorf("%s: %s passes", p.name, command)
		}
	}
	for _, p := range places() {
		for _, row := range authorization.Machine.Table().Rows {
			if !slices.Contains(row.From, p.a.State) {
				continue
			}
			for _, task := range tasksFor(row, p.a.Tasks) {
				for _, actor := range cast() {
					if _, may := actsFor(row, actor, task); !may {
						continue
					}
					for _, input := range p.inputs(row.Command, task.ID) {
						give(p, actor, row.Command, input, func(r *run) {
							if row.Command == "decide" {
								_ = r.try(t, actor, "claim", lifecycle.TaskInput{Task: task.ID})
							}
							if at, ok := r.a.WakeAt(); ok && row.Command == lifecycle.Tick {
								r.now = at
							}
							if row.Command == lifecycle.Recount {
								anotherCalendar(r)
							}
						})
					}
				}
			}
		}
	}
	reached[lifecycle.Tick][authorization.Filed] = true    // a tick that comes too early
	reached[lifecycle.Recount][authorization.Filed] = true // only a date agreed on runs, and no calendar moves it
	for _, row := range authorization.Machine.Table().Rows {
		for _, s := range row.To {
			if !reached[row.Command][s] {
				t.Errorf("%s never led to %q", row.Command, s)
			}
		}
	}
}
