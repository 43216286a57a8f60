package accounts

import (
	"context"
	"strings"

	"datacharter/domain/notice"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// SetPreferences replaces a person's preferences, in the fields "language" and "unwanted".
func (a *Accounts) SetPreferences(ctx context.Context, person string, p store.Preferences) (*refusal.Refusal, error) {
	var faults []refusal.Field
	switch p.Language {
	case "", "zh", "en":
	default:
		faults = append(faults, refusal.NotAChoice.At("language", "choices", "zh, en"))
	}
	for i, group := range p.Unwanted {
		if !notice.Refusable(group) {
			faults = append(faults, refuseGroup(group).At(refusal.In("unwanted", i), "choices", choices()))
		}
	}
	if refused := refusal.InvalidFields(faults); refused != nil {
		return refused, nil
	}
	return nil, a.store.PutPreferences(ctx, person, p)
}

// refuseGroup tells a group that cannot be refused from one that there is not.
func refuseGroup(group notice.Group) refusal.Code {
	for _, g := range notice.Groups {
		if g.Group == group {
			return refusal.NoticeCompulsory
		}
	}
	return refusal.NotAChoice
}

// choices are the groups that can be refused.
func choices() string {
	var names []string
	for _, g := range notice.Groups {
		if !g.Compulsory {
			names = append(names, string(g.Group))
		}
	}
	return strings.Join(names, ", ")
}
