package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// everybody is each role in each organisation that may give it, people with several grants, nobody in particular, and the system.
func everybody() []identity.Actor {
	var out []identity.Actor
	for _, role := range identity.Roles {
		for _, organization := range organizations {
			if identity.MayGive(kindOf[organization], role.Role) {
				out = append(out, holds(string(role.Role)+" of "+organization, organization, role.Role))
			}
		}
	}
	agencyRoles := []identity.Role{}
	for _, role := range identity.Roles {
		if identity.MayGive(identity.Agency, role.Role) {
			agencyRoles = append(agencyRoles, role.Role)
		}
	}
	applies, appliesElsewhere := holds("a", operator, identity.Applicant), holds("a", otherOperator, identity.Applicant)
	handles := holds("o", agency, identity.CaseOfficer)
	return append(out, claimant, system, identity.Actor{Person: "nobody"},
		holds("all of the agency", agency, agencyRoles...),
		holds("all of another agency", otherAgency, agencyRoles...),
		holds("applies and signs", operator, identity.Applicant, identity.OperatorSignatory),
		also(appliesElsewhere, applies),
		also(applies, handles), also(handles, applies),
		also(appliesElsewhere, handles),
		also(holds("a", operator, identity.OperatorSignatory), holds("b", agency, identity.AgencySignatory)),
		also(holds("a", operator, identity.Applicant), holds("b", supplier, identity.SupplyReviewer)),
		also(holds("a", operator, identity.Applicant), holds("b", agency, identity.Administrator)),
		also(holds("a", supervisor, identity.Auditor), holds("b", public, identity.Reader)),
	)
}

// Every state × command × actor: who may, who may not and why, read off the table alone. What Allowed lists is what passes.
func TestMatrix(t *testing.T) {
	actors := everybody()
	seen := map[lifecycle.State]bool{}
	passed := map[string]bool{}
	for _, p := range places() {
		seen[p.a.State] = true
		for _, actor := range actors {
			allowed := authorization.Machine.Allowed(p.a, actor, p.env(lifecycle.Needs{}))
			for _, row := range authorization.Machine.Table().Rows {
				for _, task := range tasksFor(row, p.a.Tasks) {
					want := p.expected(row, actor, task)
					_, no := p.decide(actor, row.Command, p.input(row.Command, task.ID))
					got := ""
					if no != nil {
						got = no.Code
					}
					if got != want {
						t.Errorf("%s: %s %s by %s: got %q, want %q (%v)", p.name, row.Command, task.Name, actor.Person, got, want, no)
					}
					listed := slices.Contains(allowed, lifecycle.Allowed{Command: row.Command, Task: task.ID})
					if people := len(row.From) > 0 && row.By[0].Where != lifecycle.OfSystem && !actor.IsSystem(); people && listed != (want == "") {
						t.Errorf("%s: %s %s by %s: listed %v, want %q", p.name, row.Command, task.Name, actor.Person, listed, want)
					}
					passed[row.Command] = passed[row.Command] || want == ""
				}
			}
		}
	}
	for _, s := range authorization.Machine.Table().States {
		if !seen[s.Name] {
			t.Errorf("no place is in the state %q", s.Name)
		}
	}
	for _, row := range authorization.Machine.Table().Rows {
		if !passed[row.Command] && row.Command != "draft" {
			t.Errorf("nobody could %s anywhere", row.Command)
		}
	}
}

// tasksFor lists the tasks to try a row with: all there are for a command on a task, and one that there is not for the others.
func tasksFor(row lifecycle.Row, tasks []lifecycle.Task) []lifecycle.Task {
	onTask := slices.ContainsFunc(row.By, func(p lifecycle.Party) bool { return p.Where == lifecycle.OfTask })
	if !onTask || len(tasks) == 0 {
		return []lifecycle.Task{{}}
	}
	return tasks
}

