package lifecycle

import (
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// TaskInput is the input of commands that only name a task.
type TaskInput struct {
	Task string `json:"task"`
}

// TaskID implements OnTask.
func (in TaskInput) TaskID() string { return in.Task }

// Claiming returns the two rules by which people take tasks and give them back, for the states in which a kind has tasks.
// A party beside the claimant may give back a task for somebody who is away, so that no task is lost with its claimant.
func Claiming[S Case](forOthers Party, states ...State) []Rule[S] {
	return []Rule[S]{
		{
			Command: "claim", Words: text.Text{ZH: "领取任务", EN: "claim the task"},
			From: states, To: states, By: By(Party{Where: OfTask}), Task: Claimable,
			Decide: Decide(func(_ S, in TaskInput, _ Env) ([]Content, *refusal.Refusal) {
				return []Content{TaskTaken(in)}, nil
			}),
		},
		{
			Command: "release", Words: text.Text{ZH: "退回任务池", EN: "release the task"},
			From: states, To: states, By: By(forOthers, Party{Where: OfTask}), GivesUp: true, Task: releasable(forOthers.Role),
			Decide: Decide(func(_ S, in TaskInput, _ Env) ([]Content, *refusal.Refusal) {
				return []Content{TaskReleased(in)}, nil
			}),
		},
	}
}

// Claimable refuses a task that is done or that somebody has claimed.
func Claimable(t Task, _ Env) *refusal.Refusal {
	switch t.State {
	case TaskOpen:
		return nil
	case TaskClaimed:
		return refusal.TaskClaimed.With()
	default:
		return refusal.TaskOver.With()
	}
}

func releasable(forOthers identity.Role) func(t Task, env Env) *refusal.Refusal {
	return func(t Task, env Env) *refusal.Refusal {
		if t.State != TaskClaimed || t.Claimant != env.Actor.Person && env.By.Role != forOthers {
			return refusal.TaskNotClaimed.With()
		}
		return nil
	}
}

// Held refuses a task that the actor has not claimed, so that two people never decide on it at once.
func Held(t Task, env Env) *refusal.Refusal {
	if !t.Active() {
		return refusal.TaskOver.With()
	}
	if t.State != TaskClaimed || t.Claimant != env.Actor.Person {
		return refusal.TaskNotClaimed.With()
	}
	return nil
}
