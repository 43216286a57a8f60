#!/bin/sh
# Asks about a use before it happens, and reports it when it has. Needs a shell, curl and openssl 3.
# SYSTEM: address of the system. TOKEN: token of the platform's account. PLATFORM: ID of the platform. KEY: file of its private key.
# NUMBER: running number of the batch. RESOURCE and PRODUCT: what was used.
set -eu

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
use='"stage":"product-operation","resources":["'$RESOURCE'"],"product":"'$PRODUCT'","purpose":"industry","scenario":"农业保险","taker":{"name":"某保险公司（虚构）"},"volume":5,"unit":"calls"'

# Before: {"allowed":true,…} or the reasons why not.
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "Idempotency-Key: ask-$(date +%s)-$$" \
  -d "{$use}" "$SYSTEM/api/v1/platforms/$PLATFORM/check"

# Afterwards: the batch as a file, for exactly these bytes are signed and sent.
printf '{"platform":"%s","batch":"b-%s","number":%s,"events":[{"id":"e-%s","at":"%s",%s}]}' "$PLATFORM" "$NUMBER" "$NUMBER" "$NUMBER" "$now" "$use" > batch.json
case $(openssl pkey -in "$KEY" -noout -text) in
  *ED25519*) signature=$(openssl pkeyutl -sign -inkey "$KEY" -rawin -in batch.json | base64 -w 0) ;;
  *) signature=$(openssl dgst -sm3 -sign "$KEY" -sigopt distid:1234567812345678 batch.json | base64 -w 0) ;;
esac
curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "DataCharter-Signature: $signature" \
  --data-binary @batch.json "$SYSTEM/api/v1/platforms/$PLATFORM/batches"
