#!/bin/sh
# Starts a system with a training clock in an empty directory, imports the excerpts
# of two catalogues and drives authorisations on their resources to every end there
# is, registrations, plans and complaints beside them. Nothing is left behind. Flags go to `datacharter demo`;
# DAY_LENGTH says how long a day of business time lasts.
set -eu
cd "$(dirname "$0")/.."

dir=$(mktemp -d "${TMPDIR:-/tmp}/datacharter-demo.XXXXXX")
system=
clean() {
	if [ -n "$system" ]; then
		kill "$system" 2>/dev/null || true # it stops within 10 seconds
		wait "$system" || echo "the system ended with $?" >&2
	fi
	rm -rf "$dir"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

export DATACHARTER_DATABASE_URL="sqlite:$dir/datacharter.db"
bin/datacharter migrate up
for catalogue in demo/catalogue/*.json; do
	echo "== $catalogue"
	bin/datacharter import --no-rows "$catalogue"
done
unset DATACHARTER_DATABASE_URL

bin/standalone --demo --data "$dir" --listen 127.0.0.1:0 --day-length "${DAY_LENGTH:-400ms}" --start-date 2026-01-05 >"$dir/out" 2>"$dir/log" &
system=$!
tries=0
until [ -s "$dir/address" ]; do
	tries=$((tries + 1))
	if [ "$tries" -gt 300 ] || ! kill -0 "$system" 2>/dev/null; then
		echo "the system did not start:" >&2
		cat "$dir/log" >&2
		exit 1
	fi
	sleep 0.1
done

echo "== demonstration on http://$(cat "$dir/address")"
if ! bin/datacharter demo --url "http://$(cat "$dir/address")" --users "$dir/demo-users.json" "$@"; then
	echo "== the system's log, its last lines" >&2
	tail -n 20 "$dir/log" >&2
	exit 1
fi
