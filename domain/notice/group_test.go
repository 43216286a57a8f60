package notice_test

import (
	"testing"

	"datacharter/domain/notice"
)

func TestGroups(t *testing.T) {
	seen := map[notice.Group]bool{}
	for _, g := range notice.Groups {
		if seen[g.Group] || !g.Words.Complete() {
			t.Errorf("%q: listed twice or without words", g.Group)
		}
		seen[g.Group] = true
		if notice.Refusable(g.Group) == g.Compulsory {
			t.Errorf("%q: refusable and compulsory, or neither", g.Group)
		}
	}
	if notice.Refusable("no-such-group") {
		t.Error("a group that is not listed can be refused")
	}
}

// Every subject is in a group that is listed.
func TestEverySubjectHasAGroup(t *testing.T) {
	used := map[notice.Group]bool{}
	for name, group := range notice.SubjectGroups() {
		listed := false
		for _, g := range notice.Groups {
			listed = listed || g.Group == group
		}
		if !listed {
			t.Errorf("%s: group %q is not listed", name, group)
		}
		used[group] = true
	}
	if len(used) != len(notice.Groups) {
		t.Errorf("%d groups are used, %d listed", len(used), len(notice.Groups))
	}
}

func TestRefusableGroup(t *testing.T) {
	for subject, want := range map[string]notice.Group{
		"task-opened": notice.Tasks, "deadline-reminder": notice.Deadlines, "deadline-passed": "", "exit-wind-down": "", "meeting-called": notice.Meetings,
		"expiry-near": notice.Operation, "agreement-proposed": notice.Agreements, "application-returned": notice.Applications, "no-such-subject": "",
	} {
		if got := notice.RefusableGroup(subject); got != want {
			t.Errorf("%s: %q, want %q", subject, got, want)
		}
	}
}
