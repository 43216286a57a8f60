package lifecycle

import (
	"slices"

	"datacharter/domain/refusal"
)

// CheckFiles finds attachments that are too many, repeat, do not exist, or were uploaded for none of the organisations.
func (env Env) CheckFiles(f *refusal.Faults, path string, digests []string, organizations ...string) {
	if !f.Count(path, len(digests), env.Policy.Application.Attachments.MaxFiles) {
		return
	}
	at := func(i int) string { return refusal.In(path, i) }
	for i, d := range digests {
		env.CheckFile(f, at(i), d, organizations...)
	}
	f.Distinct(digests, at)
}

// CheckFile finds whether one attachment does not exist or was uploaded for none of the organisations.
func (env Env) CheckFile(f *refusal.Faults, path, digest string, organizations ...string) {
	file, ok := env.Facts.Attachments[digest]
	f.Unless(ok && slices.Contains(organizations, file.Organization), refusal.UnknownReference.At(path))
}
