package town

import (
	"encoding/json"
	"maps"
	"strings"

	"datacharter/casework"
	"datacharter/domain/complaint"
	"datacharter/domain/disclosure"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/registration"
)

// overTheDesk carries a command out as API and pages do in the end.
func (w *Town) overTheDesk(o Order) casework.Done {
	w.t.Helper()
	of, err := kinds.Of(o.Kind)
	w.Must(err)
	input := o.Input
	if o.Task != "" {
		input = maps.Clone(input)
		input["task"] = o.Task
	}
	data, err := json.Marshal(input)
	w.Must(err)
	done, err := w.Desk.CarryOut(w.t.Context(), w.Actor(o.Person), casework.Order{
		Of: of, Case: o.Case, Command: o.Command, Key: w.key("key"), Fingerprint: casework.Fingerprint(string(data)), Data: data, Opens: o.Case == "",
	})
	w.Must(err)
	if done.Refusal != nil {
		w.t.Fatalf("%s: %s to %s was refused: %+v", o.Person, o.Command, o.Case, done.Refusal)
	}
	return done
}

// onTask gives a command on a task; its case must not refuse it.
func (w *Town) onTask(person string, of lifecycle.Case, kind lifecycle.Kind, task, command string, input Object) {
	w.t.Helper()
	w.Carry(Order{Person: person, Kind: kind, Case: of.Head().ID, Task: task, Command: command, Input: input})
}

// object is a content as JSON's own types.
func object(w *Town, content any) Object {
	w.t.Helper()
	raw, err := json.Marshal(content)
	w.Must(err)
	var out Object
	w.Must(json.Unmarshal(raw, &out))
	return out
}

// Case reads a case as it stands, as the system sees it.
func (w *Town) Case(kind lifecycle.Kind, id string) lifecycle.Case {
	w.t.Helper()
	of, err := kinds.Of(kind)
	w.Must(err)
	subject, err := w.Store.Case(w.t.Context(), of, id)
	w.Must(err)
	return subject
}

// Stands checks the state of a case and returns its ID.
func (w *Town) Stands(kind lifecycle.Kind, id string, state lifecycle.State) string {
	w.t.Helper()
	if got := w.Case(kind, id).Head().State; got != state {
		w.t.Fatalf("%s is in %s, not %s", id, got, state)
	}
	return id
}

// Reviewer is who may do a task.
func (w *Town) Reviewer(task lifecycle.Task) string {
	w.t.Helper()
	for _, p := range Posts {
		if task.For(identity.Grant{Organization: p.Organization, Kind: kindOf(p.Organization), Role: p.Role}) {
			return p.ID(1)
		}
	}
	w.t.Fatalf("nobody for the task %s", task.Name)
	return ""
}

// Evidence keeps a text file of a person's organisation and returns its digest.
func (w *Town) Evidence(person, text string) string {
	w.t.Helper()
	file, err := w.Files.Receive(strings.NewReader(text), int64(len(text)))
	w.Must(err)
	w.Must(file.Keep())
	w.Must(w.Store.PutAttachment(w.t.Context(), lifecycle.Attachment{
		Digest: file.Digest, Name: "evidence.txt", MediaType: "text/plain", Size: file.Size, Organization: w.Actor(person).Grants[0].Organization,
	}, person))
	return file.Digest
}

// CaseIn makes a case of a kind in the state and returns its ID.
func (w *Town) CaseIn(kind lifecycle.Kind, state lifecycle.State) string {
	w.t.Helper()
	switch kind {
	case meeting.Kind:
		return w.MeetingIn(state)
	case exit.Kind:
		return w.ExitIn(state)
	case registration.Kind:
		return w.RegistrationIn(state)
	case plan.Kind:
		return w.PlanIn(state)
	case product.Kind:
		return w.ProductIn(state)
	case disclosure.Kind:
		return w.DisclosureIn(state)
	case finding.Kind:
		return w.FindingIn(state)
	case complaint.Kind:
		return w.ComplaintIn(state)
	case finance.Kind:
		return w.FinanceIn(state)
	default:
		return w.AuthorizationIn(state)
	}
}
