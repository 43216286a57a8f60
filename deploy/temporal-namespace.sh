#!/bin/sh
# Creates the product's namespace if it is missing. Histories of closed cases are
# kept as long as in standalone mode. The server is at TEMPORAL_ADDRESS.
set -eu
until temporal operator cluster health >/dev/null 2>&1; do
	echo "waiting for $TEMPORAL_ADDRESS"
	sleep 2
done
temporal operator namespace describe --namespace datacharter >/dev/null 2>&1 ||
	temporal operator namespace create --namespace datacharter --retention 90d
# A new namespace is known to every part of the server a little later.
until temporal workflow count --namespace datacharter >/dev/null 2>&1; do
	sleep 1
done