// expected is the code that a row of the table and a place call for; empty when the command passes.
func (p place) expected(row lifecycle.Row, actor identity.Actor, task lifecycle.Task) string {
	organization, entitled := actsFor(row, actor, task)
	switch {
	case !entitled:
		return refusal.NotEntitled.Name
	case !slices.Contains(row.From, p.a.State) && authorization.Machine.State(p.a.State).Final:
		return refusal.CaseClosed.Name
	case !slices.Contains(row.From, p.a.State):
		return refusal.NotInState.Name
	}
	if code := taskCode(row, actor, task); code != "" {
		return code
	}
	if actor.In(operator) && (organization != operator || actor.In(agency)) {
		return refusal.OwnOrganization.Name
	}
	if row.Command == "declare-interest" && actor.In(operator) {
		return refusal.NotEntitled.Name
	}
	if row.Command == "declare-interest" && actor.IsSystem() {
		return refusal.InvalidInput.Name // the system says whose
	}
	side := "/agency"
	if organization == operator {
		side = "/operator"
	}
	for _, key := range []string{row.Command + "@" + organization, row.Command, row.Command + side} {
		if code, ok := p.guards[key]; ok {
			return code.Name
		}
	}
	return ""
}

// actsFor finds the organisation for which the actor may give the command, by the first party of the row that he fits.
func actsFor(row lifecycle.Row, actor identity.Actor, task lifecycle.Task) (string, bool) {
	for _, party := range row.By {
		if party.Where == lifecycle.OfSystem && actor.IsSystem() {
			return "", true
		}
		for _, g := range actor.Grants {
			var fits bool
			switch party.Where {
			case lifecycle.OfApplicant:
				fits = g.Organization == operator && g.Role == party.Role
			case lifecycle.OfAgency:
				fits = g.Organization == agency && g.Role == party.Role
			case lifecycle.OfTask:
				fits = task.ID != "" && g.Role == task.Role && g.Kind == task.Kind && (g.Kind != identity.Agency || g.Organization == agency)
			case lifecycle.Anywhere:
				fits = party.Role == "" || g.Role == party.Role
			default: // the system is no grant, and no command here is for a deciding body
			}
			if fits {
				return g.Organization, true
			}
		}
	}
	return "", false
}

// taskCode is what the state of a task calls for.
func taskCode(row lifecycle.Row, actor identity.Actor, task lifecycle.Task) string {
	mine := task.State == lifecycle.TaskClaimed && task.Claimant == actor.Person
	administers := slices.Contains(actor.Grants, identity.Grant{Organization: agency, Kind: identity.Agency, Role: identity.Administrator})
	switch row.Command {
	case "claim":
		return map[lifecycle.TaskState]string{
			lifecycle.TaskClaimed: refusal.TaskClaimed.Name, lifecycle.TaskDone: refusal.TaskOver.Name, lifecycle.TaskCancelled: refusal.TaskOver.Name,
		}[task.State]
	case "release":
		if !mine && (!administers || task.State != lifecycle.TaskClaimed) {
			return refusal.TaskNotClaimed.Name
		}
	case "decide", "ask-in-review":
		if !task.Active() {
			return refusal.TaskOver.Name
		}
		if !mine {
			return refusal.TaskNotClaimed.Name
		}
	}
	return ""
}

// A state that is final takes no command but the word of what became of its findings, and every other takes one.
func TestFinalStatesAreFinal(t *testing.T) {
	for _, s := range authorization.Machine.Table().States {
		taken := false
		for _, row := range authorization.Machine.Table().Rows {
			taken = taken || slices.Contains(row.From, s.Name) && row.Command != authorization.RecordFinding
		}
		if taken == s.Final {
			t.Errorf("%q is final: %v, and takes commands: %v", s.Name, s.Final, taken)
		}
	}
}

// What Compile promises of the words, for those who read the table.
func TestTableIsWhole(t *testing.T) {
	table := authorization.Machine.Table()
	if !table.Words.Complete() || table.Kind != authorization.Kind {
		t.Error("the kind has no name")
	}
	for _, phase := range table.Phases {
		if !slices.ContainsFunc(table.States, func(s lifecycle.StateInfo) bool { return s.Phase == phase.Name }) {
			t.Errorf("phase %q has no state", phase.Name)
		}
	}
	for _, row := range table.Rows {
		if authorization.Machine.Input(row.Command) == nil || len(row.To) == 0 {
			t.Errorf("%s has no input or leads nowhere", row.Command)
		}
	}
}
