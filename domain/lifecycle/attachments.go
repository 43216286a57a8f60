package lifecycle

import "datacharter/domain/refusal"

// CheckFiles finds attachments that are too many, repeat, do not exist, or were uploaded for another organisation.
func (env Env) CheckFiles(f *refusal.Faults, path string, digests []string, organization string) {
	if !f.Count(path, len(digests), env.Policy.Application.Attachments.MaxFiles) {
		return
	}
	at := func(i int) string { return refusal.In(path, i) }
	for i, d := range digests {
		env.CheckFile(f, at(i), d, organization)
	}
	f.Distinct(digests, at)
}

// CheckFile finds whether one attachment does not exist or was uploaded for another organisation.
func (env Env) CheckFile(f *refusal.Faults, path, digest, organization string) {
	file, ok := env.Facts.Attachments[digest]
	f.Unless(ok && file.Organization == organization, refusal.UnknownReference.At(path))
}
