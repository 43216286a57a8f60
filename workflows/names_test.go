package workflows_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/kinds"
	"datacharter/workflows"
)

var update = flag.Bool("update", false, "write testdata/names.txt")

const namesFile = "testdata/names.txt"

// stored lists every name that histories, events and rows hold.
func stored() []string {
	out := []string{
		"queue " + workflows.CasesQueue, "queue " + workflows.EffectsQueue, "workflow-id " + workflows.DeliveriesID,
		"workflow " + workflows.AuthorizationWorkflow, "workflow " + workflows.MeetingWorkflow, "workflow " + workflows.ExitWorkflow, "workflow " + workflows.DeliveriesWorkflow, "workflow " + workflows.RecountWorkflow,
		"update " + workflows.GiveUpdate, "update " + workflows.ReloadUpdate, "query " + workflows.HeaderQuery,
		"activity " + workflows.LoadActivity, "activity " + workflows.ApplyActivity, "activity " + workflows.DeliverActivity, "activity " + workflows.WindDownActivity, "activity " + workflows.RecountActivity,
		"step " + workflows.SuspendAccess, "step " + workflows.RestoreAccess, "step " + workflows.CloseAccess, "step " + workflows.Delist, "step " + workflows.PublicNotice,
	}
	for _, def := range kinds.All {
		table := def.Table()
		out = append(out, fmt.Sprintf("kind %s, workflow %s", table.Kind, workflows.ByKind[table.Kind]))
		for _, s := range table.States {
			out = append(out, fmt.Sprintf("%s state %s, phase %s", table.Kind, s.Name, s.Phase))
		}
		for _, e := range table.Events {
			out = append(out, fmt.Sprintf("%s event %s", table.Kind, e))
		}
		for _, r := range table.Rows {
			out = append(out, fmt.Sprintf("%s command %s", table.Kind, r.Command))
		}
	}
	slices.Sort(out)
	return out
}

// Names are data: a case that runs for five years was written with those of its first day.
func TestStoredNames(t *testing.T) {
	now := stored()
	if *update {
		if err := os.WriteFile(namesFile, []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(namesFile)
	if err != nil {
		t.Fatal(err)
	}
	kept := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for _, name := range kept {
		if !slices.Contains(now, name) {
			t.Errorf("%q is gone or renamed: it is in histories and events that were written with it, and live cases can no longer be read.\n"+
				"Give the old name back; for an event whose content changes, add a schema with an upcast instead.", name)
		}
	}
	for _, name := range now {
		if !slices.Contains(kept, name) {
			t.Errorf("%q is new: once released it is never renamed. Note it with: go test ./workflows -run TestStoredNames -update", name)
		}
	}
}
