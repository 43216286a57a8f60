// Package version tells which build of datacharter is running.
package version

import "runtime/debug"

// Version is set at build time with -ldflags "-X datacharter/version.Version=v1.2.3".
var Version = "dev"

// String names the build: the version set at build time and, when Go recorded
// one, the revision it was built from.
func String() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return Version + " (" + s.Value + ")"
		}
	}
	return Version
}
