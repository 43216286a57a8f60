package authorization_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

func TestDiff(t *testing.T) {
	base := application()
	if got := lifecycle.Diff(base, base); got != nil {
		t.Errorf("no change: %v", got)
	}
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for name, c := range map[string]struct {
		change func(*authorization.Application)
		want   []lifecycle.Change
	}{
		"a field": {
			func(a *authorization.Application) { a.Title = "x" },
			[]lifecycle.Change{{Path: "title", Before: raw(`"某市交通数据授权运营"`), After: raw(`"x"`)}},
		},
		"a list": {
			func(a *authorization.Application) { a.Resources = []string{"resource-1"} },
			[]lifecycle.Change{{Path: "resources", Before: raw(`["resource-1","resource-2"]`), After: raw(`["resource-1"]`)}},
		},
		"added": {func(a *authorization.Application) { a.TermReason = "p" }, []lifecycle.Change{{Path: "term_reason", Before: raw(`null`), After: raw(`"p"`)}}},
		"removed": {func(a *authorization.Application) { a.Attachments, a.Purpose = nil, "" }, []lifecycle.Change{
			{Path: "attachments", Before: raw(`["sha256:operator"]`), After: raw(`null`)}, {Path: "purpose", Before: raw(`"better journeys"`), After: raw(`null`)},
		}},
		"within": {func(a *authorization.Application) {
			a.Capabilities = authorization.Capabilities{Management: "ISO 9001", Finance: "f"}
		}, []lifecycle.Change{
			{Path: "capabilities.finance", Before: raw(`null`), After: raw(`"f"`)},
			{Path: "capabilities.security", Before: raw(`"MLPS 3"`), After: raw(`null`)},
			{Path: "capabilities.technology", Before: raw(`"own platform"`), After: raw(`null`)},
		}},
	} {
		after := application()
		c.change(&after)
		if diff := cmp.Diff(c.want, lifecycle.Diff(base, after)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		back := lifecycle.Diff(after, base)
		for i, change := range c.want {
			if string(back[i].Before) != string(change.After) || string(back[i].After) != string(change.Before) || back[i].Path != change.Path {
				t.Errorf("%s: the way back is %v", name, back[i])
			}
		}
	}
	after := application()
	after.Products[0].Class = agreement.PublicBenefit
	if got := lifecycle.Diff(base, after); len(got) != 1 || got[0].Path != "products" {
		t.Errorf("products: %v", got)
	}
}
