#!/bin/sh
# Makes one owner and database for the product and one owner for Temporal, whose
# databases are made by its own tool. Run once, by the image's entry point, when
# the volume is empty.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
	--set datacharter_password="$DATACHARTER_DB_PASSWORD" \
	--set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE datacharter LOGIN PASSWORD :'datacharter_password';
CREATE DATABASE datacharter OWNER datacharter;
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
SQL
