// Package api is the JSON API under /api/v1: routes with the right each needs, handlers that bind, call and answer, and the description
// of it all in OpenAPI 3.1. What may be done is decided in domain/; what is said here is how it is asked for over HTTP.
//
// A command is a POST with an Idempotency-Key. It is given to its case's workflow and answered when it is completed: with the case at
// exactly the version that the command led to, or with a problem (RFC 9457) that has a stable code and words in the caller's language.
package api
