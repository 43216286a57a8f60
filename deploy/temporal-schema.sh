#!/bin/sh
# Makes Temporal's two databases and brings them to the schema of this image's
# version. May be run again: what is there already is left as it is.
# The connection comes from SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD and
# SQL_PLUGIN (tools/sql/main.go of the server).
set -eu
setup() {
	temporal-sql-tool --database "$1" create
	temporal-sql-tool --database "$1" setup-schema -v 0.0
	temporal-sql-tool --database "$1" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}
setup temporal temporal
setup temporal_visibility visibility
