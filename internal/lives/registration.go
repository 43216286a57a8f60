package lives

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/registration"
)

// Registration is one registration of the catalogue's resource, by the agency.
type Registration struct {
	*Director
	ID string
}

// Register drafts and submits a registration.
func (d *Director) Register(id string) *Registration {
	d.T.Helper()
	r := &Registration{d, id}
	r.As(Registrant, "draft", registration.DraftInput{Application: registered("全市公交到站时刻(虚构)")})
	r.As(Registrant, "submit", registration.Nothing{})
	return r
}

func registered(brief string) registration.Application {
	m := registration.Material{Text: "说明", Attachments: []string{Evidence.Digest}}
	return registration.Application{
		Object: registration.Resource, Name: Resource.Title, Brief: brief, Registry: Registry, Resource: Resource.ID, Reviewed: "业务科室审核通过",
		Materials: registration.Materials{Registrant: m, Source: m, Resource: m, Product: m, Scenario: m, Risk: m, Preservation: registration.Preservation{
			Material: m, Keeper: "存证平台(虚构)", Digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		}},
	}
}

// As has a person give a command, which must be accepted.
func (r *Registration) As(person, command string, input any) {
	r.T.Helper()
	r.Do(person, registration.Machine, r.ID, command, input)
}

// Stands is the registration as it stands.
func (r *Registration) Stands() *registration.Registration {
	return r.Case(registration.Machine, r.ID).(*registration.Registration) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the registration is in a state.
func (r *Registration) Reaches(state lifecycle.State, step time.Duration) {
	r.T.Helper()
	r.Until("the registration in "+string(state), step, func() bool { return r.Stands().State == state })
}

// Task has somebody of the registry claim the task that waits and give a command on it.
func (r *Registration) Task(person, command string, input func(task lifecycle.TaskInput) any) {
	r.T.Helper()
	tasks := r.Stands().Tasks
	i := slices.IndexFunc(tasks, lifecycle.Task.Active)
	if i < 0 {
		r.T.Fatalf("no task waits for %s", command)
	}
	task := lifecycle.TaskInput{Task: tasks[i].ID}
	r.As(person, "claim", task)
	r.As(person, command, input(task))
}

// Pass has it accepted and reviewed, and waits for the notice to end.
func (r *Registration) Pass() {
	r.T.Helper()
	r.Task("registrar-1", "accept", func(task lifecycle.TaskInput) any { return task })
	r.Task("registrar-2", "pass-review", func(task lifecycle.TaskInput) any { return registration.OpinionInput{TaskInput: task} })
}

// Code records the code of the registration, once the notice is over.
func (r *Registration) Code() {
	r.T.Helper()
	r.Reaches(registration.Coding, 24*time.Hour)
	r.Task("registrar-3", "record-code", func(task lifecycle.TaskInput) any {
		return registration.CodeInput{TaskInput: task, Code: "查询码(虚构)", Confirmation: "确认单(虚构)", On: calendar.DateOf(r.Now()).String()}
	})
}

// Change has a change go the whole way, in spite of an objection that is dismissed.
func (r *Registration) Change() {
	r.T.Helper()
	r.As(Registrant, "apply-change", registered("全市公交与地铁到站时刻(虚构)"))
	r.Pass()
	r.As(Applicant, "object", registration.ObjectionInput{Name: "某公司(虚构)", Statement: "与事实不符", Evidence: []string{Proof.Digest}})
	r.Reaches(registration.Rechecking, 24*time.Hour)
	r.Task("registrar-4", "dismiss", func(task lifecycle.TaskInput) any {
		return registration.AnswerInput{TaskInput: task, Reasons: "经核验与事实相符"}
	})
	r.Reaches(registration.Registered, time.Hour)
}

// Expire lets the registration's three years go by without renewal.
func (r *Registration) Expire() {
	r.T.Helper()
	r.Reaches(registration.Deregistered, 7*24*time.Hour)
}
