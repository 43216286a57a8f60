#!/bin/sh
# Makes the keys of a platform: Ed25519, or SM2. The private one stays with the platform; the public one is registered on the authorisation's page.
set -eu
openssl genpkey -algorithm ed25519 -out ed25519.pem
openssl pkey -in ed25519.pem -pubout -out ed25519.pub.pem

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out sm2.pem
openssl pkey -in sm2.pem -pubout -out sm2.pub.pem
